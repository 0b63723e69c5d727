"""A small register whose people are at different points of a registration."""

from __future__ import annotations

from datetime import date, timedelta

from registry.app import Registry
from registry.commands import AddRecord
from registry.queries import GetRecord, GetRegistration

PASSWORD = "demo"
HOME = {
    "address.street": "12 rue Inventée",
    "address.city": "Lyon",
    "address.postal_code": "69002",
    "address.country": "FRA",
}


def ago(days: int) -> str:
    """The day so many days ago; a negative number of days lies ahead."""
    return (date.today() - timedelta(days=days)).isoformat()


def add(registry: Registry, name: str, kind: str = "people", **texts: str) -> int:
    """Somebody; underscores twice stand for the dot in a field's name."""
    named = {field.replace("__", "."): text for field, text in texts.items()}
    head = {"full_name": name, **HOME} if kind == "people" else {"name": name}
    return registry.execute(AddRecord(kind, {**head, **named})).value.id


def values(registry: Registry, record_id: int, kind: str = "people") -> dict[str, str]:
    """What the card says."""
    return dict(registry.read(GetRecord(kind, record_id)).values)


def states(registry: Registry, person_id: int) -> list[tuple[str, str]]:
    """The dated states, the oldest first."""
    return [(s.state, s.since) for s in reversed(registry.read(GetRegistration(person_id)).states)]
