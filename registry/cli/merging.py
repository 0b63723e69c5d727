"""`merge`, `unmerge`: two records that are one, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli.state import State
from registry.commands import MergeRecords, UnmergeRecord
from registry.i18n import _
from registry.queries import FindByNumber, UnmergePlan


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Make a second record part of the first."))(merge)
    app.command(help=_("Take a merged record out again."))(unmerge)


def merge(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="A", help=_("Number or id of the record that stays."))],
    other: Annotated[str, typer.Argument(metavar="B", help=_("Number or id of the one that becomes part of it."))],
    take: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help=_("Take this field from the second record."))
    ] = None,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        stays, goes = (signed_in.registry.read(FindByNumber(text))[1] for text in (number, other))
        outcome = signed_in.execute(MergeRecords(stays, (goes,), dict.fromkeys(take or (), goes)))
    merged = outcome.value
    state.output.result({"record": merged.id, "number": merged.number, "batch": outcome.batch})
    if not state.output.json:
        state.output.say(_("Merged into {number}; both numbers find it.", number=merged.number))
    return 0


def unmerge(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="A", help=_("Number of the merged record, or of the one that it is part of."))
    ],
) -> int:
    from registry import fields

    state: State = context.obj
    with state.open() as signed_in:
        plan = signed_in.registry.read(UnmergePlan(number))
        outcome = signed_in.execute(UnmergeRecord(plan.number))
    taken = outcome.value
    state.output.result(
        {"record": taken.id, "number": taken.number, "from": taken.from_number, "batch": outcome.batch}
        | {"kept": list(taken.kept), "added": [one.field for one in plan.added]}
    )
    if state.output.json:
        return 0
    state.output.say(_("{number} is a record of its own again.", number=taken.number))
    for one in plan.added:
        said = _("Added since, and left with {number}: {text}", number=taken.from_number, text=one.text)
        state.output.say(said)
    for name in taken.kept:
        known = next(f for kind in fields.KINDS if (f := fields.by_name(kind).get(name)))
        state.output.say(_("Changed since, and left as it is: {field}", field=known.title))
    return 0
