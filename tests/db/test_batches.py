"""Rows of records by column."""

from __future__ import annotations

from db.batches import Part, by_column
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


def test_rows_are_taken_apart_by_their_place_and_by_what_they_say() -> None:
    answers = Part("consent", [0, 0, 2, 2, 2], {"purpose": ["a", "b", "b", "a", "b"], "status": [1, 2, 3, 4, 5]})
    first, second, third = answers.by_place()
    assert (first.owners, first.columns["status"]) == ([0, 2], [1, 3])
    assert (second.owners, second.columns["status"]) == ([0, 2], [2, 4])
    assert (third.owners, third.columns["purpose"]) == ([2], ["b"])
    apart = answers.by_key(("purpose",))
    assert {key: (part.owners, part.columns["status"]) for key, part in apart.items()} == {
        ("a",): ([0, 2], [1, 4]),
        ("b",): ([0, 2, 2], [2, 3, 5]),
    }
