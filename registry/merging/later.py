"""Records that became part of the same one before and after a merge: it can be taken back from between them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from db.models import merged_record
from db.store import Transaction
from db.trail import RowKey
from registry.merging.trace import Trace

Values = dict[str, object]


def came_in_between(
    connection: Connection, merged: tuple[int, int], gone: dict[RowKey, Values]
) -> dict[RowKey, Values]:
    """Rows that one operation brought and removed again, as the history does not know them.

    Args:
        merged: ids of the merge and of the record that stayed.
        gone: all rows that the operation removed.
    """
    mine = select(merged_record.c.trace).where(merged_record.c.record_id == merged[1], merged_record.c.id < merged[0])
    return {
        (table, new): {**gone[table, old], "record_id": merged[1]}
        for trace in connection.execute(mine).scalars()
        for table, old, new in Trace.load(trace).pairs()
        if (table, old) in gone
    }


class Later:
    """The merges after one into the same record; what they noted of what came by it is set right as it goes."""

    def __init__(self, transaction: Transaction, merged: Row[Any]) -> None:
        self._transaction = transaction
        mine = select(merged_record).where(
            merged_record.c.record_id == merged.record_id, merged_record.c.id > merged.id
        )
        rows = transaction.connection.execute(mine.order_by(merged_record.c.id)).all()
        self._traces = {row.id: Trace.load(row.trace) for row in rows}

    def gave_way(self, table: str, row_id: int) -> bool:
        """Whether a row gave way to one of theirs; as it came by this merge, it will not be put back there."""
        for merged_id, trace in self._traces.items():
            if row_id in trace.gave_way.get(table, ()):
                trace.gave_way[table].remove(row_id)
                self._note(merged_id)
                return True
        return False

    def without_theirs(self, table: str, row: Values) -> Values:
        """A row without what they filled in."""
        for trace in self._traces.values():
            for row_id, values in trace.filled.get(table, ()):
                if row_id == row["id"]:
                    row = row | {column: None for column, value in values.items() if row[column] == value}
        return row

    def hand_on(self, own: dict[str, list[object]]) -> None:
        """Values of the survivor's own row that this merge changed, and they again: they give back what was before."""
        for column, (old, new) in own.items():
            for merged_id, trace in self._traces.items():
                if column in trace.own:
                    if trace.own[column][0] == new:
                        trace.own[column][0] = old
                        self._note(merged_id)
                    break

    def _note(self, merged_id: int) -> None:
        self._transaction.update(merged_record, merged_id, {"trace": self._traces[merged_id].dump()})
