"""Encodings, separators and quotes of text files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadFile
from registry.transfer.readers import text_files
from registry.transfer.readers.encodings import find_encoding
from registry.transfer.readers.table_files import Row, open_table_file

_LISTS = {
    "cp1252": ["Nom;Prénom;Ville", "Lefèvre;Élodie;Nîmes", "Müller;Jürgen;Köln", "Gonçalves;João;São Paulo"],
    "cp1250": ["Imię;Nazwisko;Miasto", "Łukasz;Wiśniewski;Łódź", "Jiří;Dvořák;Plzeň", "Šárka;Černá;Brno"],
    "cp1251": ["Фамилия;Имя;Город", "Иванов;Иван;Москва", "Петрова;Анна;Казань"],
    "koi8_r": ["Фамилия;Имя;Город", "Иванов;Иван;Москва", "Петрова;Анна;Казань"],
    "cp1253": ["Όνομα;Επώνυμο;Πόλη", "Γιώργος;Παπαδόπουλος;Αθήνα"],
    "cp1254": ["Ad;Soyad;Şehir", "Ayşe;Yılmaz;İstanbul", "Gülşen;Çelik;Muğla"],
    "cp1255": ["שם;משפחה;עיר", "דוד;כהן;ירושלים"],
    "cp1256": ["الاسم;العائلة;المدينة", "محمد;العلوي;الرباط", "فاطمة;بناني;الدار البيضاء"],
    "cp1257": ["Vardas;Pavardė;Miestas", "Jānis;Bērziņš;Rīga", "Žygimantas;Šimkus;Šiauliai"],
    "cp850": ["Nom;Prénom;Ville", "Lefèvre;Élodie;Nîmes", "Müller;Jürgen;Köln"],
    "mac_roman": ["Nom;Prénom;Ville", "Lefèvre;Élodie;Nîmes", "Müller;Jürgen;Köln"],
    "gb18030": ["姓名;城市", "王小明;北京", "李娜;上海", "张伟;广州"],
    "cp932": ["氏名;都市", "山田太郎;東京", "鈴木花子;大阪"],
    "cp949": ["이름;도시", "김철수;서울", "박영희;부산"],
    "utf-8": ["Ім'я;Місто", "Ґалаґан;Київ"],
    "utf-8-sig": ["Ім'я;Місто", "Ґалаґан;Київ"],
    "utf-16": ["Ім'я;Місто", "Ґалаґан;Київ"],
}


def _rows(path: Path) -> list[Row]:
    with open_table_file(path) as file:
        return [row for batch in file.rows(file.sheets[0]) for row in batch.rows]


def _read(path: Path, content: str | bytes) -> list[list[str]]:
    """The rows without a child process, as `tables` reads them."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    file = text_files.examine(path)
    try:
        return list(file.rows())
    except csv.Error:
        return list(text_files.TextFile(path, file.encoding, file.separator, strict=False).rows())


@pytest.mark.parametrize("encoding", _LISTS)
def test_lists_in_old_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    lines = _LISTS[encoding]
    assert _read(tmp_path / "a.csv", "\r\n".join(lines).encode(encoding)) == [line.split(";") for line in lines]


def test_one_accent_among_many_plain_lines_is_western(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("Smith;Paris\r\n" * 500 + "Muñoz;Lima\r\n").encode("cp1252"))
    assert find_encoding(path) == "cp1252"


def test_broken_utf8_stays_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Lefèvre;Nîmes\r\n".encode() * 50 + b"Mu\xf1oz;Lima\r\n")
    assert find_encoding(path) == "utf-8"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    rows = [["Name", "Phones", "City"], ["Ann", "1; 2, 3", "Rome"], ["Bob", "", "Lyon, France"], ["Cy", "5|6", ""]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    assert _read(tmp_path / "a.csv", out.getvalue()) == rows


def test_one_column_needs_no_separator(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.csv", "Name\nAnn\nBob") == [["Name"], ["Ann"], ["Bob"]]


def test_a_declared_separator_is_obeyed_and_is_no_row(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.csv", "sep=|\r\nName|City,Country\r\nAnn|Rome\r\n") == [
        ["Name", "City,Country"],
        ["Ann", "Rome"],
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"Ernesto "Pipi"",z', ["a", 'Ernesto "Pipi"', "z"]),
        ('a,"Ernesto "Pipi" Gomez",z', ["a", 'Ernesto "Pipi" Gomez', "z"]),
        ('a,"Pipi" Gomez,z', ["a", '"Pipi" Gomez', "z"]),
        ('a,"he said ""no""",z', ["a", 'he said "no"', "z"]),
        ('"5" pipe",b,"c"', ['5" pipe', "b", "c"]),
        ('"",""x,"c', ["", '""x', '"c']),
        ('a,6" x 4",z', ["a", '6" x 4"', "z"]),
    ],
)
def test_wrong_quotes_lose_nothing(tmp_path: Path, line: str, cells: list[str]) -> None:
    # A stray quote elsewhere sends the whole file through the tolerant reader.
    content = f'x,"y "quoted" y",z\r\n{line}\r\n"multi\r\nline",b,c\r\nlast,"d",e'
    assert _read(tmp_path / "a.csv", content)[1] == cells
    assert _read(tmp_path / "a.csv", content)[-1] == ["last", "d", "e"]


def test_blanks_before_quotes_are_not_content(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.csv", '"Name", "City"\n"Ann", "Rome, Italy"\n') == [
        ["Name", "City"],
        ["Ann", "Rome, Italy"],
    ]


def test_rows_keep_their_numbers_and_surplus_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('\nName,City\n\nAnn,"Ro\nme",extra,\nBob\n\n\n', encoding="utf-8")
    with open_table_file(path) as file:
        (sheet,) = file.sheets
        assert (sheet.first_row, sheet.rows, sheet.columns) == (2, 5, 4)
        assert sheet.sample[0] == ["Name", "City"]
    assert _rows(path) == [[], ["Name", "City"], [], ["Ann", "Ro\nme", "extra", None], ["Bob"]]


def test_encoding_and_separator_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nom;Ville\r\nLefèvre;Nîmes".encode("cp1252"))
    with open_table_file(path) as file:
        assert (file.encoding, file.separator) == ("cp1252", ";")


@pytest.mark.parametrize(
    "content",
    [b"Name,City\nAnn\0,Rome\n", b"Name\n" + b"x" * 40_000, b"," * 800, b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0"],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        open_table_file(path)


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=20)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_well_formed_files_are_read_exactly(rows: list[list[str]], separator: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    written = out.getvalue()
    lines = io.StringIO(written, newline="")
    assert list(text_files._tolerant_rows(lines, separator)) == rows


def test_files_that_were_put_together_have_marks_of_their_encoding_within(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('Name,City\nAna,Lyon\n\ufeff"Name","City"\n"Bo","Nice"\n'.encode("utf-8-sig"))
    assert _rows(path) == [["Name", "City"], ["Ana", "Lyon"], ["Name", "City"], ["Bo", "Nice"]]


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>Name</td></tr></table>",
        "<center><b>List</b></center>",
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        "MIME-Version: 1.0\nContent-Type: multipart/related\n\nThis document is a Single File Web Page.\n",
    ],
)
def test_web_pages_called_workbooks_are_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.xls"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile, match=r"save it as \.xlsx"):
        open_table_file(path)
