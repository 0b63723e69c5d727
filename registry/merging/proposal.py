"""Records side by side before they are merged: which should stay, and whose value each field should take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from db.models import history_entry, record
from registry import fields, records
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.merging.merging import KINDS_DIFFER, ONE
from registry.merging.own import units
from registry.queries import MergeProposal
from registry.records import Record
from registry.search.folding import name_key


@dataclass(frozen=True)
class Side:
    """One field of the records that stand side by side.

    Attributes:
        field: canonical name.
        values: what each record says, in the reader's words and the order asked; "" = nothing.
        taken: id of the record whose value is proposed; 0 = there is nothing to choose: all values are kept.
        together: name of the first field of those that are chosen together; its own name if it is chosen alone.
    """

    field: str
    values: tuple[str, ...]
    taken: int
    together: str

    @property
    def equal(self) -> bool:
        """Whether all say the same."""
        return len(set(self.values)) == 1


@dataclass(frozen=True)
class Proposal:
    """What a merge could look like.

    Attributes:
        kind: of the records.
        records: they, in the order asked.
        stays: id of the one that should stay: confirmed or changed last, then the fullest, then the oldest.
        sides: every field that one of them fills.
        changed: by id when it was last changed, in microseconds since 1970 (UTC).
    """

    kind: str
    records: tuple[Record, ...]
    stays: int
    sides: tuple[Side, ...]
    changed: Mapping[int, int]

    @property
    def taken(self) -> dict[str, int]:
        """The choices that differ from what the record that stays says."""
        return {s.field: s.taken for s in self.sides if s.taken not in (0, self.stays) and s.field == s.together}


def merge_proposal(view: View, query: MergeProposal) -> Proposal:
    """Side by side; raises `Invalid` for fewer than two records, for two kinds, and for records that are gone."""
    ids = tuple(dict.fromkeys(query.ids))
    if len(ids) < 2:
        raise Invalid(ONE)
    kinds = records.kinds_of(view.connection, ids)
    if len(kinds) < len(ids):
        raise Invalid(records.NO_RECORD)
    if len(set(kinds.values())) > 1:
        raise Invalid(KINDS_DIFFER)
    kind = kinds[ids[0]]
    loaded = records.load(view.connection, view.session, kind, ids)
    some = tuple(loaded[i] for i in ids)
    changed = _changed(view, ids)
    order = _order(some, changed)
    sides = []
    for field in fields.of(kind):
        if view.session.sees(field) and field.table != "record":
            values = tuple(_shown(one, field) for one in some)
            if any(values):
                sides.append(Side(field.name, values, *_choice(kind, field, some, order)))
    return Proposal(kind, some, order[0], tuple(sides), changed)


def _changed(view: View, ids: Sequence[int]) -> dict[int, int]:
    """By id when it was last changed."""
    subjects = select(record.c.id, record.c.subject).where(record.c.id.in_(ids)).subquery()
    changed = view.connection.execute(
        select(subjects.c.id, func.max(history_entry.c.time))
        .join(history_entry, history_entry.c.subject == subjects.c.subject)
        .group_by(subjects.c.id)
    )
    return {record_id: newest for record_id, newest in changed}


def _order(some: Sequence[Record], changed: Mapping[int, int]) -> list[int]:
    """Ids, the record first that should stay."""

    def rank(one: Record) -> tuple[str, int, int, int]:
        return one.values.get("last_confirmed", ""), len(one.values), changed.get(one.id, 0), -one.id

    return [one.id for one in sorted(some, key=rank, reverse=True)]


def _choice(kind: str, field: Field, some: Sequence[Record], order: Sequence[int]) -> tuple[int, str]:
    """(whose value, name of the first field chosen with it)."""
    if field.repeats or field.table == fields.CONSENT:
        return 0, field.name
    head = field
    if field.table in ("person", "association"):
        unit = next(unit for unit in units(kind) if field.column in unit)
        head = next((f for f in fields.of(kind) if f.table == field.table and f.column == unit[0]), field)
    by_id = {one.id: one for one in some}
    filled = [i for i in order if by_id[i].values.get(head.name)]
    if not filled:
        filled = [i for i in order if by_id[i].values.get(field.name)] or list(order)
    best = filled[0]
    for i in filled[1:]:
        if _says_more(kind, head, by_id[i].values.get(head.name, ""), by_id[best].values.get(head.name, "")):
            best = i
    return best, head.name


def _says_more(kind: str, field: Field, value: str, other: str) -> bool:
    """Whether a value holds all that the other says and more: 1985-03-04 against 1985, a name with all its parts."""
    if kind == PEOPLE and field.column in ("full_name", "native_name"):
        return set(name_key(value).split()) > set(name_key(other).split())
    return len(value) > len(other) and value.startswith(other + "-") if other else bool(value)


def _shown(one: Record, field: Field) -> str:
    """All values of a field, one a line."""
    shown = []
    place = 0
    while (name := fields.numbered(field.name, place)) in one.values or name in one.raw:
        shown.append(one.show(name))
        place += 1
    return "\n".join(shown)
