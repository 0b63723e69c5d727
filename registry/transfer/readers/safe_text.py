"""Text in CSV that a spreadsheet program would take for a formula: guarded on the way out, freed once on the way in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

#: The wide signs begin a formula where Chinese or Japanese is typed.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_BETWEEN = "\0"
_FORMULA_IN_COLUMN = re.compile(_BETWEEN + _FORMULA.pattern)


def guarded(text: str) -> str:
    """`text` behind an apostrophe if a spreadsheet program would compute it (or if it is behind one already)."""
    return "'" + text if _FORMULA.match(text) else text


def guarded_column(cells: Sequence[Any]) -> Sequence[Any]:
    """Cells of which the texts are guarded."""
    # One look for the whole column; a text with the sign between cells in it costs no more than a look at each.
    if _FORMULA_IN_COLUMN.search(_BETWEEN.join(["", *(cell for cell in cells if type(cell) is str)])) is None:
        return cells
    return [guarded(cell) if type(cell) is str else cell for cell in cells]


def unguarded(text: str) -> str:
    """`text` without the apostrophe that `guarded` put before it."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
