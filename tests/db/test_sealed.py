"""Sealed values: opened by their key, in their row, and by nothing else."""

from __future__ import annotations

import secrets

import pytest

from db.errors import Damaged, NoCompartmentKey
from db.sealed import generation_of, open_sealed, seal

KEYS = {1: secrets.token_bytes(32), 2: secrets.token_bytes(32)}
REGISTRY = secrets.token_bytes(16)
ROW = secrets.token_bytes(16)
VALUE = "statut irrégulier, ne pas écrire".encode()


def test_newest_key_seals_and_every_generation_opens() -> None:
    old = seal({1: KEYS[1]}, REGISTRY, "status", ROW, VALUE)
    new = seal(KEYS, REGISTRY, "status", ROW, VALUE)
    assert (generation_of(old), generation_of(new)) == (1, 2)
    assert open_sealed(KEYS, REGISTRY, "status", ROW, old) == VALUE
    assert open_sealed(KEYS, REGISTRY, "status", ROW, new) == VALUE
    assert VALUE not in new
    assert seal(KEYS, REGISTRY, "status", ROW, VALUE) != new


def test_without_the_key_nothing_opens() -> None:
    sealed = seal(KEYS, REGISTRY, "status", ROW, VALUE)
    with pytest.raises(NoCompartmentKey):
        open_sealed({1: KEYS[1]}, REGISTRY, "status", ROW, sealed)
    with pytest.raises(NoCompartmentKey):
        seal({}, REGISTRY, "status", ROW, VALUE)
    with pytest.raises(Damaged):
        open_sealed({2: KEYS[1]}, REGISTRY, "status", ROW, sealed)


def test_bound_to_registry_field_and_row() -> None:
    sealed = seal(KEYS, REGISTRY, "status", ROW, VALUE)
    for registry, field, row in (
        (secrets.token_bytes(16), "status", ROW),
        (REGISTRY, "statu", b"s" + ROW),
        (REGISTRY, "status", secrets.token_bytes(16)),
    ):
        with pytest.raises(Damaged):
            open_sealed(KEYS, registry, field, row, sealed)


def test_every_changed_byte_and_every_cut_is_noticed() -> None:
    sealed = seal(KEYS, REGISTRY, "status", ROW, VALUE)
    for place in range(len(sealed)):
        flipped = bytearray(sealed)
        flipped[place] ^= 1
        with pytest.raises((Damaged, NoCompartmentKey)):
            open_sealed(KEYS, REGISTRY, "status", ROW, bytes(flipped))
        with pytest.raises((Damaged, NoCompartmentKey)):
            open_sealed(KEYS, REGISTRY, "status", ROW, sealed[:place])
