"""Rows that may be the same person or association as a record or another row, however differently they are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from db.batches import Batch
from db.bulk import insert_all
from db.models import duplicate_pair
from registry import new_rows
from registry.context import Context, View
from registry.formats import likelihood
from registry.i18n import N_, _
from registry.matching import few, joining, queue
from registry.matching.compare import SAME
from registry.matching.evidence import told
from registry.matching.few import Pair
from registry.matching.review import sides
from registry.transfer.planning.plan import CREATED, NEW_BY_YOU, Entry, Plan
from registry.writing import with_full_names

LIKE_RECORD = N_("Like record {number}, {likelihood}: {evidence}.")
LIKE_ROW = N_("Like row {row}, {likelihood}: {evidence}.")
#: Rows that are read at a time.
_AT_ONCE = 2_000
#: Reasons that are told of a row, the weightiest; the queue tells all.
_TOLD = 5
#: From this likelihood on, in ten-thousandths, a pair is looked at.
_LIKELY = 5_000
#: What is said of rows that share what only one person or organisation should.
_SHARED: Mapping[str, tuple[str, ...]] = {
    "document": ("document",),
    "email_birth": ("email", "born"),
    "email_name": ("email", "given", "family"),
    "phone_name": ("phone", "given", "family"),
    "name_birth": ("given", "family", "born"),
    "name": ("family",),
}


def look(view: View, plan: Plan) -> None:
    """Mark the new rows that may be a record or another row, and note the pairs; nobody is left out for a likeness."""
    if plan.options.duplicates != "review":
        return
    entries = {-e.row: e for e in plan.entries if e.outcome == CREATED and e.reason != NEW_BY_YOU}
    view.progress.step(0, 0, _("Looking for duplicates"))
    if few.are_many(view.connection, plan.kind, len(entries)):
        found = few.pairs_of_many(view.connection, plan.kind, _batches(plan, entries), view.progress)
    else:
        new = [(new_id, few.rows_of(plan.kind, plan.reader.draft(entry.values))) for new_id, entry in entries.items()]
        found = few.pairs_with(view.connection, plan.kind, new, view.progress) if new else []
    pairs = {(pair.one, pair.other): pair for pair in found if pair.likelihood >= _LIKELY}
    for pair in _known(entries.values()):
        pairs.setdefault((pair.one, pair.other), pair)
    _mark(view, plan.kind, entries, list(pairs.values()))
    plan.pairs = sorted(pairs.values(), key=lambda pair: (pair.one, pair.other))


def _batches(plan: Plan, entries: Mapping[int, Entry]) -> Iterator[Batch]:
    """The rows that records would have, by their negative ids."""
    ids = sorted(entries)
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        parts = new_rows.of_values(plan.reader, [entries[new_id].values for new_id in some])
        yield Batch(some, [with_full_names(part) if part.table == "person" else part for part in parts])


def keep(context: Context, plan: Plan, ids: Mapping[int, int]) -> int:
    """Queue the pairs of rows that were written; returns how many. `ids`: row -> id of its record."""
    rows = []
    for pair in plan.pairs:
        sides = [ids.get(-side, 0) if side < 0 else side for side in (pair.one, pair.other)]
        if all(sides):
            low, high = sorted(sides)
            rows.append((low, high, plan.kind, pair.likelihood, None, pair.evidence, pair.basis))
    insert_all(context.connection, duplicate_pair, queue.COLUMNS, rows)
    # How common a word is, asks the index of names.
    context.transaction.names.write()
    joining.regroup(context.connection, plan.kind, {i for row in rows for i in row[:2]})
    return len(rows)


def _known(entries: Iterable[Entry]) -> Iterable[Pair]:
    """The pairs that share a number, or a name and something else, whatever else they say."""
    for entry in entries:
        if entry.alike:
            codes = json.dumps([(name, SAME, 50) for name in _SHARED[entry.shared]], separators=(",", ":"))
            low, high = sorted((-entry.row, entry.alike))
            yield Pair(low, high, _LIKELY, codes, "")


def _mark(view: View, kind: str, entries: Mapping[int, Entry], pairs: Sequence[Pair]) -> None:
    known = _records(view.connection, kind, pairs)
    for pair in sorted(pairs, key=lambda pair: -pair.likelihood):
        entry, other = _later(entries, pair)
        if entry is not None and not entry.review:
            entry.review, entry.alike = True, entry.alike or max(other, 0)
            number, name = known[other] if other > 0 else ("", entries[other].name)
            said = told(view.session, kind, pair.evidence, {}, f"{entry.name} / {name}")
            reasons = [one.words for one in said if one.weight > 0][:_TOLD]
            words = {"likelihood": likelihood(pair.likelihood / 10_000), "evidence": ", ".join(reasons)}
            entry.reason = LIKE_ROW if other < 0 else LIKE_RECORD
            entry.words = words | ({"row": -other} if other < 0 else {"number": number})


def _later(entries: Mapping[int, Entry], pair: Pair) -> tuple[Entry | None, int]:
    """The row of a pair, of two the later one, and the id of the other side."""
    later, other = sorted((pair.one, pair.other))
    return entries.get(later), other


def _records(connection: Connection, kind: str, pairs: Sequence[Pair]) -> dict[int, tuple[str, str]]:
    """Number and name of the records among them, by id."""
    found = sides(connection, kind, sorted({side for pair in pairs for side in (pair.one, pair.other) if side > 0}))
    return {row_id: (side.number, side.name) for row_id, (side, _parts) in found.items()}
