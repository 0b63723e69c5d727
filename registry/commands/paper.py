"""What is printed beside the letters themselves: addresses, lists for the counter and the door, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.outreach.addressing import Addressed  # noqa: F401
    from registry.registration.certificates import CertificateWritten  # noqa: F401

#: The purpose of consent of what is no letter of a template.
NEWS = "outreach_news"


@dataclass(frozen=True)
class WriteLabels(Command["Addressed"]):
    """Write the addresses of those who may be written to on sheets of labels.

    Attributes:
        query: query language; "" = everybody.
        sheet: a maker's code or measures, as of `documents.sheets.sheet`.
        reason: why the data leaves the registry.
        start: the first label that is still on the sheet, from 1.
        purpose: of consent.
        ids: only these, when not None.
        campaign: code of one: those who got a letter, in the order of the letters; query and purpose are its own.
        by_post: sorted by country and postcode; else as they were found.
        kind: whom the query finds; associations get theirs without having agreed to a purpose.
    """

    query: str
    path: Path
    sheet: str
    reason: str
    start: int = 1
    purpose: str = NEWS
    ids: tuple[int, ...] | None = None
    campaign: str = ""
    by_post: bool = False
    kind: str = "people"


@dataclass(frozen=True)
class WriteEnvelopes(Command["Addressed"]):
    """Write one envelope a page to those who may be written to.

    Attributes:
        envelope: code of a size, as of `documents.stationery.envelope`.
        query, reason, purpose, ids, campaign, by_post, kind: as of `WriteLabels`.
    """

    query: str
    path: Path
    envelope: str
    reason: str
    purpose: str = NEWS
    ids: tuple[int, ...] | None = None
    campaign: str = ""
    by_post: bool = False
    kind: str = "people"


@dataclass(frozen=True)
class WriteRegisteredMail(Command["Addressed"]):
    """Write the numbered list that goes to the counter with registered letters.

    Attributes:
        query, reason, purpose, ids, campaign, by_post, kind: as of `WriteLabels`.
    """

    query: str
    path: Path
    reason: str
    purpose: str = NEWS
    ids: tuple[int, ...] | None = None
    campaign: str = ""
    by_post: bool = False
    kind: str = "people"


@dataclass(frozen=True)
class WriteAttendance(Command["Addressed"]):
    """Write the list that lies at the door: seat numbers and names, and a line to sign on.

    Attributes:
        title: what the list is headed; "" = nothing but what it is.
        purpose: of consent, by the channel of events.
        query, reason, ids, campaign: as of `WriteLabels`.
    """

    query: str
    path: Path
    reason: str
    title: str = ""
    purpose: str = NEWS
    ids: tuple[int, ...] | None = None
    campaign: str = ""


@dataclass(frozen=True)
class WriteCertificate(Command["CertificateWritten"]):
    """Write a person's certificate of registration; the next one for the same period is counted as a reprint.

    Attributes:
        language: of its words; "" = the person's own if we have it.
    """

    id: int
    path: Path
    language: str = ""


@dataclass(frozen=True)
class WriteExtract(Command[int]):
    """Write everything that is kept of a person, for that person; the result is how many facts it holds.

    Attributes:
        path: ends in .pdf, or in .json for another program.
        reason: why the data leaves the registry.
    """

    id: int
    path: Path
    reason: str
