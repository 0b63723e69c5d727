"""What programs write that save a text in an encoding without its letters: ? for each of them."""

from __future__ import annotations

from itertools import starmap


def is_without_letters(text: str, whole: str) -> bool:
    """Whether a text is another one in which ? stands for letters that are no ASCII; Excel writes two for some."""
    if "?" not in text or text == whole:
        return False
    halves = "".join(letter if letter <= "\uffff" else letter * 2 for letter in whole)
    return any(
        len(text) == len(each) and all(starmap(_may_be, zip(text, each, strict=True))) for each in (whole, halves)
    )


def _may_be(letter: str, other: str) -> bool:
    return letter == other or (letter == "?" and not other.isascii())
