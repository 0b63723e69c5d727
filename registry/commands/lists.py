"""How somebody looks at a list: its columns and its order, kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from registry.commands.command import Command


@dataclass(frozen=True)
class SaveListView(Command[bool]):
    """Keep columns and order of a list under a name, which is this user's own; False if nothing was different.

    Attributes:
        kind: "people" or "associations".
        columns: canonical names, in order.
        sort: canonical name of the field that the list is sorted by; "" = by name.
        descending: largest first.
    """

    kind: str
    name: str
    columns: tuple[str, ...]
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class DeleteListView(Command[bool]):
    """Forget one of this user's views; raises `Invalid` if there is none of this name."""

    kind: str
    name: str


@dataclass(frozen=True)
class SaveStatistics(Command[bool]):
    """Keep what is counted under a name that all colleagues see; False if nothing was different.

    Attributes:
        by, query, kind, public, everybody: as of `CountBy`.
        chart: "bars", "beside", "columns", "pyramid" or "" = what suits the fields.
    """

    name: str
    by: tuple[str, ...]
    query: str = ""
    kind: str = "people"
    public: bool = False
    everybody: bool = False
    chart: str = ""


@dataclass(frozen=True)
class RenameStatistics(Command[bool]):
    """Give saved statistics another name."""

    name: str
    new_name: str


@dataclass(frozen=True)
class DeleteStatistics(Command[bool]):
    """Forget saved statistics; nobody's records change."""

    name: str
