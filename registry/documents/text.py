"""The one way a string reaches a page: cleaned, shaped by script, broken into lines, reordered, drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from registry.documents.operators import Line, operators
from registry.documents.paper import Paper
from registry.documents.tree import Align
from registry.documents.words import PLAIN, Item, Span, Style, Word, joined, runs_right_to_left, words_of

__all__ = ["PLAIN", "Align", "Block", "Direction", "Span", "Style", "clean", "draw", "lay_out"]

Direction = Literal["auto", "ltr", "rtl"]

#: The most a justified line adds to a space, as a share of the font size; one that needs more stays ragged.
_WIDEST_GAP = 0.75
#: The most between words or ideographs that no space divides: readers of PDF take more for a space.
_WIDEST_OPENING = 0.09
_PLAIN_ABOVE, _PLAIN_BELOW = 1.069 * PLAIN.size, 0.293 * PLAIN.size
#: Characters of one span that are printed; what is longer ends in an ellipsis.
LONGEST_SPAN = 20_000

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile("\n{3,}")
_SPACES = re.compile("[\t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
#: Controls, direction overrides and isolates, invisible formatting, lone surrogates, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_MARKS = re.compile(f"[{_MARK}]")
_PILED_MARKS = re.compile(f"([{_MARK}]{{4}})[{_MARK}]+")


def clean(text: str) -> str:
    """The text as it may be printed: no control or direction characters, bounded, `\\n` for line breaks."""
    if len(text) > LONGEST_SPAN:
        text = text[:LONGEST_SPAN] + "…"
    if text.isascii() and text.isprintable():
        return text
    text = _EMPTY_LINES.sub("\n\n", _SPACES.sub(" ", _BREAKS.sub("\n", text)))
    text = _INVISIBLE.sub("", text)
    if _MARKS.search(text):
        text = _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return text


#: What a template says is the same in every letter.
_cleaned = lru_cache(maxsize=256)(clean)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A paragraph laid out for one width; width and height in points."""

    lines: tuple[Line, ...]
    width: float
    height: float

    def split(self, height: float) -> tuple[Block, Block] | None:
        """The lines that fit into `height` points and the rest, or None if not both have two lines."""
        count = min(self._fitting(height), len(self.lines) - 2)
        if count < 2:
            return None
        return _block(self.lines[:count], self.width), _block(self.lines[count:], self.width)

    def divided(self, height: float) -> tuple[Block, Block]:
        """The lines that fit into `height` points and the rest; either may be empty."""
        count = self._fitting(height)
        return _block(self.lines[:count], self.width), _block(self.lines[count:], self.width)

    def _fitting(self, height: float) -> int:
        used = 0.0
        for count, line in enumerate(self.lines):
            used += line.above + line.below
            if used > height + 0.01:
                return count
        return len(self.lines)


def lay_out(
    spans: Iterable[Span],
    width: float,
    *,
    align: Align = "start",
    direction: Direction = "auto",
    leading: float = 1.0,
) -> Block:
    """A paragraph broken into lines of at most `width` points.

    Equal paragraphs give the same block, so that `draw` keeps what recurs from page to page only once.

    Args:
        spans: the text with its styles; `\\n` ends a line.
        align: `start` is left or right by direction; `justify` fills every line but the last.
        direction: of the paragraph; `auto` takes it from its first letter.
        leading: line height as a multiple of the fonts' own.
    """
    return _laid_out(tuple(spans), width, align, direction, leading)


def draw(paper: Paper, block: Block, left: float, top: float) -> None:
    """Put a block on the page in hand, its upper left corner at (left, top) points from the page's lower left."""
    if block.lines:
        paper.stamp(
            block,
            left,
            top,
            (-12, -block.height - 12, block.width + 12, 12),
            lambda: operators(paper, block.lines),
        )


@lru_cache(maxsize=256)
def _laid_out(spans: tuple[Span, ...], width: float, align: Align, direction: Direction, leading: float) -> Block:
    spans = tuple([Span(_cleaned(span.text), span.style) for span in spans])
    right_to_left = direction == "rtl" or (
        direction == "auto" and runs_right_to_left("".join(span.text for span in spans))
    )
    if align == "start":
        align = "right" if right_to_left else "left"
    lines = []
    for words, last in _broken(words_of(spans, right_to_left, width), width):
        justified = align == "justify" and not last
        side: Align = ("right" if right_to_left else "left") if align == "justify" else align
        lines.append(_line(words, width, side, justified, right_to_left, leading))
    return _block(tuple(lines), width)


def _block(lines: tuple[Line, ...], width: float) -> Block:
    return Block(lines, width, sum(line.above + line.below for line in lines))


def _broken(words: Sequence[Word], width: float) -> list[tuple[list[Word], bool]]:
    """The words of each line, and whether the line is the last or ends by a written break."""
    lines: list[tuple[list[Word], bool]] = []
    held: list[Word] = []
    used = 0.0
    for word in words:
        if held and used + word.width > width + 0.01:
            lines.append((held, False))
            held, used = [], 0.0
        held.append(word)
        used += word.full
        if word.ends_line:
            lines.append((held, True))
            held, used = [], 0.0
    if held:
        lines.append((held, True))
    return lines


def _line(
    words: Sequence[Word], width: float, side: Align, justified: bool, right_to_left: bool, leading: float
) -> Line:
    items: list[Item] = []
    for word in words:
        items += word.items
        items += word.spaces
    if any([item.joins for item in items]):
        items = joined(items)
    used = sum([word.full for word in words])
    spaces = sum([len(word.spaces) for word in words])
    while items and items[-1].space:
        used -= items.pop().width
        spaces -= 1
    gap = 0.0
    if justified and items:
        gap, items = _filling(items, width - used, spaces)
    left = 0.0
    if not gap and side != "left":
        left = (width - used) / (2 if side == "center" else 1)
    if right_to_left or any([word.directed for word in words]):
        items = _reordered(items)
    # An empty line is as high as one of plain text.
    above = max([word.above for word in words]) or _PLAIN_ABOVE
    below = max([word.below for word in words]) or _PLAIN_BELOW
    return Line(tuple(items), left, gap, above * leading, below * leading)


def _filling(items: list[Item], missing: float, spaces: int) -> tuple[float, list[Item]]:
    """What a line adds to each space so that it is full, 0 if that were too much; and the items it is added to.

    Ideographs and words without spaces between them share what is missing, as long as nobody sees it.
    """
    size = items[0].style.size
    apart = sum([item.opens for item in items[:-1]])
    if apart and missing / (spaces + apart) <= _WIDEST_OPENING * size:
        last = replace(items[-1], opens=False)
        return missing / (spaces + apart), [*items[:-1], last]
    if apart:
        items = [replace(item, opens=False) if item.opens else item for item in items]
    gap = missing / spaces if spaces else 0.0
    return (gap if gap <= _WIDEST_GAP * size else 0.0), items


def _reordered(items: list[Item]) -> list[Item]:
    """The items of a line from left to right (UAX 9, L2)."""
    for level in range(max((item.level for item in items), default=0), 0, -1):
        shown: list[Item] = []
        run: list[Item] = []
        for item in items:
            if item.level >= level:
                run.append(item)
                continue
            shown += reversed(run)
            run = []
            shown.append(item)
        items = shown + run[::-1]
    return items
