"""Carrying out a plan, exactly, in the transaction of one command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from registry import links, new_rows, records, writing
from registry.commands import ImportRecords
from registry.context import Context
from registry.fields import PEOPLE
from registry.i18n import _
from registry.transfer.columns import remembered
from registry.transfer.planning import doubling, linking
from registry.transfer.planning.comparing import compare, drafted
from registry.transfer.planning.conflicts import conflicts
from registry.transfer.planning.lookup import TraitReader
from registry.transfer.planning.plan import CREATED, SKIPPED, UPDATED, CellProblem, Entry, Plan
from registry.values import Value

#: Records written at a time.
_CHUNK = 2_000


@dataclass(frozen=True)
class ImportResult:
    """What an import did; `created` to `rejected` add up to `rows` (CLI.md, `import`).

    Attributes:
        review: pairs to be looked at.
        mapping: header -> canonical name.
        conflicts: rows that were left, as the register changed after the plan was made; they count as skipped.
        seconds: planning and writing together.
    """

    kind: str
    rows: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    rejected: int
    review: int
    mapping: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    conflicts: list[CellProblem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0


def import_records(context: Context, command: ImportRecords) -> ImportResult:
    """Write what the plan says and nothing else; records changed since are left and reported."""
    started = perf_counter()
    plan = command.plan
    left = conflicts(context.connection, plan)
    written = [e for e in plan.entries if e.values and e.row not in left]
    total = len(written)
    done = _create(context, plan, [e for e in written if e.outcome == CREATED], total)
    _update(context, plan, [e for e in written if e.outcome == UPDATED], done, total)
    if written:
        remembered.remember(context, plan.kind, plan.matches, plan.texts, plan.dates)
    context.note.update(file=plan.file, sha256=plan.sha256, rows=len(plan.entries), **plan.counts)
    return result(plan, perf_counter() - started, left)


def result(plan: Plan, seconds: float = 0.0, conflicting: Mapping[int, str] | None = None) -> ImportResult:
    """What carrying out the plan gives (or, for a dry run, would give)."""
    left = conflicting or {}
    counts = dict(plan.counts)
    for entry in plan.entries:
        if entry.row in left:
            counts[entry.outcome] -= 1
            counts[SKIPPED] += 1
    return ImportResult(
        plan.kind,
        len(plan.entries),
        **counts,
        review=sum(not left.keys() & {-pair.one, -pair.other} for pair in plan.pairs),
        mapping=plan.mapping,
        unmapped=plan.unmapped,
        problems=plan.problems,
        conflicts=[CellProblem(row, "", reason) for row, reason in sorted(left.items())],
        warnings=plan.warnings,
        seconds=plan.seconds + seconds,
    )


def _create(context: Context, plan: Plan, entries: Sequence[Entry], total: int) -> int:
    read = TraitReader(plan.kind, plan.names).number
    wanted = [read(entry.values) for entry in entries]
    given = writing.numbers(context.transaction, plan.kind, wanted, context.settings.get("post", ""))
    renumbered = {old: new for old, new in zip(wanted, given, strict=True) if old and old != new}
    message, source = _("Writing records"), _("{file}, row {row}")
    ids: list[int] = []
    for first in range(0, len(entries), _CHUNK):
        context.progress.step(first, total, message)
        some = entries[first : first + _CHUNK]
        values = _renumbered(plan, [entry.values for entry in some], renumbered)
        rows = new_rows.of_values(plan.reader, values)
        sources = [source.format(file=plan.file, row=e.row) for e in some]
        numbers = given[first : first + _CHUNK]
        ids += writing.create(context.transaction, plan.kind, rows, sources, numbers, strict=False)
    if len(entries) > _CHUNK and linking.names_people(plan):
        links.link_numbered(context.transaction, ids)
    doubling.keep(context, plan, {entry.row: i for entry, i in zip(entries, ids, strict=True)})
    return len(entries)


def _renumbered(plan: Plan, values: list[tuple[Value, ...]], numbers: Mapping[str, str]) -> Sequence[Sequence[Value]]:
    """Values that name people by the numbers that they have here instead of those that the list knows."""
    naming = {place for place, name in enumerate(plan.names) if linking.target(plan, name) == PEOPLE}
    if not numbers or not naming or plan.kind != PEOPLE:
        return values
    return [
        [
            links.renumbered(value, numbers) if place in naming and type(value) is str else value
            for place, value in enumerate(row)
        ]
        for row in values
    ]


def _update(context: Context, plan: Plan, entries: Sequence[Entry], done: int, total: int) -> None:
    message = _("Writing records")
    for first in range(0, len(entries), 500):
        context.progress.step(done + first, total, message)
        some = entries[first : first + 500]
        context.transaction.expect([e.target for e in some])
        existing = records.whole(context.connection, plan.kind, [e.target for e in some])
        for entry in some:
            rows = existing[entry.target]
            draft = drafted(context.connection, plan.reader, entry.values, rows)
            news, _changes = compare(plan.kind, draft, rows, fill=entry.fill)
            writing.change(context.transaction, plan.kind, entry.target, news, rows, strict=False)
    context.progress.step(total, total, message)
