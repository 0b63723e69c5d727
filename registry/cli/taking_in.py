"""`import`: somebody's list into the registry, or only what would become of it."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.output import Output
from registry.cli.state import SignedIn, State, secret
from registry.collecting import collector_paused
from registry.commands import ImportRecords
from registry.errors import BadFile
from registry.i18n import _, ngettext
from registry.queries import PlanImport

if TYPE_CHECKING:
    from registry.transfer.options import ImportOptions
    from registry.transfer.planning.apply import ImportResult
    from registry.transfer.planning.plan import Plan

#: So many problems are printed for people; the report and JSON hold all.
_SHOWN = 20


class Existing(StrEnum):
    """What becomes of a row with the reference of a record but other content."""

    UPDATE = "update"
    FILL = "fill"
    KEEP = "keep"


class Duplicates(StrEnum):
    """What becomes of a row that looks like a record."""

    REVIEW = "review"
    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help=_("Take in a list: .xlsx, .xls, .ods, .csv, .json or .vcf."))(import_list)


def import_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("The list."))],
    kind: Annotated[Kind | None, typer.Option(help=_("What it is about. Default: found out."))] = None,
    sheet: Annotated[str, typer.Option(metavar="NAME", help=_("Which sheet. Default: found out."))] = "",
    mapping: Annotated[Path | None, typer.Option(metavar="FILE.json", help=_("Which column is which field."))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would happen."))] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="OUT.xlsx", help=_("Write every row, what happens to it, and why."))
    ] = None,
    existing: Annotated[Existing, typer.Option(help=_("For a row whose reference is known."))] = Existing.UPDATE,
    duplicates: Annotated[Duplicates, typer.Option(help=_("For a row like a record."))] = Duplicates.REVIEW,
    file_password_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("A file with the list's own password in its first line. Default: asked.")),
    ] = None,
    form: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help=_("The form (XLSForm) of a questionnaire's answers."))
    ] = None,
    take_refused: Annotated[
        bool, typer.Option("--take-refused", help=_("Take in also those who do not want to be kept."))
    ] = False,
) -> int:
    from registry.transfer.columns.mapping import Given, load_given
    from registry.transfer.options import ImportOptions
    from registry.transfer.planning import apply
    from registry.transfer.planning import report as reports

    state: State = context.obj
    given = load_given(mapping) if mapping else Given()
    options = ImportOptions(kind or "", sheet, given, existing, duplicates, form, take_refused)
    if report is not None:
        reports.check_place(report, file)
    with state.open() as signed_in, collector_paused():
        plan = _plan(signed_in, file, options, file_password_file)
        if report is not None:
            # First: a report that can't be written leaves everything as it was.
            reports.write_report(plan, report)
        batch = None
        result = apply.result(plan)
        if not dry_run:
            result, batch = _carried_out(signed_in, plan, report)
    state.output.result(_as_json(result, plan, batch) | {"report": str(report) if report else None})
    if not state.output.json:
        _tell(state.output, result)
        _tell_unchanged(state.output, batch, dry_run=dry_run)
    return 1 if result.rejected or result.review or result.conflicts else 0


def _carried_out(signed_in: SignedIn, plan: Plan, report: Path | None) -> tuple[ImportResult, int | None]:
    from registry.transfer.planning.report import write_report

    outcome = signed_in.execute(ImportRecords(plan))
    if report is not None and outcome.value.conflicts:
        write_report(plan, report, outcome.value.conflicts)
    return outcome.value, outcome.batch or None


def _plan(signed_in: SignedIn, file: Path, options: ImportOptions, password_file: Path | None) -> Plan:
    """The plan; a protected workbook's password is read from its file, or asked for if somebody is there to answer."""
    from registry.transfer.readers.preflight import asks_password

    password = secret(password_file, "") if password_file is not None else ""
    try:
        return _planned(signed_in, PlanImport(file, options, password))
    except BadFile as refusal:
        if password_file is not None or not sys.stdin.isatty() or not asks_password(refusal):
            raise
    return _planned(signed_in, PlanImport(file, options, secret(None, _("Password of the list: "))))


def _planned(signed_in: SignedIn, query: PlanImport) -> Plan:
    with signed_in.output.progress() as progress:
        plan: Plan = signed_in.registry.read(query, progress)
        return plan


def _as_json(result: ImportResult, plan: Plan, batch: int | None) -> dict[str, object]:
    found = dict(vars(result))
    told = [*found.pop("conflicts"), *result.problems]
    problems = [{"row": p.row, "column": p.column, "reason": p.reason} for p in told]
    found |= {"problems": problems, "seconds": round(result.seconds, 3)}
    return found | {"batch": batch, "sheet": plan.sheet, "header_row": plan.header_row}


def _tell_unchanged(output: Output, batch: int | None, *, dry_run: bool) -> None:
    if dry_run:
        output.say(_("Nothing was changed: this was a dry run."))
    elif batch is None:
        output.say(_("Nothing was changed, so there is nothing to undo."))


def _tell(output: Output, result: ImportResult) -> None:
    from registry import formats

    output.say(ngettext("{count} row.", "{count} rows.", result.rows))
    counts = {
        _("Created"): result.created,
        _("Updated"): result.updated,
        _("Unchanged"): result.unchanged,
        _("Skipped"): result.skipped,
        _("Rejected"): result.rejected,
        _("To review"): result.review,
    }
    output.table(tuple(counts), [[formats.number(count) for count in counts.values()]])
    output.table((_("Column"), _("Field")), result.mapping.items())
    for warning in result.warnings:
        output.say(warning)
    told = [*result.conflicts, *result.problems]
    shown = told[:_SHOWN]
    if shown:
        output.table((_("Row"), _("Column"), _("Problem")), ((p.row, p.column, p.reason) for p in shown))
    if left := len(told) - len(shown):
        more = ngettext("{count} more problem is", "{count} more problems are", left)
        output.say(_("{more} in the report: --report OUT.xlsx.", more=more))
