"""Rows that a workbook (.xlsx) hides by a filter or by hand: the reader gives them like any other."""

from __future__ import annotations

import re

_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?>")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
#: So many are told at most.
MOST = 10_000


def numbers(chunk: bytes) -> set[int]:
    """The numbers of hidden rows whose tags stand in a piece of a worksheet."""
    if b"h" not in chunk or b"hidden" not in chunk:  # a single letter is looked for much faster
        return set()
    tags = (tag for tag in _ROW.findall(chunk) if _HIDDEN.search(tag))
    return {int(found[1]) for tag in tags if (found := _NUMBER.search(tag))}
