"""Lists that are known by their headers: taken in before, with columns moved or renamed too, or as a program writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select, update

from db.models import import_mapping
from registry import fields
from registry.context import Context
from registry.fields import PEOPLE
from registry.transfer.columns import programs
from registry.transfer.columns.mapping import Given, Match
from registry.transfer.headings import headers as header_words

#: A list is one that came before if they share this part of all their headers.
_SHARED = 0.5


@dataclass(frozen=True)
class Remembered:
    """One list as it was taken in, or as it is to be.

    Attributes:
        headers: in their order.
        given: which column is which field, and what words mean.
        program: which program writes lists so, where that is how it is known; "" = it was taken in before.
    """

    kind: str
    headers: tuple[str, ...]
    given: Given
    program: str = ""


#: Of a list that nothing is known of.
NOTHING = Remembered("", (), Given())


def all_of(connection: Connection) -> tuple[Remembered, ...]:
    """The lists that were taken in, the latest first."""
    rows = connection.execute(select(import_mapping).order_by(import_mapping.c.id.desc()))
    return tuple(
        Remembered(row.kind, tuple(json.loads(row.headers)), _given(json.loads(row.columns), json.loads(row.texts)))
        for row in rows
    )


def _given(columns: Mapping[str, str | list[str] | None], texts: Mapping[str, Mapping[str, str]]) -> Given:
    """What is kept of a column is what it is taken in as, or that and the order of its dates."""
    orders = {header: said[1] for header, said in columns.items() if isinstance(said, list)}
    targets = {header: said[0] if isinstance(said, list) else said for header, said in columns.items()}
    return Given(targets, texts, dates=orders)


def recall(before: Sequence[Remembered], kind: str, headers: Sequence[str]) -> Remembered | None:
    """The most similar list that came before, its columns named as in these headers; None if none is similar.

    Columns that it did not have are those of the program that writes such lists; where none came before, all are.

    Args:
        kind: "people" or "associations"; "" = either.
    """
    known = [one for one in before if kind in ("", one.kind)]
    best = max(known, key=lambda one: _likeness(one.headers, headers), default=None)
    written = programs.writing(headers) if kind in ("", PEOPLE) else None
    usual = written.columns_of(headers) if written is not None else {}
    if best is None or _likeness(best.headers, headers) < _SHARED:
        return Remembered(PEOPLE, tuple(headers), Given(usual, written.texts), written.name) if written else None
    same = [(old, new) for old, new in _same(best.headers, headers) if old in best.given.columns]
    if best.kind != PEOPLE:
        usual = {}
    columns = {new: best.given.columns[old] for old, new in same if _stands(best.kind, best.given.columns[old])}
    orders = {new: best.given.dates[old] for old, new in same if old in best.given.dates and new in columns}
    values = {name: texts for name, texts in best.given.values.items() if _stands(best.kind, name)}
    return Remembered(best.kind, tuple(headers), Given({**usual, **columns}, values, dates=orders))


def with_remembered(given: Given, recalled: Given) -> Given:
    """What is said now, and where nothing is, what was said before."""
    said = {header_words.label_of(header).casefold() for header in given.columns}
    known = {h: t for h, t in recalled.columns.items() if header_words.label_of(h).casefold() not in said}
    return replace(given, columns={**known, **given.columns}, values=texts_with(given, recalled))


def texts_with(given: Given, recalled: Given) -> dict[str, dict[str, str]]:
    """What texts are read as: what was said before, and what is said now of the same text instead."""
    named = dict.fromkeys((*recalled.values, *given.values))
    return {name: {**recalled.values.get(name, {}), **given.values.get(name, {})} for name in named}


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    mine, theirs = ({header_words.key(header) for header in some if header} for some in (one, other))
    return len(mine & theirs) / max(1, len(mine | theirs))


def _same(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Headers then and now: those that read the same, and one renamed between two neighbours that stayed."""
    exact = {header: place for place, header in reversed(list(enumerate(now)))}
    found = {place: exact[header] for place, header in enumerate(before) if header in exact}
    taken = set(found.values())
    # What reads the same in other letters, unless that is a heading of its own, as “start” beside “Start”.
    places = {header_words.key(header): place for header, place in exact.items() if place not in taken}
    keys = [header_words.key(header) for header in before]
    found |= {place: places[key] for place, key in enumerate(keys) if place not in found and key in places}
    taken = set(found.values())
    for place, old in enumerate(before):
        there = found.get(place)
        if there is None and (place == 0 or place - 1 in found):
            beside = found[place - 1] + 1 if place else 0
            ends = found.get(place + 1, len(now) if place + 1 == len(before) else -1)
            free = beside not in taken and beside < len(now) and ends == beside + 1
            # A heading that says itself what it is was not renamed: it is another column.
            there = beside if free and not header_words.is_known(now[beside].rpartition(": ")[2]) else None
        if there is not None:
            yield old, now[there]


def _stands(kind: str, targets: str | None) -> bool:
    """Whether the fields are still there."""
    return targets is None or all(fields.find(kind, name.strip()) is not None for name in targets.split(","))


def remember(
    context: Context,
    kind: str,
    matches: Sequence[Match],
    texts: Mapping[str, Mapping[str, str]],
    dates: Mapping[str, str],
) -> None:
    """Keep how a list was taken in, in place of what is known of one with the same headers.

    Args:
        texts: canonical name -> text in the file -> text that is read instead.
        dates: header -> "dmy" or "mdy", where somebody chose how dates are read.
    """
    headers = [found.header for found in matches]
    orders = {header_words.label_of(header).casefold(): order for header, order in dates.items()}
    columns: dict[str, str | list[str] | None] = {}
    for found in matches:
        targets, order = ", ".join(found.targets), orders.get(header_words.label_of(found.header).casefold())
        columns[found.header] = [targets, order] if targets and order else targets or None
    row: dict[str, object] = {
        "kind": kind,
        "headers": json.dumps(headers, ensure_ascii=False),
        "columns": json.dumps(columns, ensure_ascii=False),
        "texts": json.dumps({name: dict(known) for name, known in texts.items()}, ensure_ascii=False),
    }
    mine = {header_words.key(header) for header in headers}
    for known in context.connection.execute(select(import_mapping).where(import_mapping.c.kind == kind)):
        if {header_words.key(header) for header in json.loads(known.headers)} == mine:
            context.connection.execute(update(import_mapping).where(import_mapping.c.id == known.id).values(row))
            return
    context.connection.execute(insert(import_mapping).values(row))
