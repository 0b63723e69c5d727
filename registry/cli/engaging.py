"""`associations`, `profiles`, `ways`, `concerns`: who can be engaged, how, and what concerns them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.state import State
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext
from registry.queries import ListConcerns, MapAssociations, ProfileSegments, WaysToEngage

if TYPE_CHECKING:
    from registry.engagement.associations import Place

_YES_OR_NO = N_("Say yes or no after --answered, not “{text}”.")
#: So many lines of each table are shown to people; programs get all.
_SHOWN = 15


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Count associations by sort and place, whom they reach, and where there is none."))(associations)
    app.command(help=_("What distinguishes segments of people from everybody else."))(profiles)
    app.command(help=_("Segments by the forms of engagement that their people are ready for."))(ways)
    app.command(help=_("What members are concerned about, and which concerns wait for an answer."))(concerns)


Everybody = Annotated[
    bool, typer.Option("--everybody", help=_("Also who does not count by the ministry's definition."))
]


def associations(context: typer.Context, everybody: Everybody = False) -> int:
    from registry import formats

    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(MapAssociations(everybody))
    state.output.result(
        {
            "total": found.total,
            "sorts": {name: [dataclasses.asdict(sort) for sort in sorts] for name, sorts in found.sorts.items()},
            "reach": _as_json(found.reach),
            "countries": [_as_json(place) for place in found.countries],
            "cities": [_as_json(place) for place in found.cities],
            "without": [_as_json(place) for place in found.without],
            "tree": [dataclasses.asdict(branch) for branch in found.tree],
            "belonging": found.belonging,
            "outside": found.outside,
        }
    )
    for name, sorts in found.sorts.items():
        lines = ((s.label, formats.number(s.count), formats.number(s.members)) for s in sorts[:_SHOWN])
        state.output.table((found.titles[name], _("Associations"), _("Members, as they say")), lines)
    head = (_("Place"), _("People"), _("Members"), _("Associations"))
    for places in (found.countries, found.without):
        shown = places[:_SHOWN]
        state.output.table(head, ((p.label, p.people, p.organised, p.associations) for p in shown))
    if not state.output.json:
        bodies = ngettext("{count} association or institution.", "{count} associations and institutions.", found.total)
        state.output.say(bodies)
    return 0


def profiles(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help=_("One group of people. Default: every segment, or those that ship."))
    ] = "",
    everybody: Everybody = False,
) -> int:
    from registry import formats

    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(ProfileSegments(query.strip(), everybody))
    shown = [
        dataclasses.asdict(profile)
        | {"values": [dataclasses.asdict(v) | {"difference": round(v.difference, 4)} for v in profile.values]}
        for profile in found
    ]
    state.output.result({"segments": shown})
    head = (_("Field"), _("Value"), _("People"), _("Here"), _("Elsewhere"))
    for profile in () if state.output.json else found:
        state.output.say(profile.problem or f"{profile.name or profile.query}: {formats.number(profile.total)}")
        lines = ((v.field, v.label, v.count, formats.share(v.inside), formats.share(v.outside)) for v in profile.values)
        state.output.table(head, lines)
    return 0


def ways(
    context: typer.Context,
    channel: Annotated[
        str, typer.Option(help=_("Only who agreed to hear of it by letter, email, sms, phone or event."))
    ] = "",
    everybody: Everybody = False,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(WaysToEngage(channel, everybody))
    table = found.table
    state.output.result(
        {
            "total": table.total,
            "forms": [{"form": c.code, "label": c.label, "count": c.count} for c in table.columns],
            "segments": [
                {
                    "segment": heading.label,
                    "count": heading.count,
                    "forms": dict(zip((c.code for c in table.columns), table.counts[place], strict=True)),
                    "reached": {channel: counts[place] for channel, counts in found.reached.items()},
                }
                for place, heading in enumerate(table.rows)
            ],
            "reached": found.everybody,
            "problems": [{"segment": name, "problem": problem} for name, problem in found.problems],
        }
    )
    rows = ([h.label, h.count, *counts] for h, counts in zip(table.rows, table.counts, strict=True))
    state.output.table((_("Segment"), _("People"), *(c.label for c in table.columns)), rows)
    return 0


def concerns(
    context: typer.Context,
    answered: Annotated[
        str, typer.Option(metavar="yes|no", help=_("Only those that were answered, or that wait."))
    ] = "",
    theme: Annotated[str, typer.Option(metavar="CODE", help=_("Only this theme."))] = "",
    country: Annotated[str, typer.Option(metavar="ISO3", help=_("Only of people who live there."))] = "",
    everybody: Everybody = False,
) -> int:
    state: State = context.obj
    if answered not in ("", "yes", "no"):
        raise Invalid(_YES_OR_NO, text=answered[:20])
    with state.open() as signed_in:
        found = signed_in.registry.read(ListConcerns(answered, theme, country.upper(), everybody))
    state.output.result(
        {
            "total": found.total,
            "waiting": found.waiting,
            "themes": [
                {"theme": code, "label": label, "count": count, "waiting": waiting}
                for code, (label, count, waiting) in found.themes.items()
            ],
            "countries": [
                {"country": code, "label": label, "count": count, "waiting": waiting}
                for code, (label, count, waiting) in found.countries.items()
            ],
            "count": found.count,
            "concerns": [dataclasses.asdict(concern) for concern in found.listed],
        }
    )
    lines = ((label, count, waiting) for label, count, waiting in found.themes.values())
    state.output.table((_("Theme"), _("Concerns"), _("Waiting")), lines)
    listed = ((c.date, c.number, c.name, c.theme, c.place, c.answered_on) for c in found.listed[:_SHOWN])
    head = (_("Date"), _("Number"), _("Name"), _("Theme"), _("Place"), _("Answered on"))
    state.output.table(head, listed)
    return 0


def _as_json(place: Place) -> dict[str, object]:
    return dataclasses.asdict(place) | {"reach": round(place.reach, 4)}
