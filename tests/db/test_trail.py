"""What the history keeps is read as it was written, by every later version."""

from __future__ import annotations

from hashlib import sha256

import pytest

from db.trail import _COMMON, parse


def test_what_was_packed_once_is_read_for_ever() -> None:
    packed = bytes.fromhex("833baa09661a3bcc147698222686ff00")
    trail, digest = parse(packed)[1:]
    assert (set(trail.created), digest) == ({("person", 7), ("record", 7)}, b"\x00\xff")
    for wrong in (packed[:-1], packed + b"x", b"{}"):
        with pytest.raises(ValueError, match="packed"):
            parse(wrong)
    assert sha256(_COMMON).hexdigest().startswith("da240bccd1649f52")
