"""Dates and numbers that cannot be: still to come, in the wrong order, too large; on the card and in a list alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from registry import dates, fields
from registry.additions import remembered
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import PARTIAL_DATE, clean

if TYPE_CHECKING:
    from registry.drafts import Draft, Place

STILL_TO_COME = N_("{date} is still to come. Write the day on which it happened.")
BEFORE_BIRTH = N_("{date} is before the date of birth, {day}. Correct one of them.")
BEFORE_ACTIVITY = N_("{date} is before the activity itself, {day}. Correct one of them.")
BEFORE_BEGINNING = N_("{date} is before the beginning, {day}. Correct one of them.")
BEFORE_ISSUE = N_("{date} is before the document was issued, {day}. Correct one of them.")
BEFORE_REGISTRATION = N_("{date} is before the day of registration, {day}. Correct one of them.")
NO_DATE = N_("Write the date.")
TOO_MANY = N_("{number} cannot be: the most is {most}. Correct it.")
MORE_THAN_ALL = N_("{number} is more than all members, {most}. Correct one of them.")

#: Field -> the most that there can be.
_MOST = {"weeks_a_year": 52, "skill.years": 100}
#: Fields that count some of what another one counts.
_OF_ALL = (("members.women", "members"), ("members.youth", "members"))

#: Fields that tell what has happened.
_HAPPENED = frozenset({
    "birth_date", "died_on", "registered_on", "departure_year", "arrival_year", "document.issued", "founded",
    "members.on", "activity.date", "activity.followed_up", "activity.answered_on",
})  # fmt: skip
#: Fields of which the second cannot be earlier than the first, beside those of every beginning and end.
_ORDERS = (
    ("birth_date", "died_on", BEFORE_BIRTH),
    ("birth_date", "registered_on", BEFORE_BIRTH),
    ("registered_on", "valid_until", BEFORE_REGISTRATION),
    ("activity.date", "activity.follow_up", BEFORE_ACTIVITY),
    ("activity.date", "activity.followed_up", BEFORE_ACTIVITY),
    ("activity.date", "activity.answered_on", BEFORE_ACTIVITY),
    ("document.issued", "document.expires", BEFORE_ISSUE),
)


class Order(NamedTuple):
    """Two fields of one group of rows, of which the second cannot be earlier; catalogue message if it is."""

    before: fields.Field
    later: fields.Field
    message: str


class Rules(NamedTuple):
    """What dates and numbers of one kind of record cannot be.

    Attributes:
        happened: the fields that tell what has happened.
        orders: pairs of fields that follow each other.
        limited: fields that are numbers, and the most that each can be.
        parts: pairs of fields of which the first counts some of what the second counts.
    """

    happened: tuple[fields.Field, ...]
    orders: tuple[Order, ...]
    limited: tuple[tuple[fields.Field, int], ...]
    parts: tuple[tuple[fields.Field, fields.Field], ...]


class Fault(NamedTuple):
    """A date or a number of a draft that cannot be: where it stands, its field, and why, at the field to be told."""

    place: Place
    field: fields.Field
    reason: Invalid


@remembered
def rules(kind: str) -> Rules:
    """The rules for people or for associations."""
    known = fields.by_name(kind)
    spans = [(name, name.removesuffix(".from") + ".to", BEFORE_BEGINNING) for name in known if name.endswith(".from")]
    pairs = [pair for pair in (*_ORDERS, *spans) if {pair[0], pair[1]} <= known.keys()]
    dated = [pair for pair in pairs if known[pair[0]].kind is PARTIAL_DATE]
    orders = tuple(Order(known[before], known[later], message) for before, later, message in dated)
    happened = tuple(known[name] for name in known if name in _HAPPENED)
    limited = tuple((known[name], most) for name, most in _MOST.items() if name in known)
    parts = tuple((known[some], known[members]) for some, members in _OF_ALL if some in known)
    return Rules(happened, orders, limited, parts)


def day(text: str, field: str, born: object = None) -> str:
    """A date as typed, which has come and is not before `born`; raises `Invalid` at `field`."""
    if not text.strip():
        raise Invalid(NO_DATE, field=field)
    try:
        value = dates.parse(clean(text))
    except Invalid as problem:
        raise Invalid(problem.message, field=field, **problem.values) from None
    for wrong in (not_happened(value), in_order(born, value, BEFORE_BIRTH)):
        if wrong is not None:
            wrong.field = field
            raise wrong
    return value


def not_happened(value: str) -> Invalid | None:
    """What is wrong with a date that is still to come; an estimated one may be."""
    if value.endswith("~") or dates.earliest(value) <= date.today():
        return None
    return Invalid(STILL_TO_COME, date=dates.show(value))


def in_order(before: object, later: str, message: str) -> Invalid | None:
    """What is wrong with a date earlier than `before`; where either is estimated there is no telling."""
    if not isinstance(before, str) or "~" in before + later or dates.latest(later) >= dates.earliest(before):
        return None
    return Invalid(message, date=dates.show(later), day=dates.show(before))


def too_many(value: int, most: int) -> Invalid | None:
    """What is wrong with a number above what there can be."""
    return Invalid(TOO_MANY, number=value, most=most) if value > most else None


def more_than_all(some: object, members: object) -> Invalid | None:
    """What is wrong with a part that is larger than the whole; where either is not told there is no telling."""
    if not isinstance(some, int) or not isinstance(members, int) or some <= members:
        return None
    return Invalid(MORE_THAN_ALL, number=some, most=members)


def require_order(before: object, later: str, field: str, message: str) -> None:
    """Raise `Invalid` at `field` for a day earlier than `before`."""
    if problem := in_order(before, later, message):
        problem.field = field
        raise problem


def require_possible(kind: str, draft: Draft, existing: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Raise `Invalid`, at its field, for the first date or number of a draft that cannot be.

    Args:
        existing: the record's rows as they are, by group; empty for a new one.
    """
    for fault in faults(kind, draft, existing):
        raise fault.reason


def faults(kind: str, draft: Draft, existing: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Fault]:
    """What of a draft cannot be, with what the record holds already; `existing` as of `require_possible`."""
    happened, orders, limited, parts = rules(kind)
    for (group, place), values in draft.rows.items():
        if not isinstance(place, int):
            continue
        kept = existing.get(group, ())
        row = {**(kept[place] if place < len(kept) else {}), **values}
        for field in happened:
            if field.group == group and isinstance(value := values.get(field.column), str):
                yield from _fault((group, place), field, field, not_happened(value))
        for before, later, message in orders:
            if before.group != group or not isinstance(value := row.get(later.column), str):
                continue
            typed = later if later.column in values else before
            if typed.column in values:
                said = later if later.repeats else typed
                yield from _fault((group, place), typed, said, in_order(row.get(before.column), value, message))
        for field, most in limited:
            if field.group == group and isinstance(number := values.get(field.column), int):
                yield from _fault((group, place), field, field, too_many(number, most))
        for some, members in parts:
            typed = some if some.column in values else members
            if some.group == group and typed.column in values:
                problem = more_than_all(row.get(some.column), row.get(members.column))
                yield from _fault((group, place), typed, typed, problem)


def _fault(place: Place, typed: fields.Field, said: fields.Field, problem: Invalid | None) -> Iterator[Fault]:
    if problem is not None:
        problem.field = fields.numbered(said.name, int(place[1]))
        yield Fault(place, typed, problem)
