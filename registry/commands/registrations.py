"""Steps of a registration: confirmed, noticed, lapsed, moved, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.registration.outcomes import Followed, Treated  # noqa: F401


@dataclass(frozen=True)
class ConfirmRegistration(Command["Treated"]):
    """Confirm registrations today: active again, valid anew, notices cleared.

    Attributes:
        until: a day until which they are valid; "" = by the registry's setting `validity_years`.
    """

    ids: tuple[int, ...]
    until: str = ""


@dataclass(frozen=True)
class RecordNotice(Command["Treated"]):
    """Write down that the next notice went out: the first, and `notice_days` later the second."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class LapseRegistrations(Command["Treated"]):
    """Let registrations lapse that ran out and were given two notices; others are left, and it is said why."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class MovePerson(Command["Followed"]):
    """Close somebody's address and write down the new one.

    Attributes:
        texts: canonical names of address fields, and `consular_district` -> text, as typed.
        since: the day of the move.
        household: also those of the household who live at the same address.
    """

    id: int
    texts: Mapping[str, str]
    since: str
    household: bool = False


@dataclass(frozen=True)
class TransferPerson(Command["Followed"]):
    """Hand a registration over to another post, from a day on."""

    id: int
    post: str
    since: str


@dataclass(frozen=True)
class ReturnPerson(Command["Followed"]):
    """Somebody went home for good: addresses abroad end on that day.

    Attributes:
        since: the day of the return.
        reachable: consents stay as they are; False = the person is not to be written to any more.
        texts: the address at home, as of `MovePerson`; may be empty.
    """

    id: int
    since: str
    reachable: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordDeath(Command["Followed"]):
    """Somebody died: what was going on ends on that day, and nothing is sent any more.

    Attributes:
        died_on: the day, or what is known of it.
        source: from where that is known.
    """

    id: int
    died_on: str
    source: str = ""


@dataclass(frozen=True)
class MarkUntraceable(Command["Followed"]):
    """Nobody knows where somebody lives: the address counts as one from which mail comes back."""

    id: int
    reason: str
