"""Arguments in order: global options anywhere, queries that begin with a dash."""

from __future__ import annotations

import pytest

from registry.cli.arguments import ordered


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["demo", "DIR", "--json"], ["--json", "demo", "DIR"]),
        (["--json", "demo", "DIR"], ["--json", "demo", "DIR"]),
        (["search", "x", "--registry", "R", "--limit", "3"], ["--registry", "R", "search", "x", "--limit", "3"]),
        (["search", "--registry=R", "x"], ["--registry=R", "search", "x"]),
        (["search", "x", "--lang", "fr"], ["--lang", "fr", "search", "x"]),
        (["letters", "x", "--lang", "fr"], ["letters", "x", "--lang", "fr"]),
        (["--lang", "fr", "letters", "x", "--lang=de"], ["--lang", "fr", "letters", "x", "--lang=de"]),
        (["search", "-state:deceased"], ["search", " -state:deceased"]),
        (["search", "-occupation:x", "-o"], ["search", " -occupation:x", "-o"]),
        (["export", "-born<1990", "-oC:\\x.csv"], ["export", " -born<1990", "-oC:\\x.csv"]),
        (["search", "-(a OR b)"], ["search", " -(a OR b)"]),
        (["search", '-"a b"'], ["search", ' -"a b"']),
        (["search", "--", "--json"], ["search", "--", "--json"]),
        (["search", "--user"], ["--user", "search"]),
    ],
)
def test_order(given: list[str], expected: list[str]) -> None:
    assert ordered(given) == expected
