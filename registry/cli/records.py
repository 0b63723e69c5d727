"""`add`, `edit`, `undo`, `erase`: single records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import MOST, REASON, State
from registry.commands import AddRecord, EditRecord, EraseRecord, Undo
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext
from registry.queries import FindByNumber, GetRecord, SimilarRecords

NOT_A_PAIR = N_("Write each value as field=value, such as family_name=Dupont; “{text}” has no field before “=”.")
NO_VALUES = N_("Say what to write, as field=value.")
NOT_A_BATCH = N_("“{text}” is not the number of an operation. “history” lists them; “last” is your last one.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Add one record."))(add)
    app.command(help=_("Change fields of one record."))(edit)
    app.command(help=_("Take back one operation."))(undo)
    app.command(help=_("Remove one record for good, its history too."))(erase)


def add(
    context: typer.Context,
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help=_("Values, by name of the field."))],
    kind: Annotated[Kind, typer.Option(help=_("What to add."))] = Kind.PEOPLE,
) -> int:
    state: State = context.obj
    texts = field_values(values)
    with state.open() as signed_in:
        similar = [s for s in signed_in.registry.read(SimilarRecords(kind, texts)) if s.likely]
        added = signed_in.execute(AddRecord(kind, texts)).value
    state.output.result({"id": added.id, "number": added.number, "similar": [s.number for s in similar]})
    if not state.output.json:
        state.output.say(_("Added as {number}.", number=added.number))
    for one in similar:
        words = _("Look at {number}, which may be the same: {shared}.", number=one.number, shared=one.shared)
        state.output.say(words)
    return 0


def edit(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the record."))],
    values: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help=_("Values, by name of the field."))],
) -> int:
    state: State = context.obj
    texts = field_values(values)
    with state.open() as signed_in:
        kind, record_id = signed_in.registry.read(FindByNumber(number))
        changed = signed_in.execute(EditRecord(kind, record_id, texts)).value
        known = signed_in.registry.read(GetRecord(kind, record_id)).number
    state.output.result({"id": record_id, "number": known, "changed": changed})
    if not state.output.json:
        said = _("Changed {number}.", number=known) if changed else _("{number} says so already.", number=known)
        state.output.say(said)
    return 0


def undo(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="[BATCH|last]", help=_("Which operation."))] = "last",
    force: Annotated[bool, typer.Option("--force", help=_("Also where a record was changed since."))] = False,
) -> int:
    state: State = context.obj
    if batch != "last" and not (batch.isdecimal() and int(batch[:20]) <= MOST):
        raise Invalid(NOT_A_BATCH, text=batch[:20])
    with state.open() as signed_in:
        outcome = signed_in.execute(Undo(None if batch == "last" else int(batch), force))
    undone = outcome.value
    state.output.result(
        {"undone": undone.undoes, "records": undone.records, "left": list(undone.left), "batch": outcome.batch}
        | {"operation": undone.operation, "erased": undone.erased}
    )
    if not state.output.json:
        count = undone.records
        said = ngettext("Undone: {count} record is as before.", "Undone: {count} records are as before.", count)
        state.output.say(said)
    if undone.left:
        state.output.say(_("Changed since and left: {numbers}.", numbers=", ".join(undone.left)))
        state.output.say(_("“undo {batch} --force” takes these back too.", batch=undone.undoes))
    return 1 if undone.left else 0


def erase(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Registration number, id or reference of the record."))],
    reason: Annotated[str, typer.Option(help=_("Why, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        _kind, record_id = signed_in.registry.read(FindByNumber(number))
        done = signed_in.execute(EraseRecord(record_id, reason)).value
    state.output.result({"done": done})
    if not state.output.json:
        state.output.say(_("The record and its history are erased."))
    return 0


def field_values(values: Sequence[str]) -> dict[str, str]:
    """`field=value` arguments as texts by field name; raises `Invalid` for one that is none."""
    if not values:
        raise Invalid(NO_VALUES)
    texts: dict[str, str] = {}
    for value in values:
        name, equals, text = value.strip().partition("=")
        if not equals or not name:
            raise Invalid(NOT_A_PAIR, text=value.strip()[:20])
        texts[name] = text
    return texts
