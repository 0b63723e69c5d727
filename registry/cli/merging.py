"""`merge`, `unmerge`: two records that are one, and back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.state import State
from registry.commands import MergeRecords, UnmergeRecord
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.queries import FindByNumber, UnmergePlan

if TYPE_CHECKING:
    from registry.merging.unmerging import AddedSince, UnmergeView

NO_ADDITION = N_("--move takes numbers of what was added since, from 1 to {count}; --dry-run shows them.")
GOES = N_("Added since, and gone to {number}: {text}")
STAYS = N_("Added since, and left with {number}: {text}")


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
    move: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help=_("This later addition, as --dry-run numbers them, goes with the record.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Tell what was added or changed since; write nothing."))
    ] = False,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        plan = signed_in.registry.read(UnmergePlan(number))
        if dry_run:
            return _tell_plan(state, plan)
        moving = _moving(state, plan, move)
        rows = tuple((one.table, one.row_id) for one in moving)
        outcome = signed_in.execute(UnmergeRecord(plan.number, rows))
    taken = outcome.value
    staying = [one for one in plan.added if one not in moving]
    state.output.result(
        {"record": taken.id, "number": taken.number, "from": taken.from_number, "batch": outcome.batch}
        | {"kept": list(taken.kept), "added": [one.field for one in staying], "moved": [one.field for one in moving]}
    )
    if state.output.json:
        return 0
    state.output.say(_("{number} is a record of its own again.", number=taken.number))
    for some, message in ((moving, GOES), (staying, STAYS)):
        whose = taken.number if some is moving else taken.from_number
        for one in some:
            state.output.say(_(message, number=whose, text=_told(one)))
    _tell_kept(state, taken.kept)
    return 0


def _moving(state: State, plan: UnmergeView, move: Sequence[int] | None) -> list[AddedSince]:
    """The additions that go with the record: as the options say, else as whoever sits at the terminal says."""
    if move is None:
        asked = sys.stdin.isatty() and not state.output.json
        return [one for one in plan.added if asked and typer.confirm(_asked(plan, one), default=False)]
    if not all(1 <= place <= len(plan.added) for place in move):
        raise Invalid(NO_ADDITION, count=len(plan.added))
    return [one for place, one in enumerate(plan.added, 1) if place in move]


def _asked(plan: UnmergeView, one: AddedSince) -> str:
    return _("Added since: {text}. Does it go to {number}?", text=_told(one), number=plan.number)


def _tell_plan(state: State, plan: UnmergeView) -> int:
    """What would happen."""
    added = [{"place": n, "field": one.field, "text": one.text} for n, one in enumerate(plan.added, 1)]
    state.output.result(
        {"number": plan.number, "from": plan.from_number, "kept": list(plan.kept), "added": added, "dry_run": True}
    )
    if state.output.json:
        return 0
    words = _("{name} would be a record of its own again: {number}.", name=plan.name, number=plan.number)
    state.output.say(words)
    if plan.added:
        heads = ("--move", _("Added since, stays with {number}", number=plan.from_number))
        state.output.table(heads, ((one["place"], _told(plan.added[n])) for n, one in enumerate(added)))
    _tell_kept(state, plan.kept)
    return 0


def _tell_kept(state: State, kept: Sequence[str]) -> None:
    from registry import fields

    for name in kept:
        known = next(f for kind in fields.KINDS if (f := fields.by_name(kind).get(name)))
        state.output.say(_("Changed since, and left as it is: {field}", field=known.title))


def _told(one: AddedSince) -> str:
    from registry import fields

    known = next((f for kind in fields.KINDS if (f := fields.by_name(kind).get(one.field))), None)
    return _("{field}: {value}", field=known.title, value=one.text) if known is not None else one.text
