"""What the tests of import and export do again and again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from registry.app import Registry
from registry.changes import Outcome
from registry.commands import ImportRecords
from registry.fields import PEOPLE
from registry.queries import GetRecords, ListIds, PlanImport
from registry.records import Record
from registry.transfer.columns.mapping import Given
from registry.transfer.options import ImportOptions
from registry.transfer.planning.apply import ImportResult
from registry.transfer.planning.plan import Plan


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A list as a text file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_workbook(path: Path, **sheets: Sequence[Any]) -> Path:
    """A workbook with these sheets, in this order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def plan(registry: Registry, path: Path, given: Given | None = None, **options: Any) -> Plan:
    """The plan for a file."""
    return registry.read(PlanImport(path, ImportOptions(given=given or Given(), **options)))


def take_in(registry: Registry, path: Path, given: Given | None = None, **options: Any) -> Outcome[ImportResult]:
    """Plan and carry out."""
    return registry.execute(ImportRecords(plan(registry, path, given, **options)))


def take_in_rows(
    registry: Registry, listed: Sequence[Sequence[str]], given: Given | None = None, **options: Any
) -> ImportResult:
    """Import rows, the first of which is the header."""
    path = write_csv(registry.folder.parent / "list.csv", listed)
    return take_in(registry, path, given, **options).value


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    """Created, updated, unchanged, skipped, rejected; together they are the rows."""
    found = (result.created, result.updated, result.unchanged, result.skipped, result.rejected)
    assert sum(found) == result.rows
    return found


def records(registry: Registry, kind: str = PEOPLE) -> list[Record]:
    """All records, in the order of their making."""
    ids = tuple(sorted(registry.read(ListIds(kind))))
    return list(registry.read(GetRecords(kind, ids)).values())


def contents(registry: Registry, kind: str = PEOPLE) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Values and raw texts of all records without their registration numbers, in a stable order."""
    found = [({k: v for k, v in r.values.items() if k != "number"}, dict(r.raw)) for r in records(registry, kind)]
    return sorted(found, key=repr)
