"""The JSON form of a document tree: read strictly, written so that reading gives the same tree back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NoReturn, cast, get_args

from registry.documents.tree import (
    COMPARING,
    STYLES,
    TESTS,
    VERSION,
    Align,
    Block,
    Bullets,
    Condition,
    Enclosure,
    Field,
    Image,
    Inline,
    PageBreak,
    Paragraph,
    Reuse,
    Run,
    Section,
    Table,
    Test,
    Tree,
)
from registry.errors import Invalid
from registry.i18n import N_

_DEEPEST = 12
_LONGEST_TEXT = 20_000
_MOST_PARTS = 2_000
_LOOKS = ("bold", "italic", "underline")


def from_json(data: object, allowed: Collection[str] | None = None) -> Tree:
    """The tree that parsed JSON describes.

    Args:
        data: what `json.loads` gave.
        allowed: the field names that may be used, None for any.

    Raises:
        Invalid: a part is unknown, missing, of the wrong kind, or names a field that may not be used.
    """
    return _Reader(allowed).tree(data)


def to_json(tree: Tree) -> dict[str, Any]:
    """The tree as JSON-ready values; what has its usual value is left out."""
    return {"version": tree.version, "blocks": [_block_json(block) for block in tree.blocks]}


class _Reader:
    """Reads one tree and knows where in it a fault is."""

    def __init__(self, allowed: Collection[str] | None) -> None:
        self._allowed = allowed

    def tree(self, data: object) -> Tree:
        entries = self._entries(data, "document", ("version", "blocks"))
        if entries.get("version") != VERSION:
            raise Invalid(N_("This template was made by another version of the program. Update the program first."))
        return Tree(self._blocks(entries.get("blocks"), "blocks", 0))

    def _blocks(self, data: object, place: str, depth: int) -> tuple[Block, ...]:
        if depth > _DEEPEST:
            _fault(place, "depth")
        return tuple(self._block(each, f"{place}[{at}]", depth) for at, each in enumerate(self._list(data, place)))

    def _block(self, data: object, place: str, depth: int) -> Block:
        kind = data.get("type") if isinstance(data, dict) else None
        if kind == "paragraph":
            entries = self._entries(data, place, ("inlines", "align", "style"))
            style = self._one_of(entries.get("style", "body"), STYLES, f"{place}.style")
            inlines = self._inlines(entries.get("inlines"), f"{place}.inlines", depth)
            return Paragraph(inlines, self._align(entries, place), cast(Any, style))
        if kind == "list":
            entries = self._entries(data, place, ("items", "ordered"))
            items = self._list(entries.get("items"), f"{place}.items")
            read = tuple(self._inlines(item, f"{place}.items[{at}]", depth) for at, item in enumerate(items))
            return Bullets(read, self._flag(entries, "ordered", place))
        if kind == "table":
            return self._table(data, place, depth)
        if kind == "image":
            entries = self._entries(data, place, ("name", "width", "align"))
            width = self._number(entries.get("width"), 1, 600, f"{place}.width")
            return Image(self._text(entries.get("name"), f"{place}.name"), width, self._align(entries, place))
        if kind == "page_break":
            self._entries(data, place, ())
            return PageBreak()
        if kind in ("block", "enclosure"):
            name = self._text(self._entries(data, place, ("name",)).get("name"), f"{place}.name")
            return Reuse(name) if kind == "block" else Enclosure(name)
        if kind == "condition":
            entries = self._entries(data, place, ("field", "test", "values", "blocks"))
            field, test, values = self._condition(entries, place)
            return Section(field, test, self._blocks(entries.get("blocks"), f"{place}.blocks", depth + 1), values)
        return _fault(place, "type")

    def _table(self, data: object, place: str, depth: int) -> Table:
        entries = self._entries(data, place, ("rows", "widths", "header"))
        given = self._list(entries.get("widths"), f"{place}.widths")
        widths = tuple(self._number(width, 0.01, 1000, f"{place}.widths") for width in given)
        rows = []
        for at, row in enumerate(self._list(entries.get("rows"), f"{place}.rows")):
            cells = self._list(row, f"{place}.rows[{at}]")
            if len(cells) != len(widths):
                _fault(f"{place}.rows[{at}]", "widths")
            rows.append(tuple(self._inlines(cell, f"{place}.rows[{at}]", depth) for cell in cells))
        return Table(tuple(rows), widths, self._flag(entries, "header", place))

    def _inlines(self, data: object, place: str, depth: int) -> tuple[Inline, ...]:
        if depth > _DEEPEST:
            _fault(place, "depth")
        return tuple(self._inline(each, f"{place}[{at}]", depth) for at, each in enumerate(self._list(data, place)))

    def _inline(self, data: object, place: str, depth: int) -> Inline:
        kind = data.get("type") if isinstance(data, dict) else None
        if kind in ("text", "field"):
            key = "text" if kind == "text" else "name"
            entries = self._entries(data, place, (key, *_LOOKS, "size"))
            text = self._text(entries.get(key), f"{place}.{key}")
            bold, italic, underline = (self._flag(entries, look, place) for look in _LOOKS)
            size = entries.get("size")
            points = None if size is None else self._number(size, 4, 72, f"{place}.size")
            if kind == "text":
                return Run(text, bold, italic, underline, points)
            return Field(self._field(text, place), bold, italic, underline, points)
        if kind == "condition":
            entries = self._entries(data, place, ("field", "test", "values", "inlines"))
            field, test, values = self._condition(entries, place)
            return Condition(field, test, self._inlines(entries.get("inlines"), f"{place}.inlines", depth + 1), values)
        return _fault(place, "type")

    def _condition(self, entries: dict[str, Any], place: str) -> tuple[str, Test, tuple[str, ...]]:
        field = self._field(self._text(entries.get("field"), f"{place}.field"), place)
        test = cast(Test, self._one_of(entries.get("test"), TESTS, f"{place}.test"))
        given = self._list(entries.get("values", []), f"{place}.values")
        values = tuple(self._text(value, f"{place}.values") for value in given)
        if (test in COMPARING) != bool(values) or (test == "equals" and len(values) != 1):
            _fault(place, "values")
        return field, test, values

    def _field(self, name: str, place: str) -> str:
        if self._allowed is not None and name not in self._allowed:
            raise Invalid(
                N_("This template uses a field that letters do not have: {name} ({place})."),
                name=name,
                place=place,
            )
        return name

    def _entries(self, data: object, place: str, known: Sequence[str]) -> dict[str, Any]:
        if not isinstance(data, dict):
            return _fault(place, "type")
        for key in data:
            if key not in known and key != "type":
                _fault(place, str(key))
        return data

    def _list(self, data: object, place: str) -> list[Any]:
        if not isinstance(data, list) or len(data) > _MOST_PARTS:
            return _fault(place, "list")
        return data

    def _text(self, data: object, place: str) -> str:
        if not isinstance(data, str) or not data or len(data) > _LONGEST_TEXT:
            return _fault(place, "text")
        return data

    def _flag(self, entries: dict[str, Any], key: str, place: str) -> bool:
        value = entries.get(key, False)
        return value if isinstance(value, bool) else _fault(place, key)

    def _number(self, data: object, least: float, most: float, place: str) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float) or not least <= data <= most:
            return _fault(place, "number")
        return float(data)

    def _one_of(self, data: object, known: Sequence[str], place: str) -> str:
        return data if isinstance(data, str) and data in known else _fault(place, str(data)[:40])

    def _align(self, entries: dict[str, Any], place: str) -> Align:
        return cast(Align, self._one_of(entries.get("align", "start"), get_args(Align), f"{place}.align"))


def _fault(place: str, part: str) -> NoReturn:
    raise Invalid(
        N_("This template cannot be read: at {place}, “{part}” is missing or not understood."),
        place=place,
        part=part,
    )


def _block_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        look = {"align": block.align} if block.align != "start" else {}
        style = {"style": block.style} if block.style != "body" else {}
        return {"type": "paragraph", **look, **style, "inlines": _inlines_json(block.inlines)}
    if isinstance(block, Bullets):
        return {
            "type": "list",
            "ordered": block.ordered,
            "items": [_inlines_json(item) for item in block.items],
        }
    if isinstance(block, Table):
        rows = [[_inlines_json(cell) for cell in row] for row in block.rows]
        return {"type": "table", "widths": list(block.widths), "header": block.header, "rows": rows}
    if isinstance(block, Image):
        return {"type": "image", "name": block.name, "width": block.width, "align": block.align}
    if isinstance(block, Section):
        return {**_condition_json(block), "blocks": [_block_json(each) for each in block.blocks]}
    if isinstance(block, Reuse | Enclosure):
        return {"type": "block" if isinstance(block, Reuse) else "enclosure", "name": block.name}
    return {"type": "page_break"}


def _inlines_json(inlines: tuple[Inline, ...]) -> list[dict[str, Any]]:
    return [_inline_json(inline) for inline in inlines]


def _inline_json(inline: Inline) -> dict[str, Any]:
    if isinstance(inline, Condition):
        return {**_condition_json(inline), "inlines": _inlines_json(inline.inlines)}
    look: dict[str, Any] = {name: True for name in _LOOKS if getattr(inline, name)}
    if inline.size is not None:
        look["size"] = inline.size
    if isinstance(inline, Run):
        return {"type": "text", "text": inline.text, **look}
    return {"type": "field", "name": inline.name, **look}


def _condition_json(part: Condition | Section) -> dict[str, Any]:
    values = {"values": list(part.values)} if part.values else {}
    return {"type": "condition", "field": part.field, "test": part.test, **values}
