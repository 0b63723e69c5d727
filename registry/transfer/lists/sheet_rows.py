"""The rows of a list's sheet as texts, without titles again and other tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from registry import fields
from registry.numbers import is_valid
from registry.progress import Progress
from registry.transfer.columns.mapping import Given
from registry.transfer.headings.headers import NAMES
from registry.transfer.headings.own_names import NUMBER, names_of
from registry.transfer.lists import layout
from registry.transfer.lists.no_records import HEADER_AGAIN
from registry.transfer.lists.rows import Gathering, Rows
from registry.transfer.readers.cells import FORM_FILE
from registry.transfer.readers.safe_text import unguarded
from registry.transfer.readers.table_files import Row, Sheet, TableFile


def reaching(file: TableFile, given: Given, sheet: str, progress: Progress) -> Sequence[Sheet]:
    """The sheets, with a sample that reaches the row of headings that was told, however far down it stands."""
    sheets = list(file.sheets)
    for place, each in enumerate(sheets):
        beyond = each.first_row + len(each.sample) <= given.header_row + 1 <= each.rows
        if beyond and (sheet or given.sheet or each.name).strip().casefold() == each.name.strip().casefold():
            rows = islice(_from(file, each, given.header_row - 1, progress), len(each.sample))
            sheets[place] = replace(each, first_row=given.header_row - 1, sample=list(rows))
    return sheets


def _from(file: TableFile, sheet: Sheet, first: int, progress: Progress) -> Iterator[Row]:
    for batch in file.rows(sheet, progress):
        yield from batch.rows[max(first - batch.first_row, 0) :]


def rows_of(file: TableFile, found: layout.Layout, *, progress: Progress, is_text: bool) -> Rows:
    """All rows below the headings; in a text file without the guard that keeps a cell from being a formula."""
    gathering = Gathering(len(found.headers))
    unreadable: list[tuple[int, int]] = []
    for first, columns, places, wrongly_read in file.texts(found.sheet, progress):
        unreadable += [place for place in places if place[0] > found.header_row]
        if garbled := [one for one in wrongly_read if one[0] >= found.header_row]:
            # They are counted and not kept: all cells of a large list may be such.
            if not gathering.rows.garbled:
                gathering.rows.first_garbled = min(garbled)
            gathering.rows.garbled += len(garbled)
        above = max(found.header_row + 1 - first, 0)
        texts = [column[above:] for column in columns] if above else columns
        gathering.add(first + above, [list(map(unguarded, column)) for column in texts] if is_text else texts)
    gathering.rows.unreadable = unreadable
    if not (is_text or found.sheet.name) and FORM_FILE in found.headers:
        files = gathering.rows.columns[found.headers.index(FORM_FILE)]
        gathering.rows.forms = dict(zip(gathering.rows.numbers, files, strict=True))
    _drop_titles(found, gathering.rows)
    return gathering.rows


def _drop_titles(found: layout.Layout, rows: Rows) -> None:
    """Take the titles out that stand below the fields' own names in our workbooks, or were sorted in among the rows."""
    head = next((name for name in (NUMBER, *NAMES[found.kind]) if name in found.headers), "")
    if not head:
        return
    texts, titles = rows.columns[found.headers.index(head)], fields.by_name(found.kind)[head].titles
    place = next((at for at, text in enumerate(texts) if text in titles and names_of(found.kind, rows.row(at))), -1)
    if place > 0 and (head != NUMBER or any(map(is_valid, texts[:place]))):
        rows.leave_out({rows.numbers[place]: HEADER_AGAIN})
    else:
        rows.keep(place + 1, len(rows.numbers))


def alone(
    found: layout.Layout, rows: Rows, told: Given
) -> tuple[Rows, list[str], list[tuple[int, str]], tuple[str, str] | None]:
    """The rows and headings of a list without other tables of its sheet, and those below it and beside it."""
    tables = layout.drop_tables(rows, found.headers)
    names = _named_columns(found.headers, rows)
    return rows, names, tables, layout.drop_beside(found.kind, names, told)


def _named_columns(headers: Sequence[str], rows: Rows) -> list[str]:
    """The headers, with names for columns that show content only further down than the layout looked."""
    names = [*headers, *[""] * (len(rows.columns) - len(headers))]
    return [
        name or (layout.nameless(place) if any(map(str.strip, rows.columns[place])) else "")
        for place, name in enumerate(names)
    ]
