"""A list that comes again is taken in as it was before, with columns moved, inserted or renamed."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import Undo
from registry.fields import ASSOCIATIONS
from registry.queries import ReadList
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import Given, Match, match
from registry.transfer.columns.remembered import Remembered, recall
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


def test_columns_of_a_program_are_no_fields_of_associations() -> None:
    header = ("First Name", "Last Name", "Company", "Position", "Connected On")
    before = Remembered(ASSOCIATIONS, header, Given({"Company": "name"}))
    found = recall([before], "", header)
    assert found is not None
    assert (found.kind, found.given.columns) == (ASSOCIATIONS, {"Company": "name"})


def test_its_own_words_are_known_again(before: Registry) -> None:
    take_in_rows(before, [HEADER, ["Bo Specimen", "", "H", "1990"]])
    assert records(before)[1].values["sex"] == "male"


@pytest.mark.parametrize("header", [["Name", "start", "Start"], ["Start", "Name", "start"]])
def test_headings_of_questions_that_differ_by_capitals_only_stay_apart(header: list[str]) -> None:
    given = Given({"Name": "full_name", "start": None, "Start": "notes"})
    found = recall([Remembered("people", tuple(given.columns), given)], "people", header)
    assert found is not None
    assert found.given.columns == given.columns
    columns = [Column(name, name, ["Ana Exemple"], 1, 1) for name in header]
    assert {one.header: one.targets for one in match("people", columns, found.given)} == {
        "Name": ("full_name",),
        "start": (),
        "Start": ("notes",),
    }


DATED = ["Nom usuel", "Naissance", "Code X", "Ville"]
OPEN = ["Ana Exemple", "03/04/1985", "", "Lyon"]


@pytest.mark.parametrize(
    "header",
    [
        DATED,
        ["Ville", "Code X", "Naissance", "Nom usuel"],
        ["Nom usuel", "Remarques", "Naissance", "Code X", "Ville"],
        ["Nom usuel", "Jour N.", "Code X", "Ville"],
    ],
    ids=["same", "moved", "inserted", "renamed"],
)
def test_how_dates_are_read_is_known_again(registry: Registry, header: list[str]) -> None:
    given = Given({"Naissance": "birth_date"}, dates={"Naissance": "mdy"})
    assert take_in_rows(registry, [DATED, OPEN], given).problems == []
    assert records(registry)[0].values["birth_date"] == "1985-03-04"
    place = next(i for i, text in enumerate(header) if text in ("Naissance", "Jour N."))
    name = header.index("Nom usuel")
    row = [{place: "05/06/1990", name: "Bo Specimen"}.get(i, "") for i in range(len(header))]
    result = take_in_rows(registry, [header, row])
    assert records(registry)[1].values["birth_date"] == "1990-05-06"
    said = f"“{header[place]}”: dates are read month before day, as was said when such a list came before."
    assert said in result.warnings


def test_what_the_dates_themselves_show_counts_more_than_what_was_said_before(registry: Registry) -> None:
    given = Given({"Naissance": "birth_date"}, dates={"Naissance": "mdy"})
    take_in_rows(registry, [DATED, OPEN], given)
    take_in_rows(registry, [DATED, ["Bo Specimen", "05/06/1990", "", ""], ["Cy Patron", "25/06/1990", "", ""]])
    assert records(registry)[1].values["birth_date"] == "1990-06-05"


def test_a_column_that_is_gone_is_not_renamed_to_another(before: Registry) -> None:
    found = matches(before, ["Nom usuel", "Email", "Code X", "Né le"])
    assert not found["Email"].recalled


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
