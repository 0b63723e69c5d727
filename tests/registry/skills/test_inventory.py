"""The cross table counts exactly whom its queries find."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import i18n, setup
from registry.app import Registry
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.packed.dimensions import DIMENSIONS, NOT_KNOWN, UNCODED
from registry.queries import ListIds, SkillsInventory
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.writer import write
from registry.skills.inventory import Inventory
from registry.skills.presets import presets
from tests.registry.skills.conftest import REFUSES, rows

TABLES = [
    *((dimension.code, "country", "") for dimension in DIMENSIONS),
    ("occupation.4", "skill", ""),
    ("occupation.2", "skill.group", ""),
    ("language", "occupation.1", "B2"),
    ("country", "language", "native"),
    ("sex", "generation", ""),
    ("education", "availability", ""),
    ("country", "country", ""),
]
REFUSING = sum(row.items() >= REFUSES.items() for row in rows())


def found(registry: Registry, query: str) -> int:
    return len(registry.read(ListIds(PEOPLE, query)))


@pytest.mark.parametrize(("down", "across", "least"), TABLES)
@pytest.mark.parametrize("query", ["", "state:active OR country:FRA"])
def test_every_cell_counts_whom_its_query_finds(
    registry: Registry, query: str, down: str, across: str, least: str
) -> None:
    table = registry.read(SkillsInventory(query, down, across, least))
    assert table.total == found(registry, table.query_of(None, None)) > 0
    assert len(table.rows) > 1
    for place, row in enumerate(table.rows):
        assert row.count == found(registry, table.query_of(place, None)) > 0
        for column, count in enumerate(table.counts[place]):
            assert count == found(registry, table.query_of(place, column)), table.query_of(place, column)
    for place, column_heading in enumerate(table.columns):
        assert column_heading.count == found(registry, table.query_of(None, place)) > 0
    assert table.uncoded == found(registry, table.query_of_uncoded()) > 0


def test_everybody_is_in_some_row_and_some_column(registry: Registry) -> None:
    for dimension in DIMENSIONS:
        table = registry.read(SkillsInventory("", dimension.code, "sex"))
        counted = sum(row.count for row in table.rows)
        assert counted >= table.total if dimension.several else counted == table.total
        assert sum(column.count for column in table.columns) == table.total


def test_who_refused_is_left_out_and_counted(registry: Registry) -> None:
    table = registry.read(SkillsInventory())
    everybody = found(registry, "")
    assert table.left_out == REFUSING > 0
    assert table.total == everybody - REFUSING
    # Who declines text messages only, and agreed by letter, takes part.
    assert found(registry, "consent.skills_inventory.sms:refused -consent:skills_inventory/refused") > 0
    assert found(registry, "consent:compétences/refusé") == REFUSING


def test_occupations_roll_up_and_keep_what_says_no_more(registry: Registry) -> None:
    table = registry.read(SkillsInventory("", "occupation.2", "sex"))
    labels = {row.code: row.label for row in table.rows}
    assert labels["22"] == "22 Health professionals"
    assert labels["3"] == "3 Technicians and associate professionals, nothing closer said"
    assert labels[UNCODED] == "Not coded yet"
    assert labels[NOT_KNOWN] == "Not known"
    assert [row.code for row in table.rows][-2:] == [UNCODED, NOT_KNOWN]
    whole = table.query_of([row.code for row in table.rows].index("22"), None)
    assert "occupation:=22" in whole
    finer = registry.read(SkillsInventory("", "occupation.3", "sex"))
    assert {"22", "221", "222"} <= {row.code for row in finer.rows}


def test_the_highest_level_of_education_counts(registry: Registry) -> None:
    table = registry.read(SkillsInventory("", "education", "sex"))
    highest = {row.code: row.count for row in table.rows}
    assert [code for code in highest if code] == sorted(code for code in highest if code)
    assert highest["8"] == found(registry, "education.level:8 -consent:skills_inventory/refused")
    assert highest["3"] < found(registry, "education.level:3")


def test_labels_are_in_the_language_in_use(registry: Registry) -> None:
    with i18n.in_language("fr"):
        table = registry.read(SkillsInventory("", "occupation.1", "country"))
        assert any("scientifiques" in row.label for row in table.rows)
        assert "Allemagne" in [column.label for column in table.columns]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (SkillsInventory(rows="shoe size"), "“shoe size” is nothing by which people can be counted."),
        (SkillsInventory(rows="language", least="Z9"), "“Z9” is not a level of a language"),
        (SkillsInventory("contry:FR"), "Did you mean “country”?"),
    ],
)
def test_mistakes_are_sentences(registry: Registry, asked: SkillsInventory, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        registry.read(asked)
    assert says in str(caught.value)


def test_a_registry_without_anybody(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as registry:
        for dimension in DIMENSIONS:
            table: Inventory = registry.read(SkillsInventory("", dimension.code, dimension.code))
            assert (table.rows, table.columns, table.counts, table.total) == ((), (), (), 0)
            assert not table.described


def test_presets_are_queries_that_find_somebody(registry: Registry) -> None:
    names = Names(PEOPLE, registry.session)
    for preset in presets():
        tree = parse(preset.query, names)
        assert parse(write(tree), names) == tree
        assert set(preset.labels) >= {"en", "fr"}
        table = registry.read(SkillsInventory(preset.query))
        assert 0 < table.total < found(registry, "")
        assert table.described


@pytest.mark.parametrize(
    ("query", "more", "less"),
    [
        ("occupation:22", "occupation:=22", "occupation:==22"),  # a text that begins with 22 fits the first only
        ("skill:=health_skills", "skill:=nursing_care", "skill:=nursing_care>=3"),
        ("sex:=female", "sex:=female occupation:uncoded", "sex:=female occupation:uncoded skill:uncoded"),
    ],
)
def test_codes_find_what_stands_below_them(registry: Registry, query: str, more: str, less: str) -> None:
    assert found(registry, query) > found(registry, more) > found(registry, less) > 0


def test_uncoded_finds_texts_and_no_code(registry: Registry) -> None:
    texts = {"Fortune reader", "22 years of odd jobs"}
    wanted = sum(any(row.get(f"occupation{end}") in texts for end in ("", ".2")) for row in rows())
    assert found(registry, "occupation:uncoded") == found(registry, "métier:noncodé") == wanted > 0
    with pytest.raises(Invalid, match="is not a value of “occupation”"):
        found(registry, "occupation:=Fortune")
