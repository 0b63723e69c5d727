"""`export`, `skills`, `letters`, `campaign`: what leaves the registry, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.output import Output
from registry.cli.state import REASON, State
from registry.commands import ExportRecords, WriteForm, WriteLabels, WriteLetters, WriteSkillsWorkbook
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext
from registry.queries import ListCampaigns, ListViews, PrepareLetters
from registry.whole_file import require_pdf

if TYPE_CHECKING:
    from registry.outreach.campaigns import CampaignView

NO_OUTPUT = N_("Say where the letters go with -o FILE.pdf, or try them with --dry-run.")
NO_CAMPAIGN = N_("There is no campaign “{code}”. “campaign list” shows them.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Write records to a workbook or a text file."))(export)
    app.command(help=_("Write the skills inventory to a workbook."))(skills)
    app.command(help=_("Print one letter a recipient."))(letters)
    app.command(help=_("Write a form that people fill in, on paper, on a screen or on a telephone."))(form)
    campaign = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    campaign.command("list", help=_("List the campaigns, newest first."))(list_campaigns)
    campaign.command("show", help=_("Show one campaign."))(show)
    app.add_typer(campaign, name="campaign", help=_("What was sent."))


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
        Path | None, typer.Option("--output", "-o", metavar="FILE.pdf", help=_("Where the letters go."))
    ] = None,
    purpose: Annotated[str, typer.Option(metavar="P", help=_("Consent needed. Default: the template's."))] = "",
    lang: Annotated[str, typer.Option(metavar="auto|CODE", help=_("Language; auto = each their own."))] = "auto",
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only count who would get one."))] = False,
    window: Annotated[
        str, typer.Option(metavar="CODE", help=_("The envelope's window. Default: that of the settings."))
    ] = "",
    duplex: Annotated[
        bool, typer.Option("--duplex", help=_("For both sides: every letter begins on a front side."))
    ] = False,
    by_post: Annotated[bool, typer.Option("--by-post", help=_("Sorted by country and postcode."))] = False,
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
    command = WriteLetters(asked.query, template, output, reason, purpose, lang, printing=printing, by_post=by_post)
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
    counted: dict[str, object] = {"selected": found.selected, "letters": len(found.included)}
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


def list_campaigns(context: typer.Context) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(ListCampaigns())
    state.output.result({"campaign": [dict(vars(c)) for c in found], "changed": 0})
    if not found:
        state.output.say(_("No letters have been written yet."))
        return 0
    headings = (_("Campaign"), _("Template"), _("Prepared on"), _("Query"), _("Printed"), _("Left out"))
    state.output.table(
        headings,
        (
            (c.code, c.template, c.prepared_on, c.query, c.states.get("printed", 0), c.states.get("excluded", 0))
            for c in found
        ),
    )
    return 0


def show(context: typer.Context, code: Annotated[str, typer.Argument(metavar="ID", help=_("The campaign."))]) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = [c for c in signed_in.registry.read(ListCampaigns()) if c.code.casefold() == code.casefold()]
    if not found:
        raise Invalid(NO_CAMPAIGN, code=code[:20])
    state.output.result({"campaign": dict(vars(found[0])), "changed": 0})
    _tell_campaign(state.output, found[0])
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


def _tell_campaign(output: Output, campaign: CampaignView) -> None:
    from registry import vocabularies

    purpose = vocabularies.get("consent_purpose").label(campaign.purpose)
    rows = [
        (_("Campaign"), campaign.code),
        (_("Template"), campaign.template),
        (_("Consent"), purpose),
        (_("Query"), campaign.query),
        (_("Prepared on"), campaign.prepared_on),
        (_("Printed"), campaign.states.get("printed", 0)),
    ]
    output.table(("", ""), rows)
    tell_excluded(output, campaign.reasons)


def tell_excluded(output: Output, excluded: Mapping[str, int]) -> None:
    from registry.outreach.recipients import REASONS

    if excluded:
        output.table((_("Left out because"), _("People")), ((_(REASONS.get(r, r)), n) for r, n in excluded.items()))
