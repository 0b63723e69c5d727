"""`related`, `relate`, `household`, and the words about likely duplicates after `add`."""

from __future__ import annotations

from pathlib import Path

from tests.registry.cli.conftest import Run


def added(run: Run, *values: str) -> str:
    number: str = run("add", *values, "--json").json["number"]
    return number


def test_relate_and_related(run: Run, folder: Path) -> None:
    ana, bo = added(run, "full_name=Ana Nowhereman"), added(run, "full_name=Bo Nowhereman")
    assert run("relate", ana, bo, "child", "--json").json == {"done": True}
    assert "already" in run("relate", bo, ana, "parent").out
    shown = run("related", bo)
    assert shown.status == 0
    assert "Ana Nowhereman" in shown.out
    assert "Parent" in shown.out
    (group,) = run("related", ana, "--json").json["groups"]
    assert (group["code"], [(r["number"], r["role"]) for r in group["rows"]]) == ("relatives", [(bo, "Child")])
    for arguments in (("relate", ana, ana, "child"), ("relate", ana, bo, "godmother of sorts"), ("related", "none")):
        assert run(*arguments).status == 2


def test_household(run: Run, folder: Path) -> None:
    people = [added(run, f"full_name={name} Nowhereman", "family_name=Nowhereman") for name in ("Ana", "Bo")]
    assert run("household", *people, "--json").json == {"household": "Nowhereman", "changed": 2}
    assert "Household: Attic" in run("household", people[1], "--name", "Attic").out
    assert run("search", "household:attic", "--json").json["total"] == 1
    assert run("household", people[1], "--leave", "--json").json == {"household": "", "changed": 1}
    assert "linked to nothing" in run("related", people[1]).out
    club = run("search", "", "--kind", "associations", "--limit", "1", "--json").json["results"][0]["number"]
    assert run("household", club).status == 2


def test_add_names_who_is_probably_the_same(run: Run, folder: Path) -> None:
    number = added(run, "full_name=Ana Nowhereman", "birth_date=1985-03-12")
    again = run("add", "full_name=nowhereman ana", "birth_date=1985-03-12")
    assert again.status == 0
    assert f"{number}, which may be the same: same birth date" in again.out
    assert run("add", "full_name=Somebody Else", "--json").json["similar"] == []
