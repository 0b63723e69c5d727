"""Questions answered from the search index and the tables: lists, best matches."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from time import perf_counter
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, bindparam, func, not_, select

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
from registry.search.collation import collated, sort_key
from registry.search.conditions import Conditions, own_table, standing
from registry.search.lexicon import lexicon_of
from registry.search.names import Names
from registry.search.order import NameOrder, everybody, known_order
from registry.search.parser import parse, plain_words
from registry.search.scoring import OTHERWISE, Hit, Scoring, Shown
from registry.search.tree import EVERYBODY, And, Node, Phrase, Word, all_of

NOTHING_ASKED = N_("There is nothing to look for in this text. Write a name, a number or a place.")
UNSORTABLE = N_("“{word}” is not a field that a list can be sorted by.")
_BY_NAME = (person.c.sort_key, person.c.id)
#: Of more records that fit, those whose names are not the closest stand by name behind them.
_COMPARED = 100
#: Where so many fit, or somebody is called just so, whoever has close names only is not looked for.
_ENOUGH = 20
#: Names that fit less are other people's: log-odds, below which 4 of 100 right names lie, and hardly any.
_NEAR, _NEAREST = -2.5, -3.5
#: Of many that fit, so many at most stand before the others because the words are whole in their names.
_MOST_WHOLE = 50


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
    if query.first and finder.everybody and not (query.sort or query.descending):
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
    return array("q", (hit.id for hit in finder.scoring.ranked(finder.records(finder.near()))))


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
        asked: the words; none when the query names only fields.
        plain: whether a name is asked for that may be written in any way, and whatever is near it is wanted.
    """

    view: View
    kind: str
    tree: Node
    asked: Sequence[str]
    plain: bool = False

    @property
    def everybody(self) -> bool:
        """Whether nothing is asked for, which needs no look at any row."""
        return self.tree == EVERYBODY

    @cached_property
    def condition(self) -> ColumnElement[bool]:
        """What the records must be like; raises `Invalid` for a value that its field cannot have."""
        return Conditions(self.view, Names(self.kind, self.view.session)).of(self.tree)

    @cached_property
    def order(self) -> NameOrder | None:
        """The order of all people, if they are asked for and it is known."""
        return known_order(self.view.connection) if self.kind == PEOPLE else None

    @cached_property
    def scoring(self) -> Scoring:
        """Which of the records that fit is the best."""
        return Scoring(self.asked, plain=self.plain, few=len(self.ids) <= _COMPARED)

    @cached_property
    def ids(self) -> array[int]:
        """All that fit, in no order."""
        connection, own = self.view.connection, own_table(self.kind)
        if query := words.query_of(_items(self.tree)):
            # Who has the words is known without a look at any record; only few are not people.
            asked = {"fts": query}
            if self.order is not None:
                return self.order.people(listed(connection, _having_words(None), asked))
            return listed(connection, _having_words(self.kind), asked)
        return listed(connection, select(own.c.id) if self.everybody else select(own.c.id).where(self.condition))

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
            return len(few), self.scoring.ranked(few)[offset : offset + limit]
        fitting = set(self.ids)
        near = [i for i in self.near(whole=bool(few) and not self.plain) if i not in fitting]
        best = self.scoring.ranked([*few, *self.records(self._foremost(near, offset + limit))], self.likely)
        return len(few) + len(near), best[offset : offset + limit]

    def first(self, limit: int) -> array[int]:
        """Of everybody those that stand first by name."""
        if self.kind != PEOPLE:
            return self.all_by_name()[:limit]
        return listed(self.view.connection, select(person.c.id).order_by(*_BY_NAME).limit(limit))

    def all_by_name(self) -> array[int]:
        """All that fit, by name."""
        connection = self.view.connection
        if self.kind == PEOPLE:
            if self.everybody:
                return everybody(connection)
            if self.order is not None:
                return self.order.sorted(self.ids)
            return listed(connection, select(person.c.id).where(self.condition).order_by(*_BY_NAME))
        chosen = select(association.c.id, association.c.name)
        named = connection.execute(chosen if self.everybody else chosen.where(self.condition)).all()
        return array("q", (row[0] for row in sorted(named, key=lambda row: (collated(row[1]), row[1]))))

    def best(self) -> tuple[Hit, ...]:
        """Those that fit whose names fit best, the best first."""
        if len(self.ids) <= _COMPARED:
            return self.scoring.ranked(self.records(self.ids))
        if self.plain:
            return self.scoring.ranked([*self._same_name(), *self.records(self.near(whole=True))], self.likely)
        return self.scoring.ranked([*self._same_name(), *self._whole_words()])

    def near(self, *, whole: bool = False) -> list[int]:
        """Records with close names; `whole` = none of which a word is missing."""
        least = _NEAREST if self.plain else _NEAR
        return [i for i, fit in self.likely.items() if (fit.whole if whole else fit.odds >= least)]

    def records(self, ids: Sequence[int]) -> Sequence[Shown]:
        """What is shown of these records."""
        if not ids:
            return ()
        found: Sequence[Any] = self.view.connection.execute(_shown(self.kind), {"ids": as_json(ids)}).all()
        return found

    def _enough(self, few: Sequence[Shown]) -> bool:
        """Whether nobody needs to be looked for who only has a close name."""
        return len(few) >= _ENOUGH or self.scoring.exact(few)

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
        few, fitting = np.array(ids, np.int64), np.sort(self.ids, kind="stable")  # mostly in order as they come
        places = np.minimum(np.searchsorted(fitting, few), len(fitting) - 1)
        found: list[int] = few[fitting[places] == few].tolist()
        return found

    def _count(self) -> int:
        counted = select(func.count()).select_from(own_table(self.kind))
        if not self.everybody:
            counted = counted.where(self.condition)
        return int(self.view.connection.execute(counted).scalar_one())

    def _same_name(self) -> Sequence[Shown]:
        """Whoever has exactly this name, of the many that fit."""
        same = self.view.connection.execute(_called(self.kind), {"key": self.scoring.key}).scalars().all()
        return self.records(self._fitting(same)) if same else ()

    def _whole_words(self) -> Sequence[Shown]:
        """Of the many who fit, whoever has the words whole in a name; nobody if these are many, too."""
        query = index.query_for(words.tokens(self.asked), within="name", whole=True)
        found = listed(self.view.connection, _SOME_HAVING_WORDS, {"fts": query})
        return self.records(self._fitting(found)) if 0 < len(found) <= _MOST_WHOLE else ()

    def _page_by_name(self, offset: int, limit: int, without: Sequence[int], score: float) -> tuple[Hit, ...]:
        if self.order is not None:
            ids = self.order.first(None if self.everybody else self.ids, offset, limit, without)
        elif self.kind == PEOPLE:
            chosen = select(person.c.id).where(person.c.id.not_in(without)) if without else select(person.c.id)
            chosen = chosen if self.everybody else chosen.where(self.condition)
            ids = listed(self.view.connection, chosen.order_by(*_BY_NAME).limit(limit).offset(offset))
        else:
            ids = array("q", (i for i in self.all_by_name() if i not in without))[offset : offset + limit]
        rows = {row[0]: row for row in self.records(ids)}
        return tuple(_hit(rows[i], score) for i in ids)


@cache
def _shown(kind: str) -> Select[Any]:
    """Made once: of a question of a few milliseconds, building it would take a good part."""
    own = own_table(kind)
    name = own.c.full_name if kind == PEOPLE else own.c.name
    columns = [own.c.id, record.c.number, own.c.external_id, name.label("name")]
    chosen = select(*columns).join_from(own, record, record.c.id == own.c.id)
    return chosen.where(own.c.id.in_(each_of(bindparam("ids"))))


@cache
def _having_words(kind: str | None) -> Select[Any]:
    """The records of a kind, None = of any, that a query of the index finds."""
    found = index.FOUND
    one = found.selected_columns.id.in_(select(association.c.id))
    return found if kind is None else found.where(not_(one) if kind == PEOPLE else one)


_SOME_HAVING_WORDS = index.FOUND.limit(_MOST_WHOLE + 1)


@cache
def _called(kind: str) -> Select[Any]:
    """Whoever has a name of this key."""
    own = own_table(kind)
    return select(own.c.id).where(own.c.name_key == bindparam("key")).limit(_COMPARED)


def _hit(row: Shown, score: float) -> Hit:
    record_id, number, external_id, name = row
    return Hit(record_id, number, name, external_id, score)


def _finder(view: View, kind: str, tree: Node, *, plain: bool = False) -> _Finder:
    return _Finder(view, kind, tree, _asked(tree), plain)


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
