"""Confirming registrations, giving notice before they lapse, and letting them lapse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from db.models import person, record
from db.records import slices
from registry import dates
from registry.commands import ConfirmRegistration, LapseRegistrations, RecordNotice
from registry.context import Context
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.kinds import clean
from registry.registration import states
from registry.registration.outcomes import Left, Treated
from registry.registration.states import Row
from registry.settings import number
from registry.vocabularies import get as vocabulary

#: Days before the end of its validity from which a registration counts as expiring and notice may be given.
EXPIRES_WITHIN = 90

NOT_AHEAD = N_("{date} is past. Write a day until which the registration is to be valid.")
HAS_ENDED = N_("Its state is “{state}”. If the person is registered here again, set the state to active first.")
NOT_HERE = N_("Its state is “{state}”.")
NO_VALIDITY = N_("No day is written down until which it is valid.")
STILL_VALID = N_("It is valid until {date}.")
TOO_EARLY = N_("First notice of {date}: the second is due from {due} on.")
BOTH_GIVEN = N_("Both notices were given, the second on {date}.")
NO_NOTICE = N_("No notice was given. It lapses after two.")
ONE_NOTICE = N_("One notice was given, on {date}. It lapses after two.")
WAITING = N_("Second notice of {date}: it can lapse from {due} on.")

#: What is to be set in a person's own row, or why it is left as it is.
Decision = Row | str


def confirm_registration(context: Context, command: ConfirmRegistration) -> Treated:
    """Confirm these people today; who left the post for good is left."""
    today = date.today()
    values: Row = {"state": "active", "last_confirmed": today.isoformat()}
    values |= {"valid_until": _until(context, command.until, today), "first_notice": None, "second_notice": None}

    def decide(row: Row) -> Decision:
        return _(HAS_ENDED, state=_state(row)) if row["state"] in states.ENDED else values

    return _treat(context, command.ids, decide)


def record_notice(context: Context, command: RecordNotice) -> Treated:
    """Write down the next notice of each."""
    today, wait = date.today(), timedelta(days=number(context.settings, "notice_days"))

    def decide(row: Row) -> Decision:
        if row["state"] not in states.HERE:
            return _(NOT_HERE, state=_state(row))
        if not row["valid_until"]:
            return _(NO_VALIDITY)
        until, first, second = (_text(row[name]) for name in ("valid_until", "first_notice", "second_notice"))
        if dates.latest(until) > today + timedelta(days=EXPIRES_WITHIN):
            return _(STILL_VALID, date=dates.show(until))
        if second:
            return _(BOTH_GIVEN, date=dates.show(second))
        due = dates.latest(first) + wait if first else today
        if due > today:
            return _(TOO_EARLY, date=dates.show(first), due=dates.show(due.isoformat()))
        return {"state": "expiring", "second_notice" if first else "first_notice": today.isoformat()}

    return _treat(context, command.ids, decide)


def lapse_registrations(context: Context, command: LapseRegistrations) -> Treated:
    """Let lapse what ran out and had both notices long enough ago."""
    today, wait = date.today(), timedelta(days=number(context.settings, "notice_days"))

    def decide(row: Row) -> Decision:
        if row["state"] not in states.HERE:
            return _(NOT_HERE, state=_state(row))
        if not row["valid_until"]:
            return _(NO_VALIDITY)
        until, first, second = (_text(row[name]) for name in ("valid_until", "first_notice", "second_notice"))
        if dates.latest(until) >= today:
            return _(STILL_VALID, date=dates.show(until))
        if not second:
            return _(ONE_NOTICE, date=dates.show(first)) if first else _(NO_NOTICE)
        due = dates.latest(second) + wait
        if due > today:
            return _(WAITING, date=dates.show(second), due=dates.show(due.isoformat()))
        return {"state": "lapsed"}

    return _treat(context, command.ids, decide)


def valid_until(context: Context, begun: date) -> str:
    """Until when a registration is valid that is confirmed on a day."""
    return dates.years_later(begun, number(context.settings, "validity_years")).isoformat()


def _treat(context: Context, ids: Sequence[int], decide: Callable[[Row], Decision]) -> Treated:
    done, left = 0, list[Left]()
    columns = [person.c[name] for name in ("id", "state", "valid_until", "first_notice", "second_notice", "died_on")]
    joined = select(*columns, record.c.number).join_from(person, record, person.c.id == record.c.id)
    for some in slices(list(dict.fromkeys(ids))):
        context.progress.step(done + len(left), len(ids), _("Writing records"))
        rows = context.connection.execute(joined.where(person.c.id.in_(some))).mappings().all()
        for found in rows:
            row = dict(found)
            decided = decide(row)
            if isinstance(decided, str):
                left.append(Left(str(row["number"]), decided))
            else:
                states.write(context.transaction, row, dict(decided))
                done += 1
    return Treated(done, tuple(left))


def _until(context: Context, text: str, today: date) -> str:
    if not text.strip():
        return valid_until(context, today)
    try:
        value = dates.parse(clean(text))
    except Invalid as problem:
        raise Invalid(problem.message, field="valid_until", **problem.values) from None
    if dates.latest(value) < today:
        raise Invalid(NOT_AHEAD, field="valid_until", date=dates.show(value))
    return value


def _state(row: Row) -> str:
    return vocabulary("state").label(str(row["state"]))


def _text(value: object) -> str:
    return "" if value is None else str(value)
