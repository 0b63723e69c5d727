"""The report of a plan: a workbook with every row of the file, what happens to it and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from registry.errors import Invalid
from registry.i18n import N_, _
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.planning.plan import CREATED, REJECTED, SKIPPED, UNCHANGED, UPDATED, CellProblem, Plan, PlanRow
from registry.whole_file import whole_file

OUTCOME_LABELS = {
    CREATED: N_("Created"),
    UPDATED: N_("Updated"),
    UNCHANGED: N_("Unchanged"),
    SKIPPED: N_("Skipped"),
    REJECTED: N_("Rejected"),
}
OTHER_ENDING = N_("The report is a workbook. Give its file the ending .xlsx.")
REPLACES_LIST = N_("The report would replace the list that is read. Give it another name.")
#: Headings, and widths in characters: what is long is broken into lines.
_COLUMNS = (
    (N_("Row"), 8),
    (N_("What happens"), 16),
    (N_("Name"), 32),
    (N_("Why"), 48),
    (N_("Changes"), 48),
    (N_("Values kept as text"), 48),
    (N_("To review"), 12),
    (N_("To mind"), 48),
)
#: A cell of a workbook holds so many characters (ECMA-376 part 1, 18.18.37).
_MOST = 32_767


def check_place(path: Path, source: Path) -> None:
    """Raise `Invalid` before any work if the report would replace the list, or what is no workbook."""
    if path.suffix.casefold() != ".xlsx":
        raise Invalid(OTHER_ENDING)
    if path.resolve() == source.resolve():
        raise Invalid(REPLACES_LIST)


def write_report(plan: Plan, path: Path, conflicts: Sequence[CellProblem] = ()) -> None:
    """Write the workbook, whole or not at all. Raises `StorageTrouble` if it can't be written.

    Args:
        conflicts: rows that were left when the plan was carried out, and why.
    """
    left = {problem.row: problem.reason for problem in conflicts}
    problems: dict[int, list[str]] = {}
    for problem in plan.problems:
        problems.setdefault(problem.row, []).append(f"{problem.column}: {problem.reason}".removeprefix(": "))
    minded: dict[int, list[str]] = {}
    for remark in plan.remarks:
        minded.setdefault(remark.row, []).append(remark.reason)
    with whole_file(path) as file:
        book = Workbook(file)
        book.sheet(_("Import"), [Column(_(label), width, wrapped=True) for label, width in _COLUMNS], footer=plan.file)
        for row in plan.rows():
            told = "\n".join(minded.get(row.row, ()))[:_MOST]
            if row.row in left:
                row = replace(row, outcome=SKIPPED, reason=left[row.row], changes=(), review=False)
            book.row([*_cells(plan, row, problems.get(row.row, [])), told])
        for warning in plan.warnings:
            book.row(["", _("Note"), "", warning[:_MOST], "", "", "", ""])
        book.close()


def _cells(plan: Plan, row: PlanRow, problems: list[str]) -> list[Cell]:
    changes = "\n".join(f"{name}: {old} → {new}" for name, old, new in map(plan.show, row.changes))
    return [
        row.row,
        _(OUTCOME_LABELS[row.outcome]),
        row.name,
        row.reason,
        changes[:_MOST],
        "\n".join(problems)[:_MOST],
        _("yes") if row.review else "",
    ]
