"""`import` and `undo` of it, and the demonstration that uses both."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from registry import desktop
from registry.app import Registry
from registry.cli.main import main
from registry.commands import AddRecord
from registry.queries import GetSettings
from registry.transfer.planning import report as reports
from registry.transfer.planning.plan import CellProblem, Plan
from tests.registry.cli.conftest import Run
from tests.registry.transfer.importing import write_workbook
from tests.registry.transfer.readers.test_protected import PASSWORD, protected

HEAD = ["Ref", "Nom", "Prénom", "Sexe", "Né le", "Ville", "Couleur"]
ROWS = [
    ["X1", "Exemple", "Ana", "F", "12/03/1985", "Lyon", "bleu"],
    ["X2", "Modèle", "Bo", "M", "31/12/1990", "Paris", ""],
    ["X3", "", "", "M", "1990", "Paris", ""],
    ["X4", "Patron", "Cy", "?", "soon", "Nice", ""],
]
KEYS = {
    *("kind", "rows", "created", "updated", "unchanged", "skipped", "rejected", "review", "batch", "mapping"),
    *("unmapped", "problems", "warnings", "seconds"),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small list."""
    return write(tmp_path / "list.csv", [HEAD, *ROWS])


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_report_replaces_nothing_that_is_no_report(run: Run, folder: Path, table: Path) -> None:
    before = table.read_bytes(), (folder / "registry.db").read_bytes(), (folder / "keys.json").read_bytes()
    for place in (table, folder / "registry.db", folder / "keys.json"):
        ended = run("import", table, "--report", place)
        assert (ended.status, ended.out) == (2, "")
    assert before == (table.read_bytes(), (folder / "registry.db").read_bytes(), (folder / "keys.json").read_bytes())
    book = table.with_suffix(".xlsx")
    book.write_bytes(b"the list itself")
    assert run("import", book, "--report", book).status == 2
    assert book.read_bytes() == b"the list itself"


def test_a_protected_workbook_needs_its_own_password(run: Run, folder: Path) -> None:
    book = protected(folder.parent / "a.xlsx")
    refused = run("import", book, "--json")
    assert (refused.status, set(refused.json)) == (2, {"error"})
    assert "password" in refused.json["error"]
    word = folder.parent / "word"
    word.write_text("something else\n", encoding="utf-8")
    assert "not the password" in run("import", book, "--json", "--file-password-file", word).json["error"]
    word.write_text(PASSWORD + "\n", encoding="utf-8")
    taken = run("import", book, "--json", "--file-password-file", word)
    assert (taken.status, taken.json["created"]) == (0, 1)
    assert PASSWORD not in taken.out + taken.err


def test_whoever_is_added_between_plan_and_import_is_told_and_reported(
    run: Run, folder: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = reports.write_report

    def meanwhile(plan: Plan, path: Path, conflicts: Sequence[CellProblem] = ()) -> None:
        written(plan, path, conflicts)
        if not conflicts:
            with Registry.open(folder, "demo", "demo") as colleague:
                colleague.execute(AddRecord("people", {"full_name": "Ana Exemple", "external_id": "X1"}))

    monkeypatch.setattr(reports, "write_report", meanwhile)
    report = table.parent / "report.xlsx"
    ended = run("import", write(table, [HEAD, ROWS[0]]), "--report", report, "--json")
    assert ended.status == 1
    taken = ended.json
    reason = "A record with this reference was added after the plan was made."
    assert taken["problems"][0] == {"row": 2, "column": "", "reason": reason}
    cells = [line[:4] for line in load_workbook(report).worksheets[0].iter_rows(values_only=True)]
    assert (2, "Skipped", "Ana Exemple", reason) in cells


def test_a_report_that_cannot_be_written_stops_the_import(run: Run, folder: Path, table: Path) -> None:
    ended = run("import", table, "--report", table.parent / "nowhere" / "report.xlsx", "--json")
    assert ended.status == 4
    assert set(ended.json) == {"error"}
    assert run("search", "", "--json").json["total"] == 80


def counts(said: dict[str, object]) -> list[object]:
    return [said[k] for k in ("rows", "created", "updated", "unchanged", "skipped", "rejected")]


def test_an_import_is_counted_repeated_and_undone(run: Run, folder: Path, table: Path) -> None:
    dry = run("import", table, "--dry-run", "--json")
    assert set(dry.json) >= KEYS
    assert dry.json["batch"] is None
    assert run("search", "", "--json").json["total"] == 80
    done = run("import", table, "--json")
    assert done.status == 1
    assert counts(done.json) == counts(dry.json) == [4, 3, 0, 0, 0, 1]
    assert done.json["kind"] == "people"
    assert done.json["mapping"]["Nom"] == "family_name"
    assert done.json["unmapped"] == ["Couleur"]
    assert {"row": 5, "column": "Né le"} in [{k: p[k] for k in ("row", "column")} for p in done.json["problems"]]
    assert run("search", "", "--json").json["total"] == 83
    again = run("import", table, "--json")
    assert counts(again.json) == [4, 0, 0, 3, 0, 1]
    assert again.json["batch"] is None
    assert "Nothing was changed, so there is nothing to undo." in run("import", table).out
    undone = run("undo", "--json")
    assert undone.json["undone"] == done.json["batch"]
    assert (undone.status, undone.json["records"], undone.json["left"]) == (0, 3, [])
    assert run("search", "", "--json").json["total"] == 80


def test_records_changed_since_are_left_and_listed(run: Run, folder: Path, table: Path) -> None:
    batch = str(run("import", table, "--json").json["batch"])
    number = run("search", "ana exemple", "--json").json["results"][0]["number"]
    run("edit", number, "address.city=Dijon")
    undone = run("undo", batch, "--json")
    assert (undone.status, undone.json["left"]) == (1, [number])
    assert run("search", "ana exemple", "--json").json["total"] == 1


def test_existing_records_are_updated_filled_or_kept(run: Run, folder: Path, table: Path) -> None:
    run("import", table)
    changed = write(table.with_name("later.csv"), [HEAD, ["X1", "Exemple", "Anna", "F", "12/03/1985", "Nantes", ""]])
    assert run("import", changed, "--existing", "keep", "--json").json["skipped"] == 1
    assert run("search", "given_name:anna", "--json").json["total"] == 0
    assert run("import", changed, "--existing", "update", "--json").json["updated"] == 1
    assert run("search", "anna city:Nantes", "--json").json["total"] == 1
    assert run("import", changed, "--existing", "some").status == 2


def test_a_mapping_file_decides(run: Run, folder: Path, table: Path) -> None:
    mapping = table.with_name("mapping.json")
    said = {"columns": {"Couleur": "notes", "Ville": None}, "values": {"sex": {"?": "other"}}}
    mapping.write_text(json.dumps(said), encoding="utf-8")
    done = run("import", table, "--mapping", mapping, "--json").json
    assert done["mapping"]["Couleur"] == "notes"
    assert "Ville" in done["unmapped"]
    assert run("search", "notes:bleu", "--json").json["total"] == 1
    assert run("search", "patron sex:other", "--json").json["total"] == 1
    for text in ("{", "[]", '{"columns": []}', '{"header_row": "3"}', '{"columns": {"Nowhere": "sex"}}'):
        mapping.write_text(text, encoding="utf-8")
        assert run("import", table, "--mapping", mapping).status == 2


def test_the_report_holds_every_row(run: Run, folder: Path, table: Path) -> None:
    from openpyxl import load_workbook

    report = table.with_name("report.xlsx")
    run("import", table, "--dry-run", "--report", report)
    rows = list(load_workbook(report).worksheets[0].iter_rows(values_only=True))
    assert len(rows) >= 5


@pytest.mark.parametrize("name", ["missing.csv", "folder", "empty.csv", "noise.xlsx"])
def test_bad_files_are_one_sentence(run: Run, folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "noise.xlsx").write_bytes(b"this is no workbook")
    ended = run("import", tmp_path / name)
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert run("history", "--limit", "1", "--json").json["entries"][0]["operation"] == "load_demonstration"


def test_an_export_imports_again_unchanged(run: Run, folder: Path, tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx"):
        file = tmp_path / f"all{ending}"
        run("export", "", "-o", file)
        again = run("import", file, "--json").json
        assert counts(again) == [80, 0, 0, 80, 0, 0]


def test_the_demonstration_does_the_main_job(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "demo"
    made = run("demo", place, "--people", "150", "--json")
    assert made.status == 0, made.err
    assert set(made.json) >= {"registry", "people", "outputs"}
    assert made.json["people"] == 150
    assert {file.name for file in place.iterdir()} <= {"registry.db", "keys.json", "backups"}
    for file in made.json["outputs"].values():
        assert Path(file).stat().st_size > 500
    with Registry.open(place, "demo", "demo") as registry:
        assert registry.read(GetSettings())["demonstration"] == "1"
    password = tmp_path / "password"
    password.write_text("demo", encoding="utf-8")
    named = ["--registry", place, "--user", "demo", "--password-file", password]
    assert run("check", *named).status == 0
    assert run("history", "--verify", *named).status == 0
    total = run("search", "", "--json", *named).json["total"]
    assert total == 150 + made.json["imported"]
    assert run("demo", place, "--people", "20", "--seed", "2", "--json").json["people"] == 20


@pytest.mark.parametrize("display", [True, False])
def test_the_demonstration_says_whether_one_is_signed_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], display: bool
) -> None:
    monkeypatch.setattr(desktop, "has_display", lambda: display)
    opened: list[tuple[object, ...]] = []

    def open_window(*who: object) -> int:
        opened.append(who)
        return 0

    status = main(["demo", str(tmp_path / "demo"), "--people", "40"], open_window)
    said = capsys.readouterr().out
    assert (status, len(opened)) == (0, display)
    assert ("The window opens, signed in as demo. The password is demo." in said) is display
    assert ("Sign in as demo with the password demo." in said) is not display


def test_the_demonstration_leaves_other_folders_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    ended = run("demo", tmp_path / "mine")
    assert (ended.status, len(ended.err.splitlines())) == (2, 1)
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_further_sheets_are_joined_where_there_is_no_doubt(run: Run, folder: Path, tmp_path: Path) -> None:
    people = [["ID", "Name", "City"], [1, "Ana Exemple", "Lyon"], [2, "Bo Modèle", "Nice"]]
    skills = [["ID", "Skill"], [1, "Cooking"], [2, "Welding"], [1, "Sewing"], [9, "Singing"]]
    jobs = [["ID", "Employer"], [1, "Atelier A"], [2, "Atelier B"]]
    book = write_workbook(tmp_path / "book.xlsx", People=people, Skills=skills, Jobs=jobs)
    done = run("import", book, "--json").json
    assert counts(done) == [2, 2, 0, 0, 0, 0]
    assert done["mapping"]["Skills: Skill"] == "skill"
    assert run("search", "name:ana skill:sewing skill:cooking", "--json").json["total"] == 1
    warnings = " ".join(done["warnings"])
    assert "about nobody in the list and is not taken in: 5." in warnings
    assert "The sheet “Jobs” may belong to the list" in warnings
    told = tmp_path / "told.json"
    told.write_text(json.dumps({"sheets": {"Jobs": "ID", "Skills": None}}), encoding="utf-8")
    again = run("import", book, "--mapping", told, "--json").json
    assert counts(again) == [2, 0, 2, 0, 0, 0]
    assert "Skills: Skill" not in again["mapping"]
    assert again["mapping"]["Jobs: Employer"] == "employer"


def test_words_of_a_list_do_not_command_the_terminal(run: Run, folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [["full_name", "\x1b]0;x\x07\u202eCol"], ["Ana Exemple", "blue"]])
    ended = run("import", path)
    assert "not taken in: \ufffd]0;x\ufffd\ufffdCol." in ended.out
    assert not set(ended.out) & set("\x1b\x07\u202e")


#: The name of a file; on Linux it may be no text.
_NAME = os.fsdecode(b"caf\xe9.csv" if sys.platform.startswith("linux") else "café.csv".encode())


def test_a_file_whose_name_is_no_text_is_taken_in(run: Run, folder: Path, table: Path) -> None:
    path = table.rename(table.with_name(_NAME))
    assert run("import", path, "--json").json["created"] == 3
    assert run("history", "--json").status == 0
