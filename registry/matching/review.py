"""The queue of pairs that may be one: read, taken out as a list, and answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from db.models import METADATA, duplicate_pair, duplicate_verdict, record
from db.records import slices, walked
from registry import records
from registry.access import Session
from registry.commands import ExportDuplicates, KeepApart
from registry.context import Context, View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.matching import queue
from registry.matching.evidence import Evidence, told
from registry.queries import ListDuplicates
from registry.transfer.readers.safe_text import guarded
from registry.whole_file import whole_file

NOT_CSV = N_("“{name}” does not end in .csv. The list of duplicates is written as a .csv file.")
NO_PAIR = N_("These two are not among the pairs that may be one. Look for duplicates first.")
#: A whole name, and its parts.
Called: TypeAlias = tuple[str, Mapping[str, str | None]]
HEADER = ("a", "b", "external_a", "external_b", "probability", "cluster", "evidence")


@dataclass(frozen=True)
class Side:
    """One of the two records of a pair."""

    id: int
    number: str
    external_id: str
    name: str


@dataclass(frozen=True)
class DuplicatePair:
    """Two records that may be one.

    Attributes:
        likelihood: 0..1.
        cluster: the smallest id of the group in which both are; None = in none.
        evidence: what speaks for and against, the weightiest first.
    """

    one: Side
    other: Side
    likelihood: float
    cluster: int | None
    evidence: tuple[Evidence, ...]


def list_duplicates(view: View, query: ListDuplicates) -> tuple[DuplicatePair, ...]:
    """The likeliest first; a pair of which somebody said that they are not the same is left out."""
    statement = likeliest_first(waiting(query.kind, query.threshold)).limit(query.limit).offset(query.offset)
    return tuple(pairs_of(view.connection, view.session, query.kind, view.connection.execute(statement).all()))


def export_duplicates(context: Context, command: ExportDuplicates) -> int:
    """Write the pairs that wait to a .csv file; returns their number. Raises as `export_records` does."""
    if command.path.suffix.casefold() != ".csv":
        raise Invalid(NOT_CSV, name=command.path.name)
    rows = context.connection.execute(likeliest_first(waiting(command.kind, command.threshold, most=True))).all()
    people = {row_id for row in rows for row_id in (row.record_id, row.other_id)}
    context.require_confirmation(len(people), command.reason)
    with whole_file(command.path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(HEADER)
        done, message = 0, _("Writing the file")
        for some in slices(rows):
            context.progress.step(done, len(rows), message)
            writer.writerows(_line(pair) for pair in pairs_of(context.connection, context.session, command.kind, some))
            done += len(some)
        text.flush()
        text.detach()
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(kind=command.kind, threshold=str(command.threshold), records=len(people))
    return len(rows)


def keep_apart(context: Context, command: KeepApart) -> bool:
    """Remember that no two of these are the same, until there is new evidence; False if that was said already."""
    ids = sorted(set(command.ids))
    # The pairs of one that was merged meanwhile are still there, for it may come back.
    if len(records.kinds_of(context.connection, ids)) < len(ids):
        raise Invalid(records.NO_RECORD)
    mine = and_(duplicate_pair.c.record_id.in_(ids), duplicate_pair.c.other_id.in_(ids))
    pairs = context.connection.execute(select(duplicate_pair).where(mine)).all()
    if not pairs:
        raise Invalid(NO_PAIR)
    said = [_keep_apart(context, pair.record_id, pair.other_id, pair.basis) for pair in pairs]
    return any(said)


def _keep_apart(context: Context, low: int, high: int, basis: str) -> bool:
    values = {
        "verdict": queue.NOT_THE_SAME,
        "basis": basis,
        "decided_by": context.session.name,
        "decided_on": date.today().isoformat(),
    }
    mine = and_(duplicate_verdict.c.record_id == low, duplicate_verdict.c.other_id == high)
    said = context.connection.execute(select(duplicate_verdict.c.id, duplicate_verdict.c.basis).where(mine)).first()
    if said is None:
        context.transaction.insert(duplicate_verdict, [{"record_id": low, "other_id": high, **values}])
        return True
    if said.basis == basis:
        return False
    return context.transaction.update(duplicate_verdict, said.id, values)


def waiting(kind: str, threshold: float, *, most: bool = False) -> Select[Any]:
    """The pairs that wait, of each both records are there; `most`: nearly all will be read, or those of one record."""
    pair, verdict = duplicate_pair, duplicate_verdict
    answered = exists().where(
        verdict.c.record_id == pair.c.record_id, verdict.c.other_id == pair.c.other_id, verdict.c.basis == pair.c.basis
    )
    likely: ColumnElement[bool] = or_(pair.c.likelihood >= round(threshold * 10_000), pair.c.cluster.is_not(None))
    of_kind = (walked(pair.c.kind) if most else pair.c.kind) == kind
    return select(pair).where(of_kind, likely, ~answered, queue.both_there())


def likeliest_first(pairs: Select[Any]) -> Select[Any]:
    """In the order of the queue."""
    pair = duplicate_pair.c
    return pairs.order_by(pair.likelihood.desc(), pair.record_id, pair.other_id)


def pairs_of(connection: Connection, session: Session, kind: str, rows: Sequence[Any]) -> Iterator[DuplicatePair]:
    """Rows of the queue with names, numbers and words."""
    known = sides(connection, kind, sorted({i for row in rows for i in (row.record_id, row.other_id)}))
    for row in rows:
        (one, parts), (other, others) = known[row.record_id], known[row.other_id]
        said = told(session, kind, row.evidence, *named((one.name, parts), (other.name, others)))
        yield DuplicatePair(one, other, row.likelihood / 10_000, row.cluster, said)


def named(one: Called, other: Called) -> tuple[dict[str, str], str]:
    """Both names side by side: of each part that both tell, and of the whole."""
    parts = {part: f"{text} / {other[1][part]}" for part, text in one[1].items() if text and other[1].get(part)}
    return parts, f"{one[0]} / {other[0]}"


def sides(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, tuple[Side, Mapping[str, str]]]:
    """Records as sides of a pair, and the parts of their names."""
    own = METADATA.tables["person" if kind == PEOPLE else "association"]
    columns = (own.c.full_name, own.c.given_name, own.c.family_name) if kind == PEOPLE else (own.c.name,)
    joined = select(record.c.id, record.c.number, own.c.external_id, *columns).join(own, own.c.id == record.c.id)
    found: dict[int, tuple[Side, Mapping[str, str]]] = {}
    for some in slices(ids):
        for row_id, number, external_id, name, *parts in connection.execute(joined.where(record.c.id.in_(some))):
            told_apart = dict(zip(("given", "family"), parts, strict=False))
            found[row_id] = Side(row_id, number, external_id or "", name), told_apart
    return found


def _line(pair: DuplicatePair) -> list[str]:
    said = "; ".join(f"{one.words} {one.weight / 10:+.1f}" for one in pair.evidence)
    cells = [pair.one.number, pair.other.number, pair.one.external_id, pair.other.external_id]
    cells += [f"{pair.likelihood:.4f}", "" if pair.cluster is None else str(pair.cluster), said]
    return [guarded(cell) for cell in cells]
