"""Sheets of letter paper, the windows of the envelopes used with them, and the envelopes themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.documents.paper import A4
from registry.errors import Invalid
from registry.i18n import N_
from registry.postal import alpha2

#: Points in a millimetre.
MM = 72 / 25.4
US_LETTER = (612.0, 792.0)

NO_WINDOW = N_("“{code}” is no envelope window of ours. Known: {known}.")
NO_ENVELOPE = N_("“{code}” is no size of envelope of ours. Known: {known}.")


@dataclass(frozen=True, slots=True)
class Stationery:
    """A sheet and the window of the envelopes used with it; millimetres from the upper left corner.

    Attributes:
        title: what officers call it, a catalogue message.
        address: left, top, width and height of the recipient's lines.
        return_line: top of the sender's small line over them, None where it stands in the letterhead only.
        body: where the date stands at the earliest.
        mark: left and top of the code by which a letter is known when it comes back.
    """

    title: str
    size: tuple[float, float]
    address: tuple[float, float, float, float]
    return_line: float | None
    body: float
    mark: tuple[float, float]
    left: float = 25.0
    right: float = 20.0
    bottom: float = 22.0


#: Each shows in its window wherever the sheet slides; so does the code, so that a returned letter stays closed.
WINDOWS: Mapping[str, Stationery] = {
    # DIN 5008: the recipient's zone is 27.3 mm high, under 17.7 mm for the return line.
    "din-5008-a": Stationery(N_("DIN 5008 form A (DL, C5/6, C5)"), A4, (25, 44.7, 75, 27.3), 39.5, 80, (86, 52)),
    "din-5008-b": Stationery(N_("DIN 5008 form B (DL, C5/6, C5)"), A4, (25, 62.7, 75, 27.3), 57.5, 98, (86, 70)),
    # NF Z 11-001: the window is on the right.
    "french": Stationery(N_("French, window on the right (DL, C5)"), A4, (110, 50, 80, 35), None, 95, (175, 58)),
    # A number 10 window envelope and a letter folded in three.
    "us-10": Stationery(N_("US number 10"), US_LETTER, (25.4, 52, 90, 26), None, 92, (100, 56), left=25.4, right=22),
    # A window of 90 x 45 mm, 20 mm from the left and 60 mm from the bottom (DIN 680); the sheet folded once.
    "c5": Stationery(N_("C5, sheet folded once"), A4, (22, 60, 68, 28), None, 95, (74, 66)),
    # The same window 45 mm from the top; the sheet unfolded.
    "c4": Stationery(N_("C4, sheet unfolded"), A4, (22, 47, 68, 26), None, 82, (74, 52)),
}
#: The side of the code's square.
MARK = 16.0
_FRENCH = ("FR", "MC", "LU", "BE", "MA", "DZ", "TN", "SN", "CI")
_NUMBER_10 = ("US", "CA", "MX", "CO", "CL", "CR", "GT", "PA", "PH", "PR", "SV", "VE")
_USUAL = {**dict.fromkeys(_FRENCH, "french"), **dict.fromkeys(_NUMBER_10, "us-10")}


def window(code: str, country: str) -> Stationery:
    """The sheet and window of that code; "" = what is usual in the country (ISO 3166-1) that letters are posted in.

    Raises:
        Invalid: there is no such window.
    """
    found = WINDOWS.get(code or usual_window(country))
    if found is None:
        raise Invalid(NO_WINDOW, code=code[:20], known=", ".join(WINDOWS))
    return found


def usual_window(country: str) -> str:
    """The code of the window that is usual in a country."""
    return _USUAL.get(alpha2(country), "din-5008-b")


def letter_paper(country: str) -> tuple[float, float]:
    """The size of paper that a country's offices print on, in points."""
    return US_LETTER if usual_window(country) == "us-10" else A4


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope that is printed on, long side across; width and height in millimetres."""

    width: float
    height: float


#: ISO 269 and the American number 10, as they lie in a printer.
ENVELOPES: Mapping[str, Envelope] = {
    "DL": Envelope(220, 110),
    "C6": Envelope(162, 114),
    "C5": Envelope(229, 162),
    "C4": Envelope(324, 229),
    "10": Envelope(241.3, 104.8),
}


def envelope(code: str) -> Envelope:
    """The envelope of that size; raises `Invalid` if there is none."""
    found = ENVELOPES.get(code.strip().upper().removeprefix("#"))
    if found is None:
        raise Invalid(NO_ENVELOPE, code=code[:20], known=", ".join(ENVELOPES))
    return found
