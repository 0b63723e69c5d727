"""Reading a zone: who, which document, and what must be compared with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from registry.drafts import Problem
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.mrz.finding import Found, find, what_is_wrong
from registry.mrz.layouts import TD2, Check, checks, number

VISA = N_("This is the zone of a visa. Read the passport itself.")
OLD_FRENCH_CARD = N_("French identity cards from before 2021 have a zone of their own. Type what the card says.")
BIRTH_IMPOSSIBLE = N_("“{text}” in the zone is no date of birth. Type it from the document.")
EXPIRY_IMPOSSIBLE = N_("“{text}” in the zone is no date of expiry. Type it from the document.")
SEX_UNKNOWN = N_("“{text}” in the zone stands for no sex. Choose it from the document.")
NAME_CUT = N_("The name fills the zone to its end and may be cut off. Compare it with the document.")
NAME_DIGIT = N_("There is a digit in this name. Compare it with the document.")

#: Documents that ran out up to so many years ago are told from those that will run out.
_OLDEST_EXPIRY = 49


@dataclass(frozen=True)
class Mrz:
    """What a zone says, in the zone's own codes and capitals; "" for what it leaves open.

    Attributes:
        layout: "TD1", "TD2" or "TD3".
        document_code: "P", "PD", "I", "ID", "AC" …
        issuing_state, nationality: three letters of ICAO Doc 9303-3, or Germany's single one.
        family_name, given_name: in capitals, the zone's fillers as spaces.
        cut: whether the name may have been cut off for want of room.
        document_number: whole, with what overflowed into the optional data.
        birth_date, expires: partial dates, as precise as the zone.
        sex: "M", "F", "X" or "".
        optional_data: what the issuer of a card added, without an overflow of the number.
        personal_number: the optional data of a passport, which have a check digit of their own.
        problems: what must be compared with the document, each with the field that it concerns, "" = several.
        corrections: a sentence for each letter that was taken for a digit.
    """

    layout: str
    document_code: str
    issuing_state: str
    family_name: str
    given_name: str
    cut: bool
    document_number: str
    nationality: str
    birth_date: str
    sex: str
    expires: str
    optional_data: str
    personal_number: str
    problems: tuple[Problem, ...] = ()
    corrections: tuple[str, ...] = ()


def read(text: str, today: date | None = None) -> Mrz:
    """The zone that stands in `text`, whatever stands around it.

    Args:
        text: pasted, or what a reader typed; spaces, small letters and lost line breaks do not matter.
        today: for the centuries of the dates; by default today.

    Raises:
        Invalid: there is none, or one of another kind of document.
    """
    found = find(text)
    if found is None:
        raise what_is_wrong(text)
    if found.zone.startswith("V"):
        raise Invalid(VISA)
    if found.layout is TD2 and found.zone.startswith("IDFRA"):
        raise Invalid(OLD_FRENCH_CARD)
    return _Reading(found, today or date.today()).mrz()


class _Reading:
    """One zone on its way to what it says."""

    def __init__(self, found: Found, today: date) -> None:
        self._found, self._layout, self._zone, self._today = found, found.layout, found.zone, today
        self._problems: list[Problem] = []

    def mrz(self) -> Mrz:
        """All of it."""
        layout, zone = self._layout, self._zone
        for check in checks(layout, zone):
            if not check.holds(zone):
                self._doubt_check(check)
        covers, last = number(layout, zone)
        optional = [(last + 1 if start <= last < end else start, end) for start, end in layout.optional]
        family, given, cut = self._names()
        return Mrz(
            layout.name,
            zone[:2].rstrip("<"),
            zone[2:5].rstrip("<"),
            family,
            given,
            cut,
            _plain("".join(zone[start:end] for start, end in covers)),
            zone[slice(*layout.nationality)].rstrip("<"),
            self._birth(zone[slice(*layout.birth)]),
            self._sex(zone[layout.sex]),
            self._expiry(zone[slice(*layout.expiry)]),
            " ".join(filter(None, (_plain(zone[start:end]) for start, end in optional))),
            _plain(zone[slice(*layout.personal)]) if layout.personal else "",
            tuple(self._problems),
            self._found.corrections,
        )

    def _doubt(self, field: str, message: str, **values: object) -> None:
        self._problems.append(Problem(field, _(message, **values)))

    def _doubt_check(self, check: Check) -> None:
        start, end = check.covers[0]
        line, column = divmod(start, self._layout.width)
        self._doubt(check.field, check.wrong, line=line + 1, first=column + 1, last=column + end - start)

    def _names(self) -> tuple[str, str, bool]:
        text = self._zone[slice(*self._layout.names)]
        family, _fillers, given = text.strip("<").partition("<<")
        cut = not text.endswith("<")
        if cut:
            self._doubt("given_name" if given else "family_name", NAME_CUT)
        for field, name in (("family_name", family), ("given_name", given)):
            if any(c.isdigit() for c in name):
                self._doubt(field, NAME_DIGIT)
        return _plain(family), _plain(given), cut

    def _sex(self, text: str) -> str:
        if text not in "MFX<":
            self._doubt("sex", SEX_UNKNOWN, text=text)
        return text if text in "MFX" else ""

    def _birth(self, text: str) -> str:
        """The latest date that is not in the future."""
        century = self._today.year // 100 * 100
        value = _dated(text, century)
        if not value or value > self._today.isoformat()[: len(value)]:
            value = _dated(text, century - 100)
        if not value and text.strip("<"):
            self._doubt("birth_date", BIRTH_IMPOSSIBLE, text=text)
        return value

    def _expiry(self, text: str) -> str:
        """The date of that year between some time ago and some time ahead."""
        oldest = self._today.year - _OLDEST_EXPIRY
        year = oldest + (int(text[:2]) - oldest) % 100 if text[:2].isdigit() else oldest
        value = _dated(text, year // 100 * 100)
        if not value and text.strip("<"):
            self._doubt("document.expires", EXPIRY_IMPOSSIBLE, text=text)
        return value


def _plain(text: str) -> str:
    """The zone's fillers as single spaces."""
    return " ".join(text.replace("<", " ").split())


def _dated(text: str, century: int) -> str:
    """YYMMDD as a date of that century, without what is unknown (fillers, or zeros); "" if it is none."""
    if re.fullmatch(r"\d\d(\d\d|<<)(\d\d|<<)", text) is None:
        return ""
    year = century + int(text[:2])
    month, day = (int(part) if part != "<<" else 0 for part in (text[2:4], text[4:]))
    try:
        known = date(year, month or 1, (day or 1) if month else 1).isoformat()
    except ValueError:
        return ""
    return known if month and day else known[:7] if month else known[:4]
