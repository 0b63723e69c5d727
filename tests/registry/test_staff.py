"""Accounts: added, changed, closed, their keys in step with the register, also when a change is cut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from db.errors import DiskFull
from db.keys import KeyFile
from db.slots import RECOVERY
from registry import commands as c
from registry.app import DISABLED, Registry
from registry.commands import Command
from registry.errors import Invalid, NotAllowed, RegistryError, StorageTrouble
from registry.queries import GetHistory, ListUsers, VerifyHistory
from registry.staff import LAST_ADMINISTRATOR, LAST_HOLDER, NO_USER, NOT_ONESELF
from registry.trouble import WRONG_PASSWORD
from tests.registry.post import ANA, OTHER_PASSWORD, PASSWORD, SEALED, Post


def refused(post: Post, name: str, password: str = PASSWORD) -> str:
    with pytest.raises(NotAllowed) as caught:
        Registry.open(post.folder, name, password)
    return caught.value.message


def opens(post: Post, name: str, password: str = PASSWORD) -> bool:
    with Registry.open(post.folder, name, password) as registry:
        return bool(registry.read(VerifyHistory()).ok)


def data_keys(post: Post) -> set[int]:
    keys = KeyFile.load(post.folder)
    return set(keys.unlock("amel", PASSWORD).data_keys)


def test_a_new_account_opens_with_its_own_password_and_role(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.AddUser("  Nora  ", "Manager", OTHER_PASSWORD))
    session = post.open("nora", OTHER_PASSWORD).session
    assert (session.name, session.role, session.protected) == ("Nora", "manager", False)
    assert refused(post, "nora", PASSWORD) == WRONG_PASSWORD


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (c.AddUser("CLARA ", "clerk", OTHER_PASSWORD), "already an account"),
        (c.AddUser(" ", "clerk", OTHER_PASSWORD), "needs a sign-in name"),
        (c.AddUser("nora", "queen", OTHER_PASSWORD), "is not a role"),
        (c.AddUser("nora", "clerk", "short"), "too short"),
        (c.AddUser("nora", "clerk", "nora nora nora"), "easy to guess"),
        (c.SetPassword("amel", "password123"), "easy to guess"),
        (c.SetPassword("nobody", OTHER_PASSWORD), "no account"),
        (c.ChangeUser("nobody", role="clerk"), "no account"),
        (c.DisableUser("nobody"), "no account"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(post: Post, command: Command[Any], words: str) -> None:
    admin = post.open("amel")
    before = admin.read(VerifyHistory()).head, (post.folder / "keys.json").read_bytes()
    with pytest.raises(Invalid, match=words):
        admin.execute(command)
    assert (admin.read(VerifyHistory()).head, (post.folder / "keys.json").read_bytes()) == before


def test_a_closed_account_is_out_and_the_registry_has_another_key(post: Post) -> None:
    with Registry.open(post.folder, "amel", PASSWORD) as admin:
        old = admin._unlocked.data_key
        admin.execute(c.DisableUser("leo"))
        assert refused(post, "leo") == WRONG_PASSWORD
        assert data_keys(post) == {1, 2}
        assert admin.read(VerifyHistory()).ok
    assert opens(post, "clara")
    assert data_keys(post) == {2}
    with Registry.open(post.folder, "amel", PASSWORD) as admin:
        assert admin._unlocked.data_key != old
        assert {u.name for u in admin.read(ListUsers()) if u.disabled} == {"leo"}
        with pytest.raises(Invalid) as caught:
            admin.execute(c.ChangeUser("leo", role="manager"))
        assert caught.value.message == NO_USER
        admin.execute(c.AddUser("Leo", "clerk", OTHER_PASSWORD))
        admin.execute(c.ChangeUser("leo", role="manager"))
    assert post.open("leo", OTHER_PASSWORD).session.role == "manager"


def test_a_second_closing_waits_for_the_new_key(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.DisableUser("leo"))
    with pytest.raises(StorageTrouble, match="Close the registry everywhere"):
        admin.execute(c.DisableUser("otto"))
    post.close()
    post.open("amel").execute(c.DisableUser("otto"))
    post.close()
    assert opens(post, "amel")


def test_whoever_works_when_the_account_is_closed_is_stopped(post: Post) -> None:
    leo = post.open("leo")
    post.open("amel").execute(c.DisableUser("leo"))
    for ask in (lambda: leo.read(ListUsers()), lambda: leo.execute(c.EditRecord("people", ANA, {"title": "x"}))):
        with pytest.raises(NotAllowed) as caught:
            ask()
        assert caught.value.message == DISABLED


def test_the_last_administrator_stays(post: Post) -> None:
    admin = post.open("amel")
    for command, message in (
        (c.ChangeUser("amel", role="clerk"), LAST_ADMINISTRATOR),
        (c.DisableUser("amel"), NOT_ONESELF),
    ):
        with pytest.raises(Invalid) as caught:
            admin.execute(command)
        assert caught.value.message == message
    admin.execute(c.ChangeUser("clara", role="administrator"))
    admin.execute(c.ChangeUser("amel", role="clerk"))
    with pytest.raises(NotAllowed):
        admin.execute(c.AddUser("x", "clerk", OTHER_PASSWORD))
    clara = post.open("clara")
    with pytest.raises(Invalid) as caught:
        clara.execute(c.ChangeUser("clara", role="clerk"))
    assert caught.value.message == LAST_ADMINISTRATOR


def test_ones_own_password_and_anothers(post: Post) -> None:
    clara = post.open("clara")
    clara.execute(c.SetPassword("Clara", OTHER_PASSWORD))
    assert refused(post, "clara") == WRONG_PASSWORD
    assert opens(post, "clara", OTHER_PASSWORD)
    with pytest.raises(NotAllowed):
        clara.execute(c.SetPassword("leo", OTHER_PASSWORD))
    post.open("amel").execute(c.SetPassword("clara", PASSWORD))
    assert opens(post, "clara")
    assert data_keys(post) == {1}


def test_renewed_recovery_keys_replace_the_printed_ones(post: Post) -> None:
    admin = post.open("amel")
    first = admin.execute(c.RenewRecoveryKeys()).value
    second = admin.execute(c.RenewRecoveryKeys()).value
    keys = KeyFile.load(post.folder)
    assert len(second) == len(keys.slot_ids(RECOVERY)) == 2
    assert keys.unlock_recovery(second[1]).data_key == admin._unlocked.data_key
    with pytest.raises(Exception, match=r"^$"):
        keys.unlock_recovery(first[0])


# --- the grant for protected values -------------------------------------------------------------------------


def open_value(post: Post, name: str, password: str = PASSWORD) -> object:
    with Registry.open(post.folder, name, password) as registry:
        registry.confirm(password)
        return registry.execute(c.OpenProtected(ANA, "a reason")).value


def test_a_grant_opens_old_values_and_its_withdrawal_closes_new_ones(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.ChangeUser("clara", protected=True))
    assert open_value(post, "clara") == {"safe_contact": SEALED}
    admin.execute(c.ChangeUser("petra", protected=False))
    with pytest.raises(NotAllowed):
        open_value(post, "petra")
    assert set(KeyFile.load(post.folder).unlock("clara", PASSWORD).compartment_keys) == {1, 2}
    assert KeyFile.load(post.folder).unlock("petra", PASSWORD).compartment_keys == {}
    post.open("clara").execute(c.SetProtected(ANA, "legal_status", "new"))
    assert open_value(post, "clara") == {"safe_contact": SEALED, "legal_status": "new"}


def test_who_lost_the_key_by_a_reset_is_granted_it_again(post: Post) -> None:
    post.open("amel").execute(c.ChangeUser("clara", role="administrator"))
    post.open("clara").execute(c.SetPassword("petra", OTHER_PASSWORD))
    with pytest.raises(NotAllowed, match="do not hold the key"):
        open_value(post, "petra", OTHER_PASSWORD)
    post.open("amel").execute(c.ChangeUser("petra", protected=True))
    assert open_value(post, "petra", OTHER_PASSWORD) == {"safe_contact": SEALED}


def test_somebody_always_holds_the_key(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.ChangeUser("petra", role="administrator"))
    petra = post.open("petra")
    admin.execute(c.ChangeUser("amel", protected=True))
    petra.execute(c.ChangeUser("amel", protected=False))
    for command in (c.ChangeUser("petra", protected=False), c.DisableUser("petra")):
        with pytest.raises(Invalid) as caught:
            admin.execute(command)
        assert caught.value.message == LAST_HOLDER
    assert open_value(post, "petra") == {"safe_contact": SEALED}


# --- changes that are cut off -------------------------------------------------------------------------------

KEY_CHANGES: dict[str, Command[Any]] = {
    "add": c.AddUser("nora", "clerk", OTHER_PASSWORD),
    "add granted": c.AddUser("nora", "clerk", OTHER_PASSWORD, protected=True),
    "close": c.DisableUser("leo"),
    "close granted": c.DisableUser("petra"),
    "grant": c.ChangeUser("leo", protected=True),
    "withdraw": c.ChangeUser("petra", protected=False),
    "own password": c.SetPassword("amel", OTHER_PASSWORD),
    "reset": c.SetPassword("leo", OTHER_PASSWORD),
    "recovery": c.RenewRecoveryKeys(),
}


def cut_off(post: Post, command: Command[Any], monkeypatch: pytest.MonkeyPatch, *, put_back: bool) -> None:
    """The change fails between keys.json and the commit; a kill leaves no time to put the file back."""
    saved: list[KeyFile] = []
    save = KeyFile.save

    def save_and_die(keys: KeyFile) -> None:
        save(keys)
        saved.append(keys)
        raise DiskFull("cut off")

    registry = Registry.open(post.folder, "amel", PASSWORD)
    with monkeypatch.context() as patch:
        patch.setattr(KeyFile, "save", save_and_die)
        if not put_back:
            patch.setattr(KeyFile, "take_back", lambda _: None)
        with pytest.raises(StorageTrouble):
            registry.execute(command)
    if put_back:
        saved[0].take_back()
    registry.close()


@pytest.mark.parametrize("name", KEY_CHANGES)
def test_a_killed_change_of_keys_leaves_a_registry_that_opens_and_can_be_repeated(
    post: Post, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    command = KEY_CHANGES[name]
    password = OTHER_PASSWORD if name == "own password" else PASSWORD
    cut_off(post, command, monkeypatch, put_back=False)
    for who in ("clara", "mara", "aude"):
        assert opens(post, who)
    with Registry.open(post.folder, "amel", password) as admin:
        admin.execute(command)
        admin.execute(c.AddUser("last", "clerk", OTHER_PASSWORD))
        known = admin.read(VerifyHistory())
        assert known.ok
    assert opens(post, "amel", password)
    assert opens(post, "last", OTHER_PASSWORD)
    if name.startswith("add"):
        assert opens(post, "nora", OTHER_PASSWORD)
    if name.startswith("close"):
        assert refused(post, "leo" if name == "close" else "petra") == WRONG_PASSWORD


@pytest.mark.parametrize("name", ["add", "grant", "withdraw", "own password"])
def test_other_changes_work_at_once_after_these(post: Post, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    cut_off(post, KEY_CHANGES[name], monkeypatch, put_back=False)
    password = OTHER_PASSWORD if name == "own password" else PASSWORD
    with Registry.open(post.folder, "amel", password) as admin:
        admin.execute(c.AddUser("last", "clerk", OTHER_PASSWORD))
    assert opens(post, "last", OTHER_PASSWORD)


@pytest.mark.parametrize("name", KEY_CHANGES)
def test_a_failed_change_of_keys_is_put_back(post: Post, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = (post.folder / "keys.json").read_bytes()
    cut_off(post, KEY_CHANGES[name], monkeypatch, put_back=True)
    assert (post.folder / "keys.json").read_bytes() == before
    assert opens(post, "amel")


def test_the_program_itself_puts_the_file_back_when_the_commit_fails(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (post.folder / "keys.json").read_bytes()
    admin = post.open("amel")

    def fail(*_arguments: object) -> None:
        raise DiskFull("commit")

    with monkeypatch.context() as patch:
        patch.setattr("sqlalchemy.engine.default.DefaultDialect.do_commit", fail)
        with pytest.raises(StorageTrouble, match="disk is full"):
            admin.execute(c.AddUser("nora", "clerk", OTHER_PASSWORD))
    assert (post.folder / "keys.json").read_bytes() == before
    admin.execute(c.AddUser("nora", "clerk", OTHER_PASSWORD))
    assert opens(post, "nora", OTHER_PASSWORD)


# --- keys that somebody slipped in --------------------------------------------------------------------------


def slip_in(post: Post) -> str:
    """Whoever can write keys.json, and has no key, adds a slot of his own making."""
    keys = KeyFile.load(post.folder)
    stranger, unlocked, _ = KeyFile.create(post.folder, keys.registry_id, "stranger", PASSWORD, 0)
    keys._slots[unlocked.slot_id] = stranger._slots[unlocked.slot_id]
    keys.save()
    return unlocked.slot_id


@pytest.mark.parametrize("name", [n for n in KEY_CHANGES if n != "own password"])
def test_nothing_is_sealed_to_a_slot_that_was_slipped_in(post: Post, name: str) -> None:
    slot = slip_in(post)
    admin = post.open("amel")
    admin.execute(KEY_CHANGES[name])
    assert slot not in KeyFile.load(post.folder).public_keys()
    note = admin.read(GetHistory(limit=1)).operations[0].note
    assert note is not None
    assert note["slots_dropped"] == 1


def test_ones_own_new_password_makes_no_stranger_trusted(post: Post) -> None:
    slot = slip_in(post)
    post.open("clara").execute(c.SetPassword("clara", OTHER_PASSWORD))
    post.open("amel").execute(c.AddUser("nora", "clerk", OTHER_PASSWORD))
    assert slot not in KeyFile.load(post.folder).public_keys()


def test_a_key_that_was_exchanged_is_refused(post: Post) -> None:
    keys = KeyFile.load(post.folder)
    leo = keys.unlock("leo", PASSWORD).slot_id
    keys._slots[leo] = keys._slots[leo].with_new_pair(keys.registry_id, PASSWORD, keys._cost)
    keys.save()
    admin = post.open("amel")
    for change in (c.AddUser("nora", "clerk", OTHER_PASSWORD), c.ChangeUser("leo", protected=True)):
        with pytest.raises(RegistryError, match="somebody altered the file"):
            admin.execute(change)
    admin.execute(c.SetPassword("leo", OTHER_PASSWORD))
    admin.execute(c.AddUser("nora", "clerk", OTHER_PASSWORD))
    assert opens(post, "leo", OTHER_PASSWORD)


def test_every_key_change_is_tried() -> None:
    changing: set[Callable[..., Any] | type] = {type(command) for command in KEY_CHANGES.values()}
    assert changing == {c.AddUser, c.DisableUser, c.ChangeUser, c.SetPassword, c.RenewRecoveryKeys}


def test_an_older_key_file_put_back_does_not_bring_a_reset_password_back(post: Post) -> None:
    older = (post.folder / "keys.json").read_bytes()
    with Registry.open(post.folder, "amel", PASSWORD) as admin:
        admin.execute(c.SetPassword("leo", OTHER_PASSWORD))
    assert opens(post, "leo", OTHER_PASSWORD)
    (post.folder / "keys.json").write_bytes(older)
    with pytest.raises(StorageTrouble, match="does not fit"):
        Registry.open(post.folder, "leo", PASSWORD)
    assert opens(post, "clara")


def end_after_commit(post: Post, command: Command[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The change is committed, and what it replaced is still in keys.json."""
    with monkeypatch.context() as patch, Registry.open(post.folder, "amel", PASSWORD) as registry:
        patch.setattr(KeyFile, "complete", lambda _: None)
        registry.execute(command)


@pytest.mark.parametrize("committed", [False, True])
def test_a_reset_cut_off_leaves_one_password_that_opens(
    post: Post, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    if committed:
        end_after_commit(post, KEY_CHANGES["reset"], monkeypatch)
    else:
        cut_off(post, KEY_CHANGES["reset"], monkeypatch, put_back=False)
    stands, other = (OTHER_PASSWORD, PASSWORD) if committed else (PASSWORD, OTHER_PASSWORD)
    assert opens(post, "leo", stands)
    with pytest.raises(StorageTrouble, match="does not fit"):
        Registry.open(post.folder, "leo", other)
    post.open("amel").execute(c.AddUser("nora", "clerk", PASSWORD))
    assert refused(post, "leo", other) == WRONG_PASSWORD
    assert opens(post, "leo", stands)


@pytest.mark.parametrize("committed", [False, True])
def test_recovery_keys_cut_off_leave_those_that_the_register_knows(
    post: Post, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    if committed:
        end_after_commit(post, KEY_CHANGES["recovery"], monkeypatch)
    else:
        cut_off(post, KEY_CHANGES["recovery"], monkeypatch, put_back=False)
    assert len(KeyFile.load(post.folder).slot_ids(RECOVERY)) == 4
    post.open("amel").execute(c.AddUser("nora", "clerk", PASSWORD))
    assert len(KeyFile.load(post.folder).slot_ids(RECOVERY)) == 2


def test_who_is_signed_in_is_signed_out_by_a_reset(post: Post) -> None:
    leo = post.open("leo")
    post.open("amel").execute(c.SetPassword("leo", OTHER_PASSWORD))
    with pytest.raises(NotAllowed, match="Sign in with the new one"):
        leo.read(VerifyHistory())
