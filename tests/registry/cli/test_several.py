"""`set`, `log` and `views`: many records in one operation, and the columns of a view in an export."""

from __future__ import annotations

from pathlib import Path

from tests.registry.cli.conftest import Run


def total(run: Run, query: str) -> int:
    found: int = run("search", query, "--json").json["total"]
    return found


def test_a_field_is_set_for_all_whom_a_query_finds_and_undone_at_once(run: Run, folder: Path) -> None:
    women = total(run, "sex:female")
    assert run("set", "hometown=Examplia", "--query", "sex:female", "--dry-run", "--json").json["records"] == women
    assert total(run, "hometown:Examplia") == 0
    done = run("set", "hometown=Examplia", "--query", "sex:female", "--json").json
    assert (done["records"], done["changed"], done["left"]) == (women, women, [])
    assert total(run, "hometown:Examplia sex:female") == total(run, "hometown:Examplia") == women
    assert run("set", "hometown", "--empty", "--query", "sex:female").status == 0
    assert total(run, "hometown:Examplia") == 0
    run("undo")
    run("undo")
    assert total(run, "hometown:Examplia") == 0


def test_what_cannot_be_set_is_told_and_changes_nothing(run: Run, folder: Path) -> None:
    assert "--empty" in run("set", "hometown=", "--query", "").err
    assert "not both" in run("set", "hometown=x", "--empty", "--query", "").err
    assert run("set", "hometown=x").status == 2
    assert "each record’s own" in run("set", "birth_date=1990", "--query", "").err
    assert run("set", "sex=nonsense", "--query", "").status == 2
    club = run("search", "", "--kind", "associations", "--limit", "1", "--json").json["results"][0]["number"]
    person = run("search", "", "--limit", "1", "--json").json["results"][0]["number"]
    assert "one or the other" in run("set", "hometown=x", club, person).err


def test_records_that_cannot_have_the_value_are_left_and_named(run: Run, folder: Path) -> None:
    number = run("add", "full_name=Ana Nowhereman", "birth_date=1990", "--json").json["number"]
    left = run("set", "arrival_year=2999", number, "--json")
    assert left.status == 1
    assert [(item["number"], "still to come" in item["reason"]) for item in left.json["left"]] == [(number, True)]
    assert total(run, "arrival_year:2999") == 0


def test_an_activity_and_a_follow_up_are_written_to_many(run: Run, folder: Path) -> None:
    women = total(run, "sex:female")
    logged = run("log", "activity=call", "activity.subject=Forum", "--query", "sex:female", "--json").json
    assert logged["records"] == women
    assert total(run, "activity.subject:Forum sex:female") == women
    number = run("search", "", "--limit", "1", "--json").json["results"][0]["number"]
    assert run("log", "activity=visit", "activity.follow_up=2031-05-04", number).status == 0
    assert total(run, "activity.follow_up:2031-05-04") == 1
    assert run("undo").status == 0
    assert total(run, "activity.follow_up:2031-05-04") == 0
    assert run("log", "activity.subject=Forum", number).status == 2
    assert run("log", number).status == 2


def test_an_export_has_the_columns_of_a_view(run: Run, folder: Path, tmp_path: Path) -> None:
    assert "no views yet" in run("views", "list").out
    given = ("views", "save", "Lapsing", "full_name", "document.expires", "--sort", "document.expires", "--json")
    (view,) = run(*given).json["views"]
    assert (view["columns"], view["sort"]) == (["full_name", "document.expires"], "document.expires")
    file = tmp_path / "out.csv"
    assert run("export", "sex:female", "-o", file, "--layout", "lapsing").status == 0
    assert len(file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")) == 3
    assert run("export", "", "-o", file, "--layout", "Other").status == 2
    assert run("views", "save", "Odd", "nonsense").status == 2
    assert run("views", "delete", "Lapsing", "--json").json == {"views": []}
