"""Whom a query finds, as a mask: what packed columns can tell is read there, the rest is asked of the store."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import reduce

import numpy as np
from sqlalchemy import func, select

from registry import fields, kinds, links, vocabularies
from registry.fields import Field
from registry.packed.columns import Column, Mask, Numbers, numbers_in
from registry.packed.dimensions import DIMENSIONS, FACETS
from registry.packed.store import Columns, fitting_dates
from registry.search.conditions import (
    ANYTHING,
    NOTHING,
    UNCODED,
    Conditions,
    fitting_codes,
    fitting_texts,
    own_table,
)
from registry.search.folding import IDEOGRAPH, fold
from registry.search.names import Names
from registry.search.regions import REGIONS
from registry.search.tree import EVERYBODY, And, Node, Not, Or, Term, all_of
from registry.search.values import BY_CODE, by_code, coded


class Finding:
    """Masks of the queries of one user about one kind of records."""

    def __init__(self, columns: Columns, kind: str) -> None:
        self.columns, self.kind = columns, kind
        self.everybody = columns.everybody(kind)
        self._names = Names(kind, columns.view.session)
        self._conditions = Conditions(columns.view, self._names)
        counted = {d.field for d in (*FACETS[kind], *DIMENSIONS) if d.kind == kind}
        # Of codes that may still be texts the store would have to list all values for each question.
        self._held = counted | {field.name for field in fields.of(kind) if field.kind is kinds.OPEN_CODE}

    def of(self, tree: Node) -> Mask:
        """The records that a query finds; raises `Invalid` as any look for them does."""
        items = tree.items if isinstance(tree, And) else (tree,)
        rest = all_of(item for item in items if not self._tells(item))
        found = self.everybody if rest == EVERYBODY else self.columns.once((self.kind, rest), lambda: self._asked(rest))
        for item in items:
            if self._tells(item):
                found = found & self._told(item)
        return found

    def numbers(self, field: Field, column: Column, term: Term) -> Sequence[int] | Numbers:
        """The numbers of the values in `column` that a condition on its field finds; 0 = no value."""
        folded, values = fold(term.value), column.values
        if field.vocabulary and term.value.startswith(BY_CODE):
            return _numbers(values, by_code(field, term))
        if term.operator == ":" and folded in NOTHING:
            return [0]
        if term.operator == ":" and folded in ANYTHING:
            return np.arange(1, len(values))
        if field.kind is kinds.PARTIAL_DATE:
            return _numbers(values, fitting_dates(self.columns.view, values[1:], [term]))
        if field.kind is kinds.OPEN_CODE:
            known = vocabularies.get(field.vocabulary)
            if folded in UNCODED:
                return _numbers(values, [value for value in values[1:] if value not in known.labels])
            return _numbers(values, fitting_codes(field, term.value, values[1:]))
        if field.vocabulary:
            return _numbers(values, coded(field, term))
        return _numbers(values, fitting_texts(self.columns.view, field, term.value, _likely(field, column, term.value)))

    def _told(self, item: Node) -> Mask:
        match item:
            case Not(inner):
                return self.everybody & ~self._told(inner)
            case Or(items):
                return reduce(operator.or_, map(self._told, items))
            case And(items):
                return reduce(operator.and_, map(self._told, items))
            case Term():
                (field,) = self._names.find(item.field)
                if field.kind is kinds.PARTIAL_DATE:  # of which there are many different ones
                    return self.columns.once((self.kind, item), lambda: self._having(field, item))
                return self._having(field, item)
        raise TypeError(item)

    def _having(self, field: Field, term: Term) -> Mask:
        column = self.columns.of(field)
        return self.everybody & column.having(self.numbers(field, column, term))

    def _tells(self, item: Node) -> bool:
        """Whether packed columns alone can tell whom a part of a query finds."""
        match item:
            case Not(inner):
                return self._tells(inner)
            case Or(items) | And(items):
                return bool(items) and all(self._tells(each) for each in items)
            case Term():
                known = self._names.find(item.field)
                return len(known) == 1 and known[0].name in self._held and self._compares(known[0], item)
        return False

    def _compares(self, field: Field, term: Term) -> bool:
        """Whether the condition is one on the values alone: not on a level beside, or a record that is linked to."""
        dated = field.kind is kinds.PARTIAL_DATE and not field.repeats
        return (term.operator == ":" or dated) and not (links.target(field) or self._conditions.with_level(field, term))

    def _asked(self, tree: Node) -> Mask:
        """What the store finds, its ids joined to one text."""
        own = own_table(self.kind)
        found = select(func.aggregate_strings(own.c.id, ",")).where(self._conditions.of(tree))
        mask = np.zeros(self.columns.size, np.bool_)
        ids = numbers_in(self.columns.view.connection.execute(found).scalar_one())
        mask[ids[ids < self.columns.size]] = True
        return mask & self.everybody


def _numbers(values: Sequence[str], wanted: Sequence[str]) -> list[int]:
    among = frozenset(wanted)
    return [number for number, value in enumerate(values) if number and value in among]


def _likely(field: Field, column: Column, text: str) -> Sequence[str]:
    """The texts that may have a word which begins like `text`: nearly all can be left aside at once."""
    if field.name in REGIONS or IDEOGRAPH.search(text) or not fold(text):
        return column.values[1:]
    return column.alike(fold(text))
