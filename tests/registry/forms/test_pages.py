"""A form on pages: what was filled in into the PDF comes in without a mapping; paper has room for everything."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pyxform.xls2xform import convert  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from registry.app import Registry
from registry.commands import ActivateProfile, ImportRecords, SaveProfile, WriteForm
from registry.errors import BadFile
from registry.profiles.shipped import shipped
from registry.queries import PlanImport
from registry.transfer.options import ImportOptions
from registry.transfer.readers.preflight import DAMAGED, NO_FIELDS, PROTECTED
from tests.registry.forms.test_workbook import ANA, KEPT, filled
from tests.registry.profiles.templates import GUILD
from tests.registry.transfer.importing import counts, records

TICKED = ("consent.elections.letter", "consent.outreach_news.email")


def fill(path: Path, answers: dict[str, str], ticked: tuple[str, ...] = ()) -> Path:
    """The PDF with these answers, as a reader of PDF saves it."""
    writer = PdfWriter(clone_from=path)
    told = {name.replace(".", "__"): text for name, text in answers.items()}
    told |= {name.replace(".", "__"): "/yes" for name in ticked}
    for page in writer.pages:
        writer.update_page_form_field_values(page, told, auto_regenerate=False)
    writer.write(path)
    return path


def test_a_filled_pdf_comes_in_without_a_mapping(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    asked = registry.execute(WriteForm("pdf", path, language="fr")).value
    assert asked == len(PdfReader(path).get_fields() or {})
    answers = {name: text for name, text in ANA.items() if not name.startswith("consent")}
    plan = registry.read(PlanImport(fill(path, answers, TICKED), ImportOptions()))
    assert [m.header for m in plan.matches if m.targets != (m.header,)] == []
    assert counts(registry.execute(ImportRecords(plan)).value) == (1, 0, 0, 0, 0)
    (ana,) = records(registry)
    kept = {name: value for name, value in KEPT.items() if not name.startswith("consent")}
    assert {name: ana.values.get(name) for name in kept} == kept
    assert {name for name in ana.values if name.startswith("consent")} == set(TICKED)
    assert all(ana.values[name] == "given" for name in TICKED)


def test_an_archive_of_filled_pdfs_is_a_list(registry: Registry, tmp_path: Path) -> None:
    registry.execute(WriteForm("pdf", tmp_path / "form.pdf"))
    empty = (tmp_path / "form.pdf").read_bytes()
    archive = tmp_path / "filled.zip"
    with zipfile.ZipFile(archive, "w") as package:
        for name in ("Bo Specimen", "Ana Exemple"):
            (tmp_path / "one.pdf").write_bytes(empty)
            package.write(fill(tmp_path / "one.pdf", {"full_name": name, "address.city": "Lyon"}), f"inbox/{name}.pdf")
    plan = registry.read(PlanImport(archive, ImportOptions()))
    assert [row.reason for row in plan.rows()] == ["From “inbox/Ana Exemple.pdf”.", "From “inbox/Bo Specimen.pdf”."]
    assert counts(registry.execute(ImportRecords(plan)).value) == (2, 0, 0, 0, 0)
    assert [one.values["full_name"] for one in records(registry)] == ["Ana Exemple", "Bo Specimen"]


def test_what_is_no_filled_form_in_an_archive_is_named_and_left_out(registry: Registry, tmp_path: Path) -> None:
    page = tmp_path / "form.pdf"
    registry.execute(WriteForm("pdf", page))
    empty = page.read_bytes()
    good = fill(page, {"full_name": "Ana Exemple", "address.city": "Lyon"}).read_bytes()
    others = {"cut.pdf": good[:3000], "empty.pdf": empty, "scan.pdf": without_fields(), "note.txt": b"Please take in."}
    added = {"__MACOSX/inbox/._ana.pdf": b"\0\5\x16\7", "inbox/.DS_Store": b"\0"}
    archive = tmp_path / "filled.zip"
    with zipfile.ZipFile(archive, "w") as package:
        for name, content in {"inbox/ana.pdf": good, **others, **added}.items():
            package.writestr(name, content)
    plan = registry.read(PlanImport(archive, ImportOptions()))
    told = " ".join(plan.warnings)
    assert [name for name in others if f"“{name}”" in told] == list(others)
    assert "MACOSX" not in told
    assert counts(registry.execute(ImportRecords(plan)).value) == (1, 0, 0, 0, 0)


def test_a_form_that_nobody_filled_in_is_refused(registry: Registry, tmp_path: Path) -> None:
    registry.execute(WriteForm("pdf", tmp_path / "form.pdf"))
    with pytest.raises(BadFile) as refusal:
        registry.read(PlanImport(tmp_path / "form.pdf", ImportOptions()))
    assert refusal.value.message == NO_FIELDS


def test_a_field_offers_its_list_and_takes_other_words(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    registry.execute(WriteForm("pdf", path, language="en"))
    found = PdfReader(path).get_fields() or {}
    assert "Portugal" in found["address__country"]["/_States_"]
    assert found["phone"]["/TU"] == "Telephone"
    assert found["occupation"]["/FT"] == "/Tx"


def test_paper_asks_the_same_without_fields(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    registry.execute(WriteForm("paper", path, language="en"))
    reader = PdfReader(path)
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert not reader.get_fields()
    assert 2 <= len(reader.pages) <= 6
    for label in ("Registration form", "Full name", "Female", "Employer 2", "Consent: Elections, by E-mail"):
        assert label.casefold() in text.casefold()


def test_a_template_is_filled_in_as_a_pdf(registry: Registry, tmp_path: Path) -> None:
    registry.execute(SaveProfile(GUILD))
    registry.execute(ActivateProfile("guild"))
    path = tmp_path / "guild.pdf"
    registry.execute(WriteForm("pdf", path, "guild", "fr"))
    answers = {
        "full_name": "Ana Exemple",
        "profile.guild.mentoring": "Oui",
        "profile.guild.topics": "Tissage",
        "profile.guild.topics.2": "Soin des sols",
        "profile.guild.story": "First line\nsecond line",
    }
    registry.execute(ImportRecords(registry.read(PlanImport(fill(path, answers), ImportOptions()))))
    (ana,) = records(registry)
    assert ana.values["profile.guild.mentoring"] == "yes"
    assert ana.values["profile.guild.topics"] == "weaving"
    assert ana.values["profile.guild.topics.2"] == "soil"
    assert ana.values["profile.guild.story"] == "First line\nsecond line"


def without_fields() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(50, 700, "A letter.")
    canvas.save()
    return buffer.getvalue()


def protected() -> bytes:
    writer, buffer = PdfWriter(clone_from=io.BytesIO(without_fields())), io.BytesIO()
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [(without_fields(), NO_FIELDS), (protected(), PROTECTED), (without_fields()[:300], DAMAGED)],
    ids=["letter", "protected", "cut"],
)
def test_other_pdfs_are_refused(registry: Registry, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refusal:
        registry.read(PlanImport(path, ImportOptions()))
    assert refusal.value.message == message


ALPHA = {
    "name": "Amicale Exemple",
    "acronym": "AE",
    "contact_person": "Ana Exemple",
    "officer": "Bo Specimen",
    "phone": "+33 1 99 00 12 34",
    "address.city": "Lyon",
    "address.country": "France",
    "members": "40",
}


def test_an_association_fills_in_its_own_form(registry: Registry, tmp_path: Path) -> None:
    book, page = tmp_path / "form.xlsx", tmp_path / "form.pdf"
    for path in (book, page):
        registry.execute(WriteForm(path.suffix[1:], path, "associations", "fr"))
    for path in (filled(book, ALPHA), fill(page, ALPHA | {"name": "Cercle Exemple"})):
        plan = registry.read(PlanImport(path, ImportOptions()))
        assert plan.kind == "associations"
        assert [m.header for m in plan.matches if m.targets != (m.header,)] == []
        assert counts(registry.execute(ImportRecords(plan)).value)[0] == 1
    kept = [one.values for one in records(registry, "associations")]
    assert [one["name"] for one in kept] == ["Amicale Exemple", "Cercle Exemple"]
    for one in kept:
        assert (one["address.country"], one["members"], one["officer"]) == ("FRA", "40", "Bo Specimen")


@pytest.mark.parametrize("name", [template.name for template in shipped()])
def test_every_template_that_ships_comes_back_in_each_way(registry: Registry, tmp_path: Path, name: str) -> None:
    template = next(each for each in shipped() if each.name == name)
    registry.execute(SaveProfile(template))
    registry.execute(ActivateProfile(name))
    told = {"full_name" if template.kind == "people" else "name": "Ana Exemple", "email": "ana@example.org"}
    for kind, ending in (("xlsx", ".xlsx"), ("pdf", ".pdf")):
        path = tmp_path / f"{kind}{ending}"
        registry.execute(WriteForm(kind, path, name))
        plan = registry.read(PlanImport((filled if kind == "xlsx" else fill)(path, told), ImportOptions()))
        assert (plan.kind, [m.header for m in plan.matches if m.targets != (m.header,)]) == (template.kind, [])
    registry.execute(WriteForm("paper", tmp_path / "paper.pdf", name))
    registry.execute(WriteForm("xlsform", tmp_path / "form.xlsx", name))
    assert convert(str(tmp_path / "form.xlsx")).xform
