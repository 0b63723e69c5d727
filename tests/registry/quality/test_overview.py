"""The score follows from counts, and every count is whom its query finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, ChangeSetting, FindDuplicates, LoadDemonstration
from registry.demo.associations import associations
from registry.demo.people import people
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE
from registry.quality.measures import COMPLETE, CONFIRMED, DOUBLE, MEASURES, PARTS, points_of
from registry.queries import DataQuality, ListIds, RecordQuality, ReviewDuplicates
from registry.vocabularies import DEMONSTRATION_COUNTRY


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Two hundred invented people and the associations of the demonstration."""
    folder = tmp_path_factory.mktemp("quality") / "registry"
    setup.create(
        folder, post="LYS", country="FRA", home=DEMONSTRATION_COUNTRY, admin="demo", password="demo", demonstration=True
    )
    with Registry.open(folder, "demo", "demo") as opened:
        opened.execute(LoadDemonstration("associations", tuple(associations(3))))
        opened.execute(LoadDemonstration("people", tuple(people(200, 3))))
        opened.execute(AddRecord("people", {"full_name": "Ada Sample", "birth_date": "1970-02-03"}))
        opened.execute(AddRecord("people", {"full_name": "Ada Sample", "birth_date": "1970-02-03"}))
        opened.execute(FindDuplicates("people"))
        yield opened


def found(registry: Registry, kind: str, query: str) -> int:
    return len(registry.read(ListIds(kind, query)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_points_of_all_parts_are_a_hundred_and_codes_stand_once(kind: str) -> None:
    assert sum(points_of(kind, part) for part in PARTS) == 100
    codes = [measure.code for measure in MEASURES[kind]]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", KINDS)
def test_every_count_is_whom_its_query_finds(registry: Registry, kind: str) -> None:
    for by in ("", "address.country", "consular_district" if kind == PEOPLE else "level"):
        answer = registry.read(DataQuality(kind, by))
        assert answer.total == found(registry, kind, answer.query) > 0
        for line in answer.lines:
            assert line.measure.code == DOUBLE or line.count == found(registry, kind, line.query), line.query
        if answer.table is not None:
            for row, counts in enumerate(answer.table.counts):
                assert answer.table.rows[row].count == found(registry, kind, answer.table.query_of(row, None))
                for column, count in enumerate(counts):
                    query = answer.table.query_of(row, column)
                    assert count == found(registry, kind, query), query


@pytest.mark.parametrize("kind", KINDS)
def test_the_score_is_the_average_of_the_records_own(registry: Registry, kind: str) -> None:
    answer = registry.read(DataQuality(kind))
    scores = [registry.read(RecordQuality(kind, i)).score for i in registry.read(ListIds(kind, answer.query))]
    assert answer.score == pytest.approx(sum(scores) / len(scores))
    assert answer.score == pytest.approx(sum(part.points for part in answer.parts))
    assert min(scores) >= 0
    for place, (least, count) in enumerate(answer.bands):
        below = answer.bands[place + 1][0] if place + 1 < len(answer.bands) else 101
        assert count == sum(least <= score < below for score in scores)


def test_what_would_raise_the_score_most_comes_first_and_by_how_much(registry: Registry) -> None:
    answer = registry.read(DataQuality())
    gains = [line.gain for line in answer.lines]
    assert gains == sorted(gains, reverse=True)
    line = answer.lines[0]
    assert line.gain > 0
    assert line.gain == pytest.approx(line.measure.points * line.count / answer.total)


def test_bands_of_confirmation_count_everybody_at_most_once(registry: Registry) -> None:
    answer = registry.read(DataQuality())
    banded = sum(line.count for line in answer.lines if line.measure.part == CONFIRMED)
    recent = found(registry, PEOPLE, f"{answer.query} last_confirmed<1y")
    ahead = found(registry, PEOPLE, f"{answer.query} last_confirmed>+0d")
    assert banded + recent + ahead == answer.total


def test_pairs_that_wait_for_review_cost_both_records(registry: Registry) -> None:
    waiting = registry.read(ReviewDuplicates(PEOPLE, 100))
    double = {i for group in waiting.groups for i in group.ids}
    (line,) = (line for line in registry.read(DataQuality()).lines if line.measure.code == DOUBLE)
    assert line.count == len(double) >= 2
    assert line.query == ""
    twin = registry.read(ListIds(PEOPLE, "Ada Sample"))[0]
    score = registry.read(RecordQuality(PEOPLE, twin))
    assert DOUBLE in {loss.measure.code for loss in score.losses}
    assert score.score == 100 - sum(loss.measure.points for loss in score.losses)
    assert [loss.measure.points for loss in score.losses] == sorted(
        (loss.measure.points for loss in score.losses), reverse=True
    )


def test_titles_say_what_is_missing_in_words(registry: Registry) -> None:
    titles = {line.measure.code: line.title for line in registry.read(DataQuality()).lines}
    assert titles["birth_date"] == "Without: Date of birth"
    assert titles["occupation.uncoded"] == "Still text: Occupation"
    parts = {part.code: part for part in registry.read(DataQuality()).parts}
    assert parts[COMPLETE].title == "Complete"
    assert 0 < parts[COMPLETE].points < parts[COMPLETE].of == 50


def test_the_ministrys_definition_decides_whom_it_counts(registry: Registry) -> None:
    everybody = registry.read(DataQuality())
    registry.execute(ChangeSetting("belonging", "sex:female"))
    try:
        women = registry.read(DataQuality())
        assert 0 < women.total < everybody.total
        assert women.total + women.outside == everybody.total
        assert women.belonging
        assert registry.read(DataQuality(everybody=True)).total == everybody.total
        assert registry.read(DataQuality(ASSOCIATIONS)).belonging == ""
    finally:
        registry.execute(ChangeSetting("belonging", ""))


def test_an_empty_register_has_no_score_to_lose(tmp_path: Path) -> None:
    setup.create(
        tmp_path / "empty", post="LYS", country="FRA", home=DEMONSTRATION_COUNTRY, admin="demo", password="demo",
        demonstration=True,
    )  # fmt: skip
    with Registry.open(tmp_path / "empty", "demo", "demo") as opened:
        answer = opened.read(DataQuality(by="address.country"))
    assert (answer.total, answer.score) == (0, 0)
    assert all(line.count == line.gain == 0 for line in answer.lines)
