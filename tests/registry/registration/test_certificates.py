"""Certificates of registration: serial numbers, reprints, and for whom there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from registry.commands import (
    AddRecord,
    EditRecord,
    MergeRecords,
    RecordDeath,
    UnmergeRecord,
    WriteCertificate,
)
from registry.errors import Invalid, NotAllowed
from registry.numbers import is_valid
from registry.queries import VerifyHistory
from registry.registration import certificates
from tests.days import day
from tests.registry.documents.pages import pdfium_text
from tests.registry.documents.test_printing import codes_on
from tests.registry.post import ANA, BO, Post


def test_a_certificate_says_who_is_registered_and_until_when(post: Post, tmp_path: Path) -> None:
    amel = post.open("amel")
    known = {"birth_date": "1985-03-12", "birth_place": "Lyon", "citizenship": "FRA", "citizenship.2": "DEU"}
    known |= {"citizenship.to.2": "2001", "native_name": "Бо Сампл", "valid_until": "2031-05-06"}
    amel.execute(EditRecord("people", BO, known))
    path = tmp_path / "certificate.pdf"
    made = amel.execute(WriteCertificate(BO, path)).value
    text = pdfium_text(path.read_bytes())
    for said in (
        "Certificate of registration",
        "Bo Sample",
        "Бо Сампл",
        "12 March 1985",
        "Lyon",
        "France",
        made.serial,
    ):
        assert said in text, said
    assert "Valid until 6 May 2031" in text
    assert "Original" in text
    assert "Germany" not in text, "that citizenship ended"
    assert "example.org" not in text
    assert made.serial == f"TST-R{day()[2:4]}-00001-{made.serial[-1]}"
    assert is_valid(made.serial)
    assert [said for said, _x, _y in codes_on(path.read_bytes())] == [made.serial]


def test_a_reprint_keeps_its_serial_number_and_is_counted(post: Post, tmp_path: Path) -> None:
    clara = post.open("clara")
    path = tmp_path / "certificate.pdf"
    first = clara.execute(WriteCertificate(BO, path)).value
    second = clara.execute(WriteCertificate(BO, path, "fr")).value
    assert (first.prints, second.prints, second.serial) == (1, 2, first.serial)
    text = pdfium_text(path.read_bytes())
    assert "Original" not in text
    assert clara.execute(WriteCertificate(ANA, path)).value.serial != first.serial
    clara.execute(EditRecord("people", BO, {"valid_until": "2039-01-01"}))
    renewed = clara.execute(WriteCertificate(BO, path)).value
    assert renewed.prints == 1
    assert renewed.serial not in (first.serial, second.serial)
    clara.execute(EditRecord("people", BO, {"full_name": "Bo Renamed"}))
    assert clara.execute(WriteCertificate(BO, path)).value.prints == 1
    assert clara.read(VerifyHistory()).ok


def test_nothing_is_certified_of_who_is_not_registered_here(post: Post, tmp_path: Path) -> None:
    amel, path = post.open("amel"), tmp_path / "certificate.pdf"
    amel.execute(RecordDeath(BO, "2026-01-06"))
    with pytest.raises(Invalid, match="not registered here"):
        amel.execute(WriteCertificate(BO, path))
    with pytest.raises(Invalid, match="There is no such record"):
        amel.execute(WriteCertificate(999, path))
    with pytest.raises(Invalid, match=r"\.pdf"):
        amel.execute(WriteCertificate(ANA, tmp_path / "certificate.docx"))
    with pytest.raises(Invalid, match="not written in"):
        amel.execute(WriteCertificate(ANA, path, "xx"))
    assert not path.exists()
    with pytest.raises(NotAllowed):
        post.open("otto").execute(WriteCertificate(ANA, path))


def test_what_was_issued_moves_with_a_merge_and_back(post: Post, tmp_path: Path) -> None:
    amel, path = post.open("amel"), tmp_path / "certificate.pdf"
    other = amel.execute(AddRecord("people", {"full_name": "Bo Sampel"})).value
    serial = amel.execute(WriteCertificate(other.id, path)).value.serial
    amel.execute(MergeRecords(BO, (other.id,)))
    assert amel.execute(WriteCertificate(BO, path)).value.serial != serial, "it was issued for another name"
    amel.execute(UnmergeRecord(other.number))
    again = amel.execute(WriteCertificate(other.id, path)).value
    assert (again.serial, again.prints) == (serial, 2)
    assert amel.read(VerifyHistory()).ok


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("Certificat d’immatriculation", "Nationalité", "France", "12 mars 1985", "6 mai 2031", "Original")),
        ("es", ("Certificado de inscripción", "Nacionalidad", "Francia", "12 de marzo de 1985", "6 de mayo de 2031")),
        ("pt", ("Certificado de inscrição", "Nacionalidade", "França", "12 de março de 1985", "6 de maio de 2031")),
        ("ar", ("شهادة قيد", "الجنسية", "فرنسا", "مارس", "صالحة حتى", "النسخة الأصلية")),
    ],
)
def test_who_is_written_to_in_a_language_gets_the_certificate_in_it(
    post: Post, tmp_path: Path, language: str, said: tuple[str, ...]
) -> None:
    amel, path = post.open("amel"), tmp_path / "certificate.pdf"
    known = {"birth_date": "1985-03-12", "citizenship": "FRA", "valid_until": "2031-05-06"}
    amel.execute(EditRecord("people", BO, known | {"preferred_language": language}))
    made = amel.execute(WriteCertificate(BO, path)).value
    text = pdfium_text(path.read_bytes())
    assert [words for words in (*said, "Bo Sample", made.serial) if words not in text] == []
    assert made.missing == ""


def test_every_language_says_the_same_with_the_same_places_to_fill() -> None:
    words = certificates._words()
    english = words["en"]
    assert certificates.languages() == ("en", "fr", "es", "pt", "ar")
    for said in words.values():
        assert said.keys() == english.keys()
        assert all(re.findall(r"{\w+}", said[name]) == re.findall(r"{\w+}", english[name]) for name in said)
