"""Everybody selected for a campaign as it was frozen: ids, reasons, languages and contacts, packed."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select, update

from db.models import campaign_selection
from registry.outreach.contacts import Numbers
from registry.outreach.reasons import CODES, NUMBER_OF
from registry.outreach.sorting import Sorted, Wanted

#: Columns in their order, and how wide their numbers are.
_COLUMNS = {"ids": "<i8", "contacts": "<i8", "reasons": "u1", "languages": "u1", "places": "<u2"}
#: Columns that grow from place to place: what is kept are the steps, which pack well.
_STEPS = frozenset({"ids", "contacts"})


def freeze(connection: Connection, campaign_id: int, found: Sorted) -> None:
    """Keep who was selected; what an undone campaign of this id left goes."""
    columns = {name: getattr(found, name) for name in _COLUMNS}
    _put(connection, campaign_id, found.wanted.languages, found.countries, columns)


def thaw(connection: Connection, campaign_id: int, wanted: Wanted) -> Sorted:
    """Who was selected, in the order of the selection; nobody where nothing was kept."""
    content = connection.execute(
        select(campaign_selection.c.content).where(campaign_selection.c.campaign_id == campaign_id)
    ).scalar()
    if content is None:
        empty = np.zeros(0, np.int64)
        return Sorted(wanted, empty, empty, empty, empty, empty)
    languages, countries, columns = _read(content)
    wanted = Wanted(**{**vars(wanted), "languages": languages})
    return Sorted(wanted=wanted, countries=countries, **columns)


def forget(connection: Connection, record_id: int) -> None:
    """Take the id of an erased record out of every campaign."""
    for row in connection.execute(select(campaign_selection)).all():
        languages, countries, columns = _read(row.content)
        stay = columns["ids"] != record_id
        if not stay.all():
            _put(connection, row.campaign_id, languages, countries, {name: c[stay] for name, c in columns.items()})


def _put(
    connection: Connection, campaign_id: int, languages: tuple[str, ...], countries: tuple[str, ...], columns: Any
) -> None:
    parts = []
    for name, kind in _COLUMNS.items():
        values = np.diff(columns[name], prepend=0) if name in _STEPS else columns[name]
        parts.append(zlib.compress(values.astype(kind).tobytes(), 1))
    # With the reasons by name: the numbers may mean others in a later version of the program.
    head = json.dumps([languages, countries, CODES, [len(part) for part in parts]]).encode()
    content = len(head).to_bytes(4, "little") + head + b"".join(parts)
    here = campaign_selection.c.campaign_id == campaign_id
    if connection.execute(select(campaign_selection.c.campaign_id).where(here)).scalar() is None:
        connection.execute(insert(campaign_selection), {"campaign_id": campaign_id, "content": content})
    else:
        connection.execute(update(campaign_selection).where(here).values(content=content))


def _read(content: bytes) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, Numbers]]:
    begin = 4 + int.from_bytes(content[:4], "little")
    languages, countries, codes, lengths = json.loads(content[4:begin])
    columns: dict[str, Numbers] = {}
    for (name, kind), length in zip(_COLUMNS.items(), lengths, strict=True):
        values = np.frombuffer(zlib.decompress(content[begin : begin + length]), kind)
        columns[name] = np.cumsum(values) if name in _STEPS else values
        begin += length
    numbers = np.array([0, *(NUMBER_OF[code] for code in codes)], np.uint8)
    columns["reasons"] = numbers[columns["reasons"]]
    return tuple(languages), tuple(countries), columns
