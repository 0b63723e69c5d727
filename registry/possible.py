"""Dates that cannot be: still to come, before the birth, or in the wrong order; on the card and in a list alike."""

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

#: (table, column) -> field, and the most that there can be.
_MOST = {("person", "weeks_a_year"): ("weeks_a_year", 52), ("skill", "years"): ("skill.years", 100)}
#: Columns of an association that count some of its members, with their fields.
_OF_ALL = {"members_women": "members.women", "members_youth": "members.youth"}

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
    """What dates of one kind of record cannot be.

    Attributes:
        happened: the fields that tell what has happened.
        orders: pairs of fields that follow each other.
    """

    happened: tuple[fields.Field, ...]
    orders: tuple[Order, ...]


class Fault(NamedTuple):
    """A date of a draft that cannot be: where it stands, its field, and why, at the field where that is said."""

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
    return Rules(tuple(known[name] for name in known if name in _HAPPENED), orders)


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


def require_order(before: object, later: str, field: str, message: str) -> None:
    """Raise `Invalid` at `field` for a day earlier than `before`."""
    if problem := in_order(before, later, message):
        problem.field = field
        raise problem


def require_possible(kind: str, draft: Draft, existing: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Raise `Invalid`, at its field, for the first date of a draft that cannot be.

    Args:
        existing: the record's rows as they are, by group; empty for a new one.
    """
    for fault in faults(kind, draft, existing):
        raise fault.reason


def faults(kind: str, draft: Draft, existing: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Fault]:
    """Dates of a draft that cannot be, with what the record holds already; `existing` as of `require_possible`."""
    happened, orders = rules(kind)
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


def _fault(place: Place, typed: fields.Field, said: fields.Field, problem: Invalid | None) -> Iterator[Fault]:
    if problem is not None:
        problem.field = fields.numbered(said.name, int(place[1]))
        yield Fault(place, typed, problem)


def require_amounts(draft: Draft, existing: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Raise `Invalid`, at its field, for a number that cannot be: more weeks than a year, more women than members."""
    for (table, place), values in draft.rows.items():
        for (of, column), (name, most) in _MOST.items():
            value = values.get(column) if table == of else None
            if isinstance(value, int) and value > most:
                raise Invalid(TOO_MANY, field=fields.numbered(name, int(place)), number=value, most=most)
    written = draft.rows.get(("association", 0), {})
    own = {**existing.get("association", [{}])[0], **written}
    for column, name in _OF_ALL.items():
        some, members = own.get(column), own.get("members")
        if isinstance(some, int) and isinstance(members, int) and some > members and {column, "members"} & set(written):
            raise Invalid(MORE_THAN_ALL, field=name if column in written else "members", number=some, most=members)
