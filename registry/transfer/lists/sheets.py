"""Further sheets of a workbook that say more of the people of the list: joined to it by a column that both have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from registry.errors import BadFile, Invalid
from registry.formats import first_of
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import Given
from registry.transfer.headings import headers
from registry.transfer.headings.headers import NAMES
from registry.transfer.headings.heading_rows import headings
from registry.transfer.lists import layout
from registry.transfer.lists.main_sheet import AGREEING, FOUND, KEYS, fields_of, words_of
from registry.transfer.lists.rows import Rows
from registry.transfer.readers.cells import BETWEEN, is_blank, texts_of
from registry.transfer.readers.table_files import Sheet, TableFile

NOT_UNIQUE = N_("several rows of the list have the same “{key}”")
COUNTED = N_("its “{key}” only counts its own rows")
NUMBERED_ANEW = N_("its “{key}” are those of other people in the list")
FEW_FOUND = N_("most of its “{key}” are not in the list")
NO_KEY = N_("The sheet “{sheet}” and the list have no column “{key}” in common by which it could be joined.")


@dataclass(frozen=True)
class Further:
    """A sheet that belongs to the list, or may.

    Attributes:
        sheet: its name.
        key: heading of the column in it that says whom a row is about; "" = of no matter.
        joined: whether its rows are taken in with those of the list.
        rows: how many of its rows are about somebody of the list, or are rows of the list themselves.
        missing: numbers of its rows that are not.
        doubt: why it is not joined without being told to, a catalogue message; "" = nothing speaks against it.
        first: of a part of the list, what is added to the numbers of its rows; 0 = it says more of those in the list.
    """

    sheet: str
    key: str
    joined: bool
    rows: int
    missing: tuple[int, ...]
    doubt: str = ""
    first: int = 0

    def sentences(self) -> list[str]:
        """What is to be known of it before the import."""
        if not self.joined:
            doubt = _(self.doubt, key=self.key) if self.doubt else ""
            said = _("The sheet “{sheet}” may belong to the list, but was not read", sheet=self.sheet.strip())
            return [f"{said}: {doubt}." if doubt else f"{said}."]
        if self.first and not self.rows:
            return []
        if self.first:
            return [
                ngettext(
                    "The sheet “{sheet}” has the headings of the list and is read as a part of it: {count} row, "
                    "numbered on, so that its row 2 is row {row}.",
                    "The sheet “{sheet}” has the headings of the list and is read as a part of it: {count} rows, "
                    "numbered on, so that its row 2 is row {row}.",
                    self.rows,
                    sheet=self.sheet.strip(),
                    row=self.first + 2,
                )
            ]
        told = [
            ngettext(
                "{count} row of the sheet “{sheet}” is taken in with the row of the list that has its “{key}”.",
                "{count} rows of the sheet “{sheet}” are taken in with the rows of the list that have their “{key}”.",
                self.rows,
                sheet=self.sheet,
                key=self.key,
            )
        ]
        if self.missing:
            told.append(
                ngettext(
                    "{count} row of the sheet “{sheet}” is about nobody in the list and is not taken in: {rows}.",
                    "{count} rows of the sheet “{sheet}” are about nobody in the list and are not taken in: {rows}.",
                    len(self.missing),
                    sheet=self.sheet,
                    rows=first_of(self.missing),
                )
            )
        return told


@dataclass
class _Table:
    """The rows of a sheet, by the row of the list that they are about."""

    further: Further
    labels: list[str]
    of_row: dict[int, list[list[str]]] = field(default_factory=dict)


class FurtherSheets:
    """The sheets that are joined to a list, their columns set beside its own."""

    def __init__(self, kind: str, names: Sequence[str], rows: Rows) -> None:
        """`names`: headings of the list, whose `rows` get further cells by `join`."""
        self._kind, self._names, self._rows = kind, list(names), rows
        self._keys: dict[int, tuple[dict[str, int], bool]] = {}
        self._tables: list[_Table] = []
        #: Name of a sheet that could not be read to its end -> why, in words.
        self.troubles: dict[str, str] = {}

    @property
    def found(self) -> tuple[Further, ...]:
        """Every sheet that belongs to the list or may."""
        return tuple(table.further for table in self._tables)

    def look(
        self, file: TableFile, sheets: Sequence[Sheet], told: Mapping[str, str | None], progress: Progress
    ) -> None:
        """Find those of some sheets that belong to the list; `told` are keys of sheets, None = not joined.

        Raises `Invalid` if a sheet cannot be joined by the key that was told.
        """
        for sheet in sheets:
            said = sheet.name in told
            wanted = told.get(sheet.name)
            pair = self._pair(sheet, wanted or "")
            if pair is None:
                if wanted:
                    raise Invalid(NO_KEY, sheet=sheet.name, key=wanted)
                continue
            header_row, labels, theirs, mine = pair
            try:
                read = self._read(file, sheet, header_row, len(labels), progress)
            except BadFile as refusal:
                self.troubles[sheet.name] = str(refusal)
                continue
            table = self._table(sheet, labels, theirs, mine, read)
            if table is not None:
                joined = wanted is not None if said else not table.further.doubt
                table.further = replace(table.further, joined=joined and table.further.doubt != NOT_UNIQUE)
                self._tables.append(table)

    def join(self) -> tuple[list[str], list[str], list[str]]:
        """Names, headings and repeats of the columns beside those of the list; its rows get their cells."""
        names: list[str] = []
        labels: list[str] = []
        repeats: list[str] = []
        for table in self._tables:
            if not table.further.joined:
                continue
            own = [c for c, label in enumerate(table.labels) if label and self._is_said(label, table.further.key)]
            several = any(len(rows) > 1 for rows in table.of_row.values())
            for column in own:
                names.append(f"{table.further.sheet.strip()}: {table.labels[column]}")
                labels.append(table.labels[column])
                repeats.append(table.further.sheet.strip() if several else "")
            for column in own:
                cells = [""] * len(self._rows.numbers)
                for place, rows in table.of_row.items():
                    said = [row[column] for row in rows]
                    cells[place] = BETWEEN.join(said) if any(map(str.strip, said)) else ""
                self._rows.columns.append(cells)
        return names, labels, repeats

    def _is_said(self, label: str, key: str) -> bool:
        """Whether a column says anything beside whom its row is about."""
        return label != key and not any(
            c.field in (*NAMES[self._kind], *KEYS) and c.score >= headers.ALIAS
            for c in headers.candidates(self._kind, label)
        )

    def _pair(self, sheet: Sheet, wanted: str) -> tuple[int, list[str], int, int] | None:
        """Row of headings, headings, and the columns of the sheet and of the list that say who it is."""
        best: tuple[float, tuple[int, list[str], int, int]] | None = None
        for place in layout.header_rows(sheet):
            for last, texts in headings(sheet, place):
                labels = layout.unique_headers(texts, [False] * len(texts))
                sample = [texts_of(row) for row in sheet.sample[last + 1 :]]
                for theirs, label in enumerate(labels):
                    for mine, name in enumerate(self._names):
                        if not self._may_be_key(label, name, wanted):
                            continue
                        known, _unique = self._values(mine)
                        cells = [text for row in sample if theirs < len(row) and (text := _key(row[theirs]))]
                        share = sum(cell in known for cell in cells) / max(1, len(cells))
                        if share and (best is None or share > best[0]):
                            best = share, (sheet.first_row + last, labels, theirs, mine)
        return best[1] if best is not None else None

    def _may_be_key(self, label: str, name: str, wanted: str) -> bool:
        if not label or not name or (wanted and headers.label_of(wanted).casefold() != label.casefold()):
            return False
        theirs, mine = (fields_of(self._kind, text) for text in (label, name))
        same = headers.key(label) == headers.key(name)
        return bool(theirs & mine & KEYS) or (same and (not theirs or bool(theirs & KEYS)))

    def _values(self, column: int) -> tuple[dict[str, int], bool]:
        """Value of a column of the list -> its row, and whether each value is that of one row."""
        if column not in self._keys:
            cells = list(map(_key, self._rows.columns[column]))
            known = {text: place for place, text in reversed(list(enumerate(cells))) if text}
            self._keys[column] = known, len(known) == sum(map(bool, cells))
        return self._keys[column]

    @staticmethod
    def _read(file: TableFile, sheet: Sheet, header_row: int, width: int, progress: Progress) -> dict[int, list[str]]:
        read: dict[int, list[str]] = {}
        for first, columns, _unreadable, _garbled in file.texts(sheet, progress):
            more = [""] * (width - len(columns))
            for number, texts in enumerate(zip(*columns, strict=True), first):
                if number > header_row and not is_blank(texts):
                    read[number] = [*texts, *more]
        return read

    def _table(
        self, sheet: Sheet, labels: list[str], theirs: int, mine: int, read: Mapping[int, list[str]]
    ) -> _Table | None:
        """What a sheet says of the rows of the list; None if it is a list of others, who are only numbered alike."""
        known, unique = self._values(mine)
        places = {number: known.get(_key(texts[theirs]), -1) for number, texts in read.items()}
        found = {number: place for number, place in places.items() if place >= 0}
        agreeing = self._agreeing(labels, read, found)
        if not found or (agreeing is not None and agreeing < AGREEING):
            return None
        doubt = ""
        if not unique:
            doubt = NOT_UNIQUE
        elif agreeing is None and [texts[theirs].strip() for texts in read.values()] == list(
            map(str, range(1, len(read) + 1))
        ):
            doubt = COUNTED
        elif len(found) < FOUND * len(read):
            doubt = FEW_FOUND
        missing = tuple(number for number in read if number not in found)
        table = _Table(Further(sheet.name, labels[theirs], False, len(found), missing, doubt), labels)
        for number, place in found.items():
            table.of_row.setdefault(place, []).append(read[number])
        return table

    def _agreeing(self, labels: Sequence[str], read: Mapping[int, list[str]], found: Mapping[int, int]) -> float | None:
        """Share of rows whose name is that of the list; None if the sheet has no names."""
        theirs, mine = (
            [c for c, label in enumerate(some) if label and fields_of(self._kind, label) & set(NAMES[self._kind])]
            for some in (labels, self._names)
        )
        if not theirs or not found:
            return None
        pairs = [(words_of(read[n], theirs), words_of(self._rows.row(place), mine)) for n, place in found.items()]
        told = [bool(one & other) for one, other in pairs if one and other]
        return sum(told) / len(told) if told else None


def columns_beside(
    names: Sequence[str], beside: tuple[Sequence[str], Sequence[str], Sequence[str]], rows: Rows
) -> list[Column]:
    """A profile of each column of the list, and of those that joined sheets set beside them."""
    further, labels, repeats = beside
    if not further:
        return layout.columns_of(names, rows)
    width = len(names)
    columns = layout.columns_of([*names, *further], rows, [*[""] * width, *repeats])
    return [*columns[:width], *(replace(c, header=label) for c, label in zip(columns[width:], labels, strict=True))]


def of_list(given: Given, sheets: Sequence[Sheet]) -> Given:
    """What was said of the columns of the list itself, without those of joined sheets."""
    prefixes = tuple(f"{sheet.name.strip()}: " for sheet in sheets if sheet.name)
    if not prefixes or not any(header.startswith(prefixes) for header in (*given.columns, *given.dates)):
        return given
    columns = {header: target for header, target in given.columns.items() if not header.startswith(prefixes)}
    dates = {header: order for header, order in given.dates.items() if not header.startswith(prefixes)}
    return replace(given, columns=columns, dates=dates)


def _key(text: str) -> str:
    return text.strip().casefold()
