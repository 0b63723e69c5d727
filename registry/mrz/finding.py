"""Finding a zone in what was pasted or typed by a reader, and correcting what scanners misread."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from registry.errors import Invalid
from registry.i18n import N_, _
from registry.mrz.layouts import FIRST, LAYOUTS, TD1, Layout, checks
from registry.mrz.states import issues

NO_ZONE = N_(
    "This is no machine readable zone. A passport has two lines of 44 characters; a card has two of 36 or three of 30."
)
WRONG_LENGTH = N_(
    "Line {line} has {count} characters instead of {width}. Read the zone again, or type what is missing; “<” counts."
)
UNLIKELY = N_("Hardly any check digit of this zone is right. Compare every line with the document.")
CORRECTED = N_(
    "Character {place} of line {line}: “{letter}” was corrected to “{digit}”; with that the check digit is right."
)

_FOREIGN_TO_ZONES = re.compile(r"[^A-Z0-9<]")
#: What scanners and web pages make of the filler.
_FILLERS = str.maketrans({"«": "<<", "‹": "<", "＜": "<", "〈": "<", "≪": "<<"})
#: Letters that are read for digits where only a digit can stand.
_LOOK_ALIKE = str.maketrans("OQDILZSGB", "000112568")
#: A zone that lost the fillers at the ends of its lines is not shorter, and a line not much longer or shorter.
_SHORTEST, _MISSED = 48, 4
#: Check digits that must hold before a text counts as a zone, one of them as it was read: by chance one in ten does.
_ENOUGH = 2
#: Zones that are recognised to say that they are not read: visas, and the cards of France before 2021.
_REFUSED = ("V", "IDFRA")


@dataclass(frozen=True)
class Found:
    """A zone in a text.

    Attributes:
        zone: its lines as one, look-alikes corrected.
        corrections: a sentence for each of these.
    """

    layout: Layout
    zone: str
    corrections: tuple[str, ...]


def find(text: str, *, finished: bool = False) -> Found | None:
    """The likeliest zone in a text: the one with the fewest wrong check digits.

    Args:
        text: pasted or typed; spaces, small letters, lost line breaks and what stands around do not matter.
        finished: take no zone whose last line may still be growing.
    """
    if len(text) < _SHORTEST or not text.translate(_FILLERS).count("<"):
        return None
    best, fewest = None, len(LAYOUTS) * 9
    for layout, zone in _candidates(_rows(text), finished=finished):
        found = _corrected(layout, zone)
        told = [check for check in checks(layout, found.zone) if check.fills(found.zone)]
        held = sum(check.holds(found.zone) for check in told)
        likely = held >= _ENOUGH and any(check.holds(zone) for check in told)
        wrong = sum(not check.holds(found.zone) for check in checks(layout, found.zone))
        if wrong < fewest and (likely or zone.startswith(_REFUSED)):
            best, fewest = found, wrong
    return best


def looks_like_mrz(text: str) -> bool:
    """Whether a whole zone stands in `text`, right or with slips: pasted, or typed by a reader to its end."""
    return find(text, finished=True) is not None


def begins_mrz(text: str) -> bool:
    """Whether `text` is the first line or lines of a zone and nothing else: the Enter of a reader ends a line of it."""
    plain = "".join(text.split()).upper()
    return "<" in plain and re.fullmatch(rf"{FIRST}[A-Z<]{{3}}[A-Z0-9<]{{25,}}", plain) is not None


def what_is_wrong(text: str) -> Invalid:
    """What keeps a text from being a zone."""
    rows = [row for row in _rows(text) if "<" in row or len(row) >= TD1.width - _MISSED]
    for layout in LAYOUTS:
        if len(rows) == layout.lines and all(abs(len(row) - layout.width) <= _MISSED for row in rows):
            for line, row in enumerate(rows, 1):
                if len(row) != layout.width:
                    return Invalid(WRONG_LENGTH, line=line, count=len(row), width=layout.width)
            return Invalid(UNLIKELY)
    return Invalid(NO_ZONE)


def _rows(text: str) -> list[str]:
    """The lines of `text` with nothing left that cannot stand in a zone."""
    lines = unicodedata.normalize("NFKC", text.translate(_FILLERS)).upper().splitlines()
    return [row for line in lines if (row := _FOREIGN_TO_ZONES.sub("", line))]


def _candidates(rows: list[str], *, finished: bool) -> Iterator[tuple[Layout, str]]:
    """Every piece of a text that has the measures of a zone: line by line, or as one run."""
    run = "".join(rows)
    for layout in LAYOUTS:
        for first in range(len(rows) - layout.lines + 1):
            some = rows[first : first + layout.lines]
            fitted = [_fitted(layout, place, row) for place, row in enumerate(some)]
            grows = finished and len(some[-1]) < layout.width
            if all(fitted) and not grows and re.match(FIRST, fitted[0]):
                yield layout, "".join(fitted)
        if len(run) == layout.lines * layout.width and re.match(FIRST, run):
            yield layout, run
        # Among other words, or where a character is missing, much has the shape of a zone by chance.
        yield from ((layout, m[1]) for m in layout.shape.finditer(run) if issues(m[1][2:5].rstrip("<")))


def _fitted(layout: Layout, place: int, row: str) -> str:
    """A row in its full width, "" if it has another; where lines end in fillers, these may be lost, or be too many."""
    if len(row) == layout.width:
        return row
    ends_open = place == layout.names[0] // layout.width or (layout is TD1 and place == 0)
    bare = row.rstrip("<")
    fits = "<" in row and len(bare) <= layout.width and len(row) <= layout.width + _MISSED
    return bare.ljust(layout.width, "<") if ends_open and fits else ""


def _corrected(layout: Layout, zone: str) -> Found:
    """The zone with digits for their look-alikes where only a digit can stand and the check digit then holds."""
    said: list[str] = []
    for check in checks(layout, zone):
        places = {check.place, *(p for start, end in check.covers if check.digits for p in range(start, end))}
        attempt = list(zone)
        for place in places:
            attempt[place] = zone[place].translate(_LOOK_ALIKE)
        changed = "".join(attempt)
        if changed != zone and check.holds(changed):
            said += [_correction(layout, p, zone[p], changed[p]) for p in sorted(places) if zone[p] != changed[p]]
            zone = changed
    return Found(layout, zone, tuple(said))


def _correction(layout: Layout, place: int, letter: str, digit: str) -> str:
    line, column = divmod(place, layout.width)
    return _(CORRECTED, line=line + 1, place=column + 1, letter=letter, digit=digit)
