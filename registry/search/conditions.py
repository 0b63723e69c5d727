"""Tree to conditions on the register's tables."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, not_, or_, select, true

from db.models import METADATA, activity, association, consent, merged_record, person, record, record_column
from registry import consents, fields, hosts, kinds, links, vocabularies, whereabouts
from registry.context import View
from registry.errors import Invalid
from registry.fields import CONSENT, KEYED, PEOPLE, Field
from registry.i18n import N_
from registry.search import inside, nearby, regions, relatives, values, words
from registry.search.folding import IDEOGRAPH, digits, fold, native
from registry.search.names import NEAR, SEGMENT, Names
from registry.search.parser import UNKNOWN_FIELD
from registry.search.tree import And, Node, Not, Or, Phrase, Term, Word
from registry.search.values import BY_CODE, COMPARE, require_no_order
from registry.vocabularies.suggesting import key

TOO_MANY = N_("“{value}” fits too many values of “{word}”. Write more of it.")

#: "No value" and "any value", in the languages of the interface and as spreadsheets have it.
NOTHING = frozenset({"none", "empty", "aucun", "aucune", "vide"})
ANYTHING = frozenset({"any", "tout", "toute"})
#: "Not coded yet": what was written is kept as text until somebody finds the code for it.
UNCODED = frozenset({"uncoded", "noncode", "non code"})
REFUSED = "refused"
_LEVEL = re.compile(r"(?P<value>.+?)(?P<operator>>=|<=|>|<|:)(?P<level>.+)")
#: What a row may owe: column -> which rows call for it. `none` finds those where it is missing, not those without rows.
OWED: dict[tuple[str, str], ColumnElement[bool]] = {
    ("activity", "answered_on"): activity.c.kind == "concern",
    ("activity", "followed_up"): activity.c.follow_up.is_not(None),
}
_MOST_VALUES = 20_000


@dataclass(frozen=True)
class Conditions:
    """Turns trees into conditions on the own table of a kind, `person` or `association`, for one user.

    Attributes:
        view: what is looked at; text values are looked up in it.
        names: the field words of the kind.
        within: ids of the segments whose query this is part of, the outermost first.
        opened: ids of all segments whose queries were opened for the whole.
    """

    view: View
    names: Names
    within: tuple[int, ...] = ()
    opened: list[int] = dataclasses.field(default_factory=list)

    @property
    def owner(self) -> ColumnElement[int]:
        """The record's id in its own table."""
        return own_table(self.names.kind).c.id

    def of(self, node: Node) -> ColumnElement[bool]:
        """The condition of `node`; raises `Invalid` for a value that its field cannot have."""
        match node:
            case Word(text):
                return words.matching(self.owner, [text])
            case Phrase(text):
                return words.phrase(self.owner, text)
            case Term():
                return self._term(node)
            case Not(item):
                return not_(self.of(item))
            case And(items):
                plain = [i.text for i in items if isinstance(i, Word)]
                bounds = self._bounds(items)
                alone = [i for i in items if not isinstance(i, Word) and not any(i in pair for pair in bounds)]
                rest = [*(self.of(i) for i in alone), *(self._rows(self.field(b[0]), self.row_like(b)) for b in bounds)]
                return and_(true(), *([words.matching(self.owner, plain)] if plain else []), *rest)
            case Or(items):
                return or_(*(self.of(i) for i in items))

    def field(self, term: Term) -> Field:
        """The field that a term is about, the first of a group; raises `Invalid` if there is none."""
        return self._fields(term)[0]

    def row_like(self, terms: Iterable[Term]) -> ColumnElement[bool]:
        """What one row of a table must be like, by several terms about its fields, to count for them all."""
        conditions: list[ColumnElement[bool]] = []
        for term in terms:
            field = self.field(term)
            owed = OWED.get((field.table, field.column))
            if owed is not None and term.operator == ":" and fold(term.value) in NOTHING:
                conditions += [owed, _column(field).is_(None)]
            else:
                conditions += [self._value(field, term), standing(field)]
        return and_(true(), *conditions)

    def _bounds(self, items: Iterable[Node]) -> list[tuple[Term, ...]]:
        """Terms that set a lower and an upper bound to one repeated field: both are meant of the same value."""
        found: dict[str, list[Term]] = {}
        for item in items:
            if isinstance(item, Term) and item.operator in COMPARE and (field := self.field(item)).repeats:
                found.setdefault(field.name, []).append(item)
        return [tuple(some) for some in found.values() if len(some) > 1]

    def _fields(self, term: Term) -> tuple[Field, ...]:
        found = self.names.find(term.field)
        if not found:
            nearest = self.names.nearest(term.field)
            raise Invalid(UNKNOWN_FIELD, word=term.field, position=term.position, suggestion=nearest)
        return found

    def _term(self, term: Term) -> ColumnElement[bool]:
        found = self._fields(term)
        if found[0].table == CONSENT and found[0].key is not None:
            return self._consent(found, term)
        field, folded = found[0], fold(term.value)
        if field is SEGMENT:
            require_no_order(field, term)
            return inside.condition(self, term)
        if field.table == hosts.TABLE:
            return self._host(field, term, folded)
        if term.operator == ":" and field.vocabulary and term.value.startswith(BY_CODE):
            return self._rows(field, self._value(field, term))
        if term.operator == ":" and folded in NOTHING and (field.table, field.column) in OWED:
            return self.owner.in_(select(_owner(_table(field))).where(self.row_like([term])))
        if term.operator == ":" and folded in NOTHING:
            return not_(self._anything(field))
        if term.operator == ":" and folded in ANYTHING:
            return self._anything(field)
        if field.kind is kinds.NAME and field.index == "name" and field.name in ("full_name", "name"):
            require_no_order(field, term)
            return words.matching(self.owner, term.value.split(), "name")
        found_here = self._rows(field, self._value(field, term))
        return or_(found_here, self._as_relative(field, term)) if field.name in relatives.BOTH_SIDES else found_here

    def _anything(self, field: Field) -> ColumnElement[bool]:
        """Whether there is any value."""
        held = links.said(field).is_not(None)
        both = field.name in relatives.BOTH_SIDES
        return or_(self._rows(field, held), relatives.named_by(self.owner, held)) if both else self._rows(field, held)

    def _as_relative(self, field: Field, term: Term) -> ColumnElement[bool]:
        """The same of who is named as a relative on the card of somebody else."""
        column = _column(field)
        if field.vocabulary:
            seen_there = relatives.inverse_kinds(values.code(field.vocabulary, term.value, term))
            return relatives.named_by(self.owner, column.in_(seen_there))
        return relatives.named_by(self.owner, _owner(_table(field)).in_(_called(PEOPLE, term.value)))

    def _value(self, field: Field, term: Term) -> ColumnElement[bool]:
        """What the field's rows must be like."""
        with_level = self.with_level(field, term)
        if with_level is not None:
            level, of_value, of_level = with_level
            return and_(self._value(field, of_value), self._value(level, of_level))
        if field.name == NEAR:
            require_no_order(field, term)
            return _column(field).in_(nearby.cities(nearby.in_register(self.view.connection), term))
        if field.vocabulary and term.operator == ":" and term.value.startswith(BY_CODE):
            return _column(field).in_(values.by_code(field, term))
        if field.kind is kinds.OPEN_CODE:
            require_no_order(field, term)
            return self._open_coded(field, term)
        if field.vocabulary:
            return _column(field).in_(values.coded(field, term))
        if field.kind is kinds.PARTIAL_DATE:
            return values.on_date(_column(field), term)
        if field.kind is kinds.INTEGER:
            return values.counted(field, _column(field), term)
        require_no_order(field, term)
        if field.kind is kinds.PHONE:
            core = digits(term.value).lstrip("0")
            return or_(_column(field).contains(core), _table(field).c.raw.contains(core)) if core else false()
        return self._text(field, term)

    def with_level(self, field: Field, term: Term) -> tuple[Field, Term, Term] | None:
        """`fr>=B2`: the field of the level, the term about the value and the one about its level."""
        match = _LEVEL.fullmatch(term.value)
        level = fields.by_name(self.names.kind).get(f"{field.name}.level")
        if match is None or level is None or term.operator != ":":
            return None
        if match["operator"] == ":" and vocabularies.get(level.vocabulary).find(match["level"]) is None:
            return None  # a colon in the value itself
        of_value = Term(term.field, ":", match["value"], term.position)
        return level, of_value, Term(term.field, match["operator"], match["level"], term.position)

    def _text(self, field: Field, term: Term) -> ColumnElement[bool]:
        """Values of which some word begins like the text; the comparison is folded, so not the database's."""
        column, owner = _column(field), _owner(_table(field))
        candidates = select(column).where(column.is_not(None), of_key(field)).distinct()
        if field.index and fold(term.value) and field.name not in regions.REGIONS:
            candidates = candidates.where(words.matching(owner, term.value.split(), field.index))
        given = map(str, self.view.connection.execute(candidates).scalars())
        fitting = fitting_texts(self.view, field, term.value, given)
        if len(fitting) > _MOST_VALUES:
            raise Invalid(TOO_MANY, value=term.value, word=term.field)
        return or_(column.in_(fitting), self._linked(field, term))

    def _linked(self, field: Field, term: Term) -> ColumnElement[bool]:
        """Links to records with a name that has these words, whatever stands written beside."""
        link = links.of_table(field.table)
        if link is None or link.text != field.column:
            return false()
        return link.columns.c[link.id].in_(_called(link.kind, term.value))

    def _open_coded(self, field: Field, term: Term) -> ColumnElement[bool]:
        """The code that the text names and those below it; labels and texts with a word that begins like it."""
        column = _column(field)
        known = vocabularies.get(field.vocabulary)
        if fold(term.value) in UNCODED:
            # The texts first, which the index of the column gives without a look at any record.
            given = select(column).where(column.is_not(None), column.not_in(known.codes), of_key(field))
            return column.in_(given.distinct())
        given = select(column).where(column.is_not(None), of_key(field)).distinct()
        return column.in_(fitting_codes(field, term.value, self.view.connection.execute(given).scalars()))

    def _host(self, field: Field, term: Term, folded: str) -> ColumnElement[bool]:
        """People who live in a country of which this holds."""
        facts = _table(field)
        about = select(facts.c.country).where(facts.c.topic == hosts.topic_of(field))
        country = fields.by_name(PEOPLE)["address.country"]
        if term.operator == ":" and folded in NOTHING | ANYTHING:
            known = _column(country).in_(about)
            return self._rows(country, known if folded in ANYTHING else not_(known))
        return self._rows(country, _column(country).in_(about.where(_column(field).in_(values.coded(field, term)))))

    def _consent(self, found: Iterable[Field], term: Term) -> ColumnElement[bool]:
        """`consent.news.letter:given`, `consent:news/letter`, `consent:news` (any channel), `consent:news/refused`."""
        require_no_order(next(iter(found)), term)
        listed = tuple(found)
        if len(listed) == 1:
            if fold(term.value) in NOTHING | ANYTHING:
                held = self._rows(listed[0], true())
                return held if fold(term.value) in ANYTHING else not_(held)
            return self._rows(listed[0], _column(listed[0]).in_(values.coded(listed[0], term)))
        if fold(term.value) in NOTHING | ANYTHING:
            answered = self.owner.in_(select(consent.c.record_id).where(consents.counting()))
            return answered if fold(term.value) in ANYTHING else not_(answered)
        purpose, _slash, channel = term.value.partition("/")
        if channel and vocabularies.get("consent_channel").find(channel) is None and _says_refused(channel):
            return self._refused(values.code("consent_purpose", purpose, term))
        wanted = {"consent_purpose": purpose, "consent_channel": channel}
        codes = {name: values.code(name, text, term) for name, text in wanted.items() if text}
        chosen = [
            f for f in listed
            if f.key and f.key[0] == codes.get("consent_purpose") and f.key[1] == codes.get("consent_channel", f.key[1])
        ]  # fmt: skip
        return or_(false(), *(self._rows(f, _column(f) == "given") for f in chosen))

    def _refused(self, purpose: str) -> ColumnElement[bool]:
        """Refused by some channel and agreed to by none: whoever only declines text messages takes part."""
        answers = select(consent.c.record_id).where(consent.c.purpose == purpose, consents.counting())
        refused, given = (answers.where(consent.c.status == status) for status in (REFUSED, "given"))
        return and_(self.owner.in_(refused), self.owner.not_in(given))

    def _rows(self, field: Field, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """The condition "a row of the record that holds `field`, and counts today, is like this"."""
        table = _table(field)
        if table is own_table(self.names.kind):
            # Never unknown, so that its opposite is true where there is no value.
            return and_(_column(field).is_not(None), condition)
        return self.owner.in_(select(_owner(table)).where(condition, standing(field)))


def own_table(kind: str) -> Table:
    """The table with one row a record of `kind`."""
    return person if kind == PEOPLE else association


def _called(kind: str, text: str) -> Select[tuple[int]]:
    """Ids of the records that are called so, or have this registration number."""
    own = own_table(kind)
    if number := links.number_in(text):
        merged = select(merged_record.c.record_id).where(merged_record.c.number == number, merged_record.c.kind == kind)
        return select(record.c.id).where(record.c.kind == kind, or_(record.c.number == number, record.c.id.in_(merged)))
    return select(own.c.id).where(words.matching(own.c.id, text.split(), "name"))


def standing(field: Field) -> ColumnElement[bool]:
    """Which rows of the field's table count: of its key, where somebody lives, not past, still to be done."""
    table = _table(field)
    if field.table == "address" and field.column in whereabouts.PLACES:
        return whereabouts.lived_at()
    if field.table == "address" and field.column not in ("valid_from", "valid_to"):
        return whereabouts.not_ended()
    if field.table == "activity" and field.column == "follow_up":
        return table.c.followed_up.is_(None)
    if field.table == CONSENT:
        return and_(of_key(field), consents.counting()) if field.key else table.c.status == "given"
    return of_key(field)


def of_key(field: Field) -> ColumnElement[bool]:
    """Rows of the field's key, where its table has keys."""
    if field.key is None:
        return true()
    columns = (_table(field).c[name] for name in KEYED[field.table][1])
    return and_(*(column == value for column, value in zip(columns, field.key, strict=True)))


def _says_refused(text: str) -> bool:
    return vocabularies.get("consent_status").find(text) == REFUSED


def fitting_texts(view: View, field: Field, text: str, held: Iterable[str]) -> list[str]:
    """Those of the texts of a field that a query for `text` finds: a region by any of its names."""
    if field.name in regions.REGIONS:
        country = view.settings.get("country" if field.table == "address" else "home", "")
        same = regions.same(text, country)
        return [value for value in held if key(value) in same or fits(value, text)]
    return [value for value in held if fits(field.show(value), text)]


def fitting_codes(field: Field, text: str, held: Iterable[str]) -> list[str]:
    """Those of the codes and texts of a field that a query for `text` finds."""
    known = vocabularies.get(field.vocabulary)
    code = known.find(text) or ""
    return [v for v in held if (code and known.descends(v, code)) or fits(known.label(v), text)]


def fits(value: str, text: str) -> bool:
    """Whether a word of `value` begins like `text`; ideographs are compared in their own script."""
    if IDEOGRAPH.search(text):
        return f" {native(text)}" in f" {native(value)}"
    folded, needle = fold(value), fold(text)
    if not needle:
        return value.strip() == text.strip()
    return f" {needle}" in f" {folded}" or folded.replace(" ", "") == needle.replace(" ", "")


def _table(field: Field) -> Table:
    return METADATA.tables[field.table]


def _column(field: Field) -> ColumnElement[Any]:
    return _table(field).c[field.column]


def _owner(table: Table) -> ColumnElement[int]:
    return table.c[record_column(table) or "id"]
