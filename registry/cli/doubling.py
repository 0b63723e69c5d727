"""`duplicates`: which records may be one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, State
from registry.commands import ExportDuplicates, FindDuplicates, UseAnswers
from registry.i18n import _, ngettext
from registry.queries import ListDuplicates, WeighAnswers

if TYPE_CHECKING:
    from registry.matching.judging import Effect


class Answers(StrEnum):
    """What becomes of the answers that officers gave."""

    SHOW = "show"
    USE = "use"
    FORGET = "forget"


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
    answers: Annotated[
        Answers | None,
        typer.Option(help=_("Show what the answers so far would change; let them count; or count without them again.")),
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    if answers is not None:
        return _answers(state, kind, answers)
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


def _answers(state: State, kind: Kind, answers: Answers) -> int:
    """Tell the effect, and with it whether it counts from now on; `show` tells it before."""
    with state.open() as signed_in:
        effect = signed_in.registry.read(WeighAnswers(kind))
        taught = effect.taught
        weights = taught.weights if taught is not None and answers is Answers.USE else {}
        changes = answers is Answers.FORGET or bool(weights)
        batch = signed_in.execute(UseAnswers(weights, kind)).batch if changes else 0
    told: dict[str, object] = {"same": effect.same, "apart": effect.apart, "enough": taught is not None}
    if taught is not None:
        told |= {name: getattr(taught, name) for name in ("appear", "vanish", "rise", "fall", "pairs")}
        told |= {"right_before": taught.right_before, "right_after": taught.right_after}
    used = bool(weights) if changes else effect.used
    state.output.result(told | {"used": used, "batch": batch})
    _tell(state, effect, used=used)
    return 1 if answers is Answers.USE and not used else 0


def _tell(state: State, effect: Effect, *, used: bool) -> None:
    """In words, on a screen."""
    from registry.matching.judging import ENOUGH, OF_EITHER

    if state.output.json:
        return
    taught = effect.taught
    said = _(
        "Answers so far: {same} “the same”, {apart} “not the same”.",
        same=effect.same,
        apart=effect.apart,
    )
    state.output.say(said)
    if taught is None:
        more = _("To learn from them takes {enough}, and at least {least} of each.", enough=ENOUGH, least=OF_EITHER)
        state.output.say(more)
    else:
        rows = (
            (_("would be added"), taught.appear),
            (_("would leave"), taught.vanish),
            (_("would be likelier"), taught.rise),
            (_("would be less likely"), taught.fall),
        )
        heads = (ngettext("Of {count} pair", "Of {count} pairs", taught.pairs), "")
        state.output.table(heads, rows)
    state.output.say(_("Answers count.") if used else _("Answers do not count."))
