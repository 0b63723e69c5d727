"""Relations, which are kept with one person and seen from both: the side on which nothing is written."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from db.models import relation
from registry import vocabularies

_KIND = "relative.kind"
#: Fields of a relation that say something of both people.
BOTH_SIDES = frozenset({"relative", _KIND})


def named_by(owner: ColumnElement[int], recorded: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition "somebody of whom this holds has `owner` as a relative"; `recorded` is on `relation`."""
    return owner.in_(select(relation.c.relative_id).where(relation.c.relative_id.is_not(None), recorded))


def inverse_kinds(code: str) -> list[str]:
    """The kinds that are kept with somebody whom the other side sees as `code`: of a child the parent."""
    known = vocabularies.get("relation")
    return [kept for kept in known.codes if known.inverses.get(kept, kept) == code]
