"""How a rule takes texts apart or completes them: for one row after the other, or for whole columns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Fills the texts of a row, by names, from its cells.
RowStep = Callable[[Sequence[str], list[str]], None]


class ColumnStep(ABC):
    """Fills the texts of many rows at once."""

    @abstractmethod
    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """Put other texts in place of those of some names; `cells` and `texts` are by column."""


def each(read: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """What each text is read as, equal ones once."""
    known = {text: read(text) for text in set(texts)}
    return list(map(known.__getitem__, texts))


@dataclass(frozen=True)
class Said(ColumnStep):
    """Puts one text into a name's empty cells wherever other names say anything: the kind beside a telephone."""

    parts: Sequence[int]
    slot: int
    text: str

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        filled = map(any, zip(*(map(str.strip, texts[part]) for part in self.parts), strict=True))
        texts[self.slot] = [
            said or (self.text if there else "") for said, there in zip(texts[self.slot], filled, strict=True)
        ]
