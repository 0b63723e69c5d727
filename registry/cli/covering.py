"""`coverage`, `visits`: how much of the diaspora the registry knows, and where to visit who lives far from a post."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.state import REASON, SignedIn, State
from registry.commands import ImportEstimates, WriteCoverage, WriteVisits
from registry.formats import first_of
from registry.i18n import _
from registry.queries import Coverage, LargePlaces, PlanEstimates, PlanVisits

if TYPE_CHECKING:
    from registry.coverage.comparing import CoverageRow, CoverageTable
    from registry.coverage.planning import EstimatePlan
    from registry.posts.visits import VisitPlan

Everybody = Annotated[
    bool, typer.Option("--everybody", help=_("Also those who do not count by the ministry's definition."))
]
Reason = Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))]
#: Status of work after which something needs attention (CLI.md).
ATTENTION = 1


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Compare who is registered with official estimates."))(coverage)
    app.command(help=_("Plan visits to where many people live far from every post."))(visits)


def coverage(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_("Who is counted. Default: everybody."))] = "",
    estimates: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("First take in the estimates of this file."))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only tell what would be taken in of the file."))
    ] = False,
    origin: Annotated[
        str, typer.Option(metavar="COUNTRY", help=_("Whose people a table by origin counts. Default: the home state."))
    ] = "",
    named: Annotated[
        str, typer.Option("--source-name", metavar="TEXT", help=_("Source of estimates of which the file names none."))
    ] = "",
    cities: Annotated[bool, typer.Option("--cities", help=_("By city instead of by country."))] = False,
    year: Annotated[int, typer.Option(metavar="YEAR", help=_("Only estimates of this year. Default: the newest."))] = 0,
    source: Annotated[str, typer.Option(metavar="TEXT", help=_("Only estimates of this source."))] = "",
    sex: Annotated[str, typer.Option(metavar="CODE", help=_("Only people and estimates of this sex."))] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Also into a file: .xlsx or .csv."))
    ] = None,
    everybody: Everybody = False,
    reason: Reason = REASON,
) -> int:
    state: State = context.obj
    asked = Coverage(query.strip(), cities, year, source.strip(), sex.strip(), everybody)
    with state.open() as signed_in:
        taken = _take_in(signed_in, estimates, origin, named, dry_run=dry_run) if estimates is not None else None
        if output is None:
            table = signed_in.registry.read(asked)
        else:
            table = signed_in.take_out(WriteCoverage(asked, output, reason)).value
    said: dict[str, object] = {"file": None if output is None else str(output)}
    said |= {"rows": [_row(row) for row in table.rows]}
    said |= {"registered": table.registered, "estimated": table.estimated, "matched": table.matched}
    said |= {"placeless": table.placeless, "at_home": table.at_home, "outside": table.outside}
    said |= {"belonging": table.belonging or None, "imported": None if taken is None else _taken(taken)}
    state.output.result(said)
    if not state.output.json:
        _tell_coverage(state, table, taken, output, dry_run=dry_run)
    return ATTENTION if taken is not None and taken.unmatched else 0


def visits(
    context: typer.Context,
    count: Annotated[int, typer.Option(metavar="N", help=_("How many visits."))],
    beyond: Annotated[int, typer.Option(metavar="KM", help=_("Who lives further than this from every post is far."))],
    query: Annotated[str, typer.Argument(help=_("Who is counted. Default: everybody."))] = "",
    reach: Annotated[int, typer.Option(metavar="KM", help=_("How far people come to a visit."))] = 50,
    centre: Annotated[
        int, typer.Option(metavar="PEOPLE", help=_("Also list cities with so many people, for a resource centre."))
    ] = 20_000,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help=_("Also into a workbook."))
    ] = None,
    everybody: Everybody = False,
    reason: Reason = REASON,
) -> int:
    state: State = context.obj
    asked = PlanVisits(count, beyond, reach, query.strip(), everybody)
    with state.open() as signed_in:
        if output is None:
            plan = signed_in.registry.read(asked)
        else:
            plan = signed_in.take_out(WriteVisits(asked, output, reason)).value
        large = signed_in.registry.read(LargePlaces(centre, query.strip(), everybody))
    rows = [
        {"city": visit.city.id, "name": visit.city.name, "country": visit.city.country, "people": visit.people}
        | {"latitude": visit.city.latitude, "longitude": visit.city.longitude}
        | {"kilometres": visit.kilometres, "query": visit.query}
        for visit in plan.visits
    ]
    said = {"file": None if output is None else str(output), "rows": rows, "far": plan.far, "reached": plan.reached}
    said |= {"bound": plan.bound, "unplaced": plan.unplaced, "outside": plan.outside, "query": plan.query}
    state.output.result(said | {"belonging": plan.belonging or None, "centres": [_row(row) for row in large]})
    if not state.output.json:
        _tell_visits(state, plan, large, output)
    return 0


def _take_in(signed_in: SignedIn, path: Path, origin: str, named: str, *, dry_run: bool) -> EstimatePlan:
    plan = signed_in.registry.read(PlanEstimates(path, origin, named))
    return plan if dry_run else signed_in.execute(ImportEstimates(plan)).value


def _row(row: CoverageRow) -> dict[str, object]:
    found = row.estimate
    return {
        "country": row.country,
        "city": row.city_id or None,
        "label": row.label,
        "registered": row.registered,
        "estimated": None if found is None else found.population,
        "missing": row.missing,
        "share": None if row.share is None else round(row.share, 4),
        "year": None if found is None else found.year,
        "source": None if found is None else found.source,
        "standing": row.standing,
        "query": row.query,
    }


def _taken(plan: EstimatePlan) -> dict[str, object]:
    from registry.coverage.planning import CHANGED, NEW, UNCHANGED

    left_out = [{"row": left.row, "text": left.text, "reason": _(left.reason)} for left in plan.left_out]
    return {action: plan.count(action) for action in (NEW, CHANGED, UNCHANGED)} | {"left_out": left_out}


def _tell_coverage(
    state: State, table: CoverageTable, taken: EstimatePlan | None, output: Path | None, *, dry_run: bool
) -> None:
    from registry.coverage.planning import CHANGED, NEW, UNCHANGED
    from registry.coverage.writing import cells, headings

    if taken is not None:
        counts = {action: taken.count(action) for action in (NEW, CHANGED, UNCHANGED)}
        said = _("Estimates: {new} new, {changed} changed, {unchanged} unchanged.", **counts)
        state.output.say(said)
        if dry_run:
            state.output.say(_("Nothing was written."))
        for reason, names in taken.reasons.items():
            state.output.say(f"{_(reason)} ({len(names)}) {first_of(list(dict.fromkeys(names)))}")
    cities = any(row.city_id for row in table.rows)
    state.output.table(headings(cities=cities), map(cells, table.rows))
    state.output.say(
        _(
            "{matched} of {estimated} estimated people are registered.",
            matched=table.matched,
            estimated=table.estimated,
        )
    )
    if table.belonging:
        state.output.say(_("Who counts: {definition}.", definition=table.belonging))
    if output is not None:
        state.output.say(_("Written to {file}.", file=output))


def _tell_visits(state: State, plan: VisitPlan, large: tuple[CoverageRow, ...], output: Path | None) -> None:
    from registry.posts.writing import bound_words, reached_words

    heads = (_("Visit"), _("City"), _("Country"), _("People"), _("Kilometres from the nearest post"))
    rows = [
        (number, visit.city.name, visit.city.country, visit.people, visit.kilometres)
        for number, visit in enumerate(plan.visits, 1)
    ]
    state.output.table(heads, rows)
    for said in filter(None, (reached_words(plan), bound_words(plan))):
        state.output.say(said)
    if plan.unplaced:
        state.output.say(_("Of {count} people no city is known.", count=plan.unplaced))
    if large:
        names = ", ".join(row.label for row in large)
        state.output.say(_("Large enough for a resource centre: {places}.", places=names))
    if output is not None:
        state.output.say(_("Written to {file}.", file=output))
