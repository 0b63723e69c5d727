"""keys.json: who can open a registry, and how (SECURITY.md, "Keys"). Changes stand in memory until `save`."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from db.engine import translated
from db.errors import (
    AlreadyExists,
    Damaged,
    KeysDiffer,
    LastSlot,
    NameTaken,
    NewerSchema,
    NoCompartmentKey,
    StaleRow,
    Unsettled,
    WrongPassword,
)
from db.passwords import new_recovery_key, read_recovery_key
from db.platform import write_atomically
from db.sealed import bind
from db.slots import RECOVERY, USER, Cost, Slot, Unlocked, same_name

FILE_NAME = "keys.json"
FORMAT = 1
#: How many recovery keys a registry has, each printed once.
RECOVERY_KEYS = 2
_KEY = 32


class KeyFile:
    """The key slots of one registry.

    Whatever seals a key is given the public keys that stand in the encrypted database, slot id -> key, and
    seals nothing if they differ from those in the file (`KeysDiffer`): who can write it cannot add himself.
    Change and `save` inside one writing transaction of the registry, so that two processes take turns.
    """

    def __init__(self, folder: Path, registry_id: UUID, cost: Cost) -> None:
        self.path = folder / FILE_NAME
        self.registry_id = registry_id
        self._cost = cost
        self._slots: dict[str, Slot] = {}
        # Slots that are being replaced: written until the change is committed, so that whichever side of a cut
        # the database stands on, the file holds what it knows; who knows none of the others drops them.
        self._retired: list[Slot] = []
        # Each new compartment key is vouched for under the one before it, which only holders know: else
        # anybody could seal a key of his choice to the public keys, and wait for values sealed under it.
        self._vouchers: dict[int, bytes] = {}
        self._saved: bytes | None = None
        self._before: bytes | None = None

    @classmethod
    def create(
        cls,
        folder: Path,
        registry_id: UUID,
        admin_name: str,
        password: str,
        recovery: int = RECOVERY_KEYS,
        *,
        cost: Cost | None = None,
    ) -> tuple[Self, Unlocked, tuple[str, ...]]:
        """Keys of a new registry, its first user and `recovery` recovery keys to print; not saved yet.

        A `cost` other than the default is for tests and the demonstration.
        """
        made = cls(folder, registry_id, cost or Cost())
        admin = Slot.make(registry_id, USER, admin_name.strip(), password, made._cost)
        made._slots[admin.id] = admin
        recovery_keys = made._new_recovery_slots(recovery)
        data, compartment = {1: secrets.token_bytes(_KEY)}, {1: secrets.token_bytes(_KEY)}
        made._reseal(made._slots, data, compartment)
        return made, made.unlock(admin_name, password), recovery_keys

    @classmethod
    def load(cls, folder: Path, *, cost: Cost | None = None) -> Self:
        """Read keys.json; `NotARegistry`, `Damaged`, `NewerSchema`. `cost` is that of new passwords."""
        with translated():
            content = (folder / FILE_NAME).read_bytes()
        return cls.parse(folder, content, cost=cost)

    @classmethod
    def parse(cls, folder: Path, content: bytes, *, cost: Cost | None = None) -> Self:
        """The key file of `folder` from its content; `Damaged`, `NewerSchema`."""
        try:
            parsed = json.loads(content)
            checksum = parsed.pop("checksum")
            if checksum != _checksum(parsed) or content != _dumped(parsed | {"checksum": checksum}):
                raise Damaged(FILE_NAME)
            if parsed["format"] > FORMAT:
                raise NewerSchema(FILE_NAME)
            read = cls(folder, UUID(parsed["registry"]), cost or Cost())
            read._vouchers = {int(g): bytes.fromhex(v) for g, v in parsed["vouchers"].items()}
            read._slots = {slot.id: slot for slot in map(Slot.from_json, parsed["slots"])}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Damaged(FILE_NAME) from None
        read._saved = content
        return read

    def save(self) -> None:
        """Write the file whole or not at all; `StaleRow` if somebody else wrote it since it was read."""
        plain = self._content()
        content = _dumped(plain | {"checksum": _checksum(plain)})
        with translated():
            if self._saved is None and self.path.exists():
                raise AlreadyExists(FILE_NAME)
            if self._saved is not None and self.path.read_bytes() != self._saved:
                raise StaleRow(FILE_NAME)
            write_atomically(self.path, content)
        self._before, self._saved = self._saved, content

    def complete(self) -> None:
        """Write the file without the slots that were replaced, once the change is committed."""
        if self._retired:
            self._retired = []
            self.save()

    def take_back(self) -> None:
        """Write the file as it was before the last `save`, unless somebody else wrote it meanwhile."""
        if self._before is not None and self._saved is not None:
            with translated():
                if self.path.read_bytes() == self._saved:
                    write_atomically(self.path, self._before)

    # --- opening --------------------------------------------------------------------------------------------

    def unlock(self, name: str, password: str) -> Unlocked:
        """What this user's password opens; `WrongPassword` for an unknown name too, after the same work."""
        users = self._of_kind(USER)
        mine = [one for one in users if same_name(one.name, name)]
        opened = self._first_opened(mine or users[:1], password)
        if not mine:
            # The first user's password, typed with a name that nobody has.
            raise WrongPassword
        return opened

    def unlock_recovery(self, recovery_key: str) -> Unlocked:
        """What a printed recovery key opens; `MistypedRecoveryKey`, `WrongPassword` if it opens nothing."""
        return self._first_opened(self._of_kind(RECOVERY), read_recovery_key(recovery_key))

    def _first_opened(self, slots: Iterable[Slot], secret: str) -> Unlocked:
        """What `secret` opens among these; a name has two slots while a reset of its password is cut off."""
        for slot in slots:
            try:
                private_key = slot.open_private_key(self.registry_id, slot.cost.derive(secret, slot.salt))
            except WrongPassword:
                continue
            return self._opened(slot, private_key)
        raise WrongPassword

    def reopen(self, unlocked: Unlocked) -> Unlocked:
        """The same user's keys as they stand now; `WrongPassword` if the slot is gone or has a new pair."""
        slot = self._slots.get(unlocked.slot_id)
        if slot is None or not slot.is_pair_of(unlocked.private_key):
            raise WrongPassword
        return self._opened(slot, unlocked.private_key)

    def _opened(self, slot: Slot, private_key: bytes) -> Unlocked:
        data, keys = slot.open_keys(self.registry_id, private_key)
        for generation in range(2, max(keys, default=1) + 1):
            voucher = self._voucher(keys.get(generation - 1, b""), generation, keys.get(generation, b""))
            if not hmac.compare_digest(voucher, self._vouchers.get(generation, b"")):
                raise Damaged("compartment key")
        if not data:
            raise Damaged("data key")
        return Unlocked(slot.id, private_key, data, keys)

    # --- public keys ----------------------------------------------------------------------------------------

    def public_keys(self) -> dict[str, bytes]:
        """Slot id -> public key, users and recovery keys; the same must stand in the database."""
        return {slot.id: slot.public_key for slot in self._slots.values()}

    def differences(self, from_database: Mapping[str, bytes]) -> frozenset[str]:
        """Ids of slots that stand on one side only, or with another public key."""
        here, there = self.public_keys(), from_database
        return frozenset(slot for slot in here.keys() | there.keys() if here.get(slot) != there.get(slot))

    def require_same_public_keys(self, from_database: Mapping[str, bytes], *, but: Iterable[str] = ()) -> None:
        """Raise `KeysDiffer` on a difference, other than in the slots that are being replaced or removed."""
        differing = self.differences(from_database) - set(but)
        if differing:
            raise KeysDiffer(differing)

    def settle(self, from_database: Mapping[str, bytes]) -> int:
        """Drop slots the database does not know: left by a change that never came to its end, or slipped in.

        Returns how many. Slots that stand on both sides with different keys stay as they are, and refused.
        """
        strangers = [slot_id for slot_id in self._slots if slot_id not in from_database]
        for slot_id in strangers:
            del self._slots[slot_id]
        return len(strangers)

    def slot_ids(self, kind: str = USER) -> list[str]:
        """Slots of one kind, `user` or `recovery`."""
        return [slot.id for slot in self._of_kind(kind)]

    def holds_compartment_key(self, slot_id: str) -> bool:
        """Whether this slot can open protected values."""
        return slot_id in self._slots and bool(self._slots[slot_id].compartment_keys)

    # --- changes --------------------------------------------------------------------------------------------

    def add_user(
        self,
        unlocked: Unlocked,
        name: str,
        password: str,
        compartment: bool,
        from_database: Mapping[str, bytes],
    ) -> str:
        """A slot for a new user, who may open protected values if `compartment`; returns its id."""
        mine = self._ready_to_seal(unlocked, from_database)
        if any(same_name(slot.name, name) for slot in self._of_kind(USER)):
            raise NameTaken
        keys = _held(mine) if compartment else {}
        slot = Slot.make(self.registry_id, USER, name.strip(), password, self._cost)
        self._slots[slot.id] = slot.with_keys(self.registry_id, mine.data_keys, keys)
        return slot.id

    def change_password(self, unlocked: Unlocked, password: str) -> None:
        """Wrap the signed-in user's own private key by a new password; nothing else changes."""
        slot = self._slots[self.reopen(unlocked).slot_id]
        changed = slot.with_password(self.registry_id, unlocked.private_key, password, self._cost)
        self._slots[slot.id] = changed

    def reset_password(
        self, unlocked: Unlocked, slot_id: str, password: str, from_database: Mapping[str, bytes]
    ) -> str:
        """Another user's forgotten password: another slot with the keys sealed anew; returns its id.

        The compartment key is lost to that user if `unlocked` does not hold it: a holder grants it again.
        """
        mine = self._ready_to_seal(unlocked, from_database, but=slot_id)
        old = self._retire(slot_id)
        keys = mine.compartment_keys if old.compartment_keys else {}
        slot = Slot.make(self.registry_id, USER, old.name, password, self._cost)
        self._slots[slot.id] = slot.with_keys(self.registry_id, mine.data_keys, keys)
        return slot.id

    def grant_compartment(self, unlocked: Unlocked, slot_id: str, from_database: Mapping[str, bytes]) -> None:
        """Let this user open protected values, old ones too; `NoCompartmentKey` unless one's own slot may."""
        mine = self._ready_to_seal(unlocked, from_database)
        self._reseal([slot_id], None, _held(mine))

    def withdraw_compartment(self, unlocked: Unlocked, slot_id: str, from_database: Mapping[str, bytes]) -> Unlocked:
        """Take a slot's compartment keys away; what is sealed from now on has a new key.

        Only who holds the old key can vouch for a new one: without it the slot loses its copy, no more.
        """
        mine = self._ready_to_seal(unlocked, from_database)
        self._reseal([slot_id], None, {})
        renewed = self._renew_compartment(mine)
        return renewed if slot_id != mine.slot_id else replace(renewed, compartment_keys={})

    def remove(self, unlocked: Unlocked, slot_id: str, from_database: Mapping[str, bytes]) -> Unlocked:
        """Revoke a slot and begin re-keying for all that remain, as in `begin_rekey`; `LastSlot`, `Unsettled`."""
        mine = self._ready_to_seal(unlocked, from_database, but=slot_id)
        if [slot_id] == self.slot_ids():
            raise LastSlot
        removed = self._slots.pop(slot_id, None)
        if removed is None:
            return mine  # an interrupted removal, whose re-keying has begun
        _require_settled(mine)
        after = self._renew_data_key(mine)
        return self._renew_compartment(after) if removed.compartment_keys else after

    def renew_recovery(self, unlocked: Unlocked, from_database: Mapping[str, bytes]) -> tuple[str, ...]:
        """Other recovery keys in place of those there are; `NoCompartmentKey` if one's own slot has none.

        Differences in the recovery slots are no hindrance: all of them go, and the caller names none of theirs.
        """
        old = self.slot_ids(RECOVERY)
        self.require_same_public_keys(from_database, but=old)
        mine = self.reopen(unlocked)
        keys = _held(mine)
        for slot_id in old:
            self._retire(slot_id)
        printed = self._new_recovery_slots(RECOVERY_KEYS)
        self._reseal(self.slot_ids(RECOVERY), mine.data_keys, keys)
        return printed

    def begin_rekey(self, unlocked: Unlocked, from_database: Mapping[str, bytes]) -> Unlocked:
        """Seal a new data key to every slot beside the one in force; `Unsettled` while an earlier is unfinished.

        Then `save`, and `db.opening.open_database` encrypts the database anew and finishes.
        """
        mine = self._ready_to_seal(unlocked, from_database)
        _require_settled(mine)
        return self._renew_data_key(mine)

    def finish_rekey(self, unlocked: Unlocked, data_key: bytes) -> Unlocked:
        """Keep only the data key that the database was seen to open with."""
        kept = {g: key for g, key in unlocked.data_keys.items() if key == data_key}
        if not kept:
            raise ValueError("not a key of this registry")
        for slot in list(self._slots.values()):
            sealed = {g: key for g, key in slot.data_keys.items() if g in kept}
            self._slots[slot.id] = replace(slot, data_keys=sealed)
        return replace(unlocked, data_keys=kept)

    def _retire(self, slot_id: str) -> Slot:
        slot = self._slots.pop(slot_id)
        self._retired.append(slot)
        return slot

    def _ready_to_seal(
        self, unlocked: Unlocked, from_database: Mapping[str, bytes], *, but: str | None = None
    ) -> Unlocked:
        """Keys are sealed to public keys the database knows, and only as the file now has them."""
        self.require_same_public_keys(from_database, but=() if but is None else (but,))
        return self.reopen(unlocked)

    def _renew_data_key(self, unlocked: Unlocked) -> Unlocked:
        keys = {**unlocked.data_keys, max(unlocked.data_keys) + 1: secrets.token_bytes(_KEY)}
        self._reseal(self._slots, keys, None)
        return replace(unlocked, data_keys=keys)

    def _renew_compartment(self, unlocked: Unlocked) -> Unlocked:
        old = unlocked.compartment_keys
        if not old:
            return unlocked
        generation = max(old) + 1
        keys = {**old, generation: secrets.token_bytes(_KEY)}
        self._vouchers[generation] = self._voucher(old[generation - 1], generation, keys[generation])
        self._reseal([slot.id for slot in self._slots.values() if slot.compartment_keys], None, keys)
        return replace(unlocked, compartment_keys=keys)

    def _new_recovery_slots(self, count: int) -> tuple[str, ...]:
        printed = tuple(new_recovery_key() for _ in range(count))
        for key in printed:
            slot = Slot.make(self.registry_id, RECOVERY, "", read_recovery_key(key), self._cost)
            self._slots[slot.id] = slot
        return printed

    def _reseal(
        self,
        slot_ids: Iterable[str],
        data: Mapping[int, bytes] | None,
        compartment: Mapping[int, bytes] | None,
    ) -> None:
        for slot_id in list(slot_ids):
            self._slots[slot_id] = self._slots[slot_id].with_keys(self.registry_id, data, compartment)

    def _voucher(self, old_key: bytes, generation: int, new_key: bytes) -> bytes:
        content = bind(b"compartment key", self.registry_id.bytes, generation.to_bytes(4, "big"), new_key)
        return hmac.digest(old_key, content, "sha256")

    def _of_kind(self, kind: str) -> list[Slot]:
        return [slot for slot in self._slots.values() if slot.kind == kind]

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "registry": str(self.registry_id),
            "slots": [slot.as_json() for slot in (*self._retired, *self._slots.values())],
            "vouchers": {str(g): voucher.hex() for g, voucher in self._vouchers.items()},
        }


def _held(unlocked: Unlocked) -> Mapping[int, bytes]:
    if not unlocked.compartment_keys:
        raise NoCompartmentKey
    return unlocked.compartment_keys


def _require_settled(unlocked: Unlocked) -> None:
    if len(unlocked.data_keys) > 1:
        raise Unsettled("unfinished re-keying")


def _dumped(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def _checksum(content: Mapping[str, Any]) -> str:
    """Shows damage by accident; against intent stand the seals and the public keys in the database."""
    return hashlib.sha256(_dumped(content)).hexdigest()
