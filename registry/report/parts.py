"""What a report is made of, before it is laid out on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from registry.figures.shapes import Figure

#: A cell of a table; None = withheld.
Value: TypeAlias = str | int | None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; `quiet` = in small letters, as notes are."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Data:
    """The numbers of a figure or a table: their heading and rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A map or a chart with its caption, and the data it shows."""

    caption: str
    figure: Figure
    data: Data


@dataclass(frozen=True)
class Table:
    """A table with its caption; in the report its first `most` rows, in the workbook all."""

    caption: str
    data: Data
    most: int = 20

    @property
    def shown(self) -> Sequence[tuple[Value, ...]]:
        """The rows that the report shows."""
        return self.data.rows[: self.most]


Part: TypeAlias = Paragraph | Picture | Table


@dataclass(frozen=True)
class Chapter:
    """A chapter."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Report:
    """A report in one language.

    Attributes:
        title: of the document.
        state, post: whose diaspora it is, and who made it.
        day: what it says of the register is as of this day.
        total: people counted; None = withheld.
        notes: what the cover says below: who counts, and whether it may be published.
        language: code.
    """

    title: str
    state: str
    post: str
    day: date
    total: int | None
    notes: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    language: str

    @property
    def shown(self) -> list[Picture | Table]:
        """Every figure and table in order."""
        return [part for chapter in self.chapters for part in chapter.parts if isinstance(part, Picture | Table)]
