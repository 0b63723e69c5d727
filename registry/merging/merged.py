"""What became part of a record."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.models import merged_record
from registry.context import View
from registry.queries import ListMerged


@dataclass(frozen=True)
class MergedPart:
    """A record that was merged into another.

    Attributes:
        number, name: its own.
        merged_on: ISO date.
        officer: who merged it.
    """

    number: str
    name: str
    merged_on: str
    officer: str


def list_merged(view: View, query: ListMerged) -> tuple[MergedPart, ...]:
    """The last merged first."""
    part = merged_record.c
    columns = (part.number, part.name, part.merged_on, part.officer)
    found = select(*columns).where(part.record_id == query.id).order_by(part.id.desc())
    return tuple(MergedPart(*(text or "" for text in row)) for row in view.connection.execute(found))
