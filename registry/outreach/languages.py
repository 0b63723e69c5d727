"""In which language somebody is written to: the preferred one, else the best spoken, of those there is a text in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, case, func, literal, select

from db.models import person, spoken_language
from db.records import among
from registry.outreach.contacts import Numbers, in_columns

#: Spoken languages, the better the higher.
_LEVELS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6, "native": 7}


def languages_of(
    connection: Connection, few: Sequence[int] | None, size: int, language: str, languages: Sequence[str]
) -> Numbers:
    """By record id the place in `languages`.

    Args:
        few: records that are asked about; None = all.
        language: "auto" = each person's own, else one for all.
    """
    found = np.zeros(size, np.uint8)
    if language != "auto":
        found[:] = languages.index(language) if language in languages else 0
        return found
    place = {code: number + 1 for number, code in enumerate(languages)}
    preferred = case(place, value=person.c.preferred_language, else_=literal(0))
    owners, numbers = in_columns(connection, _those(select(person.c.id, preferred.label("p")), person.c.id, few))
    found[owners] = numbers
    undecided = owners[numbers == 0]
    if len(undecided):
        _by_spoken(connection, few, found, undecided, place)
    return np.maximum(found, 1) - 1


def _by_spoken(
    connection: Connection, few: Sequence[int] | None, found: Numbers, undecided: Numbers, place: dict[str, int]
) -> None:
    """Whose preferred language there is no text in: the best spoken, of equal ones the first on the card."""
    level = case(_LEVELS, value=func.coalesce(spoken_language.c.level, ""), else_=literal(0))
    language = case(place, value=spoken_language.c.language, else_=literal(0))
    chosen = select(spoken_language.c.record_id, language.label("p"), level.label("l"))
    chosen = _those(chosen.where(spoken_language.c.language.in_(place)), spoken_language.c.record_id, few)
    owners, numbers, levels = in_columns(connection, chosen.order_by(spoken_language.c.id))
    wanted = np.isin(owners, undecided)
    owners, numbers, levels = owners[wanted], numbers[wanted], levels[wanted]
    order = np.argsort(levels, kind="stable")  # the best comes last, and stays
    # Of equal levels the first on the card: later ones are written before it.
    for some in (order[levels[order] == step][::-1] for step in range(8)):
        found[owners[some]] = numbers[some]


def _those(chosen: Any, column: Any, few: Sequence[int] | None) -> Any:
    return chosen if few is None else chosen.where(among(column, few))
