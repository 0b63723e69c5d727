"""`registration …` and `today`: the steps of a registration, and what waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from registry import dates
from registry.cli.records import field_values
from registry.cli.state import SignedIn, State
from registry.commands import (
    Command,
    ConfirmRegistration,
    LapseRegistrations,
    MarkUntraceable,
    MovePerson,
    RecordDeath,
    RecordNotice,
    ReturnPerson,
    TransferPerson,
)
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _, ngettext
from registry.queries import FindByNumber, GetRegistration, GetToday, ListIds
from registry.vocabularies import get as vocabulary

if TYPE_CHECKING:
    from registry.registration.outcomes import Followed, Treated

WHOSE = N_("Say whose registrations: their numbers, or --query.")
NOT_BOTH = N_("Name people by their numbers or by --query, not by both.")
NO_PERSON = N_("This is the number of an association. Registrations are of people.")

_TODAY = "today"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(rich_markup_mode=None)
    group.command(help=_("The dated states of a registration."))(show)
    group.command(help=_("Confirm registrations: active again, valid anew."))(confirm)
    group.command(help=_("Write down that the next notice went out."))(notice)
    group.command(help=_("Let registrations lapse that ran out and were given two notices."))(lapse)
    group.command(help=_("Somebody moved."))(move)
    group.command(help=_("Another post takes a registration over."))(transfer)
    group.command("return", help=_("Somebody went home for good."))(go_home)
    group.command(help=_("Somebody died."))(death)
    group.command(help=_("Nobody knows where somebody lives."))(untraceable)
    app.add_typer(group, name="registration", help=_("The steps of a registration."))
    app.command(help=_("What waits at the post."))(today)


def show(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))],
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(GetRegistration(_person(signed_in, number)))
    rows = [vars(dated) for dated in found.states]
    state.output.result({"states": rows})
    label = vocabulary("state").label
    table = ((label(d.state), dates.show(d.since), d.reason, d.officer) for d in found.states)
    state.output.table((_("State"), _("Since"), _("Reason"), _("Member of staff")), table)
    return 0


def confirm(
    context: typer.Context,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help=_("Whose."))] = None,
    query: Annotated[str | None, typer.Option(help=_("Instead of numbers: everybody whom a query finds."))] = None,
    until: Annotated[str, typer.Option(metavar="DATE", help=_("Valid until. Default: by the settings."))] = "",
) -> int:
    return _several(context, numbers, query, lambda ids: ConfirmRegistration(ids, until))


def notice(
    context: typer.Context,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help=_("Whose."))] = None,
    query: Annotated[str | None, typer.Option(help=_("Instead of numbers: everybody whom a query finds."))] = None,
) -> int:
    return _several(context, numbers, query, RecordNotice)


def lapse(
    context: typer.Context,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help=_("Whose."))] = None,
    query: Annotated[str | None, typer.Option(help=_("Instead of numbers: everybody whom a query finds."))] = None,
) -> int:
    return _several(context, numbers, query, LapseRegistrations)


def move(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help=_("The new address."))],
    since: Annotated[str, typer.Option(metavar="DATE", help=_("The day it happened. Default: today."))] = _TODAY,
    household: Annotated[bool, typer.Option("--household", help=_("Also the household at the same address."))] = False,
) -> int:
    texts = field_values(values)
    return _one(context, number, lambda i: MovePerson(i, texts, _day(since), household))


def transfer(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))],
    post: Annotated[str, typer.Option(help=_("Which post takes it over."))],
    since: Annotated[str, typer.Option(metavar="DATE", help=_("The day it happened. Default: today."))] = _TODAY,
) -> int:
    return _one(context, number, lambda i: TransferPerson(i, post, _day(since)))


def go_home(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="FIELD=VALUE...", help=_("The address at home, if it is known."))
    ] = None,
    since: Annotated[str, typer.Option(metavar="DATE", help=_("The day it happened. Default: today."))] = _TODAY,
    unreachable: Annotated[
        bool, typer.Option("--unreachable", help=_("Not to be written to any more: consents are withdrawn."))
    ] = False,
) -> int:
    texts = field_values(values) if values else {}
    return _one(context, number, lambda i: ReturnPerson(i, _day(since), not unreachable, texts))


def death(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))],
    on: Annotated[str, typer.Option(metavar="DATE", help=_("The day, or what is known of it."))],
    source: Annotated[str, typer.Option(help=_("From where it is known."))] = "",
) -> int:
    return _one(context, number, lambda i: RecordDeath(i, on, source))


def untraceable(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the person."))],
    reason: Annotated[str, typer.Option(help=_("How it is known."))],
) -> int:
    return _one(context, number, lambda i: MarkUntraceable(i, reason))


def today(context: typer.Context) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        sections = signed_in.registry.read(GetToday(date.today()))
    state.output.result(
        {
            "sections": [
                {"code": s.code, "count": s.count, "kind": s.kind, "query": s.query, "rows": [vars(r) for r in s.rows]}
                for s in sections
            ]
        }
    )
    rows = ((_(s.title), s.count, s.query) for s in sections)
    state.output.table((_("Matter"), _("Records"), _("Query")), rows)
    return 0


def _several(
    context: typer.Context,
    numbers: list[str] | None,
    query: str | None,
    command: Callable[[tuple[int, ...]], Command[Treated]],
) -> int:
    """Carry a command out for many; status 1 if somebody was left."""
    if not numbers and query is None:
        raise Invalid(WHOSE)
    if numbers and query is not None:
        raise Invalid(NOT_BOTH)
    state: State = context.obj
    with state.open() as signed_in:
        if query is not None:
            ids = tuple(signed_in.registry.read(ListIds(PEOPLE, query.strip())))
        else:
            ids = tuple(_person(signed_in, number) for number in numbers or ())
        outcome = signed_in.execute(command(ids))
    treated = outcome.value
    left = [vars(item) for item in treated.left]
    state.output.result({"done": treated.done, "left": left, "batch": outcome.batch})
    if not state.output.json:
        state.output.say(ngettext("{count} registration done.", "{count} registrations done.", treated.done))
    state.output.table((_("Left"), _("Why")), ((item.number, item.reason) for item in treated.left))
    return 1 if left else 0


def _one(context: typer.Context, number: str, command: Callable[[int], Command[Followed]]) -> int:
    """Carry a command out for one person; status 1 if something is to be looked at."""
    state: State = context.obj
    with state.open() as signed_in:
        outcome = signed_in.execute(command(_person(signed_in, number)))
    followed = outcome.value
    state.output.result({**vars(followed), "to_look_at": list(followed.to_look_at), "batch": outcome.batch})
    if not state.output.json:
        state.output.say(_("Saved."))
    for sentence in followed.to_look_at:
        state.output.say(_("To look at: {things}", things=sentence))
    return 1 if followed.to_look_at else 0


def _day(text: str) -> str:
    return date.today().isoformat() if text == _TODAY else text


def _person(signed_in: SignedIn, number: str) -> int:
    kind, record_id = signed_in.registry.read(FindByNumber(number))
    if kind != PEOPLE:
        raise Invalid(NO_PERSON)
    return record_id
