"""Where the list stands in a file: the sheet, the header row, the columns, and which rows are no records."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass

from registry import fields
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.nothing import EMPTY, LONGEST_EMPTY
from registry.transfer.columns.content import SAMPLE, Column
from registry.transfer.columns.mapping import Given, decide_kind, has_name, match
from registry.transfer.columns.own_columns import kind_of_own
from registry.transfer.columns.remembered import NOTHING, Remembered, recall, with_remembered
from registry.transfer.headings import headers
from registry.transfer.headings.heading_rows import DATA_LIKE, filled_cells, headings
from registry.transfer.headings.own_names import are_names, are_of_inventory, are_ours
from registry.transfer.lists.main_sheet import main_sheet
from registry.transfer.lists.no_records import drop_others
from registry.transfer.lists.rows import Rows, values_of
from registry.transfer.options import ImportOptions
from registry.transfer.readers.cells import column_letter, is_blank, texts_of
from registry.transfer.readers.table_files import Sheet

NO_NAME_COLUMN = N_("No column of this file holds names. Say which one does, or choose another file.")
INVENTORY = N_(
    "This is a skills inventory: it sums up what records hold, and is no list to be taken in. To have records "
    "corrected, export them as a list and take that in again."
)
NO_SUCH_SHEET = N_("This file has no sheet “{sheet}”. It has: {sheets}.")
NO_SHEETS = N_("This is a text file, which has no sheets. Leave the name of the sheet out.")
NAMES_LEFT_OUT = N_("The columns that hold names are all left out. Let at least one of them be taken in.")
NO_SUCH_ROW = N_("Row {row} of this sheet is empty, so it can't be the header.")

#: Headings of the list that stand in other columns below it, where another part begins; looked for in so many columns.
_MOVED = 3
#: A header stands among the first rows.
_SEARCHED = 60
#: Characters of the headings of a further table that are told.
_HEADINGS = 80
_TRIED = 3
#: How sure a list is of which no column is known.
_UNKNOWN = 0.1
#: What a column with cells and no heading takes from the certainty of a row of headings.
_WITHOUT = 0.5

_NAMELESS = re.compile(r"Column [A-Z]+")
_REPEAT = re.compile(r" \(\d+\)$")


@dataclass
class Layout:
    """The list found in a file.

    Attributes:
        sheet: where it stands.
        header_row: number of the header's row, counted from 1.
        headers: one a column of the sheet, unique; "" for a column without header and content.
        kind: "people" or "associations".
        recalled: what is known of such a list.
    """

    sheet: Sheet
    header_row: int
    headers: list[str]
    kind: str
    recalled: Remembered

    @property
    def above(self) -> list[list[str]]:
        """The rows above the headings, as texts."""
        return [texts_of(row) for row in self.sheet.sample[: max(self.header_row - self.sheet.first_row, 0)]]


def find(sheets: Sequence[Sheet], options: ImportOptions, before: Sequence[Remembered] = ()) -> Layout:
    """The list among the sheets of a file: the one with a name column and the most records, each once.

    Args:
        options: what was said of kind, sheet, row of headings and columns.
        before: lists that were taken in already.

    Raises:
        BadFile: no column holds names, and no list is read without (`ImportOptions.unnamed`); a skills inventory.
        Invalid: the sheet or row that was asked for is not there, or the columns with names are left out.
    """
    given, kind = options.given, options.kind
    asked = _asked(sheets, options.sheet or given.sheet)
    if any(are_of_inventory(texts_of(row)) for each in asked for row in each.sample[:_SEARCHED]):
        raise BadFile(INVENTORY)
    # Beside a list of our own stand the dictionary of its columns and more.
    own = [each for each in asked if any(are_ours(texts_of(row)) for row in each.sample[:_SEARCHED])]
    best, trouble = _lists(own[:1] or asked, given, kind, before)
    if not best and options.unnamed:
        best, _trouble = _lists(asked, given, kind, before, unnamed=True)
    if not best:
        raise trouble or nobody(given)
    return main_sheet(best)


def _lists(
    sheets: Sequence[Sheet], given: Given, kind: str, before: Sequence[Remembered], *, unnamed: bool = False
) -> tuple[list[tuple[float, Layout]], Invalid | None]:
    """The likeliest list of each sheet, and why the mapping fits none of them."""
    best: list[tuple[float, Layout]] = []
    trouble: Invalid | None = None
    fits = False
    for candidate in sheets:
        of_sheet: list[tuple[float, Layout]] = []
        for place in header_rows(candidate, given.header_row, before):
            for head, header in headings(candidate, place):
                try:
                    found = _try(candidate, head, header, given, kind, before, unnamed=unnamed)
                except Invalid as problem:
                    trouble = trouble or problem
                    continue
                fits = True
                if found is not None:
                    of_sheet.append(found)
        best += [max(of_sheet, key=lambda one: one[0])] if of_sheet else []
    # What the rows say that the mapping fits tells more than that it does not fit others.
    return best, None if fits else trouble


def nobody(given: Given) -> BadFile | Invalid:
    """Why a list names nobody: no column does, or those that do are left out."""
    return Invalid(NAMES_LEFT_OUT) if None in given.columns.values() else BadFile(NO_NAME_COLUMN)


def unique_headers(row: Sequence[str], filled: Sequence[bool]) -> list[str]:
    """Headers kept apart: a repeated one becomes `Role (2)`, a missing one above cells `Column K`."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for place, text in enumerate(row):
        label = " ".join(text.split())
        if not label:
            found.append(nameless(place) if filled[place] else "")
            continue
        number = seen.get(label.casefold(), 0) + 1
        seen[label.casefold()] = number
        found.append(label if number == 1 else f"{label} ({number})")
    return found


def filled_columns(rows: Rows) -> list[bool]:
    """Of each column whether any cell of it is filled."""
    return [any(map(str.strip, texts)) for texts in rows.columns]


def nameless(place: int) -> str:
    """What a column with cells but without a header is called."""
    return f"Column {column_letter(place)}"


def is_nameless(name: str) -> bool:
    """Whether a name is one of `nameless`."""
    return _NAMELESS.fullmatch(name) is not None


def columns_of(names: Sequence[str], rows: Rows, repeats: Sequence[str] = ()) -> list[Column]:
    """A profile of each column, from cells spread over all rows; `repeats` names the repeat of each."""
    found = []
    for place, (name, texts) in enumerate(zip(names, rows.columns, strict=True)):
        cells = _said(values_of(texts) if repeats else texts)
        stride = max(1, len(cells) // SAMPLE)
        repeat = repeats[place] if repeats else ""
        found.append(Column(name, _written(name, names), cells[::stride], len(cells), len(rows.numbers), repeat))
    return found


def _said(texts: Sequence[str]) -> list[str]:
    """The trimmed texts of the cells that say anything."""
    trimmed = list(map(str.strip, texts))
    short = {text for text in trimmed if len(text) <= LONGEST_EMPTY}
    silent = {text for text in short if not text or text.casefold() in EMPTY}
    return [text for text in trimmed if text not in silent] if silent else trimmed


def drop_tables(rows: Rows, names: Sequence[str]) -> list[tuple[int, str]]:
    """Take out of `rows` further tables below the list: headings of their own behind an empty row, or the list's moved.

    Returns the number of the row of headings and the headings of each.
    """
    labels = {name.casefold() for name in names if name}
    apart = [place for place in _behind_blank(rows, 2) if _stands_apart(rows, place)]
    moved = _moved(rows, names)
    places = sorted({*moved, *(place for place in apart if _begins_table(rows, place, labels))})
    if not places:
        return []
    found, first = [_told(rows, place) for place in places], places[0]
    end = first
    # A title may stand above the headings: behind a blank row, or right above those that are moved.
    while end and filled_cells(rows.row(end - 1)) == 1:
        if rows.numbers[end - 1] - 1 not in rows.blank and not (end == first and first in moved):
            break
        end -= 1
    rows.keep(0, end)
    return found


def _told(rows: Rows, place: int) -> tuple[int, str]:
    """The number of a row of headings, and what it says."""
    return rows.numbers[place], ", ".join(filter(None, map(str.strip, rows.row(place))))[:_HEADINGS]


def _moved(rows: Rows, names: Sequence[str]) -> list[int]:
    """Places of rows that say headings of the list, but each in another column: of another part of a report."""
    written = set(filter(None, names))
    perhaps: set[int] = set()
    for own, texts in list(zip(names, rows.columns, strict=False))[:_MOVED]:
        said = written.intersection(texts) - {own}
        perhaps.update(place for place, text in enumerate(texts) if said and text in said)
    return [place for place in sorted(perhaps) if _are_moved(rows.row(place), names, written)]


def _are_moved(row: Sequence[str], names: Sequence[str], written: Collection[str]) -> bool:
    moved = sum(text in written and text != own for text, own in zip(row, names, strict=False))
    return moved >= _MOVED and 2 * moved > filled_cells(row)


def _behind_blank(rows: Rows, most: int) -> list[int]:
    """Places of the rows of which one of the `most` rows above is blank."""
    if not rows.blank:
        return []
    behind = {number + more for number in rows.blank for more in range(1, most + 1)}
    return [place for place, number in enumerate(rows.numbers) if number in behind]


def _stands_apart(rows: Rows, place: int) -> bool:
    """Whether an empty row stands above a row, or above its title."""
    number = rows.numbers[place]
    titled = place > 0 and rows.numbers[place - 1] == number - 1 and filled_cells(rows.row(place - 1)) == 1
    return number - 1 in rows.blank or (titled and number - 2 in rows.blank)


def drop_beside(kind: str, names: list[str], given: Given) -> tuple[str, str] | None:
    """Take the columns of another table that stands beside the list, behind an empty column, out of the headers.

    Returns its first column's letters and its headings; such a table has a column of names headed like the list's.
    """
    written = [_written(name, names).casefold() for name in names]
    for gap in range(1, len(names) - 1):
        if names[gap] or not any(names[:gap]) or not names[gap + 1] or given.columns.keys() & set(names[gap + 1 :]):
            continue
        again = set(written[:gap]) & set(written[gap + 1 :]) - {""}
        if any(
            c.field in headers.NAMES[kind] and c.score >= headers.TIDIED
            for w in again
            for c in headers.candidates(kind, w)
        ):
            shown = ", ".join(_written(name, names) for name in names[gap + 1 :] if name)
            names[gap + 1 :] = [""] * (len(names) - gap - 1)
            return column_letter(gap + 1), shown[:_HEADINGS]
    return None


def _begins_table(rows: Rows, place: int, labels: Container[str]) -> bool:
    """Whether a row is a header of other columns than those of the list."""
    filled = [" ".join(text.split()) for text in rows.row(place) if text.strip()]
    known = sum(headers.is_known(text) for text in filled)
    own = sum(text.casefold() in labels for text in filled)
    return (
        len(filled) > 1
        and known > 0
        and own < len(filled)
        and not any(DATA_LIKE.fullmatch(text) for text in filled)
        and (known >= max(2, len(filled) / 2) or _heads_numbers(rows, place))
    )


def _heads_numbers(rows: Rows, place: int) -> bool:
    """Whether only numbers stand below one of a row's cells, in a column that above has words, and perhaps a total."""
    end = place + 1
    while end < len(rows.numbers) and rows.numbers[end] == rows.numbers[end - 1] + 1:
        end += 1
    for texts in rows.columns:
        above, below = _numbers(texts[:place]), _numbers(texts[place + 1 : end])
        if texts[place].strip() and len(below) > 1 and all(below) and sum(above) <= 1 < len(above) - sum(above):
            return True
    return False


def _numbers(texts: Sequence[str]) -> list[bool]:
    """Of each filled cell whether it is a number, or other data that no heading is."""
    return [DATA_LIKE.fullmatch(text) is not None for text in map(str.strip, texts) if text]


def _written(name: str, names: Sequence[str]) -> str:
    """A header as it was before it was made unique."""
    if is_nameless(name):
        return ""
    before = _REPEAT.sub("", name)
    return before if before in names else name


def _asked(sheets: Sequence[Sheet], name: str) -> list[Sheet]:
    if not name:
        return [s for s in sheets if s.rows and not s.hidden] or [s for s in sheets if s.rows]
    wanted = name.strip().casefold()
    found = [s for s in sheets if s.name.strip().casefold() == wanted]
    if not found and not any(s.name for s in sheets):
        raise Invalid(NO_SHEETS)
    if not found:
        raise Invalid(NO_SUCH_SHEET, sheet=name[:40], sheets=", ".join(s.name.strip() for s in sheets))
    if found and (refusal := found[0].refusal) is not None:
        raise refusal
    return found[:1]


def header_rows(sheet: Sheet, told: int = 0, before: Sequence[Remembered] = ()) -> list[int]:
    """Places in the sample that may be the header, the likeliest first."""
    if told:
        return [told - sheet.first_row]
    own = [(i, row) for i, row in enumerate(map(texts_of, sheet.sample[:_SEARCHED])) if are_ours(row)]
    if own:
        # Our forms have the titles above the names.
        return [next((i for i, row in own if are_names(row)), own[0][0])]
    known = [i for i, row in enumerate(map(texts_of, sheet.sample[:_SEARCHED])) if recall(before, "", row)]
    if known:
        return known[:1]
    likely = []
    widest = max((filled_cells(row) for row in map(texts_of, sheet.sample)), default=0)
    for place, row in enumerate(map(texts_of, sheet.sample[:_SEARCHED])):
        score = _likeness(row, widest)
        if score > 0:
            likely.append((-score, place))
    return [place for _, place in sorted(likely)[:_TRIED]]


def _likeness(row: Sequence[str], widest: int) -> float:
    """How much a row looks like a header: known words, short texts, no data; 0 = not at all."""
    score = 0.0
    for text in row:
        plain = text.strip()
        if not plain:
            continue
        if len(plain) <= 80 and headers.is_known(plain):
            score += 1.0
        elif len(plain) > 80 or DATA_LIKE.fullmatch(plain):
            score -= 0.5
        else:
            score += 0.15
    return score + 0.5 * filled_cells(row) / max(widest, 1)


def _try(
    sheet: Sheet, place: int, header: list[str], given: Given, kind: str, before: Sequence[Remembered], *, unnamed: bool
) -> tuple[float, Layout] | None:
    """A layout with this header, whose last row has this place in the sample; None if it names nobody."""
    sample = [texts_of(row) for row in sheet.sample]
    if not 0 <= place < len(sample) or is_blank(header):
        if given.header_row:
            raise Invalid(NO_SUCH_ROW, row=given.header_row)
        return None
    first = sheet.first_row + place + 1
    below = list(enumerate(sample[place + 1 :], first))
    filled = [(n, row) for n, row in below if not is_blank(row)]
    rows = Rows.of([n for n, _row in filled], [row for _n, row in filled], len(header))
    rows.blank.update(n for n, row in below if is_blank(row))
    drop_tables(rows, header)
    names = unique_headers(header + [""] * (len(rows.columns) - len(header)), filled_columns(rows))
    columns = columns_of(names, rows)
    recalled = recall(before, kind, [name for name in names if name])
    if recalled is not None:
        kind, given = recalled.kind, with_remembered(given, recalled.given)
    found = kind or decide_kind(columns, given) or kind_of_own(columns) or (fields.PEOPLE if unnamed else None)
    if found is None:
        return None
    matches = match(found, columns, given)
    if not (has_name(found, matches) or kind_of_own(columns) == found or (unnamed and rows.numbers)):
        return None
    drop_others(rows, names, [m.column for m in matches if m.targets], sample[:place])
    certainty = sum(m.confidence for m in matches)
    # Two rows of headings leave fewer columns without one than the lower row alone.
    without = sum(map(is_nameless, names))
    certainty = max(certainty - _WITHOUT * without, certainty / 10) or _UNKNOWN
    records = min(len(rows.numbers), 20) / 20 + min(sheet.rows, 2000) / 20_000
    score = certainty * (0.2 + records) if rows.numbers else certainty / 1000
    return score, Layout(sheet, sheet.first_row + place, names, found, recalled or NOTHING)
