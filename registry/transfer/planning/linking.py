"""Texts of a list that cannot be linked as they say: the row keeps its words, and the plan says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from db.models import association
from registry import fields, links
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import _
from registry.links import CIRCLE, NOBODY, ONESELF, OTHER_PERSON
from registry.search.folding import name_key
from registry.transfer.planning.lookup import TraitReader
from registry.transfer.planning.plan import CREATED, CellProblem, Entry, Plan
from registry.values import Value


class _Text(NamedTuple):
    """A text that names another record: the row it stands in, its field, and what it says."""

    entry: Entry
    field: str
    text: str


def problems(connection: Connection, plan: Plan, headers: Mapping[str, str]) -> Iterator[CellProblem]:
    """What of the rows that will be written leads nowhere, to itself or round in a circle.

    Args:
        headers: numbered name of a field -> header of its column.
    """
    # In the order in which they will be written.
    entries = sorted((e for e in plan.entries if e.values), key=lambda e: e.outcome != CREATED)
    texts = list(_texts(plan, entries))
    people = [one for one in texts if target(plan, one.field) == PEOPLE]
    umbrellas = [one for one in texts if one.field == "parent"]
    partners = [one for one in texts if target(plan, one.field) == ASSOCIATIONS and one.field != "parent"]
    for one, reason in (*_unknown(connection, plan, people), *_circles(connection, umbrellas)):
        yield CellProblem(one.entry.row, headers[one.field], reason)
    for one in partners if plan.kind == ASSOCIATIONS else ():
        if name_key(one.text) == name_key(one.entry.name):
            yield CellProblem(one.entry.row, headers[one.field], _(ONESELF))


def _texts(plan: Plan, entries: list[Entry]) -> Iterator[_Text]:
    places = [(i, name) for i, name in enumerate(plan.names) if target(plan, name)]
    for entry in entries if places else ():
        for place, name in places:
            value: Value = entry.values[place]
            if type(value) is str:
                yield _Text(entry, name, value)


def names_people(plan: Plan) -> bool:
    """Whether a column of the list names people of the register."""
    return any(target(plan, name) == PEOPLE for name in plan.names)


def target(plan: Plan, name: str) -> str:
    """The kind of record that the texts of a column may name; "" if they name none."""
    found = fields.find(plan.kind, name)
    return links.target(found[0]) if found is not None else ""


def _unknown(connection: Connection, plan: Plan, texts: list[_Text]) -> Iterator[tuple[_Text, str]]:
    known = links.people_numbered(connection, (one.text for one in texts))
    others = links.misnamed(connection, (one.text for one in texts))
    read = TraitReader(plan.kind, plan.names).number
    listed = {read(e.values) for e in plan.entries if e.outcome == CREATED} if plan.kind == PEOPLE else set()
    for one in texts:
        number = links.number_in(one.text)
        if number in listed:
            continue
        if number and number not in known:
            yield one, _(NOBODY, number=number)
        elif one.text in others:
            yield one, _(OTHER_PERSON, number=number)
        elif number and plan.kind == PEOPLE and known[number] == one.entry.target:
            yield one, _(ONESELF)


def _circles(connection: Connection, texts: list[_Text]) -> Iterator[tuple[_Text, str]]:
    if not texts:
        return
    parent = association.alias()
    linked = select(association.c.name_key, parent.c.name_key).join(parent, association.c.parent_id == parent.c.id)
    above: dict[str, str] = {row[0]: row[1] for row in connection.execute(linked)}
    called = {name_key(one.entry.name): one.entry.name for one in texts}
    for one in texts:
        mine, theirs = name_key(one.entry.name), name_key(one.text)
        last, passed = theirs, {mine}
        while above.get(last, mine) not in passed:
            passed.add(last)
            last = above[last]
        if mine == theirs:
            yield one, _(ONESELF)
        elif above.get(last) == mine:
            yield one, _(CIRCLE, name=called.get(last, one.text))
        else:
            above[mine] = theirs
