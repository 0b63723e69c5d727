"""The mapping report: whole in every language, nothing small in what is published, and the numbers beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from registry import i18n, setup
from registry.app import Registry
from registry.commands import AddRecord, LoadDemonstration, SaveEstimate, WriteReport
from registry.context import ConfirmationNeeded, View
from registry.demo.associations import associations
from registry.demo.people import people
from registry.errors import Invalid
from registry.i18n import PAPER_LANGUAGES, in_language
from registry.progress import SILENT
from registry.queries import GetHistory, PreviewReport
from registry.report import chapters as written
from registry.report.material import Material
from registry.report.parts import Chapter, Picture, Table
from registry.statistics.suppression import LEAST
from registry.vocabularies import DEMONSTRATION_COUNTRY

TITLES = {
    "en": "Mapping of the diaspora",
    "es": "Mapa de la diáspora",
    "pt": "Mapeamento da diáspora",
    "ar": "خريطة الجالية",
}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Two hundred invented people, a lonely one in Andorra, associations and an estimate."""
    folder = tmp_path_factory.mktemp("report") / "registry"
    setup.create(
        folder, post="LYS", country="FRA", home=DEMONSTRATION_COUNTRY, admin="demo", password="demo", demonstration=True
    )
    with Registry.open(folder, "demo", "demo") as opened:
        opened.execute(LoadDemonstration("associations", tuple(associations(3))))
        opened.execute(LoadDemonstration("people", tuple(people(200, 3))))
        opened.execute(AddRecord("people", {"full_name": "Ada Sample", "address.country": "AND"}))
        opened.execute(SaveEstimate("FRA", "2024", "9000", "Invented census"))
        opened.execute(SaveEstimate("AND", "2023", "40", "Invented census"))
        yield opened


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def made(registry: Registry, *, public: bool) -> list[Chapter]:
    """The chapters before they are laid out."""
    with registry._engine.connect() as connection:
        view = View(connection, registry.session, SILENT)
        return list(written.chapters(Material(view, public, everybody=False, mirrored=False)))


def test_no_table_tells_of_a_country_what_another_withholds(registry: Registry) -> None:
    said: dict[str, set[object]] = {}
    tables = [
        part.data
        for chapter in made(registry, public=True)
        for part in chapter.parts
        if isinstance(part, Picture | Table)
    ]
    counted = [data for data in tables if str(data.head[0]).startswith("Country") and data.head[1] != "Associations"]
    for data in counted:
        for country, count, *_rest in data.rows:
            said.setdefault(str(country), set()).add(count)
    assert len(counted) >= 4
    assert said["Andorra"] == {None}
    assert [country for country, counts in said.items() if len(counts) > 1] == []


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_it_is_whole_in_every_language(registry: Registry, language: str) -> None:
    seen = registry.read(PreviewReport(language))
    document = pypdf.PdfReader(io.BytesIO(seen.pdf))
    assert len(document.pages) == seen.made.pages > 8
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == language
    with in_language(language):
        title = i18n._("Mapping of the diaspora")
    assert title == TITLES.get(language, title)
    assert document.metadata is not None
    assert str(document.metadata.title).startswith(title)
    assert seen.made.people == 201
    assert seen.made.figures > 10
    for page in document.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            kind = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in kind, "every font is in the file"


def test_the_window_goes_on_in_its_own_language(registry: Registry) -> None:
    registry.read(PreviewReport("ar"))
    assert i18n.current_language() == "en"


def test_headings_contents_and_pages_are_told(registry: Registry) -> None:
    text = text_of(registry.read(PreviewReport("en")).pdf)
    for heading in (
        "1. Location and size",
        "2. Organisations",
        "3. Initiatives",
        "4. Demographics and skills",
        "5. Attachment and willingness to contribute",
        "6. Method and quality of the data",
    ):
        assert text.count(heading) == 2, "in the contents and over its chapter"
    assert "Invented census, 2024" in text
    assert "Everybody in the register is counted." in text


def numbers(chapters: list[Chapter], caption: str) -> dict[str, object]:
    (part,) = (p for c in chapters for p in c.parts if isinstance(p, Table) and p.caption.startswith(caption))
    return {str(row[0]): row[1] for row in part.data.rows}


def test_nothing_small_is_in_what_is_published_and_cannot_be_subtracted(registry: Registry) -> None:
    office, public = made(registry, public=False), made(registry, public=True)
    inside = numbers(office, "People by country")
    assert inside["Andorra"] == 1
    tables = [numbers(public, caption) for caption in ("People by country", "Registered people beside")]
    assert tables[0]["Andorra"] is tables[1]["Andorra"] is None
    hidden = {label for label, count in tables[0].items() if count is None}
    unseen = sum(int(str(inside[label])) for label in hidden)
    assert len(hidden) > 1
    assert unseen >= LEAST
    for label, count in tables[1].items():
        assert (count is None) == (label in hidden), "one table must not tell what another withholds"
    without = next(
        p for c in public for p in c.parts if isinstance(p, Table) and p.caption.startswith("Countries with people")
    )
    assert all(row[1] is None or int(str(row[1])) >= LEAST for row in without.data.rows)


def test_a_published_report_has_no_count_of_one_to_four_people(registry: Registry) -> None:
    bodies = ("Associations", "Campaigns", "Quality", "What records", "Registered people")
    for chapter in made(registry, public=True):
        for part in chapter.parts:
            if isinstance(part, Picture | Table) and not part.caption.startswith(bodies):
                small = [row for row in part.data.rows for v in row[1:] if isinstance(v, int) and 0 < v < LEAST]
                assert not small, (part.caption, small)


def test_restricted_fields_are_in_neither(registry: Registry) -> None:
    captions = {
        part.caption for chapter in made(registry, public=True) for part in chapter.parts if not hasattr(part, "text")
    }
    assert not any("Trust" in caption for caption in captions)


def test_it_is_written_with_its_numbers_and_leaves_a_trace(registry: Registry, tmp_path: Path) -> None:
    pdf, data = tmp_path / "report.pdf", tmp_path / "data.xlsx"
    outcome = registry.execute(WriteReport(pdf, "for the minister", data, "es")).value
    assert "Mapa de la diáspora" in text_of(pdf.read_bytes())
    book = openpyxl.load_workbook(data)
    assert len(book.sheetnames) == outcome.figures + outcome.tables + 1
    assert book["Figura 1"].max_row > 3
    operation = registry.read(GetHistory(limit=1)).operations[0]
    assert operation.code == "report"
    note = operation.note or {}
    assert (note["reason"], note["language"]) == ("for the minister", "es")


def test_small_counts_leave_only_with_password_and_reason(registry: Registry, tmp_path: Path) -> None:
    command = WriteReport(tmp_path / "office.pdf", "inside", public=False)
    with pytest.raises(ConfirmationNeeded):
        registry.execute(command)
    assert not command.path.exists()
    registry.confirm("demo")
    registry.execute(command)
    assert "For the office only" in text_of(command.path.read_bytes())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"path": Path("report.docx")}, "pdf"),
        ({"data": Path("data.csv")}, "xlsx"),
        ({"language": "xx"}, "en, fr, es, pt, ar"),
    ],
)
def test_other_files_and_languages_are_refused(
    registry: Registry, tmp_path: Path, changed: dict[str, object], sentence: str
) -> None:
    given: dict[str, object] = {"path": tmp_path / "report.pdf", "reason": "", **changed}
    with pytest.raises(Invalid, match=sentence):
        registry.execute(WriteReport(**given))  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_sentences_of_each_language_keep_their_values() -> None:
    spanish = i18n._Sentences("es")
    for language in ("es", "pt", "ar"):
        known = i18n._Sentences(language)._known
        assert set(known) == set(spanish._known)
        for message, said in known.items():
            forms = said.values() if isinstance(said, dict) else [said]
            for form in forms:
                named = {part.split("}")[0] for part in message.split("{")[1:]}
                told = {part.split("}")[0] for part in form.split("{")[1:]}
                assert told <= named
                assert told == named or isinstance(said, dict), (language, message)


@pytest.mark.parametrize("public", [True, False])
def test_no_sentence_of_a_report_is_left_in_english(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, public: bool
) -> None:
    asked: set[str] = set()

    class Listening(i18n._Sentences):
        def gettext(self, message: str) -> str:
            asked.add(message)
            return super().gettext(message)

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            asked.add(msgid1)
            return super().ngettext(msgid1, msgid2, n)

    spoken = Listening("es")
    known = i18n._catalogue
    monkeypatch.setattr(i18n, "_catalogue", lambda code: spoken if code == "es" else known(code))
    registry.read(PreviewReport("es", public))
    assert len(asked) > 60
    assert asked - {""} <= set(spoken._known)
