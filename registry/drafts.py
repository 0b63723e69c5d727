"""Texts under field names, read into the rows that will be kept: the one shape of form, import and command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

from registry import fields, possible
from registry.errors import Invalid
from registry.fields import HEADS, Field
from registry.i18n import N_, _
from registry.kinds import COUNTRY, EMAIL, LONG_TEXT, NAME, OPEN_CODE, PHONE, Situation, clean

UNKNOWN_FIELD = N_("“{name}” is not a field. Look the names up in the list of fields.")

#: What stands for "no value" in lists that people keep; in a name only what can't be one: Na, Nil and Null are names.
_NO_NAME = frozenset(("", "-", "--", "---", "n/a", "#n/a", "/", "?", "…"))
EMPTY = _NO_NAME | frozenset(("na", "n.a.", "null", "none", "nil", "néant", "s/o", "s.o."))
NOTHING_TO_BELONG_TO = N_("This belongs to a value that is missing or could not be read.")
#: Read values are remembered by text, for the many equal cells of a list, up to so many a column.
_REMEMBERED = 8_000

#: A row's place: its group of rows, and its number among the record's rows of that group; of a raw text, the field.
Place = tuple[str, int | str]


@dataclass(frozen=True)
class Problem:
    """A value that its field cannot hold.

    Attributes:
        field: canonical name, numbered.
        reason: the sentence, in the current language.
    """

    field: str
    reason: str


@dataclass
class Draft:
    """Rows to be, by place. A column with None is to be emptied; a column not named stays as it is.

    Attributes:
        rows: place -> column -> value.
        problems: values that were kept as raw text instead.
    """

    rows: dict[Place, dict[str, object]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def value(self, group: str, column: str, place: int | str = 0) -> object:
        """One value, or None."""
        return self.rows.get((group, place), {}).get(column)


class Unread(NamedTuple):
    """A text that its field can't hold, and why."""

    text: str
    reason: str


class Coded(NamedTuple):
    """A code that a vocabulary has for a text, and the text as it was written."""

    code: str
    text: str


class Called(NamedTuple):
    """A telephone number and how it was written."""

    e164: str
    raw: str


#: What a text was read into; None = it says nothing.
Value = str | Called | Coded | Unread | None
#: Values that say something.
_GIVEN = (str, Coded)


@dataclass(frozen=True)
class _Slot:
    """One name, and what is asked of its field for every value."""

    name: str
    field: Field
    place: Place
    empty: frozenset[str]
    column: str
    written: str
    counted: bool
    phone: bool
    email: bool


class _Known(dict[Any, Value]):
    """What the texts of one name mean, for the many equal cells of a list; those that were met last."""

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read = read

    def __missing__(self, text: Any) -> Value:
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = value = self._read(text)
        return value


class DraftReader:
    """Reads records whose texts stand under the same names, many of them."""

    def __init__(
        self, kind: str, names: Sequence[str], situation: Situation, orders: Mapping[str, str] | None = None
    ) -> None:
        """Raises `Invalid` for a name that is no field of `kind`.

        Args:
            names: canonical names, numbered.
            orders: canonical name -> "dmy" or "mdy", where a whole column has decided it.
        """
        self.kind = kind
        self._slots = [_slot(kind, name) for name in names]
        self._known = [_Known(partial(self._phone if s.phone else self._read, s)) for s in self._slots]
        # Most values are texts that are kept as they are, with nothing beside them.
        self._kept = [(not (s.phone or s.email or s.counted or s.written), s.place, s.column, s) for s in self._slots]
        self._situation = situation
        self._dated = {name: Situation(situation.country, order) for name, order in (orders or {}).items()}
        self._country_slot = next(
            (i for i, s in enumerate(self._slots) if s.field.kind is COUNTRY and s.place == ("address", 0)), None
        )

        self._today = date.today().isoformat()
        self._happened, self._orders, self._limited, self._of_all = self._rules(kind)
        heads = {s.place: i for i, s in enumerate(self._slots) if s.field.column == HEADS.get(s.place[0])}
        self._parts = [
            (i, heads.get(s.place))
            for i, s in enumerate(self._slots)
            if s.place[0] in HEADS and i not in heads.values()
        ]

    @property
    def slots(self) -> Sequence[_Slot]:
        """What is asked of the field of each name."""
        return self._slots

    def read(self, texts: Sequence[str], *, keep_empty: bool = False) -> Draft:
        """The draft of one record as somebody typed it, who is told what cannot be (`possible.require_possible`).

        Args:
            texts: one text a name, in their order.
            keep_empty: True when an empty text means "empty this field" (form, command line), False when it
                means "says nothing" (import).
        """
        return self.draft([value for (value,) in self._columns([texts])], keep_empty=keep_empty)

    def values(self, rows: Sequence[Sequence[str]]) -> list[tuple[Value, ...]]:
        """What the texts of records mean, of each one value a name: small to keep, ready for `draft`.

        A date or number that cannot be, for itself or beside the others, is unread like any other wrong value: nobody
        is there to correct it.
        """
        columns = self._columns(rows)
        for i in self._happened:
            # Longer texts of one beginning come later: most dates need no closer look.
            for at, value in enumerate(columns[i]):
                if type(value) is str and value > self._today and (problem := possible.not_happened(value)):
                    columns[i][at] = Unread(clean(rows[at][i]), str(problem))
        for i, most in self._limited:
            for at, value in enumerate(columns[i]):
                if type(value) is str and (problem := possible.too_many(int(value), most)):
                    columns[i][at] = Unread(clean(rows[at][i]), str(problem))
        for at, j, reason in self._disordered(columns):
            columns[j][at] = Unread(clean(rows[at][j]), reason)
        return list(zip(*columns, strict=True)) if columns else [()] * len(rows)

    def merged(self, values: Iterable[Value]) -> tuple[Value, ...]:
        """The values of one record from several rows; what cannot stand beside that of another row is unread."""
        columns = [[value] for value in values]
        for _at, j, reason in self._disordered(columns):
            columns[j][0] = Unread(str(columns[j][0]), reason)
        return tuple(value for (value,) in columns)

    def _disordered(self, columns: Sequence[Sequence[Value]]) -> Iterator[tuple[int, int, str]]:
        """Dates earlier than what they follow and parts above their whole: record, place, and why that cannot be."""
        for i, j, message in self._orders:
            for at, (before, later) in enumerate(zip(columns[i], columns[j], strict=True)):
                if type(before) is not str or type(later) is not str or later >= before:
                    continue
                if problem := possible.in_order(before, later, message):
                    yield at, j, str(problem)
        for i, j in self._of_all:
            for at, (some, members) in enumerate(zip(columns[i], columns[j], strict=True)):
                if type(some) is not str or type(members) is not str:
                    continue
                if problem := possible.more_than_all(int(some), int(members)):
                    yield at, i, str(problem)

    def _columns(self, rows: Sequence[Sequence[str]]) -> list[list[Value]]:
        """By name, what the texts of each record mean for themselves."""
        texts = list(zip(*rows, strict=True)) if rows else [() for _slot in self._slots]
        countries: Iterable[str] = repeat(self._situation.country)
        if (place := self._country_slot) is not None:
            read = map(self._known[place].__getitem__, texts[place])
            countries = [value if type(value) is str else self._situation.country for value in read]
        return [
            list(map(known.__getitem__, zip(countries, column, strict=False) if slot.phone else column))
            for slot, known, column in zip(self._slots, self._known, texts, strict=True)
        ]

    def problems(self, values: Sequence[Value]) -> list[Problem]:
        """The values that their fields can't hold, without making the draft."""
        found = []
        if Unread in map(type, values):
            pairs = zip(self._slots, values, strict=True)
            found = [Problem(slot.name, value.reason) for slot, value in pairs if type(value) is Unread]
        for part, head in self._parts:
            if type(values[part]) in _GIVEN and (head is None or type(values[head]) not in _GIVEN):
                found.append(Problem(self._slots[part].name, _(NOTHING_TO_BELONG_TO)))
        return found

    def draft(self, values: Sequence[Value], *, keep_empty: bool = False) -> Draft:
        """The draft that these values make."""
        rows: dict[Place, dict[str, object]] = {}
        draft = Draft(rows)
        for (plain, place, column, slot), value in zip(self._kept, values, strict=True):
            if value is None and not keep_empty:
                continue
            row = rows.get(place)
            if row is None:
                row = rows[place] = {}
            if plain and type(value) is str:
                row[column] = value
            else:
                _keep(draft, row, slot, value, keep_empty=keep_empty)
                if not row:
                    del rows[place]
        if not keep_empty:
            self._settle(draft)
        return draft

    def _rules(
        self, kind: str
    ) -> tuple[list[int], list[tuple[int, int, str]], list[tuple[int, int]], list[tuple[int, int]]]:
        """Places of names that tell what has happened, that follow each other, that have a limit, that are parts."""
        happened, orders, limited, parts = possible.rules(kind)
        at = {(s.place, s.field.column): i for i, s in enumerate(self._slots)}
        pairs = [
            (i, at[place, later.column], message)
            for before, later, message in orders
            for (place, column), i in at.items()
            if place[0] == before.group and column == before.column and (place, later.column) in at
        ]
        most = dict(limited)
        of_all = [
            (at[place, some.column], at[place, members.column])
            for some, members in parts
            for place in ((some.group, 0),)
            if {(place, some.column), (place, members.column)} <= at.keys()
        ]
        return (
            [i for i, s in enumerate(self._slots) if s.field in happened],
            pairs,
            [(i, most[s.field]) for i, s in enumerate(self._slots) if s.field in most],
            of_all,
        )

    def _read(self, slot: _Slot, text: str) -> Value:
        kind = slot.field.kind
        plain = text if kind is LONG_TEXT else clean(text)
        if plain.strip().casefold() in slot.empty:
            return None
        try:
            value = kind.read(plain, self._dated.get(slot.name, self._situation), slot.field.vocabulary)
        except Invalid as problem:
            return Unread(plain, str(problem))
        return Coded(value, plain) if kind is OPEN_CODE and value != plain else value

    def _phone(self, slot: _Slot, said: tuple[str, str]) -> Value:
        """A telephone number by the habits of a country."""
        country, plain = said[0], clean(said[1])
        if plain.casefold() in slot.empty:
            return None
        try:
            return Called(PHONE.read(plain, Situation(country), ""), plain)
        except Invalid as problem:
            return Unread(plain, str(problem))

    def _settle(self, draft: Draft) -> None:
        """Keep as raw text what belongs to a value that isn't there."""
        lonely = [p for p, row in draft.rows.items() if p[0] in HEADS and row.get(HEADS[p[0]]) is None]
        for place in lonely:
            row = draft.rows.pop(place)
            for slot in self._slots:
                if slot.place == place and (value := row.get(slot.field.column)) is not None:
                    draft.problems.append(Problem(slot.name, _(NOTHING_TO_BELONG_TO)))
                    draft.rows["raw_value", slot.name] = {"field": slot.name, "text": str(value)}


def _keep(draft: Draft, row: dict[str, object], slot: _Slot, value: Value, *, keep_empty: bool) -> None:
    """Put a value into the row of its draft, with what goes beside it."""
    if type(value) is Unread:
        draft.problems.append(Problem(slot.name, value.reason))
        if not slot.phone:
            draft.rows["raw_value", slot.name] = {"field": slot.name, "text": value.text}
            return
    if slot.phone:
        row["e164"] = value.e164 if type(value) is Called else None
        row["raw"] = value.raw if type(value) is Called else value.text if type(value) is Unread else None
        return
    if slot.written and (keep_empty or type(value) is Coded):
        row[slot.written] = value.text if type(value) is Coded else None
    if type(value) is Coded:
        value = value.code
    row[slot.column] = int(value) if slot.counted and type(value) is str else value
    if slot.email and type(value) is str:
        row["folded"] = value.casefold()


def _slot(kind: str, name: str) -> _Slot:
    found = fields.find(kind, name)
    if found is None:
        raise Invalid(UNKNOWN_FIELD, field=name, name=name)
    described, place = found
    empty = _NO_NAME if described.kind is NAME else EMPTY
    kinds = {"phone": described.kind is PHONE, "email": described.kind is EMAIL, "counted": described.counted}
    column, written = described.column, described.written
    return _Slot(name, described, (described.group, place), empty, column, written, **kinds)
