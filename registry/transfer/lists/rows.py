"""The rows of a list by column, as text: whole columns are looked at in no time, single rows are put together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, zip_longest

from registry.transfer.readers.cells import BETWEEN


@dataclass
class Rows:
    """The rows below the header.

    Attributes:
        numbers: their numbers in the sheet, counted from 1.
        columns: their cells, by column; at least as many columns as there are headers.
        dropped: number of a row that is no record -> why, a catalogue message.
        blank: numbers of rows without anything, which are not kept.
        unreadable: (row number, column) of cells that could not be read.
        garbled: how many cells a program read in a wrong encoding before.
        first_garbled: (row number, text) of the first of them.
        forms: number of a row -> name of the filled form of an archive that it was read from.
    """

    numbers: list[int] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    dropped: dict[int, str] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    unreadable: list[tuple[int, int]] = field(default_factory=list)
    garbled: int = 0
    first_garbled: tuple[int, str] = (0, "")
    forms: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, numbers: Sequence[int], rows: Sequence[Sequence[str]], width: int) -> Rows:
        """Rows of any length, and `width` columns at least."""
        columns = [list(texts) for texts in zip_longest(*rows, fillvalue="")]
        columns += [[""] * len(rows) for _column in range(len(columns), width)]
        return cls(list(numbers), columns)

    def row(self, place: int) -> list[str]:
        """The cells of one of them."""
        return [texts[place] for texts in self.columns]

    def leave_out(self, reasons: Mapping[int, str]) -> None:
        """Drop the rows of these numbers, each for its reason."""
        if reasons:
            self._keep([number not in reasons for number in self.numbers])
            self.dropped |= reasons

    def keep(self, first: int, end: int) -> None:
        """Keep the rows from place `first` to before place `end`."""
        self.numbers, self.columns = self.numbers[first:end], [texts[first:end] for texts in self.columns]

    def _keep(self, kept: Sequence[bool]) -> None:
        self.numbers = list(compress(self.numbers, kept))
        self.columns = [list(compress(texts, kept)) for texts in self.columns]


class Gathering:
    """Rows that come in batches; of equal texts of a column one is kept."""

    def __init__(self, width: int) -> None:
        """`width`: columns at least."""
        self.rows = Rows(columns=[[] for _column in range(width)])
        #: The texts of each column, until most of them are found to differ.
        self._once: list[dict[str, str] | None] = [{} for _column in range(width)]

    def add(self, first: int, columns: Sequence[Sequence[str]]) -> None:
        """Take the next rows, the first of which has this number."""
        numbers: Sequence[int] = range(first, first + len(columns[0]) if columns else first)
        if blank := _blank(columns):
            kept = [place not in blank for place in range(len(numbers))]
            self.rows.blank.update(numbers[place] for place in blank)
            numbers, columns = list(compress(numbers, kept)), [list(compress(texts, kept)) for texts in columns]
        rows = self.rows
        for _column in range(len(rows.columns), len(columns)):
            rows.columns.append([""] * len(rows.numbers))
            self._once.append({})
        rows.numbers.extend(numbers)
        for place, texts in enumerate(rows.columns):
            texts.extend(self._known(place, columns[place]) if place < len(columns) else [""] * len(numbers))

    def _known(self, place: int, texts: Sequence[str]) -> Iterable[str]:
        once = self._once[place]
        if once is None:
            return texts
        if 2 * len(once) > len(self.rows.numbers):
            self._once[place] = None
        return map(once.setdefault, texts, texts)


def values_of(texts: Sequence[str]) -> Sequence[str]:
    """The values in the cells of a column, of which a reader may know several to stand in one."""
    if BETWEEN not in "".join(texts):
        return texts
    return [value for text in texts for value in text.split(BETWEEN)]


def is_filled(texts: Iterable[str]) -> bool:
    """Whether every cell holds something."""
    return all(texts) and not any(map(str.isspace, texts))


def _blank(columns: Sequence[Sequence[str]]) -> Collection[int]:
    """Places of rows that hold nothing but spaces."""
    if any(map(is_filled, columns)):
        return ()
    return {place for place, text in enumerate(map("".join, zip(*columns, strict=True))) if not text.strip()}
