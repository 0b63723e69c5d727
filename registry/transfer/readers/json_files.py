"""Records in JSON as a table: an object a row, its names above. Runs in the guarded child only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registry.errors import BadFile
from registry.i18n import N_
from registry.transfer.readers import preflight
from registry.transfer.readers.cells import well_formed

NO_RECORDS = N_("This file has no list of records: it should be a list of objects, or an object that has one.")


def read(path: Path) -> list[list[str]]:
    """The header and a row for each object; raises `BadFile` if there is none."""
    try:
        # Numbers as they are written: as numbers, long ones would lose digits.
        found = json.loads(path.read_bytes(), parse_float=str, parse_int=str, object_pairs_hook=_object)
        listed = found if isinstance(found, list) else next(filter(_is_list_of_objects, found.values()), [])
        if not all(isinstance(row, dict) for row in listed):
            raise BadFile(NO_RECORDS)
        rows = [dict(_cells(row)) for row in listed]
    except (ValueError, RecursionError) as trouble:
        raise BadFile(preflight.DAMAGED) from trouble
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        raise BadFile(NO_RECORDS if found else preflight.EMPTY)
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; names that it has again are numbered, as those of columns are: "phone", "phone.2"."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts: Counter[str] = Counter()
    found = {}
    for name, value in pairs:
        counts[name] += 1
        found[_numbered(name, counts[name])] = value
    return found


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _cells(row: dict[str, Any], before: str = "", place: int = 0) -> Iterator[tuple[str, str]]:
    """Names of columns and cells: what stands in an object in the row is named after both, `address.city`.

    Args:
        row: the row, or an object in it.
        before: what the names begin with.
        place: of the object in its list, which the names end with: `skill.level.2`; 0 if it stands in none.
    """
    for name, value in row.items():
        path = before + name
        objects = [value] if isinstance(value, dict) else value if _is_list_of_objects(value) else []
        for number, one in enumerate(objects, 1):
            if isinstance(one, dict) and place:
                yield from _cells(one, f"{_numbered(path, number)}.", place)
            elif isinstance(one, dict):
                yield from _cells(one, f"{path}.", 0 if one is value else number)
        if (text := _text(value)) or not objects:
            yield well_formed(_numbered(path, place)), well_formed(text)


def _numbered(name: str, place: int) -> str:
    return f"{name}.{place}" if place > 1 else name


def _text(value: object) -> str:
    """A value as a cell; several stand beside each other."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(filter(None, map(_text, value))) if isinstance(value, list) else str(value)
