"""A plan of visits as a workbook: the visits, how far people live from the posts, and what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import IO

from registry import vocabularies
from registry.commands import WriteVisits
from registry.context import Context
from registry.coverage.writing import ABOUT
from registry.errors import Invalid
from registry.formats import number
from registry.i18n import N_, _
from registry.posts.distances import BANDS, DistanceTable, distances
from registry.posts.visits import VisitPlan, plan_visits
from registry.queries import Distances, PlanVisits
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.whole_file import whole_file

OTHER_ENDING = N_("A plan of visits is a workbook. Give its file the ending .xlsx.")
VISITS, DISTANCES = N_("Visits"), N_("Distances")
BETWEEN, FURTHER = N_("{above}–{up_to} km"), N_("Over {above} km")
REACHED = N_("The visits reach {reached} of {far} people who live further than {beyond} km from every post.")
BOUND = N_("No plan of as many visits reaches more than")


def write_visits(context: Context, command: WriteVisits) -> VisitPlan:
    """Plan and write the file.

    Raises:
        Invalid: as `plan_visits`, another ending, or no reason given.
        ConfirmationNeeded: counts of many people leave, small ones among them.
        StorageTrouble: the file can't be written; what was there before stays.
    """
    if command.path.suffix.casefold() != ".xlsx":
        raise Invalid(OTHER_ENDING)
    asked = command.asked
    plan = plan_visits(context, asked)
    table = distances(context, Distances(asked.query, asked.beyond, asked.everybody))
    context.require_confirmation(table.counted, command.reason)
    with whole_file(command.path) as file:
        _write(file, asked, plan, table)
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(query=asked.query, visits=len(plan.visits))
    return plan


def band_label(above: int, up_to: int | None) -> str:
    """A band of distances in the reader's words."""
    if up_to is None:
        return _(FURTHER, above=number(above))
    return _(BETWEEN, above=number(above), up_to=number(up_to))


def reached_words(plan: VisitPlan) -> str:
    """How many a plan reaches, in a sentence."""
    beyond = number(plan.beyond)
    if not plan.far:
        return _("Nobody lives further than {beyond} km from a post.", beyond=beyond)
    return _(REACHED, reached=number(plan.reached), far=number(plan.far), beyond=beyond)


def bound_words(plan: VisitPlan) -> str:
    """How good a plan is, in a sentence; "" without any visit."""
    if not plan.visits:
        return ""
    if plan.reached >= plan.bound:
        return _("No plan of as many visits reaches more.")
    return _("No plan of as many visits reaches more than {bound}.", bound=number(plan.bound))


def _write(file: IO[bytes], asked: PlanVisits, plan: VisitPlan, table: DistanceTable) -> None:
    book = Workbook(file)
    heads = [_("Visit"), _("City"), _("Region"), _("Country"), _("People"), _("Kilometres from the nearest post")]
    widths = (8, 28, 28, 28, 10, 16)
    book.sheet(_(VISITS), [Column(*pair) for pair in zip(heads, widths, strict=True)], footer="")
    country = vocabularies.get("country").label
    for place, visit in enumerate(plan.visits, 1):
        city = visit.city
        book.row([place, city.name, city.region, country(city.country), visit.people, visit.kilometres])
    bands = [band_label(above, up_to) for above, up_to in zip(BANDS, (*BANDS[1:], None), strict=True)]
    book.sheet(_(DISTANCES), [Column(_("Nearest post"), 40), *(Column(band, 14) for band in bands)], footer="")
    for each in table.posts:
        book.row([f"{each.post.code} {each.post.name}", *each.nearest])
    book.sheet(_(ABOUT), [Column(_(ABOUT), 44), Column(_("Value"), 90, wrapped=True)], footer="")
    book.rows(about(asked, plan))
    book.close()


def about(asked: PlanVisits, plan: VisitPlan) -> Sequence[tuple[str, Cell]]:
    """What was asked and how good the plan is."""
    return (
        (_("Made on"), date.today()),
        (_("Query"), asked.query or _("Everybody")),
        (_("Who counts"), plan.belonging if plan.belonging and not asked.everybody else _("Everybody")),
        (_("Visits asked for"), asked.count),
        (_("Further from every post than, in kilometres"), plan.beyond),
        (_("People come to a visit from, in kilometres"), plan.reach),
        (_("People who live further"), plan.far),
        (_("People reached"), plan.reached),
        (_(BOUND), plan.bound),
        (_("City not known"), plan.unplaced),
        (_("Do not count"), plan.outside),
    )
