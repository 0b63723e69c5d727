"""`merge` and `unmerge`, by numbers and by ids."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

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


def merged_and_added_to(run: Run) -> tuple[str, str]:
    """Two that were merged, with two telephones and a birth place written since; their numbers."""
    ana = run("add", "full_name=Ana Nowhereman", "--json").json
    bo = run("add", "full_name=Anna Nowhereman", "birth_place=Nowhere", "--json").json
    assert run("merge", ana["number"], bo["number"]).status == 0
    run("edit", ana["number"], "phone=+33 1 99 00 11 22", "phone.2=+33 1 99 00 33 44", "birth_place=Elsewhere")
    return ana["number"], bo["number"]


def phones(run: Run, number: str) -> set[str]:
    listed = ("+33199001122", "+33199003344")
    found = {text: run("search", text, "--json").json["results"] for text in listed}
    return {text for text, some in found.items() if [one["number"] for one in some] == [number]}


def test_where_later_additions_belong_is_asked_for(run: Run, folder: Path) -> None:
    stays, goes = merged_and_added_to(run)
    plan = run("unmerge", goes, "--dry-run", "--json").json
    assert [(one["place"], one["field"]) for one in plan["added"]] == [(1, "phone"), (2, "phone")]
    assert (plan["number"], plan["from"], plan["kept"]) == (goes, stays, ["birth_place"])
    shown = run("unmerge", goes, "--dry-run").out
    assert "--move" in shown
    assert plan["added"][1]["text"] in shown
    assert phones(run, stays) == {"+33199001122", "+33199003344"}, "nothing was written"
    refused = run("unmerge", goes, "--move", "3")
    assert refused.status == 2
    assert "from 1 to 2" in refused.err
    taken = run("unmerge", goes, "--move", "2", "--json").json
    assert (taken["moved"], taken["added"]) == (["phone"], ["phone"])
    assert phones(run, goes) == {"+33199003344"}
    assert phones(run, stays) == {"+33199001122"}
    assert run("undo", "last").status == 0
    assert phones(run, stays) == {"+33199001122", "+33199003344"}
    assert f"gone to {goes}" in run("unmerge", goes, "--move", "1").out


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_the_question_is_asked(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stays, goes = merged_and_added_to(run)
    monkeypatch.setattr(sys, "stdin", Terminal("n\ny\n"))
    ended = run("unmerge", goes)
    assert ended.status == 0
    assert f"Does it go to {goes}?" in ended.out
    assert phones(run, stays) == {"+33199001122"}
    assert phones(run, goes) == {"+33199003344"}
