"""A registry of invented people and associations, with umbrellas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, LoadDemonstration
from registry.demo.associations import associations
from registry.demo.people import people
from registry.vocabularies import DEMONSTRATION_COUNTRY

#: Name, umbrella, members.
UMBRELLAS = (
    ("Lantern Council", "", "900"),
    ("Harbour League", "Lantern Council", "300"),
    ("Harbour Choir", "Harbour League", "40"),
    ("Meadow Circle", "Lantern Council", ""),
    ("Lonely Club", "", "12"),
)


@pytest.fixture(scope="package")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Three hundred invented people, the associations of the demonstration, and five under umbrellas."""
    folder = tmp_path_factory.mktemp("engagement") / "registry"
    setup.create(
        folder, post="LYS", country="FRA", home=DEMONSTRATION_COUNTRY, admin="demo", password="demo", demonstration=True
    )
    with Registry.open(folder, "demo", "demo") as opened:
        opened.execute(LoadDemonstration("associations", tuple(associations(3))))
        for name, umbrella, members in UMBRELLAS:
            given = {"name": name, "type": "cultural", "address.country": "PRT", "address.city": "Porto"}
            given |= ({"parent": umbrella} if umbrella else {}) | ({"members": members} if members else {})
            opened.execute(AddRecord("associations", given))
        opened.execute(LoadDemonstration("people", tuple(people(300, 3))))
        yield opened
