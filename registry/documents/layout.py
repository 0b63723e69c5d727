"""A resolved document tree set in a column: what stands under what, and where a page ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from registry.documents.paper import Paper
from registry.documents.text import Block as TextBlock
from registry.documents.text import Direction, Span, Style, draw, lay_out
from registry.documents.tree import Align, Block, Bullets, Image, Inline, PageBreak, Paragraph, Run, Table
from registry.documents.words import runs_right_to_left

_RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "sd", "ug"})
_INDENT = 16.0
_CELL_PADDING = 4.0


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: font size, weight, space before and after in points; whether it stays with what follows."""

    size: float
    bold: bool
    before: float
    after: float
    keeps: bool

    @lru_cache(maxsize=64)  # noqa: B019 - of a handful of constants
    def scaled(self, scale: float) -> _Look:
        """The same with smaller or larger type and space."""
        return replace(self, size=round(self.size * scale, 2), before=self.before * scale, after=self.after * scale)


_LOOKS = {
    "body": _Look(10.5, False, 0, 7, False),
    "subject": _Look(11.5, True, 0, 10, True),
    "heading": _Look(12, True, 6, 5, True),
    "signature": _Look(10.5, False, 34, 0, False),
    "small": _Look(8.5, False, 0, 4, False),
}


class Part(Protocol):
    """Something as wide as the column; heights in points, (left, top) its upper left corner on the page."""

    @property
    def before(self) -> float:
        """The space above it, not at the top of a page."""

    @property
    def after(self) -> float:
        """The space under it."""

    @property
    def keeps(self) -> bool:
        """Whether it stays on the page of what follows."""

    @property
    def height(self) -> float:
        """How high it is, without the space around it."""

    def draw(self, paper: Paper, left: float, top: float) -> None:
        """Put it on the page in hand."""

    def split(self, height: float) -> tuple[Part, Part] | None:
        """What fits into `height` and the rest, or None if it cannot be divided there."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a list item with its bullet in the margin."""

    block: TextBlock
    before: float
    after: float
    keeps: bool = False
    indent: float = 0.0
    label: TextBlock | None = None

    @property
    def height(self) -> float:
        return self.block.height

    def draw(self, paper: Paper, left: float, top: float) -> None:
        if self.label is not None:
            draw(paper, self.label, left, top)
        draw(paper, self.block, left + self.indent, top)

    def split(self, height: float) -> tuple[Part, Part] | None:
        halves = self.block.split(height)
        if halves is None:
            return None
        first = Text(halves[0], self.before, 0, False, self.indent, self.label)
        return first, Text(halves[1], 0, self.after, False, self.indent)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with a hairline under it."""

    cells: tuple[TextBlock, ...]
    lefts: tuple[float, ...]
    width: float
    after: float = 0.0
    before: float = 0.0
    keeps: bool = False

    @property
    def height(self) -> float:
        return max((cell.height for cell in self.cells), default=0.0) + 2 * _CELL_PADDING

    def draw(self, paper: Paper, left: float, top: float) -> None:
        for cell, offset in zip(self.cells, self.lefts, strict=True):
            draw(paper, cell, left + offset, top - _CELL_PADDING)
        weight = 0.8 if self.keeps else 0.3
        bottom = top - self.height
        paper.code(f"q {weight} w {left:.2f} {bottom:.2f} m {left + self.width:.2f} {bottom:.2f} l S Q")

    def split(self, height: float) -> tuple[Part, Part] | None:
        halves = [cell.divided(height - 2 * _CELL_PADDING) for cell in self.cells]
        if not any(first.lines for first, _rest in halves) or not any(rest.lines for _first, rest in halves):
            return None
        first = Row(tuple(half[0] for half in halves), self.lefts, self.width)
        return first, Row(tuple(half[1] for half in halves), self.lefts, self.width, self.after)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the caller's, no higher than the page."""

    name: str
    data: bytes
    left: float
    width: float
    height: float
    before: float = 0.0
    after: float = 8.0
    keeps: bool = False

    def draw(self, paper: Paper, left: float, top: float) -> None:
        paper.picture(self.data, left + self.left, top - self.height, self.width, self.height)

    def split(self, height: float) -> tuple[Part, Part] | None:
        return None


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a page."""

    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False

    def draw(self, paper: Paper, left: float, top: float) -> None:
        """Nothing is drawn."""

    def split(self, height: float) -> tuple[Part, Part] | None:
        return None


def direction_of(language: str) -> Direction:
    """The direction that text of a language runs in."""
    return "rtl" if language in _RIGHT_TO_LEFT_LANGUAGES else "ltr"


def flow(
    blocks: Iterable[Block], width: float, *, language: str, images: Mapping[str, bytes], scale: float = 1.0
) -> list[Part]:
    """The parts of a resolved document for a column of `width` points.

    Args:
        images: the pictures by name; one that is not there is left out.
        scale: of the type and the space between paragraphs.
    """
    direction = direction_of(language)
    parts: list[Part] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            look = _LOOKS[block.style].scaled(scale)
            text = lay_out(_spans(block.inlines, look), width, align=block.align, direction=direction)
            parts.append(Text(text, look.before, look.after, look.keeps))
        elif isinstance(block, Bullets):
            parts += _list_parts(block, width, direction, scale)
        elif isinstance(block, Table):
            parts += _rows(block, width, direction)
        elif isinstance(block, Image):
            if block.name in images:
                parts.append(_picture(block, images[block.name], width, direction))
        elif isinstance(block, PageBreak):
            parts.append(Break())
    return parts


def place(
    paper: Paper, parts: Iterable[Part], left: float, top: float, bottom: float, new_page: Callable[[], float]
) -> float:
    """Put parts under one another from `top` down; `new_page` ends the page and gives the next one's top.

    Returns:
        Where the last one ends.
    """
    waiting = deque(parts)
    start = y = top
    while waiting:
        part = waiting.popleft()
        if isinstance(part, Break):
            start = y = new_page()
            continue
        before = part.before if y < start else 0.0
        room = y - before - bottom
        needed = part.height
        if part.keeps and waiting:
            needed += part.after + min(waiting[0].height, 30.0)
        if needed <= room or (y == start and part.height <= room):
            part.draw(paper, left, y - before)
            y -= before + part.height + part.after
            continue
        halves = part.split(room)
        if halves is not None:
            halves[0].draw(paper, left, y - before)
            waiting.appendleft(halves[1])
        elif y == start:  # higher than a page and indivisible: better over the margin than lost
            part.draw(paper, left, y)
        else:
            waiting.appendleft(part)
        start = y = new_page()
    return y


def _spans(inlines: Iterable[Inline], look: _Look) -> list[Span]:
    return [
        Span(run.text, Style(run.size or look.size, run.bold or look.bold, run.italic, run.underline))
        for run in inlines
        if isinstance(run, Run)
    ]


def height_of(parts: Iterable[Part]) -> float:
    """The height of parts under one another, or infinity if a page ends among them."""
    total = 0.0
    for part in parts:
        total += float("inf") if isinstance(part, Break) else part.before + part.height + part.after
    return total


def _list_parts(block: Bullets, width: float, direction: Direction, scale: float) -> list[Part]:
    look = _LOOKS["body"].scaled(scale)
    parts: list[Part] = []
    for number, item in enumerate(block.items, 1):
        text = lay_out(_spans(item, look), width - _INDENT, direction=direction)
        mark = [Span(f"{number}." if block.ordered else "•", Style(look.size))]
        after = look.after if number == len(block.items) else 3.0
        if direction == "rtl":
            label = lay_out(mark, width, align="right", direction="ltr")
            parts.append(Text(text, 0, after, label=label))
        else:
            label = lay_out(mark, width, align="left", direction="ltr")
            parts.append(Text(text, 0, after, indent=_INDENT, label=label))
    return parts


def _rows(table: Table, width: float, direction: Direction) -> list[Part]:
    unit = width / sum(table.widths)
    widths = [each * unit for each in table.widths]
    lefts = [sum(widths[:at]) + (0 if not at else _CELL_PADDING) for at in range(len(widths))]
    if direction == "rtl":
        lefts = [width - left - each for left, each in zip(lefts, widths, strict=True)]
    parts: list[Part] = []
    for number, row in enumerate(table.rows):
        header = table.header and number == 0
        look = _Look(9.5, header, 0, 0, False)
        cells = tuple(
            _cell(_spans(cell, look), max(each - 2 * _CELL_PADDING, 10.0), direction)
            for cell, each in zip(row, widths, strict=True)
        )
        after = 8.0 if number == len(table.rows) - 1 else 0.0
        parts.append(Row(cells, tuple(lefts), width, after, keeps=header))
    return parts


def _cell(spans: list[Span], width: float, direction: Direction) -> TextBlock:
    """The text of a cell; what has no word from right to left, such as an address, keeps its order on that side."""
    if direction == "rtl" and not any(runs_right_to_left(span.text) for span in spans):
        return lay_out(spans, width, align="right", direction="ltr")
    return lay_out(spans, width, direction=direction)


def _picture(image: Image, data: bytes, width: float, direction: Direction) -> Picture:
    from registry.documents.paper import picture_size

    across, up = picture_size(data)
    shown = min(image.width, width, 600.0 * across / up)
    align: Align = ("right" if direction == "rtl" else "left") if image.align in ("start", "justify") else image.align
    left = {"left": 0.0, "center": (width - shown) / 2}.get(align, width - shown)
    return Picture(image.name, data, left, shown, shown * up / across)
