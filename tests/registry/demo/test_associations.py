"""The invented associations."""

from __future__ import annotations

import phonenumbers

from registry import fields, vocabularies
from registry.demo.associations import associations
from registry.demo.people import people


def test_sixty_of_every_type_and_level_with_their_own_names() -> None:
    rows = list(associations(1))
    assert len(rows) == len({row["name"] for row in rows}) == 60
    assert {row["type"] for row in rows} == set(vocabularies.get("association_type").codes)
    assert {row["level"] for row in rows} == set(vocabularies.get("association_level").codes)
    assert any(not name.isascii() and ord(name[0]) > 0x370 for name in (row["name"] for row in rows))
    assert not any("{" in row["name"] for row in rows)


def test_same_seed_same_associations() -> None:
    assert list(associations(4)) == list(associations(4))
    assert list(associations(4)) != list(associations(5))


def test_only_fields_of_the_registry_and_valid_telephones() -> None:
    for row in associations(1):
        assert [name for name in row if fields.find(fields.ASSOCIATIONS, name) is None] == []
        assert phonenumbers.is_valid_number(phonenumbers.parse(row["phone"], "FR"))
        assert row["email"].endswith(".example.org")


def test_people_are_members_of_these() -> None:
    names = {row["name"] for row in associations(1)}
    joined = [text for row in people(1000, 1) for name, text in row.items() if name.startswith("association")]
    assert len(joined) > 100
    assert set(joined) <= names
