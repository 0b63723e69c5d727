"""The head of a page in the state's name: logo, names, and how the post is reached."""

from __future__ import annotations

from functools import lru_cache

from registry.documents.layout import direction_of
from registry.documents.letters import Sender
from registry.documents.paper import Paper, picture_size
from registry.documents.stationery import MM
from registry.documents.text import Span, Style, draw, lay_out
from registry.documents.tree import Align

_HOME = Style(13, bold=True)
_POST = Style(10.5)
_CONTACT = Style(8)
_TOP = 14.0
_LOGO = (16.0, 18.0)


def draw_letterhead(paper: Paper, sender: Sender, language: str, left: float, width: float) -> float:
    """Put the head on the page in hand, a rule under it; where it ends, in points from the lower edge.

    In languages that run from right to left the names stand on the right.
    """
    mirrored = direction_of(language) == "rtl"
    top = paper.size[1] - _TOP * MM
    start, half, high = left, width * 0.62, 0.0
    if sender.logo is not None:
        across, high = _logo_size(sender.logo)
        paper.picture(sender.logo, left + width - across if mirrored else left, top - high, across, high)
        start += across + 10
        half -= across + 10
    if mirrored:
        start = left + width - half - (start - left)
    near: Align = "right" if mirrored else "left"
    names = [Span(sender.home(language) + "\n", _HOME), Span(sender.post(language), _POST)]
    name = lay_out(names, half, align=near)
    draw(paper, name, start, top)
    contact = [*sender.address_lines, sender.phone, sender.email]
    lines = "\n".join(line for line in contact if line)
    block = lay_out([Span(lines, _CONTACT)], width * 0.36, align="left" if mirrored else "right", direction="ltr")
    draw(paper, block, left if mirrored else left + width * 0.64, top)
    under = top - max(name.height, block.height, high) - 6
    paper.code(f"q 0.6 w {left:.2f} {under:.2f} m {left + width:.2f} {under:.2f} l S Q")
    return under


@lru_cache(maxsize=4)
def _logo_size(logo: bytes) -> tuple[float, float]:
    across, up = picture_size(logo)
    scale = min(_LOGO[0] * MM / across, _LOGO[1] * MM / up)
    return across * scale, up * scale
