"""The document tree: what a letter says, with fields and conditions that each recipient resolves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "TESTS", "VERSION", "Align",
    "Block", "Bullets", "Condition", "Field", "Image", "Inline", "PageBreak", "Paragraph",
    "Run", "Section", "Table", "Tree", "fields_used", "resolve",
]  # fmt: skip

#: The version of the JSON form that this program writes.
VERSION = 1
#: How a condition looks at its field's value.
TESTS = ("filled", "empty", "equals", "in")
#: The looks a paragraph may have.
STYLES = ("body", "subject", "heading", "signature", "small")

#: Characters of one value that are printed; what is longer ends in an ellipsis.
LONGEST_VALUE = 2_000

Align = Literal["start", "left", "center", "right", "justify"]
Test = Literal["filled", "empty", "equals", "in"]
ParagraphStyle = Literal["body", "subject", "heading", "signature", "small"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; the size is in points, None for the paragraph's own."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A place that a recipient's value fills."""

    name: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Text that is there only if a field passes a test; `equals` and `in` compare with `values`."""

    field: str
    test: Test
    inlines: tuple[Inline, ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text from margin to margin."""

    inlines: tuple[Inline, ...]
    align: Align = "start"
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of items, with bullets or numbers."""

    items: tuple[tuple[Inline, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the widths are relative, the first row may be a header."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    widths: tuple[float, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that the caller hands over under this name; its width is in points."""

    name: str
    width: float
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that are there only if a field passes a test."""

    field: str
    test: Test
    blocks: tuple[Block, ...]
    values: tuple[str, ...] = ()


Inline = Run | Field | Condition
Block = Paragraph | Bullets | Table | Image | PageBreak | Section


@dataclass(frozen=True, slots=True)
class Tree:
    """One version of a document in one language."""

    blocks: tuple[Block, ...]
    version: int = VERSION


def fields_used(tree: Tree) -> frozenset[str]:
    """The names of all fields that the tree prints or tests."""
    return frozenset(_block_fields(tree.blocks))


def resolve(tree: Tree, values: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks for one recipient: only `Run`s are left inside them, and no `Section`.

    A field without a value prints nothing; a paragraph or list item of which nothing is left is left out.
    """
    return tuple(_resolved(tree.blocks, values))


def _passes(test: Test, value: str, wanted: tuple[str, ...]) -> bool:
    if test == "filled":
        return bool(value.strip())
    if test == "empty":
        return not value.strip()
    return value in wanted


def _resolved(blocks: tuple[Block, ...], values: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            if _passes(block.test, values.get(block.field, ""), block.values):
                yield from _resolved(block.blocks, values)
        elif isinstance(block, Paragraph):
            runs = _runs(block.inlines, values)
            if runs or not block.inlines:
                yield Paragraph(runs, block.align, block.style)
        elif isinstance(block, Bullets):
            items = tuple(runs for item in block.items if (runs := _runs(item, values)))
            if items:
                yield Bullets(items, block.ordered)
        elif isinstance(block, Table):
            rows = tuple(tuple(_runs(cell, values) for cell in row) for row in block.rows)
            yield Table(rows, block.widths, block.header)
        else:
            yield block


def _runs(inlines: tuple[Inline, ...], values: Mapping[str, str]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for inline in inlines:
        if isinstance(inline, Run):
            runs.append(inline)
        elif isinstance(inline, Field):
            value = values.get(inline.name, "")
            if len(value) > LONGEST_VALUE:
                value = value[:LONGEST_VALUE] + "…"
            if value:
                runs.append(Run(value, inline.bold, inline.italic, inline.underline, inline.size))
        elif _passes(inline.test, values.get(inline.field, ""), inline.values):
            runs += _runs(inline.inlines, values)
    return tuple(runs)


def _block_fields(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            yield block.field
            yield from _block_fields(block.blocks)
        elif isinstance(block, Paragraph):
            yield from _inline_fields(block.inlines)
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from _inline_fields(item)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _inline_fields(cell)


def _inline_fields(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Field):
            yield inline.name
        elif isinstance(inline, Condition):
            yield inline.field
            yield from _inline_fields(inline.inlines)
