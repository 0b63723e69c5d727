"""Sheets with the headings of the list: it is kept by year or by town, or somebody parted it, and they are one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from registry.errors import BadFile
from registry.i18n import N_
from registry.search.folding import name_keys
from registry.transfer.columns.mapping import Given, match
from registry.transfer.headings import headers
from registry.transfer.headings.headers import NAMES
from registry.transfer.headings.heading_rows import headings
from registry.transfer.headings.own_names import names_of
from registry.transfer.lists import layout
from registry.transfer.lists.layout import Layout
from registry.transfer.lists.main_sheet import AGREEING, FOUND, KEYS, fields_of, words_of
from registry.transfer.lists.no_records import drop_others
from registry.transfer.lists.rows import Rows
from registry.transfer.lists.sheets import NUMBERED_ANEW, Further
from registry.transfer.readers.cells import column_letter
from registry.transfer.readers.table_files import Sheet

OTHER_VERSION = N_("most of those whom it lists are in the list already, so that it may be another version of it")
#: Columns of which the heading is the same at least.
_LEAST = 2


@dataclass
class Parts:
    """What was found of such sheets.

    Attributes:
        further: each of them, taken in or not.
        hidden: numbers of rows that the spreadsheet program hides.
        formulas: columns of the list in which a cell of them is a formula.
        tables: (number of the row of headings, headings) of further tables in them, not read.
        troubles: name of a sheet that could not be read to its end -> why, in words.
    """

    further: list[Further] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    formulas: set[int] = field(default_factory=set)
    tables: list[tuple[int, str]] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Names of the sheets."""
        return {each.sheet for each in self.further} | self.troubles.keys()


def add(
    found: Layout, rows: Rows, names: list[str], others: Sequence[Sheet], given: Given, read: Callable[[Layout], Rows]
) -> Parts:
    """Put the rows of other sheets with the same headings behind those of the list.

    Their numbers go on from a round one, so that row 1002 is row 2 of the second sheet. A sheet is left out where it is
    told to be (`Given.sheets`), where another one was asked for, or where its rows seem not to be further people.

    Args:
        names: of the columns; columns without a heading that only other sheets have come to them.
        others: the sheets beside that of the list, of which hidden ones are not looked at.
        read: the rows of a layout.
    """
    parts = Parts()
    shown = [sheet for sheet in others if not sheet.hidden]
    same = [(sheet, *placed) for sheet in shown if (placed := _placed(found, sheet)) is not None]
    if not same:
        return parts
    _drop_others(found.kind, rows, names, given)
    known = set(_called(found.kind, names, rows))
    unit = 10 ** len(str(max(sheet.rows for sheet in (found.sheet, *others))))
    for first, (sheet, header_row, labels) in enumerate(same, 1):
        try:
            part = read(replace(found, sheet=sheet, header_row=header_row, headers=labels))
        except BadFile as refusal:
            parts.troubles[sheet.name] = str(refusal)
            continue
        tables = layout.drop_tables(part, labels)
        _drop_others(found.kind, part, [*labels, *[""] * (len(part.columns) - len(labels))], given)
        target = _arrange(found.kind, part, labels, names, rows)
        called = _called(found.kind, names, part)
        key, doubt = _numbered_anew(found.kind, names, rows, part, given)
        if not doubt and sum(name in known for name in called) >= max(1, FOUND * len(called)):
            doubt = OTHER_VERSION
        said = given.sheets.get(sheet.name) is not None if sheet.name in given.sheets else not (doubt or given.sheet)
        joined = said and doubt != NUMBERED_ANEW
        parts.further.append(Further(sheet.name, key, joined, len(part.numbers), (), doubt, first * unit))
        if joined:
            _append(rows, part, first * unit)
            known.update(called)
            parts.formulas |= {there for place, there in target.items() if column_letter(place) in sheet.formulas}
            read_rows = set(part.numbers)
            parts.hidden += [first * unit + number for number in sheet.hidden_rows if number in read_rows]
            parts.tables += [(first * unit + number, heads) for number, heads in tables]
    return parts


def _placed(found: Layout, sheet: Sheet) -> tuple[int, list[str]] | None:
    """Row of headings of a sheet that has those of the list, in any order, and the headings; None = it has others."""
    mine = _keys(found.kind, found.headers)
    for place in layout.header_rows(sheet):
        for last, texts in headings(sheet, place):
            labels = layout.unique_headers(texts, [False] * len(texts))
            if len(mine) >= _LEAST and _keys(found.kind, labels).keys() == mine.keys():
                return sheet.first_row + last, labels
    return None


def _keys(kind: str, labels: Sequence[str]) -> dict[str, int]:
    """What columns are known by -> their places: of exports of ours the fields, whether named or titled."""
    own = names_of(kind, labels) or [""] * len(labels)
    known = ((name or headers.key(label), place) for place, (name, label) in enumerate(zip(own, labels, strict=True)))
    return {key: place for key, place in known if key and not layout.is_nameless(labels[place])}


def _arrange(kind: str, part: Rows, labels: Sequence[str], names: list[str], rows: Rows) -> dict[int, int]:
    """Put the columns of another sheet in the order of the list, and tell which came where.

    What has no heading there comes behind all others.
    """
    places, theirs = _keys(kind, names), _keys(kind, labels)
    target = {place: places[key] for key, place in theirs.items() if key in places}
    for place, texts in enumerate(part.columns):
        if place not in target and any(map(str.strip, texts)):
            name = layout.nameless(place)
            if name not in names:
                names.append(name)
                rows.columns.append([""] * len(rows.numbers))
            target[place] = names.index(name)
    columns = [[""] * len(part.numbers) for _name in names]
    for place, there in target.items():
        columns[there] = part.columns[place]
    part.unreadable = [(number, target[place]) for number, place in part.unreadable if place in target]
    part.columns = columns
    return target


def _drop_others(kind: str, rows: Rows, names: Sequence[str], given: Given) -> None:
    told = replace(given, columns={name: said for name, said in given.columns.items() if name in names}, dates={})
    matches = match(kind, layout.columns_of(names, rows), told)
    drop_others(rows, names, [found.column for found in matches if found.targets])


def _numbered_anew(kind: str, names: Sequence[str], rows: Rows, part: Rows, given: Given) -> tuple[str, str]:
    """Heading of a column whose references are those of others in the list, and the doubt; ("", "") = there is none."""
    named = _named(kind, names)
    for column in _references(kind, names, given):
        known = {text.casefold(): place for place, text in enumerate(rows.columns[column]) if text.strip()}
        pairs = [(known.get(text.casefold()), place) for place, text in enumerate(part.columns[column])]
        told = [
            not words.isdisjoint(words_of(rows.row(mine), named))
            for mine, theirs in pairs
            if mine is not None and (words := words_of(part.row(theirs), named))
        ]
        if told and sum(told) < AGREEING * len(told):
            return names[column], NUMBERED_ANEW
    return "", ""


def _named(kind: str, names: Sequence[str]) -> list[int]:
    """The columns with names of the records."""
    return [place for place, name in enumerate(names) if name and fields_of(kind, name) & set(NAMES[kind])]


def _called(kind: str, names: Sequence[str], rows: Rows) -> list[str]:
    """What each row calls its record, in any order and spelling of letters; without those that it does not name."""
    said = zip(*(rows.columns[place] for place in _named(kind, names)), strict=True)
    return [key for key in name_keys([" ".join(parts) for parts in said]) if key]


def _references(kind: str, names: Sequence[str], given: Given) -> Iterator[int]:
    """The columns that tell people apart and are not left out."""
    left = {headers.label_of(name).casefold() for name, told in given.columns.items() if told is None}
    for column, name in enumerate(names):
        if name and fields_of(kind, name) & KEYS and headers.label_of(name).casefold() not in left:
            yield column


def _append(rows: Rows, part: Rows, first: int) -> None:
    rows.numbers += [first + number for number in part.numbers]
    for texts, more in zip(rows.columns, part.columns, strict=True):
        texts += more
    rows.dropped |= {first + number: reason for number, reason in part.dropped.items()}
    rows.blank |= {first + number for number in part.blank}
    rows.unreadable += [(first + number, column) for number, column in part.unreadable]
    if part.garbled and not rows.garbled:
        rows.first_garbled = (first + part.first_garbled[0], part.first_garbled[1])
    rows.garbled += part.garbled
