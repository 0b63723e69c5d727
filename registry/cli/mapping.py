"""`map`: where the diaspora lives, as a drawing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, State
from registry.commands import WriteMap
from registry.i18n import _
from registry.queries import WorldMap

if TYPE_CHECKING:
    from registry.mapping.world import CountryCount


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="map", help=_("Draw a map of the world: how many live in each country."))(draw_map)


def draw_map(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=_("Where the map goes: a .pdf, .svg or .png file."))
    ],
    query: Annotated[str, typer.Argument(help=_("Which records are counted. Default: all."))] = "",
    by: Annotated[
        str,
        typer.Option(
            metavar="count|share|growth|coverage|FIELD:VALUE",
            help=_("What countries are shaded by; a query such as willing:yes for the share whom it finds."),
        ),
    ] = "count",
    years: Annotated[int, typer.Option(metavar="N", help=_("Growth over so many years."))] = 1,
    kind: Annotated[Kind, typer.Option(help=_("What is counted."))] = Kind.PEOPLE,
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Also those who do not count by the ministry's definition."))
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help=_("As it may be published: small counts are withheld."))
    ] = False,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    from registry.mapping.figure import notes, value_of
    from registry.mapping.world import PART, SHADINGS

    state: State = context.obj
    shaded, part = (by, "") if by in SHADINGS and by != PART else (PART, by)
    asked = WorldMap(query.strip(), kind, shaded, part.strip(), years, everybody, public)
    with state.open() as signed_in:
        world = signed_in.take_out(WriteMap(asked, output, reason)).value
    rows = [_row(country) for country in world.countries]
    counted = {"by": by, "total": world.total, "unknown": world.unknown, "belonging": world.belonging or None}
    state.output.result(counted | {"rows": rows, "file": str(output)})
    withheld = _("withheld")
    lines = [(c.label, withheld if c.count is None else c.count, value_of(world, c)) for c in world.countries]
    state.output.table((_("Country"), _("Count"), world.title), lines)
    if not state.output.json:
        for note in notes(world):
            state.output.say(note)
    return 0


def _row(country: CountryCount) -> dict[str, object]:
    """A country; JSON has no infinity: where all are new there is no growth to be told as a number."""
    value = None if country.value == float("inf") else country.value
    row: dict[str, object] = {"country": country.code, "label": country.label, "count": country.count, "value": value}
    if country.estimate is not None:
        row |= {"estimated": country.estimate.population, "year": country.estimate.year}
    return row
