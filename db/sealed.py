"""The cipher of sealed values (SECURITY.md, "Keys"): AES-256-GCM under the protected compartment's key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.errors import Damaged, NoCompartmentKey

_PURPOSE = b"sealed value"
_FORMAT = 1
_HEADER = 3  # bytes: format, then the key's generation in two
_NONCE = 12
_TAG = 16


def seal(keys: Mapping[int, bytes], registry_id: bytes, field: str, row_id: bytes, plaintext: bytes) -> bytes:
    """Encrypt one value under the newest generation of `keys` (`Unlocked.compartment_keys`).

    Bound to registry, field and the row's own 16 random bytes, not to the person: rows move unopened.
    """
    if not keys:
        raise NoCompartmentKey("sealing")
    generation = max(keys)
    header = bytes([_FORMAT]) + generation.to_bytes(2, "big")
    nonce = secrets.token_bytes(_NONCE)
    bound = bind(_PURPOSE, header, registry_id, field.encode(), row_id)
    return header + nonce + AESGCM(keys[generation]).encrypt(nonce, plaintext, bound)


def open_sealed(keys: Mapping[int, bytes], registry_id: bytes, field: str, row_id: bytes, sealed: bytes) -> bytes:
    """Decrypt what `seal` made; `NoCompartmentKey` without its key, `Damaged` if anything was changed."""
    header, nonce, rest = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
    if len(rest) < _TAG or header[0] != _FORMAT:
        raise Damaged("sealed value")
    key = keys.get(generation_of(sealed))
    if key is None:
        raise NoCompartmentKey("opening")
    bound = bind(_PURPOSE, header, registry_id, field.encode(), row_id)
    try:
        return AESGCM(key).decrypt(nonce, rest, bound)
    except InvalidTag:
        raise Damaged("sealed value") from None


def generation_of(sealed: bytes) -> int:
    """The generation of the compartment key that a sealed value needs."""
    return int.from_bytes(sealed[1:_HEADER], "big")


def bind(*parts: bytes) -> bytes:
    """What a ciphertext is bound to: each part carries its length, so that no two readings are possible."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
