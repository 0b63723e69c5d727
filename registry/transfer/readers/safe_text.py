"""Text in CSV that a spreadsheet program would take for a formula: guarded on the way out, freed once on the way in."""

from __future__ import annotations

import re

#: The wide signs begin a formula where Chinese or Japanese is typed.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def guarded(text: str) -> str:
    """`text` behind an apostrophe if a spreadsheet program would compute it (or if it is behind one already)."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """`text` without the apostrophe that `guarded` put before it."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
