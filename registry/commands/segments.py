"""Segments: saved queries and fixed lists, and what is done to many records at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.segments.looking import SegmentLook  # noqa: F401


@dataclass(frozen=True)
class SaveSegment(Command[bool]):
    """Keep a query under a name, or another one under the name of a segment; False if nothing was different.

    Attributes:
        kind: "people" or "associations".
        shared: whether all may use it; None = as it was, a new one is its maker's own.
    """

    name: str
    query: str
    kind: str = "people"
    shared: bool | None = None


@dataclass(frozen=True)
class RenameSegment(Command[bool]):
    """Call a segment something else, also in the queries of segments that name it."""

    name: str
    new_name: str


@dataclass(frozen=True)
class ShareSegment(Command[bool]):
    """Let all use a segment, or its maker alone."""

    name: str
    shared: bool = True


@dataclass(frozen=True)
class FreezeSegment(Command[int]):
    """Make a fixed list of whom a segment finds now; the result is how many they are."""

    name: str


@dataclass(frozen=True)
class DeleteSegment(Command[bool]):
    """Remove a segment, not the records that it finds."""

    name: str


@dataclass(frozen=True)
class AddToSegment(Command[int]):
    """Put records on a fixed list, which is made if there is none of this name; the result is how many came."""

    kind: str
    name: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class RemoveFromSegment(Command[int]):
    """Take records off a fixed list; the result is how many went."""

    kind: str
    name: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class LookAtSegment(Command["SegmentLook"]):
    """Tell what changed in a segment since this user's last look, and let the next one count from now."""

    name: str
