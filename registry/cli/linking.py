"""`related`, `relate`, `household`: what a record is linked to, and families."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.state import SignedIn, State
from registry.commands import Relate, SetHousehold
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _, ngettext
from registry.queries import FindByNumber, GetRelated, SuggestHousehold

if TYPE_CHECKING:
    from registry.related import Related

NOT_A_PERSON = N_("“{number}” is no person. Give the registration number of a person.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Show what one record is linked to, from either side."))(related)
    app.command(help=_("Write down that two people are related, once for both."))(relate)
    app.command(help=_("Put people into one household, or out of theirs."))(household)


def related(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the record."))],
) -> int:
    from registry.related import TITLES

    state: State = context.obj
    with state.open() as signed_in:
        groups = signed_in.registry.read(GetRelated(*signed_in.registry.read(FindByNumber(number))))
    state.output.result({"groups": [asdict(group) for group in groups if group.total]})
    rows = [(_(TITLES[g.code]), "  " * r.depth + r.name, r.number, _words(r)) for g in groups for r in g.rows]
    if rows:
        state.output.table((_("Link"), _("Name"), _("Number"), _("What it is")), rows)
    elif not state.output.json:
        state.output.say(_("This record is linked to nothing."))
    return 0


def relate(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number of the person."))],
    relative: Annotated[str, typer.Argument(help=_("Registration number of the relative."))],
    kind: Annotated[str, typer.Argument(help=_("What the relative is to the person, such as child."))],
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        person_id, relative_id = (_person(signed_in, given) for given in (number, relative))
        done = signed_in.execute(Relate(person_id, relative_id, kind)).value
    state.output.result({"done": done})
    if not state.output.json:
        state.output.say(_("Written down for both.") if done else _("The register says so already."))
    return 0


def household(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER...", help=_("Registration numbers of the people."))],
    name: Annotated[str, typer.Option(help=_("What the household is called. Default: as the family."))] = "",
    leave: Annotated[bool, typer.Option("--leave", help=_("They leave their household."))] = False,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        ids = tuple(_person(signed_in, number) for number in numbers)
        called = "" if leave else name or signed_in.registry.read(SuggestHousehold(ids))
        count = signed_in.execute(SetHousehold(ids, called)).value
    state.output.result({"household": called, "changed": count})
    if not state.output.json:
        state.output.say(ngettext("{count} person changed.", "{count} people changed.", count))
        if called:
            state.output.say(_("Household: {name}", name=called))
    return 0


def _person(signed_in: SignedIn, number: str) -> int:
    kind, record_id = signed_in.registry.read(FindByNumber(number))
    if kind != PEOPLE:
        raise Invalid(NOT_A_PERSON, number=number[:40])
    return record_id


def _words(one: Related) -> str:
    dates = " – ".join(filter(None, (one.since, one.until)))
    return " · ".join(filter(None, (one.role, one.age, dates, one.remark, one.warning)))
