"""What members are concerned about: by theme and by country, answered or not, and the list of those that wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

from db.models import activity, person, record
from db.records import among as one_of
from registry import belonging, vocabularies
from registry.activities import CONCERN
from registry.context import View
from registry.errors import NotAllowed
from registry.fields import PEOPLE, by_name
from registry.i18n import N_
from registry.packed import dimensions
from registry.packed.dimensions import NOT_KNOWN
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import ListConcerns
from registry.search.tree import EVERYBODY

NOT_SEEN = N_("Your role does not see concerns.")
#: Concerns that are listed, those that wait longest first.
MOST = 500


@dataclass(frozen=True)
class Concern:
    """One of them.

    Attributes:
        record: id of the person; name, number: theirs.
        theme: in the reader's words; "" = nobody said.
        place: as it was written down; "" = nothing was.
        date, answered_on: partial dates; "" = not known, or not answered.
    """

    record: int
    name: str
    number: str
    theme: str
    place: str
    date: str
    answered_on: str


@dataclass(frozen=True)
class Concerns:
    """Concerns counted, each once at its theme and once at each country where its person lives.

    Attributes:
        themes, countries: code -> (label, how many, how many of them wait), the most first; "" = not known.
        cells: (theme, country) -> (how many, how many of them wait).
        total, waiting: how many there are, and how many wait for an answer.
        listed: those asked for, the oldest first; not all if there are more than `MOST`.
        count: how many were asked for.
        belonging: who counts, in words; "" = no definition was made.
    """

    themes: dict[str, tuple[str, int, int]]
    countries: dict[str, tuple[str, int, int]]
    cells: dict[tuple[str, str], tuple[int, int]]
    total: int
    waiting: int
    listed: tuple[Concern, ...]
    count: int
    belonging: str


def list_concerns(view: View, query: ListConcerns) -> Concerns:
    """Count and list. Raises `NotAllowed` for whoever does not see them."""
    if not view.session.sees(by_name(PEOPLE)["activity.theme"]):
        raise NotAllowed(NOT_SEEN)
    counting = belonging.definition(view, everybody=query.everybody)
    columns = Columns(view)
    among = Finding(columns, PEOPLE).of(counting.within(EVERYBODY))
    country = dimensions.facet(PEOPLE, view.session, "address.country")
    lives = columns.grouped(country)
    all_, wait = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    themes, themes_wait, chosen = Counter[str](), Counter[str](), []
    for row, owner, theme, answered in _rows(view):
        if owner >= len(among) or not among[owner]:
            continue
        begin, end = np.searchsorted(lives.owners, (owner, owner + 1))
        here = {lives.values[n] for n in (lives.first[owner], *lives.numbers[begin:end])}
        themes[theme] += 1
        themes_wait[theme] += not answered
        for place in here:
            all_[theme, place] += 1
            wait[theme, place] += not answered
        fits = query.answered in ("", "yes" if answered else "no")
        if fits and query.theme in ("", theme) and (not query.country or query.country in here):
            chosen.append(row)
    labels = vocabularies.get("concern_theme")
    by_theme = {
        t: (labels.label(t) if t else country.label_of(NOT_KNOWN), n, themes_wait[t]) for t, n in themes.most_common()
    }
    places, places_wait = Counter[str](), Counter[str]()
    for (_theme, place), count in all_.items():
        places[place] += count
        places_wait[place] += wait[_theme, place]
    by_place = {p: (country.label_of(p), n, places_wait[p]) for p, n in places.most_common()}
    cells = {key: (count, wait[key]) for key, count in all_.items()}
    return Concerns(
        by_theme,
        by_place,
        cells,
        themes.total(),
        themes_wait.total(),
        _listed(view, chosen),
        len(chosen),
        counting.words,
    )


def _rows(view: View) -> list[tuple[int, int, str, bool]]:
    """Id, person, theme and whether it was answered, of each concern."""
    columns = activity.c.id, activity.c.record_id, activity.c.theme, activity.c.answered_on
    found = view.connection.execute(select(*columns).where(activity.c.kind == CONCERN).order_by(activity.c.id))
    return [(i, owner, theme or "", answered is not None) for i, owner, theme, answered in found]


def _listed(view: View, ids: list[int]) -> tuple[Concern, ...]:
    """The oldest of them."""
    labels, sees = vocabularies.get("concern_theme"), view.session.sees(by_name(PEOPLE)["activity.place"])
    joined = (
        select(activity, person.c.full_name, record.c.number)
        .join_from(activity, person, person.c.id == activity.c.record_id)
        .join(record, record.c.id == person.c.id)
        .where(one_of(activity.c.id, ids))
        .order_by(func.coalesce(activity.c.date, ""), activity.c.id)
        .limit(MOST)
    )
    return tuple(
        Concern(
            row.record_id,
            row.full_name,
            row.number,
            labels.label(row.theme) if row.theme else "",
            (row.place or "") if sees else "",
            row.date or "",
            row.answered_on or "",
        )
        for row in view.connection.execute(joined)
    )
