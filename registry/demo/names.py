"""Invented names: put together from stems and endings, in Latin letters and in the community's own script."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from registry.demo.draws import Deck, data

#: Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "ı": "i", "ə": "e"})


@dataclass(frozen=True)
class Written:
    """A name in Latin letters and, where the community has one, in its own script."""

    latin: str
    native: str = ""

    def __add__(self, other: Written) -> Written:
        return Written(self.latin + other.latin, self.native + other.native)


@dataclass(frozen=True)
class Surname:
    """A family's name in the forms that its men and its women bear."""

    male: Written
    female: Written

    def of(self, sex: str) -> Written:
        """The form a person of `sex` bears."""
        return self.female if sex == "female" else self.male


@dataclass(frozen=True)
class _Stock:
    """What one part of a name is put together from."""

    stems: list[Written]
    endings: list[tuple[Written, Written]]
    prefixes: list[Written]

    def draw(self, random: Random) -> Surname:
        stem = random.choice(self.prefixes) + random.choice(self.stems)
        male, female = random.choice(self.endings)
        return Surname(stem + male, stem + female)


class Community:
    """One of the home country's communities with its script and its habits of naming."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.script: str = description["script"]
        self.language: str = description["language"]
        self.order: str = description["order"]
        self._separator: str = description.get("separator", " ")
        self._given = {sex: _stock(parts) for sex, parts in description["given"].items()}
        self._family = _stock(description["family"]) if "family" in description else None
        self._patronymics = [_affixes(text) for text in description.get("patronymic", ())]

    def given(self, sex: str, random: Random) -> Written:
        """A given name that women or men bear; any of both for others."""
        bearer = sex if sex in self._given else random.choice(("male", "female"))
        return self._given[bearer].draw(random).of(bearer)

    def surname(self, random: Random) -> Surname | None:
        """A family's name; None where people bear their father's given name instead."""
        return self._family.draw(random) if self._family else None

    def patronymic(self, father: Written, sex: str) -> Written:
        """The name after the father; empty where the community has none."""
        if not self._patronymics:
            return Written("")
        before, after = self._patronymics[sex == "female"]
        return before + father + after

    def whole(self, given: Written, patronymic: Written, family: Written) -> Written:
        """The parts in the community's own order."""
        parts = [given, patronymic, family]
        if self.order == "family_first":
            parts = [family, given]
        latin = " ".join(part.latin for part in parts if part.latin)
        return Written(latin, self._separator.join(part.native for part in parts if part.native))


@cache
def communities() -> dict[Community, int]:
    """Every community and its weight in the whole."""
    return {Community(description): description["weight"] for description in data("names")["communities"]}


def mononyms(random: Random) -> Deck[Written]:
    """Names of people who bear only one."""
    return Deck(random, {_written(text): 1 for text in data("names")["single"]})


@cache
def plain(text: str) -> str:
    """`text` in the small letters a to z that an e-mail address is made of."""
    parts = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return "".join(mark for mark in parts if mark.isascii() and mark.isalpha())


def _written(text: str) -> Written:
    latin, _bar, native = text.partition("|")
    return Written(latin, native)


def _affixes(text: str) -> tuple[Written, Written]:
    """`bin /|بن /` -> what stands before and what after the father's name, in both scripts."""
    latin, _bar, native = text.partition("|")
    latin_before, _slash, latin_after = latin.partition("/")
    native_before, _slash, native_after = native.partition("/")
    return Written(latin_before, native_before), Written(latin_after, native_after)


def _stock(parts: dict[str, list[str]]) -> _Stock:
    endings = []
    for text in parts["endings"]:
        male, slash, female = text.partition(" / ")
        endings.append((_written(male), _written(female if slash else male)))
    return _Stock(
        [_written(text) for text in parts["stems"]],
        endings,
        [_written(text) for text in parts.get("prefixes", [""])],
    )
