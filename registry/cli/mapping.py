"""`map`: where the diaspora lives and comes from, as a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, State
from registry.commands import WriteHomeMap, WriteMap
from registry.errors import Invalid
from registry.i18n import _
from registry.queries import HomeMap, WorldMap

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
    country: Annotated[
        str, typer.Option(metavar="CODE|NAME", help=_("One country alone, with the cities in which somebody lives."))
    ] = "",
    home: Annotated[
        bool, typer.Option("--home", help=_("The home state instead, and the regions that people come from."))
    ] = False,
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Also those who do not count by the ministry's definition."))
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help=_("As it may be published: small counts are withheld."))
    ] = False,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    state: State = context.obj
    if home:
        return _draw_home(state, WriteHomeMap(HomeMap(query.strip(), everybody, public), output, reason))
    from registry.mapping.figure import notes, value_of
    from registry.mapping.world import PART, SHADINGS

    shaded, part = (by, "") if by in SHADINGS and by != PART else (PART, by)
    asked = WorldMap(query.strip(), kind, shaded, part.strip(), years, everybody, public)
    with state.open() as signed_in:
        world = signed_in.take_out(WriteMap(asked, output, reason, _code(country))).value
    rows = [_row(country) for country in world.countries]
    counted = {"by": by, "total": world.total, "unknown": world.unknown, "belonging": world.belonging or None}
    state.output.result(counted | {"rows": rows, "file": str(output)})
    lines = [(c.label, _told(c.count), value_of(world, c)) for c in world.countries]
    state.output.table((_("Country"), _("Count"), world.title), lines)
    _say(state, notes(world))
    return 0


def _code(country: str) -> str:
    """The code of a country by any of its names; raises `Invalid` for what is none."""
    from registry import vocabularies
    from registry.coverage.estimates import UNKNOWN_COUNTRY

    found = vocabularies.get("country").find(country) if country else ""
    if found is None:
        raise Invalid(UNKNOWN_COUNTRY, text=country[:40])
    return found


def _draw_home(state: State, command: WriteHomeMap) -> int:
    from registry.mapping.home_figure import notes

    with state.open() as signed_in:
        made = signed_in.take_out(command).value
    rows = [{"region": d.text, "label": d.label, "count": d.count, "place": d.place} for d in made.districts]
    counted = {"home": made.country or None, "total": made.total, "unknown": made.unknown}
    counted |= {"belonging": made.belonging or None}
    state.output.result(counted | {"rows": rows, "file": str(command.path)})
    state.output.table((_("Region of origin"), _("Count")), [(d.label, _told(d.count)) for d in made.districts])
    _say(state, notes(made))
    return 0


def _told(count: int | None) -> str | int:
    return _("withheld") if count is None else count


def _say(state: State, sentences: Iterable[str]) -> None:
    if not state.output.json:
        for sentence in sentences:
            state.output.say(sentence)


def _row(country: CountryCount) -> dict[str, object]:
    """A country; JSON has no infinity: where all are new there is no growth to be told as a number."""
    value = None if country.value == float("inf") else country.value
    row: dict[str, object] = {"country": country.code, "label": country.label, "count": country.count, "value": value}
    if country.estimate is not None:
        row |= {"estimated": country.estimate.population, "year": country.estimate.year}
    return row
