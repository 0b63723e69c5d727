"""`segments …`: saved queries and fixed lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from registry import dates
from registry.cli.kinds import Kind
from registry.cli.state import SignedIn, State
from registry.cli.whose import records_of
from registry.commands import (
    AddToSegment,
    DeleteSegment,
    FreezeSegment,
    LookAtSegment,
    RemoveFromSegment,
    RenameSegment,
    SaveSegment,
    ShareSegment,
)
from registry.i18n import _, ngettext
from registry.queries import GetRecords, ListSegments

if TYPE_CHECKING:
    from registry.segments.looking import SegmentLook, SegmentView

_Name = Annotated[str, typer.Argument(help=_("What the segment is called."))]
_Numbers = Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help=_("Whose."))]
_Query = Annotated[str | None, typer.Option(help=_("Instead of numbers: all whom a query finds."))]
_Kind = Annotated[Kind, typer.Option(help=_("What the query finds."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("list", help=_("The segments that you may use, with their counts."))(show_all)
    group.command(help=_("Segments that ship, to be taken over."))(ready)
    group.command(help=_("Keep a query under a name."))(save)
    group.command(help=_("Make a fixed list of whom a segment finds now."))(freeze)
    group.command(help=_("What changed in a segment since your last look."))(show)
    group.command(help=_("Call a segment something else."))(rename)
    group.command(help=_("Let all use a segment, or you alone."))(share)
    group.command(help=_("Remove a segment, not the records in it."))(delete)
    group.command(help=_("Put records on a fixed list; it is made if there is none of this name."))(add)
    group.command(help=_("Take records off a fixed list."))(remove)
    app.add_typer(group, name="segments", help=_("Saved queries and fixed lists."))


def show_all(context: typer.Context) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(ListSegments())
    state.output.result({"segments": [_as_json(each) for each in found]})
    if found:
        headings = (_("Name"), _("Kind"), _("Records"), _("Came"), _("Went"), _("Whose"), _("Query"))
        state.output.table(headings, (_line(each) for each in found))
    elif not state.output.json:
        state.output.say(_("There are no segments yet. “segments save NAME QUERY” makes one."))
    return 0


def ready(
    context: typer.Context,
    take: Annotated[
        str, typer.Option(metavar="CODE", help=_("Keep this one among your segments, under its name."))
    ] = "",
) -> int:
    from registry.fields import KINDS
    from registry.segments.ready import ready_segment, ready_segments

    state: State = context.obj
    with state.open() as signed_in:
        session = signed_in.registry.session
        if take:
            chosen = ready_segment(take, session)
            signed_in.execute(SaveSegment(chosen.title, chosen.query, chosen.kind))
            return _tell(signed_in, chosen.title, _("Saved."))
        offered = [each for kind in KINDS for each in ready_segments(kind, session)]
    told = [{"code": r.code, "name": r.title, "kind": r.kind, "query": r.query} for r in offered]
    state.output.result({"segments": told})
    state.output.table((_("Code"), _("Name"), _("Query")), ((r.code, r.title, r.query) for r in offered))
    return 0


def save(
    context: typer.Context,
    name: _Name,
    query: Annotated[str, typer.Argument(help=_("Words and conditions, such as: nurse country:FR"))],
    kind: _Kind = Kind.PEOPLE,
    shared: Annotated[
        bool | None, typer.Option("--shared/--private", help=_("Whether all may use it, or you alone."))
    ] = None,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        signed_in.execute(SaveSegment(name, query.strip(), kind, shared))
        return _tell(signed_in, name, _("Saved."))


def freeze(context: typer.Context, name: _Name) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        count = signed_in.execute(FreezeSegment(name)).value
        return _tell(signed_in, name, ngettext("{count} record is fixed.", "{count} records are fixed.", count))


def rename(
    context: typer.Context,
    name: _Name,
    new_name: Annotated[str, typer.Argument(help=_("What it is to be called."))],
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        signed_in.execute(RenameSegment(name, new_name))
        return _tell(signed_in, new_name, _("Renamed."))


def share(
    context: typer.Context,
    name: _Name,
    private: Annotated[bool, typer.Option("--private", help=_("You alone."))] = False,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        signed_in.execute(ShareSegment(name, not private))
        return _tell(signed_in, name, _("It is yours alone.") if private else _("All may use it."))


def delete(context: typer.Context, name: _Name) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        signed_in.execute(DeleteSegment(name))
    state.output.result({"segments": []})
    if not state.output.json:
        state.output.say(_("The segment is deleted. The records stay."))
    return 0


def add(context: typer.Context, name: _Name, numbers: _Numbers = None, query: _Query = None,
        kind: _Kind = Kind.PEOPLE) -> int:  # fmt: skip
    state: State = context.obj
    with state.open() as signed_in:
        found, ids = records_of(signed_in, numbers or (), query, kind)
        count = signed_in.execute(AddToSegment(found, name, ids)).value
        return _tell(signed_in, name, ngettext("{count} record came.", "{count} records came.", count))


def remove(context: typer.Context, name: _Name, numbers: _Numbers = None, query: _Query = None,
           kind: _Kind = Kind.PEOPLE) -> int:  # fmt: skip
    state: State = context.obj
    with state.open() as signed_in:
        found, ids = records_of(signed_in, numbers or (), query, kind)
        count = signed_in.execute(RemoveFromSegment(found, name, ids)).value
        return _tell(signed_in, name, ngettext("{count} record went.", "{count} records went.", count))


def show(context: typer.Context, name: _Name) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        look = signed_in.execute(LookAtSegment(name)).value
        came, went = (_named(signed_in, look.segment.kind, ids) for ids in (look.came, look.went))
    numbers = {"came": [n for n, _name in came], "went": [n for n, _name in went]}
    gone = len(look.went) - len(went)
    state.output.result({"segments": [_as_json(look.segment) | numbers | {"gone": gone, "since": look.since}]})
    if state.output.json:
        return 0
    state.output.say(_words(look))
    if came or went:
        rows = [*((_("came"), *one) for one in came), *((_("went"), *one) for one in went)]
        state.output.table((_("Change"), _("Number"), _("Name")), rows)
    if gone:
        said = ngettext("{count} of them is deleted.", "{count} of them are deleted.", gone)
        state.output.say(said)
    return 0


def _words(look: SegmentLook) -> str:
    count = ngettext("{count} record.", "{count} records.", look.segment.count or 0)
    if not look.since:
        return f"{count} " + _("This was your first look: the next one tells what changed since.")
    came, went = len(look.came), len(look.went)
    changed = _("Since {date}: {came} came, {went} went.", date=dates.show(look.since), came=came, went=went)
    return f"{count} {changed}"


def _named(signed_in: SignedIn, kind: str, ids: Sequence[int]) -> list[tuple[str, str]]:
    found = signed_in.registry.read(GetRecords(kind, tuple(ids), ("full_name", "name")))
    return [(record.number, record.name) for record in found.values()]


def _tell(signed_in: SignedIn, name: str, sentence: str) -> int:
    from registry.segments.kept import key

    found = [s for s in signed_in.registry.read(ListSegments()) if key(s.name) == key(name)]
    signed_in.output.result({"segments": [_as_json(each) for each in found[:1]]})
    if not signed_in.output.json:
        signed_in.output.say(sentence)
        signed_in.output.table((_("Name"), _("Kind"), _("Records")), (_line(each)[:3] for each in found[:1]))
    return 0


def _as_json(each: SegmentView) -> dict[str, object]:
    return {**asdict(each), "fixed": bool(each.fixed_on)}


def _line(each: SegmentView) -> tuple[str, ...]:
    kind = _("fixed since {date}", date=dates.show(each.fixed_on)) if each.fixed_on else _("live")
    counts = ("" if number is None else str(number) for number in (each.count, each.came, each.went))
    whose = _("shared by {owner}", owner=each.owner) if each.shared else _("yours alone")
    return (each.name, kind, *counts, whose, each.problem or each.query)
