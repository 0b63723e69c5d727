"""Thousands of damaged files: each gives rows or one sentence; nothing crashes, hangs or grows."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from registry.errors import BadFile, RegistryError
from registry.forms.content import registration_form
from registry.forms.pages import write_pdf
from registry.progress import SILENT
from registry.transfer.lists import source
from registry.transfer.options import ImportOptions
from tests.conftest import TEST_DATA
from tests.faults.bounds import read_all, soon
from tests.registry.forms.test_pages import fill
from tests.registry.transfer.readers import packages, protected_ods
from tests.registry.transfer.readers.packages import ODS_CELL, ODS_ROW
from tests.registry.transfer.readers.test_protected import protected
from tests.registry.transfer.submissions.questionnaires import Style, write_kobo, write_odk

_PASSWORD = "carnation 1848"
_REPEATED = '<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def _base_xlsx(path: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Reference", "Weight", None, "Town", "Phone", "Doubled"])
    for number in range(40):
        sheet.append([f"Name {number}", number, number / 7, None, "Ünïcode", f"{number}", f"=B{number + 2}*2"])
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("E6:E8")
    further = book.create_sheet("Second")
    for cells in (["Reference", "Skill"], [3, "Weaving"], [4, "Baking"]):
        further.append(cells)
    book.save(path)
    return path.read_bytes()


def _base_xlsm(path: Path) -> bytes:
    """The same with a macro, which is never run."""
    _base_xlsx(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000))
    return path.read_bytes()


def _base_kobo(path: Path) -> bytes:
    return write_kobo(path, Style(groups=True)).read_bytes()


def _base_pdf(path: Path) -> bytes:
    with path.open("wb") as file:
        write_pdf(registration_form(), file, "en")
    return fill(path, {"full_name": "Ana Exemple", "phone": "+33 1 99 00 12 34"}).read_bytes()


def _base_zip(path: Path) -> bytes:
    form = _base_pdf(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("Ana.pdf", "Bo.pdf"):
            package.writestr(name, form)
    return path.read_bytes()


def _base_odk(path: Path) -> bytes:
    folder = path.parent / "odk"
    folder.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for file in sorted(write_odk(folder).parent.glob("*.csv")):
            package.write(file, file.name)
    return path.read_bytes()


def _base_json(_path: Path) -> bytes:
    return (
        '[{"full_name": "Ana Exemple", "phone": ["+33 1 99 00 12 34", null]}' + ', {"full_name": "Bo"}' * 20 + "]"
    ).encode()


def _base_ods(path: Path) -> bytes:
    return packages.ods(path, ODS_ROW * 20 + _REPEATED.format(rows=5, cells=ODS_CELL)).read_bytes()


def _base_csv(_path: Path) -> bytes:
    return "Nom;Prénom;Née\r\n".encode() + 'Lefèvre;"Élo""die";1985-03-12\r\n'.encode() * 40


def _base_vcf(_path: Path) -> bytes:
    name = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Exemple;Ana;;;\r\nFN:Ana Exemple\r\n"
    note = "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=89\r\n"
    return (name + note + "ADR;TYPE=home:;;1 rue\r\n  Exemple;Lyon;;69001;\r\nEND:VCARD\r\n").encode() * 20


def _base_protected(path: Path) -> bytes:
    return protected(path, _PASSWORD).read_bytes()


def _base_protected_ods(path: Path) -> bytes:
    return protected_ods.in_parts(path, _PASSWORD).read_bytes()


def _base_xls(_path: Path) -> bytes:
    return (TEST_DATA / "real" / "lists" / "en_loksabha2_india.xls").read_bytes()


def _mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    mutant = bytearray(content)
    match chance.randrange(4):
        case 0:
            for _change in range(chance.randint(1, 8)):
                mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        case 1:
            del mutant[chance.randrange(len(mutant)) :]
        case 2:
            start = chance.randrange(len(mutant))
            del mutant[start : start + chance.randint(1, 64)]
        case _:
            start = chance.randrange(len(mutant))
            mutant[start:start] = chance.choice([b"\0" * 16, b"\xff" * 16, b'"', mutant[:64], b"<" * 8])
    return bytes(mutant)


_NUMBERS = ["0", "-1", "1", "702", "99999", "1048576", "4294967295", "18446744073709551616", "1e308", "NaN", ""]


def _mutate_package(content: bytes, chance: random.Random) -> bytes:
    """A zip file that is whole, with one part changed, taken away or named otherwise."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(list(parts))
    match chance.randrange(5):
        case 0:
            del parts[name]
        case 1:
            parts[name] = _mutate_bytes(parts[name] or b"x", chance)
        case 2:
            parts[name.upper()] = parts.pop(name)
        case _:
            numbers = list(re.finditer(rb"[0-9]+", parts[name]))
            if numbers:
                number = chance.choice(numbers)
                value = chance.choice(_NUMBERS).encode()
                parts[name] = parts[name][: number.start()] + value + parts[name][number.end() :]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, data in parts.items():
            package.writestr(part, data)
    return out.getvalue()


def _mutate(content: bytes, chance: random.Random, *, package: bool) -> bytes:
    return _mutate_package(content, chance) if package and chance.random() < 0.7 else _mutate_bytes(content, chance)


#: Ending -> how the good file is made, whether it is a zip file, and how many mutants are read: short, long run.
_MUTANTS: dict[str, tuple[Callable[[Path], bytes], bool, int, int]] = {
    "xlsx": (_base_xlsx, True, 125, 2_250),
    "kobo.xlsx": (_base_kobo, True, 50, 1_000),
    "xlsm": (_base_xlsm, True, 25, 500),
    "ods": (_base_ods, True, 75, 1_500),
    "csv": (_base_csv, False, 75, 1_500),
    "vcf": (_base_vcf, False, 25, 500),
    "pdf": (_base_pdf, False, 25, 500),
    "zip": (_base_zip, True, 25, 250),
    "odk.zip": (_base_odk, True, 25, 250),
    "json": (_base_json, False, 25, 250),
    "protected.xlsx": (_base_protected, False, 25, 500),
    "protected.ods": (_base_protected_ods, True, 25, 500),
}
if (TEST_DATA / "real" / "lists").is_dir():
    _MUTANTS["xls"] = (_base_xls, False, 25, 500)


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("ending", _MUTANTS)
def test_mutants_give_rows_or_one_sentence(ending: str, tmp_path: Path, long_run: bool) -> None:
    make, package, short, long = _MUTANTS[ending]
    good = make(tmp_path / f"base.{ending}")
    chance = random.Random(20_261_123)
    refused = read = 0
    for number in range(long if long_run else short):
        path = tmp_path / f"{number}.{ending}"
        path.write_bytes(_mutate(good, chance, package=package))
        with soon():
            try:
                read += _read_as_list(path) if number % 2 else bool(read_all(path, _PASSWORD))
            except RegistryError:
                refused += 1
        path.unlink()
    assert read
    assert refused or ending == "vcf"  # of cards, whatever is a line is read


def _read_as_list(path: Path) -> bool:
    """Read a file as an import does: layout, columns and texts are found in the parent."""
    try:
        return bool(source.read(path, ImportOptions(), (), SILENT, _PASSWORD).rows.numbers)
    except BadFile:
        raise
    except RegistryError:  # a list, but nobody in it has a name
        return True
