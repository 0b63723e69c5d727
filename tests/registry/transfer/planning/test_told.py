"""What the officer says of single rows: left out, somebody new, a record that is there."""

from __future__ import annotations

from pathlib import Path

from registry.app import Registry
from registry.queries import ListIds
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW
from tests.registry.transfer.importing import counts, plan, records, take_in, take_in_rows


def test_what_the_officer_says_of_a_row_counts(registry: Registry) -> None:
    take_in_rows(registry, [["full_name", "birth_date"], ["Ana Exemple", "1980-05-04"]])
    known = min(registry.read(ListIds("people")))
    rows = [
        ["full_name", "birth_date", "notes"],
        ["Ana Exemple", "1980-05-04", "first"],
        ["Anna Exempel", "", "second"],
        ["Bo Specimen", "", "third"],
    ]
    told = {2: SOMEBODY_NEW, 3: known, 4: LEAVE_OUT}
    result = take_in_rows(registry, rows, rows=told)
    assert counts(result) == (1, 1, 0, 1, 0)
    assert result.review == 0
    ana, other = records(registry)
    assert ana.values["notes"] == "second"
    assert ana.values["full_name"] == "Ana Exemple"
    assert other.values["notes"] == "first"


def test_two_rows_said_to_be_one_record_fill_it_both(registry: Registry, tmp_path: Path) -> None:
    take_in_rows(registry, [["full_name", "birth_date"], ["Ana Exemple", "1980-05-04"]])
    known = min(registry.read(ListIds("people")))
    file = tmp_path / "list.csv"
    file.write_text("full_name,title,notes\nAna Exemple,Dr,\nAnna Exempel,,calls back\n", encoding="utf-8")
    told = {2: known, 3: known}
    *_first, second = plan(registry, file, rows=told).rows()
    assert second.reason == "You said that this is the record of row 2 too; what is empty there is filled."
    assert counts(take_in(registry, file, rows=told).value) == (0, 2, 0, 0, 0)
    (ana,) = records(registry)
    assert (ana.values["title"], ana.values["notes"]) == ("Dr", "calls back")


def test_a_record_that_is_gone_is_nobody_any_more(registry: Registry) -> None:
    take_in_rows(registry, [["full_name"], ["Bo Specimen"]])
    result = take_in_rows(registry, [["full_name"], ["Ana Exemple"]], rows={2: 999})
    assert counts(result) == (1, 0, 0, 0, 0)
    assert any("Row 2: the record that you said it is was taken out" in said for said in result.warnings)
