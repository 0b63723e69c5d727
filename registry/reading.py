"""Single records and pages of them, for whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping

from registry import records
from registry.context import View
from registry.errors import Invalid
from registry.queries import FindByNumber, GetRecord, GetRecords
from registry.records import Record


def get_record(view: View, query: GetRecord) -> Record:
    """One record with all fields this user sees."""
    found = records.load(view.connection, view.session, query.kind, [query.id])
    if query.id not in found:
        raise Invalid(records.NO_RECORD)
    return found[query.id]


def get_records(view: View, query: GetRecords) -> Mapping[int, Record]:
    """Several records with some of their fields."""
    return records.load(view.connection, view.session, query.kind, query.ids, query.columns)


def find_by_number(view: View, query: FindByNumber) -> tuple[str, int]:
    """(kind, id) of a record by any of its numbers."""
    return records.find_by_number(view.connection, query.number)
