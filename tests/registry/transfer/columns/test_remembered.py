"""A list that comes again is taken in as it was before, with columns moved, inserted or renamed."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import Undo
from registry.queries import ReadList
from registry.transfer.columns.mapping import Given, Match
from registry.transfer.options import ImportOptions
from tests.registry.transfer.importing import plan, records, take_in_rows, write_csv

HEADER = ["Nom usuel", "Tél. fixe", "Code X", "Né le"]
ROW = ["Ana Exemple", "+33 1 99 00 12 34", "H", "1980-05-04"]
GIVEN = Given(
    {"Nom usuel": "full_name", "Tél. fixe": "phone.2", "Code X": "sex", "Né le": None}, {"sex": {"H": "male"}}
)


def matches(registry: Registry, header: list[str]) -> dict[str, Match]:
    path = write_csv(registry.folder.parent / "again.csv", [header, ["Ana Exemple"] * len(header)])
    return {found.header: found for found in registry.read(ReadList(path, ImportOptions(kind="people"))).matches}


@pytest.fixture
def before(registry: Registry) -> Registry:
    """A registry that took the list in once."""
    take_in_rows(registry, [HEADER, ROW], GIVEN)
    return registry


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        ["Né le", "Code X", "Tél. fixe", "Nom usuel"],
        ["Nom usuel", "Remarques", "Tél. fixe", "Code X", "Né le"],
        ["NOM USUEL ", "Téléphone au domicile", "Code X", "Né le"],
    ],
    ids=["same", "moved", "inserted", "renamed"],
)
def test_a_list_is_known_again(before: Registry, header: list[str]) -> None:
    found = matches(before, header)
    told = {match.targets: match.recalled for match in found.values()}
    assert told[("full_name",)]
    assert told[("phone.2",)]
    assert told[("sex",)]
    assert found["Né le"].targets == ()


def test_its_own_words_are_known_again(before: Registry) -> None:
    take_in_rows(before, [HEADER, ["Bo Specimen", "", "H", "1990"]])
    assert records(before)[1].values["sex"] == "male"


def test_another_list_is_not(before: Registry) -> None:
    assert not any(match.recalled for match in matches(before, ["Full name", "Phone", "Code X"]).values())


def test_what_is_said_now_counts_more(before: Registry) -> None:
    given = Given({"Code X": None})
    take_in_rows(before, [HEADER, ["Bo Specimen", "", "H", "1990"]], given)
    assert "sex" not in records(before)[1].values
    assert matches(before, HEADER)["Code X"].targets == ()


def test_a_plan_alone_leaves_no_trace(registry: Registry) -> None:
    plan(registry, write_csv(registry.folder.parent / "list.csv", [HEADER, ROW]), GIVEN)
    assert not any(match.recalled for match in matches(registry, HEADER).values())


def test_what_was_learned_stays_when_the_import_is_taken_back(before: Registry) -> None:
    before.execute(Undo())
    assert all(match.recalled for match in matches(before, HEADER).values())
