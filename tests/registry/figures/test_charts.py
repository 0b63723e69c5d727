"""Charts: every count in its place, withheld ones without a size, many groups told, mirrored for right to left."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from registry.figures.charts import OTHERS, Crossed, Group, bars, columns, pyramid, stacked
from registry.figures.shapes import PRINT, Area, Figure, Words
from registry.figures.sheet import Style, words_on

COUNTRIES = (
    Group("DE", "Germany", 120),
    Group("FR", "France", 60),
    Group("LB", "لبنان", None),
    Group("?", "Not known", 30, aside=True),
)
SEXES = (Group("f", "Women", 50), Group("m", "Men", 40), Group("?", "Not known", 10, aside=True))
AGES = (Group("0", "Under 18", 20), Group("18", "18–29", 70), Group("??", "Not known", 10, aside=True))
TABLE = Crossed(
    AGES,
    SEXES,
    {("0", "f"): 12, ("0", "m"): 8, ("18", "f"): 30, ("18", "m"): None, ("??", "?"): 10},
)


def boxes(figure: Figure) -> dict[str, Area]:
    return {shape.key: shape for shape in figure.shapes if isinstance(shape, Area) and shape.key}


def widths(figure: Figure) -> dict[str, float]:
    return {key: float(np.ptp(box.rings[0][:, 0])) for key, box in boxes(figure).items()}


def words(figure: Figure) -> list[str]:
    return [shape.text for shape in figure.shapes if isinstance(shape, Words)]


def inside(figure: Figure) -> bool:
    points = np.concatenate([ring for s in figure.shapes if isinstance(s, Area) for ring in s.rings])
    low, high = points.min(axis=0), points.max(axis=0)
    return bool((low >= -0.01).all() and high[0] <= figure.width + 0.01 and high[1] <= figure.height + 0.01)


def test_a_bar_is_as_long_as_its_count() -> None:
    figure = bars("People by country", COUNTRIES)
    long = widths(figure)
    assert long["DE"] == pytest.approx(2 * long["FR"]) == pytest.approx(4 * long["?"])
    assert inside(figure)
    assert [text for text in words(figure) if text in ("120", "60", "30")] == ["120", "60", "30"]
    assert figure.alternative == "Germany: 120; France: 60; لبنان: withheld; Not known: 30."


def test_the_size_of_a_withheld_count_says_nothing() -> None:
    small = bars("", (Group("a", "A", None), Group("b", "B", 10)))
    large = bars("", (Group("a", "A", None), Group("b", "B", 100_000)))
    assert widths(small)["a"] == widths(large)["a"]
    assert "…" in words(small)
    assert boxes(small)["a"].tip == "A: withheld"
    assert boxes(small)["a"].fill != boxes(small)["b"].fill


def test_of_many_groups_the_largest_and_how_many_others_there_are() -> None:
    groups = [Group(str(place), f"Group {place}", place * 10) for place in range(1, 41)]
    figure = bars("", [*groups, Group("?", "Not known", 3, aside=True)], most=8)
    assert set(boxes(figure)) == {*(str(place) for place in range(34, 41)), OTHERS, "?"}
    assert "33 others" in words(figure)
    assert boxes(figure)[OTHERS].tip == f"33 others: {sum(range(1, 34)) * 10:,}"
    assert inside(figure)


def test_others_are_withheld_when_one_of_them_is() -> None:
    groups = [Group(str(place), f"Group {place}", place * 10) for place in range(1, 41)]
    figure = bars("", [Group("0", "Few", None), *groups], most=5)
    assert boxes(figure)[OTHERS].tip.endswith("withheld")


def test_parts_of_a_bar_have_a_letter_as_well_as_a_colour() -> None:
    figure = stacked("", TABLE)
    assert {"A", "B", "C"} <= set(words(figure))
    assert "A 12" in words(figure)
    assert boxes(figure)["0\x1ff"].tip == "Under 18, Women: 12"
    assert widths(figure)["18\x1ff"] > 2 * widths(figure)["0\x1ff"]
    assert "18–29: 70 (Women: 30; Men: withheld)." in figure.alternative
    assert inside(figure)


def test_bars_beside_each_other_are_one_for_each_part() -> None:
    figure = stacked("", TABLE, beside=True)
    assert {"A 12", "B 8", "A 30", "B …", "C 10"} <= set(words(figure))
    tops = sorted(float(box.rings[0][:, 1].min()) for box in boxes(figure).values())
    assert all(after - before > 7 for before, after in pairwise(tops))
    assert inside(figure)


def test_a_pyramid_has_a_sex_on_each_side_and_tells_whom_it_leaves_out() -> None:
    figure = pyramid("", TABLE)
    middle = figure.width / 2
    for key, box in boxes(figure).items():
        assert (float(box.rings[0][:, 0].max()) < middle) == key.endswith("f")
    assert "Not shown: Not known: 10; age not known: 10" in words(figure)
    top = {key: float(box.rings[0][:, 1].min()) for key, box in boxes(figure).items()}
    assert top["18\x1ff"] < top["0\x1ff"], "the youngest stand below"


def test_columns_over_years_thin_out_their_years() -> None:
    years = [Group(str(year), str(year), year % 7) for year in range(1950, 2026)]
    figure = columns("", [*years, Group("?", "Not known", 12, aside=True)], Style(width=400))
    told = [text for text in words(figure) if text in {year.label for year in years}]
    assert 5 < len(told) < 20
    assert "Not known: 12" in words(figure)
    assert inside(figure)


@pytest.mark.parametrize("make", [lambda s: bars("", COUNTRIES, s), lambda s: stacked("", TABLE, s)])
def test_mirrored_for_right_to_left(make: object) -> None:
    assert callable(make)
    plain, turned = make(Style()), make(Style(mirrored=True))
    for key, box in boxes(plain).items():
        other = boxes(turned)[key].rings[0][:, 0]
        assert other.max() == pytest.approx(plain.width - box.rings[0][:, 0].min(), abs=0.01)
    anchors = {s.text: s.anchor for s in turned.shapes if isinstance(s, Words)}
    assert {anchors.get("Germany", "start"), anchors.get("لبنان", "end")} == {"start", "end"}


@pytest.mark.parametrize("fill", PRINT.kinds)
def test_words_on_every_kind_can_be_read(fill: str) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(fill), luminance(words_on(fill))))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_to_draw_is_an_empty_chart() -> None:
    for figure in (bars("", ()), stacked("", Crossed((), (), {})), pyramid("", Crossed((), (), {})), columns("", ())):
        assert not boxes(figure)
        assert figure.height > 0
