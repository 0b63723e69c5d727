"""A registry as large as a country's: a million invented people with as many different words in their names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.demo.draws import Deck, data
from registry.demo.names import Community
from registry.demo.people import people
from tests.bench.registers import PASSWORD, new_registry

#: What is known of each person: thirty columns, as in a consulate's list.
COLUMNS = (
    *("external_id", "full_name", "given_name", "family_name", "native_name", "sex", "birth_date", "birth_place"),
    *("birth_country", "citizenship", "civil_status", "state", "registered_on", "valid_until", "last_confirmed"),
    *("phone", "email", "address.house_number", "address.street", "address.city", "address.postal_code"),
    *("address.country", "preferred_language", "language", "language.level", "occupation", "education.level"),
    *("generation", "origin_region", "departure_year"),
)
_AT_A_TIME = 10_000
#: Longer names are put together from two stems or three, as long as they stay names.
_LONGEST = 13


def crowd(count: int) -> Iterator[dict[str, str]]:
    """`count` invented people, the same each time; every other one bears a name of a much larger stock."""
    random = Random(9)
    communities = Deck(random, {Community(_richer(each)): each["weight"] for each in data("names")["communities"]})
    for person in islice(people(count, 7), count):
        row = {name: person[name] for name in COLUMNS if name in person}
        yield _renamed(row, communities.deal(), random) if random.random() < 0.5 else row


def crowded_registry(folder: Path, count: int) -> Path:
    """A registry of the `crowd`, by the door that loads demonstrations."""
    new_registry(folder)
    rows = crowd(count)
    with Registry.open(folder, "demo", PASSWORD) as registry:
        while some := tuple(islice(rows, _AT_A_TIME)):
            registry.execute(LoadDemonstration("people", some))
    return folder


def _renamed(row: dict[str, str], community: Community, random: Random) -> dict[str, str]:
    sex = row.get("sex", "")
    given, family = community.given(sex, random), community.surname(random)
    borne = family.of(sex) if family else community.patronymic(community.given("male", random), sex)
    whole = community.whole(given, type(given)(""), borne)
    row = row | {"full_name": whole.latin, "given_name": given.latin, "family_name": borne.latin}
    row.pop("native_name", None)
    return row | {"native_name": whole.native} if whole.native and random.random() < 0.7 else row


def _richer(description: dict[str, Any]) -> dict[str, Any]:
    """A community with the same endings of names and many more stems."""
    given = {sex: _longer(stock, 2) for sex, stock in description["given"].items()}
    family = {"family": _longer(description["family"], 3)} if "family" in description else {}
    return description | {"given": given} | family


def _longer(stock: dict[str, list[str]], most: int) -> dict[str, list[str]]:
    parts = [text.partition("|")[::2] for text in stock["stems"]]
    found = dict.fromkeys(stock["stems"])
    for number in range(2, most + 1):
        for some in product(parts, repeat=number):
            latin, native = ("".join(texts).capitalize() for texts in zip(*some, strict=True))
            if len(latin) <= _LONGEST:
                found[f"{latin}|{native}" if native else latin] = None
    return stock | {"stems": list(found)}
