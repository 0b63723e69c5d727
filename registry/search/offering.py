"""The values that a field may be compared with, as the register has them, with how many records each finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

from sqlalchemy import distinct, func, select

from db.models import METADATA, consent, person
from registry import consents, fields, gazetteer, hosts, kinds, links, vocabularies
from registry.context import View
from registry.errors import Invalid
from registry.fields import CONSENT, PEOPLE, Field
from registry.i18n import N_, _, ngettext
from registry.links import Link
from registry.search import nearby, words
from registry.search.conditions import ANYTHING, NOTHING, REFUSED, Conditions, fits, own_table
from registry.search.counts import Counts, once
from registry.search.days import UNITS, dated
from registry.search.folding import IDEOGRAPH, fold
from registry.search.names import NEAR, SEGMENT, Names
from registry.search.tree import Term
from registry.search.unfinished import Unfinished
from registry.search.values import COMPARE, RANKED
from registry.segments import kept
from registry.vocabularies import Vocabulary

NOT_THERE, THERE = N_("Nothing written down"), N_("Anything written down")
#: Lists of at most so many values are offered whole before anything is typed.
_FEW = 30
#: Texts that tell one record from all others, or too much of it: looked for, never offered.
_UNOFFERED = frozenset(
    {"number", "external_id", "full_name", "name", "native_name", "former_name", "birth_name", "document.number",
     "licence.number", "registration_number", "consular_number", "household", "address.street", "address.house_number"}
)  # fmt: skip
_TEXTS = frozenset({kinds.TEXT, kinds.NAME})
_WITH_LEVEL = re.compile(r"(?P<head>.+?)(?P<operator>>=|<=|>|<|:)(?P<level>.*)")
#: Distances from today in months that are offered, and kilometres from a city.
_MONTHS = (1, 3, 6, 12, 24, 60)
_KILOMETRES = (10, 25, 50, 100, 250)


@dataclass(frozen=True)
class Value:
    """One value on offer.

    Attributes:
        text: as a query writes it.
        label: in the reader's words.
        count: records that it finds; None where they are not counted.
    """

    text: str
    label: str
    count: int | None


@dataclass(frozen=True)
class Offering:
    """What may stand behind a field and an operator.

    Attributes:
        known: the field, or every consent.
        item: what is typed so far.
        limit: so many at most.
    """

    view: View
    names: Names
    known: tuple[Field, ...]
    item: Unfinished
    limit: int

    @property
    def field(self) -> Field:
        """The field asked about."""
        return self.known[0]

    @cached_property
    def needle(self) -> str:
        """What is typed of the value, folded."""
        return fold(self.item.value)

    def values(self) -> list[Value]:
        """The commonest first; none where values cannot be listed."""
        level = fields.by_name(self.names.kind).get(f"{self.field.name}.level")
        with_level = _WITH_LEVEL.fullmatch(self.item.value)
        if len(self.known) > 1:
            return self._consents()
        if self.field.name == NEAR:
            return self._places()
        if self.field is SEGMENT:
            return self._segments()
        if with_level and level is not None:
            return self._levels(level, with_level["head"], with_level["operator"], with_level["level"])
        if self.field.kind is kinds.PARTIAL_DATE:
            return self._dates()
        if self.item.operator != ":":
            return self._ranked() if self.field.vocabulary in RANKED else []
        last = self._there_or_not()
        return [*self._listed()[: self.limit - len(last)], *last]

    def _listed(self) -> list[Value]:
        if self.field.table == hosts.TABLE or (self.field.table == CONSENT and self.field.key):
            return self._ranked()
        if self.field.vocabulary:
            return self._coded()
        return self._texts() if self.field.kind in _TEXTS and self.field.name not in _UNOFFERED else []

    def _counted(self, listed: Iterable[tuple[str, str]]) -> list[Value]:
        """(text, label) with what the query finds for each."""
        return [Value(text, label, self._count(text)) for text, label in list(listed)[: self.limit]]

    def _count(self, text: str) -> int:
        term = Term(self.item.word, self.item.operator, text)

        def count() -> int:
            condition = Conditions(self.view, self.names).of(term)
            counted = select(func.count()).select_from(own_table(self.names.kind)).where(condition)
            return int(self.view.connection.execute(counted).scalar_one())

        return once(self.view, ("term", self.names.kind, term), count)

    def _there_or_not(self) -> list[Value]:
        """`none` and `any`: the word as it is being typed, or the shortest."""
        offers = []
        for said, label in ((NOTHING, NOT_THERE), (ANYTHING, THERE)):
            fitting = sorted(
                (w for w in said if w.startswith(self.needle)), key=lambda w: (w not in ("none", "any"), w)
            )
            if self.needle and fitting:
                offers.append((fitting[0], _(label)))
        return self._counted(offers)

    def _segments(self) -> list[Value]:
        """Names of segments of this kind, uncounted: a saved query can be as slow as any."""
        usable = kept.usable(self.view.connection, self.view.session.user_id)
        names = (each.name for each in usable if each.kind == self.names.kind)
        fitting = (name for name in names if not self.needle or fits(name, self.item.value))
        return [Value(name, name, None) for name in fitting][: self.limit]

    # --- lists --------------------------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> Counts:
        """What the register has."""
        return Counts(self.view, self.names.kind, self.field)

    def _coded(self) -> list[Value]:
        """Codes with those below them, and texts for which no code was found yet."""
        known, held = vocabularies.get(self.field.vocabulary), self.counts.held
        below: dict[str, list[str]] = {}
        for value in held:
            for code in (value, *known.ancestors(value)):
                below.setdefault(code, []).append(value)
        meant = [s.code for s in known.suggest(self.item.value, self.limit)] if self.needle else []
        if not self.item.value and len(known.codes) <= _FEW:
            meant = [code for code, _label in known.choices()]
        fitting = [code for code in below if not self.needle or self._begins(known, code)]
        total = {code: sum(held[value] for value in below.get(code, ())) for code in (*fitting, *meant)}
        # What only has the letters inside, or means the same, stands behind what begins with them.
        chosen = sorted(total, key=lambda code: (not self._begins(known, code), -total[code], known.label(code)))
        return [
            Value(_written(known, code), known.label(code), self.counts.having(below.get(code, ()))) for code in chosen
        ]

    def _begins(self, known: Vocabulary, code: str) -> bool:
        return f" {self.needle}" in f" {fold(known.label(code))}" or fold(code).startswith(self.needle)

    def _ranked(self) -> list[Value]:
        """The few values of a list in its own order."""
        return self._counted(_beginning(vocabularies.get(self.field.vocabulary), self.item.value))

    def _levels(self, level: Field, head: str, operator: str, typed: str) -> list[Value]:
        """Levels behind a value, with who has that value at such a level."""
        table, known = METADATA.tables[level.table], vocabularies.get(level.vocabulary)
        term = Term(self.item.word, ":", head)
        try:
            like = Conditions(self.view, self.names).row_like([term])
        except Invalid:
            return []
        column = table.c[level.column]
        rows = select(table.c.record_id, column).where(like, column.is_not(None))

        def find() -> dict[str, set[int]]:
            owners: dict[str, set[int]] = {}
            for owner, code in self.view.connection.execute(rows):
                owners.setdefault(str(code), set()).add(owner)
            return owners

        owners = once(self.view, ("levels", level.name, term), find)
        found = []
        for code, label in _beginning(known, typed):
            rank = known.codes.index(code)
            fitting = [
                c
                for place, c in enumerate(known.codes)
                if (place == rank if operator == ":" else COMPARE[operator](place, rank))
            ]
            having: set[int] = set().union(*(owners.get(c, ()) for c in fitting))
            found.append(Value(f"{head}{operator}{code}", label, len(having)))
        return found[: self.limit]

    # --- texts --------------------------------------------------------------------------------------------------

    def _texts(self) -> list[Value]:
        """Texts with a word that begins like what is typed; spellings that a query takes for one are one."""
        link = links.of_table(self.field.table)
        if link is not None and link.kind == PEOPLE:
            return self._people(link)
        held, folded = self.counts.held, self.counts.words
        own_script = IDEOGRAPH.search(self.item.value)
        fitting = [v for v in held if (fits(v, self.item.value) if own_script else f" {self.needle}" in folded[v])]
        spellings: dict[str, str] = {}
        for value in sorted(fitting, key=lambda value: (-held[value], value)):
            spellings.setdefault(folded[value].strip() or value, value)
        texts = list(spellings.values())[: self.limit]
        if link is not None:
            # A linked record may be called otherwise than what stands here.
            return sorted(self._counted((text, text) for text in texts), key=lambda value: -(value.count or 0))
        found = []
        for text in texts:
            same = [value for value in held if folded[text] in folded[value] and fits(value, text)]
            found.append(Value(text, text, self.counts.having(same)))
        return sorted(found, key=lambda value: -(value.count or 0))

    def _people(self, link: Link) -> list[Value]:
        """Linked people and names of others that begin like what is typed, as they are written."""
        if not self.needle:
            return []
        text, linked = link.columns.c[link.text], link.columns.c[link.id]
        called = words.matching(person.c.id, self.item.value.split(), "name")
        known = select(person.c.full_name).where(person.c.id.in_(select(linked)), called).order_by(person.c.sort_key)
        names = list(self.view.connection.execute(known.limit(self.limit)).scalars())
        others = self.view.connection.execute(select(text).where(text.is_not(None)).distinct()).scalars()
        names += sorted(other for other in others if f" {self.needle}" in f" {fold(other)}")
        return [Value(name, name, None) for name in list(dict.fromkeys(names))[: self.limit]]

    # --- dates, places, consents ----------------------------------------------------------------------------------

    def _dates(self) -> list[Value]:
        """Years, the commonest first; to compare with also ages and what lies ahead."""
        years = Counts(self.view, self.names.kind, self.field, letters=4).held
        typed = self.item.value.strip()
        fitting = [year for year in sorted(years, key=lambda year: (-years[year], year)) if year.startswith(typed)]
        if self.item.operator == ":":
            return [Value(year, year, years[year]) for year in fitting[: self.limit]]
        listed = [*_distances(""), *_distances("+"), *((year, year) for year in fitting)]
        chosen = [(text, label) for text, label in listed if text.startswith(typed)][: self.limit]
        likes = [partial(dated, operator=self.item.operator, text=text) for text, _label in chosen]
        asked = (self.names.kind, self.field.name, self.item.operator, *chosen)
        counts = once(self.view, asked, lambda: self.counts.comparing(likes))
        return [Value(text, label, count) for (text, label), count in zip(chosen, counts, strict=True)]

    def _places(self) -> list[Value]:
        """Cities of the gazetteer, with who lives near them; behind a city how far."""
        city, sign, typed = self.item.value.partition("<")
        if sign:
            far = [(many, _("{distance} km from {city}", distance=many, city=city)) for many in _KILOMETRES]
            listed = [(f"{city}<{many}km", label) for many, label in far if str(many).startswith(typed)]
        else:
            listed = []
            for one in gazetteer.suggest(city, limit=self.limit) if city.strip() else self._commonest():
                largest = gazetteer.find(one.name)
                name = one.name if largest is not None and largest.id == one.id else f"{one.name}, {one.country}"
                listed.append((f"{name}<50km", f"{one.name}, {vocabularies.get('country').label(one.country)}"))
        found = []
        for text, label in listed[: self.limit]:
            try:
                near = nearby.cities(map(int, self.counts.held), Term(self.item.word, ":", text))
            except Invalid:
                return []  # what stands before the distance is no city
            found.append(Value(text, label, self.counts.having([str(number) for number in near])))
        return found if sign else sorted(found, key=lambda value: -(value.count or 0))

    def _commonest(self) -> list[gazetteer.City]:
        numbers = sorted((held := self.counts.held), key=lambda number: -held[number])[: self.limit]
        return [city for number in numbers if (city := gazetteer.by_id(int(number))) is not None]

    def _consents(self) -> list[Value]:
        """Purposes, behind a slash the ways to be written to; a purpose may be refused as well."""
        purpose, slash, channel = self.item.value.partition("/")
        code = vocabularies.get("consent_purpose").find(purpose) if slash else None
        if slash and code is None:
            return []
        counts = once(self.view, ("consents", code), lambda: self._given(code))
        known = vocabularies.get("consent_channel" if slash else "consent_purpose")
        head, typed = (f"{purpose}/", channel) if slash else ("", purpose)
        offers = [Value(head + code, label, counts.get(code, 0)) for code, label in _beginning(known, typed)]
        offers.sort(key=lambda value: -(value.count or 0))
        if slash and REFUSED.startswith(fold(typed)):
            refused = vocabularies.get("consent_status").label(REFUSED)
            offers = [*offers[: self.limit - 1], *self._counted([(head + REFUSED, refused)])]
        return offers[: self.limit]

    def _given(self, purpose: str | None) -> dict[str, int]:
        """How many agreed: by purpose, or to one purpose by channel."""
        column = consent.c.channel if purpose else consent.c.purpose
        chosen = select(column, func.count(distinct(consent.c.record_id))).group_by(column)
        chosen = chosen.where(consent.c.status == consents.GIVEN, consents.counting())
        if purpose:
            chosen = chosen.where(consent.c.purpose == purpose)
        return {str(code): int(count) for code, count in self.view.connection.execute(chosen)}


def _written(known: Vocabulary, code: str) -> str:
    """A label of one word, which everybody can read, else the code."""
    label = known.label(code)
    plain = label if label and not any(c.isspace() for c in label) else code
    return plain if known.find(plain) == code else code


def _beginning(known: Vocabulary, typed: str) -> list[tuple[str, str]]:
    """Codes and labels of a short list with a word that begins like this, in the list's own order."""
    needle = fold(typed)
    listed = [(code, known.label(code)) for code in known.codes]
    return [(c, label) for c, label in listed if f" {needle}" in f" {fold(label)}" or fold(c).startswith(needle)]


def _distances(sign: str) -> Iterable[tuple[str, str]]:
    """Ages and what lies ahead, in months and years."""
    year, month, *_shorter = _(UNITS).split()
    for months in _MONTHS:
        many = months if months < 12 else months // 12
        yield f"{sign}{many}{month if months < 12 else year}", _in_words(many, sign, years=months >= 12)


def _in_words(many: int, sign: str, *, years: bool) -> str:
    if sign:
        in_years = ngettext("{count} year from now", "{count} years from now", many)
        return in_years if years else ngettext("{count} month from now", "{count} months from now", many)
    return (
        ngettext("{count} year ago", "{count} years ago", many)
        if years
        else ngettext("{count} month ago", "{count} months ago", many)
    )
