"""`segments …` on the command line, and segments where every other command takes a query."""

from __future__ import annotations

from pathlib import Path

from tests.registry.cli.conftest import Run


def total(run: Run, query: str) -> int:
    found: int = run("search", query, "--json").json["total"]
    return found


def test_a_segment_from_its_making_to_its_end(run: Run, folder: Path) -> None:
    assert "no segments yet" in run("segments", "list").out
    (made,) = run("segments", "save", "Women", "sex:female", "--json").json["segments"]
    assert (made["name"], made["query"], made["fixed"], made["shared"]) == ("Women", "sex:female", False, False)
    assert made["count"] == total(run, "sex:female") == total(run, "in:women") > 0
    assert run("segments", "save", "Others", '-in:"Women"', "--shared").status == 2
    run("segments", "share", "Women")
    (others,) = run("segments", "save", "Others", '-in:"Women"', "--shared", "--json").json["segments"]
    assert others["count"] == 80 - made["count"]
    assert run("segments", "freeze", "Women", "--json").json["segments"][0]["fixed"]
    assert [s["name"] for s in run("segments", "list", "--json").json["segments"]] == ["Others", "Women"]
    assert "Women" in run("segments", "list").out
    assert run("segments", "delete", "Women").status == 2
    assert run("segments", "rename", "Women", "Ladies", "--json").json["segments"][0]["name"] == "Ladies"
    assert run("segments", "delete", "others", "--json").json == {"segments": []}
    assert run("segments", "delete", "Ladies").status == 0
    assert run("undo").status == 0
    assert total(run, "in:ladies") == made["count"]


def test_show_tells_who_came_and_went(run: Run, folder: Path) -> None:
    number = run("add", "full_name=Ana Nowhereman", "hometown=Examplia", "--json").json["number"]
    run("segments", "save", "Home", "hometown:Examplia")
    assert "first look" in run("segments", "show", "Home").out
    run("edit", number, "hometown=Elsewhere")
    other = run("add", "full_name=Bo Nowhereman", "hometown=Examplia", "--json").json["number"]
    (listed,) = run("segments", "list", "--json").json["segments"]
    assert (listed["came"], listed["went"]) == (1, 1)
    (shown,) = run("segments", "show", "home", "--json").json["segments"]
    assert (shown["came"], shown["went"], shown["gone"], shown["count"]) == ([other], [number], 0, 1)
    run("erase", other)
    assert "0 came, 0 went" in run("segments", "show", "Home").out


def test_records_are_put_on_a_list_by_number_or_by_query(run: Run, folder: Path) -> None:
    number = run("add", "full_name=Ana Nowhereman", "--json").json["number"]
    assert run("segments", "add", "Choir", number, "--json").json["segments"][0]["count"] == 1
    run("segments", "add", "Choir", "--query", "sex:female")
    assert total(run, "in:choir") == total(run, f'sex:female OR "{number}"')
    assert run("segments", "remove", "Choir", number, "--json").json["segments"][0]["count"] == total(run, "sex:female")
    assert run("segments", "add", "Choir").status == 2
    assert run("segments", "add", "Choir", number, "--query", "x").status == 2
    club = run("search", "", "--kind", "associations", "--limit", "1", "--json").json["results"][0]["number"]
    assert run("segments", "add", "Choir", number, club).status == 2
    assert run("segments", "add", "Choir", club).status == 2


def test_an_unknown_segment_is_told_with_its_place_and_the_nearest(run: Run, folder: Path) -> None:
    said = run("search", "maria in:Wimen").err
    assert "“Wimen” at position 7 is not a segment. No search has been saved as one yet." in said
    run("segments", "save", "Women", "sex:female")
    said = run("search", 'maria -(lyon OR in:"Wimen")').err
    assert "“Wimen” at position 17 is not a segment. Did you mean “Women”?" in said
    assert "has no order" in run("search", "in>Women").err


def test_a_segment_is_exported_and_written_to(run: Run, folder: Path, tmp_path: Path) -> None:
    run("segments", "save", "Women", "sex:female")
    count = total(run, "in:Women")
    assert run("export", "in:Women", "-o", tmp_path / "out.csv", "--json").json["records"] == count
    letters = run("letters", "in:Women", "--template", "annual-forum", "-o", tmp_path / "o.pdf", "--dry-run", "--json")
    assert letters.json["selected"] == count
    assert run("skills", "in:Women", "-o", tmp_path / "skills.xlsx", "--json").json["people"] <= count


def test_a_ready_made_segment_is_taken_over(run: Run, folder: Path) -> None:
    offered = {each["code"]: each for each in run("segments", "ready", "--json").json["segments"]}
    assert {"passports", "unconfirmed", "newsletter", "medical", "research"} <= set(offered)
    (taken,) = run("segments", "ready", "--take", "newsletter", "--json").json["segments"]
    assert taken["name"] == offered["newsletter"]["name"]
    assert taken["count"] == total(run, f'in:"{taken["name"]}"') > 0
    assert run("segments", "ready", "--take", "nonsense").status == 2
