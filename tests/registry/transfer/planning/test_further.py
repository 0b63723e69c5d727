"""Several rows of one record: together they tell what becomes of it, and just that becomes of it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from registry.app import Registry
from registry.collecting import collector_paused
from registry.commands import ImportRecords
from registry.transfer.lists.source import Source
from registry.transfer.planning.candidates import Candidates
from registry.transfer.planning.deciding import Decider
from registry.transfer.planning.further import FurtherRows
from registry.transfer.planning.plan import Plan
from tests.registry.transfer.importing import plan, records, take_in_rows, write_csv

KNOWN = [
    ["external_id", "full_name", "birth_date", "email", "skill", "address.city", "address.country"],
    ["E1", "Ana Exemple", "1980-05-04", "ana@example.org", "welding", "Lyon", "FRA"],
    ["E2", "Bo Specimen", "1981-05-04", "", "", "", ""],
]
HEADER = ["external_id", "full_name", "title", "email.2", "skill.2", "address.city.2", "notes"]
LISTS = {
    "values of later columns": [
        ["E1", "Ana Exemple", "Dr", "", "nursing_care", "", ""],
        ["E1", "Ana Exemple", "", "a@example.org", "structural_engineering", "Lyon", "met"],
        ["E1", "Ana Exemple", "Prof", "ana@example.org", "", "Nantes", ""],
    ],
    "what is known": [
        ["E1", "Ana Exemple", "Dr", "", "", "", ""],
        ["E1", "Ana Exemple", "", "ana@example.org", "welding", "", ""],
    ],
    "back again": [
        ["E2", "Bo Example", "", "", "", "", ""],
        ["E2", "Bo Specimen", "", "b@example.org", "", "", ""],
        ["E2", "Bo Specimen", "Dr", "bo@example.org", "", "Lyon", ""],
    ],
}


def told(found: Plan) -> dict[str, tuple[str, str]]:
    """Field -> old and new value, by the changes of all rows one after the other; without what stays after all.

    Rows of one person that were joined to the first one show which of its changes are theirs.
    """
    changes: dict[str, tuple[str, str]] = {}
    for row in found.rows():
        for change in row.changes:
            old, new = changes.get(change.field, (change.old, change.old))
            if "is the same person" in row.reason:
                assert (change.old, change.new) == (old, new)
                continue
            assert change.old == new
            changes[change.field] = (old, change.new)
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("rows", [{}, {2: 1}, {3: 1}], ids=["undecided", "the first decided", "the second decided"])
@pytest.mark.parametrize("existing", ["update", "fill"])
@pytest.mark.parametrize("name", LISTS)
def test_what_several_rows_of_a_record_tell_is_what_becomes_of_it(
    registry: Registry, tmp_path: Path, name: str, existing: str, rows: dict[int, int]
) -> None:
    take_in_rows(registry, KNOWN)
    told_of = {row: records(registry)[0].id for row in rows} if name != "back again" else {}
    before = [record.values for record in records(registry)]
    found = plan(registry, write_csv(tmp_path / "more.csv", [HEADER, *LISTS[name]]), existing=existing, rows=told_of)
    expected = told(found)
    registry.execute(ImportRecords(found))
    after = [record.values for record in records(registry)]
    made = {
        field: pair
        for old, new in zip(before, after, strict=True)
        for field in old.keys() | new.keys()
        if (pair := (old.get(field, ""), new.get(field, "")))[0] != pair[1] and field != "address.coordinates"
    }
    assert made == expected


def test_a_row_said_to_be_a_record_only_fills_it_also_behind_a_row_with_its_reference(registry: Registry) -> None:
    take_in_rows(registry, KNOWN)
    ana = records(registry)[0]
    rows = [["external_id", "full_name", "title", "email"]]
    rows += [["E1", "Ana Exemple", "Dr", ""], ["", "Anna Exempel", "", "another@example.org"]]
    take_in_rows(registry, rows, rows={3: ana.id})
    assert (records(registry)[0].values["title"], records(registry)[0].values["email"]) == ("Dr", "ana@example.org")


def test_a_row_with_a_reference_replaces_values_also_behind_a_row_said_to_be_its_record(registry: Registry) -> None:
    take_in_rows(registry, KNOWN)
    ana = records(registry)[0]
    rows = [["external_id", "full_name", "title", "email"]]
    rows += [["", "Anna Exempel", "Dr", "another@example.org"], ["E1", "Ana Exemple", "", "new@example.org"]]
    take_in_rows(registry, rows, rows={2: ana.id})
    assert (records(registry)[0].values["title"], records(registry)[0].values["email"]) == ("Dr", "new@example.org")


def test_what_made_a_plan_goes_without_the_collector(registry: Registry, tmp_path: Path) -> None:
    """That is paused while bulk work runs, and what they hold of a large list takes much memory."""
    take_in_rows(registry, KNOWN)
    path = write_csv(tmp_path / "again.csv", [HEADER, *LISTS["back again"]])
    with collector_paused():
        made = plan(registry, path)
        left = [each for each in gc.get_objects() if isinstance(each, Source | Decider | FurtherRows | Candidates)]
    assert made.counts["updated"] == 3
    assert left == []
