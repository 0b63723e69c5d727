"""Questions answered from the search index and the tables: lists, best matches."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from time import perf_counter
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, Select, bindparam, func, not_, select

from db import index
from db.models import METADATA, association, person, record, record_column
from db.records import among, as_json, each_of, listed
from registry import fields, links
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.i18n import N_
from registry.queries import CloseRecords, ListIds, ReadNames, Search
from registry.search import owners, words
from registry.search.closest import QUICK, THOROUGH, Effort, Likely, closest
from registry.search.collation import sort_key
from registry.search.conditions import Conditions, own_table, standing
from registry.search.folding import fold, name_key
from registry.search.lexicon import lexicon_of
from registry.search.names import Names
from registry.search.order import everybody, known_order
from registry.search.parser import parse, plain_words
from registry.search.tree import EVERYBODY, And, Node, Phrase, Word, all_of

NOTHING_ASKED = N_("There is nothing to look for in this text. Write a name, a number or a place.")
UNSORTABLE = N_("“{word}” is not a field that a list can be sorted by.")
#: Of more records that fit, those whose names are not the closest stand by name behind them.
_COMPARED = 200
#: The name is exactly what was asked; the same words in another order; another spelling at best.
EXACT, REORDERED, _BEST = 1.0, 0.98, 0.97
#: Among close names, where not many are so: all the words are in the name, the last letters of some not typed yet.
_BEGINS = 0.965
#: What was found by another field only stands behind names that fit.
OTHERWISE = 0.5
#: Where so many fit, or somebody is called just so, whoever has close names only is not looked for.
_ENOUGH = 20
#: How much a word counts of which a name has only the beginning, and how much the words that nobody asked for.
_BEGUN, _FULLNESS = 0.8, 0.25
#: Names that fit less are other people's: log-odds, below which 4 of 100 right names lie, and hardly any.
_NEAR, _NEAREST = -2.5, -3.5
#: Of many that fit, so many at most stand before the others because the words are whole in their names.
_MOST_WHOLE = 50
_NOBODY: Mapping[int, Likely] = {}


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
    found = finder.all_by_name()
    if query.sort:
        return _sorted(view, query, found)
    if query.descending:
        found.reverse()
    elif finder.asked:
        best = dict.fromkeys(hit.id for hit in finder.best() if hit.score > OTHERWISE)
        return array("q", [*best, *(i for i in found if i not in best)])
    return found


def close_records(view: View, query: CloseRecords) -> array[int]:
    """Records with names close to the words of a query, the closest first."""
    finder = _finder(view, query.kind, _tree(view, query.kind, query.query))
    return array("q", (hit.id for hit in finder.ranked(finder.records(finder.near()))))


def read_names(view: View, _query: ReadNames) -> None:
    """Have the words of names in memory, and who has them."""
    lexicon_of(view.connection)
    owners.read(view.connection)


def ids_of(view: View, kind: str, query_text: str) -> array[int]:
    """Ids of all records of `kind` that a query finds, by name."""
    finder = _finder(view, kind, _tree(view, kind, query_text))
    return finder.all_by_name()


def unsorted_ids(view: View, kind: str, tree: Node) -> array[int]:
    """Ids of all records that a query finds, in no order: for counting, where the way by name would cost most."""
    return _finder(view, kind, tree).ids


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
        asked: the words; none when the query names only fields.
        plain: whether a name is asked for that may be written in any way, and whatever is near it is wanted.
    """

    view: View
    kind: str
    tree: Node
    condition: ColumnElement[bool] | None
    asked: Sequence[str]
    plain: bool = False

    @cached_property
    def ids(self) -> array[int]:
        """All that fit, in no order."""
        connection, own = self.view.connection, own_table(self.kind)
        if query := words.query_of(_items(self.tree)):
            # Who has the words is known without a look at any record; only few are not people.
            found = index.found_by(query)
            these = found.selected_columns.id
            one = these.in_(select(association.c.id))
            return listed(connection, found.where(not_(one) if self.kind == PEOPLE else one))
        return listed(
            connection, select(own.c.id) if self.condition is None else select(own.c.id).where(self.condition)
        )

    @cached_property
    def likely(self) -> Mapping[int, Likely]:
        """Records with close names, those of which a word is missing too."""
        return _likely(self.view, self.kind, self.tree, THOROUGH if self.plain else QUICK)

    def page(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        """How many records fit, and those at `offset`."""
        if not self.asked:
            return self._count(), self._page_by_name(offset, limit, [], 1.0)
        if len(self.ids) > _COMPARED:
            return self._page_of_many(offset, limit)
        few = self.records(self.ids)
        if not self.plain and self._enough(few):
            return len(few), self.ranked(few)[offset : offset + limit]
        fitting = set(self.ids)
        near = [i for i in self.near(whole=bool(few) and not self.plain) if i not in fitting]
        best = self.ranked([*few, *self.records(self._foremost(near, offset + limit))], self.likely)
        return len(few) + len(near), best[offset : offset + limit]

    def first(self, limit: int) -> array[int]:
        """Of everybody those that stand first by name."""
        own = own_table(self.kind)
        return listed(self.view.connection, select(own.c.id).order_by(*self._by_name).limit(limit))

    def all_by_name(self) -> array[int]:
        """All that fit, by name."""
        connection = self.view.connection
        if self.kind == PEOPLE:
            if self.condition is None:
                return everybody(connection)
            if (order := known_order(connection)) is not None:
                return order.sorted(self.ids)
            chosen = select(person.c.id).where(self.condition)
            return listed(connection, chosen.order_by(*self._by_name))
        chosen = select(association.c.id, association.c.name)
        named = connection.execute(chosen if self.condition is None else chosen.where(self.condition)).all()
        return array("q", (row[0] for row in sorted(named, key=lambda row: (fold(row[1]), row[1]))))

    def best(self) -> tuple[Hit, ...]:
        """Those that fit whose names fit best, the best first."""
        if len(self.ids) <= _COMPARED:
            return self.ranked(self.records(self.ids))
        if self.plain:
            return self.ranked([*self._same_name(), *self.records(self.near(whole=True))], self.likely)
        return self.ranked([*self._same_name(), *self._whole_words()])

    @property
    def _by_name(self) -> tuple[ColumnElement[Any], ...]:
        if self.kind == PEOPLE:
            return person.c.sort_key, person.c.id
        return association.c.name, association.c.id

    def near(self, *, whole: bool = False) -> list[int]:
        """Records with close names; `whole` = none of which a word is missing."""
        least = _NEAREST if self.plain else _NEAR
        return [i for i, fit in self.likely.items() if (fit.whole if whole else fit.odds >= least)]

    def records(self, ids: Sequence[int]) -> Sequence[Row[Any]]:
        """What is shown of these records."""
        return self.view.connection.execute(_shown(self.kind), {"ids": as_json(ids)}).all()

    def _enough(self, few: Sequence[Row[Any]]) -> bool:
        """Whether nobody needs to be looked for who only has a close name."""
        return len(few) >= _ENOUGH or any(self._score(row) >= REORDERED for row in few)

    def _foremost(self, ids: Sequence[int], count: int) -> Sequence[int]:
        """The `count` likeliest, and whoever is as likely as the last of them."""
        scores = sorted((self.likely[i].score for i in ids), reverse=True)
        return [i for i in ids if self.likely[i].score >= scores[count - 1]] if 0 < count < len(ids) else ids

    def _page_of_many(self, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        """The closest names first, then all others that fit, by name."""
        best = self.best()
        page = best[offset : offset + limit]
        left = limit - len(page)
        ids = [hit.id for hit in best]
        rest = self._page_by_name(max(0, offset - len(best)), left, ids, OTHERWISE) if left else ()
        return len(self.ids) + len(ids) - len(self._fitting(ids)), (*page, *rest)

    def _fitting(self, ids: Sequence[int]) -> list[int]:
        """Those of `ids`, which are few, that fit."""
        few = np.array(ids, np.int64)
        fitting: list[int] = few[np.isin(few, np.asarray(self.ids))].tolist()
        return fitting

    def _count(self) -> int:
        counted = select(func.count()).select_from(own_table(self.kind))
        if self.condition is not None:
            counted = counted.where(self.condition)
        return int(self.view.connection.execute(counted).scalar_one())

    def _same_name(self) -> Sequence[Row[Any]]:
        """Whoever has exactly this name, of the many that fit."""
        own = own_table(self.kind)
        having = own.c.name_key == name_key(" ".join(self.asked))
        same = self.view.connection.execute(select(own.c.id).where(having).limit(_COMPARED)).scalars().all()
        return self.records(self._fitting(same)) if same else ()

    def _whole_words(self) -> Sequence[Row[Any]]:
        """Of the many who fit, whoever has the words whole in a name; nobody if these are many, too."""
        query = index.query_for(words.tokens(self.asked), within="name", whole=True)
        found = listed(self.view.connection, index.found_by(query).limit(_MOST_WHOLE + 1))
        return self.records(self._fitting(found)) if 0 < len(found) <= _MOST_WHOLE else ()

    def _page_by_name(self, offset: int, limit: int, without: Sequence[int], score: float) -> tuple[Hit, ...]:
        order = known_order(self.view.connection) if self.kind == PEOPLE else None
        if order is not None:
            ids = order.first(None if self.condition is None else self.ids, offset, limit, without)
            rows = {row.id: row for row in self.records(ids)}
            return tuple(_hit(rows[i], score) for i in ids)
        own = own_table(self.kind)
        chosen = _select(self.kind)
        chosen = chosen.where(self.condition) if self.condition is not None else chosen
        chosen = chosen.where(own.c.id.not_in(without)) if without else chosen
        found = self.view.connection.execute(chosen.order_by(*self._by_name).limit(limit).offset(offset))
        return tuple(_hit(row, score) for row in found)

    def ranked(self, rows: Iterable[Row[Any]], close: Mapping[int, Likely] = _NOBODY) -> tuple[Hit, ...]:
        """Each record once, the best first."""
        hits = (_hit(row, self._score(row, close)) for row in {row.id: row for row in rows}.values())
        closer = {record_id: -likely.score for record_id, likely in close.items()}
        return tuple(sorted(hits, key=lambda hit: (-hit.score, closer.get(hit.id, 0.0), fold(hit.name), hit.id)))

    def _score(self, row: Row[Any], close: Mapping[int, Likely] = _NOBODY) -> float:
        asked, key, whole = self._asked_for
        if whole in (fold(row.number).replace(" ", ""), fold(row.external_id or "").replace(" ", "")):
            return EXACT
        name = fold(row.name)
        if name_key(row.name) == key:
            return EXACT if name == fold(" ".join(self.asked)) else REORDERED
        having, likely = name.split(), close.get(row.id)
        # For each of the words 1 if it is in the name, less if only as a beginning, 0 if not.
        parts = [1.0 if word in having else _BEGUN * any(n.startswith(word) for n in having) for word in asked]
        fit = likely.score if likely is not None else 0.0 if self.plain else _fit(parts, having)
        score = round(OTHERWISE + (_BEST - OTHERWISE) * fit, 4)
        foremost = close and all(parts) and len(self.ids) <= _COMPARED
        return max(score, _BEGINS) if foremost else score

    @cached_property
    def _asked_for(self) -> tuple[Sequence[str], str, str]:
        """The words folded, the key of the name that they are, all as one."""
        asked = words.tokens(self.asked)
        return asked, name_key(" ".join(self.asked)), "".join(asked)


def _fit(parts: Sequence[float], having: Sequence[str]) -> float:
    """0..1: how many of the words are in a name, whole or as a beginning, and how much else is."""
    found = sum(parts) / max(1, len(parts))
    return found * (1 - _FULLNESS + _FULLNESS * min(1.0, len(parts) / max(1, len(having))))


def _select(kind: str) -> Select[Any]:
    own = own_table(kind)
    name = own.c.full_name if kind == PEOPLE else own.c.name
    columns = [own.c.id, record.c.number, own.c.external_id, name.label("name")]
    return select(*columns).join_from(own, record, record.c.id == own.c.id)


@cache
def _shown(kind: str) -> Select[Any]:
    """Made once: of a question of a few milliseconds, building it would take a good part."""
    return _select(kind).where(own_table(kind).c.id.in_(each_of(bindparam("ids"))))


def _hit(row: Row[Any], score: float) -> Hit:
    return Hit(row.id, row.number, row.name, row.external_id, score)


def _finder(view: View, kind: str, tree: Node, *, plain: bool = False) -> _Finder:
    return _Finder(view, kind, tree, _condition_of(view, kind, tree), _asked(tree), plain)


def _likely(view: View, kind: str, tree: Node, effort: Effort) -> dict[int, Likely]:
    """Records with names close to the words of a query that are as it says otherwise."""
    items = _items(tree)
    of_names = [item for item in items if isinstance(item, Word) and words.is_of_a_name(item.text)]
    if not of_names:
        return {}
    found = closest(view.connection, " ".join(word.text for word in of_names), effort)
    others = [item for item in items if item not in of_names]
    if kind == PEOPLE and not others:
        # Who is none of the few associations is a person: no look at each of them.
        gone = {*listed(view.connection, select(association.c.id).where(among(association.c.id, found)))}
        return {record_id: likely for record_id, likely in found.items() if record_id not in gone}
    own, condition = own_table(kind), Conditions(view, Names(kind, view.session)).of(all_of(others))
    kept = {*listed(view.connection, select(own.c.id).where(among(own.c.id, found), condition))}
    return {record_id: likely for record_id, likely in found.items() if record_id in kept}


def _tree(view: View, kind: str, text: str, *, plain: bool = False) -> Node:
    return plain_words(text) if plain else parse(text, Names(kind, view.session))


def _condition_of(view: View, kind: str, tree: Node) -> ColumnElement[bool] | None:
    """The condition on the own table; None for everybody, which needs no look at any row."""
    return None if tree == EVERYBODY else Conditions(view, Names(kind, view.session)).of(tree)


def _items(tree: Node) -> Sequence[Node]:
    """What all must hold."""
    return tree.items if isinstance(tree, And) else (tree,)


def _asked(tree: Node) -> list[str]:
    """The words that every record found has."""
    return [item.text for item in _items(tree) if isinstance(item, Word | Phrase)]


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
