"""`merge` and `unmerge`, by numbers and by ids."""

from __future__ import annotations

from pathlib import Path

from tests.registry.cli.conftest import Run


def test_merge_and_unmerge(run: Run, folder: Path) -> None:
    ana = run("add", "full_name=Ana Nowhereman", "sex=female", "--json").json
    bo = run("add", "full_name=Anna Nowhereman", "birth_place=Nowhere", "email=anna@example.org", "--json").json
    merged = run("merge", ana["number"], str(bo["id"]), "--take", "full_name", "--json").json
    assert (merged["record"], merged["number"]) == (ana["id"], ana["number"])
    assert merged["batch"] > 0
    found = run("search", "anna@example.org", "--json").json["results"]
    assert [(one["number"], one["name"]) for one in found] == [(ana["number"], "Anna Nowhereman")]
    run("edit", bo["number"], "sex=other", "email.2=later@example.org", "birth_place=Elsewhere")
    taken = run("unmerge", ana["number"], "--json").json
    assert (taken["record"], taken["number"], taken["from"]) == (bo["id"], bo["number"], ana["number"])
    assert (taken["kept"], taken["added"]) == (["birth_place"], ["email"])
    assert run("unmerge", ana["number"]).status == 2
    assert run("merge", ana["number"], ana["number"]).status == 2
    again = run("merge", ana["number"], bo["number"])
    assert f"Merged into {ana['number']}" in again.out
    assert f"{bo['number']} is a record of its own again." in run("unmerge", bo["number"]).out
