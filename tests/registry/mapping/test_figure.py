"""The map as a figure and as a file: every country with somebody is on it, and it says where it is from."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from registry import i18n
from registry.app import Registry
from registry.commands import WriteMap
from registry.errors import Invalid
from registry.figures.shapes import PRINT, Area, Dot, Figure, Words
from registry.mapping.figure import world_figure
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
