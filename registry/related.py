"""What a record is linked to, seen from its side: family, household, associations; members, officers, umbrella."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, func, select

from db.models import association, membership, officer, partner, person, record, relation
from registry import dates, fields, records, vocabularies
from registry.context import View
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, _
from registry.queries import GetRelated
from registry.search.tree import Term
from registry.search.writer import write

#: Groups in their order, with their headings and with the fields that a reader must see.
TITLES = {
    "relatives": N_("Family"),
    "household": N_("Same household"),
    "associations": N_("Associations"),
    "officers": N_("Officers"),
    "past_officers": N_("Former officers"),
    "members": N_("Members in the register"),
    "above": N_("Belongs to"),
    "below": N_("Organisations below"),
    "partners": N_("Partners"),
}
_SEEN = {
    "relatives": ((PEOPLE, "relative"),),
    "household": ((PEOPLE, "household"),),
    "associations": ((PEOPLE, "association"), (ASSOCIATIONS, "officer")),
    "officers": ((ASSOCIATIONS, "officer"),),
    "past_officers": ((ASSOCIATIONS, "officer"),),
    "members": ((PEOPLE, "association"),),
    "above": ((ASSOCIATIONS, "parent"),),
    "below": ((ASSOCIATIONS, "parent"),),
    "partners": ((ASSOCIATIONS, "partner"),),
}
#: Records shown of a group; the rest are found by its query.
_MOST = 50


@dataclass(frozen=True)
class Related:
    """One record, or a name that no record has.

    Attributes:
        kind: "people" or "associations".
        id: 0 where there is only a name.
        role: what it is to the record, in the reader's words; "" where nobody said.
        since, until: in the reader's words.
        age: in the reader's words; "" where it is not known.
        depth: how many steps below the record, for a tree.
        remark: what else to know.
        warning: what to mind.
    """

    kind: str
    id: int
    number: str
    name: str
    role: str = ""
    since: str = ""
    until: str = ""
    age: str = ""
    depth: int = 0
    remark: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Group:
    """Records that are linked in one way.

    Attributes:
        code: of `TITLES`.
        total: how many there are, of which `rows` has the first.
        query: finds them all; "" where the rows are all, or no query can.
    """

    code: str
    rows: tuple[Related, ...]
    total: int
    query: str = ""


def get_related(view: View, query: GetRelated) -> tuple[Group, ...]:
    """The groups of one record that this user may see, empty ones too."""
    if records.kinds_of(view.connection, [query.id]).get(query.id) != query.kind:
        raise Invalid(records.NO_RECORD)
    found = _of_person(view, query.id) if query.kind == PEOPLE else _of_association(view, query.id)
    return tuple(g for g in found if _sees(view, *_SEEN[g.code]))


def _sees(view: View, *needed: tuple[str, str]) -> bool:
    return all(view.session.sees(fields.by_name(kind)[name]) for kind, name in needed)


# --- people --------------------------------------------------------------------------------------------------


def _of_person(view: View, person_id: int) -> Iterator[Group]:
    here = list(_recorded_here(view, person_id))
    told = {(r.id, r.role) for r in here}
    relatives = [*here, *(r for r in _recorded_there(view, person_id) if (r.id, r.role) not in told)]
    yield _group("relatives", relatives)
    yield _household(view, person_id, {r.id: r.role for r in reversed(relatives) if r.id})
    yield _group("associations", [*_memberships(view, person_id), *_offices(view, person_id)])


def _recorded_here(view: View, person_id: int) -> Iterator[Related]:
    home = view.settings.get("home", "")
    joined = relation.join(person, relation.c.relative_id == person.c.id, isouter=True)
    for row in view.connection.execute(_people(joined, relation).where(relation.c.record_id == person_id)):
        dependant, foreign = row.dependant == "yes", row.citizenship not in (None, home)
        yield replace(
            _person(row, row.relative),
            role=_label("relation", row.kind),
            since=_day(row.since),
            until=_day(row.until),
            remark=_("Dependant") if dependant and not foreign else "",
            warning=_("Dependant who is not a national") if dependant and foreign else "",
        )


def _recorded_there(view: View, person_id: int) -> Iterator[Related]:
    inverses = vocabularies.get("relation").inverses
    joined = relation.join(person, relation.c.record_id == person.c.id)
    for row in view.connection.execute(_people(joined, relation).where(relation.c.relative_id == person_id)):
        yield replace(
            _person(row, ""),
            role=_label("relation", inverses.get(row.kind, row.kind)),
            since=_day(row.since),
            until=_day(row.until),
            remark=_("Depends on this relative") if row.dependant == "yes" else "",
        )


def _household(view: View, person_id: int, roles: Mapping[int, str]) -> Group:
    name = view.connection.execute(select(person.c.household).where(person.c.id == person_id)).scalar()
    if name is None:
        return Group("household", (), 0)
    shared = (person.c.household == name, person.c.id != person_id)
    rows = view.connection.execute(
        _people(person, person).where(*shared).order_by(person.c.birth_date, person.c.id).limit(_MOST)
    )
    total = view.connection.execute(select(func.count()).select_from(person).where(*shared)).scalar_one()
    sees_birth, today = _sees(view, (PEOPLE, "birth_date")), date.today()
    found = tuple(
        replace(
            _person(row, ""),
            role=roles.get(row.person_id, ""),
            age=dates.age(row.birth_date, today) if sees_birth and row.birth_date and row.state != "deceased" else "",
        )
        for row in rows
    )
    return Group("household", found, total, write(Term("household", ":", name)))


def _memberships(view: View, person_id: int) -> Iterator[Related]:
    joined = membership.join(association, membership.c.association_id == association.c.id, isouter=True)
    for row in view.connection.execute(_bodies(joined, membership).where(membership.c.record_id == person_id)):
        yield replace(
            _body(row, row.association), role=row.role or _("Member"), since=_day(row.since), until=_day(row.until)
        )


def _offices(view: View, person_id: int) -> Iterator[Related]:
    joined = officer.join(association, officer.c.record_id == association.c.id)
    for row in view.connection.execute(_bodies(joined, officer).where(officer.c.person_id == person_id)):
        yield replace(_body(row, ""), role=_office(row), since=_day(row.since), until=_day(row.until))


# --- associations --------------------------------------------------------------------------------------------


def _of_association(view: View, association_id: int) -> Iterator[Group]:
    joined = officer.join(person, officer.c.person_id == person.c.id, isouter=True)
    rows = view.connection.execute(_people(joined, officer).where(officer.c.record_id == association_id)).all()
    yield _group("officers", [_officer(row) for row in rows if not _is_over(row.until)])
    yield _group("past_officers", [_officer(row) for row in rows if _is_over(row.until)])
    yield _members(view, association_id)
    listed = select(
        association.c.id, association.c.name, association.c.parent_id, association.c.parent, record.c.number
    )
    bodies = listed.join(record, record.c.id == association.c.id)
    yield _group("above", list(_above(view, bodies, association_id)))
    yield _group("below", list(_below(view, bodies, association_id)))
    yield _group("partners", list(_partners(view, association_id)))


def _officer(row: Row[Any]) -> Related:
    remark = _("Signs for it") if row.signs == "yes" else ""
    since, until = _day(row.since), _day(row.until)
    return replace(_person(row, row.person), role=_office(row), since=since, until=until, remark=remark)


def _members(view: View, association_id: int) -> Group:
    joined = membership.join(person, membership.c.record_id == person.c.id)
    mine = membership.c.association_id == association_id
    chosen = _people(joined, membership).where(mine).order_by(None).order_by(person.c.sort_key, person.c.id)
    rows = view.connection.execute(chosen.limit(_MOST))
    counted = select(func.count(membership.c.record_id.distinct())).where(mine)
    total = view.connection.execute(counted).scalar_one()
    name = view.connection.execute(select(association.c.name).where(association.c.id == association_id)).scalar_one()
    found = tuple(
        replace(_person(row, ""), role=row.role or "", since=_day(row.since), until=_day(row.until)) for row in rows
    )
    return Group("members", found, total, write(Term("association", ":", name)))


def _above(view: View, bodies: Select[Any], association_id: int) -> Iterator[Related]:
    """The umbrellas, the nearest first; the last one may be a name only."""
    passed: set[int] = set()
    here: int | None = association_id
    while here is not None and here not in passed:
        passed.add(here)
        row = view.connection.execute(bodies.where(association.c.id == here)).one()
        if here != association_id:
            yield Related(ASSOCIATIONS, row.id, row.number, row.name)
        here = row.parent_id
        if here is None and row.parent is not None:
            yield Related(ASSOCIATIONS, 0, "", row.parent)


def _below(view: View, bodies: Select[Any], association_id: int) -> Iterator[Related]:
    """The organisations below, each before those that belong to it."""
    children: dict[int, list[Row[Any]]] = {}
    for row in view.connection.execute(bodies.where(association.c.parent_id.is_not(None)).order_by(association.c.name)):
        children.setdefault(row.parent_id, []).append(row)
    waiting = [(row, 0) for row in reversed(children.get(association_id, []))]
    passed = {association_id}
    while waiting:
        row, depth = waiting.pop()
        if row.id in passed:
            continue
        passed.add(row.id)
        yield Related(ASSOCIATIONS, row.id, row.number, row.name, depth=depth)
        waiting.extend((child, depth + 1) for child in reversed(children.get(row.id, [])))


def _partners(view: View, association_id: int) -> Iterator[Related]:
    """Partners named here, and those that name this association."""
    here = partner.join(association, partner.c.partner_id == association.c.id, isouter=True)
    there = partner.join(association, partner.c.record_id == association.c.id)
    named = set()
    for joined, mine in ((here, partner.c.record_id), (there, partner.c.partner_id)):
        for row in view.connection.execute(_bodies(joined, partner).where(mine == association_id)):
            found = _body(row, row.partner)
            if found.id == 0 or found.id not in named:
                named.add(found.id)
                yield found


# --- rows ----------------------------------------------------------------------------------------------------


def _people(source: FromClause, rows: FromClause) -> Select[Any]:
    """The columns of `rows`, with the person that they lead to, if any, in the order in which they were written."""
    who = (person.c.id.label("person_id"), person.c.full_name, record.c.number, person.c.state, person.c.birth_date)
    own = () if rows is person else _apart(rows)
    return _numbered(select(*who, *own), source, person.c.id).order_by(rows.c.id)


def _bodies(source: FromClause, rows: FromClause) -> Select[Any]:
    """As `_people`, with associations."""
    what = (association.c.id.label("association_id"), association.c.name, record.c.number)
    return _numbered(select(*what, *_apart(rows)), source, association.c.id).order_by(rows.c.id)


def _apart(rows: FromClause) -> Iterable[ColumnElement[Any]]:
    return (c for c in rows.c if c.name not in ("id", "record_id", "association_id", "person_id"))


def _numbered(chosen: Select[Any], source: FromClause, owner: ColumnElement[int]) -> Select[Any]:
    return chosen.select_from(source.join(record, record.c.id == owner, isouter=True))


def _person(row: Row[Any], text: str | None) -> Related:
    if row.person_id is None:
        return Related(PEOPLE, 0, "", text or "")
    return Related(PEOPLE, row.person_id, row.number, row.full_name)


def _body(row: Row[Any], text: str | None) -> Related:
    if row.association_id is None:
        return Related(ASSOCIATIONS, 0, "", text or "")
    return Related(ASSOCIATIONS, row.association_id, row.number, row.name)


def _group(code: str, rows: Sequence[Related]) -> Group:
    return Group(code, tuple(rows), len(rows))


def _office(row: Row[Any]) -> str:
    return fields.by_name(ASSOCIATIONS)["officer.role"].show(row.role) if row.role else _("Officer")


def _label(vocabulary: str, code: str | None) -> str:
    return vocabularies.get(vocabulary).label(code) if code else ""


def _day(value: str | None) -> str:
    return dates.show(value) if value else ""


def _is_over(until: str | None) -> bool:
    """Whether a partial date has passed: a year, when it is over."""
    exact = (until or "").rstrip("~")
    return bool(exact) and exact < date.today().isoformat()[: len(exact)]
