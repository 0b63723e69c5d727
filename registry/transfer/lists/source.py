"""A stranger's list, read: its layout, its rows as text, and which column is which field."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import file_digest
from pathlib import Path

from registry import fields, vocabularies
from registry.context import View
from registry.errors import BadFile
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.progress import Progress
from registry.queries import ReadList
from registry.transfer.columns import own_columns, remembered
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import Given, Match, decide_kind, has_name, match
from registry.transfer.columns.references import with_reference
from registry.transfer.columns.remembered import NOTHING, Remembered, recall, texts_with, with_remembered
from registry.transfer.headings.own_names import sheets_beside
from registry.transfer.lists import at_home, layout, refusals, same_sheets, sheet_rows
from registry.transfer.lists.no_records import drop_others
from registry.transfer.lists.rows import Rows, values_of
from registry.transfer.lists.sheets import Further, FurtherSheets, columns_beside, of_list
from registry.transfer.options import ImportOptions
from registry.transfer.readers.cells import BETWEEN, column_letter, well_formed
from registry.transfer.readers.table_files import CHANGED, Sheet, TableFile, open_table_file
from registry.transfer.submissions import finding as submissions
from registry.transfer.submissions.finding import Export
from registry.transfer.values import births, date_orders

#: Share of dates in a column of which is asked how they are to be read.
_DATED = 0.3
NO_SUBMISSIONS = N_(
    "“{name}” is no export of KoboToolbox or ODK, so that a form says nothing of it. Leave the form out."
)
WRITTEN_BY = N_("This list is as {program} writes it, and its columns are taken as they are meant there.")


@dataclass
class Source:
    """What was read.

    Attributes:
        name: the file's name without its folder.
        sha256: of the file's bytes, as hex.
        kind: "people" or "associations".
        sheet: where the list stands; "" in a text file.
        header_row: counted from 1.
        matches: one a column, without those that have neither header nor cells.
        own: whether this program exported it, so that its cells are taken as they are.
        rows: what is below the header; their cells stand at the columns' own places.
        hidden_sheets, other_sheets: names of sheets that hold something and were not read.
        hidden_rows: numbers of rows that the spreadsheet program hides and that were read like the others.
        undecided: column of dates -> one that can be read day first or month first, where no other shows which.
        other_tables: (number of the row of headings, headings) of further tables of the sheet, not read.
        beside: letters of the first column and headings of another table beside the list, not read.
        answers: whether its rows are answers to a questionnaire.
        remarks: sentences on the program that wrote it, or on what its export of answers does not say.
        refused: how many answered that their data may not be kept, whether they are taken in or not.
        refusing: references of those of them who are left out.
        uses: column in which somebody refuses a use of the data -> canonical names of the consents that a no refuses.
        texts: canonical name -> text in the file -> text to read instead.
        dates: header -> "dmy" or "mdy", how its dates were to be read when such a list came before.
        further: sheets that belong to the list, or may.
        troubles: name of a sheet that cannot be read -> why, in words.
        formulas: headings of columns in which a cell is a formula, of which the file keeps what it came to.
        words: column of codes -> column of words for them in an export of ours (see `own_columns.words_of`).
        repeated: columns whose cells hold several values with `BETWEEN` between them.
        kept: name that an export of ours lacks -> column with what the records have, put behind those of the list.
    """

    name: str
    sha256: str
    kind: str
    sheet: str
    header_row: int
    matches: list[Match]
    own: bool
    rows: Rows
    hidden_sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    hidden_rows: tuple[int, ...] = ()
    other_tables: tuple[tuple[int, str], ...] = ()
    beside: tuple[str, str] | None = None
    undecided: Mapping[int, str] = field(default_factory=dict)
    answers: bool = False
    remarks: tuple[str, ...] = ()
    refused: int = 0
    refusing: tuple[str, ...] = ()
    uses: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    further: tuple[Further, ...] = ()
    troubles: Mapping[str, str] = field(default_factory=dict)
    formulas: tuple[str, ...] = ()
    words: Mapping[int, int] = field(default_factory=dict)
    repeated: frozenset[int] = frozenset()
    kept: dict[str, int] = field(default_factory=dict)


def read_list(view: View, query: ReadList) -> Source:
    """Read the list in a file, with what is known of it from before; raises as `read`.

    If no column is known to hold names, the officer is to say which one does.
    """
    before = remembered.all_of(view.connection)
    options, home = replace(query.options, unnamed=True), view.settings.get("home", "")
    return read(query.path, options, before, view.progress, query.password, home)


def read(
    path: Path,
    options: ImportOptions,
    before: Sequence[Remembered],
    progress: Progress,
    password: str = "",
    home: str = "",
) -> Source:
    """Read the list in a file, a protected one with its password.

    Args:
        before: the lists that were taken in already.
        home: alpha-3 code of the country that people come from; "" = not known.

    Raises:
        BadFile: the file can't be read or, unless it may be `unnamed`, no column holds names.
        Invalid: the mapping doesn't fit the list.
    """
    with open_table_file(path, progress, password) as file:
        export = submissions.find(file, options, progress)
        if export is not None:
            return _of_export(path, export, options, before, home)
        if options.form is not None:
            raise BadFile(NO_SUBMISSIONS, name=path.name)
        return _of_list(path, file, options, before, progress, home)


def _of_list(
    path: Path, file: TableFile, options: ImportOptions, before: Sequence[Remembered], progress: Progress, home: str
) -> Source:
    given, told = options.given, of_list(options.given, file.sheets)
    found = layout.find(sheet_rows.reaching(file, given, options.sheet, progress), replace(options, given=told), before)
    read = partial(sheet_rows.rows_of, file, progress=progress, is_text=file.separator is not None)
    rows, names, tables, beside = sheet_rows.alone(found, read(found), told)
    others = _others(file, found)
    parts = same_sheets.add(found, rows, names, others, replace(told, sheet=options.sheet or told.sheet), read)
    columns = layout.columns_of(names, rows)
    own_names = own_columns.names_of_own(found.kind, columns)
    recalled = NOTHING if (own := bool(own_names)) else found.recalled
    further = FurtherSheets(found.kind, names, rows)
    if not own:
        further.look(file, [s for s in others if not (s.hidden or s.name in parts.names)], given.sheets, progress)
        if (joined := further.join())[0]:
            columns = columns_beside(names, joined, rows)
            names += joined[0]
            recalled = _recalled(before, found.kind, names)
    matches = _matches(found.kind, at_home.placed(columns, home), own_names, rows, (given, recalled), options)
    drop_others(rows, names, [m.column for m in matches if m.targets and m.column < len(found.headers)], found.above)
    sheets = (*parts.further, *further.found)
    refused, refusing = (0, ()) if own else refusals.hold_back(rows, matches, taken=options.refused)
    return Source(
        well_formed(path.name),
        digest(path),
        found.kind,
        found.sheet.name,
        found.header_row,
        [_called(found, m, is_text=file.separator is not None) for m in matches if m.header],
        own,
        rows,
        *_unread(others, sheets, own=own),
        (*_hidden(found, rows), *parts.hidden),
        (*tables, *parts.tables),
        beside,
        _undecided(columns, rows, matches),
        dates=recalled.given.dates,
        remarks=_told_program(recalled),
        further=sheets,
        troubles=_troubles(file) | parts.troubles | further.troubles,
        formulas=_formulas(found, matches, parts.formulas),
        words=own_columns.words_of(found.kind, own_names),
        repeated=frozenset(place for place, column in enumerate(columns) if column.repeat),
        texts=texts_with(given, recalled.given),
        refused=refused,
        refusing=refusing,
    )


def _others(file: TableFile, found: layout.Layout) -> list[Sheet]:
    """The other sheets that hold something."""
    return [sheet for sheet in file.sheets if sheet.rows and sheet.name != found.sheet.name]


def _troubles(file: TableFile) -> dict[str, str]:
    return {sheet.name: str(sheet.refusal) for sheet in file.sheets if sheet.refusal is not None}


def _called(found: layout.Layout, match: Match, *, is_text: bool) -> Match:
    """A column; where the file itself shows no headers, it is called as the field is whose name the reader gave it."""
    listed = not (is_text or found.sheet.name)
    return replace(match, words=fields.title(found.kind, match.header)) if listed else match


def _require_names(kind: str, matches: Sequence[Match], options: ImportOptions) -> None:
    if not (options.unnamed or has_name(kind, matches)):
        raise layout.nobody(options.given)


def _matches(
    kind: str,
    columns: Sequence[Column],
    own_names: Sequence[str],
    rows: Rows,
    said: tuple[Given, Remembered],
    options: ImportOptions,
) -> list[Match]:
    """One match a column. `said`: now, and what is known of such a list."""
    if own_names:
        return own_columns.own_matches(kind, columns, own_names, said[0])
    matches = with_reference(kind, columns, _matched(kind, columns, *said), rows.columns)
    _require_names(kind, matches, options)
    return matches


def _formulas(found: layout.Layout, matches: Sequence[Match], in_parts: Container[int]) -> tuple[str, ...]:
    own = found.sheet.formulas
    taken = (m for m in matches if m.targets)
    return tuple(m.header for m in taken if column_letter(m.column) in own or m.column in in_parts)


def _unread(
    others: Sequence[Sheet], further: Sequence[Further], *, own: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of sheets that hold something and were not read: hidden ones, and others."""
    read = {each.sheet for each in further if each.joined} | (sheets_beside() if own else set())
    left = [(sheet.name.strip(), sheet.hidden) for sheet in others if sheet.name not in read]
    return tuple(name for name, hidden in left if hidden), tuple(name for name, hidden in left if not hidden)


def _recalled(before: Sequence[Remembered], kind: str, names: Sequence[str]) -> Remembered:
    return recall(before, kind, [name for name in names if name]) or NOTHING


def _told_program(recalled: Remembered) -> tuple[str, ...]:
    return (_(WRITTEN_BY, program=recalled.program),) if recalled.program else ()


def _undecided(columns: Sequence[Column], rows: Rows, matches: Sequence[Match]) -> dict[int, str]:
    dated = [place for place, column in enumerate(columns) if column.full_dates >= _DATED]
    parted = {m.column: births.dates_of(rows.columns[m.column]) for m in matches if births.PLACE in m.targets[1:]}
    # Each text once, in their order: how often one stands there says nothing.
    texts = {place: list(dict.fromkeys(values_of(rows.columns[place]))) for place in dated}
    return date_orders.undecided(texts | parted)


def _hidden(found: layout.Layout, rows: Rows) -> tuple[int, ...]:
    read = set(rows.numbers)
    return tuple(number for number in found.sheet.hidden_rows if number in read)


def _of_export(path: Path, export: Export, options: ImportOptions, before: Sequence[Remembered], home: str) -> Source:
    """The submissions of a questionnaire, each known again by the key that the program which collected it gave it."""
    listing, given = export.listing, options.given
    rows = Rows.of(listing.numbers, listing.texts, len(listing.headings))
    told = replace(given, columns={listing.key: "external_id", **given.columns})
    columns = at_home.placed(layout.columns_of(listing.headings, rows, listing.repeats), home)
    decided = options.kind or decide_kind(columns, told) or PEOPLE
    recalled = _recalled(before, decided, listing.headings)
    matches = _matched(decided, columns, told, recalled)
    _require_names(decided, matches, options)
    refusing = refusals.references(rows, listing.headings.index(listing.key), listing.left_out)
    rows.leave_out(listing.left_out)
    _by_name(decided, matches, listing.names, rows)
    return Source(
        well_formed(path.name),
        digest(path),
        decided,
        export.sheet.name,
        export.header_row,
        matches,
        own=False,
        rows=rows,
        hidden_sheets=(),
        other_sheets=(),
        dates=recalled.given.dates,
        answers=True,
        remarks=tuple(export.warnings),
        refused=export.refused,
        refusing=refusing,
        texts=texts_with(given, recalled.given),
    )


def _matched(kind: str, columns: Sequence[Column], given: Given, recalled: Remembered) -> list[Match]:
    """One match a column; what is known of such a list counts where nothing is said now."""
    told = with_remembered(given, recalled.given)
    found = match(kind, columns, told)
    known = told.columns.keys() - given.columns.keys() if not recalled.program else set()
    return [replace(one, recalled=True) if one.header in known else one for one in found]


def _by_name(kind: str, matches: Sequence[Match], names: Mapping[str, Mapping[str, str]], rows: Rows) -> None:
    """Put an answer's name where a vocabulary knows that and not its label: ours are often the codes themselves."""
    for found in matches:
        described = fields.find(kind, found.targets[0]) if found.targets else None
        if described is None or not described[0].vocabulary:
            continue
        known = vocabularies.get(described[0].vocabulary)
        better = {
            label: name
            for label, name in names.get(found.header, {}).items()
            if known.find(label) is None and known.find(name) is not None
        }
        if better:
            rows.columns[found.column] = [
                BETWEEN.join(better.get(text, text) for text in texts.split(BETWEEN))
                for texts in rows.columns[found.column]
            ]


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex; raises `BadFile` if it is not there any more."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        raise BadFile(CHANGED) from None
