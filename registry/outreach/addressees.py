"""Who opens a letter for somebody else or with them: a minor's guardian, a household, an association's officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from db.models import officer, person
from db.records import among
from registry.context import View
from registry.fields import PEOPLE
from registry.outreach.letter_making import Addressee
from registry.outreach.reasons import NUMBER_OF
from registry.outreach.sorting import Sorted, guardians, under_age

#: What a letter says of others of the household.
_SAID = ("full_name", "family_name", "title", "sex")


def acting_for(view: View, kind: str, per: str, ids: Sequence[int]) -> dict[int, Addressee]:
    """Record id -> who opens the letter, of those for whom somebody does; `per` as of `reasons.PER`."""
    if kind != PEOPLE:
        return _officers(view, ids) if per == "officer" else {}
    kin = guardians().subquery()
    rows = [*view.connection.execute(select(kin).where(among(kin.c[0], ids)))]
    # A guardian who was named as such before parents.
    named = {row[0]: Addressee(guardian=row[1]) for row in sorted(rows, key=lambda r: r[2] == "guardian") if row[1]}
    minors = _minors(view, named) if named else set()
    return {record_id: one for record_id, one in named.items() if record_id in minors}


def _minors(view: View, ids: Mapping[int, object]) -> set[int]:
    young = select(person.c.id).where(among(person.c.id, ids), under_age(view))
    return set(view.connection.execute(young).scalars())


def _officers(view: View, ids: Sequence[int]) -> dict[int, Addressee]:
    """Who acts for each association today: who signs for it first, else the first on its card."""
    chosen = select(officer.c.record_id, officer.c.person, officer.c.signs, person.c.title, person.c.sex)
    chosen = chosen.add_columns(person.c.family_name, person.c.full_name)
    chosen = chosen.join_from(officer, person, person.c.id == officer.c.person_id, isouter=True)
    chosen = chosen.where(among(officer.c.record_id, ids), officer.c.until.is_(None)).order_by(officer.c.id.desc())
    rows = sorted(view.connection.execute(chosen), key=lambda row: row.signs == "yes")
    return {
        row.record_id: Addressee(
            contact={"full_name": row.full_name or row.person or "", "title": row.title or "", "sex": row.sex or ""}
            | {"family_name": row.family_name or ""}
        )
        for row in rows
    }


def served_with(view: View, decided: Sorted, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Recipient -> others of the household who get nothing because they are served by that letter."""
    served = decided.ids[decided.reasons == NUMBER_OF["household"]].tolist()
    together: dict[str, list[int]] = {}
    for household, record_id in view.connection.execute(_households(served)):
        together.setdefault(household, []).append(record_id)
    recipients = view.connection.execute(_households(ids))
    return {
        record_id: tuple(sorted(together[household])) for household, record_id in recipients if household in together
    }


def household(view: View, ids: Sequence[int]) -> Addressee:
    """These others of the household, who are named on the letter too."""
    chosen = select(person.c.id, *(person.c[name] for name in _SAID)).where(among(person.c.id, ids))
    said = {row.id: {name: getattr(row, name) or "" for name in _SAID} for row in view.connection.execute(chosen)}
    return Addressee(household=tuple(said[record_id] for record_id in ids if record_id in said))


def _households(ids: Sequence[int]) -> Select[Any]:
    return select(person.c.household, person.c.id).where(among(person.c.id, ids), person.c.household.is_not(None))
