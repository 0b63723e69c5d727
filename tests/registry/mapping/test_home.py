"""The home side counts as the list does, finds regions by any of their names, and says what it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import i18n, setup
from registry.app import Registry
from registry.commands import AddRecord, ChangeSetting, WriteHomeMap
from registry.fields import PEOPLE
from registry.figures.shapes import Area, Dot, Figure, Words
from registry.mapping.home_figure import home_figure
from registry.queries import HomeMap, Search

#: As they were written: names in two languages, a code, a town, and what is nowhere.
ORIGINS = {
    "Dakar": 9,
    "SN-TH": 4,
    "Thiès": 3,
    "Casamance du Bas": 2,
    "Touba": 2,
    "Saint-Louis": 1,
    "": 6,
}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A post of Senegal with people from some of its regions."""
    place = tmp_path_factory.mktemp("home") / "registry"
    setup.create(place, post="LYS", country="FRA", home="SEN", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as opened:
        for text, count in ORIGINS.items():
            for number in range(count):
                opened.execute(
                    AddRecord(PEOPLE, {"full_name": f"Awa {text or 'Nowhere'} {number}", "origin_region": text})
                )
        yield opened


def total(registry: Registry, query: str) -> int:
    return registry.read(Search(query, PEOPLE, limit=1)).total


def words(figure: Figure) -> str:
    return " ".join(shape.text for shape in figure.shapes if isinstance(shape, Words))


def test_a_region_counts_whom_its_query_finds_under_any_of_its_names(registry: Registry) -> None:
    home = registry.read(HomeMap())
    counts = {district.label: district.count for district in home.districts}
    assert counts == {"Dakar": 9, "Thiès": 7, "Casamance du Bas": 2, "Touba": 2, "Saint-Louis": 1}
    for district in home.districts:
        assert district.count == total(registry, home.query_of(district.text))
    assert (home.total, home.unknown) == (27, 6)
    assert home.unknown == total(registry, home.query_of(""))


def test_a_search_and_the_definition_narrow_it(registry: Registry) -> None:
    home = registry.read(HomeMap("origin_region:Dakar"))
    assert [(district.label, district.count) for district in home.districts] == [("Dakar", 9)]
    registry.execute(ChangeSetting("belonging", "-origin_region:Dakar"))
    try:
        home = registry.read(HomeMap())
        assert "Dakar" not in {district.label for district in home.districts}
        assert (home.total, home.outside) == (18, 9)
        assert registry.read(HomeMap(everybody=True)).total == 27
    finally:
        registry.execute(ChangeSetting("belonging", ""))


def test_regions_lie_where_their_cities_are_and_nobody_guesses(registry: Registry) -> None:
    places = {district.label: district.place for district in registry.read(HomeMap()).districts}
    assert places["Casamance du Bas"] is None
    for label, (longitude, latitude) in {
        "Dakar": (-17.4, 14.7),
        "Thiès": (-16.9, 14.8),
        "Touba": (-15.9, 14.9),
    }.items():
        assert places[label] == pytest.approx((longitude, latitude), abs=0.35)


def test_the_figure_has_a_circle_for_each_known_region_and_names_the_rest(registry: Registry) -> None:
    figure = home_figure(registry.read(HomeMap()))
    dots = {shape.key: shape for shape in figure.shapes if isinstance(shape, Dot)}
    assert set(dots) == {"Dakar", "SN-TH", "Touba", "Saint-Louis"}
    assert dots["Dakar"].radius == pytest.approx(dots["SN-TH"].radius * (9 / 7) ** 0.5)
    said = words(figure)
    assert "1 region is not on the map" in said
    assert "Of 6 no region is known." in said
    assert "Casamance du Bas" in said


def test_without_places_there_are_bars(registry: Registry) -> None:
    home = registry.read(HomeMap("origin_region:Casamance"))
    figure = home_figure(home, 480)
    bars = [shape for shape in figure.shapes if isinstance(shape, Area) and shape.key]
    assert [bar.key for bar in bars] == ["Casamance du Bas"]
    assert "not known where these regions are" in words(figure)
    assert figure.height > 40


def test_what_is_published_withholds_small_counts(registry: Registry) -> None:
    home = registry.read(HomeMap(public=True))
    counts = {district.label: district.count for district in home.districts}
    assert counts["Touba"] is counts["Saint-Louis"] is counts["Casamance du Bas"] is None
    assert counts["Dakar"] == 9
    assert "Withheld" in words(home_figure(home))


def test_it_is_written_to_a_file_and_in_another_language(registry: Registry, tmp_path: Path) -> None:
    for ending in ("pdf", "svg", "png"):
        file = tmp_path / f"home.{ending}"
        registry.execute(WriteHomeMap(HomeMap(), file, "a test"))
        assert file.stat().st_size > 2_000
    with i18n.in_language("fr"):
        assert "Dakar" in words(home_figure(registry.read(HomeMap())))
