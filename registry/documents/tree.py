"""The document tree: what a letter says, with fields and conditions that each recipient resolves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "TESTS", "VERSION", "Align",
    "Block", "Bullets", "Condition", "Enclosure", "Field", "Image", "Inline", "PageBreak", "Paragraph",
    "Reuse", "Run", "Section", "Table", "Tree", "coded", "expanded", "fields_used", "files_used", "missing", "resolve",
    "reused",
]  # fmt: skip

#: The version of the JSON form that this program writes.
VERSION = 1
#: How a condition looks at its field's value: is there one, is it (or is it not) one of several, is the day over.
TESTS = ("filled", "empty", "equals", "in", "other", "past", "ahead")
#: Those that compare with values.
COMPARING = ("equals", "in", "other")
#: The looks a paragraph may have.
STYLES = ("body", "subject", "heading", "signature", "small")

#: How deep reusable blocks may use one another.
_DEEPEST_REUSE = 4
#: Characters of one value that are printed; what is longer ends in an ellipsis.
LONGEST_VALUE = 2_000

Align = Literal["start", "left", "center", "right", "justify"]
Test = Literal["filled", "empty", "equals", "in", "other", "past", "ahead"]
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
    """Text that is there only if a field passes a test; `equals`, `in` and `other` compare with `values`."""

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
class Reuse:
    """A block of the registry, such as the signature, that is put in when the template is read."""

    name: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A PDF file of the registry whose pages follow the letter."""

    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that are there only if a field passes a test."""

    field: str
    test: Test
    blocks: tuple[Block, ...]
    values: tuple[str, ...] = ()


Inline = Run | Field | Condition
Block = Paragraph | Bullets | Table | Image | PageBreak | Reuse | Enclosure | Section


@dataclass(frozen=True, slots=True)
class Tree:
    """One version of a document in one language."""

    blocks: tuple[Block, ...]
    version: int = VERSION


def fields_used(tree: Tree) -> frozenset[str]:
    """The names of all fields that the tree prints or tests."""
    return frozenset(_block_fields(tree.blocks))


def files_used(tree: Tree) -> frozenset[str]:
    """The names of all pictures and enclosures."""
    return frozenset(block.name for block in _all_blocks(tree.blocks) if isinstance(block, Image | Enclosure))


def reused(tree: Tree) -> frozenset[str]:
    """The names of all reusable blocks that the tree asks for."""
    return frozenset(block.name for block in _all_blocks(tree.blocks) if isinstance(block, Reuse))


def expanded(tree: Tree, known: Mapping[str, Tree]) -> Tree:
    """The tree with its reusable blocks put in; one that is not known, or uses itself, leaves nothing."""
    return replace(tree, blocks=tuple(_put_in(tree.blocks, known, 0)))


def coded(name: str) -> str:
    """Under which name a value stands as it is kept, for conditions; under the field's own as it is printed."""
    return f"{name}#"


def missing(tree: Tree, values: Mapping[str, str]) -> frozenset[str]:
    """The fields that this recipient's letter would print and that have no value."""
    return frozenset(_empty_fields(tree.blocks, values))


def resolve(tree: Tree, values: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks for one recipient: only `Run`s are left inside them, and no `Section`.

    A field without a value prints nothing; a paragraph or list item of which nothing is left is left out.
    """
    return tuple(_resolved(tree.blocks, values))


def _passes(part: Condition | Section, values: Mapping[str, str]) -> bool:
    value = values.get(coded(part.field))
    if value is None:
        value = values.get(part.field, "")
    if part.test == "filled":
        return bool(value.strip())
    if part.test == "empty":
        return not value.strip()
    if part.test in ("past", "ahead"):
        # Partial dates compare as texts: a registration valid until 2027 is over when 2028 begins.
        day = values.get(coded("date"), "")[: len(value)]
        return bool(value and day) and (value < day if part.test == "past" else value >= day)
    return any(each in part.values for each in value.split("\n")) != (part.test == "other")


def _put_in(blocks: tuple[Block, ...], known: Mapping[str, Tree], depth: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Reuse):
            if block.name in known and depth < _DEEPEST_REUSE:
                yield from _put_in(known[block.name].blocks, known, depth + 1)
        elif isinstance(block, Section):
            yield replace(block, blocks=tuple(_put_in(block.blocks, known, depth)))
        else:
            yield block


def _all_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _all_blocks(block.blocks)


def _resolved(blocks: tuple[Block, ...], values: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            if _passes(block, values):
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
        elif not isinstance(block, Reuse):
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
        elif _passes(inline, values):
            runs += _runs(inline.inlines, values)
    return tuple(runs)


def _rows_of(block: Block) -> tuple[tuple[Inline, ...], ...]:
    """Every stretch of text inside a block, but those of a section."""
    if isinstance(block, Paragraph):
        return (block.inlines,)
    if isinstance(block, Bullets):
        return block.items
    return tuple(cell for row in block.rows for cell in row) if isinstance(block, Table) else ()


def _block_fields(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in _all_blocks(blocks):
        if isinstance(block, Section):
            yield block.field
        for inlines in _rows_of(block):
            yield from _inline_fields(inlines)


def _inline_fields(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Field):
            yield inline.name
        elif isinstance(inline, Condition):
            yield inline.field
            yield from _inline_fields(inline.inlines)


def _empty_fields(blocks: tuple[Block, ...], values: Mapping[str, str]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section) and _passes(block, values):
            yield from _empty_fields(block.blocks, values)
        for inlines in _rows_of(block):
            yield from _empty_inlines(inlines, values)


def _empty_inlines(inlines: tuple[Inline, ...], values: Mapping[str, str]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Field):
            if not values.get(inline.name, ""):
                yield inline.name
        elif isinstance(inline, Condition) and _passes(inline, values):
            yield from _empty_inlines(inline.inlines, values)
