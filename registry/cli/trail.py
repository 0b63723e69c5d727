"""`check`, `history`, `anchor`: is everything sound, and who did what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.actions import label
from registry.cli.kinds import Kind
from registry.cli.output import Output
from registry.cli.state import MOST, State
from registry.errors import BadFile
from registry.i18n import N_, _, ngettext
from registry.queries import Check, DataQuality, FindByNumber, GetHistory, GetSettings, RecordQuality, VerifyHistory

if TYPE_CHECKING:
    from registry.history import Operation, Verification

UNREADABLE = N_("The anchor “{name}” cannot be read. Choose a file that was written by “anchor”.")
OTHER_FILE = N_("“{name}” is another file. Choose another name for the anchor.")
WITHOUT_ANCHOR = N_("Without an anchor kept outside, a cut end or an older file cannot be told.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("See whether everything is sound."))(check)
    app.command(help=_("Show who did what and when."))(history)
    app.command(help=_("Write the head of the history to a file."))(anchor)


def check(
    context: typer.Context,
    by: Annotated[str, typer.Option(metavar="FIELD", help=_("Data quality by this field too, such as country."))] = "",
    kind: Annotated[Kind, typer.Option(help=_("Whose data quality is looked at."))] = Kind.PEOPLE,
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Also who does not count by the ministry's definition."))
    ] = False,
    record: Annotated[
        str | None, typer.Option(metavar="NUMBER", help=_("Only what one record lacks, and its score."))
    ] = None,
) -> int:
    from registry import formats
    from registry.access import Right
    from registry.cli import grading

    state: State = context.obj
    with state.open() as signed_in:
        registry = signed_in.registry
        if record is not None:
            found = registry.read(FindByNumber(record))
            grading.tell_one(state.output, record, registry.read(RecordQuality(*found)))
            return 0
        result = registry.read(Check())
        # Who may not read records hears nothing of what they hold.
        sees = registry.session.may(Right.READ)
        quality = registry.read(DataQuality(kind, by, everybody)) if sees else None
    lines = [(line, _(line.label), _(line.detail, count=formats.number(line.count))) for line in result.lines]
    state.output.result(
        {
            "ok": result.ok,
            "checks": [
                {"check": line.code, "ok": line.ok, "label": name, "detail": detail, "count": line.count}
                for line, name, detail in lines
            ],
        }
        | ({"quality": grading.as_json(quality)} if quality is not None else {})
    )
    states = {True: _("well"), False: _("needs attention")}
    state.output.table((_("Check"), _("State"), _("Found")), ((n, states[x.ok], d) for x, n, d in lines))
    if quality is not None:
        grading.tell(state.output, quality)
    return 0 if result.ok else 1


def history(
    context: typer.Context,
    record: Annotated[str | None, typer.Option(metavar="NUMBER", help=_("Only what happened to one record."))] = None,
    verify: Annotated[bool, typer.Option("--verify", help=_("Verify the whole chain."))] = False,
    anchor: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Verify against an anchor kept outside."))
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help=_("At most so many operations, the newest."))] = 100,
) -> int:
    state: State = context.obj
    known = _read_anchor(anchor) if anchor else None
    with state.open() as signed_in:
        registry = signed_in.registry
        record_id = registry.read(FindByNumber(record))[1] if record else None
        page = registry.read(GetHistory(record_id, limit=limit))
        verified = registry.read(VerifyHistory(known)) if verify or anchor else None
    state.output.result(_as_json(page.operations, verified))
    _show(state.output, page.operations)
    if verified is not None and not state.output.json:
        _tell(state.output, verified)
    return 0 if verified is None or verified.ok else 1


def anchor(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
) -> int:
    from registry.whole_file import whole_file

    state: State = context.obj
    if output.exists() and "head" not in _read_anchor(output):
        # keys.json is JSON too: nothing but an older anchor is replaced.
        raise BadFile(OTHER_FILE, name=output.name)
    with state.open() as signed_in:
        verified = signed_in.registry.read(VerifyHistory())
        registry_id = signed_in.registry.read(GetSettings())["registry_id"]
    sequence, head = verified.head
    if verified.ok:
        text = json.dumps({"registry": registry_id, "sequence": sequence, "head": head}) + "\n"
        with whole_file(output) as file:
            file.write(text.encode())
    state.output.result({"file": str(output) if verified.ok else None, "head": head, "entries": verified.entries})
    if not state.output.json:
        _tell(state.output, verified)
    return 0 if verified.ok else 1


def _as_json(operations: tuple[Operation, ...], verified: Verification | None) -> Mapping[str, object]:
    return {
        "entries": [
            {
                "batch": o.batch,
                "time": datetime.fromtimestamp(o.time / 1_000_000, UTC).isoformat(),
                "user": o.user,
                "operation": o.code,
                "records": o.records,
                "undoes": o.undoes,
                "changes": [{"field": c.field.name, "old": c.old, "new": c.new} for c in o.changes],
                "note": o.note,
            }
            for o in operations
        ],
        "verified": verified.ok if verified else None,
        "head": verified.head[1] if verified else None,
        "problems": [{"kind": kind, "number": number} for kind, number in verified.problems] if verified else [],
    }


def _show(output: Output, operations: tuple[Operation, ...]) -> None:
    from registry import formats

    headings = (_("Number"), _("Time"), _("User"), _("Operation"), _("Records"), _("Changes"))
    rows = (
        (o.batch, formats.moment(o.time), o.user, _(label(o.code)), formats.number(o.records), _changes(o))
        for o in operations
    )
    output.table(headings, rows)


def _changes(operation: Operation) -> str:
    return "; ".join(
        f"{c.field.title}: {c.field.show(c.old) if c.old else '–'} → {c.field.show(c.new) if c.new else '–'}"
        for c in operation.changes
    )


def _tell(output: Output, verified: Verification) -> None:
    if not verified.ok:
        found = ngettext("{count} place does not fit.", "{count} places do not fit.", len(verified.problems))
        output.say(_("The history was altered: {found} Restore a backup.", found=found))
        return
    output.say(ngettext("The history holds: {count} entry.", "The history holds: {count} entries.", verified.entries))
    if not verified.anchored:
        output.say(_(WITHOUT_ANCHOR))


def _read_anchor(file: Path) -> Mapping[str, object]:
    """What an anchor or a backup says of the history's head."""
    from registry import restoring

    if file.suffix == restoring.SUFFIX:
        return restoring.anchor(file)
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise BadFile(UNREADABLE, name=file.name) from None
    if not isinstance(known, dict):
        raise BadFile(UNREADABLE, name=file.name)
    return known
