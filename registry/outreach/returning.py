"""Letters that came back: the address serves no more, and whoever lived there is to be traced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db.models import activity, address, person
from registry.commands import RecordReturned
from registry.context import Context
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.outreach.codes import recipient_of
from registry.outreach.following import day_of, recipients, set_state
from registry.outreach.preparing import names_of
from registry.outreach.reasons import RETURNS
from registry.records import kinds_of
from registry.whereabouts import not_ended

NO_REASON = N_("“{reason}” is no reason why mail comes back. Known: {known}.")
#: What became of a code: -> catalogue message.
RESULTS = {
    "returned": N_("Came back"),
    "already": N_("Written down before"),
    "unknown": N_("No letter of this post has this code"),
    "left_out": N_("Nothing was sent to this person"),
}
#: After these the address serves no more.
_ADDRESS_WRONG = frozenset({"unknown", "moved"})
_SAME = ("street", "house_number", "city", "postal_code", "country")


@dataclass(frozen=True)
class ReturnedCode:
    """One code as it was read.

    Attributes:
        result: a code of `RESULTS`.
        name: of the recipient, "" = not known.
        household: how many others of the household have the same address, which serves no more either.
    """

    code: str
    result: str
    record_id: int = 0
    number: str = ""
    name: str = ""
    household: int = 0


@dataclass(frozen=True)
class CameBack:
    """What came of the codes, in their order."""

    codes: tuple[ReturnedCode, ...]

    @property
    def changed(self) -> int:
        """How many letters were written down."""
        return sum(one.result == "returned" for one in self.codes)


def record_returned(context: Context, command: RecordReturned) -> CameBack:
    """Mark letters, their addresses, and what is to be done; codes that fit nothing are told."""
    if command.reason not in RETURNS:
        raise Invalid(NO_REASON, field="reason", reason=command.reason[:40], known=", ".join(RETURNS))
    day = day_of(command.on)
    post = context.settings["post"]
    numbers = {code: recipient_of(code, post) for code in command.codes}
    rows = recipients(context, [number for number in numbers.values() if number is not None])
    names = names_of(context, PEOPLE, [row.record_id for row in rows.values()])
    done: dict[int, ReturnedCode] = {}
    told = []
    for code, number in numbers.items():
        row = rows.get(number or 0)
        if row is None:
            told.append(ReturnedCode(code, "unknown"))
        else:
            result = "already" if row.state == "returned" or row.id in done else "returned"
            result = "left_out" if row.state == "excluded" else result
            others = _came_back(context, row, command.reason, day) if result == "returned" else 0
            done[row.id] = ReturnedCode(code, result, row.record_id, *names.get(row.record_id, ("", "")), others)
            told.append(done[row.id])
    return CameBack(tuple(told))


def _came_back(context: Context, row: Any, reason: str, day: str) -> int:
    """Everything that follows from one letter; returns how many others of the household are concerned."""
    set_state(context, row.id, state="returned", reason=reason, closed_on=day)
    others = _mark_address(context, row) if reason in _ADDRESS_WRONG else []
    if kinds_of(context.connection, [row.record_id]).get(row.record_id) == PEOPLE:
        note = {"record_id": row.record_id, "kind": "returned_mail", "date": day, "officer": context.session.name}
        note |= {"subject": _(RETURNS[reason]), "follow_up": day}
        context.transaction.insert(activity, [note])
    return len(others)


def _mark_address(context: Context, row: Any) -> list[int]:
    """The address, and the same one of others of the household."""
    chosen = select(address).where(address.c.id == row.contact_id, address.c.record_id == row.record_id)
    found = context.connection.execute(chosen).mappings().first()
    if found is None:
        return []
    used = dict(found)
    context.transaction.update(address, used["id"], {"state": "returned"})
    same = [each for each in _of_household(context, row.record_id) if _is_same(each, used)]
    for each in same:
        context.transaction.update(address, each["id"], {"state": "returned"})
    return [each["record_id"] for each in same]


def _of_household(context: Context, record_id: int) -> list[Mapping[str, Any]]:
    household = select(person.c.household).where(person.c.id == record_id).scalar_subquery()
    others = select(person.c.id).where(person.c.household == household, person.c.id != record_id)
    chosen = select(address).where(address.c.record_id.in_(others), not_ended())
    return [dict(row) for row in context.connection.execute(chosen).mappings()]


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all((one[name] or "").casefold() == (other[name] or "").casefold() for name in _SAME)
