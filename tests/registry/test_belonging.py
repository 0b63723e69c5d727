"""Who counts: a ministry's definition stands before every count, is told in words, and can be left aside for once."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from registry import commands as c
from registry import queries as q
from registry.errors import Invalid
from registry.i18n import in_language
from tests.registry.post import ANA, BO, CY, Post

DEFINITION = "connection:citizen OR connection:descendant"
WORDS = "Connection with the country: Citizen or Connection with the country: Descendant"


@pytest.fixture
def counted(post: Post) -> Post:
    """Cy is a citizen, Bo a spouse, of Ana nothing is known; nurses all three."""
    clerk = post.open("clara")
    for number, connection in ((CY, "citizen"), (BO, "spouse"), (ANA, "")):
        clerk.execute(c.EditRecord("people", number, {"occupation": "2221", "connection": connection}))
    post.open("amel").execute(c.ChangeSetting("belonging", DEFINITION))
    return post


def found(post: Post, query: str) -> set[str]:
    registry = post.open("mara")
    return {hit.name for hit in registry.read(q.Search(query)).results}


def test_the_inventory_counts_who_counts_and_its_cells_find_just_them(counted: Post) -> None:
    registry = counted.open("mara")
    table = registry.read(q.SkillsInventory("occupation:2221"))
    assert (table.total, table.outside, table.belonging) == (1, 2, WORDS)
    assert found(counted, table.query_of(None, None)) == found(counted, table.query_of(0, 0)) == {"Cy Pattern"}
    wide = registry.read(q.SkillsInventory("country:FRA OR name:cy", everybody=True))
    assert (wide.total, wide.outside, wide.belonging) == (3, 0, WORDS)
    assert found(counted, wide.query_of(None, None)) == {"Ana Exemple", "Bo Sample", "Cy Pattern"}
    with in_language("fr"):
        assert "Citoyen" in registry.read(q.SkillsInventory()).belonging


def test_the_workbook_says_who_counts(counted: Post, tmp_path: Path) -> None:
    registry = counted.open("mara")
    made = registry.execute(c.WriteSkillsWorkbook("", tmp_path / "skills.xlsx", "test")).value
    assert (made.people, dict(made.left_out), made.belonging) == (1, {"outside": 2}, WORDS)
    book = load_workbook(tmp_path / "skills.xlsx")
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Who counts"] == WORDS
    assert about["Left out: Does not count by the ministry's definition"] == 2
    dictionary = [row[2] for row in book["Data dictionary"].iter_rows(values_only=True)]
    assert any(str(meaning).endswith(f"; only who counts: {WORDS}") for meaning in dictionary)
    footer = book["People"].oddFooter
    assert footer is not None
    assert "who counts: see the sheet “About”" in str(footer.left.text)
    everybody = registry.execute(c.WriteSkillsWorkbook("", tmp_path / "all.xlsx", "test", everybody=True)).value
    assert (everybody.people, dict(everybody.left_out), everybody.belonging) == (2, {"individually": 1}, "")
    about = {row[0]: row[1] for row in load_workbook(tmp_path / "all.xlsx")["About"].iter_rows(values_only=True)}
    assert about["Who counts"] == "Everybody"


def test_without_a_definition_everybody_counts(post: Post) -> None:
    table = post.open("mara").read(q.SkillsInventory())
    assert (table.total, table.outside, table.belonging) == (3, 0, "")


@pytest.mark.parametrize("definition", ["-state:deceased birth_date<=2010", 'name:ana "rue inventée" -bo'])
def test_other_definitions_are_told_too(post: Post, definition: str) -> None:
    post.open("amel").execute(c.ChangeSetting("belonging", definition))
    table = post.open("mara").read(q.SkillsInventory())
    told = {
        "-state:deceased birth_date<=2010": "not Registration state: Deceased and Date of birth ≤ 2010",
        'name:ana "rue inventée" -bo': "Full name: ana and “rue inventée” and not “bo”",
    }
    assert table.belonging == told[definition]


def test_a_definition_speaks_only_of_what_all_who_count_see(post: Post) -> None:
    admin = post.open("amel")
    with pytest.raises(Invalid, match="is not a field"):
        admin.execute(c.ChangeSetting("belonging", "remittance:yes"))


def test_a_definition_names_no_segment(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.SaveSegment("Ours", "connection:citizen", shared=True))
    with pytest.raises(Invalid, match="names no segment"):
        admin.execute(c.ChangeSetting("belonging", "-state:deceased in:Ours"))
