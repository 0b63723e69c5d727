"""How chance is drawn for the demonstration: always the same for a seed, and rare values never left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import gcd
from random import Random
from typing import Any, Generic, TypeVar

import resources

Card = TypeVar("Card")

#: The demonstration's present year; nothing in it is registered later.
THIS_YEAR = 2025


class Deck(Generic[Card]):
    """Deals every card as often as its weight before any comes again, so that rare values appear too."""

    def __init__(self, random: Random, cards: Mapping[Card, int]) -> None:
        self._random = random
        self._cards = [card for card, weight in cards.items() for _ in range(weight)]
        self._left: list[Card] = []

    def deal(self) -> Card:
        """The next card."""
        if not self._left:
            self._left = self._cards.copy()
            self._random.shuffle(self._left)
        return self._left.pop()


class Numbers:
    """The numbers below a limit in scattered order, none twice before all were given."""

    def __init__(self, random: Random, limit: int) -> None:
        self._limit = limit
        self._at = random.randrange(limit)
        self._stride = max(1, int(limit * 0.618))
        while gcd(self._stride, limit) != 1:
            self._stride += 1

    def take(self) -> int:
        """The next number, from 0 to the limit less one."""
        self._at = (self._at + self._stride) % self._limit
        return self._at


@cache
def data(name: str) -> Any:
    """The demonstration's data file `name`, read once."""
    return json.loads(resources.path("demo", f"{name}.json").read_text(encoding="utf-8"))


def filled(pattern: str, random: Random) -> str:
    """`pattern` with a digit from 1 to 9 for every '#' and a letter any postcode allows for every '@'."""
    if "#" not in pattern and "@" not in pattern:
        return pattern
    return "".join(
        str(int(random.random() * 9) + 1) if mark == "#" else random.choice("BEGHJLNPRTWXZ") if mark == "@" else mark
        for mark in pattern
    )
