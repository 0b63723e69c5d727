"""Files of estimates: the United Nations' tables as published, and plain lists; what is taken in, what is left out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from registry import commands as c
from registry import queries as q
from registry.coverage.found import A_REGION, NO_FIGURE, NOT_A_COUNTRY, country_named
from registry.coverage.plain_list import NO_SOURCE
from registry.coverage.planning import CHANGED, NEW, UNCHANGED, EstimatePlan
from registry.errors import BadFile, Invalid
from registry.transfer.export.ods import OdsBook
from registry.transfer.export.workbook import Column, Workbook
from tests.registry.coverage.un_books import ORIGINS, edition_of_2019, edition_of_2020
from tests.registry.post import Post


def figures(plan: EstimatePlan) -> dict[tuple[str, int, str], int]:
    return {(o.country, o.year, o.sex): o.population for o in (line.estimate for line in plan.lines)}


def reasons(plan: EstimatePlan) -> dict[str, str]:
    return {left.text: left.reason for left in plan.left_out}


def counted(plan: EstimatePlan) -> tuple[int, int, int]:
    return plan.count(NEW), plan.count(CHANGED), plan.count(UNCHANGED)


def test_the_edition_of_2019_is_read_by_origin_for_each_sex(post: Post, tmp_path: Path) -> None:
    told: dict[tuple[str, int], object] = {("France", 2015): 1000, ("France", 2019): 1200, ("Switzerland", 2019): 40}
    told |= {("Iran (Islamic Republic of)", 2019): 8, ("WORLD", 2019): 9999, ("Channel Islands", 2019): 7}
    book = edition_of_2019(tmp_path / "stock.xlsx", "Bolivia (Plurinational State of)", told)
    manager = post.open("mara")
    plan = manager.read(q.PlanEstimates(book, "BOL"))
    assert figures(plan) == {
        (country, year, sex): people // (2 if sex else 1)
        for country, year, people in (("FRA", 2015, 1000), ("FRA", 2019, 1200), ("CHE", 2019, 40), ("IRN", 2019, 8))
        for sex in ("", "male", "female")
    }
    assert plan.sources == ("UN DESA, International Migrant Stock 2019",)
    told_why = reasons(plan)
    assert {told_why[name] for name in ("WORLD", "More developed regions", "EUROPE", "Western Europe")} == {A_REGION}
    assert {told_why[name] for name in ("High-income countries", "Sub-Saharan Africa")} == {A_REGION}
    assert told_why["Channel Islands"] == told_why["UN development groups"] == NOT_A_COUNTRY
    assert told_why["Switzerland"] == NO_FIGURE


def test_the_edition_of_2020_is_read_by_pairs_and_its_numbers_go_before_names(post: Post, tmp_path: Path) -> None:
    pairs = [
        ("WORLD", 900, "Mexico", 484, (1, 2, 1, 1, 0, 1)),
        ("  France*", 250, "WORLD", 900, (9, 9, 9, 9, 9, 9)),
        ("  France*", 250, "Mexico", 484, (100, 120, 40, "..", 60, 70)),
        ("United Kingdom of Great Britain*", 826, "Mexico", 484, (None, 5, None, 2, None, 3)),
        ("Denmark*", 208, "Mexico", 484, ("..", "..", "..", "..", "..", "..")),
        ("Denmark*", 208, "Ghana", 288, (7, 7, 3, 3, 4, 4)),
    ]
    plan = post.open("mara").read(q.PlanEstimates(edition_of_2020(tmp_path / "stock.xlsx", pairs), "Mexico"))
    france = {("FRA", 2015, ""): 100, ("FRA", 2020, ""): 120, ("FRA", 2015, "male"): 40}
    france |= {("FRA", 2015, "female"): 60, ("FRA", 2020, "female"): 70}
    assert figures(plan) == france | {("GBR", 2020, ""): 5, ("GBR", 2020, "male"): 2, ("GBR", 2020, "female"): 3}
    assert plan.sources == ("UN DESA, International Migrant Stock 2020",)
    assert reasons(plan) == {"WORLD": A_REGION, "Denmark*": NO_FIGURE}


def test_every_way_in_which_the_united_nations_write_a_country_is_known() -> None:
    unknown = {name for name in ORIGINS if country_named(name) is None}
    assert unknown == {"Channel Islands"}  # to which ISO 3166-1 gives two codes
    assert country_named("Micronesia") is country_named("Micronesia", "954") is None  # the region
    assert country_named("Micronesia (Fed. States of)") == country_named("?", "583") == "FSM"
    assert country_named("Denmark*") == country_named("  Denmark [3]") == country_named("?", "208") == "DNK"


def test_a_table_without_the_state_asked_for_says_so(post: Post, tmp_path: Path) -> None:
    manager = post.open("mara")
    book = edition_of_2019(tmp_path / "stock.xlsx", "Ghana", {("France", 2019): 3})
    with pytest.raises(BadFile, match="no column for Valdoria"):  # the state that this registry serves
        manager.read(q.PlanEstimates(book))
    pairs = [("France", 250, "Ghana", 288, (1, 2, 0, 1, 1, 1))]
    with pytest.raises(BadFile, match="no row with people from Valdoria"):
        manager.read(q.PlanEstimates(edition_of_2020(tmp_path / "pairs.xlsx", pairs)))
    with pytest.raises(Invalid, match="is not a country"):
        manager.read(q.PlanEstimates(book, "Atlantis"))


def test_the_published_table_is_taken_in_once_and_taken_back_as_one(post: Post, test_data: Path) -> None:
    path = test_data / "reference" / "un_migrant_stock_2019.csv"
    manager = post.open("mara")
    plan = manager.read(q.PlanEstimates(path, "MEX"))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = {(row["Dest"], int(row["Year"])): row["Mexico"] for row in rows}
    assert figures(plan)["USA", 2019, ""] == int(told["United States of America", 2019])
    assert len(plan.lines) + len(plan.left_out) == len(rows)
    unmatched = {left.text for left in plan.left_out if left.reason == NOT_A_COUNTRY}
    assert unmatched <= {"Channel Islands"}
    assert {left.text for left in plan.left_out if left.reason == A_REGION} <= {
        *("Caribbean", "Melanesia", "Micronesia", "Polynesia", "South America"),
    }
    done = manager.execute(c.ImportEstimates(plan))
    assert counted(done.value) == (len(plan.lines), 0, 0)
    assert len(manager.read(q.ListEstimates())) == len(plan.lines)
    again = manager.read(q.PlanEstimates(path, "MEX"))
    assert counted(again) == (0, 0, len(plan.lines))
    assert manager.execute(c.ImportEstimates(again)).batch == 0
    manager.execute(c.Undo(done.batch))
    assert manager.read(q.ListEstimates()) == ()
    assert manager.read(q.VerifyHistory()).ok


def test_a_plain_list_is_taken_in_row_by_row(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "census.csv"
    path.write_text(
        "Pays,Ville,Année,Effectif,Source,Sexe,Note\n"
        "France,Lyon,2018,1 234,INSEE,,by birth\n"
        "FR,,2018,56.789,INSEE,F,\n"
        "Suisse,,2018,700,,,\n"
        "Atlantide,,2018,7,INSEE,,\n"
        "France,Atlantis,2018,7,INSEE,,\n"
        "France,,20188,7,INSEE,,\n"
        "France,,2017,..,INSEE,,\n",
        encoding="utf-8",
    )
    manager = post.open("mara")
    plan = manager.read(q.PlanEstimates(path))
    assert [
        (o.country, o.city, o.year, o.population, o.source, o.sex) for o in (line.estimate for line in plan.lines)
    ] == [
        ("FRA", "Lyon", 2018, 1234, "INSEE", ""),
        ("FRA", "", 2018, 56789, "INSEE", "female"),
    ]
    assert plan.left_out[0].reason == NO_SOURCE
    assert [left.row for left in plan.left_out] == [4, 5, 6, 7, 8]
    named = manager.read(q.PlanEstimates(path, source="a survey"))
    assert [line.estimate.source for line in named.lines] == ["INSEE", "INSEE", "a survey"]
    manager.execute(c.ImportEstimates(plan))
    path.write_text("Pays,Ville,Année,Effectif,Source\nFrance,Lyon,2018,1300,INSEE\nFrance,Lyon,2018,9,INSEE\n")
    changed = manager.read(q.PlanEstimates(path))
    assert counted(changed) == (0, 1, 0)
    assert (changed.lines[0].before, changed.lines[0].estimate.population) == (1234, 1300)
    assert [left.row for left in changed.left_out] == [3]
    manager.execute(c.ImportEstimates(changed))
    assert {o.note for o in manager.read(q.ListEstimates()) if o.city_id} == {"by birth"}


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_list_may_be_a_workbook(post: Post, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    with path.open("wb") as file:
        book = OdsBook(file) if ending == ".ods" else Workbook(file)
        book.sheet("List", [Column(title) for title in ("Country", "Year", "Number", "Source")], footer="")
        book.row(["Germany", 2020, 4100, "Destatis"])
        book.close()
    plan = post.open("mara").read(q.PlanEstimates(path))
    assert figures(plan) == {("DEU", 2020, ""): 4100}


def test_a_file_about_something_else_is_refused_in_a_sentence(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Full name,Notes\nEve Other,a note\n", encoding="utf-8")
    with pytest.raises(BadFile, match="holds no estimates"):
        post.open("mara").read(q.PlanEstimates(path))
