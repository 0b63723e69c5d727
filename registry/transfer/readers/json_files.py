"""Records in JSON as a table: an object a row, its names above. Runs in the guarded child only."""

from __future__ import annotations

import json
from pathlib import Path

from registry.errors import BadFile
from registry.i18n import N_
from registry.transfer.readers import preflight

NO_RECORDS = N_("This file has no list of records: it should be a list of objects, or an object that has one.")


def read(path: Path) -> list[list[str]]:
    """The header and a row for each object; raises `BadFile` if there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as trouble:
        raise BadFile(preflight.DAMAGED) from trouble
    listed = found if isinstance(found, list) else next((v for v in found.values() if isinstance(v, list)), [])
    rows = [row for row in listed if isinstance(row, dict)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        raise BadFile(NO_RECORDS if found else preflight.EMPTY)
    return [names, *([_text(row.get(name)) for name in names] for row in rows)]


def _text(value: object) -> str:
    """A value as a cell; several stand beside each other, and what is built of others is no cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return "" if isinstance(value, dict) else str(value)
