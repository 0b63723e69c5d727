"""A small registry of invented people to look for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.fields import ASSOCIATIONS, PEOPLE

PEOPLE_ROWS: tuple[dict[str, str], ...] = (
    {
        "full_name": "Maria Đorđević",
        "family_name": "Đorđević",
        "given_name": "Maria",
        "sex": "female",
        "birth_date": "1985-03-12",
        "address.city": "Lyon",
        "address.country": "FRA",
        "phone": "+33 1 99 00 12 34",
        "email": "maria@example.org",
        "occupation": "Registered nurse",
        "skill": "Nursing",
        "skill.level": "3",
        "language": "fr",
        "language.level": "C1",
        "consent.outreach_news.letter": "given",
        "external_id": "A-17",
        "document.number": "P1234567",
        "citizenship": "XDR",
        "citizenship.2": "FRA",
    },
    {
        "full_name": "Đorđević Maria Ana",
        "sex": "female",
        "birth_date": "1985~",
        "address.city": "Saint-Étienne",
        "address.country": "FRA",
        "language": "fr",
        "language.level": "A2",
        "consent.outreach_news.letter": "refused",
        "consent.outreach_news.email": "given",
    },
    {
        "full_name": "Ivan Petrov",
        "native_name": "Иван Петров",
        "sex": "male",
        "birth_date": "1990-01",
        "address.city": "Berlin",
        "address.country": "DEU",
        "occupation": "Teacher",
        "state": "deceased",
        "language": "de",
        "language.level": "native",
    },
    {
        "full_name": "Wang Xiaoming",
        "native_name": "王小明",
        "birth_date": "1972-11-30",
        "address.city": "Genève",
        "address.country": "CHE",
        "phone": "+41 22 555 01 23",
        "phone.2": "022 555 99 88",
        "notes": "Wrote about the choir",
    },
    {"full_name": "Lyon Bernard", "address.country": "BEL", "address.city": "Namur"},
    {
        "full_name": "Zoe Adler",
        "address.city": "Berlin",
        "address.country": "DEU",
        "address.to": "2001-05",
        "address.city.2": "Porto",
        "address.country.2": "PRT",
    },
)
ASSOCIATION_ROWS: tuple[dict[str, str], ...] = (
    {"name": "Élan des jeunes", "acronym": "EDJ", "members": "40", "founded": "1999", "type": "youth"},
    {"name": "Chorus of the Lake", "members": "12", "founded": "2010-05"},
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a registry with these people."""
    place = tmp_path_factory.mktemp("search") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as registry:
        registry.execute(LoadDemonstration(PEOPLE, PEOPLE_ROWS))
        registry.execute(LoadDemonstration(ASSOCIATIONS, ASSOCIATION_ROWS))
    return place


@pytest.fixture(scope="module")
def registry(folder: Path) -> Iterator[Registry]:
    """The registry with these people, opened."""
    with Registry.open(folder, "demo", "demo") as opened:
        yield opened
