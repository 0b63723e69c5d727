"""Several records made one, and taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.commands.command import Command


@dataclass(frozen=True)
class Merged:
    """The record that stays, its registration number, and how many became part of it."""

    id: int
    number: str
    count: int


@dataclass(frozen=True)
class MergeRecords(Command[Merged]):
    """Make the others part of one record: every fact goes there, and their numbers find it.

    Attributes:
        id: the record that stays.
        others: ids of those that become part of it.
        taken: canonical name of a field -> the record whose value is taken; else the value of the one that stays.
    """

    id: int
    others: tuple[int, ...]
    taken: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Unmerged:
    """What was taken apart.

    Attributes:
        id, number: of the record that is there again.
        from_id, from_number: of the one that it had become part of.
        kept: canonical names of fields changed since the merge, which stay as they are.
    """

    id: int
    number: str
    from_id: int
    from_number: str
    kept: tuple[str, ...]


@dataclass(frozen=True)
class UnmergeRecord(Command[Unmerged]):
    """Take a merged record out of the one that it became part of.

    Attributes:
        number: its own registration number; that of the record that it is part of means the last one merged.
        moving: (table, row id) of what was added since and belongs to it.
    """

    number: str
    moving: tuple[tuple[str, int], ...] = ()
