"""Campaigns as they are looked at: what they are for, how far they are, and who is in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import func, select

from db.models import campaign, campaign_recipient
from registry.context import View
from registry.errors import Invalid
from registry.outreach import frozen
from registry.outreach.codes import letter_code
from registry.outreach.preparing import campaign_of, names_of
from registry.outreach.sorting import Sorted, Wanted
from registry.queries import CampaignPeople, ListCampaigns
from registry.search.names import Names
from registry.search.parser import parse

PREPARED, EXCLUDED = "prepared", "excluded"
#: What a recipient passes through, in this order.
STATES = (PREPARED, "printed", "posted", "delivered", "returned", "answered", EXCLUDED)


@dataclass(frozen=True)
class CampaignView:
    """One campaign with its counts by state.

    Attributes:
        states: state -> how many, of those that somebody is in.
        reasons: reason -> how many were left out.
        returned: why post came back -> how often.
        answers: what was answered -> how often, of a poll.
        cost: as it was estimated when it was prepared; "" = no rate was set.
    """

    code: str
    template: str
    purpose: str
    channel: str
    query: str
    prepared_on: str
    states: Mapping[str, int]
    reasons: Mapping[str, int]
    title: str = ""
    kind: str = "people"
    basis: str = "consent"
    per: str = "person"
    language: str = "auto"
    officer: str = ""
    follows: str = ""
    selected: int = 0
    recipients: int = 0
    cost: str = ""
    question: str = ""
    answers: Mapping[str, int] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    returned: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CampaignPerson:
    """Somebody of a campaign.

    Attributes:
        state: see `STATES`; "prepared" = nothing was printed yet.
        reason: why left out, or why it came back; a code.
        letter: the code on the letter; "" = none was made.
        on: the day of the state, "" = not known.
    """

    id: int
    number: str
    name: str
    state: str
    reason: str = ""
    language: str = ""
    letter: str = ""
    on: str = ""
    answer: str = ""


@dataclass(frozen=True)
class CampaignPage:
    """A part of the people of a campaign, and how many there are in all."""

    total: int
    people: tuple[CampaignPerson, ...]


def list_campaigns(view: View, query: ListCampaigns) -> tuple[CampaignView, ...]:
    """All campaigns, newest first; or one, which is an error if it is not there."""
    if query.code:
        rows: Sequence[Mapping[str, Any]] = [campaign_of(view, query.code)]
    else:
        chosen = select(campaign).order_by(campaign.c.id.desc())
        rows = [dict(row) for row in view.connection.execute(chosen).mappings()]
    counted = _counted(view, [row["id"] for row in rows] if query.code else None)
    return tuple(_view(view, row, counted.get(row["id"], Counter())) for row in rows)


#: (state, reason) -> how many; of answers (state, "", answer).
_Counts = Counter[tuple[str, str, str]]


def _counted(view: View, ids: Sequence[int] | None) -> dict[int, _Counts]:
    row = campaign_recipient.c
    columns = (row.campaign_id, row.state, row.reason, row.answer)
    chosen = select(*columns, func.count()).group_by(*columns)
    if ids is not None:
        chosen = chosen.where(row.campaign_id.in_(ids))
    counts: dict[int, _Counts] = {}
    for campaign_id, state, reason, answer, count in view.connection.execute(chosen):
        counts.setdefault(campaign_id, Counter())[state, reason or "", answer or ""] += count
    return counts


def _view(view: View, row: Mapping[str, Any], counts: _Counts) -> CampaignView:
    states: Counter[str] = Counter()
    reasons: Counter[str] = Counter(json.loads(row["reasons"]))
    returned: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for (state, reason, answer), count in counts.items():
        states[state] += count
        if state == EXCLUDED:
            reasons[reason] += count
        if state == "returned":
            returned[reason] += count
        if answer:
            answers[answer] += count
    states[PREPARED] = row["recipients"] - counts.total()
    states[EXCLUDED] += row["selected"] - row["recipients"]
    question: dict[str, Any] = json.loads(row["question"]) if row["question"] else {"text": "", "answers": {}}
    same = ("code", "template", "purpose", "channel", "prepared_on", "title", "kind", "basis", "per", "language")
    return CampaignView(
        **{name: row[name] for name in same},
        query=_shown_query(view, row["kind"], row["query"]),
        states={state: states[state] for state in STATES if states[state] > 0},
        reasons=dict(reasons),
        officer=row["officer"] or "",
        follows=row["follows"] or "",
        selected=row["selected"],
        recipients=row["recipients"],
        cost=row["cost"] or "",
        question=question["text"],
        answers=dict(answers),
        meanings=question["answers"],
        returned=dict(returned),
    )


def _shown_query(view: View, kind: str, query: str) -> str:
    """The query as it was asked; "" to whom it would tell what a field says that he may not see."""
    try:
        parse(query, Names(kind, view.session))
    except Invalid:
        return ""
    return query


def campaign_people(view: View, query: CampaignPeople) -> CampaignPage:
    """Who is in a campaign, by state; whoever was erased is not told."""
    row = campaign_of(view, query.code)
    wanted = Wanted(languages=("en",), purpose="", channel=str(row["channel"]), kind=str(row["kind"]))
    kept = frozen.thaw(view.connection, int(str(row["id"])), wanted)
    made = {
        one.record_id: one
        for one in view.connection.execute(
            select(campaign_recipient).where(campaign_recipient.c.campaign_id == row["id"])
        )
    }
    chosen = _ids_in(query.state, kept, made)
    some = chosen[query.offset : query.offset + query.limit]
    place_of = {int(kept.ids[place]): int(place) for place in np.flatnonzero(np.isin(kept.ids, some))}
    names = names_of(view, wanted.kind, some)
    people = [
        _person(view, record_id, names[record_id], kept, place_of.get(record_id), made.get(record_id))
        for record_id in some
        if record_id in names
    ]
    return CampaignPage(len(chosen), tuple(people))


def _ids_in(state: str, kept: Sorted, made: Mapping[int, Any]) -> list[int]:
    """Record ids of one state: recipients as they were printed, then the others."""
    of_rows = [record_id for record_id, one in made.items() if state in ("", one.state)]
    if state not in ("", PREPARED, EXCLUDED):
        return of_rows
    untouched = ~np.isin(kept.ids, np.fromiter(made, np.int64, len(made)))
    included, excluded = untouched & (kept.reasons == 0), untouched & (kept.reasons != 0)
    found = included if state == PREPARED else excluded if state == EXCLUDED else untouched
    return [*of_rows, *kept.ids[found].tolist()]


def _person(
    view: View, record_id: int, named: tuple[str, str], kept: Sorted, place: int | None, one: Any
) -> CampaignPerson:
    if one is None:
        reason = kept.reason(place) if place is not None else ""
        language = kept.language(place) if place is not None and not reason else ""
        return CampaignPerson(record_id, *named, EXCLUDED if reason else PREPARED, reason, language)
    day = {"printed": one.printed_on, "posted": one.posted_on}.get(one.state, one.closed_on) or ""
    letter = letter_code(one.id, view.settings["post"]) if one.state != EXCLUDED else ""
    return CampaignPerson(
        record_id, *named, one.state, one.reason or "", one.language or "", letter, day, one.answer or ""
    )
