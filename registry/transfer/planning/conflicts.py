"""What no longer fits of a plan, because the register went on while it lay open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from db import history
from db import records as rows_of
from db.models import record
from registry.i18n import N_, _
from registry.transfer.planning.lookup import EVIDENCE, Key, Register, TraitReader
from registry.transfer.planning.plan import CREATED, Entry, Plan

CHANGED_SINCE = N_("Record {number} was changed after the plan was made; it was left as it is.")
ADDED_SINCE = N_("A record with this reference was added after the plan was made.")
LIKE_SINCE = N_(
    "Record {number}, with {evidence}, was added after the plan was made. "
    "Import the list again to decide about this row."
)


def conflicts(connection: Connection, plan: Plan) -> dict[int, str]:
    """Row -> why it can't be carried out any more, if anything was written since the plan."""
    if history.head(connection)[0] == plan.head:
        return {}
    register, reader = Register(connection, plan.kind), TraitReader(plan.kind, plan.names)
    news = [entry for entry in plan.entries if entry.outcome == CREATED]
    found = _changed(connection, [entry for entry in plan.entries if entry.target])
    if plan.options.duplicates != "create":
        found |= _like(register, reader, news, plan.newest)
    by_reference = {reference: entry for entry in news if (reference := reader.external_id(entry.values))}
    found |= {by_reference[reference].row: _(ADDED_SINCE) for reference in register.by_external_id(by_reference)}
    return found | {entry.row: found[entry.first] for entry in plan.entries if entry.first in found}


def _changed(connection: Connection, entries: Sequence[Entry]) -> dict[int, str]:
    """Rows whose record is another than the plan knew."""
    versions: dict[int, int] = {}
    for some in rows_of.slices([entry.target for entry in entries]):
        chosen = select(record.c.id, record.c.version).where(record.c.id.in_(some))
        versions.update((row_id, version) for row_id, version in connection.execute(chosen))
    return {
        entry.row: _(CHANGED_SINCE, number=(entry.words or {}).get("number", ""))
        for entry in entries
        if versions.get(entry.target, 0) != entry.version
    }


def _like(register: Register, reader: TraitReader, news: Sequence[Entry], newest: int) -> dict[int, str]:
    """Rows of people or associations whom somebody else has added since."""
    known: dict[Key, str] = {}
    for some in rows_of.slices(register.newer_than(newest)):
        for rows in register.load(some).values():
            known.update(dict.fromkeys(register.traits(rows).keys, str(rows["record"][0]["number"])))
    found = {}
    for entry in news if known else ():
        for key in reader.read(entry.values).keys:
            if key in known:
                found[entry.row] = _(LIKE_SINCE, number=known[key], evidence=_(EVIDENCE[key[0]]))
    return found
