"""Questions answered from the search index and the tables: lists, best matches."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from db.models import METADATA, association, person, record, record_column
from db.records import among, listed
from registry import fields, links
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.i18n import N_
from registry.queries import CloseRecords, ListIds, Search
from registry.search import words
from registry.search.closest import QUICK, THOROUGH, Effort, Likely, closest
from registry.search.collation import sort_key
from registry.search.conditions import Conditions, own_table, standing
from registry.search.folding import fold, name_key
from registry.search.names import Names
from registry.search.parser import parse, plain_words
from registry.search.tree import EVERYBODY, And, Node, Phrase, Word, all_of

NOTHING_ASKED = N_("There is nothing to look for in this text. Write a name, a number or a place.")
UNSORTABLE = N_("“{word}” is not a field that a list can be sorted by.")
#: Of more records that fit, those whose names are not the closest stand by name behind them.
_COMPARED = 200
#: The name is exactly what was asked; the same words in another order; another spelling at best.
EXACT, REORDERED, _BEST = 1.0, 0.98, 0.97
#: What was found by another field only stands behind names that fit.
OTHERWISE = 0.5
#: Names that fit less are other people's: log-odds, below which 4 of 100 right names lie, and hardly any.
_NEAR, _NEAREST = -2.5, -3.5


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


def list_ids(view: View, query: ListIds) -> array[int]:
    """All records that the query finds, in the order asked for; else those whose names fit best first, then by name."""
    finder = _finder(view, query.kind, _tree(view, query.kind, query.query))
    if query.first and finder.condition is None and not (query.sort or query.descending):
        return finder.first(query.first)
    found = _all_by_name(view, query.kind, finder.condition)
    if query.sort:
        return _sorted(view, query, found)
    if query.descending:
        found.reverse()
    elif finder.asked:
        fitting = set(found)
        _total, hits = finder.page(0, _COMPARED)
        best = dict.fromkeys(hit.id for hit in hits if hit.score > OTHERWISE and hit.id in fitting)
        return array("q", [*best, *(i for i in found if i not in best)])
    return found


def close_records(view: View, query: CloseRecords) -> array[int]:
    """Records with names close to the words of a query, the closest first."""
    finder = _finder(view, query.kind, _tree(view, query.kind, query.query))
    return array("q", (hit.id for hit in finder.ranked(finder.records(finder.near()))))


def ids_of(view: View, kind: str, query_text: str) -> array[int]:
    """Ids of all records of `kind` that a query finds, by name."""
    return _all_by_name(view, kind, _condition(view, kind, query_text))


def _all_by_name(view: View, kind: str, condition: ColumnElement[bool] | None) -> array[int]:
    own = own_table(kind)
    chosen = select(own.c.id) if condition is None else select(own.c.id).where(condition)
    if kind == PEOPLE:
        return listed(view.connection, chosen.order_by(person.c.sort_key, person.c.id))
    named = view.connection.execute(chosen.add_columns(association.c.name)).all()
    return array("q", (row[0] for row in sorted(named, key=lambda row: (fold(row[1]), row[1]))))


def unsorted_ids(view: View, kind: str, tree: Node) -> array[int]:
    """Ids of all records that a query finds, in no order: for counting, where the way by name would cost most."""
    own = own_table(kind)
    condition = _condition_of(view, kind, tree)
    chosen = select(own.c.id) if condition is None else select(own.c.id).where(condition)
    return listed(view.connection, chosen)


def search(view: View, query: Search) -> SearchAnswer:
    """One page of what fits best, the best first; without words by name."""
    started = perf_counter()
    tree = _tree(view, query.kind, query.query, plain=query.plain)
    if query.plain and not words.tokens(_asked(tree)):
        raise Invalid(NOTHING_ASKED)
    total, results = _finder(view, query.kind, tree, plain=query.plain).page(query.offset, query.limit)
    return SearchAnswer(total, results, round((perf_counter() - started) * 1000, 3))


@dataclass(frozen=True)
class _Finder:
    """Finds and ranks the records of one query.

    Attributes:
        condition: what the records must be like; None = everybody.
        likely: records with close names, those of which a word is missing too.
        asked: the words; none when the query names only fields.
        plain: whether a name is asked for that may be written in any way, and whatever is near it is wanted.
    """

    view: View
    kind: str
    condition: ColumnElement[bool] | None
    likely: Mapping[int, Likely]
    asked: Sequence[str]
    plain: bool = False

    def page(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        """How many records fit, and those at `offset`."""
        if not self.asked:
            return self._count(), self._page_by_name(offset, limit, [], 1.0)
        few = self._rows(self._select(self.condition).limit(_COMPARED + 1))
        if len(few) > _COMPARED:
            return self._page_of_many(offset, limit)
        fitting = {row.id for row in few}
        near = [i for i in self.near(whole=bool(few) and not self.plain) if i not in fitting]
        best = self.ranked([*few, *self.records(self._foremost(near, offset + limit))])
        return len(few) + len(near), best[offset : offset + limit]

    def first(self, limit: int) -> array[int]:
        """Those that stand first by name."""
        return array("q", (hit.id for hit in self._page_by_name(0, limit, [], 1.0)))

    def near(self, *, whole: bool = False) -> list[int]:
        """Records with close names; `whole` = none of which a word is missing."""
        least = _NEAREST if self.plain else _NEAR
        return [i for i, fit in self.likely.items() if (fit.whole if whole else fit.odds >= least)]

    def records(self, ids: Sequence[int]) -> Sequence[Row[Any]]:
        """What is shown of these records."""
        return self._rows(self._select(among(own_table(self.kind).c.id, ids)))

    def _foremost(self, ids: Sequence[int], count: int) -> Sequence[int]:
        """The `count` likeliest, and whoever is as likely as the last of them."""
        scores = sorted((self.likely[i].score for i in ids), reverse=True)
        return [i for i in ids if self.likely[i].score >= scores[count - 1]] if 0 < count < len(ids) else ids

    def _page_of_many(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        """The closest names first, then all others that fit, by name."""
        best = self.ranked([*self._same_name(), *self.records(self.near(whole=True))])
        page = best[offset : offset + limit]
        left = limit - len(page)
        ids = [hit.id for hit in best]
        rest = self._page_by_name(max(0, offset - len(best)), left, ids, OTHERWISE) if left else ()
        return self._count(without=ids) + len(best), (*page, *rest)

    def _count(self, without: Sequence[int] = ()) -> int:
        own = own_table(self.kind)
        counted = select(func.count()).select_from(own).where(own.c.id.not_in(without))
        if self.condition is not None:
            counted = counted.where(self.condition)
        return int(self.view.connection.execute(counted).scalar_one())

    def _same_name(self) -> Sequence[Row[Any]]:
        """Whoever has exactly this name, of the many that fit."""
        own = own_table(self.kind)
        key = name_key(" ".join(self.asked))
        return self._rows(self._select(self.condition).where(own.c.name_key == key).limit(_COMPARED))

    def _page_by_name(self, offset: int, limit: int, without: list[int], score: float) -> tuple[Hit, ...]:
        own = own_table(self.kind)
        chosen = self._select(self.condition)
        chosen = chosen.where(own.c.id.not_in(without)) if without else chosen
        order = person.c.sort_key if self.kind == PEOPLE else association.c.name
        rows = self._rows(chosen.order_by(order, own.c.id).limit(limit).offset(offset))
        return tuple(_hit(row, score) for row in rows)

    def ranked(self, rows: Iterable[Row[Any]]) -> tuple[Hit, ...]:
        """Each record once, the best first."""
        hits = (_hit(row, self._score(row, self.likely.get(row.id))) for row in {row.id: row for row in rows}.values())
        return tuple(sorted(hits, key=lambda hit: (-hit.score, fold(hit.name), hit.id)))

    def _score(self, row: Row[Any], likely: Likely | None) -> float:
        asked = "".join(words.tokens(self.asked))
        if asked in (fold(row.number).replace(" ", ""), fold(row.external_id or "").replace(" ", "")):
            return EXACT
        if name_key(row.name) == name_key(" ".join(self.asked)):
            return EXACT if fold(row.name) == fold(" ".join(self.asked)) else REORDERED
        if likely is None:
            return OTHERWISE
        return round(OTHERWISE + (_BEST - OTHERWISE) * likely.score, 4)

    def _select(self, condition: ColumnElement[bool] | None) -> Select[Any]:
        own = own_table(self.kind)
        name = own.c.full_name if self.kind == PEOPLE else own.c.name
        columns = [own.c.id, record.c.number, own.c.external_id, name.label("name")]
        joined = select(*columns).join_from(own, record, record.c.id == own.c.id)
        return joined if condition is None else joined.where(condition)

    def _rows(self, chosen: Select[Any]) -> Sequence[Row[Any]]:
        return self.view.connection.execute(chosen).all()


def _hit(row: Row[Any], score: float) -> Hit:
    return Hit(row.id, row.number, row.name, row.external_id, score)


def _finder(view: View, kind: str, tree: Node, *, plain: bool = False) -> _Finder:
    return _Finder(
        view,
        kind,
        _condition_of(view, kind, tree),
        _likely(view, kind, tree, THOROUGH if plain else QUICK),
        _asked(tree),
        plain,
    )


def _likely(view: View, kind: str, tree: Node, effort: Effort) -> dict[int, Likely]:
    """Records with names close to the words of a query that are as it says otherwise."""
    items = tree.items if isinstance(tree, And) else (tree,)
    of_names = [item for item in items if isinstance(item, Word) and words.is_of_a_name(item.text)]
    if not of_names:
        return {}
    found = closest(view.connection, " ".join(word.text for word in of_names), effort)
    own = own_table(kind)
    condition = Conditions(view, Names(kind, view.session)).of(all_of(item for item in items if item not in of_names))
    kept = set(view.connection.execute(select(own.c.id).where(among(own.c.id, found), condition)).scalars())
    return {record_id: likely for record_id, likely in found.items() if record_id in kept}


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
    keys: dict[object, Any] = {value: sort_key(field, value) for value in set(values.values())}
    present = [i for i in found if i in values]
    present.sort(key=lambda i: keys[values[i]], reverse=query.descending)
    return array("q", [*present, *(i for i in found if i not in values)])
