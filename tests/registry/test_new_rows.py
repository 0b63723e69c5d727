"""Rows of new records by column: the same that drafts of the same values give, record by record."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from db.batches import Part, joined
from registry import fields, new_rows, vocabularies
from registry.drafts import Draft, DraftReader, Place
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.kinds import Situation
from registry.repeated import RAW, settle

HERE = Situation("FRA")
#: Texts that some fields can read and others can't.
TEXTS = (
    *("Ana", "?", "nonsense words", "12", "2001-02-03", "31/12/1980", "yes", "Lyon", "FRA", "AUS"),
    *("+33 1 99 00 12 34", "0199001234", "01 99 00 12 34", "a@example.org", "A@Example.org", "not an @ address"),
)


def rows(parts: Sequence[Part]) -> dict[str, list[tuple[int, dict[str, object]]]]:
    """By table, for each row its record and what it says, in order; a part without rows is no part."""
    found = {}
    for part in parts:
        columns = list(part.columns.values())
        assert part.owners
        assert all(len(column) == len(part.owners) for column in columns)
        listed = zip(*columns, strict=True) if columns else [()] * len(part.owners)
        said = [{n: v for n, v in zip(part.columns, row, strict=True) if v is not None} for row in listed]
        assert part.table not in found
        found[part.table] = list(zip(part.owners, said, strict=True))
    return found


def by_draft(reader: DraftReader, texts: Sequence[Sequence[str]]) -> dict[str, list[tuple[int, dict[str, object]]]]:
    return rows(new_rows.of_drafts(reader.kind, [reader.draft(values) for values in reader.values(texts)]))


def by_column(reader: DraftReader, texts: Sequence[Sequence[str]]) -> dict[str, list[tuple[int, dict[str, object]]]]:
    return rows(new_rows.of_values(reader, reader.values(texts)))


def varied(chance: random.Random, kind: str, count: int) -> tuple[list[str], list[list[str]]]:
    """Some fields of a kind, also repeated, and texts for them: empty, equal, right and wrong."""
    names = list(_names(chance, kind))
    filled = chance.choice((0.1, 0.5, 0.95))
    words = {name: _words(kind, name) for name in names}
    return names, [
        [chance.choice(words[name]) if chance.random() < filled else "" for name in names] for _record in range(count)
    ]


def _names(chance: random.Random, kind: str) -> Iterator[str]:
    for described in fields.of(kind):
        places = range(chance.choice((1, 1, 2, 3)) if described.repeats else 1)
        # A second value without a column for the first is possible too.
        yield from (fields.numbered(described.name, place) for place in places if chance.random() < 0.7)


def _words(kind: str, name: str) -> Sequence[str]:
    found = fields.find(kind, name)
    assert found is not None
    if not found[0].vocabulary:
        return TEXTS
    return [*list(vocabularies.get(found[0].vocabulary).codes)[:4] * 4, "nonsense words", "an invented term", "12"]


@pytest.mark.parametrize("kind", fields.KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_rows_by_column_are_those_of_the_drafts(kind: str, seed: int) -> None:
    names, texts = varied(random.Random(seed), kind, 40)
    reader = DraftReader(kind, names, HERE)
    expected = by_draft(reader, texts)
    assert len(expected) > 3
    assert by_column(reader, texts) == expected


def test_usual_values_make_one_part_a_table_in_the_order_of_the_records() -> None:
    reader = DraftReader(PEOPLE, ("full_name", "phone", "phone.2", "citizenship", "arrival_year"), HERE)
    found = by_column(
        reader,
        [
            ("Ana", "01 99 00 12 34", "+44 20 7946 0018", "France", "1999"),
            ("Bo", "", "", "", ""),
            ("Cy", "01 99 00 12 35", "", "Somewhere", ""),
        ],
    )
    assert found["person"] == [
        (0, {"full_name": "Ana", "arrival_year": "1999"}),
        (1, {"full_name": "Bo"}),
        (2, {"full_name": "Cy"}),
    ]
    assert [(record, row["e164"]) for record, row in found["phone"]] == [
        (0, "+33199001234"),
        (0, "+442079460018"),
        (2, "+33199001235"),
    ]
    assert found["citizenship"] == [(0, {"country": "FRA"})]
    assert found["raw_value"] == [(2, {"field": "citizenship", "text": "Somewhere"})]


def test_the_same_number_twice_is_kept_once_and_gaps_are_closed() -> None:
    reader = DraftReader(PEOPLE, ("full_name", "phone", "phone.2", "email", "email.2"), HERE)
    found = by_column(
        reader,
        [
            ("Ana", "01 99 00 12 34", "+33 1 99 00 12 34", "", "ana@example.org"),
            ("Bo", "", "01 99 00 12 36", "bo@example.org", "BO@example.org"),
        ],
    )
    assert [(record, row["raw"]) for record, row in found["phone"]] == [(0, "01 99 00 12 34"), (1, "01 99 00 12 36")]
    assert [(record, row["address"]) for record, row in found["email"]] == [
        (0, "ana@example.org"),
        (1, "bo@example.org"),
    ]


def test_a_list_without_anything_makes_no_rows() -> None:
    assert new_rows.of_values(DraftReader(PEOPLE, (), HERE), []) == []
    assert by_column(DraftReader(ASSOCIATIONS, ("name", "email"), HERE), [("", "")]) == {}
    assert by_column(DraftReader(PEOPLE, ("full_name", "number"), HERE), [("", "LYS-26-000001-X")]) == {}


def test_a_draft_that_lacks_what_it_must_hold_is_refused_at_the_field() -> None:
    texts = {"full_name": "Ana", "language": "French", "language.level": "", "language.2": "", "language.level.2": "B2"}
    draft = DraftReader(PEOPLE, tuple(texts), HERE).read(tuple(texts.values()), keep_empty=True)
    with pytest.raises(Invalid) as refused:
        new_rows.of_drafts(PEOPLE, [draft])
    assert refused.value.field == "language.2"


def test_parts_of_one_table_become_one_with_the_rows_of_a_record_together() -> None:
    first = Part("job", [0, 2], {"occupation": ["baker", "cook"]})
    second = Part("job", [0, 1], {"employer": ["Mill", "Inn"]})
    assert joined([first, Part("phone", [], {}), second]) == [
        Part(
            "job", [0, 0, 1, 2], {"occupation": ["baker", None, None, "cook"], "employer": [None, "Mill", "Inn", None]}
        )
    ]


def test_unreadable_values_keep_their_order_whatever_that_of_the_columns() -> None:
    texts = {"activity.theme.2": "the second", "activity.theme": "the first"}
    rows: dict[Place, dict[str, object]] = {(RAW, name): {"field": name, "text": t} for name, t in texts.items()}
    settled = settle(PEOPLE, Draft(rows)).rows.values()
    assert {row["field"]: row["text"] for row in settled} == texts
