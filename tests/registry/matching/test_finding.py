"""Who is one and who is not: slips, scripts, families, twins, namesakes; in any order; and nothing explodes."""

from __future__ import annotations

import time
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.matching import keys
from registry.matching.compare import MISSING
from registry.matching.facts import RELATIONS
from registry.matching.said import PAPERS
from tests.registry.matching.people import facts_of, found, groups, strangers

CROWD = strangers(150)
EVE = {
    "given": "Évelyne",
    "family": "Saint-Amour",
    "born": "1985-03-12",
    "sex": "female",
    "phone": "+33199007788",
    "document": "AB1234567",
    "street": "12 rue Inventée",
    "city": "Lyon",
}


def of_eve(**changes: str) -> dict[str, str]:
    """Eve with other values; "" takes one out."""
    return {name: text for name, text in (EVE | changes).items() if text}


@pytest.mark.parametrize(
    "other",
    [
        of_eve(),
        of_eve(given="Evelyn", document=""),
        of_eve(given="Saint-Amour", family="Évelyne"),
        of_eve(born="1985-12-03"),
        of_eve(born="1958-03-12", document=""),
        of_eve(document="ZX7654321"),
        of_eve(street="4 avenue Ailleurs", city="Praha", phone=""),
        of_eve(family="Saintamour", phone="", street=""),
        of_eve(given="Эвелин", family="Сент-Амур", document=""),
        of_eve(given="", family="", full="SAINT-AMOUR Evelyne", sex=""),
        of_eve(born="1985", document=""),
    ],
    ids=lambda person: ", ".join(f"{n} {t}" for n, t in person.items() if EVE.get(n) != t) or "the same",
)
def test_one_person_is_found_again(other: dict[str, str]) -> None:
    assert groups(found([EVE, *CROWD, other])) == {frozenset({1, 152})}


@pytest.mark.parametrize(
    "other",
    [
        of_eve(given="Basile", born="1983-07-01", sex="male", document="QQ1111111"),
        of_eve(given="Basile", sex="male", document="QQ1111111"),
        of_eve(born="1951-06-30", document="QQ1111111"),
        of_eve(born="1951-06-30", document="", phone="+33199001111", street="9 quai Autre", city="Porto"),
        of_eve(given="Marthe", family="Dupré", born="1990-01-31", document="QQ1111111"),
    ],
    ids=["brother", "twin", "mother of her name at one address", "namesake elsewhere", "shares a flat and a telephone"],
)
def test_others_are_not_taken_for_one(other: dict[str, str]) -> None:
    assert groups(found([EVE, *CROWD, other])) == set()


def test_a_relative_known_to_the_register_is_somebody_else() -> None:
    other = of_eve(document="", street="") | {"relative": "1", "relation": "child"}
    assert groups(found([EVE, *CROWD, {n: t for n, t in other.items() if n not in ("relative", "relation")}])) != set()
    result = found([EVE, *CROWD, other])
    assert groups(result) == set()
    related = result.model.fields.index("related")
    [place] = np.flatnonzero(result.levels[:, related] != MISSING)
    assert (result.levels[place, related], result.says[place, related]) == (RELATIONS["child"], -8.0)


def test_a_renewed_passport_is_no_contradiction() -> None:
    old = of_eve() | {"paper": "passport", "issued": "2012-05-01"}
    weights = {}
    for said, changes in {
        "renewed": {"document": "ZX7654321", "issued": "2022-05-02"},
        "at once": {"document": "ZX7654321", "issued": "2012-06-02"},
        "of another kind": {"document": "ZX7654321", "issued": "2012-06-02", "paper": "identity_card"},
    }.items():
        result = found([old, *CROWD, old | changes])
        [place] = np.flatnonzero((result.facts.ids[result.first] == 1) & (result.facts.ids[result.second] == 152))
        weights[said] = dict(zip(result.model.fields, result.says[place].tolist(), strict=True))
        renewed = result.levels[place][result.model.fields.index("renewed")]
        assert renewed == (PAPERS["passport"] if said == "renewed" else MISSING)
    assert weights["renewed"]["document"] == weights["of another kind"]["document"] == 0
    assert weights["at once"]["document"] < 0


@pytest.mark.parametrize(
    "other",
    [
        of_eve(given="Ludmila", born="1987-09-30", document="QQ1111111") | {"household": "Amour"},
        of_eve(given="Ludmila", document="", phone="") | {"household": "Amour"},
        of_eve(given="Évelyne Marthe", born="2011-01-05", document="", sex="female") | {"household": "Amour"},
    ],
    ids=["sister", "twin", "daughter"],
)
def test_who_lives_in_one_household_is_not_one(other: dict[str, str]) -> None:
    assert groups(found([EVE | {"household": "Amour"}, *CROWD, other])) == set()


def test_a_group_takes_nobody_in_who_contradicts_it() -> None:
    daughter = of_eve(given="Lou", born="2010-05-05", document="")
    two = of_eve(document="", phone="")
    assert groups(found([EVE, two, daughter, *CROWD])) == {frozenset({1, 2})}


def test_a_shared_value_that_many_have_says_little() -> None:
    crowd = [person | {"phone": "+33199000000"} for person in CROWD]
    assert groups(found(crowd)) == groups(found(CROWD)) == set()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(20, 60))
def test_the_order_of_records_changes_nothing(random: Random, count: int) -> None:
    people = strangers(count, 5)
    for person in people[: count // 3]:
        twice = dict(person)
        twice[random.choice(("given", "family", "phone", "city"))] = random.choice(("Oskar", "Ana", "Somewhere"))
        people.append(twice)
    numbered = list(enumerate(people, 1))
    random.shuffle(numbered)
    results = []
    for order in (sorted(numbered), numbered):
        places = {place: original for place, (original, _person) in enumerate(order, 1)}
        result = found([person for _original, person in order])
        pairs = {
            frozenset(places[int(result.facts.ids[i])] for i in pair): round(weight, 6)
            for *pair, weight in zip(result.first, result.second, result.weights.tolist(), strict=True)
        }
        results.append((pairs, {frozenset(places[i] for i in group) for group in groups(result)}))
    assert results[0] == results[1]


@pytest.mark.parametrize("people", [[], [{}], [{}] * 50, [EVE], [{"full": "?"}] * 3], ids=repr)
def test_what_says_nothing_is_no_duplicate(people: list[dict[str, str]]) -> None:
    assert groups(found(people)) == set()


def test_ten_thousand_equal_names_do_not_explode() -> None:
    people = [{"given": "Maria", "family": "Silva"} for _ in range(10_000)]
    started = time.process_time()
    result = found(people)
    assert sum(map(len, keys.pairs_of(result.facts))) == 0
    assert groups(result) == set()
    assert time.process_time() - started < 30


def test_candidates_stay_few() -> None:
    facts = facts_of(strangers(3_000, 3))
    assert sum(map(len, keys.pairs_of(facts))) < 30 * len(facts)
