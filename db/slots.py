"""A key slot of keys.json: a key pair whose private half a password opens; keys sealed to the public half."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID, uuid4

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import Damaged, WrongPassword
from db.passwords import normalised
from db.sealed import bind

USER = "user"
RECOVERY = "recovery"

_KEY = 32
_NONCE = 12
_SALT = 16
_DATA = b"data key"
_COMPARTMENT = b"compartment key"


@dataclass(frozen=True)
class Cost:
    """What one try of a password costs: Argon2id (RFC 9106) with memory in KiB, passes and lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        # An altered file must not make the program ask for a terabyte.
        if not (8 * self.lanes <= self.memory <= 2**20 and 1 <= self.passes <= 100 and 1 <= self.lanes <= 16):
            raise ValueError("Argon2 parameters out of range")

    def derive(self, password: str, salt: bytes) -> bytes:
        """The 32-byte key that wraps the private key; 0.25 s with the defaults."""
        return hash_secret_raw(normalised(password), salt, self.passes, self.memory, self.lanes, _KEY, Type.ID)


@dataclass(frozen=True)
class Unlocked:
    """What a password opened: the keys of one slot, by generation. Never written, never shown.

    Attributes:
        slot_id: whose slot it is.
        private_key: the slot's X25519 private key.
        data_keys: one; two while a re-keying is unfinished, and the database opens with either.
        compartment_keys: every generation, or none if this user may not open protected values.
    """

    slot_id: str
    private_key: bytes = field(repr=False)
    data_keys: Mapping[int, bytes] = field(repr=False)
    compartment_keys: Mapping[int, bytes] = field(repr=False)

    @property
    def data_key(self) -> bytes:
        """The newest data key."""
        return self.data_keys[max(self.data_keys)]

    @property
    def compartment_key(self) -> bytes | None:
        """The newest key of the protected compartment."""
        return self.compartment_keys[max(self.compartment_keys)] if self.compartment_keys else None


@dataclass(frozen=True)
class Slot:
    """What stands in the file about one user or recovery key. Bytes are ciphertext or public."""

    id: str
    kind: str
    name: str
    public_key: bytes
    cost: Cost
    salt: bytes
    private_key: bytes
    data_keys: Mapping[int, bytes] = field(default_factory=dict)
    compartment_keys: Mapping[int, bytes] = field(default_factory=dict)

    @classmethod
    def make(cls, registry: UUID, kind: str, name: str, password: str, cost: Cost) -> Self:
        """A slot with a new key pair and no keys sealed to it yet."""
        return cls(uuid4().hex, kind, name, b"", cost, b"", b"").with_new_pair(registry, password, cost)

    def with_new_pair(self, registry: UUID, password: str, cost: Cost) -> Self:
        """The same person's slot with another key pair, and nothing sealed to it yet."""
        pair = X25519PrivateKey.generate()
        public_key = pair.public_key().public_bytes_raw()
        bare = replace(self, public_key=public_key, data_keys={}, compartment_keys={})
        return bare.with_password(registry, pair.private_bytes_raw(), password, cost)

    def with_password(self, registry: UUID, private_key: bytes, password: str, cost: Cost) -> Self:
        """The same key pair, wrapped by another password."""
        salt = secrets.token_bytes(_SALT)
        nonce = secrets.token_bytes(_NONCE)
        wrapped = AESGCM(cost.derive(password, salt)).encrypt(nonce, private_key, self._wrapping(registry))
        return replace(self, cost=cost, salt=salt, private_key=nonce + wrapped)

    def open_private_key(self, registry: UUID, wrapping_key: bytes) -> bytes:
        """The private key; `WrongPassword` if the key derived from the password does not open it."""
        nonce, wrapped = self.private_key[:_NONCE], self.private_key[_NONCE:]
        try:
            return AESGCM(wrapping_key).decrypt(nonce, wrapped, self._wrapping(registry))
        except InvalidTag:
            raise WrongPassword from None

    def with_keys(
        self, registry: UUID, data: Mapping[int, bytes] | None, compartment: Mapping[int, bytes] | None
    ) -> Self:
        """The slot with these keys, by generation, sealed to it instead of its own; None leaves its own."""
        changed = self
        if data is not None:
            changed = replace(changed, data_keys=self._seal_all(registry, _DATA, data))
        if compartment is not None:
            changed = replace(changed, compartment_keys=self._seal_all(registry, _COMPARTMENT, compartment))
        return changed

    def is_pair_of(self, private_key: bytes) -> bool:
        """Whether this private key belongs to the slot's public key."""
        public_key = X25519PrivateKey.from_private_bytes(private_key).public_key()
        return public_key.public_bytes_raw() == self.public_key

    def open_keys(self, registry: UUID, private_key: bytes) -> tuple[dict[int, bytes], dict[int, bytes]]:
        """Data keys and compartment keys by generation; `Damaged` if anything was altered."""
        if not self.is_pair_of(private_key):
            raise Damaged("public key")
        pair = X25519PrivateKey.from_private_bytes(private_key)
        opened = tuple(
            {g: self._open(pair, key, self._sealing(registry, purpose, g)) for g, key in keys.items()}
            for purpose, keys in ((_DATA, self.data_keys), (_COMPARTMENT, self.compartment_keys))
        )
        return opened[0], opened[1]

    def _seal_all(self, registry: UUID, purpose: bytes, keys: Mapping[int, bytes]) -> dict[int, bytes]:
        return {g: self._seal(key, self._sealing(registry, purpose, g)) for g, key in keys.items()}

    def _seal(self, key: bytes, bound: bytes) -> bytes:
        ephemeral = X25519PrivateKey.generate()
        public = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.public_key))
        nonce = secrets.token_bytes(_NONCE)
        return public + nonce + AESGCM(self._sealing_key(shared, public, bound)).encrypt(nonce, key, bound)

    def _open(self, pair: X25519PrivateKey, sealed: bytes, bound: bytes) -> bytes:
        public, nonce, rest = sealed[:_KEY], sealed[_KEY : _KEY + _NONCE], sealed[_KEY + _NONCE :]
        try:
            shared = pair.exchange(X25519PublicKey.from_public_bytes(public))
            return AESGCM(self._sealing_key(shared, public, bound)).decrypt(nonce, rest, bound)
        except (InvalidTag, ValueError):
            raise Damaged("sealed key") from None

    def _sealing_key(self, shared: bytes, ephemeral: bytes, bound: bytes) -> bytes:
        return HKDF(SHA256(), _KEY, salt=ephemeral + self.public_key, info=bound).derive(shared)

    def _wrapping(self, registry: UUID) -> bytes:
        return bind(b"private key", registry.bytes, self.id.encode(), self.public_key)

    def _sealing(self, registry: UUID, purpose: bytes, generation: int) -> bytes:
        return bind(purpose, registry.bytes, self.id.encode(), generation.to_bytes(4, "big"))

    def as_json(self) -> dict[str, Any]:
        """What is written of it: bytes in hexadecimal, generations as text."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "public_key": self.public_key.hex(),
            "argon2id": {"memory": self.cost.memory, "passes": self.cost.passes, "lanes": self.cost.lanes},
            "salt": self.salt.hex(),
            "private_key": self.private_key.hex(),
            "data_keys": {str(g): sealed.hex() for g, sealed in self.data_keys.items()},
            "compartment_keys": {str(g): sealed.hex() for g, sealed in self.compartment_keys.items()},
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote; raises `KeyError`, `TypeError` or `ValueError` on anything else."""
        if content["kind"] not in (USER, RECOVERY) or len(content["public_key"]) != 2 * _KEY:
            raise ValueError("not a slot")
        return cls(
            str(content["id"]),
            content["kind"],
            str(content["name"]),
            bytes.fromhex(content["public_key"]),
            Cost(**content["argon2id"]),
            bytes.fromhex(content["salt"]),
            bytes.fromhex(content["private_key"]),
            {int(g): bytes.fromhex(sealed) for g, sealed in content["data_keys"].items()},
            {int(g): bytes.fromhex(sealed) for g, sealed in content["compartment_keys"].items()},
        )


def same_name(one: str, other: str) -> bool:
    """Whether two sign-in names are the same to a person who types them."""
    first, second = (unicodedata.normalize("NFC", name.strip()).casefold() for name in (one, other))
    return first == second
