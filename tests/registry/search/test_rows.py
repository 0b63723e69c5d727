"""Queries about values of which a record has several: which of them a condition speaks of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import AddRecord
from registry.queries import ListIds

OLD_AND_NEW, MIDDLE, CALLED, CONCERNED, NOTHING = range(1, 6)
ROWS: tuple[dict[str, str], ...] = (
    {"document.number": "A", "document.expires": "2001-02-03", "document.number.2": "B", "document.expires.2": "2040"},
    {"document.number": "C", "document.expires": "2020-06-07"},
    {"activity": "call", "activity.follow_up": "2020-01-01", "activity.followed_up": "2020-01-02", "activity.2": "call",
     "activity.follow_up.2": "2021-01-01"},
    {"activity": "concern", "activity.answered_on": "2020-02-02", "activity.2": "concern", "activity.date.2": "2022"},
    {},
)  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("rows") / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as opened:
        for number, texts in enumerate(ROWS):
            opened.execute(AddRecord("people", {"full_name": f"Person {number}", **texts}))
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("document.expires>=2010 document.expires<=2030", {MIDDLE}),
        ("document.expires<2010 document.expires>=2000", {OLD_AND_NEW}),
        ("document.expires>=2030", {OLD_AND_NEW}),
        ("document.expires>=2010 OR document.expires<=2030", {OLD_AND_NEW, MIDDLE}),
        ("-document.expires>=2010 document.expires:any", set()),
        ("document.expires:none", {CALLED, CONCERNED, NOTHING}),
        ("activity.follow_up<=2020-12", set()),
        ("activity.follow_up<=2021-01-01", {CALLED}),
        ("activity.follow_up:any", {CALLED}),
        ("activity.followed_up:none", {CALLED}),
        ("activity.followed_up<=2020-12", {CALLED}),
        ("-activity.followed_up:none", {OLD_AND_NEW, MIDDLE, CONCERNED, NOTHING}),
        ("activity.answered_on:none", {CONCERNED}),
        ("activity.answered_on:any", {CONCERNED}),
        ("consent.expires<2100", set()),
    ],
)
def test_which_rows_count(registry: Registry, query: str, found: set[int]) -> None:
    assert set(registry.read(ListIds("people", query))) == found
