"""Where the invented people live: real cities with their postcodes, streets that do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from registry.demo.draws import Deck, Numbers, data, filled


@dataclass(frozen=True)
class Home:
    """A household's address.

    Attributes:
        country: alpha-3 code, known even where the address is not.
        language: the one most spoken there.
        parts: the `address.*` fields without their prefix; empty if there is no address.
    """

    country: str
    language: str
    parts: dict[str, str]


class Telephones:
    """Numbers of one kind in one country, each given once until all were given."""

    def __init__(self, random: Random, patterns: list[str]) -> None:
        self._sources = [(pattern, Numbers(random, 10 ** pattern.count("#"))) for pattern in patterns]
        self._turn = 0

    def take(self) -> str:
        """The next number, in international form."""
        pattern, numbers = self._sources[self._turn % len(self._sources)]
        self._turn += 1
        digits = iter(f"{numbers.take():0{pattern.count('#')}d}")
        return "".join(next(digits) if mark == "#" else mark for mark in pattern)


class World:
    """The host countries of the demonstration."""

    def __init__(self, random: Random) -> None:
        places = data("places")
        self._random = random
        self._areas = places["areas"]
        self._deck = Deck(random, {index: area["weight"] for index, area in enumerate(self._areas)})
        self._faults = Deck(random, {"": 86, "none": 10, "postal_code": 2, "street": 1, "city": 1})
        self._telephones = {
            country: {kind: Telephones(random, patterns) for kind, patterns in kinds.items()}
            for country, kinds in places["phones"].items()
        }

    def home(self) -> Home:
        """A household's address; some have none, some lack a part that the post needs."""
        return self._home(self._areas[self._deck.deal()], self._faults.deal())

    def address(self) -> Home:
        """An address that is always there and always complete."""
        return self._home(self._areas[self._deck.deal()], "")

    def telephone(self, country: str, kind: str) -> str:
        """A number of `kind` (fixed, mobile); fixed where fiction has no mobile numbers in that country."""
        kinds = self._telephones[country]
        number = kinds.get(kind, kinds["fixed"]).take()
        if country == "FRA" and self._random.random() < 0.4:
            return number.replace("+33 ", "0")
        return number

    def _home(self, area: dict[str, Any], fault: str) -> Home:
        country, language = area["country"], area["language"]
        if fault == "none":
            return Home(country, language, {})
        choice = self._random.choice
        city = choice(area["cities"])
        parts = {
            "house_number": filled(choice(area["numbers"]), self._random),
            "street": choice(area["streets"]),
            "district": city.get("district", ""),
            "city": city["city"],
            "region": city.get("region", ""),
            "postal_code": filled(choice(city["postal"]), self._random),
            "country": country,
        }
        if fault:
            parts[fault] = ""
        return Home(country, language, {part: text for part, text in parts.items() if text})
