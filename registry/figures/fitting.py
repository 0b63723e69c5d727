"""How wide the words of a figure are in the fonts that print them, and what is left of them where there is no room."""

from __future__ import annotations

from registry.documents.operators import Line
from registry.documents.text import Span, Style, clean, lay_out
from registry.documents.words import runs_right_to_left
from registry.figures.shapes import Words

_ELLIPSIS = "…"
#: Wide enough that nothing is broken into lines.
_ANY = 100_000.0


def shown(words: Words) -> str:
    """The text of the words as it is left when it is cut to its room; "" if nothing is."""
    text = clean(words.text).replace("\n", " ").strip()
    if not words.room or width_of(line_of(words, text)) <= words.room:
        return text
    shortest, longest = 0, len(text)
    while shortest < longest:
        length = (shortest + longest + 1) // 2
        if width_of(line_of(words, text[:length].rstrip() + _ELLIPSIS)) <= words.room:
            shortest = length
        else:
            longest = length - 1
    return text[:shortest].rstrip() + _ELLIPSIS if shortest else ""


def line_of(words: Words, text: str) -> Line | None:
    """A text in the words' style, as one line from its left edge; None if there is none."""
    lines = lay_out([Span(text, Style(words.size, words.bold))], _ANY, align="left").lines if text else ()
    return lines[0] if lines else None


def width_of(line: Line | None) -> float:
    """How wide a line is, in points."""
    return sum(item.width for item in line.items) if line is not None else 0.0


def left_of(words: Words, width: float) -> float:
    """Where words of this width begin on the left, by what of them stands at their x."""
    if words.anchor == "middle":
        return words.x - width / 2
    at_left = (words.anchor == "start") != runs_right_to_left(words.text)
    return words.x if at_left else words.x - width


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text as lines that are no wider than the room, in points."""
    style = Words(0, 0, "", size, "")
    lines, held = [], ""
    for word in text.split():
        longer = f"{held} {word}".strip()
        if held and width_of(line_of(style, longer)) > room:
            lines.append(held)
            held = word
        else:
            held = longer
    return [*lines, held] if held else lines
