"""A document tree laid flat: conditions become a beginning and an end, as the editor, Word and HTML show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast, get_args

from registry.documents.tree import (
    COMPARING,
    TESTS,
    Align,
    Block,
    Bullets,
    Condition,
    Enclosure,
    Field,
    Image,
    Inline,
    Paragraph,
    Reuse,
    Run,
    Section,
    Table,
    Test,
    Tree,
)


@dataclass(frozen=True, slots=True)
class Begin:
    """Where conditional text begins."""

    field: str
    test: Test
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """Where conditional text ends."""


FlatInline = Run | Field | Begin | End
FlatBlock = Block | Begin | End

#: A field, a condition or another part, as it is written in a Word document.
MARKER = re.compile(r"\{\{([^{}\n]{1,500})\}\}")
#: Two braces that are text.
_BRACES = "two braces"
_ESCAPED = re.compile(r"[%|{}\s:]")


def flat_inlines(inlines: Iterable[Inline]) -> Iterator[FlatInline]:
    """Runs and fields in their order, with the beginnings and ends of conditions."""
    for inline in inlines:
        if isinstance(inline, Condition):
            yield Begin(inline.field, inline.test, inline.values)
            yield from flat_inlines(inline.inlines)
            yield End()
        else:
            yield inline


def nested_inlines(flat: Iterable[FlatInline]) -> tuple[Inline, ...]:
    """The inverse; what was begun and not ended ends with the text, an end without beginning is left out."""
    levels: list[tuple[Begin | None, list[Inline]]] = [(None, [])]
    for part in flat:
        if isinstance(part, Begin):
            levels.append((part, []))
        elif isinstance(part, End):
            if len(levels) > 1:
                _close(levels)
        else:
            levels[-1][1].append(part)
    while len(levels) > 1:
        _close(levels)
    return joined_inlines(levels[0][1])


def _close(levels: list[tuple[Begin | None, list[Inline]]]) -> None:
    begin, inside = levels.pop()
    assert begin is not None
    levels[-1][1].append(Condition(begin.field, begin.test, tuple(inside), begin.values))


def flat_blocks(blocks: Iterable[Block]) -> Iterator[FlatBlock]:
    """Blocks in their order, with the beginnings and ends of sections."""
    for block in blocks:
        if isinstance(block, Section):
            yield Begin(block.field, block.test, block.values)
            yield from flat_blocks(block.blocks)
            yield End()
        else:
            yield block


def nested_blocks(flat: Iterable[FlatBlock]) -> tuple[Block, ...]:
    """The inverse, as forgiving as `nested_inlines`."""
    levels: list[tuple[Begin | None, list[Block]]] = [(None, [])]
    for part in flat:
        if isinstance(part, Begin):
            levels.append((part, []))
        elif not isinstance(part, End):
            levels[-1][1].append(part)
        elif len(levels) > 1:
            _close_section(levels)
    while len(levels) > 1:
        _close_section(levels)
    return tuple(levels[0][1])


def _close_section(levels: list[tuple[Begin | None, list[Block]]]) -> None:
    begin, inside = levels.pop()
    assert begin is not None
    levels[-1][1].append(Section(begin.field, begin.test, tuple(inside), begin.values))


def joined(tree: Tree) -> Tree:
    """The same text with neighbouring runs of one look made one: what Word, HTML and the editor give back."""
    return Tree(tuple(_joined_block(block) for block in tree.blocks))


def _joined_block(block: Block) -> Block:
    if isinstance(block, Section):
        return replace(block, blocks=tuple(_joined_block(each) for each in block.blocks))
    if isinstance(block, Paragraph):
        return replace(block, inlines=joined_inlines(block.inlines))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(joined_inlines(item) for item in block.items))
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(joined_inlines(cell) for cell in row) for row in block.rows))
    return block


def joined_inlines(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The inlines with neighbouring runs of one look made one, and without empty ones."""
    found: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Condition):
            found.append(replace(inline, inlines=joined_inlines(inline.inlines)))
        elif isinstance(inline, Run) and found and isinstance(found[-1], Run) and _alike(found[-1], inline):
            found[-1] = replace(found[-1], text=found[-1].text + inline.text)
        elif not isinstance(inline, Run) or inline.text:
            found.append(inline)
    return tuple(found)


def _alike(one: Run, other: Run) -> bool:
    return replace(one, text="") == replace(other, text="")


def marker(part: Field | Begin | End | Reuse | Enclosure | Image) -> str:
    """How a part is written in Word: `{{city}}`, `{{if sex equals: female}}` … `{{end}}`, `{{block name}}`."""
    if isinstance(part, Field):
        return "{{" + _escaped(part.name) + "}}"
    if isinstance(part, Begin):
        values = ": " + "|".join(_escaped(value) for value in part.values) if part.values else ""
        return "{{if " + _escaped(part.field) + f" {part.test}{values}" + "}}"
    if isinstance(part, End):
        return "{{end}}"
    if isinstance(part, Image):
        return "{{image " + f"{_escaped(part.name)} {part.width:g} {part.align}" + "}}"
    return "{{" + ("block " if isinstance(part, Reuse) else "enclosure ") + _escaped(part.name) + "}}"


def written(text: str) -> str:
    """Text as it is written beside markers: two braces in it are no marker."""
    return text.replace("{{", "{{" + _BRACES + "}}")


def parts_of(text: str, look: Run) -> Iterator[Run | Field | Begin | End | Reuse | Enclosure | Image]:
    """Text in which markers stand, as its parts; runs and fields get the look of `look`."""
    at = 0
    for found in MARKER.finditer(text):
        if found.start() > at:
            yield replace(look, text=text[at : found.start()])
        yield _part(found[1].strip(), look)
        at = found.end()
    if at < len(text):
        yield replace(look, text=text[at:])


def _part(words: str, look: Run) -> Run | Field | Begin | End | Reuse | Enclosure | Image:
    if words == _BRACES:
        return replace(look, text="{{")
    head, _space, rest = words.partition(" ")
    if words == "end":
        return End()
    if head == "block" and rest:
        return Reuse(_plain(rest.strip()))
    if head == "enclosure" and rest:
        return Enclosure(_plain(rest.strip()))
    if head == "image" and (image := _image(rest.split())) is not None:
        return image
    if head == "if" and (begin := _begin(rest)) is not None:
        return begin
    return Field(_plain(words), look.bold, look.italic, look.underline, look.size)


def _begin(words: str) -> Begin | None:
    said, _colon, given = words.partition(":")
    name, _space, test = said.strip().partition(" ")
    test = test.strip() or "filled"
    values = tuple(_plain(value.strip()) for value in given.split("|")) if given.strip() else ()
    if not name or test not in TESTS or (test in COMPARING) != bool(values) or (test == "equals" and len(values) > 1):
        return None
    return Begin(_plain(name), cast(Test, test), values)


def _image(words: list[str]) -> Image | None:
    try:
        name, width, align = words
        points = float(width)
    except ValueError:
        return None
    return Image(_plain(name), points, cast(Align, align)) if align in get_args(Align) and 1 <= points <= 600 else None


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):04x}", text)


def _plain(text: str) -> str:
    return re.sub(r"%([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
