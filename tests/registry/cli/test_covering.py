"""`coverage` and `visits`: the figures for programs and for people, files, and what is wrong said in a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from registry.app import Registry
from registry.demo import surroundings
from registry.queries import ListEstimates
from tests.registry.cli.conftest import Run


@pytest.fixture
def surrounded(folder: Path) -> Path:
    """With the demonstration's posts and estimates."""
    with Registry.open(folder, "demo", "demo") as registry:
        surroundings.fill(registry, 80)
    return folder


def test_coverage_is_told_place_by_place_and_its_counts_are_those_of_the_search(run: Run, surrounded: Path) -> None:
    told = run("coverage", "--json").json
    assert told["file"] is None
    rows = {row["country"]: row for row in told["rows"]}
    assert rows["FRA"]["registered"] == run("search", rows["FRA"]["query"], "--json").json["total"]
    assert rows["FRA"]["missing"] == rows["FRA"]["estimated"] - rows["FRA"]["registered"]
    assert rows["FRA"]["source"] == "Invented for the demonstration"
    assert rows["MEX"]["standing"] == "nobody"
    gaps = [row["missing"] for row in told["rows"] if row["missing"] is not None]
    assert gaps == sorted(gaps, reverse=True)
    assert all(row["standing"] == "no_estimate" for row in told["rows"][len(gaps) :])
    words = run("coverage").out
    assert "Invented for the demonstration" in words
    assert "estimated people are registered" in words
    cities = run("coverage", "--cities", "--json").json["rows"]
    assert any(row["city"] and row["label"] == "Paris, France" for row in cities)


def test_estimates_are_taken_in_of_a_file_and_what_was_not_matched_is_told(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("country,year,people,source\nFRA,2020,500,a census\nAtlantis,2020,5,a census\n", encoding="utf-8")
    tried = run("coverage", "--estimates", file, "--dry-run", "--json")
    assert (tried.status, tried.json["imported"]["new"]) == (1, 1)
    with Registry.open(folder, "demo", "demo") as registry:
        assert registry.read(ListEstimates()) == ()
    taken = run("coverage", "--estimates", file, "--json")
    assert taken.status == 1
    assert taken.json["imported"]["left_out"][0]["row"] == 3
    assert {row["country"]: row["estimated"] for row in taken.json["rows"]}["FRA"] == 500
    again = run("coverage", "--estimates", file)
    assert "0 new, 0 changed, 1 unchanged" in again.out
    assert "Atlantis" in again.out
    run("undo", "last", "--json")
    with Registry.open(folder, "demo", "demo") as registry:
        assert registry.read(ListEstimates()) == ()


def test_the_published_table_is_taken_in_for_a_state(run: Run, folder: Path, test_data: Path) -> None:
    file = test_data / "reference" / "un_migrant_stock_2019.csv"
    refused = run("coverage", "--estimates", file)
    assert (refused.status, refused.err.count("Valdoria")) == (2, 1)
    taken = run("coverage", "--estimates", file, "--origin", "Portugal", "--json")
    france = {row["country"]: row for row in taken.json["rows"]}["FRA"]
    assert (france["year"], france["source"]) == (2019, "UN DESA, International Migrant Stock 2019")
    assert france["estimated"] > 500_000


def test_coverage_is_written_to_a_workbook_or_a_text_file(run: Run, surrounded: Path, tmp_path: Path) -> None:
    book = run("coverage", "-o", tmp_path / "coverage.xlsx", "--json").json
    sheet, about = load_workbook(book["file"]).worksheets
    assert [cell.value for cell in sheet[1]][:3] == ["Country", "Registered", "Estimated"]
    assert sheet.max_row == len(book["rows"]) + 1
    assert about["A2"].value == "Made on"
    lines = run("coverage", "--cities", "-o", tmp_path / "coverage.csv", "--json").json
    with (tmp_path / "coverage.csv").open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert [int(row["registered"]) for row in read] == [row["registered"] for row in lines["rows"]]
    assert run("coverage", "-o", tmp_path / "coverage.pdf").status == 2


def test_visits_are_planned_told_and_written(run: Run, surrounded: Path, tmp_path: Path) -> None:
    asked = ("visits", "--count", "3", "--beyond", "150")
    plan = run(*asked, "--json").json
    assert plan["file"] is None
    assert len(plan["rows"]) == 3
    assert sum(row["people"] for row in plan["rows"]) == plan["reached"] <= plan["bound"] <= plan["far"]
    for row in plan["rows"]:
        assert run("search", row["query"], "--json").json["total"] == row["people"]
    written = run(*asked, "--reach", "100", "-o", tmp_path / "visits.xlsx", "--centre", "30", "--json").json
    assert written["reached"] >= plan["reached"]
    visits, distances, about = load_workbook(written["file"]).worksheets
    assert visits.max_row == len(written["rows"]) + 1
    assert distances.max_row == 12  # eleven posts are in service
    assert about["B5"].value == 3
    words = run(*asked, "--centre", "10").out
    assert "No plan of as many visits reaches more" in words
    assert "resource centre" in words


@pytest.mark.parametrize(
    "arguments",
    [
        ("coverage", "nosuch:1"),
        ("coverage", "--estimates", "nowhere.csv"),
        ("coverage", "--sex", "perhaps"),
        ("visits", "--count", "0", "--beyond", "100"),
        ("visits", "--count", "3", "--beyond", "100", "-o", "plan.pdf"),
        ("visits", "--count", "3", "--beyond", "100"),
        ("visits",),
    ],
)
def test_what_is_wrong_is_one_sentence_and_changes_nothing(run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.status == 2
    assert ended.err.strip()
    assert "Traceback" not in ended.err
