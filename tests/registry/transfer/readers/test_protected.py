"""Workbooks that a password encrypts: asked for, opened in memory, and the password leaves no trace."""

from __future__ import annotations

import logging
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

from registry.app import Registry
from registry.commands import ImportRecords
from registry.errors import BadFile
from registry.queries import PlanImport
from registry.transfer.options import ImportOptions
from registry.transfer.readers import decrypting, ods_decrypting, preflight
from registry.transfer.readers.table_files import open_table_file
from tests.registry.transfer.readers import packages, protected_ods

_FILLING = 4_096
PASSWORD = "Cortège 1848"


def protected(path: Path, password: str = PASSWORD) -> Path:
    """A workbook of two rows that a password protects."""
    return encrypted(packages.xlsx(path), password)


def encrypted(path: Path, password: str = PASSWORD) -> Path:
    """The same workbook, encrypted; the library writes none under 4 KB that can be read, so a comment fills it."""
    with zipfile.ZipFile(path, "a") as package:
        package.comment = b" " * _FILLING
    locked = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt(password, locked)
    path.write_bytes(locked.getvalue())
    return path


def test_the_password_opens_it(tmp_path: Path) -> None:
    with open_table_file(protected(tmp_path / "a.xlsx"), password=PASSWORD) as file:
        assert [row for batch in file.rows(file.sheets[0]) for row in batch.rows] == [["Name", "City"], ["Ann", "Rome"]]


@pytest.mark.parametrize(("password", "message"), [("", preflight.NEEDS_PASSWORD), ("other", preflight.WRONG_PASSWORD)])
def test_without_it_a_sentence_says_what_to_do(tmp_path: Path, password: str, message: str) -> None:
    with pytest.raises(BadFile) as refusal:
        open_table_file(protected(tmp_path / "a.xlsx"), password=password)
    assert refusal.value.message == message
    assert preflight.asks_password(refusal.value)


def test_a_workbook_of_which_only_the_structure_is_protected_is_read_unasked(tmp_path: Path) -> None:
    with open_table_file(protected(tmp_path / "a.xlsx", decrypting._NOBODYS)) as file:
        assert file.sheets[0].rows == 2


def test_what_is_inside_is_looked_at_like_any_workbook(tmp_path: Path) -> None:
    far = packages.TWO_ROWS + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    path = encrypted(packages.xlsx(tmp_path / "a.xlsx", far))
    with pytest.raises(BadFile, match="claims"):
        open_table_file(path, password=PASSWORD)


def test_one_that_would_take_hours_to_open_is_refused(tmp_path: Path) -> None:
    path = protected(tmp_path / "a.xlsx")
    content = path.read_bytes()
    usual, hours = b' <p:encryptedKey spinCount="100000"', b'<p:encryptedKey spinCount="9999999"'
    assert content.count(usual) == 1
    path.write_bytes(content.replace(usual, hours))
    with pytest.raises(BadFile) as refusal:
        open_table_file(path, password=PASSWORD)
    assert refusal.value.message == preflight.SUSPICIOUS


OPEN_DOCUMENTS: dict[str, Callable[[Path, str], Path]] = {
    "in parts": protected_ods.in_parts,
    "as one": protected_ods.as_one,
}


@pytest.mark.parametrize("way", OPEN_DOCUMENTS)
def test_a_protected_open_document_is_opened(tmp_path: Path, way: str) -> None:
    path = OPEN_DOCUMENTS[way](tmp_path / "a.ods", PASSWORD)
    with open_table_file(path, password=PASSWORD) as file:
        assert [row for batch in file.rows(file.sheets[0]) for row in batch.rows] == [["Ann", "Ann"]]
    for password, message in (("", preflight.NEEDS_PASSWORD), ("other", preflight.WRONG_PASSWORD)):
        with pytest.raises(BadFile) as refusal:
            open_table_file(path, password=password)
        assert refusal.value.message == message


def test_a_protected_open_document_is_looked_at_like_any_other(tmp_path: Path) -> None:
    rows = f'<table:table-row table:number-rows-repeated="1048576">{packages.ODS_CELL}</table:table-row>'
    with pytest.raises(BadFile) as refusal:
        open_table_file(protected_ods.in_parts(tmp_path / "a.ods", PASSWORD, rows), password=PASSWORD)
    assert refusal.value.message == preflight.ROWS_MISSING


def test_an_open_document_that_would_take_hours_or_much_memory_to_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    for slow in (
        protected_ods.as_one(path, PASSWORD, 1 << 30),
        protected_ods.in_parts(path, PASSWORD, rounds=1_000_001),
    ):
        with pytest.raises(BadFile) as refusal:
            open_table_file(slow, password=PASSWORD)
        assert refusal.value.message == preflight.SUSPICIOUS


def test_protection_that_nobody_knows_is_said_so(tmp_path: Path) -> None:
    path = protected_ods.in_parts(tmp_path / "a.ods", PASSWORD)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(b"xmlenc#aes256-cbc", b"manifest#blowfish")
    packages.write_package(path, parts)
    with pytest.raises(BadFile) as refusal:
        open_table_file(path, password=PASSWORD)
    assert refusal.value.message == ods_decrypting.UNKNOWN_PROTECTION


def test_a_cut_one_is_a_sentence(tmp_path: Path) -> None:
    path = protected(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(BadFile):
        open_table_file(path, password=PASSWORD)


def test_the_password_stands_nowhere_afterwards(
    registry: Registry, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []
    start = subprocess.Popen.__init__

    def watched(self: subprocess.Popen[bytes], arguments: list[str], **options: object) -> None:
        commands.append(" ".join(arguments) + str(options.get("env")))
        start(self, arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    query = PlanImport(protected(tmp_path / "a.xlsx"), ImportOptions(), PASSWORD)
    with caplog.at_level(logging.DEBUG):
        plan = registry.read(query)
        registry.execute(ImportRecords(plan))
    assert commands
    assert not [command for command in commands if PASSWORD in command]
    assert PASSWORD not in caplog.text + repr(query) + repr(plan)
