"""`duplicates`: which records may be one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, State
from registry.commands import ExportDuplicates, FindDuplicates
from registry.i18n import _, ngettext
from registry.queries import ListDuplicates

#: So many pairs are shown for people; the file holds all.
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_("Look for records that are one person or association."))(duplicates)


def duplicates(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.csv", help=_("Write the pairs to this file."))
    ] = None,
    threshold: Annotated[float, typer.Option(min=0, max=1, help=_("List pairs from this likelihood on."))] = 0.5,
    kind: Annotated[Kind, typer.Option(help=_("What to compare."))] = Kind.PEOPLE,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Compare all again, not only what is new or changed."))
    ] = False,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.execute(FindDuplicates(kind, threshold, everything)).value
        if output is not None:
            signed_in.take_out(ExportDuplicates(output, reason, kind, threshold))
        first = signed_in.registry.read(ListDuplicates(kind, threshold, _SHOWN)) if not state.output.json else ()
    waiting = found.pairs
    told = {"pairs": waiting, "clusters": found.clusters, "seconds": round(found.seconds, 3), "records": found.records}
    state.output.result(told | {"file": str(output) if output else None})
    if not state.output.json:
        said = ngettext("{count} pair may be one.", "{count} pairs may be one.", waiting)
        state.output.say(said)
        if output is not None:
            state.output.say(_("The pairs are in {file}.", file=output))
        elif first:
            state.output.table(
                (_("Likelihood"), _("One"), _("Other"), _("Why")),
                (
                    (f"{pair.likelihood:.0%}", *(f"{side.number} {side.name}" for side in (pair.one, pair.other)),
                     "; ".join(one.words for one in pair.evidence if one.weight > 0))
                    for pair in first
                ),
            )  # fmt: skip
    return 1 if waiting else 0
