"""`templates …`, and letters as a Word document."""

from __future__ import annotations

from pathlib import Path

from registry.app import Registry
from registry.commands import SaveTemplate
from registry.documents.docx.reading import read
from registry.documents.templates import template_ids
from registry.queries import GetTemplate
from tests.registry.cli.conftest import Run
from tests.registry.documents.letters_kept import PICNIC
from tests.registry.documents.test_docx import read_back


def test_what_ships_and_what_is_ones_own_is_listed(run: Run, folder: Path) -> None:
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(SaveTemplate(PICNIC))
    listed = {each["id"]: each for each in run("templates", "list", "--json").json["templates"]}
    assert set(template_ids()) < set(listed)
    assert (listed["annual-forum"]["version"], listed["summer-picnic"]["version"]) == (0, 1)
    assert listed["crisis-notice"]["basis"] == "task"
    assert listed["expiry-notice-1"]["languages"] == ["en", "fr", "es", "pt", "ar"]
    blocks = run("templates", "list", "--blocks", "--json").json["templates"]
    assert {each["id"] for each in blocks} == {"footer", "signature"}
    assert "summer-picnic" in run("templates", "list").out


def test_one_is_shown_with_its_fields_and_conditions(run: Run, folder: Path) -> None:
    assert folder.is_dir()
    told = run("templates", "show", "expiry-notice-1", "--lang", "fr")
    assert "{{salutation}}," in told.out
    assert "{{if valid_until past}}" in told.out
    assert "{{block signature}}" in told.out
    about = run("templates", "show", "expiry-notice-1", "--json").json["template"]
    assert about["purpose"] == "registration_service"
    assert "valid_until" in about["fields"]
    assert about["variables"] == ["renewal.deadline", "renewal.opening"]
    assert run("templates", "show", "nothing").status == 2
    assert run("templates", "show", "annual-forum", "--lang", "xx").status == 2


def test_a_template_goes_to_word_and_comes_back_under_another_name(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "forum.docx"
    assert run("templates", "show", "annual-forum", "--lang", "fr", "-o", path).status == 0
    made = run("templates", "import", path, "--id", "our-forum", "--lang", "fr", "--json")
    assert made.status == 0
    assert (made.json["version"], made.json["lost"], made.json["unknown"]) == (1, [], [])
    assert made.json["details"] == ["forum.date", "forum.place", "forum.reply_by"]
    with Registry.open(folder, "demo", "demo") as registry:
        ours, shipped = (registry.read(GetTemplate(name)) for name in ("our-forum", "annual-forum"))
    assert ours.trees["fr"] == shipped.trees["fr"]
    assert run("templates", "import", path, "--id", "annual-forum").status == 2
    assert run("templates", "import", tmp_path / "nowhere.docx", "--id", "x").status == 2
    assert run("templates", "show", "annual-forum", "-o", tmp_path / "forum.odt").status == 2


def test_letters_are_one_word_document_when_its_ending_says_so(run: Run, folder: Path, tmp_path: Path) -> None:
    assert folder.is_dir()
    path = tmp_path / "letters.docx"
    done = run("letters", "", "--template", "annual-forum", "-o", path, "--json")
    assert done.status == 0
    assert done.json["letters"] > 1
    content = path.read_bytes()
    assert content.count(b"word/document.xml") >= 1
    tree = read_back(content)[0]
    text = str(tree)
    assert text.count("The Head of Post") + text.count("Le chef de poste") >= 1
    assert "{{" not in text, "every field was filled"
    assert list(read(content))
    assert run("letters", "", "--template", "annual-forum", "-o", tmp_path / "letters.odt").status == 2
