"""A ministry's own lists and ESCO's published tables become entries; what is wrong is named with its row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from registry import vocabularies
from registry.errors import BadFile
from registry.vocabularies import Entry, merged
from registry.vocabularies.reading import read_entries
from tests.conftest import TEST_DATA

ESCO = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,description,code\n"
    'Occupation,http://data.europa.eu/esco/occupation/f2b1,2221,specialist nurse,"clinical nurse\nnurse specialist",,'
    'released,2024-01-01,"Cares, and\nteaches",2221.2\n'
)


def listed(folder: Path, text: str, name: str = "list.csv") -> Path:
    """A file of that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_published_table_of_esco(tmp_path: Path) -> None:
    isco = vocabularies.get("isco")
    (nurse,) = read_entries(listed(tmp_path, ESCO, "occupations_en.csv"), isco)
    assert nurse == Entry("2221.2", {"en": "specialist nurse"}, ("clinical nurse", "nurse specialist"), "2221")
    french = ESCO.replace("specialist nurse", "infirmier spécialiste/infirmière spécialiste")
    (infirmier,) = read_entries(listed(tmp_path, french, "occupations_fr.csv"), isco)
    assert infirmier.labels == {"fr": "infirmier spécialiste/infirmière spécialiste"}
    larger = merged(merged(isco, [nurse]), [infirmier])
    assert set(larger.labels["2221.2"]) == {"en", "fr"}
    assert larger.level("2221.2") == 5
    assert larger.find("clinical nurse") == "2221.2"


def test_an_address_stands_for_a_code_that_is_not_there(tmp_path: Path) -> None:
    text = "conceptUri,preferredLabel\nhttp://data.europa.eu/esco/occupation/00030d09-2b3a,technical director\n"
    (entry,) = read_entries(listed(tmp_path, text), vocabularies.get("isco"))
    assert entry.code == "00030d09-2b3a"


def test_a_national_list_in_several_languages_with_semicolons(tmp_path: Path) -> None:
    text = (
        "Code;Label;label_fr;Label (ar);Aliases;Parent\n"
        "N1;Camel herder;Chamelier;راعي إبل;cameleer | camel driver;6121\n"
        "N11;Racing camel trainer;;;;N1\n\n"
    )
    first, second = read_entries(listed(tmp_path, text), vocabularies.get("isco"))
    assert first.labels == {"en": "Camel herder", "fr": "Chamelier", "ar": "راعي إبل"}
    assert first.aliases == ("cameleer", "camel driver")
    assert second == Entry("N11", {"en": "Racing camel trainer"}, (), "N1")
    (portuguese,) = read_entries(listed(tmp_path, "code,label\nN2,Tropeiro\n"), vocabularies.get("isco"), "pt")
    assert portuguese.labels == {"pt": "Tropeiro"}


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["code", "label"], [9001, "Falconer"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    (entry,) = read_entries(tmp_path / "list.xlsx", vocabularies.get("isco"))
    assert (entry.code, entry.labels) == ("9001", {"en": "Falconer"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("label,parent\nFalconer,1\n", "no column of codes"),
        ("code,remark\n1,Falconer\n", "no column of labels"),
        ("code,label\n", "no rows"),
        ("code,label\nX1,Falconer\n,Hawker\n", "Row 3 has no code"),
        ("code,label\nX1,\n", "X1 in row 2 has no label"),
        (f"code,label\n{'9' * 41},Falconer\n", "row 2 is longer than 40"),
        ("code,label\nX1,Falconer\nX2,Hawker\nX1,Falconer again\n", "X1 stands in row 2 and again in row 4"),
        ("code,label,parent\nX1,Falconer,Z9\n", "names the code Z9 above X1"),
        ("code,label,parent\nX1,Falconer,X1\n", "X1 in row 2 stands above itself"),
        ("code,label,parent\nX1,Falconer,X2\nX2,Hawker,X1\n", "X1 in row 2 stands above itself"),
        ("code,label,parent\n2,Professionals,2221\n", "2 in row 2 stands above itself"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_entries(listed(tmp_path, text), vocabularies.get("isco"))
    assert sentence in str(caught.value)


if (TEST_DATA / "reference").is_dir():

    def test_three_thousand_occupations() -> None:
        isco = vocabularies.get("isco")
        entries = read_entries(TEST_DATA / "reference" / "esco_occupations.csv", isco)
        assert len(entries) == 2942
        assert all(set(entry.labels) == {"en", "fr", "es"} and entry.parent in isco.codes for entry in entries)
        assert len(merged(isco, entries).codes) == 619 + 2942
