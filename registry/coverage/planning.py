"""A file of estimates: what taking it in would do, and doing exactly that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from db.models import estimate
from registry import vocabularies
from registry.commands import ImportEstimates
from registry.context import Context, View
from registry.coverage import plain_list, un_tables
from registry.coverage.estimates import Estimate, Key, by_key, country_of, kept
from registry.coverage.found import A_REGION, NO_FIGURE, Found, LeftOut, Line
from registry.errors import BadFile
from registry.i18n import N_
from registry.kinds import clean
from registry.progress import Progress
from registry.queries import PlanEstimates
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.table_files import Sheet, TableFile, open_table_file

NOT_ESTIMATES = N_(
    "This file holds no estimates that could be read. It has to be the migrant stock by destination and origin as the"
    " United Nations publish it, or a list with the columns country, year, population and source."
)
TWICE = N_("Stands in an earlier row with another number.")

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(frozen=True)
class PlannedEstimate:
    """One estimate of a file.

    Attributes:
        row: its number in the file.
        estimate: as it will be; the id of the one that it changes, else 0.
        action: NEW, CHANGED or UNCHANGED.
        before: the number of people so far; None = a new one.
    """

    row: int
    estimate: Estimate
    action: str
    before: int | None


@dataclass(frozen=True)
class EstimatePlan:
    """What a file of estimates holds, compared with what the registry has.

    Attributes:
        name: of the file.
        lines: the estimates, in the order of the file.
        left_out: the other rows, and why.
    """

    name: str
    lines: tuple[PlannedEstimate, ...]
    left_out: tuple[LeftOut, ...]

    def count(self, action: str) -> int:
        """How many estimates are new, changed or unchanged."""
        return sum(line.action == action for line in self.lines)

    @property
    def reasons(self) -> dict[str, list[str]]:
        """Why rows were left out: catalogue message -> what these rows are about."""
        found: dict[str, list[str]] = {}
        for left in self.left_out:
            found.setdefault(left.reason, []).append(left.text)
        return found

    @property
    def unmatched(self) -> bool:
        """Whether something was left out that is no region and not just without a figure."""
        return bool(self.reasons.keys() - {A_REGION, NO_FIGURE})

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources named, in the order of the file."""
        return tuple(dict.fromkeys(line.estimate.source for line in self.lines))


def plan_estimates(view: View, query: PlanEstimates) -> EstimatePlan:
    """Read a file. Raises `BadFile` if it holds no estimates, `Invalid` for an origin that is no country."""
    origin = country_of(query.origin) if query.origin.strip() else view.settings.get("home", "")
    found = _read(query.path, origin, clean(query.source), view.progress)
    listed = [(f.row, Estimate(0, *astuple(f)[1:])) for f in found.figures]
    return _compared(view, query.path.name, listed, found.left_out)


def import_estimates(context: Context, command: ImportEstimates) -> EstimatePlan:
    """Take in the figures of a plan; what the registry has by now decides which of them change anything."""
    plan = command.plan
    now = _compared(context, plan.name, [(line.row, line.estimate) for line in plan.lines], plan.left_out)
    context.transaction.insert(estimate, [line.estimate.columns for line in now.lines if line.action == NEW])
    for line in now.lines:
        if line.action == CHANGED:
            context.transaction.update(estimate, line.estimate.id, line.estimate.columns)
    context.note.update(file=plan.name, estimates=len(now.lines))
    return now


def _compared(
    view: View, name: str, listed: Iterable[tuple[int, Estimate]], left_out: Sequence[LeftOut]
) -> EstimatePlan:
    known = by_key(kept(view))
    lines: dict[Key, PlannedEstimate] = {}
    further = list(left_out)
    for row, wanted in listed:
        if (first := lines.get(wanted.key)) is not None:
            if first.estimate.population != wanted.population:
                further.append(LeftOut(row, vocabularies.get("country").label(wanted.country), TWICE))
            continue
        before = known.get(wanted.key)
        action, planned = NEW, replace(wanted, id=0)
        if before is not None:
            planned = replace(wanted, id=before.id, note=wanted.note or before.note)
            action = UNCHANGED if before == planned else CHANGED
        lines[wanted.key] = PlannedEstimate(row, planned, action, before.population if before else None)
    return EstimatePlan(name, tuple(lines.values()), tuple(further))


def _read(path: Path, origin: str, source: str, progress: Progress) -> Found:
    """The figures of all sheets that hold some."""
    found, read = Found(), False
    with open_table_file(path, progress) as file:
        for sheet in file.sheets:
            sample = [(number, texts_of(row)) for number, row in enumerate(sheet.sample, sheet.first_row)]
            table = un_tables.table_of(sample, origin) or plain_list.list_of(sample, source)
            if table is not None:
                read = True
                table.take(_lines(file, sheet, progress), found)
    if not read:
        raise BadFile(NOT_ESTIMATES)
    return found


def _lines(file: TableFile, sheet: Sheet, progress: Progress) -> Iterator[Line]:
    """Every row of a sheet as text, with its number."""
    for batch in file.rows(sheet, progress):
        for number, row in enumerate(batch.rows, batch.first_row):
            yield number, texts_of(row)
