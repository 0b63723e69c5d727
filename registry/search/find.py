"""Questions answered from the search index and the tables: lists, best matches, facets."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select

from db import index
from db.models import METADATA, association, other_name, person, record, record_column
from db.records import slices
from registry import fields, kinds, links
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.i18n import N_
from registry.queries import Facets, ListIds, Search
from registry.search import ranking, words
from registry.search.conditions import Conditions, own_table, standing
from registry.search.folding import fold, name_key
from registry.search.names import Names
from registry.search.parser import parse, plain_words
from registry.search.tree import EVERYBODY, And, Node, Phrase, Word

NOTHING_ASKED = N_("There is nothing to look for in this text. Write a name, a number or a place.")
UNSORTABLE = N_("“{word}” is not a field that a list can be sorted by.")
#: So many of the best matches of the index are compared name by name; the rest stand by name behind them.
_COMPARED = 200


@dataclass(frozen=True)
class Hit:
    """One record found.

    Attributes:
        score: 0..1, how well it fits the words asked for.
    """

    id: int
    number: str
    name: str
    external_id: str | None
    score: float


@dataclass(frozen=True)
class SearchAnswer:
    """One page of the best matches.

    Attributes:
        total: how many records fit.
        milliseconds: how long the answer took.
    """

    total: int
    results: tuple[Hit, ...]
    milliseconds: float


@dataclass(frozen=True)
class Facet:
    """How often each value of a field occurs.

    Attributes:
        field: canonical name.
        values: (code, label, count), most frequent first; records without a value are not counted.
    """

    field: str
    values: tuple[tuple[str, str, int], ...]


def list_ids(view: View, query: ListIds) -> array[int]:
    """All records that the query finds, in the order asked for."""
    found = ids_of(view, query.kind, query.query)
    if query.sort:
        return _sorted(view, query, found)
    if query.descending:
        found.reverse()
    return found


def ids_of(view: View, kind: str, query_text: str) -> array[int]:
    """Ids of all records of `kind` that a query finds, by name."""
    own = own_table(kind)
    condition = _condition(view, kind, query_text)
    listed = select(own.c.id) if condition is None else select(own.c.id).where(condition)
    if kind == PEOPLE:
        by_name = listed.order_by(person.c.sort_key, person.c.id)
        return array("q", view.connection.execute(by_name).scalars())
    named = view.connection.execute(listed.add_columns(association.c.name)).all()
    return array("q", (row[0] for row in sorted(named, key=lambda row: (fold(row[1]), row[1]))))


def unsorted_ids(view: View, kind: str, tree: Node) -> array[int]:
    """Ids of all records that a query finds, in no order: for counting, where the way by name would cost most."""
    own = own_table(kind)
    condition = _condition_of(view, kind, tree)
    listed = select(own.c.id) if condition is None else select(own.c.id).where(condition)
    return array("q", view.connection.execute(listed).scalars())


def search(view: View, query: Search) -> SearchAnswer:
    """One page of what fits best, the best first; without words by name."""
    started = perf_counter()
    tree = _tree(view, query.kind, query.query, plain=query.plain)
    asked = words.tokens(_asked(tree))
    if query.plain and not asked:
        raise Invalid(NOTHING_ASKED)
    finder = _Finder(view, query.kind, _condition_of(view, query.kind, tree), asked)
    total, results = finder.page(query.offset, query.limit)
    return SearchAnswer(total, results, round((perf_counter() - started) * 1000, 3))


def facets(view: View, query: Facets) -> tuple[Facet, ...]:
    """How often each value of each column occurs among the records found."""
    found = select(own_table(query.kind).c.id)  # a table of addresses holds those of people and of associations
    if (condition := _condition(view, query.kind, query.query)) is not None:
        found = found.where(condition)
    return tuple(_facet(view, _visible(view, query.kind, name), found) for name in query.columns)


@dataclass(frozen=True)
class _Finder:
    """Finds and ranks the records of one query.

    Attributes:
        asked: folded words; none when the query names only fields.
    """

    view: View
    kind: str
    condition: ColumnElement[bool] | None
    asked: list[str]

    def page(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        """How many records fit, and those at `offset`."""
        if not self.asked:
            return self._count(), self._by_name(offset, limit, [], 1.0)
        few = self._rows(self._select().limit(_COMPARED + 1))
        if len(few) <= _COMPARED:
            return len(few), self._ranked(few)[offset : offset + limit]
        best = self._ranked(self._best())
        page = best[offset : offset + limit]
        left = limit - len(page)
        score = min(ranking.NOT_COMPARED, best[-1].score if best else 1.0)
        rest = self._by_name(max(0, offset - len(best)), left, [h.id for h in best], score)
        return self._count(), (*page, *(rest if left else ()))

    def _count(self) -> int:
        counted = select(func.count()).select_from(own_table(self.kind))
        if self.condition is not None:
            counted = counted.where(self.condition)
        return int(self.view.connection.execute(counted).scalar_one())

    def _best(self) -> list[Row[Any]]:
        """What the index thinks best, and whoever has exactly this name."""
        own = own_table(self.kind)
        same = self._rows(self._select().where(own.c.name_key == name_key(" ".join(self.asked))).limit(_COMPARED))
        thought = [i for i, _ in index.ranked(self.view.connection, self.asked, _COMPARED)]
        known = {row.id for row in same}
        others = [i for i in thought if i not in known]
        found = [row for some in slices(others) for row in self._rows(self._select().where(own.c.id.in_(some)))]
        return [*same, *found]

    def _by_name(self, offset: int, limit: int, without: list[int], score: float) -> tuple[Hit, ...]:
        own = own_table(self.kind)
        chosen = self._select().where(own.c.id.not_in(without)) if without else self._select()
        order = person.c.sort_key if self.kind == PEOPLE else association.c.name
        rows = self._rows(chosen.order_by(order, own.c.id).limit(limit).offset(offset))
        return tuple(_hit(row, score) for row in rows)

    def _ranked(self, rows: Sequence[Row[Any]]) -> tuple[Hit, ...]:
        others = _NAMES[self.kind][1:]
        further = self._further_names([row.id for row in rows])
        hits = [
            _hit(row, self._score(row, [row.name, *(getattr(row, o) for o in others), *further.get(row.id, ())]))
            for row in rows
        ]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, fold(hit.name), hit.id)))

    def _further_names(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """Former names and other spellings by record."""
        found: dict[int, list[str]] = {}
        for some in slices(ids):
            chosen = select(other_name.c.record_id, other_name.c.name).where(other_name.c.record_id.in_(some))
            for record_id, name in self.view.connection.execute(chosen):
                found.setdefault(record_id, []).append(name)
        return found

    def _score(self, row: Row[Any], names: list[str | None]) -> float:
        if "".join(self.asked) in (fold(row.number).replace(" ", ""), fold(row.external_id or "").replace(" ", "")):
            return ranking.EXACT
        return round(ranking.score(self.asked, names), 4)

    def _select(self) -> Select[Any]:
        own = own_table(self.kind)
        name, *others = (own.c[column] for column in _NAMES[self.kind])
        columns = [own.c.id, record.c.number, own.c.external_id, name.label("name"), *others]
        joined = select(*columns).join_from(own, record, record.c.id == own.c.id)
        return joined if self.condition is None else joined.where(self.condition)

    def _rows(self, chosen: Select[Any]) -> Sequence[Row[Any]]:
        return self.view.connection.execute(chosen).all()


#: What a record may be called; the first is its name in lists.
_NAMES = {
    PEOPLE: ("full_name", "native_name", "birth_name"),
    fields.ASSOCIATIONS: ("name", "acronym", "native_name"),
}


def _hit(row: Row[Any], score: float) -> Hit:
    return Hit(row.id, row.number, row.name, row.external_id, score)


def _tree(view: View, kind: str, text: str, *, plain: bool = False) -> Node:
    return plain_words(text) if plain else parse(text, Names(kind, view.session))


def _condition(view: View, kind: str, text: str) -> ColumnElement[bool] | None:
    return _condition_of(view, kind, _tree(view, kind, text))


def _condition_of(view: View, kind: str, tree: Node) -> ColumnElement[bool] | None:
    """The condition on the own table; None for everybody, which needs no look at any row."""
    return None if tree == EVERYBODY else Conditions(view, Names(kind, view.session)).of(tree)


def _asked(tree: Node) -> list[str]:
    """The words that every record found has."""
    items = tree.items if isinstance(tree, And) else (tree,)
    return [item.text for item in items if isinstance(item, Word | Phrase)]


def _visible(view: View, kind: str, name: str) -> Field:
    field = fields.by_name(kind).get(name)
    if field is None or not view.session.sees(field):
        raise Invalid(UNSORTABLE, field=name, word=name)
    return field


def _sorted(view: View, query: ListIds, found: array[int]) -> array[int]:
    """`found` by the values of a field, as read in the list; records without a value last, equals by name."""
    field = _visible(view, query.kind, query.sort)
    table = METADATA.tables[field.table]
    owner = table.c[record_column(table) or "id"]
    column = links.said(field)
    given = select(owner, column).where(column.is_not(None), standing(field)).order_by(table.c.id.desc())
    # Of several values the first counts: it is read last.
    values = {owned[0]: owned[1] for owned in view.connection.execute(given)}
    keys = {value: _sort_key(field, value) for value in set(values.values())}
    present = [i for i in found if i in values]
    present.sort(key=lambda i: keys[values[i]], reverse=query.descending)
    return array("q", [*present, *(i for i in found if i not in values)])


def _sort_key(field: Field, value: object) -> tuple[str, str] | int:
    if field.kind is kinds.INTEGER:
        return int(str(value))
    shown = field.show(str(value)) if field.vocabulary else str(value)
    return fold(shown), shown


def _facet(view: View, field: Field, found: Select[Any]) -> Facet:
    table = METADATA.tables[field.table]
    column, owner = links.said(field), table.c[record_column(table) or "id"]
    counts = select(column, func.count(distinct(owner))).where(column.is_not(None), standing(field), owner.in_(found))
    rows = view.connection.execute(counts.group_by(column)).all()
    values = [(str(value), field.show(str(value)), int(count)) for value, count in rows]
    return Facet(field.name, tuple(sorted(values, key=lambda v: (-v[2], fold(v[1])))))
