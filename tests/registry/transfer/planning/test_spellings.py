"""Texts that no vocabulary knows are met once each, with what they may mean; near-equal spellings are told."""

from __future__ import annotations

from registry.app import Registry
from registry.transfer.columns.mapping import Given
from registry.transfer.planning.spellings import Spelling, spellings
from tests.registry.transfer.importing import plan, records, take_in, write_csv

HEADER = ["full_name", "address.country", "occupation", "employer"]
ROWS = [
    ["Ana Exemple", "France", "Nurse", "Paper Mill of Nowhere"],
    ["Bo Specimen", "Frankreichh", "Repairs whatever breaks", "Paper Mill of Nowhere"],
    ["Cy Muster", "Frankreichh", "Repairs whatever breaks", "PAPER MILL of Nowhere"],
    ["Di Placeholder", "", "Lamp lighter of Nowhere", "Nowhere, paper mil of"],
    ["Ed Beispiel", "", "Nurse", "Invented Hospital"],
]


def found(registry: Registry) -> list[Spelling]:
    path = write_csv(registry.folder.parent / "list.csv", [HEADER, *ROWS])
    return list(spellings(plan(registry, path, duplicates="create")))


def test_each_text_is_met_once_with_its_rows(registry: Registry) -> None:
    told = {(one.field, one.text): one.rows for one in found(registry)}
    assert told[("address.country", "Frankreichh")] == 2
    assert told[("occupation", "Repairs whatever breaks")] == 2
    assert told[("occupation", "Lamp lighter of Nowhere")] == 1
    assert ("occupation", "Nurse") not in told


def test_a_misspelled_text_is_offered_its_entry(registry: Registry) -> None:
    country = next(one for one in found(registry) if one.field == "address.country")
    assert country.suggestions[0].code == "FRA"


def test_near_equal_spellings_lead_to_the_commonest(registry: Registry) -> None:
    alike = {one.text: one.suggestions[0].label for one in found(registry) if one.field == "employer"}
    assert alike == {
        "PAPER MILL of Nowhere": "Paper Mill of Nowhere",
        "Nowhere, paper mil of": "Paper Mill of Nowhere",
    }


def test_what_was_decided_is_read_so_in_every_row(registry: Registry) -> None:
    path = write_csv(registry.folder.parent / "list.csv", [HEADER, *ROWS])
    values = {
        "address.country": {"Frankreichh": "France"},
        "employer": {"PAPER MILL of Nowhere": "Paper Mill of Nowhere"},
        "occupation": {"Lamp lighter of Nowhere": "2221"},
    }
    take_in(registry, path, Given(values=values), duplicates="create")
    _ana, bo, cy, di, _ed = (record.values for record in records(registry))
    assert bo["address.country"] == cy["address.country"] == "FRA"
    assert cy["employer"] == "Paper Mill of Nowhere"
    assert di["occupation"] == "2221"
