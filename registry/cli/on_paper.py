"""`labels`, `envelopes`, `registered-mail`, `attendance`, `certificate`, `extract`: paper that is no letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, SignedIn, State
from registry.cli.taking_out import tell_excluded
from registry.commands import (
    WriteAttendance,
    WriteCertificate,
    WriteEnvelopes,
    WriteExtract,
    WriteLabels,
    WriteRegisteredMail,
)
from registry.commands.paper import NEWS
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _, ngettext
from registry.queries import FindByNumber

if TYPE_CHECKING:
    from registry.outreach.addressing import Addressed

NO_PERSON = N_("This is the number of an association. Name a person.")

_Query = Annotated[str, typer.Argument(help=_('Who is meant; "" = everybody.'))]
_Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE.pdf", help=_("Where it goes."))]
_Purpose = Annotated[str, typer.Option(metavar="P", help=_("Consent needed. Default: outreach_news."))]
_Campaign = Annotated[
    str, typer.Option(metavar="ID", help=_("Those who got something in this campaign, instead of a query."))
]
_ByPost = Annotated[bool, typer.Option("--by-post", help=_("Sorted by country and postcode."))]
_Kind = Annotated[Kind, typer.Option(help=_("Whose addresses."))]
_Reason = Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))]
_Number = Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Print addresses on sheets of labels."))(labels)
    app.command(help=_("Print one envelope a recipient."))(envelopes)
    app.command("registered-mail", help=_("Print the list that goes to the counter with registered mail."))(registered)
    app.command(help=_("Print a list for the door: seat numbers and names."))(attendance)
    app.command(help=_("Print a certificate of registration."))(certificate)
    app.command(help=_("Write down everything that is kept of a person."))(extract)


def labels(
    context: typer.Context,
    output: _Output,
    query: _Query = "",
    sheet: Annotated[
        str, typer.Option(metavar="CODE", help=_("The sheet of labels, such as L7160, or its measures."))
    ] = "",
    start: Annotated[int, typer.Option(metavar="N", help=_("The first label that is left on the sheet."))] = 1,
    purpose: _Purpose = NEWS,
    campaign: _Campaign = "",
    by_post: _ByPost = False,
    kind: _Kind = Kind.PEOPLE,
    reason: _Reason = REASON,
) -> int:
    command = WriteLabels(
        query.strip(), output, sheet, reason, start, purpose, **_whose(campaign, kind, by_post=by_post)
    )
    state: State = context.obj
    with state.open() as signed_in:
        return _tell(state, signed_in.take_out(command).value, output)


def envelopes(
    context: typer.Context,
    output: _Output,
    query: _Query = "",
    size: Annotated[str, typer.Option(metavar="DL|C6|C5|C4|10", help=_("The envelope."))] = "DL",
    purpose: _Purpose = NEWS,
    campaign: _Campaign = "",
    by_post: _ByPost = False,
    kind: _Kind = Kind.PEOPLE,
    reason: _Reason = REASON,
) -> int:
    command = WriteEnvelopes(query.strip(), output, size, reason, purpose, **_whose(campaign, kind, by_post=by_post))
    state: State = context.obj
    with state.open() as signed_in:
        return _tell(state, signed_in.take_out(command).value, output)


def registered(
    context: typer.Context,
    output: _Output,
    query: _Query = "",
    purpose: _Purpose = NEWS,
    campaign: _Campaign = "",
    by_post: _ByPost = False,
    kind: _Kind = Kind.PEOPLE,
    reason: _Reason = REASON,
) -> int:
    command = WriteRegisteredMail(query.strip(), output, reason, purpose, **_whose(campaign, kind, by_post=by_post))
    state: State = context.obj
    with state.open() as signed_in:
        return _tell(state, signed_in.take_out(command).value, output)


def _whose(campaign: str, kind: Kind, *, by_post: bool) -> dict[str, Any]:
    """Whose addresses are printed, and in which order."""
    return {"campaign": campaign, "kind": kind, "by_post": by_post}


def attendance(
    context: typer.Context,
    output: _Output,
    query: _Query = "",
    title: Annotated[str, typer.Option(help=_("What the list is headed."))] = "",
    purpose: _Purpose = NEWS,
    campaign: _Campaign = "",
    reason: _Reason = REASON,
) -> int:
    command = WriteAttendance(query.strip(), output, reason, title, purpose, campaign=campaign)
    state: State = context.obj
    with state.open() as signed_in:
        return _tell(state, signed_in.take_out(command).value, output)


def certificate(
    context: typer.Context,
    number: _Number,
    output: _Output,
    lang: Annotated[str, typer.Option(metavar="CODE", help=_("Language. Default: the person's own."))] = "",
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        made = signed_in.execute(WriteCertificate(_person(signed_in, number), output, lang)).value
    counted = {"file": str(output), "serial": made.serial, "prints": made.prints, "issued_on": made.issued_on}
    state.output.result(counted)
    if not state.output.json:
        said = _("Certificate {serial} is in {file}.", serial=made.serial, file=output)
        state.output.say(said)
        if made.prints > 1:
            reprints = made.prints - 1
            state.output.say(ngettext("It is reprint no. {count}.", "It is reprint no. {count}.", reprints))
    return 0


def extract(
    context: typer.Context,
    number: _Number,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=_("Where it goes: a file ending in .pdf or .json."))
    ],
    reason: _Reason = REASON,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        facts = signed_in.take_out(WriteExtract(_person(signed_in, number), output, reason)).value
    state.output.result({"done": True, "facts": facts, "file": str(output)})
    if not state.output.json:
        state.output.say(ngettext("{count} fact is in {file}.", "{count} facts are in {file}.", facts, file=output))
    return 0


def _tell(state: State, made: Addressed, output: Path) -> int:
    """What came of it; status 1 if an address did not fit whole."""
    counted: dict[str, object] = {"file": str(output), "selected": made.selected, "printed": made.count}
    counted |= {"excluded": dict(made.excluded), "cut": made.cut, "missing_characters": made.missing}
    state.output.result(counted)
    if not state.output.json:
        state.output.say(
            ngettext("{count} person is in {file}.", "{count} people are in {file}.", made.count, file=output)
        )
        if made.cut:
            state.output.say(
                ngettext(
                    "{count} address has more text than fits.", "{count} addresses have more text than fits.", made.cut
                )
            )
        if made.missing:
            sentence = _(
                "No font has these characters, look for them on the paper: {characters}", characters=made.missing
            )
            state.output.say(sentence)
        tell_excluded(state.output, made.excluded)
    return 1 if made.cut else 0


def _person(signed_in: SignedIn, number: str) -> int:
    kind, record_id = signed_in.registry.read(FindByNumber(number))
    if kind != PEOPLE:
        raise Invalid(NO_PERSON)
    return record_id
