"""`campaign`: prepared, printed or sent, posted, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.output import Output
from registry.cli.state import REASON, State
from registry.cli.taking_out import Duplex, Window, tell_excluded
from registry.commands import (
    MarkPosted,
    PrepareCampaign,
    PrintCampaign,
    ReadAnswers,
    RecordReturned,
    SendMessages,
    WriteMessages,
)
from registry.i18n import _, ngettext
from registry.queries import CampaignPeople, ListCampaigns

if TYPE_CHECKING:
    from registry.outreach.campaigns import CampaignView
    from registry.outreach.preparing import Prepared

Code = Annotated[str, typer.Argument(metavar="ID", help=_("The campaign."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    campaign = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    campaign.command("list", help=_("List the campaigns, newest first."))(list_campaigns)
    campaign.command("show", help=_("Show one campaign."))(show)
    campaign.command("prepare", help=_("Decide who gets something, and keep it."))(prepare)
    campaign.command("print", help=_("Print the letters of a prepared campaign."))(print_letters)
    campaign.command("write", help=_("Write the messages of a campaign to a file."))(write)
    campaign.command("send", help=_("Send the e-mails of a campaign."))(send)
    campaign.command("posted", help=_("Write down that the printed letters went to the post."))(posted)
    campaign.command("returned", help=_("Write down letters that came back, by their codes."))(returned)
    campaign.command("answers", help=_("Read answers, or what a gateway delivered, from a file."))(answers)
    app.add_typer(campaign, name="campaign", help=_("What is sent, and what became of it."))


def list_campaigns(context: typer.Context) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(ListCampaigns())
    state.output.result({"campaign": [_as_dict(c) for c in found], "changed": 0})
    if not found:
        state.output.say(_("No letters have been written yet."))
        return 0
    headings = (_("Campaign"), _("Template"), _("Prepared on"), _("Query"), _("Recipients"), _("Left out"))
    state.output.table(
        headings,
        ((c.code, c.template, c.prepared_on, c.query, c.recipients, c.states.get("excluded", 0)) for c in found),
    )
    return 0


def show(
    context: typer.Context,
    code: Code,
    people: Annotated[
        str, typer.Option("--people", metavar="STATE", help=_("Also who is in this state: printed, returned …"))
    ] = "",
) -> int:
    state: State = context.obj
    listed = []
    with state.open() as signed_in:
        (found,) = signed_in.registry.read(ListCampaigns(code))
        if people:
            page = signed_in.registry.read(CampaignPeople(found.code, people, limit=100_000))
            listed = [dict(vars(one)) for one in page.people]
    state.output.result({"campaign": _as_dict(found), "changed": 0} | ({"people": listed} if people else {}))
    _tell(state.output, found)
    if listed and not state.output.json:
        rows = [(one["number"], one["name"], one["state"], one["reason"], one["letter"]) for one in listed]
        state.output.table((_("Number"), _("Name"), _("State"), _("Reason"), _("Code")), rows)
    return 0


def prepare(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_('Who is to get it; "" = everybody.'))] = "",
    channel: Annotated[str, typer.Option(metavar="letter|email|sms|phone|event", help=_("How it is sent."))] = "letter",
    template: Annotated[str, typer.Option(metavar="ID", help=_("Which letter, such as annual-forum."))] = "",
    purpose: Annotated[str, typer.Option(metavar="P", help=_("Consent needed. Default: the template's."))] = "",
    basis: Annotated[str, typer.Option(metavar="consent|task|vital", help=_("What the campaign rests on."))] = "",
    lang: Annotated[str, typer.Option(metavar="auto|CODE", help=_("Language; auto = each their own."))] = "auto",
    per: Annotated[
        str, typer.Option(metavar="person|household|association|officer", help=_("To whom one goes."))
    ] = "person",
    kind: Annotated[Kind, typer.Option(help=_("What the query finds."))] = Kind.PEOPLE,
    title: Annotated[str, typer.Option(help=_("What you call it."))] = "",
    follows: Annotated[
        str, typer.Option(metavar="ID", help=_("Those of this campaign who did not answer, instead of a query."))
    ] = "",
    text: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=TEXT", help=_("A detail, such as subject.fr or text.fr."))
    ] = None,
    question: Annotated[str, typer.Option(metavar="TEXT", help=_("What a poll asks."))] = "",
    offered: Annotated[
        str, typer.Option("--answers", metavar="CODE=TEXT,…", help=_("What can be answered: yes,no or 1=Yes,2=No."))
    ] = "",
) -> int:
    from registry.outreach.answering import question_of

    state: State = context.obj
    said = dict(pair.split("=", 1) for pair in text or () if "=" in pair)
    asked = question_of(question, offered)
    command = PrepareCampaign(
        query.strip(), channel, template, purpose, basis, lang, per, kind, None, title, said, follows, asked
    )
    with state.open() as signed_in:
        made = signed_in.execute(command).value
    _tell_prepared(state.output, made)
    return 0


def _tell_prepared(output: Output, made: Prepared) -> None:
    counted: dict[str, object] = {"campaign": made.campaign, "changed": 1, "selected": made.selected}
    counted |= {"recipients": made.recipients, "excluded": dict(made.reasons), "cost": made.cost or None}
    output.result(counted)
    if not output.json:
        words = ngettext(
            "{count} recipient. The campaign is {campaign}.",
            "{count} recipients. The campaign is {campaign}.",
            made.recipients,
            campaign=made.campaign,
        )
        output.say(words)
        if made.cost:
            output.say(_("Likely cost: {amount}", amount=made.cost))
        tell_excluded(output, made.reasons)


def print_letters(
    context: typer.Context,
    code: Code,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=_("Where they go: a .pdf, .zip or .docx file."))
    ],
    most: Annotated[int, typer.Option(min=0, help=_("So many at most; 0 = all."))] = 0,
    window: Window = "",
    duplex: Duplex = False,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    from registry.documents.letters import Printing

    state: State = context.obj
    command = PrintCampaign(code, output, reason, most, Printing(window, duplex))
    with state.open() as signed_in:
        made = signed_in.take_out(command).value
    counted: dict[str, object] = {"campaign": made.campaign, "changed": made.letters, "letters": made.letters}
    counted |= {"excluded": dict(made.excluded), "file": str(output), "missing_characters": made.missing_characters}
    state.output.result(counted)
    if not state.output.json:
        state.output.say(ngettext("{count} letter.", "{count} letters.", made.letters))
        tell_excluded(state.output, made.excluded)
    return 0


def write(
    context: typer.Context,
    code: Code,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help=_("A file ending in .mbox, .zip, .csv, .xlsx or .vcf.")),
    ],
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        made = signed_in.take_out(WriteMessages(code, output, reason)).value
    counted: dict[str, object] = {"campaign": made.campaign, "changed": made.messages, "messages": made.messages}
    counted |= {"parts": made.parts, "cost": made.cost or None, "file": str(output)}
    state.output.result(counted)
    if not state.output.json:
        state.output.say(ngettext("{count} message.", "{count} messages.", made.messages))
    return 0


def send(
    context: typer.Context,
    code: Code,
    most: Annotated[int, typer.Option(min=0, help=_("So many at most; 0 = all."))] = 0,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    sent, failed, left = 0, 0, 1
    with state.open() as signed_in:
        while left and not (most and sent >= most):
            some = min(10, most - sent) if most else 10
            made = signed_in.take_out(SendMessages(code, reason, some)).value
            sent, failed, left = sent + made.sent, failed + made.failed, made.left
    state.output.result({"campaign": code, "changed": sent, "sent": sent, "failed": failed, "left": left})
    if not state.output.json:
        state.output.say(ngettext("{count} message was sent.", "{count} messages were sent.", sent))
    return 1 if failed else 0


def posted(
    context: typer.Context,
    code: Code,
    on: Annotated[str, typer.Option(metavar="DATE", help=_("The day; default: today."))] = "",
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        count = signed_in.execute(MarkPosted(code, on)).value
    state.output.result({"campaign": code, "changed": count})
    if not state.output.json:
        state.output.say(ngettext("{count} letter was posted.", "{count} letters were posted.", count))
    return 0


def returned(
    context: typer.Context,
    codes: Annotated[list[str], typer.Argument(metavar="CODE …", help=_("The codes on the letters."))],
    why: Annotated[
        str, typer.Option("--why", metavar="unknown|moved|refused|deceased", help=_("Why they came back."))
    ] = "unknown",
    on: Annotated[str, typer.Option(metavar="DATE", help=_("The day; default: today."))] = "",
) -> int:
    from registry.outreach.returning import RESULTS

    state: State = context.obj
    with state.open() as signed_in:
        came = signed_in.execute(RecordReturned(tuple(codes), why, on)).value
    told = [dict(vars(one)) for one in came.codes]
    state.output.result({"campaign": None, "changed": came.changed, "codes": told})
    if not state.output.json:
        rows = [(one.code, _(RESULTS[one.result]), one.number, one.name) for one in came.codes]
        state.output.table((_("Code"), _("Result"), _("Number"), _("Name")), rows)
    return 1 if any(one.result in ("unknown", "left_out") for one in came.codes) else 0


def answers(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A table with a column “code”."))],
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        read = signed_in.execute(ReadAnswers(file)).value
    unknown = [{"row": row, "code": code} for row, code in read.unknown]
    state.output.result({"campaign": None, "changed": read.changed, "unknown": unknown, "unlisted": read.unlisted})
    if not state.output.json:
        state.output.say(
            ngettext("{count} answer was written down.", "{count} answers were written down.", read.changed)
        )
        if unknown:
            state.output.table((_("Row"), _("Unknown code")), read.unknown)
    return 1 if unknown or read.unlisted else 0


def _as_dict(campaign: CampaignView) -> dict[str, object]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in vars(campaign).items()}


def _tell(output: Output, campaign: CampaignView) -> None:
    from registry import vocabularies

    if output.json:
        return
    # What was offered comes first, also what nobody answered.
    answers = dict.fromkeys((*campaign.meanings, *campaign.answers))
    rows = [
        (_("Campaign"), campaign.code),
        (_("Template"), campaign.template),
        (_("Consent"), vocabularies.get("consent_purpose").label(campaign.purpose)),
        (_("Query"), campaign.query),
        (_("Prepared on"), campaign.prepared_on),
        (_("Recipients"), campaign.recipients),
        *((state, count) for state, count in campaign.states.items()),
        *([(_("Question"), campaign.question)] if campaign.question else []),
        *((campaign.meanings.get(code, code), campaign.answers.get(code, 0)) for code in answers),
    ]
    output.table(("", ""), rows)
    tell_excluded(output, campaign.reasons)
