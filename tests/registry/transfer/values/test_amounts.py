"""Numbers that cannot be are kept as text and reported in the plan, as on the card they are refused."""

from __future__ import annotations

from registry import possible
from registry.app import Registry
from registry.commands import EditRecord
from registry.fields import ASSOCIATIONS
from registry.i18n import _
from tests.registry.transfer.importing import records, take_in_rows


def test_a_number_above_its_limit_is_reported_and_kept_as_text(registry: Registry) -> None:
    head = ("full_name", "weeks_a_year", "skill", "skill.years")
    result = take_in_rows(registry, [head, ("Ana Exemple", "60", "Welding", "200"), ("Bo Sample", "52", "Sewing", "9")])
    said = {(p.row, p.column): p.reason for p in result.problems}
    assert said == {
        (2, "weeks_a_year"): _(possible.TOO_MANY, number=60, most=52),
        (2, "skill.years"): _(possible.TOO_MANY, number=200, most=100),
    }
    ana, bo = records(registry)
    assert ana.raw == {"weeks_a_year": "60", "skill.years": "200"}
    assert ana.values["skill"]
    assert "weeks_a_year" not in ana.values
    assert (bo.values["weeks_a_year"], bo.values["skill.years"], bo.raw) == ("52", "9", {})


def test_a_part_above_its_whole_is_reported_in_a_row_and_beside_a_record(registry: Registry) -> None:
    head = ("name", "external_id", "members", "members.women")
    rows = [head, ("Club of Examples", "a", "12", "13"), ("Choir of Samples", "b", "12", "5")]
    result = take_in_rows(registry, rows, kind=ASSOCIATIONS)
    assert [(p.row, p.column) for p in result.problems] == [(2, "members.women")]
    smaller = [("name", "external_id", "members"), ("Choir of Samples", "b", "3")]
    again = take_in_rows(registry, smaller, kind=ASSOCIATIONS)
    assert [(p.row, p.reason) for p in again.problems] == [(2, _(possible.MORE_THAN_ALL, number=5, most=3))]
    club, choir = records(registry, ASSOCIATIONS)
    assert (club.raw, "members.women" in club.values) == ({"members.women": "13"}, False)
    assert (choir.values["members"], choir.raw) == ("12", {"members": "3"})
    registry.execute(EditRecord(ASSOCIATIONS, choir.id, {"members": "30"}))
