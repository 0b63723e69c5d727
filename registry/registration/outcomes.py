"""What the commands of registration tell of what they did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Left:
    """A record that was left as it is, and why, in the current language."""

    number: str
    reason: str


@dataclass(frozen=True)
class Treated:
    """What became of several registrations.

    Attributes:
        done: how many were treated.
        left: those that were not.
    """

    done: int
    left: tuple[Left, ...]


@dataclass(frozen=True)
class Followed:
    """What became of one person, and what followed.

    Attributes:
        people: how many people were written, members of the household included.
        closed: how many addresses, jobs, memberships, offices and follow-ups were closed.
        to_look_at: sentences about what the program does not decide by itself.
    """

    people: int
    closed: int = 0
    to_look_at: tuple[str, ...] = ()
