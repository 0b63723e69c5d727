"""The steps of a registration and the day's matters on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.days import day
from tests.registry.cli.conftest import Run


def added(run: Run, name: str, *texts: str) -> str:
    """The number of somebody new."""
    return str(run("add", f"full_name={name}", *texts, "--json").json["number"])


def test_from_registration_to_lapse(run: Run, folder: Path) -> None:
    number = added(run, "Ana Exemple", "registered_on=2015", f"valid_until={day(-2)}")
    told = run("registration", "notice", number, "--json")
    assert (told.status, told.json["done"], told.json["left"]) == (0, 1, [])
    early = run("registration", "notice", number, "--json")
    assert (early.status, early.json["done"], early.json["left"][0]["number"]) == (1, 0, number)
    assert run("registration", "lapse", number).status == 1
    assert run("registration", "confirm", number, "--until", "2044-01-01").status == 0
    states = run("registration", "show", number, "--json").json["states"]
    assert [state["state"] for state in states] == ["active", "expiring", "active"]
    assert run("undo").status == 0
    assert "Expiring" in run("registration", "show", number).out


def test_by_query_or_by_numbers(run: Run, folder: Path) -> None:
    for name in ("Ana Exemple", "Bo Exemple"):
        added(run, name, "household=H77")
    confirmed = run("registration", "confirm", "--query", "household:H77", "--json")
    assert (confirmed.status, confirmed.json["done"]) == (0, 2)
    assert run("registration", "confirm").status == 2
    assert run("registration", "confirm", "LYS-1", "--query", "x").status == 2
    assert run("registration", "confirm", "nobody").status == 2


def test_a_move_a_return_a_transfer_and_nobody_knows_where(run: Run, folder: Path) -> None:
    number = added(run, "Ana Exemple", "address.city=Lyon", "address.country=FRA")
    moved = run("registration", "move", number, "address.city=Bern", "address.country=CHE", "--household", "--json")
    assert (moved.status, moved.json["people"], moved.json["closed"]) == (1, 1, 1)
    assert "not the country of this post" in moved.json["to_look_at"][0]
    assert run("registration", "untraceable", number, "--reason", "a letter came back").status == 0
    assert run("registration", "transfer", number, "--post", "Bern", "--since", "2025-03-04").status == 0
    assert run("registration", "return", number, "address.city=Brálov", "--unreachable").status == 0
    shown = run("registration", "show", number, "--json").json["states"]
    assert [s["state"] for s in shown] == ["returned", "transferred", "untraceable", "active"]
    assert (shown[1]["since"], shown[1]["reason"]) == ("2025-03-04", "Bern")


def test_a_death_and_what_cannot_be(run: Run, folder: Path) -> None:
    number = added(run, "Ana Exemple", "birth_date=1950", "occupation=Nurse")
    refused = run("registration", "death", number, "--on", "1949", "--json")
    assert refused.status == 2
    assert "before the date of birth" in refused.json["error"]
    assert run("registration", "death", number, "--on", day(1)).status == 2
    recorded = run("registration", "death", number, "--on", "2025-06", "--source", "town hall", "--json")
    assert (recorded.status, recorded.json["closed"]) == (0, 1)
    club = str(run("add", "--kind", "associations", "name=Club", "--json").json["number"])
    assert run("registration", "death", club, "--on", "2025").status == 2


def test_today_counts_each_matter_with_its_query(run: Run, folder: Path) -> None:
    added(run, "Ana Exemple", f"valid_until={day(3)}")
    sections = {section["code"]: section for section in run("today", "--json").json["sections"]}
    expiring = sections["expiring"]
    assert expiring["count"] >= 1
    assert expiring["rows"][0]["name"] == "Ana Exemple"
    assert run("search", expiring["query"], "--json").json["total"] == expiring["count"]
    assert "Registrations that expire soon" in run("today").out
