"""Terms about dates, places, relatives, consent and answers: what each finds in a real register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import ActivateProfile, AddRecord, SaveProfile, SetHostFact
from registry.dates import years_later
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import LANGUAGES, translate
from registry.queries import ListIds
from registry.search.days import UNITS
from tests.days import day
from tests.registry.profiles.templates import GUILD

CHOIR, ALMA, BRUNO, CIRO, DORA, EMIL = range(1, 7)


def rows() -> tuple[dict[str, str], ...]:
    today = date.today()
    return (
        {
            "full_name": "Alma Varela", "birth_date": years_later(today, -30).isoformat(), "last_confirmed": day(-40),
            "address.city": "Lyon", "address.country": "FRA", "origin_region": "DE-BY", "skill": "Civil engineering",
            "skill.level": "3", "association": "Choir of the Lake", "language": "fr", "language.level": "B2",
            "profile.guild.topics": "weaving", "profile.guild.topics.2": "soil", "profile.guild.hours": "12",
            "profile.guild.since": "2019-05", "profile.guild.motto": "Thread by thread",
            "consent.outreach_news.letter": "given",
        },
        {
            "full_name": "Bruno Kestrel", "birth_date": years_later(today - timedelta(days=1), -18).isoformat(),
            "last_confirmed": years_later(today, -3).isoformat(), "address.city": "Villeurbanne",
            "address.country": "FRA", "origin_region": "Bavaria", "relative": "Alma Varela", "relative.kind": "parent",
            "document.expires": day(20),
        },
        {
            "full_name": "Ciro Lindqvist", "birth_date": "1985~", "address.city": "Genève", "address.country": "CHE",
            "origin_region": "Bayern", "document.expires": day(400),
            "consent.outreach_news.letter": "refused", "profile.guild.hours": "4",
        },
        {
            "full_name": "Dora Quist", "birth_date": "1985", "address.city": "Paris", "address.country": "FRA",
            "origin_region": "Hesse", "document.expires": day(-10),
        },
        {"full_name": "Emil Ortega", "birth_date": "1985-06", "address.city": "Nowhere-upon-Sea"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("terms") / "registry"
    setup.create(folder, post="LYS", country="FRA", home="DEU", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as opened:
        opened.execute(SaveProfile(GUILD))
        opened.execute(ActivateProfile("guild"))
        opened.execute(AddRecord(ASSOCIATIONS, {"name": "Choir of the Lake", "address.city": "Lyon",
                                                "address.country": "FRA", "officer": "Dora Quist"}))  # fmt: skip
        for row in rows():
            if row.get("relative") == "Alma Varela":
                (alma,) = opened.read(ListIds(PEOPLE, '"alma varela"'))
                row = row | {"relative": number_of(opened, alma)}
            opened.execute(AddRecord(PEOPLE, row))
        opened.execute(SetHostFact("CHE", "dual_citizenship", "yes", "the law"))
        yield opened


def number_of(registry: Registry, record_id: int) -> str:
    from registry.queries import GetRecord

    return registry.read(GetRecord(PEOPLE, record_id)).number


def ids(registry: Registry, query: str, kind: str = PEOPLE) -> set[int]:
    return set(registry.read(ListIds(kind, query)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Ages: `<` is younger or more lately, `>` older or longer ago, `:` so many full ones.
        ("confirmed<2m", {ALMA}),
        ("confirmed<=40d", {ALMA}),
        ("confirmed<40d", set()),
        ("confirmed>5w", {ALMA, BRUNO}),
        ("confirmed>2y", {BRUNO}),
        ("confirmed>=3y", {BRUNO}),
        ("confirmed>3y", set()),
        ("confirmed:3y", {BRUNO}),
        ("-confirmed<2y", {BRUNO, CIRO, DORA, EMIL}),
        ("born>=30y", {ALMA, CIRO, DORA, EMIL}),
        ("born>30y", {CIRO, DORA, EMIL}),
        ("born:30y", {ALMA}),
        ("born<=30y born>=18y", {ALMA, BRUNO}),
        ("born<18y", set()),
        # What lies ahead.
        ("document.expires<+6w", {BRUNO}),
        ("document.expires>+1y", {CIRO}),
        ("document.expires:+1y", {CIRO}),
        ("document.expires<2m", {DORA}),
        ("document.expires>=0d", {DORA}),
        ("document.expires>=+0d", {BRUNO, CIRO}),
        # A year or a month that is kept counts as its first day, estimated or not.
        ("born:1985", {CIRO, DORA, EMIL}),
        ("born<1985-06", {CIRO, DORA}),
        ("born<=1985-06", {CIRO, DORA, EMIL}),
        ("born>1985-01-01 born<1990", {EMIL}),
        ("born>=1985-01-01 born<1990", {CIRO, DORA, EMIL}),
        ("born>=1985-01 born<1990", {CIRO, DORA, EMIL}),
        ("born<1985-01-01", set()),
        ("born<1985-01", set()),
        ("born<=1985-01-01", {CIRO, DORA}),
        ("born>=1985-06-01 born<1990", {EMIL}),
        ("born>1985-06-01 born<1990", set()),
        ("born<1985-06-15", {CIRO, DORA, EMIL}),
        ("born:1985-06", {EMIL}),
        # Places.
        ("near:Lyon", {ALMA, BRUNO}),
        ("près:Lyon<150km", {ALMA, BRUNO, CIRO}),
        ("near:lyon<=5km", {ALMA, BRUNO}),
        ("near:Lyon<1km", {ALMA}),
        ('near:"Lyon, FR<90mi"', {ALMA, BRUNO, CIRO}),
        ('near:"Lyon, FR"<90mi', {ALMA, BRUNO, CIRO}),
        ("near:Lyon>300km", {DORA}),
        ("near:none", {EMIL}),
        ("near:Женева<20km", {CIRO}),
        ("country:France -near:Lyon", {DORA}),
        ("region:Bavaria", {ALMA, BRUNO, CIRO}),
        ("région:Bavière", {ALMA, BRUNO, CIRO}),
        ("region:DE-BY", {ALMA, BRUNO, CIRO}),
        ("region:BY", {ALMA, BRUNO, CIRO}),
        ("region:hes", {DORA}),
        ("region:none", {EMIL}),
        ("host.dual_citizenship:yes", {CIRO}),
        # Related records, from both sides.
        ("association:choir", {ALMA}),
        ("association:none", {BRUNO, CIRO, DORA, EMIL}),
        ("relative:alma", {BRUNO}),
        ("relative:bruno", {ALMA}),
        ("relative:any", {ALMA, BRUNO}),
        ("relative:none", {CIRO, DORA, EMIL}),
        ("relationship:parent", {BRUNO}),
        ("relationship:child", {ALMA}),
        ('skill:"civil engineering"', {ALMA}),
        ('skill:"civil engineering">=3', {ALMA}),
        ('skill:"civil engineering>3"', set()),
        ("skill:civil:3", {ALMA}),
        ("skill:civil:advanced", {ALMA}),
        ('skill:"civil: engineering"', {ALMA}),
        ("language:French>=B1", {ALMA}),
        # Consent.
        ("consent:any", {ALMA, CIRO}),
        ("consentement:aucun", {BRUNO, DORA, EMIL}),
        ("consent:news/refused", {CIRO}),
        ("consentement:nouvelles/courrier", {ALMA}),
        # Answers to a ministry's own questions.
        ("profile.guild.topics:weaving", {ALMA}),
        ("topics_to_pass_on:soil", {ALMA}),
        ('sujets_à_transmettre:"soin des sols"', {ALMA}),
        ("profile.guild.hours>=5", {ALMA}),
        ("heures_par_mois<5", {CIRO}),
        ("mentor_since<2020", {ALMA}),
        ("profile.guild.motto:thread", {ALMA}),
        ("profile.guild.motto:none", {BRUNO, CIRO, DORA, EMIL}),
    ],
)
def test_terms(registry: Registry, query: str, found: set[int]) -> None:
    assert ids(registry, query) == found


def test_terms_about_associations(registry: Registry) -> None:
    for query in ("near:Villeurbanne<10km", "officer:dora", "dirigeant:quist", "country:FR", "members:none"):
        assert ids(registry, query, ASSOCIATIONS) == {CHOIR}
    assert ids(registry, "near:Paris<10km", ASSOCIATIONS) == set()


def test_a_relative_is_found_by_number(registry: Registry) -> None:
    assert ids(registry, f"relative:{number_of(registry, ALMA)}") == {BRUNO}
    assert ids(registry, f"relative:{number_of(registry, BRUNO)}") == {ALMA}


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_of_time_have_letters_in_every_language(registry: Registry, language: str) -> None:
    year, month, week, day = translate(UNITS, language).split()
    assert ids(registry, f"confirmed>2{year}") == {BRUNO}
    assert ids(registry, f"confirmed<2{month}") == ids(registry, f"confirmed<6{week}") == {ALMA}
    assert ids(registry, f"confirmed<=40{day}") == {ALMA}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("x born:soon", "“born” at position 3: “soon” is not a date."),
        ("confirmed<2x", "“confirmed” at position 1: “2x” is not a date."),
        ("x profile.guild.hours:many", "“profile.guild.hours” at position 3: “many” is not a whole number."),
        ("near:Lyonn<5km", "“Lyonn” at position 1 is not a city. Did you mean “Lyon”?"),
        ("near:Qqqqq", "“Qqqqq” at position 1 is not a city that is known here."),
        ('near:"Lyon, Atlantis"', "“Lyon, Atlantis” at position 1 is not a city"),
        ("a near:Lyon<far", "“far” at position 3 is not a distance. Write it as near:Lyon<100km."),
        ("near:<5", "is not a distance"),
        ("near>5", "has no order"),
        ("country:Alemagne", "Did you mean “Allemagne”?"),
        ("language:fr>=B9", "“B9” at position 1 is not a value of “language”. Did you mean “B"),
        ("neer:Lyon", "Did you mean “near”?"),
        ("relationship:chld", "Did you mean “Child”?"),
    ],
)
def test_mistakes_say_where_and_what_comes_nearest(registry: Registry, query: str, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        ids(registry, query)
    assert says in str(caught.value)


@pytest.mark.parametrize("query", ["confirmed<99999y", "confirmed>99999w", "born:+99999d", "born<+99999m", "born>0y"])
def test_distances_beyond_the_calendar_are_no_mistake(registry: Registry, query: str) -> None:
    assert ids(registry, query) <= {ALMA, BRUNO, CIRO, DORA, EMIL} | {CHOIR}
