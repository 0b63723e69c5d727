"""Texts under field names, read into the rows that will be kept: the one shape of form, import and command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import Any

from registry import fields, phones, possible
from registry.errors import Invalid
from registry.fields import HEADS, Field
from registry.i18n import N_, _
from registry.kinds import COUNTRY, EMAIL, LONG_TEXT, OPEN_CODE, PHONE, Situation, clean, clean_all
from registry.nothing import LONGEST_EMPTY, nothing_in
from registry.values import Called, Coded, Unread, Value
from registry.vocabularies import alpha2

UNKNOWN_FIELD = N_("“{name}” is not a field. Look the names up in the list of fields.")

NOTHING_TO_BELONG_TO = N_("This belongs to a value that is missing or could not be read.")
#: Values of a column that are remembered by text, for its equal cells; none where a third of so many texts are new.
_REMEMBERED, _MANY = 8_000, 1_000

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


#: Values that say something.
_GIVEN = (str, Coded, Called)


@dataclass(frozen=True)
class Slot:
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


class _Known:
    """What the texts of one name mean, for the many equal cells of a list; those that were met last.

    Attributes:
        unread: whether there has been one that its field can't hold.
    """

    def __init__(self, read: Callable[[Sequence[Any]], Sequence[Value]]) -> None:
        self._read = read
        self._values: dict[Any, Value] = {}
        self._various = False
        self.unread = False

    def of(self, column: Sequence[Any]) -> list[Value]:
        """What each text of a column means; a telephone number is a text with its country."""
        if self._various:
            return self._told(column)
        try:
            return list(map(self._values.__getitem__, column))
        except KeyError:  # which is found out as fast as can be: few columns have new texts for long
            self._learn(column)
            return list(map(self._values.__getitem__, column))

    def _learn(self, column: Sequence[Any]) -> None:
        news = set(column).difference(self._values)
        self._various = bool(self._values) and len(column) >= _MANY and 3 * len(news) > len(column)
        if len(self._values) + len(news) > _REMEMBERED:
            self._values.clear()
            news = set(column)
        texts = list(news)
        self._values.update(zip(texts, self._told(texts), strict=True))

    def _told(self, texts: Sequence[Any]) -> list[Value]:
        values = list(self._read(texts))
        self.unread = self.unread or Unread in map(type, values)
        return values


class DraftReader:
    """Reads records whose texts stand under the same names, many of them."""

    def __init__(
        self,
        kind: str,
        names: Sequence[str],
        situation: Situation,
        orders: Mapping[str, str] | None = None,
        countries: Mapping[str, str] | None = None,
    ) -> None:
        """Raises `Invalid` for a name that is no field of `kind`.

        Args:
            names: canonical names, numbered.
            orders: canonical name -> "dmy" or "mdy", where a whole column has decided it.
            countries: name of a telephone -> alpha-3 code of the country whose habits it follows, whatever others do.
        """
        self.kind = kind
        self._slots = [_slot(kind, name) for name in names]
        self._known = [_Known(partial(self._phones if s.phone else self._texts, s)) for s in self._slots]
        # Most values are texts that are kept as they are, with nothing beside them.
        self._kept = [(not (s.phone or s.email or s.counted or s.written), s.place, s.column, s) for s in self._slots]
        self._situation = situation
        self._dated = {name: Situation(situation.country, order) for name, order in (orders or {}).items()}
        self._countries = countries or {}
        self._country_slot = next(
            (i for i, s in enumerate(self._slots) if s.field.kind is COUNTRY and s.place == ("address", 0)), None
        )

        self._today = date.today().isoformat()
        self._happened, self._orders, self._limited, self._of_all = self._rules(kind)
        #: Places of values that may be unread although their texts are not.
        self._judged = {*self._happened, *(i for i, _most in self._limited)}
        self._judged |= {later for _first, later, _message in self._orders} | {some for some, _all in self._of_all}
        heads = {s.place: i for i, s in enumerate(self._slots) if s.column == HEADS.get(s.place[0])}
        self._parts = [
            (i, heads.get(s.place))
            for i, s in enumerate(self._slots)
            if s.place[0] in HEADS and i not in heads.values()
        ]

    @property
    def slots(self) -> Sequence[Slot]:
        """What is asked of the field of each name."""
        return self._slots

    def read(self, texts: Sequence[str], *, keep_empty: bool = False) -> Draft:
        """The draft of one record as somebody typed it, who is told what cannot be (`possible.require_possible`).

        Args:
            texts: one text a name, in their order.
            keep_empty: True when an empty text means "empty this field" (form, command line), False when it
                means "says nothing" (import).
        """
        return self.draft([value for (value,) in self._columns([(text,) for text in texts])], keep_empty=keep_empty)

    def values(self, rows: Sequence[Sequence[str]]) -> list[tuple[Value, ...]]:
        """What the texts of records mean, of each one value a name: small to keep, ready for `draft`."""
        columns = self.columns(list(zip(*rows, strict=True))) if rows else []
        return list(zip(*columns, strict=True)) if columns else [()] * len(rows)

    def columns(self, texts: Sequence[Sequence[str]]) -> list[list[Value]]:
        """What the texts of many records mean, a column a name.

        A date or number that cannot be, for itself or beside the others, is unread like any other wrong value: nobody
        is there to correct it.
        """
        columns = self._columns(texts)
        for i in self._happened:
            # Longer texts of one beginning come later: most dates need no closer look.
            later = [at for at, value in enumerate(columns[i]) if type(value) is str and value > self._today]
            for at in later:
                if problem := possible.not_happened(str(columns[i][at])):
                    columns[i][at] = Unread(clean(texts[i][at]), str(problem))
        for i, most in self._limited:
            for at, value in enumerate(columns[i]):
                if type(value) is str and (problem := possible.too_many(int(value), most)):
                    columns[i][at] = Unread(clean(texts[i][at]), str(problem))
        for at, j, reason in self._disordered(columns):
            columns[j][at] = Unread(clean(texts[j][at]), reason)
        return columns

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

    def _columns(self, texts: Sequence[Sequence[str]]) -> list[list[Value]]:
        """By name, what the text of each record means for itself."""
        countries: Iterable[str] = repeat(self._situation.country)
        if (place := self._country_slot) is not None:
            read = self._known[place].of(texts[place])
            countries = [value if type(value) is str else self._situation.country for value in read]
        return [
            known.of(list(zip(self._of_phone(slot, countries), column, strict=False)) if slot.phone else column)
            for slot, known, column in zip(self._slots, self._known, texts, strict=True)
        ]

    def _of_phone(self, slot: Slot, countries: Iterable[str]) -> Iterable[str]:
        own = self._countries.get(slot.name)
        return repeat(own) if own else countries

    def problems(self, columns: Sequence[Sequence[Value]]) -> list[tuple[int, Problem]]:
        """Place and problem of the values that their fields can't hold, in the order of the records."""
        found: list[tuple[int, Problem]] = []
        for i, (slot, column, known) in enumerate(zip(self._slots, columns, self._known, strict=True)):
            if known.unread or i in self._judged:
                found += [(at, Problem(slot.name, v.reason)) for at, v in enumerate(column) if type(v) is Unread]
        for part, head in self._parts:
            heads = map(type, columns[head]) if head is not None else repeat(type(None))
            pairs = list(zip(map(type, columns[part]), heads, strict=False))
            # A telephone number that could not be read is kept as it was written, with what belongs to it.
            given = (*_GIVEN, Unread) if head is not None and self._slots[head].phone else _GIVEN
            lonely = {(mine, its) for mine, its in set(pairs) if mine in _GIVEN and its not in given}
            if lonely:
                problem = Problem(self._slots[part].name, _(NOTHING_TO_BELONG_TO))
                found += [(at, problem) for at, pair in enumerate(pairs) if pair in lonely]
        return sorted(found, key=itemgetter(0))

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

    def _texts(self, slot: Slot, texts: Sequence[str]) -> list[Value]:
        """What texts of one name mean, each for itself."""
        kind = slot.field.kind
        plain = texts if kind is LONG_TEXT else clean_all(texts)
        values: list[Value] = list(kind.usual(plain))
        if None in values:
            values = [self._read(slot, p) if v is None and p else v for p, v in zip(plain, values, strict=True)]
        return _without_empty(slot, plain, values)

    def _read(self, slot: Slot, plain: str) -> Value:
        kind = slot.field.kind
        try:
            value = kind.read(plain, self._dated.get(slot.name, self._situation), slot.field.vocabulary)
        except Invalid as problem:
            return Unread(plain, str(problem))
        return Coded(value, plain) if kind is OPEN_CODE and value != plain else value

    def _phones(self, slot: Slot, said: Sequence[tuple[str, str]]) -> list[Value]:
        """Telephone numbers, each by the habits of a country."""
        plain = clean_all([text for _country, text in said])
        regions = {country: alpha2(country) for country, _text in said}
        values = [
            _phone(country, p, regions[country]) if p else None for (country, _text), p in zip(said, plain, strict=True)
        ]
        return _without_empty(slot, plain, values)

    def _settle(self, draft: Draft) -> None:
        """Keep as raw text what belongs to a value that isn't there."""
        lonely = [p for p, row in draft.rows.items() if p[0] in HEADS and row.get(HEADS[p[0]]) is None]
        for place in lonely:
            row = draft.rows.pop(place)
            for slot in self._slots:
                if slot.place == place and (value := row.get(slot.field.column)) is not None:
                    draft.problems.append(Problem(slot.name, _(NOTHING_TO_BELONG_TO)))
                    draft.rows["raw_value", slot.name] = {"field": slot.name, "text": str(value)}


def _phone(country: str, plain: str, region: str) -> Value:
    if number := phones.usual(phones.with_plus(plain), region):
        return Called(number, plain)
    try:
        return Called(PHONE.read(plain, Situation(country), ""), plain)
    except Invalid as problem:
        return Unread(plain, str(problem))


def _without_empty(slot: Slot, plain: Sequence[str], values: list[Value]) -> list[Value]:
    """The values, None where a text stands for none."""
    stripped = map(str.strip, plain) if slot.field.kind is LONG_TEXT else plain
    nothing = slot.empty.intersection([text.casefold() for text in stripped if len(text) <= LONGEST_EMPTY])
    if not nothing:
        return values
    return [None if p.strip().casefold() in nothing else v for p, v in zip(plain, values, strict=True)]


def _keep(draft: Draft, row: dict[str, object], slot: Slot, value: Value, *, keep_empty: bool) -> None:
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


def _slot(kind: str, name: str) -> Slot:
    found = fields.find(kind, name)
    if found is None:
        raise Invalid(UNKNOWN_FIELD, field=name, name=name)
    described, place = found
    kinds = {"phone": described.kind is PHONE, "email": described.kind is EMAIL, "counted": described.counted}
    column, written = "raw" if described.kind is PHONE else described.column, described.written
    return Slot(name, described, (described.group, place), nothing_in(described), column, written, **kinds)
