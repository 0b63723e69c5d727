"""`set`, `log`: the same for many records, each one operation that can be taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.records import field_values
from registry.cli.state import State
from registry.cli.whose import records_of
from registry.commands import LogActivity, SetField
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext

NO_VALUE = N_("Say what to write. To empty the field, say --empty.")
VALUE_AND_EMPTY = N_("Write a value or say --empty, not both.")

_Numbers = Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help=_("Whose."))]
_Query = Annotated[str | None, typer.Option(help=_("Instead of numbers: all whom a query finds."))]
_Kind = Annotated[Kind, typer.Option(help=_("What the query finds."))]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only tell how many records it would be."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("set", help=_("Write one value into a field of many records."))(set_field)
    app.command(help=_("Write one activity, or a follow-up, to many records."))(log)


def set_field(
    context: typer.Context,
    assignment: Annotated[str, typer.Argument(metavar="FIELD=VALUE", help=_("The field, and what it is to hold."))],
    numbers: _Numbers = None,
    query: _Query = None,
    kind: _Kind = Kind.PEOPLE,
    empty: Annotated[bool, typer.Option("--empty", help=_("Empty the field: FIELD without a value."))] = False,
    dry_run: _DryRun = False,
) -> int:
    state: State = context.obj
    name, _equals, text = assignment.partition("=")
    if empty and text.strip():
        raise Invalid(VALUE_AND_EMPTY)
    if not empty and not text.strip():
        raise Invalid(NO_VALUE)
    with state.open() as signed_in:
        found, ids = records_of(signed_in, numbers or (), query, kind)
        if dry_run:
            return _tell_many(state, len(ids))
        outcome = signed_in.execute(SetField(found, ids, name.strip(), text))
    treated = outcome.value
    left = [vars(item) for item in treated.left]
    state.output.result({"records": len(ids), "changed": treated.done, "left": left, "batch": outcome.batch})
    if not state.output.json:
        state.output.say(ngettext("{count} record changed.", "{count} records changed.", treated.done))
    state.output.table((_("Left"), _("Why")), ((item.number, item.reason) for item in treated.left))
    return 1 if left else 0


def log(
    context: typer.Context,
    values: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE... [NUMBER]...", help=_("Fields of the activity, and whose."))
    ],
    query: _Query = None,
    kind: _Kind = Kind.PEOPLE,
    dry_run: _DryRun = False,
) -> int:
    state: State = context.obj
    texts = field_values([value for value in values if "=" in value])
    numbers = [value for value in values if "=" not in value]
    with state.open() as signed_in:
        found, ids = records_of(signed_in, numbers, query, kind)
        if dry_run:
            return _tell_many(state, len(ids))
        outcome = signed_in.execute(LogActivity(found, ids, texts))
    state.output.result({"records": outcome.value, "batch": outcome.batch})
    if not state.output.json:
        state.output.say(ngettext("Logged for {count} record.", "Logged for {count} records.", outcome.value))
    return 0


def _tell_many(state: State, count: int) -> int:
    """Nothing is written."""
    state.output.result({"records": count, "changed": 0, "left": [], "batch": 0})
    if not state.output.json:
        state.output.say(ngettext("It would be {count} record.", "It would be {count} records.", count))
    return 0
