"""Facets count exactly whom their values then find, whatever happened to the records meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import i18n, setup
from registry.access import Role
from registry.app import Registry
from registry.commands import (
    AddRecord,
    AddUser,
    DeleteRecords,
    EditRecord,
    EraseRecord,
    LoadDemonstration,
    MergeRecords,
    SetField,
    Undo,
)
from registry.demo.associations import associations
from registry.errors import Cancelled, Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.packed import dimensions, store
from registry.packed.choosing import turned
from registry.packed.dimensions import FACETS, NOT_KNOWN
from registry.packed.facets import Facet
from registry.progress import Recorded
from registry.queries import Facets, ListIds
from registry.search.names import Names
from tests.registry.skills.conftest import rows

PASSWORD = "Korrekt-Pferd-77-batterie"
CITIES = ("Lyon", "LYON", "Lyon 3e", "Saint-Étienne", "saint etienne", "京都", "Genève")
VALUES = {
    "sex": ("male", "female", ""),
    "address.country": ("FRA", "DEU", ""),
    "address.kind": ("home_country", "home", ""),
    "address.country.2": ("FRA", "CHE", ""),
    "address.city": (*CITIES, ""),
    "address.region": ("Bavaria", "Bayern", "Rhône", ""),
    "origin_region": ("Hârovie", "harovie", "Fanaria", ""),
    "birth_date": ("1950", "1985-03-12", "1971-05~", "2015", "2010~", ""),
    "generation": ("1", "1.5", "2", ""),
    "language.2": ("ar", "de", ""),
    "education.level.2": ("3", "8", ""),
    "occupation": ("2221", "222", "Fortune reader", ""),
    "association": ("Amicale", "Amicale de Lyon", ""),
    "state": ("active", "deceased"),
}
QUERIES = (
    "",
    "sex:female",
    "country:FRA",
    "(country:FRA OR country:DEU) sex:female",
    "country:FRA country:DEU",
    "-country:FRA state:active",
    "birth_date>=30y birth_date<45y city:lyon",
    "(birth_date<18y OR birth_date>=75y)",
    "invented language:fr>=B2",
    "education.level:6 -education.level>6",
    "occupation:none",
    "occupation:uncoded OR skill:uncoded",
    "city:none OR region:bayern",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a registry of its own."""
    place = tmp_path_factory.mktemp("facets") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as registry:
        people = [
            row | {"address.city": CITIES[number % 7], "association": ("Amicale", "Chorale")[number % 2]}
            for number, row in enumerate(rows(40))
        ]
        registry.execute(LoadDemonstration(ASSOCIATIONS, tuple(associations(1))[:30]))
        registry.execute(LoadDemonstration(PEOPLE, tuple(people)))
        registry.execute(AddUser("olga", Role.OUTREACH, PASSWORD))
    return place


@pytest.fixture(scope="module")
def registry(folder: Path) -> Iterator[Registry]:
    """The registry, opened."""
    with Registry.open(folder, "demo", "demo") as opened:
        yield opened


def require_true(registry: Registry, kind: str, query: str, code: str = "") -> tuple[Facet, ...]:
    """Each count is what the query with that value alone finds."""
    names = Names(kind, registry.session)
    answer = registry.read(Facets(kind, query, (code,) if code else (), 1000))
    for facet in answer:
        dimension = dimensions.facet(kind, registry.session, facet.code)
        assert facet.more == 0
        others = query
        for value in facet.values:
            if value.chosen:
                others = turned(others, dimension, value.code, names)
        for value in (*facet.values[:4], *facet.values[4::7], *facet.values[-1:]):
            asked = turned(others, dimension, value.code, names)
            assert value.count == len(registry.read(ListIds(kind, asked))), (asked, value)
    return answer


@pytest.mark.parametrize("query", QUERIES)
def test_a_value_counts_whom_it_then_finds(registry: Registry, query: str) -> None:
    answer = require_true(registry, PEOPLE, query)
    assert [facet.code for facet in answer] == [dimension.code for dimension in FACETS[PEOPLE]]


@pytest.mark.parametrize("query", ["", "country:FRA", "type:cultural", "located:abroad country:none"])
def test_associations_have_theirs(registry: Registry, query: str) -> None:
    answer = require_true(registry, ASSOCIATIONS, query)
    assert [facet.code for facet in answer] == [dimension.code for dimension in FACETS[ASSOCIATIONS]]


CHANGES = st.one_of(
    st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]),
    st.sampled_from(
        [("add", ""), ("delete", ""), ("merge", ""), ("undo", ""), ("erase", ""), ("all", "3+"), ("elsewhere", "")]
    ),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1000), CHANGES), min_size=1, max_size=6), st.sampled_from(QUERIES))
def test_after_any_changes(
    registry: Registry, folder: Path, changes: list[tuple[int, tuple[str, str]]], query: str
) -> None:
    for number, (what, value) in changes:
        ids = registry.read(ListIds(PEOPLE))
        record = ids[number % len(ids)]
        change(registry, folder, record, what, value)
    require_true(registry, PEOPLE, query)


def change(registry: Registry, folder: Path, record: int, what: str, value: str) -> None:
    """One change, by this program or another."""
    match what:
        case "add":
            registry.execute(AddRecord(PEOPLE, {"full_name": "Invented Newcomer", "address.city": "Lyon"}))
        case "delete":
            registry.execute(DeleteRecords(PEOPLE, (record,)))
        case "merge":
            others = [one for one in registry.read(ListIds(PEOPLE)) if one != record]
            registry.execute(MergeRecords(record, (others[record % len(others)],)))
        case "undo":
            registry.execute(Undo())
        case "erase":
            registry.execute(EraseRecord(record))
        case "all":
            registry.execute(SetField(PEOPLE, tuple(registry.read(ListIds(PEOPLE, "sex:female"))), "generation", value))
        case "elsewhere":
            with Registry.open(folder, "demo", "demo") as other:
                other.execute(EditRecord(PEOPLE, record, {"address.city": "Lyon", "sex": "female"}))
                other.execute(AddRecord(PEOPLE, {"full_name": "Invented Elsewhere", "sex": "male"}))
        case _:
            registry.execute(EditRecord(PEOPLE, record, {what: value}))


def test_after_a_merge_and_its_undoing(registry: Registry, folder: Path) -> None:
    registry.read(Facets(PEOPLE))
    first, *_others = registry.read(ListIds(PEOPLE, "sex:female"))
    change(registry, folder, first, "merge", "")
    require_true(registry, PEOPLE, "sex:female")
    change(registry, folder, first, "undo", "")
    require_true(registry, PEOPLE, "sex:female")


def test_only_what_changed_is_read_again(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.read(Facets(PEOPLE))
    whole: list[object] = []
    monkeypatch.setattr(store.Columns, "_read", lambda _columns, some: whole.append(some))
    registry.execute(AddRecord(PEOPLE, {"full_name": "Invented Latecomer", "sex": "other", "address.country": "PRT"}))
    require_true(registry, PEOPLE, "name:latecomer")
    assert whole == []


def test_what_is_asked_for_but_nobody_has_stays_to_be_taken_out(registry: Registry) -> None:
    (country,) = registry.read(Facets(PEOPLE, "country:JPN city:Lyon", ("address.country",), 2))
    assert [(value.code, value.count) for value in country.values if value.chosen] == [("JPN", 0)]
    assert country.more == len(registry.read(Facets(PEOPLE, "city:Lyon", ("address.country",), 99))[0].values) - 3


def test_spellings_are_one_value(registry: Registry) -> None:
    (city,) = registry.read(Facets(PEOPLE, "", ("address.city",)))
    assert sum(value.label.casefold() == "lyon" for value in city.values) == 1


def test_the_reader_reads_labels(registry: Registry) -> None:
    with i18n.in_language("fr"):
        age, country = registry.read(Facets(PEOPLE, "", ("age", "address.country")))
    assert country.title == "Pays"
    assert "Allemagne" in [value.label for value in country.values]
    assert [value.label for value in age.values if value.code in ("30", "45")] == ["30–44", "45–59"]


def test_what_a_user_does_not_see_is_no_facet(folder: Path, registry: Registry) -> None:
    for code in ("shoe size", "document.type", "members"):
        with Registry.open(folder, "olga", PASSWORD) as hers, pytest.raises(Invalid, match="nothing by which a list"):
            hers.read(Facets(PEOPLE, "", (code,)))
    with pytest.raises(Invalid, match="Did you mean “country”"):
        registry.read(Facets(PEOPLE, "contry:FRA"))


def test_reading_can_be_stopped_and_goes_on_where_it_was(
    folder: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PIECE", 7)
    expected = registry.read(Facets(PEOPLE, "", ("sex",)))
    with Registry.open(folder, "demo", "demo") as fresh:
        stopping = Stopping(3)
        reports = 0
        for _attempt in range(100):
            try:
                answer = fresh.read(Facets(PEOPLE, "", ("sex",)), stopping)
                break
            except Cancelled:
                reports += 1
                stopping = Stopping(3)
        assert answer == expected
        assert reports > 2


class Stopping(Recorded):
    """Stops the work at its so-and-so-many-th report."""

    def __init__(self, reports: int) -> None:
        super().__init__()
        self._left = reports

    def step(self, done: int, total: int, message: str) -> None:
        """Count the reports."""
        self._left -= 1
        if not self._left:
            self.cancel()
        super().step(done, total, message)


def test_not_known_is_a_value(registry: Registry) -> None:
    (sex,) = registry.read(Facets(PEOPLE, "", ("sex",)))
    assert sex.values[-1].code == NOT_KNOWN
    assert sex.values[-1].label == "Not known"
    assert sex.values[-1].count == len(registry.read(ListIds(PEOPLE, "sex:none")))
