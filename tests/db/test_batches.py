"""Rows of records by column."""

from __future__ import annotations

from db.batches import by_column
from db.records import RecordRows


def test_rows_of_several_records_stand_under_their_columns() -> None:
    one: RecordRows = {"person": [{"full_name": "Ana Petit"}], "phone": [{"raw": "1"}, {"raw": "2", "e164": "+2"}]}
    other: RecordRows = {"person": [{"full_name": "Zoé Grand"}], "phone": [{"raw": "3"}]}
    batch = by_column([(7, one), (9, other)])
    assert batch.ids == [7, 9]
    (phones,) = batch.of("phone")
    assert phones.owners == [0, 0, 1]
    assert phones.columns == {"raw": ["1", "2", "3"], "e164": [None, "+2", None]}
    assert [part.columns["full_name"] for part in batch.of("person")] == [["Ana Petit", "Zoé Grand"]]
    assert list(batch.of("email")) == []
