"""The map of a plan: every visit and the posts around it lie on it, countries are cut at its edge."""

from __future__ import annotations

import numpy as np

from registry import gazetteer
from registry.figures.shapes import Area, Dot
from registry.posts.figure import _cut, visits_figure
from registry.posts.keeping import Post
from registry.posts.visits import Visit, VisitPlan


def plan(*towns: tuple[str, str, int]) -> VisitPlan:
    cities = [(gazetteer.find(name, country), people) for name, country, people in towns]
    visits = tuple(Visit(city, people, 300, "") for city, people in cities if city is not None)
    people = sum(visit.people for visit in visits)
    return VisitPlan(visits, 100, 50, people, people, people, 0, "", 0, "")


def post(name: str, latitude: float, longitude: float) -> Post:
    return Post(1, name, name, "FRA", None, latitude, longitude, (), honorary=False, active=True)


def test_visits_and_posts_near_them_are_dots_and_nothing_leaves_the_map() -> None:
    posts = [post("LYS", 45.76, 4.84), post("SYD", -33.87, 151.2)]
    figure = visits_figure(plan(("Toulouse", "FRA", 40), ("Strasbourg", "FRA", 10)), posts, 500)
    dots = [shape for shape in figure.shapes if isinstance(shape, Dot)]
    assert [dot.tip for dot in dots if dot.tip] == ["LYS", "2. Strasbourg: 10", "1. Toulouse: 40"]
    assert dots[1].radius == dots[2].radius / 2
    rings = [ring for shape in figure.shapes if isinstance(shape, Area) for ring in shape.rings]
    corners = np.concatenate(rings)
    assert corners.min() >= -0.01
    assert (corners.max(axis=0) <= (figure.width + 0.01, figure.height + 0.01)).all()
    countries = {shape.tip for shape in figure.shapes if isinstance(shape, Area)}
    assert {"France", "Germany", "Switzerland"} <= countries
    assert "Australia" not in countries
    assert "Toulouse 40, Strasbourg 10" in figure.alternative


def test_without_visits_the_whole_world_is_shown() -> None:
    figure = visits_figure(plan(), [post("SYD", -33.87, 151.2)])
    assert "Australia" in {shape.tip for shape in figure.shapes if isinstance(shape, Area)}


def test_a_ring_is_cut_where_it_crosses_a_line() -> None:
    square = np.array([(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)])
    assert _cut(square, square[:, 0] - 1).tolist() == [[0, 0], [1, 0], [1, 2], [0, 2]]
    assert len(_cut(square, square[:, 0] + 1)) == 0
    assert _cut(square, square[:, 0] - 3) is square
