"""keys.json: who can open what, before and after each change, and after damage."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from db import keys as keys_module
from db.errors import (
    AlreadyExists,
    Busy,
    Damaged,
    DiskFull,
    KeysDiffer,
    LastSlot,
    MistypedRecoveryKey,
    NameTaken,
    NewerSchema,
    NoCompartmentKey,
    NotARegistry,
    StaleRow,
    StoreError,
    WrongPassword,
)
from db.keys import FILE_NAME, KeyFile
from db.passwords import new_recovery_key
from db.slots import RECOVERY, Cost, Unlocked

CHEAP = Cost(memory=64, passes=1)
ADMIN = ("Amel Tesfaye", "river stamp orange kettle")
CLERK = ("Bo Lindqvist", "violet ladder winter drum")


@pytest.fixture
def made(tmp_path: Path) -> tuple[KeyFile, Unlocked, tuple[str, ...]]:
    """A saved key file, its administrator unlocked, its recovery keys."""
    made = KeyFile.create(tmp_path, uuid4(), *ADMIN, cost=CHEAP)
    made[0].save()
    return made


@pytest.fixture
def admin(made: tuple[KeyFile, Unlocked, tuple[str, ...]]) -> Unlocked:
    return made[1]


@pytest.fixture
def keys(made: tuple[KeyFile, Unlocked, tuple[str, ...]]) -> KeyFile:
    return made[0]


def with_clerk(keys: KeyFile, admin: Unlocked, *, compartment: bool = False) -> str:
    slot = keys.add_user(admin, *CLERK, compartment, keys.public_keys())
    keys.save()
    return slot


def reloaded(keys: KeyFile) -> KeyFile:
    return KeyFile.load(keys.path.parent, cost=CHEAP)


def test_name_and_password_open_the_same_keys(keys: KeyFile, admin: Unlocked) -> None:
    again = reloaded(keys)
    assert again.unlock(*ADMIN) == admin
    assert again.unlock("  amel TESFAYE ", ADMIN[1]) == admin
    assert again.registry_id == keys.registry_id
    assert len(admin.data_key) == 32
    assert admin.compartment_key not in (None, admin.data_key)
    assert keys.path.stat().st_mode & 0o777 == 0o600


def test_secrets_show_in_no_text(keys: KeyFile, admin: Unlocked) -> None:
    assert admin.data_key.hex() not in repr(admin) + keys.path.read_text()
    assert repr(admin.data_key) not in repr(admin)
    assert ADMIN[1] not in keys.path.read_text()


def test_wrong_name_and_wrong_password_are_one(keys: KeyFile) -> None:
    told = []
    for name, password in ((ADMIN[0], "wrong"), ("Nobody", ADMIN[1]), ("Nobody", "wrong"), ("", "")):
        with pytest.raises(WrongPassword) as caught:
            keys.unlock(name, password)
        told.append(str(caught.value))
    assert len(set(told)) == 1


def test_real_cost_and_equal_time(tmp_path: Path) -> None:
    keys, _, _ = KeyFile.create(tmp_path, uuid4(), *ADMIN, recovery=0)
    assert (Cost().memory, Cost().passes) == (65536, 3)
    seconds = []
    for name in (ADMIN[0], "Nobody"):
        start = time.perf_counter()
        with pytest.raises(WrongPassword):
            keys.unlock(name, "wrong")
        seconds.append(time.perf_counter() - start)
    assert min(seconds) > 0.02
    assert max(seconds) < 3 * min(seconds)


def test_recovery_keys_open_everything(keys: KeyFile, made: tuple[KeyFile, Unlocked, tuple[str, ...]]) -> None:
    _, admin, printed = made
    assert len(set(printed)) == 2
    for key in printed:
        opened = reloaded(keys).unlock_recovery(key.lower().replace("-", " "))
        assert (opened.data_keys, opened.compartment_keys) == (admin.data_keys, admin.compartment_keys)
    with pytest.raises(WrongPassword):
        keys.unlock_recovery(new_recovery_key())
    with pytest.raises(MistypedRecoveryKey):
        keys.unlock_recovery("12345")


def test_forgotten_password_by_recovery_key(made: tuple[KeyFile, Unlocked, tuple[str, ...]]) -> None:
    keys, admin, printed = made
    opened = keys.unlock_recovery(printed[1])
    keys.reset_password(opened, admin.slot_id, "another good password", keys.public_keys())
    keys.save()
    fresh = reloaded(keys).unlock(ADMIN[0], "another good password")
    assert (fresh.data_keys, fresh.compartment_keys) == (admin.data_keys, admin.compartment_keys)
    assert fresh.private_key != admin.private_key
    # Until the change is committed both passwords open: the database decides which slot is known.
    assert reloaded(keys).unlock(*ADMIN) == admin
    keys.complete()
    with pytest.raises(WrongPassword):
        reloaded(keys).unlock(*ADMIN)
    with pytest.raises(WrongPassword):
        reloaded(keys).reopen(admin)


def test_second_user_without_and_with_the_compartment(keys: KeyFile, admin: Unlocked) -> None:
    slot = with_clerk(keys, admin)
    clerk = reloaded(keys).unlock(*CLERK)
    assert (clerk.slot_id, clerk.data_key, clerk.compartment_key) == (slot, admin.data_key, None)
    for name in (CLERK[0].upper(), ADMIN[0]):
        with pytest.raises(NameTaken):
            keys.add_user(admin, name, "some password", False, keys.public_keys())
    with pytest.raises(NoCompartmentKey):
        keys.add_user(clerk, "Third", "some password", True, keys.public_keys())
    with pytest.raises(NoCompartmentKey):
        keys.grant_compartment(clerk, slot, keys.public_keys())
    keys.grant_compartment(admin, slot, keys.public_keys())
    assert keys.unlock(*CLERK).compartment_keys == admin.compartment_keys


def test_own_password_rewraps_one_private_key_only(keys: KeyFile, admin: Unlocked) -> None:
    with_clerk(keys, admin)
    before = json.loads(keys.path.read_bytes())["slots"]
    keys.change_password(admin, "a wholly new password")
    keys.save()
    after = json.loads(keys.path.read_bytes())["slots"]
    changed = {name for name in before[0] if before[0][name] != after[0][name]}
    assert (changed, before[1:]) == ({"salt", "private_key"}, after[1:])
    assert reloaded(keys).unlock(ADMIN[0], "a wholly new password") == admin
    with pytest.raises(WrongPassword):
        reloaded(keys).unlock(*ADMIN)


def test_a_new_password_costs_what_the_program_says(keys: KeyFile, admin: Unlocked) -> None:
    dear = KeyFile.load(keys.path.parent, cost=Cost(memory=128, passes=2))
    dear.change_password(admin, "a wholly new password")
    dear.save()
    written = json.loads(keys.path.read_bytes())["slots"][0]["argon2id"]
    assert written == {"memory": 128, "passes": 2, "lanes": 1}
    assert reloaded(keys).unlock(ADMIN[0], "a wholly new password") == admin


def test_withdrawal_changes_the_compartment_key(keys: KeyFile, admin: Unlocked) -> None:
    slot = with_clerk(keys, admin, compartment=True)
    assert keys.holds_compartment_key(slot)
    after = keys.withdraw_compartment(admin, slot, keys.public_keys())
    keys.save()
    assert not keys.holds_compartment_key(slot)
    assert reloaded(keys).unlock(*CLERK).compartment_keys == {}
    assert set(after.compartment_keys) == {1, 2}
    assert reloaded(keys).unlock(*ADMIN) == after
    # A session that knows nothing of the second key gives it on all the same.
    keys.grant_compartment(admin, slot, keys.public_keys())
    assert keys.unlock(*CLERK).compartment_keys == after.compartment_keys


def test_who_holds_no_compartment_key_cannot_slip_one_in(keys: KeyFile, admin: Unlocked) -> None:
    slot = with_clerk(keys, admin)
    clerk = keys.unlock(*CLERK)
    assert keys.withdraw_compartment(clerk, slot, keys.public_keys()) == clerk
    forged = keys._slots[admin.slot_id].with_keys(keys.registry_id, None, {**admin.compartment_keys, 2: bytes(32)})
    keys._slots[admin.slot_id] = forged
    with pytest.raises(Damaged):
        keys.unlock(*ADMIN)


def test_a_reset_by_one_without_the_compartment_does_not_grant_it(keys: KeyFile, admin: Unlocked) -> None:
    with_clerk(keys, admin)
    clerk = keys.unlock(*CLERK)
    keys.reset_password(clerk, admin.slot_id, "another good password", keys.public_keys())
    assert keys.unlock(ADMIN[0], "another good password").compartment_keys == {}


def test_revoked_user_and_old_data_key_are_out(keys: KeyFile, admin: Unlocked) -> None:
    slot = with_clerk(keys, admin, compartment=True)
    before = keys.public_keys()
    after = keys.remove(admin, slot, before)
    keys.save()
    with pytest.raises(WrongPassword):
        reloaded(keys).unlock(*CLERK)
    assert set(after.data_keys) == set(after.compartment_keys) == {1, 2}
    assert after.data_key != admin.data_key
    assert reloaded(keys).unlock(*ADMIN) == after
    with pytest.raises(Busy):
        keys.begin_rekey(after, keys.public_keys())
    settled = keys.finish_rekey(after, after.data_key)
    keys.save()
    assert reloaded(keys).unlock(*ADMIN) == settled
    assert settled.data_keys == {2: after.data_key}


def test_a_rekeying_can_also_end_with_the_old_key(keys: KeyFile, admin: Unlocked) -> None:
    both = keys.begin_rekey(admin, keys.public_keys())
    assert keys.finish_rekey(both, admin.data_key) == admin
    with pytest.raises(ValueError, match="not a key"):
        keys.finish_rekey(both, bytes(32))


def test_the_last_user_stays(keys: KeyFile, admin: Unlocked) -> None:
    with pytest.raises(LastSlot):
        keys.remove(admin, admin.slot_id, keys.public_keys())


def test_renewed_recovery_keys(made: tuple[KeyFile, Unlocked, tuple[str, ...]]) -> None:
    keys, admin, old = made
    new = keys.renew_recovery(admin, keys.public_keys())
    keys.save()
    assert len(new) == len(keys.slot_ids(RECOVERY)) == 2
    assert reloaded(keys).unlock_recovery(new[0]).compartment_keys == admin.compartment_keys
    assert reloaded(keys).unlock_recovery(old[0]).compartment_keys == admin.compartment_keys
    keys.complete()
    with pytest.raises(WrongPassword):
        reloaded(keys).unlock_recovery(old[0])


SEALING: dict[str, Callable[[KeyFile, Unlocked, str, dict[str, bytes]], object]] = {
    "add": lambda keys, admin, _slot, known: keys.add_user(admin, "Third", "password", False, known),
    "reset": lambda keys, admin, slot, known: keys.reset_password(admin, slot, "password", known),
    "grant": lambda keys, admin, slot, known: keys.grant_compartment(admin, slot, known),
    "withdraw": lambda keys, admin, slot, known: keys.withdraw_compartment(admin, slot, known),
    "remove": lambda keys, admin, slot, known: keys.remove(admin, slot, known),
    "recovery": lambda keys, admin, _slot, known: keys.renew_recovery(admin, known),
    "rekey": lambda keys, admin, _slot, known: keys.begin_rekey(admin, known),
}


@pytest.mark.parametrize("operation", SEALING)
def test_nothing_is_sealed_to_keys_the_database_does_not_know(keys: KeyFile, admin: Unlocked, operation: str) -> None:
    slot = with_clerk(keys, admin)
    known = keys.public_keys()
    content = keys._content()
    strange = {
        "added": {k: v for k, v in known.items() if k != admin.slot_id},
        "removed": known | {"f" * 32: bytes(32)},
        "replaced": known | {admin.slot_id: bytes(32)},
    }
    for from_database in strange.values():
        with pytest.raises(KeysDiffer) as caught:
            SEALING[operation](keys, admin, slot, from_database)
        assert caught.value.slots
        assert keys._content() == content
    SEALING[operation](keys, admin, slot, known)
    assert keys._content() != content


def test_two_writers_take_turns(keys: KeyFile, admin: Unlocked) -> None:
    other = reloaded(keys)
    with_clerk(keys, admin)
    other.change_password(admin, "a wholly new password")
    with pytest.raises(StaleRow):
        other.save()
    assert reloaded(keys).unlock(*CLERK)
    second, _, _ = KeyFile.create(keys.path.parent, uuid4(), *ADMIN, cost=CHEAP)
    with pytest.raises(AlreadyExists):
        second.save()


def test_interrupted_save_leaves_the_old_file(keys: KeyFile, admin: Unlocked, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys.path.read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.fsync", full)
    keys.change_password(admin, "a wholly new password")
    with pytest.raises(DiskFull):
        keys.save()
    assert keys.path.read_bytes() == before
    assert [path.name for path in keys.path.parent.iterdir()] == [FILE_NAME]


def test_every_flipped_byte_is_refused(keys: KeyFile) -> None:
    content = keys.path.read_bytes()
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        keys.path.write_bytes(flipped)
        with pytest.raises(Damaged):
            KeyFile.load(keys.path.parent)


def test_every_altered_field_is_refused_without_the_checksum(
    keys: KeyFile, admin: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone who alters the file with intent writes a fitting checksum: then the ciphers refuse."""
    with_clerk(keys, admin, compartment=True)
    content = json.loads(keys.path.read_bytes())
    monkeypatch.setattr(keys_module, "_checksum", lambda _content: content["checksum"])
    other = content["slots"][-1]
    for name, value in content["slots"][0].items():
        for replacement in (other[name], _flipped(value)):
            if replacement == value:
                continue
            slots = [content["slots"][0] | {name: replacement}, *content["slots"][1:]]
            keys.path.write_bytes(keys_module._dumped(content | {"slots": slots}))
            with pytest.raises(StoreError) as caught:
                KeyFile.load(keys.path.parent).unlock(*ADMIN)
            assert isinstance(caught.value, Damaged | WrongPassword), name


def _flipped(value: object) -> object:
    if isinstance(value, dict):
        return {key: _flipped(one) for key, one in value.items()}
    if isinstance(value, int):
        return value + 8
    return f"{int(str(value)[0], 16) ^ 1:x}{str(value)[1:]}" if str(value)[0] in "0123456789abcdef" else "x"


def test_keys_of_another_registry_do_not_open(keys: KeyFile) -> None:
    keys.registry_id = UUID(int=7)
    with pytest.raises(WrongPassword):
        keys.unlock(*ADMIN)


def test_a_file_that_asks_for_a_terabyte_is_refused() -> None:
    for unreasonable in ({"memory": 2**30}, {"passes": 0}, {"passes": 2**20}, {"lanes": 0}, {"memory": 1}):
        with pytest.raises(ValueError, match="out of range"):
            Cost(**unreasonable)


def test_missing_and_newer_files(keys: KeyFile, tmp_path: Path) -> None:
    content = json.loads(keys.path.read_bytes()) | {"format": 2}
    del content["checksum"]
    content["checksum"] = keys_module._checksum(content)
    keys.path.write_bytes(keys_module._dumped(content))
    with pytest.raises(NewerSchema):
        KeyFile.load(keys.path.parent)
    for wrong in (b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000):
        keys.path.write_bytes(wrong)
        with pytest.raises(Damaged):
            KeyFile.load(keys.path.parent)
    with pytest.raises(NotARegistry):
        KeyFile.load(tmp_path / "absent")
