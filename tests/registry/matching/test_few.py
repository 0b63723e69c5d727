"""A few new records against the register: among namesakes, in groups at once, and without reading everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.commands import AddRecord, FindDuplicates, KeepApart, Undo
from registry.fields import PEOPLE
from registry.queries import ListDuplicates, ReviewDuplicates, SimilarRecords
from tests.registry.post import Post
from tests.registry.transfer.importing import take_in, take_in_rows, write_csv

HEAD = ["Reference", "Given name", "Family name", "Born", "Sex", "City", "Phone", "Email"]
#: One person in three lists, of which no two share everything.
MIRA = (
    ["M1", "Mira", "Contrived", "1985-03-04", "female", "Lyon", "+33 1 99 00 55 66", ""],
    ["M2", "Mira", "Contrived", "1985-03-04", "female", "Lyon", "", "mira@example.org"],
    ["M3", "Mirra", "Contrived", "1985-04-03", "female", "Lyon", "+33 1 99 00 55 66", "mira@example.org"],
)


@pytest.fixture
def registry(post: Post) -> Registry:
    return post.open("clara")


def namesakes(folder: Path, count: int) -> Path:
    """A list of many who bear one name."""
    rows = [
        [
            f"N{n}",
            "Maria",
            "Silva",
            f"{1930 + n % 70}-{1 + n % 12:02}-{1 + n % 28:02}",
            "female",
            f"Town {n % 9}",
            "",
            "",
        ]
        for n in range(count)
    ]
    return write_csv(folder / "namesakes.csv", [HEAD, *rows])


def external(groups: ReviewDuplicates, registry: Registry) -> list[set[str]]:
    return [{side.external_id for side in group.records} for group in registry.read(groups).groups]


def test_who_has_a_frequent_name_is_found_by_what_else_is_known(registry: Registry, tmp_path: Path) -> None:
    take_in(registry, namesakes(tmp_path, 300), duplicates="create")
    mine = {"given_name": "Maria", "family_name": "Silva", "phone": "+33 1 99 00 44 11"}
    known = registry.execute(AddRecord(PEOPLE, mine | {"birth_date": "1961-06-30", "address.city": "Nowhere"})).value.id
    for more in ({"birth_date": "30.6.1961"}, {"birth_date": "1961", "address.city": "NOWHERE"}):
        found = registry.read(SimilarRecords(PEOPLE, mine | more))
        assert found[0].id == known
    assert registry.read(SimilarRecords(PEOPLE, {"full_name": "Maria Silva"})) == ()


def test_rows_that_are_one_stand_in_one_group_at_once(registry: Registry) -> None:
    result = take_in_rows(registry, [HEAD, *MIRA])
    assert result.review == 3
    assert external(ReviewDuplicates(), registry) == [{"M1", "M2", "M3"}]
    assert len({pair.cluster for pair in registry.read(ListDuplicates())}) == 1
    registry.execute(Undo())
    assert registry.read(ReviewDuplicates()).groups == ()


def test_a_row_joins_the_group_that_is_there(registry: Registry) -> None:
    take_in_rows(registry, [HEAD, MIRA[0]])
    take_in_rows(registry, [HEAD, MIRA[1]])
    registry.execute(FindDuplicates())
    assert external(ReviewDuplicates(), registry) == [{"M1", "M2"}]
    take_in_rows(registry, [HEAD, MIRA[2]])
    assert external(ReviewDuplicates(), registry) == [{"M1", "M2", "M3"}]
    registry.execute(FindDuplicates())
    assert external(ReviewDuplicates(), registry) == [{"M1", "M2", "M3"}]


def test_what_was_said_of_a_pair_keeps_a_group_apart(registry: Registry) -> None:
    take_in_rows(registry, [HEAD, *MIRA[:2]])
    [pair] = registry.read(ListDuplicates())
    registry.execute(KeepApart((pair.one.id, pair.other.id)))
    take_in_rows(registry, [HEAD, MIRA[2]])
    assert {"M1", "M2", "M3"} not in external(ReviewDuplicates(), registry)
