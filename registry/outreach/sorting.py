"""Who of a selection gets something, and why the others do not: decided for everybody at once, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select

from db.models import association, consent, officer, person, record, relation, sealed
from db.records import among
from registry import consents, dates
from registry.context import View
from registry.fields import PEOPLE
from registry.outreach.contacts import FEW, Contacts, Numbers, as_mask, in_columns, read_contacts
from registry.outreach.languages import best_spoken, preferred
from registry.outreach.reasons import CODES, CONSENT, EMAIL, NUMBER_OF, POSTED, TASK, VITAL
from registry.registration.states import DECEASED, RETURNED, UNTRACEABLE
from registry.settings import number as setting

_GIVEN, _REFUSED = 1, 2
#: What a registration's state means for a campaign, as the number of a reason.
_BY_STATE = {DECEASED: "deceased", UNTRACEABLE: "untraceable", "transferred": "gone", "erased": "gone"}
#: Between a partial date and anything: what is known of it only by the year counts as its last day.
_AFTER = "~"


@dataclass(frozen=True)
class Wanted:
    """What decides who gets something.

    Attributes:
        purpose, channel, basis, per: codes, see `reasons`.
        language: "auto" = each recipient's own, else a code.
        languages: those there is a text in, the fallback first.
    """

    purpose: str
    channel: str
    languages: tuple[str, ...]
    language: str = "auto"
    basis: str = CONSENT
    per: str = "person"
    kind: str = PEOPLE


@dataclass(frozen=True)
class Sorted:
    """A selection, each record at its place.

    Attributes:
        ids: record ids in the order in which they were asked for.
        reasons: 0 = gets it, else the reason's place in `CODES` plus one.
        languages: place in `wanted.languages`.
        contacts: row of the address, e-mail address or number; 0 = none.
        places: country of the destination, as its place in `countries`; 0 where nothing is posted.
    """

    wanted: Wanted
    ids: Numbers
    reasons: Numbers
    languages: Numbers
    contacts: Numbers
    places: Numbers
    countries: tuple[str, ...] = ("",)

    @property
    def recipients(self) -> Numbers:
        """Places of those who get it."""
        return np.flatnonzero(self.reasons == 0)

    @property
    def excluded(self) -> Numbers:
        """Places of the others."""
        return np.flatnonzero(self.reasons)

    def counted(self) -> dict[str, int]:
        """Reason -> how many, in the order in which reasons are looked at."""
        counts = np.bincount(self.reasons, minlength=len(CODES) + 1)
        return {code: int(counts[NUMBER_OF[code]]) for code in CODES if counts[NUMBER_OF[code]]}

    def destinations(self) -> dict[str, int]:
        """Country -> how many recipients."""
        counts = np.bincount(self.places[self.recipients], minlength=len(self.countries))
        return {code: int(n) for code, n in zip(self.countries, counts, strict=True) if n and code}

    def reason(self, place: int) -> str:
        """Why the record at a place gets nothing; "" = it gets it."""
        number = int(self.reasons[place])
        return CODES[number - 1] if number else ""

    def language(self, place: int) -> str:
        """The language in which the record at a place is written to."""
        return self.wanted.languages[int(self.languages[place])]


def sort_out(view: View, ids: Sequence[int] | Numbers, wanted: Wanted) -> Sorted:
    """Decide for each of these records."""
    asked = np.asarray(ids, np.int64)
    size = int(view.connection.execute(select(func.max(record.c.id))).scalar() or 0) + 1
    asked = asked[asked < size]
    few = asked.tolist() if len(asked) <= FEW else None
    found = read_contacts(view.connection, wanted.channel, few, size)
    if wanted.kind == PEOPLE:
        reasons, languages = _people(view, few, size, wanted, found)
    else:
        reasons, languages = _bodies(view, few, size, wanted, found)
    reasons = reasons[asked]
    if wanted.per == "household":
        reasons = _once_a_household(view.connection, few, size, asked, reasons)
    places = found.country[asked] if wanted.channel in POSTED else np.zeros(len(asked), np.int64)
    return Sorted(wanted, asked, reasons, languages[asked], found.row[asked], places, found.countries)


def _people(
    view: View, few: Sequence[int] | None, size: int, wanted: Wanted, found: Contacts
) -> tuple[Numbers, Numbers]:
    """By record id the number of a reason, and the place of a language."""
    by_state = case({state: NUMBER_OF[reason] for state, reason in _BY_STATE.items()}, value=person.c.state, else_=0)
    home = case((person.c.state == RETURNED, literal(1)), else_=literal(0))
    minor = case((under_age(view), literal(1)), else_=literal(0))
    chosen = select(person.c.id, by_state.label("s"), home.label("h"), minor.label("m"))
    chosen = chosen.add_columns(preferred(wanted.language, wanted.languages).label("l"))
    owners, state, returned, young, spoken = in_columns(view.connection, _those(chosen, person.c.id, few))
    reasons = _at(size, owners, state)
    answers = _answers(view.connection, few, size, wanted)
    agreed, refused = answers == _GIVEN, answers == _REFUSED
    _mark(reasons, "returned", (_at(size, owners, returned) == 1) & ~agreed)
    _mark(reasons, "individually", _alone(view.connection, few, size))
    minors = _at(size, owners, young) == 1
    if minors.any():
        _mark(reasons, "minor", minors & ~_guarded(view.connection, few, size))
    if wanted.basis == TASK:
        _mark(reasons, "do_not_contact", _wanting_nothing(view.connection, few, size))
    if wanted.basis != VITAL:
        _mark(reasons, "refused", refused)
    if wanted.basis == CONSENT:
        _mark(reasons, "no_consent", ~agreed)
    _unreachable(reasons, wanted.channel, found)
    languages = _at(size, owners, spoken)
    best_spoken(view.connection, few, languages, owners[spoken == 0], wanted.languages)
    return reasons, np.maximum(languages, 1) - 1


def _bodies(
    view: View, few: Sequence[int] | None, size: int, wanted: Wanted, found: Contacts
) -> tuple[Numbers, Numbers]:
    """The same for associations: they are no people, but who acts for them may be one to be contacted individually."""
    reasons = np.zeros(size, np.uint8)
    if wanted.per == "officer":
        acting = select(officer.c.record_id).where(officer.c.until.is_(None), officer.c.person_id.is_not(None))
        alone = acting.where(officer.c.person_id.in_(select(sealed.c.record_id).where(_IS_ALONE)))
        (owners,) = in_columns(view.connection, _those(alone, officer.c.record_id, few))
        _mark(reasons, "individually", as_mask(owners, size))
    _mark(reasons, "individually", _alone(view.connection, few, size))
    _unreachable(reasons, wanted.channel, found)
    wanted_place = wanted.languages.index(wanted.language) if wanted.language in wanted.languages else 0
    (here,) = in_columns(view.connection, _those(select(association.c.id), association.c.id, few))
    _mark(reasons, "gone", ~as_mask(here, size))
    return reasons, np.full(size, wanted_place, np.uint8)


def _unreachable(reasons: Numbers, channel: str, found: Contacts) -> None:
    if channel in POSTED:
        _mark(reasons, "mail_returned", found.back)
        _mark(reasons, "no_address", found.row == 0)
    else:
        _mark(reasons, "no_email" if channel == EMAIL else "no_number", found.row == 0)


def _mark(reasons: Numbers, code: str, whom: Numbers) -> None:
    """The first reason that fits counts."""
    reasons[whom & (reasons == 0)] = NUMBER_OF[code]


def _answers(connection: Connection, few: Sequence[int] | None, size: int, wanted: Wanted) -> Numbers:
    """What each said to this purpose and channel, so far as it counts today."""
    about = and_(consent.c.purpose == wanted.purpose, consent.c.channel == wanted.channel, consents.counting())
    said = case((consent.c.status == consents.GIVEN, literal(_GIVEN)), else_=literal(_REFUSED))
    chosen = select(consent.c.record_id, said.label("s")).where(about)
    owners, status = in_columns(connection, _those(chosen, consent.c.record_id, few))
    return _at(size, owners, status)


def _wanting_nothing(connection: Connection, few: Sequence[int] | None, size: int) -> Numbers:
    """Those who refused whatever they were asked: the card says that they are not to be contacted."""
    only = and_(func.min(consent.c.status) == consents.REFUSED, func.max(consent.c.status) == consents.REFUSED)
    chosen = select(consent.c.record_id).where(consents.counting()).group_by(consent.c.record_id).having(only)
    return as_mask(in_columns(connection, _those(chosen, consent.c.record_id, few))[0], size)


_IS_ALONE: ColumnElement[bool] = sealed.c.field == "safe_contact"


def _alone(connection: Connection, few: Sequence[int] | None, size: int) -> Numbers:
    """Those with sealed safe-contact instructions; what they say stays sealed, and the reason shown is neutral."""
    chosen = select(sealed.c.record_id).where(_IS_ALONE)
    return as_mask(in_columns(connection, _those(chosen, sealed.c.record_id, few))[0], size)


def to_be_contacted_alone(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those of these records with sealed safe-contact instructions."""
    alone = select(sealed.c.record_id).where(_IS_ALONE, among(sealed.c.record_id, ids))
    return set(connection.execute(alone).scalars())


def under_age(view: View) -> ColumnElement[bool]:
    """Who is not of age, or may not be as far as the date of birth is known."""
    adult = dates.years_later(date.today(), -setting(view.settings, "age_of_majority")).isoformat()
    return person.c.birth_date.concat(_AFTER) > adult + _AFTER


def guardians() -> Any:
    """Whose guardian or parent is known: (minor, name of the guardian), of both ways in which it is written."""
    other = person.alias("other")
    name = func.coalesce(other.c.full_name, relation.c.relative)
    named = select(relation.c.record_id.label("minor"), name.label("name"), relation.c.kind)
    named = named.join_from(relation, other, other.c.id == relation.c.relative_id, isouter=True)
    named = named.where(relation.c.kind.in_(("guardian", "parent")), _lives(other))
    from_them = select(relation.c.relative_id, other.c.full_name, relation.c.kind)
    from_them = from_them.join_from(relation, other, other.c.id == relation.c.record_id)
    theirs = and_(relation.c.kind.in_(("ward", "child")), relation.c.relative_id.is_not(None))
    from_them = from_them.where(theirs, _lives(other))
    return named.union_all(from_them)


def _lives(other: Any) -> ColumnElement[bool]:
    """A guardian who lives and is in no batch to be left out; one who is no record is taken as one."""
    alone = other.c.id.in_(select(sealed.c.record_id).where(_IS_ALONE))
    return and_(relation.c.until.is_(None), or_(other.c.id.is_(None), and_(other.c.state != DECEASED, ~alone)))


def _guarded(connection: Connection, few: Sequence[int] | None, size: int) -> Numbers:
    found = guardians().subquery()
    (owners,) = in_columns(connection, _those(select(found.c.minor), found.c.minor, few))
    return as_mask(owners, size)


def _once_a_household(
    connection: Connection, few: Sequence[int] | None, size: int, asked: Numbers, reasons: Numbers
) -> Numbers:
    """Only the first recipient of each household stays one."""
    household = func.replace(person.c.household, "\x1f", " ")
    chosen = _those(select(person.c.id, household.label("h")).where(person.c.household.is_not(None)), person.c.id, few)
    rows = chosen.subquery()
    texts = select(func.group_concat(rows.c.id, ","), func.group_concat(rows.c.h, "\x1f"))
    owners, names = connection.execute(texts).one()
    if owners is None:
        return reasons
    numbers: dict[str, int] = {}
    each = [numbers.setdefault(name, len(numbers) + 1) for name in names.split("\x1f")]
    of_record = _at(size, np.array(owners.split(","), np.int64), np.array(each, np.int64), np.int64)
    mine = np.where(reasons == 0, of_record[asked], 0)
    with_one = np.flatnonzero(mine)
    _households, first = np.unique(mine[with_one], return_index=True)
    served = with_one[~as_mask(first, len(with_one))]
    marked = reasons.copy()
    marked[served] = NUMBER_OF["household"]
    return marked


def _those(chosen: Any, column: ColumnElement[int], few: Sequence[int] | None) -> Any:
    return chosen if few is None else chosen.where(among(column, few))


def _at(size: int, owners: Numbers, values: Numbers, kind: Any = np.uint8) -> Numbers:
    """Values by record id; 0 where nothing is known."""
    found = np.zeros(size, kind)
    found[owners] = values
    return found


def only(found: Sorted, places: Numbers | slice) -> Sorted:
    """The same for some of them."""
    columns = {name: getattr(found, name)[places] for name in ("ids", "reasons", "languages", "contacts", "places")}
    return replace(found, **columns)
