"""How many text messages a text is: in the alphabet of GSM (3GPP TS 23.038), else in UCS-2."""

from __future__ import annotations

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: These take two places each.
_EXTENDED = frozenset("^{}\\[~]|€\f")
#: Places in a message alone, and in each of several, where a heading takes some.
_GSM, _UCS2 = (160, 153), (70, 67)


@dataclass(frozen=True)
class Length:
    """What a text comes to.

    Attributes:
        alphabet: "GSM-7" or "UCS-2".
        places: how many it takes.
        parts: how many messages are paid for.
        left: places left in the last one.
    """

    alphabet: str
    places: int
    parts: int
    left: int


def length_of(text: str) -> Length:
    """Count a text; a character is never cut in two, so that a part may stay a place short."""
    gsm = all(c in _BASIC or c in _EXTENDED for c in text)
    widths = [2 if c in _EXTENDED else 1 for c in text] if gsm else [2 if ord(c) > 0xFFFF else 1 for c in text]
    alone, each = _GSM if gsm else _UCS2
    places = sum(widths)
    if places <= alone:
        return Length("GSM-7" if gsm else "UCS-2", places, 1 if text else 0, alone - places)
    parts, used = 1, 0
    for width in widths:
        if used + width > each:
            parts, used = parts + 1, 0
        used += width
    return Length("GSM-7" if gsm else "UCS-2", places, parts, each - used)
