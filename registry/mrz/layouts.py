"""The three layouts of a machine readable zone, and its check digits (ICAO Doc 9303, parts 3 to 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.i18n import N_

NUMBER_WRONG = N_(
    "The check digit of the document number is wrong: look at characters {first} to {last} of line {line}."
)
BIRTH_WRONG = N_("The check digit of the date of birth is wrong: look at characters {first} to {last} of line {line}.")
EXPIRY_WRONG = N_(
    "The check digit of the date of expiry is wrong: look at characters {first} to {last} of line {line}."
)
PERSONAL_WRONG = N_(
    "The check digit of the personal number is wrong: look at characters {first} to {last} of line {line}."
)
WHOLE_WRONG = N_("The last check digit, which covers numbers and dates together, is wrong: compare them all.")

#: How a zone begins: the kind of document.
FIRST = "[ACIPV][A-Z0-9<]"
_DIGIT, _DATE = "[0-9OQDILZSGB<]", "[0-9OQDILZSGB<]{6}"

#: First place, and the one behind the last, in a zone whose lines are written as one.
Span = tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """Where things stand in a zone whose lines are written as one; a check digit follows what it checks.

    Attributes:
        whole: what the last check digit covers; `whole_place` is where it stands.
        shape: finds such a zone in a run of characters, as its first group.
    """

    name: str
    lines: int
    width: int
    names: Span
    number: Span
    birth: Span
    sex: int
    expiry: Span
    nationality: Span
    optional: tuple[Span, ...]
    personal: Span | None
    whole: tuple[Span, ...]
    whole_place: int
    shape: re.Pattern[str]


# fmt: off
_DATA = rf"[A-Z0-9<]{{9}}{_DIGIT}[A-Z0-9<]{{3}}{_DATE}{_DIGIT}[A-Z0-9<]{_DATE}{_DIGIT}"
TD1 = Layout(
    "TD1", 3, 30, names=(60, 90), number=(5, 14), birth=(30, 36), sex=37, expiry=(38, 44), nationality=(45, 48),
    optional=((15, 30), (48, 59)), personal=None,
    whole=((5, 30), (30, 37), (38, 45), (48, 59)), whole_place=59,
    shape=re.compile(
        rf"(?=({FIRST}[A-Z0-9<]{{28}}{_DATE}{_DIGIT}[A-Z0-9<]{_DATE}{_DIGIT}[A-Z0-9<]{{14}}{_DIGIT}[A-Z0-9<]{{30}}))"
    ),
)
TD2 = Layout(
    "TD2", 2, 36, names=(5, 36), number=(36, 45), birth=(49, 55), sex=56, expiry=(57, 63), nationality=(46, 49),
    optional=((64, 71),), personal=None,
    whole=((36, 46), (49, 56), (57, 71)), whole_place=71,
    shape=re.compile(rf"(?=({FIRST}[A-Z0-9<]{{34}}{_DATA}[A-Z0-9<]{{7}}{_DIGIT}))"),
)
TD3 = Layout(
    "TD3", 2, 44, names=(5, 44), number=(44, 53), birth=(57, 63), sex=64, expiry=(65, 71), nationality=(54, 57),
    optional=(), personal=(72, 86),
    whole=((44, 54), (57, 64), (65, 87)), whole_place=87,
    shape=re.compile(rf"(?=({FIRST}[A-Z0-9<]{{42}}{_DATA}[A-Z0-9<]{{15}}{_DIGIT}))"),
)
# fmt: on
LAYOUTS = (TD1, TD3, TD2)


@dataclass(frozen=True)
class Check:
    """One check digit.

    Attributes:
        wrong: the sentence when it is not right, a catalogue message.
        field: canonical name of the field that it checks; "" = several, or none that is kept.
        covers: what it checks.
        place: where it stands.
        digits: whether only digits can stand in what it checks.
        or_covers: what some issuers let it check instead.
    """

    wrong: str
    field: str
    covers: tuple[Span, ...]
    place: int
    digits: bool = False
    or_covers: tuple[Span, ...] = ()

    def fills(self, zone: str) -> bool:
        """Whether there is anything to check."""
        return bool(_text(zone, self.covers).strip("<"))

    def holds(self, zone: str) -> bool:
        """Whether the digit is right; a filler may stand for that of a field without content."""
        given = zone[self.place]
        right = [check_digit(_text(zone, spans)) for spans in (self.covers, self.or_covers) if spans]
        return given in right or (given == "<" and not self.fills(zone))


def _text(zone: str, spans: tuple[Span, ...]) -> str:
    return "".join(zone[start:end] for start, end in spans)


def check_digit(text: str) -> str:
    """The digit that belongs behind `text`: weights 7, 3, 1; letters count from 10, the filler as 0."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def number(layout: Layout, zone: str) -> tuple[tuple[Span, ...], int]:
    """Where the document number stands, and its check digit: on cards a long one goes on in the optional data."""
    if layout.optional and zone[layout.number[1]] == "<":
        start, end = layout.optional[0]
        stop = zone.find("<", start, end)
        last = (end if stop < 0 else stop) - 1
        if last >= start:
            return (layout.number, (start, last)), last
    return (layout.number,), layout.number[1]


def checks(layout: Layout, zone: str) -> tuple[Check, ...]:
    """Every check digit of a zone."""
    covers, place = number(layout, zone)
    # The standard leaves the filler between the two parts of a long number out; Belgium has counted it.
    filled = ((covers[0][0], place),) if len(covers) > 1 else ()
    personal = (Check(PERSONAL_WRONG, "", (layout.personal,), layout.personal[1]),) if layout.personal else ()
    return (
        Check(NUMBER_WRONG, "document.number", covers, place, or_covers=filled),
        Check(BIRTH_WRONG, "birth_date", (layout.birth,), layout.birth[1], digits=True),
        Check(EXPIRY_WRONG, "document.expires", (layout.expiry,), layout.expiry[1], digits=True),
        *personal,
        Check(WHOLE_WRONG, "", layout.whole, layout.whole_place),
    )
