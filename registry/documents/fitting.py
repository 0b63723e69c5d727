"""Lines of an address in a space of their own: set smaller until they fit, and then cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry.documents.paper import Paper
from registry.documents.text import Block, Span, Style, clean, draw, lay_out
from registry.documents.tree import Align
from registry.documents.words import runs_right_to_left

_LEADING = 0.92
_STEP = 0.5
#: The most characters and lines of one address that are looked at.
_LONGEST, _MOST = 1_000, 30


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines under one another; `whole` if nothing was cut, the height in points."""

    blocks: tuple[Block, ...]
    height: float
    whole: bool

    def draw(self, paper: Paper, left: float, top: float) -> float:
        """Put the lines on the page in hand, the upper left corner at (left, top); where they end."""
        for block in self.blocks:
            draw(paper, block, left, top)
            top -= block.height
        return top


def fitted(
    lines: Sequence[str],
    width: float,
    height: float,
    *,
    largest: float,
    smallest: float,
    cut: bool = True,
    align: Align | None = None,
) -> Fitted:
    """The lines in the largest type that fits, in points.

    Args:
        cut: whether what does not fit in the smallest type is left out; else it is higher than `height`.
        align: None = the side on which most lines begin.
    """
    text = clean("\n".join(lines)[: _LONGEST + 1])
    shown = [line for line in text[:_LONGEST].split("\n") if line.strip()]
    whole = len(text) <= _LONGEST and len(shown) <= _MOST
    shown = shown[:_MOST]
    align = align or _side(shown)
    size = largest
    while True:
        style = Style(size)
        blocks = tuple([lay_out([Span(line, style)], width, align=align, leading=_LEADING) for line in shown])
        total = sum([block.height for block in blocks])
        if total <= height or size <= smallest:
            break
        size = max(size - _STEP, smallest)
    if not cut or total <= height:
        return Fitted(blocks, total, whole)
    return _cut(blocks, height)


def _side(shown: Sequence[str]) -> Align:
    """The country, which is in the language of the posting country, says nothing of the rest."""
    directed = [runs_right_to_left(line) for line in shown[:-1] or shown]
    return "right" if sum(directed) * 2 > len(directed) else "left"


def _cut(blocks: Sequence[Block], height: float) -> Fitted:
    """As many lines as there is room for: every block's first one before any block's second."""
    kept = [block.divided(0)[0] for block in blocks]
    used = 0.0
    for depth in range(max(len(block.lines) for block in blocks)):
        for at, block in enumerate(blocks):
            if depth >= len(block.lines):
                continue
            line = block.lines[depth].above + block.lines[depth].below
            if used + line > height:
                return Fitted(tuple(each for each in kept if each.lines), used, False)
            kept[at] = block.divided(kept[at].height + line)[0]
            used += line
    return Fitted(tuple(kept), used, True)
