"""Everything that can be counted by: found by its name, its groups in words, and each group's query finds the group."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry import setup
from registry.access import Role, Session
from registry.app import Registry
from registry.commands import ActivateProfile, EditRecord, LoadDemonstration, SaveProfile, SetHostFact
from registry.demo.associations import associations
from registry.demo.people import people
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import CountBy, ListIds
from registry.search.folding import fold
from registry.statistics.countable import countable, find
from registry.statistics.counting import Statistics
from tests.registry.post import ANA, Post
from tests.registry.profiles.templates import ANSWERS, GUILD

MANAGER = Session(0, "", Role.MANAGER)
#: What the ministry asks to be counted by.
ASKED = (
    *("sex", "age", "generation", "occupation", "occupation.1", "education", "sector", "sector.section"),
    *("return_intention", "host.dual_citizenship", "arrival_period", "membership", "association", "engagement_form"),
    *("trust", "obstacle", "arrival_year", "departure_year", "registered_on", "last_confirmed", "origin_region"),
    *("consular_district", "state", "willing", "availability", "weeks_a_year", "language", "skill.group"),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry of invented people and associations."""
    place = tmp_path_factory.mktemp("countable") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as opened:
        opened.execute(LoadDemonstration(ASSOCIATIONS, tuple(associations(7))))
        opened.execute(LoadDemonstration(PEOPLE, tuple(people(150, 7))))
        yield opened


def agrees(registry: Registry, table: Statistics, kind: str) -> None:
    """Every row, column and cell counts whom its query finds."""
    for down, row in enumerate(table.rows):
        query = table.query_of(down, None)
        assert row.label
        assert row.count == len(registry.read(ListIds(kind, query))), query
    for across, head in enumerate(table.columns):
        assert head.count == len(registry.read(ListIds(kind, table.query_of(None, across))))


@pytest.mark.parametrize("name", ASKED)
def test_each_group_counts_whom_its_query_finds(registry: Registry, name: str) -> None:
    table = registry.read(CountBy((name,)))
    if name not in ("occupation", "skill", "origin_region"):  # a text or a code finds more than itself, as in the list
        agrees(registry, table, PEOPLE)
    if not table.several:
        assert sum(row.count or 0 for row in table.rows) == table.total == 150


def test_a_cell_of_two_fields_opens_whom_it_counts(registry: Registry) -> None:
    table = registry.read(CountBy(("arrival_period", "membership"), "-state:deceased"))
    for down, line in enumerate(table.counts):
        for across, count in enumerate(line):
            assert count == len(registry.read(ListIds(PEOPLE, table.query_of(down, across))))
    assert {head.label for head in table.columns} == {"Member of an association", "No association known"}
    assert any("–" in row.label for row in table.rows)


@pytest.mark.parametrize("one", [c.code for c in countable(ASSOCIATIONS, MANAGER)])
def test_associations_are_counted_by_every_field_offered(registry: Registry, one: str) -> None:
    table = registry.read(CountBy((one,), kind=ASSOCIATIONS))
    assert (table.total or 0) > 0
    assert sum(row.count or 0 for row in table.rows) >= (table.total or 0)


def test_people_are_counted_by_every_field_offered(registry: Registry) -> None:
    offered = countable(PEOPLE, MANAGER)
    assert len({one.code for one in offered}) == len(offered) > 100
    for one in offered:
        table = registry.read(CountBy((one.code,)))
        assert sum(row.count or 0 for row in table.rows) >= (table.total or 0), one.code
        assert one.title
        assert one.heading


def test_what_holds_in_the_host_country_is_counted_as_it_changes(registry: Registry) -> None:
    before = registry.read(CountBy(("host.dual_citizenship",)))
    here = len(registry.read(ListIds(PEOPLE, "country:FRA")))
    registry.execute(SetHostFact("FRA", "dual_citizenship", "no", "a law", ""))
    after = registry.read(CountBy(("host.dual_citizenship",)))
    counts = {row.code: row.count or 0 for row in after.rows}
    assert counts["no"] >= here
    assert counts != {row.code: row.count for row in before.rows}
    agrees(registry, after, PEOPLE)


def test_a_query_word_names_what_it_names_in_a_query(registry: Registry) -> None:
    by_word = registry.read(CountBy(("country", "sex")))
    assert by_word.counts == registry.read(CountBy(("address.country", "sex"))).counts
    assert set(by_word.cells[0].by) == {"country", "sex"}, "as it was asked for"


@pytest.mark.parametrize(
    ("wrong", "nearest"), [("arival_year", "arrival_year"), ("phone", ""), ("generatoin", "generation")]
)
def test_the_nearest_is_named(wrong: str, nearest: str) -> None:
    with pytest.raises(Invalid, match=rf"“{wrong}” is nothing .*“{nearest}"):
        find(PEOPLE, MANAGER, wrong)


@pytest.mark.parametrize(
    "name", ["full_name", "phone", "email", "document.number", "address.street", "notes", "number"]
)
def test_nobody_is_counted_by_what_names_or_reaches_one(name: str) -> None:
    assert name not in {one.code for one in countable(PEOPLE, MANAGER)}
    with pytest.raises(Invalid):
        find(PEOPLE, MANAGER, name)


def test_what_a_user_does_not_see_is_nothing_to_count_by() -> None:
    for role in Role:
        session = Session(0, "", role)
        seen = {one.code for one in countable(PEOPLE, session)}
        for one in countable(PEOPLE, MANAGER):
            assert (one.code in seen) == session.sees(one.dimension.described)


def test_years_and_decades_stand_in_their_order(registry: Registry) -> None:
    years = [row.code for row in registry.read(CountBy(("arrival_year",))).rows if row.code]
    assert years == sorted(years, key=int)
    decades = [row.code for row in registry.read(CountBy(("arrival_period",))).rows if row.code]
    assert decades == sorted(decades, key=int)
    assert len(decades) < len(years)
    dates = [row.code for row in registry.read(CountBy(("registered_on",))).rows if row.code]
    assert all(len(year) == 4 for year in dates)


def test_texts_are_told_as_they_are_spelled_most_often(registry: Registry) -> None:
    table = registry.read(CountBy(("origin_region",)))
    known = {row.code: row.label for row in table.rows if row.code}
    assert known
    for code, label in known.items():
        assert fold(label) == code
        assert label[0].isupper(), label


def test_answers_to_a_questionnaire_are_counted(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(SaveProfile(GUILD))
    admin.execute(ActivateProfile("guild"))
    admin.execute(EditRecord(PEOPLE, ANA, ANSWERS))
    for question, code in (("mentoring", "yes"), ("topics", "soil"), ("hours", "12"), ("since", "2019"), ("craft", "")):
        table = admin.read(CountBy((f"profile.guild.{question}", "sex")))
        (row,) = [row for row in table.rows if row.code == (code or "uncoded")]
        assert row.count == 1, question
        assert list(admin.read(ListIds(PEOPLE, table.query_of(table.rows.index(row), None)))) == [ANA]
    with pytest.raises(Invalid):
        admin.read(CountBy(("profile.guild.story",)))
    with pytest.raises(Invalid, match="protected"):
        admin.read(CountBy(("profile.guild.debts",), public=True))
