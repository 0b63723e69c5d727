"""A registry of invented people with occupations, skills, languages and schools: coded, half coded and as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.fields import PEOPLE

OCCUPATIONS = (
    "2221",
    "2211",
    "22",
    "221",
    "3",
    "5321",
    "2310",
    "7212",
    "0110",
    "Fortune reader",
    "22 years of odd jobs",
)
SKILLS = ("nursing_care", "health_skills", "research_methods", "research_skills", "translation", "Yodelling")
COUNTRIES = ("FRA", "DEU", "CHE", "PRT")
LANGUAGES = ("fr", "de", "ar", "pt")
LEVELS = ("A2", "B1", "B2", "C1", "native", "")
DATES = ("2020", "2020-01", "2020-01-05", "2099", "2099-05-01", "2019~")
AGREES = {"consent.skills_inventory.letter": "given", "consent.skills_inventory.sms": "refused"}
REFUSES = {"consent.skills_inventory.email": "refused"}


def rows(count: int = 90) -> tuple[dict[str, str], ...]:
    """Invented people: each value may be missing, several or still text."""
    return tuple(_person(Random(number), number) for number in range(count))


def _person(random: Random, number: int) -> dict[str, str]:
    row = {"full_name": f"Invented Person {number}", "external_id": f"I{number}"}

    def put(name: str, choices: tuple[str, ...], chance: float = 0.8) -> None:
        if random.random() < chance:
            row[name] = random.choice(choices)

    put("sex", ("male", "female", "other", "unknown"))
    put("generation", ("1", "1.5", "2", "3+"))
    put("available_from", DATES, 0.7)
    put("willing", ("yes", "no", "on_conditions"))
    put("trained_occupation", OCCUPATIONS, 0.3)
    put("birth_date", ("1980", "1985-03-12", "1971-05~"))
    put("state", ("active", "deceased"), 0.5)
    for place in ("", ".2"):
        chance = 0.4 if place else 0.8
        put(f"occupation{place}", OCCUPATIONS, chance)
        put(f"skill{place}", SKILLS, chance)
        put(f"education.level{place}", ("3", "6", "7", "8"), chance)
        put(f"address.country{place}", COUNTRIES, chance)
        put(f"language{place}", LANGUAGES, chance)
        if f"skill{place}" in row:
            put(f"skill.level{place}", ("1", "2", "3", "4"))
        if f"language{place}" in row:
            put(f"language.level{place}", tuple(filter(None, LEVELS)), 0.9)
        if f"address.country{place}" in row and random.random() < 0.2:
            row[f"address.to{place}"] = "2001"
        if f"occupation{place}" in row and random.random() < 0.3:
            row[f"occupation.to{place}"] = "2010-06"
    row |= REFUSES if number % 15 == 1 else AGREES if number % 15 == 2 else {}
    return row


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the registry."""
    place = tmp_path_factory.mktemp("skills") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as registry:
        registry.execute(LoadDemonstration(PEOPLE, rows()))
    return place


@pytest.fixture(scope="module")
def registry(folder: Path) -> Iterator[Registry]:
    """The registry, opened."""
    with Registry.open(folder, "demo", "demo") as opened:
        yield opened
