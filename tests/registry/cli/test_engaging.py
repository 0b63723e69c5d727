"""Associations, profiles, ways to engage and concerns on the command line: the numbers are those of `search`."""

from __future__ import annotations

import pytest

from tests.registry.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("folder")


def total(run: Run, query: str, kind: str = "people") -> int:
    return int(run("search", query, "--kind", kind, "--json").json["total"])


def test_associations_by_sort_and_place(run: Run) -> None:
    told = run("associations", "--json").json
    assert told["total"] == total(run, "", "associations")
    place = told["countries"][0]
    assert place["people"] == total(run, place["query"]) > 0
    assert place["organised"] == total(run, place["organised_query"])
    assert run("associations").status == 0


def test_profiles_of_a_query_and_of_segments(run: Run) -> None:
    (one,) = run("profiles", "sex:female", "--json").json["segments"]
    assert one["total"] == total(run, "sex:female")
    assert run("profiles").status == 0
    assert run("profiles", "nonsense:1").status == 2


def test_ways_and_concerns(run: Run) -> None:
    told = run("ways", "--json").json
    assert told["total"] == total(run, "-engagement_form:none")
    assert set(told["reached"]) == {"letter", "email", "sms", "phone", "event"}
    assert run("ways", "--channel", "pigeon").status == 2
    waiting = run("concerns", "--answered", "no", "--json").json
    assert waiting["count"] == waiting["waiting"] == len(waiting["concerns"])
    assert run("concerns", "--answered", "perhaps").status == 2
    assert run("concerns").status == 0
