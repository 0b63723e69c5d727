"""The full name of a record that a list names by parts: it follows them, gives way, or stays, as the plan shows."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import AddRecord, ImportRecords
from registry.fields import PEOPLE
from registry.transfer.columns.mapping import Given
from registry.transfer.planning.comparing import Change
from tests.registry.transfer.importing import plan, records, take_in_rows, write_csv

HEAD = ["external_id", "family_name", "given_name"]


def imported(
    registry: Registry, known: dict[str, str], row: list[str], head: list[str] = HEAD, existing: str = "update"
) -> tuple[tuple[Change, ...], str, str]:
    """A record and a row of a list: the plan's changes of the full name, its note, and the full name afterwards."""
    registry.execute(AddRecord(PEOPLE, {"external_id": "X1", **known}))
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", [head, row]), existing=existing)
    (shown,) = found.rows()
    registry.execute(ImportRecords(found))
    changes = tuple(c for c in shown.changes if c.field == "full_name")
    return changes, shown.reason, records(registry)[0].values["full_name"]


PARTS = {"family_name": "Exemple", "given_name": "Ana"}


def test_a_full_name_made_of_its_parts_follows_them(registry: Registry) -> None:
    changes, why, full = imported(registry, PARTS, ["X1", "Modèle", "Ana"])
    assert changes == (Change("full_name", "Ana Exemple", "Ana Modèle"),)
    assert (full, "stays" in why) == ("Ana Modèle", False)


def test_it_follows_in_the_order_of_its_bearer(registry: Registry) -> None:
    known = {**PARTS, "name_order": "family_first"}
    assert imported(registry, known, ["X1", "Modèle", "Ana"])[2] == "Modèle Ana"


@pytest.mark.parametrize("known", [{"full_name": "Dr Ana Exemple"}, {"full_name": "Dr Ana Exemple", **PARTS}])
def test_parts_that_contradict_another_full_name_propose_theirs(registry: Registry, known: dict[str, str]) -> None:
    changes, why, full = imported(registry, known, ["X1", "Modèle", "Ana"])
    assert changes == (Change("full_name", "Dr Ana Exemple", "Ana Modèle"),)
    assert (full, "stays" in why) == ("Ana Modèle", False)


def test_parts_that_another_full_name_holds_leave_it_and_the_plan_says_so(registry: Registry) -> None:
    changes, why, full = imported(registry, {"full_name": "Dr Ana Exemple"}, ["X1", "Exemple", "Ana"])
    assert (changes, full) == ((), "Dr Ana Exemple")
    assert "The full name stays “Dr Ana Exemple”: it was not made of its parts." in why


def test_a_family_name_alone_does_not_take_the_rest_of_a_full_name_away(registry: Registry) -> None:
    changes, why, full = imported(registry, {"full_name": "Ana Exemple"}, ["X1", "Modèle", ""])
    assert (changes, full) == ((), "Ana Exemple")
    assert "The full name stays “Ana Exemple”" in why


def test_filling_empty_fields_never_replaces_a_full_name(registry: Registry) -> None:
    changes, why, full = imported(registry, {"full_name": "Dr Ana Exemple"}, ["X1", "Modèle", "Ana"], existing="fill")
    assert (changes, full) == ((), "Dr Ana Exemple")
    assert "The full name stays" in why


def test_the_same_words_need_no_note(registry: Registry) -> None:
    changes, why, full = imported(registry, {"full_name": "EXEMPLE Ana"}, ["X1", "Exemple", "Ana"])
    assert (changes, full, "stays" in why) == ((), "EXEMPLE Ana", False)


def test_the_full_name_of_the_list_itself_counts(registry: Registry) -> None:
    head = [*HEAD, "full_name"]
    changes, why, full = imported(registry, PARTS, ["X1", "Modèle", "Ana", "Ana Exemple"], head)
    assert (changes, full, "stays" in why) == ((), "Ana Exemple", False)


def test_a_further_row_of_the_record_tells_the_full_name_too(registry: Registry) -> None:
    take_in_rows(registry, [HEAD, ["X1", "Exemple", "Ana"]])
    rows = [HEAD, ["X1", "Modèle", ""], ["X1", "", "Anna"]]
    given = Given({"external_id": "external_id"})
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", rows), given)
    changes = [c for row in found.rows() for c in row.changes if c.field == "full_name"]
    assert changes == [
        Change("full_name", "Ana Exemple", "Ana Modèle"),
        Change("full_name", "Ana Modèle", "Anna Modèle"),
    ]
    registry.execute(ImportRecords(found))
    assert records(registry)[0].values["full_name"] == "Anna Modèle"
