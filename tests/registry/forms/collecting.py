"""Answers to an XLSForm, exported as KoboToolbox does it: a sheet for the people and one for each repeat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]

#: Name of a question -> code or codes; name of a repeat -> its rows of the same shape.
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Style:
    """How it is exported: by which labels ("" = names), groups in the headings, several answers in one or more.

    `between` stands between a group and what is in it, a question and its options.
    """

    language: str = ""
    groups: bool = False
    several: str = "both"
    between: str = "/"


@dataclass
class _Asked:
    kind: str
    name: str
    heading: str
    choices: dict[str, str] = field(default_factory=dict)


def write_answers(form: Path, path: Path, people: Sequence[Answers], style: Style) -> Path:
    """The export of these people's answers."""
    tables = _tables(form, style)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    for number, person in enumerate(people, 1):
        rows[""].append({**person, "_uuid": f"invented-{number}", "_submission_time": "2026-02-03T10:00:00"})
        for name in tables:
            for row in person.get(name, ()) if name else ():
                rows[name].append({**row, "_parent_table_name": "Answers", "_parent_index": number})
    book = xlsxwriter.Workbook(str(path))
    for name, asked in tables.items():
        sheet = book.add_worksheet(name or "Answers")
        system = ("_parent_table_name", "_parent_index") if name else ("_uuid", "_submission_time")
        columns = [*(column for one in asked for column in _columns(one, style)), *((s, s, "") for s in system)]
        sheet.write_row(0, 0, [*(heading for heading, _name, _code in columns), "_index"])
        for place, row in enumerate(rows[name], 1):
            for at, (heading, question, code) in enumerate(columns):
                _write(sheet, place, at, _cell(asked, row.get(question), code, heading))
            sheet.write_number(place, len(columns), place)
    book.close()
    return path


def _cell(asked: Sequence[_Asked], value: Any, code: str, heading: str) -> Any:
    if value is None:
        return ""
    if code:
        return int(code in value)
    shown = next((one.choices for one in asked if one.heading == heading), {})
    return " ".join(str(shown.get(v, v)) for v in value) if isinstance(value, tuple) else shown.get(value, value)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value.isdecimal():
        sheet.write_number(row, column, int(value))  # an exporter makes 1 of 01
    elif value:
        sheet.write_string(row, column, value)


def _columns(asked: _Asked, style: Style) -> Iterator[tuple[str, str, str]]:
    """Heading, name of the question, and the answer that it is about."""
    if asked.kind != "select_multiple" or style.several != "details":
        yield asked.heading, asked.name, ""
    if asked.kind == "select_multiple" and style.several != "summary":
        for code, label in asked.choices.items():
            yield f"{asked.heading}{style.between}{label}", asked.name, code


def _tables(form: Path, style: Style) -> dict[str, list[_Asked]]:
    book = openpyxl.load_workbook(form)
    survey, choices = (_records(book[name]) for name in ("survey", "choices"))
    column = f"label::{style.language}" if style.language else "name"
    lists: dict[str, dict[str, str]] = {}
    for row in choices:
        lists.setdefault(row["list_name"], {})[row["name"]] = row[column]
    tables: dict[str, list[_Asked]] = {"": []}
    groups: list[tuple[str, str]] = []
    repeat = ""
    for row in survey:
        kind, _space, listed = row["type"].partition(" ")
        if kind.startswith("begin_"):
            groups.append((row["name"], row[column]))
            repeat = row["name"] if kind == "begin_repeat" else ""
            tables.setdefault(repeat, [])
        elif kind.startswith("end_"):
            groups.pop()
            repeat = ""
        else:
            above = [shown for _name, shown in groups] if style.groups else []
            heading = style.between.join([*above, row[column]])
            tables[repeat].append(_Asked(kind, row["name"], heading, lists.get(listed, {})))
    return tables


def _records(sheet: Any) -> list[dict[str, str]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [{str(name): str(value or "") for name, value in zip(header, row, strict=True)} for row in rows]
