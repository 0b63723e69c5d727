"""The city of an address: found in every script, among homonyms by the region, never in another country."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.models import address
from registry import commands as c
from registry import gazetteer, places
from registry import queries as q
from registry.app import Registry
from registry.transfer.options import ImportOptions
from tests.registry.post import ANA, BO, Post

LYON, RABAT, MARSEILLE = 2996944, 2538475, 2995469


def found(city: str, country: str = "", region: str = "") -> str:
    """Name and region of the city of an address, "" = none."""
    number = places.city_id({"city": city, "country": country or None, "region": region or None})
    city_there = None if number is None else gazetteer.by_id(number)
    return "" if city_there is None else f"{city_there.name}, {city_there.region}"


def kept(registry: Registry, record_id: int) -> list[int | None]:
    """The number of the city of each of a record's addresses, as it is kept."""
    with registry._engine.connect() as connection:
        numbers = select(address.c.city_id).where(address.c.record_id == record_id).order_by(address.c.id)
        return list(connection.execute(numbers).scalars())


@pytest.mark.parametrize(
    ("city", "country", "region", "expected"),
    [
        ("Springfield", "USA", "", "Springfield, Missouri"),
        ("Springfield", "USA", "Illinois", "Springfield, Illinois"),
        ("springfield", "USA", "IL", "Springfield, Illinois"),
        ("Springfield", "USA", "Nowhere", "Springfield, Missouri"),
        ("Frankfurt", "DEU", "Brandenburg", "Frankfurt (Oder), Brandenburg"),
        ("München", "DEU", "Bayern", "Munich, Bavaria"),
        ("الرباط", "MAR", "", "Rabat, Rabat-Salé-Kénitra"),
        ("Rabat", "MAR", "", "Rabat, Rabat-Salé-Kénitra"),
        ("Kenitra", "", "", "Kenitra, Rabat-Salé-Kénitra"),
    ],
)
def test_a_city_is_found_in_its_country_and_if_need_be_its_region(
    city: str, country: str, region: str, expected: str
) -> None:
    assert found(city, country, region) == expected


def test_a_city_is_never_guessed_in_another_country() -> None:
    assert found("Kenitra", "FRA") == ""
    assert found("London") == ""  # which is in several countries
    assert found("Nowhere upon Invention", "GBR") == ""
    assert found("", "MAR") == ""


def test_the_city_follows_the_address_through_every_change(post: Post) -> None:
    clerk = post.open("clara")
    assert kept(clerk, ANA) == [LYON]
    edit = clerk.execute(c.EditRecord("people", ANA, {"address.city": "الرباط", "address.country": "Morocco"})).batch
    assert kept(clerk, ANA) == [RABAT]
    undo = clerk.execute(c.Undo(edit)).batch
    assert kept(clerk, ANA) == [LYON]
    clerk.execute(c.Undo(undo))
    assert kept(clerk, ANA) == [RABAT]
    clerk.execute(c.EditRecord("people", ANA, {"address.city": "Nowhere"}))
    assert kept(clerk, ANA) == [None]
    clerk.execute(c.MovePerson(BO, {"address.city": "Marseille", "address.country": "FRA"}, "2024-05-01"))
    assert kept(clerk, BO) == [MARSEILLE, LYON]
    gone = clerk.execute(c.DeleteRecords("people", (BO,))).batch
    clerk.execute(c.Undo(gone))
    assert kept(clerk, BO) == [MARSEILLE, LYON]
    assert post.open("amel").read(q.VerifyHistory()).ok


def test_a_list_fills_it_and_coordinates_leave_with_an_export_and_stay_calculated(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    source = tmp_path / "list.csv"
    source.write_text("Name,City,Country\nDi Invented,Rabat,MA\nEd Invented,Nowhere,MA\n", encoding="utf-8")
    clerk.execute(c.ImportRecords(clerk.read(q.PlanImport(source, ImportOptions(kind="people")))))
    (di,) = clerk.read(q.Search("di invented")).results
    (ed,) = clerk.read(q.Search("ed invented")).results
    assert (kept(clerk, di.id), kept(clerk, ed.id)) == ([RABAT], [None])
    record = clerk.read(q.GetRecord("people", di.id))
    assert record.show("address.coordinates") == "34.0132, -6.8326"
    assert record.cities["address.coordinates"].time_zone == "Africa/Casablanca"
    for query, name in (("coordinates:none city:nowhere", "Ed Invented"), ('coordinates:"34.0132"', "Di Invented")):
        assert [hit.name for hit in clerk.read(q.Search(f"address.{query}")).results] == [name]

    target = tmp_path / "out.xlsx"
    clerk.execute(c.ExportRecords("people", "", target, "test", ids=(di.id,)))
    rows = [[cell.value for cell in row] for row in load_workbook(target).active.iter_rows()]  # type: ignore[union-attr]
    assert "34.0132, -6.8326" in rows[-1]
    plan = clerk.read(q.PlanImport(target, ImportOptions()))
    assert (plan.counts["unchanged"], plan.problems) == (1, [])
    assert (plan.warnings, plan.unmapped) == ([], [])
