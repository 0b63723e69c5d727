"""Registration numbers: post, year, running number and one check character (ISO 7064, MOD 37,36)."""

from __future__ import annotations

import re
from functools import lru_cache

from registry.i18n import N_

MISTYPED = N_(
    "The last character of {number} does not fit the others: one of them is mistyped. Compare it with the card."
)

_PARTS = re.compile(r".+-(\d\d|A)-(\d{6})-\w", re.ASCII)
#: As people type one: with spaces, other dashes, strokes or nothing between its parts.
_TYPED = re.compile(r"(.+?)[\W_]{0,3}(\d\d|A)[\W_]{0,3}(\d{6})[\W_]{0,3}(\w)", re.ASCII)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}


def registration_number(post: str, group: str, running: int) -> str:
    """`LYS-26-000123-K`: the post's code, the year or the kind's letter, the running number, the check character."""
    body = f"{post}-{group}-{running:06d}"
    return f"{body}-{check_character(body)}"


def running_number(number: str, post: str) -> tuple[str, int] | None:
    """The group and running number of one that this post gave, as written by `registration_number`; else None."""
    match = _PARTS.fullmatch(number)
    if match is None or registration_number(post, match[1], int(match[2])) != number:
        return None
    return match[1], int(match[2])


def is_of_association(number: str) -> bool:
    """Whether a text is a registration number such as associations have."""
    match = _PARTS.fullmatch(number)
    return match is not None and match[1] == "A"


def check_character(body: str) -> str:
    """The character that makes `body` valid; separators do not count."""
    # Numbers are given one after the other: a hundred of them begin alike.
    return _ALPHABET[(37 - _after(_beginning(body[:-2]), body[-2:])) % 36]


@lru_cache(1024)
def _beginning(characters: str) -> int:
    return _after(36, characters)


def _after(remainder: int, characters: str) -> int:
    for character in characters.upper():
        if (value := _VALUES.get(character)) is not None:
            remainder = ((remainder + value) % 36 or 36) * 2 % 37
    return remainder


def is_valid(number: str) -> bool:
    """Whether the last character is the right one: it shows every slip, and all but one in 400 swaps of neighbours."""
    significant = _significant(number)
    return len(significant) > 1 and check_character(significant[:-1]) == significant[-1]


def is_mistyped(number: str) -> bool:
    """Whether a text in its normal form looks like a registration number, but its check character does not fit."""
    return _PARTS.fullmatch(number) is not None and not is_valid(number)


def normal_form(text: str) -> str:
    """What somebody typed, in capitals and with plain hyphens between its parts, to compare with stored numbers."""
    capitals = text.strip().upper()
    parts = _TYPED.fullmatch(capitals)
    number = "-".join(parts.groups()) if parts is not None else ""
    return number if is_valid(number) else "".join(capitals.split())


def _significant(text: str) -> str:
    return "".join(c for c in text.upper() if c in _VALUES)
