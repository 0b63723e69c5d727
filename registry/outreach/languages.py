"""In which language somebody is written to: the preferred one, else the best spoken, of those there is a text in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import ColumnElement, Connection, case, func, literal, select

from db.models import person, spoken_language
from db.records import among
from registry.outreach.contacts import Numbers, in_columns

#: Spoken languages, the better the higher.
_LEVELS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6, "native": 7}


def preferred(language: str, languages: Sequence[str]) -> ColumnElement[int]:
    """Of each person the place in `languages` plus one; 0 = no text in the preferred one.

    Args:
        language: "auto" = each person's own, else one for all.
    """
    if language != "auto":
        return literal(languages.index(language) + 1 if language in languages else 1)
    return case(_places(languages), value=person.c.preferred_language, else_=literal(0))


def best_spoken(
    connection: Connection, few: Sequence[int] | None, found: Numbers, undecided: Numbers, languages: Sequence[str]
) -> None:
    """Fill in `found` whose preferred language there is no text in; of languages spoken equally well the first counts.

    Args:
        few: records that are asked about; None = all.
        found: by record id, as of `preferred`.
    """
    if not len(undecided):
        return
    level = case(_LEVELS, value=func.coalesce(spoken_language.c.level, ""), else_=literal(0))
    places = _places(languages)
    language = case(places, value=spoken_language.c.language, else_=literal(0))
    chosen = select(spoken_language.c.record_id, language.label("p"), level.label("l"))
    chosen = chosen.where(spoken_language.c.language.in_(places)).order_by(spoken_language.c.id)
    if few is not None:
        chosen = chosen.where(among(spoken_language.c.record_id, few))
    owners, numbers, levels = in_columns(connection, chosen)
    wanted = np.isin(owners, undecided)
    owners, numbers, levels = owners[wanted], numbers[wanted], levels[wanted]
    for step in sorted(set(_LEVELS.values()) | {0}):
        some = np.flatnonzero(levels == step)[::-1]  # the better later, and of equal ones the first last: it stays
        found[owners[some]] = numbers[some]


def _places(languages: Sequence[str]) -> dict[str, int]:
    return {code: number + 1 for number, code in enumerate(languages)}
