"""The map as a figure and as a file: every country with somebody is on it, and it says where it is from."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from registry import i18n
from registry.app import Registry
from registry.commands import WriteMap
from registry.errors import Invalid
from registry.figures.shapes import PRINT, Area, Dot, Figure, Words
from registry.mapping.circles import within
from registry.mapping.figure import country_figure, world_figure
from registry.queries import GetHistory, WorldMap


def words(figure: Figure) -> str:
    return " ".join(shape.text for shape in figure.shapes if isinstance(shape, Words))


@pytest.mark.parametrize("by", ["count", "share", "growth", "part"])
def test_every_country_with_somebody_is_drawn_and_told(registry: Registry, by: str) -> None:
    world = registry.read(WorldMap(by=by, part="willing:yes"))
    figure = world_figure(world)
    drawn = {shape.key: shape for shape in figure.shapes if isinstance(shape, Area | Dot) and shape.key}
    for country in world.countries:
        assert drawn[country.code].fill in PRINT.scale
        assert country.label in drawn[country.code].tip
    assert figure.title == world.title
    assert world.countries[0].label in figure.alternative


def test_it_says_who_is_not_on_it_and_where_it_is_from(registry: Registry) -> None:
    world = registry.read(WorldMap())
    said = words(world_figure(world))
    assert f"Of {world.unknown} no country is known." in said
    for part in ("Natural Earth", "no opinion on the legal status", "Equal Earth", "people are counted"):
        assert part in said


@pytest.mark.parametrize("width", [300.0, 480.0, 770.0])
def test_nothing_stands_outside_and_words_do_not_cover_each_other(registry: Registry, width: float) -> None:
    figure = world_figure(registry.read(WorldMap()), width)
    for shape in figure.shapes:
        if isinstance(shape, Area):
            points = np.concatenate(shape.rings)
            assert points.min() >= -0.5
            assert points[:, 0].max() <= width + 0.5
            assert points[:, 1].max() <= figure.height + 0.5
    lines = [shape for shape in figure.shapes if isinstance(shape, Words) and shape.size < 7.5 and len(shape.text) > 30]
    assert len({round(line.y, 1) for line in lines}) == len(lines)


@pytest.mark.parametrize("ending", [".pdf", ".svg", ".png", ".PDF"])
def test_a_map_is_written_in_each_form(registry: Registry, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"map{ending}"
    registry.confirm("demo")
    world = registry.execute(WriteMap(WorldMap(), file, "a test")).value
    match ending.lower():
        case ".pdf":
            document = pypdfium2.PdfDocument(file)
            assert world.countries[0].label in document[0].get_textpage().get_text_range()
            document.close()
        case ".svg":
            root = ElementTree.parse(file).getroot()
            assert world.title in "".join(root.itertext())
        case ".png":
            with Image.open(file) as image:
                assert image.width > 2000
    assert file.stat().st_size < 600_000


def test_a_map_leaves_a_trace_and_asks_why(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    registry.confirm("demo")
    with pytest.raises(Invalid, match="Say why"):
        registry.execute(WriteMap(WorldMap(), file, ""))
    with pytest.raises(Invalid, match=r"\.pdf, \.svg or \.png"):
        registry.execute(WriteMap(WorldMap(), tmp_path / "map.gif", "a test"))
    assert not file.exists()
    registry.execute(WriteMap(WorldMap(public=True), file, ""))
    assert file.exists()
    assert registry.read(GetHistory(limit=1)).operations[0].code == "map"


def test_a_map_in_another_language_is_in_that_language(registry: Registry) -> None:
    world = registry.read(WorldMap())
    with i18n.in_language("fr"):
        assert "Natural Earth" in words(world_figure(world))


def test_a_country_alone_has_a_circle_for_each_of_its_cities(registry: Registry, tmp_path: Path) -> None:
    world = registry.read(WorldMap())
    figure = country_figure(world, "FRA")
    dots = {shape.key: shape for shape in figure.shapes if isinstance(shape, Dot)}
    there = {str(city.id): count for city, count in world.cities if city.country == "FRA"}
    assert set(dots) == set(there)
    most = max(there, key=lambda key: there[key])
    assert dots[most].radius == max(dot.radius for dot in dots.values())
    assert "France" in figure.title
    for shape in figure.shapes:
        if isinstance(shape, Area):
            points = np.concatenate(shape.rings)
            assert points.min() >= -0.5
            assert points[:, 0].max() <= figure.width + 0.5
    registry.confirm("demo")
    file = tmp_path / "france.pdf"
    registry.execute(WriteMap(WorldMap(), file, "a test", "FRA"))
    assert file.stat().st_size > 5_000
    with pytest.raises(Invalid, match="no outline"):
        country_figure(world, "TUV")
    with pytest.raises(Invalid, match="not published"):
        registry.execute(WriteMap(WorldMap(public=True), file, "a test", "FRA"))


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=3, max_size=30))
def test_what_is_cut_off_at_a_frame_stays_within_it(points: list[tuple[float, float]]) -> None:
    cut = within(np.array(points), (0.0, 10.0, 100.0, 90.0))
    if len(cut):
        assert cut[:, 0].min() >= -1e-6
        assert cut[:, 0].max() <= 100 + 1e-6
        assert cut[:, 1].min() >= 10 - 1e-6
        assert cut[:, 1].max() <= 90 + 1e-6


def test_a_box_cut_off_at_a_frame_is_what_both_cover() -> None:
    cut = within(np.array([(-10.0, -10.0), (40.0, -10.0), (40.0, 40.0), (-10.0, 40.0)]), (0.0, 10.0, 100.0, 90.0))
    x, y = cut.T
    area = abs(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2
    assert area == pytest.approx(40 * 30)
    inside = np.array([(20.0, 20.0), (30.0, 20.0), (25.0, 30.0)])
    assert within(inside, (0.0, 10.0, 100.0, 90.0)) == pytest.approx(inside)
