"""Templates that a registry keeps: every version, blocks put in when printed, files used by them, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfWriter

from registry.app import Registry
from registry.commands import (
    AddRecord,
    AddTemplateFile,
    ImportTemplate,
    RemoveTemplateFile,
    RetireTemplate,
    SaveTemplate,
    Undo,
)
from registry.documents import keeping, pictures, template_json
from registry.documents.docx.writing import write_template
from registry.documents.preview import page_image
from registry.documents.templates import Template
from registry.documents.tree import Enclosure, Field, Image, Paragraph, Reuse, Run, Section, Tree
from registry.documents.tree_json import from_json
from registry.errors import BadFile, Invalid
from registry.queries import (
    GetTemplate,
    GetTemplateFile,
    ListTemplateFiles,
    ListTemplates,
    PreviewLetter,
    TemplateVersions,
    TryTemplate,
)
from tests.registry.documents.letters_kept import PICNIC, picture
from tests.registry.documents.pages import links_and_images, pdfium_text
from tests.registry.post import ANA, PASSWORD, make


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("kept") / "post")


@pytest.fixture
def registry(post: Path, tmp_path: Path) -> Iterator[Registry]:
    import shutil

    folder = Path(shutil.copytree(post, tmp_path / "registry"))
    with Registry.open(folder, "otto", PASSWORD) as opened:
        yield opened


def preview(registry: Registry, template: str, record: int = ANA, language: str = "en") -> str:
    return pdfium_text(registry.read(PreviewLetter(record, template, language)).pdf)


def test_a_template_is_kept_found_and_printed(registry: Registry) -> None:
    assert registry.execute(SaveTemplate(PICNIC)).value == 1
    listed = {view.id: view for view in registry.read(ListTemplates())}
    assert listed["summer-picnic"].version == 1
    assert listed["summer-picnic"].officer == "otto"
    assert listed["annual-forum"].ships
    assert registry.read(GetTemplate("summer-picnic")) == replace(PICNIC, version=1)
    text = preview(registry, "summer-picnic")
    assert "Come to the meadow" in text
    assert "The Head of Post" in text, "the block is put in"
    assert "Venez à le pré" in preview(registry, "summer-picnic", language="fr")


def test_every_version_stays_readable(registry: Registry) -> None:
    registry.execute(SaveTemplate(PICNIC))
    changed = replace(PICNIC, trees={"en": Tree((Paragraph((Run("Second words"),)),))})
    assert registry.execute(SaveTemplate(changed)).value == 2
    assert registry.execute(SaveTemplate(changed)).value == 0, "nothing was changed"
    assert [version for version, _day, _who in registry.read(TemplateVersions("summer-picnic"))] == [2, 1]
    assert registry.read(GetTemplate("summer-picnic", version=1)) == replace(PICNIC, version=1)
    assert "Second words" in preview(registry, "summer-picnic")
    registry.execute(Undo())
    assert "Come to the meadow" in preview(registry, "summer-picnic")
    assert registry.execute(SaveTemplate(changed)).value == 3, "a number is never given twice"


def test_out_of_use_is_not_offered_and_can_be_undone(registry: Registry) -> None:
    registry.execute(SaveTemplate(PICNIC))
    registry.execute(RetireTemplate("summer-picnic"))
    assert "summer-picnic" not in [view.id for view in registry.read(ListTemplates())]
    assert registry.read(GetTemplate("summer-picnic", version=1)).version == 1
    registry.execute(Undo())
    assert "summer-picnic" in [view.id for view in registry.read(ListTemplates())]


def test_a_block_of_ones_own_takes_the_place_of_the_one_that_ships(registry: Registry) -> None:
    own = replace(registry.read(GetTemplate("signature", "block")), trees={"en": Tree((Paragraph((Run("Our own"),)),))})
    registry.execute(SaveTemplate(own))
    text = preview(registry, "annual-forum")
    assert "Our own" in text
    assert "The Head of Post" not in text
    registry.execute(RetireTemplate("signature", "block"))
    assert "The Head of Post" in preview(registry, "annual-forum")


def test_a_letterhead_of_ones_own_takes_the_place_of_the_programs(registry: Registry, tmp_path: Path) -> None:
    seal = tmp_path / "seal.png"
    seal.write_bytes(picture())
    registry.execute(AddTemplateFile(seal))
    head = Tree((Image("seal", 40.0), Paragraph((Run("Head of our own, "), Field("post.name")))))
    registry.execute(SaveTemplate(Template("letterhead", "", {"en": "Letterhead"}, (), {"en": head}, kind="block")))
    pdf = registry.read(PreviewLetter(ANA, "annual-forum", "en")).pdf
    text = pdfium_text(pdf)
    assert "Head of our own, Consulate TST" in text
    assert text.count("Consulate TST") == 2, "in the head and in the signature"
    assert links_and_images(pdf)[1] == 1


def test_a_template_in_the_editor_is_tried_before_it_is_saved(registry: Registry) -> None:
    tried = registry.read(TryTemplate(PICNIC, ANA, "en"))
    assert "Come to the meadow" in pdfium_text(tried.pdf)
    assert page_image(tried.pdf, 0, 300)[0] == 300
    nobody = registry.read(TryTemplate(PICNIC))
    assert "address.city" in nobody.missing
    assert "valid_until" not in nobody.missing, "the part that says it is not printed"


def test_conditions_ask_for_codes_and_days_and_text_says_words(registry: Registry) -> None:
    registry.execute(SaveTemplate(PICNIC))
    with Registry.open(registry.folder, "clara", PASSWORD) as clerk:
        common = {"address.city": "Lyon", "address.street": "1 rue X", "address.country": "FRA"}
        about = {"full_name": "Eve Late", "sex": "female", "valid_until": "2020-01-31", "language": "fr"}
        late = clerk.execute(AddRecord("people", {**common, **about, "language.2": "ar"})).value.id
        good = clerk.execute(
            AddRecord("people", {**common, "full_name": "Ned Good", "sex": "male", "valid_until": "2099-12-31"})
        ).value.id
    text = " ".join(preview(registry, "summer-picnic", late).split())
    assert "the meadow, sister." in text
    assert "Your registration has expired." in text
    assert "You live in Lyon, speak French, Arabic" in text
    text = " ".join(preview(registry, "summer-picnic", good).split())
    assert "the meadow, friend." in text
    assert "Valid until 31 December 2099" in text


def test_pictures_and_enclosures_are_kept_once_and_not_removed_while_used(registry: Registry, tmp_path: Path) -> None:
    path, paper = tmp_path / "Our seal.png", tmp_path / "programme.pdf"
    path.write_bytes(picture())
    pages = PdfWriter()
    pages.add_blank_page(300, 300)
    pages.write(paper)
    assert registry.execute(AddTemplateFile(path)).value == "Our seal"
    assert registry.execute(AddTemplateFile(path)).value == "Our seal"
    assert registry.execute(AddTemplateFile(paper)).value == "programme"
    assert [(f.name, f.is_picture) for f in registry.read(ListTemplateFiles())] == [
        ("Our seal", True),
        ("programme", False),
    ]
    assert registry.read(GetTemplateFile("Our seal")).startswith(b"\x89PNG")
    trees = {"en": Tree((Image("Our seal", 100.0), Enclosure("programme")))}
    registry.execute(SaveTemplate(replace(PICNIC, trees=trees)))
    with pytest.raises(Invalid) as refused:
        registry.execute(RemoveTemplateFile("Our seal"))
    assert refused.value.message == pictures.IN_USE
    path.write_bytes(picture("blue"))
    with pytest.raises(Invalid) as refused:
        registry.execute(AddTemplateFile(path))
    assert refused.value.message == pictures.TWICE
    assert registry.execute(AddTemplateFile(path, "blue seal")).value == "blue seal"
    assert registry.execute(RemoveTemplateFile("blue seal")).value


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty"),
        (b"MZ program", "Templates take pictures"),
        (b"%PDF-1.7 nothing else", "This PDF cannot be read"),
        (b"\x89PNG\r\n\x1a\n broken", "damaged, or no picture"),
        (b"\xff\xd8\xff" + b"\0" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused(
    registry: Registry, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        registry.execute(AddTemplateFile(path))
    assert message in str(refused.value)


def broken(**changes: object) -> Template:
    return replace(PICNIC, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (broken(id="Über uns"), template_json.NO_ID),
        (broken(id="annual-forum"), keeping.SHIPPED),
        (broken(titles={"en": " "}), template_json.NO_TITLE),
        (broken(trees={}), template_json.NO_TEXT),
        (broken(purpose="conquest"), template_json.NO_PURPOSE),
        (broken(trees={"xx": PICNIC.trees["fr"]}), template_json.NO_LANGUAGE),
        (broken(variables=(replace(PICNIC.variables[0], name="place"),)), template_json.NO_VARIABLE),
        (broken(variables=PICNIC.variables * 2), template_json.TWICE),
        (broken(trees={"en": Tree((Reuse("nothing"),))}), keeping.NO_BLOCK),
        (broken(trees={"en": Tree((Image("nothing", 100.0),))}), pictures.NO_FILE),
    ],
)
def test_what_cannot_be_a_template_is_refused_with_a_sentence(
    registry: Registry, template: Template, message: str
) -> None:
    with pytest.raises(Invalid) as refused:
        registry.execute(SaveTemplate(template))
    assert refused.value.message == message


@pytest.mark.parametrize("name", ["safe_contact", "notes", "document.number", "consent.elections.letter", "trust"])
def test_no_letter_says_what_is_sensitive(registry: Registry, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        registry.execute(SaveTemplate(broken(trees={"en": Tree((Paragraph((Field(name),)),))})))
    assert name in str(refused.value)


def test_a_word_document_becomes_a_template(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    tree = Tree(
        (
            Paragraph((Run("Dear "), Field("Full name"), Run(" "), Field("Nonsense here"))),
            Section("city", "filled", (Paragraph((Run("In "), Field("ville"))),)),
            Section("no such", "filled", (Paragraph((Field("event.day"),)),)),
            Image("logo", 50.0),
        )
    )
    with path.open("wb") as file:
        write_template(file, tree, language="en", title="From Word", images={"logo": picture()})
    made = registry.execute(ImportTemplate(path, "from-word")).value
    assert (made.version, made.unknown, made.details, made.pictures) == (
        1,
        ("Nonsense here", "no such"),
        ("event.day",),
        1,
    )
    kept = registry.read(GetTemplate("from-word"))
    assert kept.titles == {"en": "From Word"}
    assert kept.trees["en"] == Tree(
        (
            Paragraph((Run("Dear "), Field("full_name"), Run(" {{Nonsense here}}"))),
            Section("city", "filled", (Paragraph((Run("In "), Field("city"))),)),
            Paragraph((Field("event.day"),)),
            Image("from-word 1", 50.0),
        )
    )
    registry.execute(ImportTemplate(path, "from-word", "fr"))
    assert registry.read(GetTemplate("from-word")).languages == ("en", "fr")
    with pytest.raises(Invalid) as refused:
        registry.execute(ImportTemplate(path, "annual-forum"))
    assert refused.value.message == keeping.SHIPPED


def test_a_document_that_is_none_changes_nothing(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    for content in (b"", b"PK\x03\x04 no", b"%PDF-1.7"):
        path.write_bytes(content)
        with pytest.raises(BadFile):
            registry.execute(ImportTemplate(path, "from-word"))
    with pytest.raises(BadFile):
        registry.execute(ImportTemplate(tmp_path / "nowhere.docx", "from-word"))
    assert "from-word" not in [view.id for view in registry.read(ListTemplates())]


def test_hostile_values_are_printed_as_text(registry: Registry) -> None:
    value = '<b>x</b>{{city}}<img src="file:///etc/passwd">&amp;'
    tree = from_json({"version": 1, "blocks": [{"type": "paragraph", "inlines": [{"type": "text", "text": value}]}]})
    registry.execute(SaveTemplate(broken(trees={"en": tree})))
    assert value in preview(registry, "summer-picnic").replace("\n", "")
