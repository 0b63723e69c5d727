"""What the history keeps is read as it was written, by every later version."""

from __future__ import annotations

import pytest

from db.trail import parse


def test_what_was_packed_once_is_read_for_ever() -> None:
    packed = bytes.fromhex("43f101dc1673549391351818a4a529d50200")
    trail, digest = parse(packed)[1:]
    assert (set(trail.created), digest) == ({("person", 7), ("record", 7)}, "00ff")
    for wrong in (packed[:-1], packed + b"x", b"{}"):
        with pytest.raises(ValueError, match="packed"):
            parse(wrong)
