"""Families: relations between two people, and who lives in one household."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select

from db.models import person, record, relation
from db.records import slices
from registry import records, vocabularies
from registry.commands import Relate, SetHousehold
from registry.context import Context, View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.kinds import NOT_IN_LIST, TEXT, Situation
from registry.links import ONESELF
from registry.queries import SuggestHousehold


def relate(context: Context, command: Relate) -> bool:
    """Write that somebody is a relative of somebody, unless one side says so already."""
    _require_people(context.connection, (command.id, command.relative_id))
    if command.id == command.relative_id:
        raise Invalid(ONESELF, field="relative")
    kinds = vocabularies.get("relation")
    kind = kinds.find(command.kind)
    if kind is None:
        raise Invalid(NOT_IN_LIST, field="relative.kind", text=command.kind[:40])
    said = select(relation.c.id).where(
        ((relation.c.record_id == command.id) & (relation.c.relative_id == command.relative_id))
        & (relation.c.kind == kind)
        | ((relation.c.record_id == command.relative_id) & (relation.c.relative_id == command.id))
        & (relation.c.kind == kinds.inverses.get(kind, kind))
    )
    if context.connection.execute(said).first() is not None:
        return False
    row: dict[str, object] = {"record_id": command.id, "relative_id": command.relative_id, "kind": kind}
    context.transaction.insert(relation, [row])
    return True


def set_household(context: Context, command: SetHousehold) -> int:
    """Put people into one household, or out of theirs; those who are there already are not counted."""
    _require_people(context.connection, command.ids)
    name = TEXT.read(command.name, Situation(), "") or None
    return sum(context.transaction.update(person, i, {"household": name}) for i in dict.fromkeys(command.ids))


def suggest_household(view: View, query: SuggestHousehold) -> str:
    """The household that most of them are in, else a name that no household has yet."""
    _require_people(view.connection, query.ids)
    chosen = select(person.c.household, person.c.family_name, person.c.full_name).where(person.c.id.in_(query.ids))
    rows = view.connection.execute(chosen.order_by(person.c.birth_date, person.c.id)).all()
    held = Counter(row.household for row in rows if row.household)
    if held:
        return str(held.most_common(1)[0][0])
    called = str(rows[0].family_name or rows[0].full_name) if rows else ""
    taken = set(view.connection.execute(select(person.c.household).where(person.c.household.is_not(None))).scalars())
    name, place = called, 1
    while name in taken:
        place += 1
        name = f"{called} {place}"
    return name


def _require_people(connection: Connection, ids: tuple[int, ...]) -> None:
    """Raise `Invalid` unless all of these are people of the register."""
    found: set[int] = set()
    for some in slices(ids):
        known = select(record.c.id).where(record.c.id.in_(some), record.c.kind == PEOPLE)
        found.update(connection.execute(known).scalars())
    if not found.issuperset(ids):
        raise Invalid(records.NO_RECORD)
