"""`export`, `skills`, `letters`, `form`: what leaves the registry."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.output import Output
from registry.cli.state import REASON, State
from registry.commands import ExportRecords, WriteForm, WriteLabels, WriteLetters, WriteSkillsWorkbook
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext
from registry.queries import ListViews, PrepareLetters
from registry.whole_file import require_pdf

Window = Annotated[str, typer.Option(metavar="CODE", help=_("The envelope's window. Default: that of the settings."))]
Duplex = Annotated[bool, typer.Option("--duplex", help=_("For both sides: every letter begins on a front side."))]

NO_OUTPUT = N_("Say where the letters go with -o FILE.pdf, or try them with --dry-run.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Write records to a workbook or a text file."))(export)
    app.command(help=_("Write the skills inventory to a workbook."))(skills)
    app.command(help=_("Print one letter a recipient."))(letters)
    app.command(help=_("Write a form that people fill in, on paper, on a screen or on a telephone."))(form)


def export(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_('Which records; "" = all.'))],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help=_("Where to: a file ending in .xlsx, .ods, .csv, .json or .vcf.")
        ),
    ],
    kind: Annotated[Kind, typer.Option(help=_("What to export."))] = Kind.PEOPLE,
    layout: Annotated[
        str, typer.Option(metavar="NAME", help=_("The columns of one of your views. Default: all that hold something."))
    ] = "",
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    from registry.list_views import named

    state: State = context.obj
    with state.open() as signed_in:
        columns = named(signed_in.registry.read(ListViews(kind)), layout).columns if layout else ()
        command = ExportRecords(kind, query.strip(), output, reason, columns=columns)
        records = signed_in.take_out(command).value
    state.output.result({"records": records, "file": str(output)})
    if not state.output.json:
        said = ngettext("{count} record is in {file}.", "{count} records are in {file}.", records, file=output)
        state.output.say(said)
    return 0


def skills(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help=_("Where the workbook goes."))],
    query: Annotated[str, typer.Argument(help=_("Who is to be in it. Default: everybody."))] = "",
    preset: Annotated[
        str, typer.Option(metavar="medical|research", help=_("Only this selection, which ships with the program."))
    ] = "",
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Also those who do not count by the ministry's definition."))
    ] = False,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    command = WriteSkillsWorkbook(query.strip(), output, reason, preset, everybody)
    with state.open() as signed_in:
        made = signed_in.take_out(command).value
    counted = {"people": made.people, "skills": made.skills, "sheets": list(made.sheets)}
    counted |= {"left_out": dict(made.left_out), "belonging": made.belonging or None}
    state.output.result(counted | {"file": str(output)})
    if not state.output.json:
        from registry.skills.dictionary import LEFT_OUT

        said = ngettext("{count} person is in {file}.", "{count} people are in {file}.", made.people, file=output)
        state.output.say(said)
        if made.belonging:
            state.output.say(_("Who counts: {definition}.", definition=made.belonging))
        rows = [(_(LEFT_OUT[code]), count) for code, count in made.left_out.items()]
        if rows:
            state.output.table((_("Left out because"), _("People")), rows)
    return 0


def letters(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_('Who is to get a letter; "" = everybody.'))],
    template: Annotated[str, typer.Option(metavar="ID", help=_("Which letter, such as annual-forum."))],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=_("Where they go: a .pdf, .zip or .docx file.")),
    ] = None,
    purpose: Annotated[str, typer.Option(metavar="P", help=_("Consent needed. Default: the template's."))] = "",
    lang: Annotated[str, typer.Option(metavar="auto|CODE", help=_("Language; auto = each their own."))] = "auto",
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only count who would get one."))] = False,
    window: Window = "",
    duplex: Duplex = False,
    labels: Annotated[
        Path | None, typer.Option(metavar="FILE.pdf", help=_("Print labels for the same letters as well."))
    ] = None,
    sheet: Annotated[
        str, typer.Option(metavar="CODE", help=_("The sheet of labels, such as L7160, or its measures."))
    ] = "",
    start: Annotated[int, typer.Option(metavar="N", help=_("The first label that is left on the sheet."))] = 1,
) -> int:
    from registry.documents.letters import Printing

    state: State = context.obj
    asked = PrepareLetters(query.strip(), template, purpose, lang)
    if dry_run:
        return _try_letters(state, asked)
    if output is None:
        raise Invalid(NO_OUTPUT)
    if labels is not None:
        _require_labels(labels, sheet, start)
    printing = Printing(window, duplex)
    command = WriteLetters(asked.query, template, output, reason, purpose, lang, printing=printing)
    with state.open() as signed_in:
        result = signed_in.take_out(command).value
        if labels is not None:
            signed_in.take_out(WriteLabels("", labels, sheet, reason, start, campaign=result.campaign))
    counted = {"selected": result.selected, "letters": result.letters, "excluded": dict(result.excluded)}
    counted |= {"campaign": result.campaign, "file": str(output), "missing_characters": result.missing_characters}
    counted |= {"labels": None if labels is None else str(labels)}
    _tell_letters(state.output, counted, result.seconds, result.excluded)
    return 0


def _try_letters(state: State, asked: PrepareLetters) -> int:
    """Only count who would get one."""
    started = time.monotonic()
    with state.open() as signed_in:
        found = signed_in.registry.read(asked)
    counted: dict[str, object] = {"selected": found.selected, "letters": found.letters}
    counted |= {"excluded": dict(found.reasons), "campaign": None, "file": None, "missing": dict(found.missing)}
    _tell_letters(state.output, counted, time.monotonic() - started, found.reasons)
    return 0


def _require_labels(labels: Path, sheet: str, start: int) -> None:
    """Raise `Invalid` for labels that cannot be printed, before letters are."""
    from registry.documents.sheets import first_place
    from registry.documents.sheets import sheet as sheet_of

    require_pdf(labels)
    if sheet:  # else that of the settings
        first_place(sheet_of(sheet), start)


def form(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="xlsx|xlsform|pdf|paper", help=_("How it is filled in."))],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=_("Where the form goes."))],
    profile: Annotated[
        str, typer.Option(metavar="NAME", help=_("A profile template in use. Default: the registration form."))
    ] = "",
    lang: Annotated[str, typer.Option(metavar="CODE", help=_("Language of the form. Default: that of messages."))] = "",
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        asked = signed_in.execute(WriteForm(kind, output, profile, lang)).value
    state.output.result({"file": str(output), "fields": asked})
    if not state.output.json:
        state.output.say(
            ngettext("{count} question is in {file}.", "{count} questions are in {file}.", asked, file=output)
        )
    return 0


def _tell_letters(output: Output, counted: dict[str, object], seconds: float, excluded: Mapping[str, int]) -> None:
    output.result(counted | {"seconds": round(seconds, 3)})
    if output.json:
        return
    output.say(ngettext("{count} letter.", "{count} letters.", int(str(counted["letters"]))))
    if counted["file"]:
        output.say(_("Campaign {code}, written to {file}.", code=counted["campaign"], file=counted["file"]))
    if missing := counted.get("missing_characters"):
        output.say(_("No font has these characters, look for them in the letters: {characters}", characters=missing))
    tell_excluded(output, excluded)


def tell_excluded(output: Output, excluded: Mapping[str, int]) -> None:
    """Why how many were left out."""
    from registry.outreach.reasons import REASONS

    if excluded:
        output.table((_("Left out because"), _("People")), ((_(REASONS.get(r, r)), n) for r, n in excluded.items()))
