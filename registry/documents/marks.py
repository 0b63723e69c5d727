"""QR codes (ISO/IEC 18004) as squares of the page: by them a letter that comes back is known, and a certificate."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from registry.documents.paper import Paper
from registry.documents.text import Span, Style, draw, lay_out

#: Readers want four modules of white around a code.
_QUIET = 4
#: What is typed where nothing scans.
_TYPED = Style(5.0)


def draw_mark(paper: Paper, text: str, left: float, top: float, side: float) -> None:
    """Put the code of `text` into a square of `side` points, its white margin included, and the text under it.

    Args:
        left, top: the square's upper left corner, in points.
    """
    from reportlab.graphics.barcode import qrencoder  # type: ignore[import-untyped]

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    # Every mask is readable; trying all eight for the evenest would take as long as five letters.
    code.makeImpl(False, 0)
    count = code.getModuleCount()
    unit = side / (count + 2 * _QUIET)
    corner = f"{unit:.4f} 0 0 {-unit:.4f} {left + _QUIET * unit:.3f} {top - _QUIET * unit:.3f} cm"
    paper.code(f"q {corner} {_squares(code, count)} f Q")
    draw(paper, lay_out([Span(text, _TYPED)], side, align="center", direction="ltr"), left, top - side + 2)


def _squares(code: Any, count: int) -> str:
    """The dark modules of each row, those side by side as one rectangle."""
    made = []
    for row in range(count):
        column = 0
        for dark, run in groupby(code.modules[row]):
            width = len(list(run))
            if dark:
                made.append(f"{column} {row} {width} 1 re")
            column += width
    return " ".join(made)
