"""The two doors: signing in, changing, asking, and hearing of changes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import DiskFull
from db.models import person
from registry import actions
from registry.app import Registry
from registry.changes import Changes
from registry.commands import (
    AddRecord,
    AddUser,
    ChangeSetting,
    ChangeUser,
    DeleteRecords,
    DisableUser,
    EditRecord,
    ExportRecords,
)
from registry.context import ConfirmationNeeded, View
from registry.errors import Cancelled, Conflict, Invalid, NotAllowed, RegistryError, StorageTrouble
from registry.operation import Answer
from registry.progress import Recorded
from registry.queries import GetHistory, GetRecord, GetSettings, LastUndoable, ListIds, VerifyHistory
from registry.trouble import WRONG_PASSWORD
from tests.registry.post import ANA, BO, CLUB, CY, PASSWORD, Post


@pytest.mark.parametrize(
    ("name", "password"),
    [("amel", "wrong"), ("nobody", PASSWORD), ("", ""), ("clara", PASSWORD.upper()), ("amel", PASSWORD + "\0")],
)
def test_a_wrong_password_is_one_sentence_and_status_3(post: Post, name: str, password: str) -> None:
    before = {file.name: file.read_bytes() for file in post.folder.iterdir()}
    with pytest.raises(NotAllowed) as caught:
        Registry.open(post.folder, name, password)
    assert (caught.value.message, caught.value.exit_status) == (WRONG_PASSWORD, 3)
    assert caught.value.values == {}
    assert {file.name: file.read_bytes() for file in post.folder.iterdir()} == before


def test_a_folder_without_a_registry(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(StorageTrouble, match="There is no registry") as caught:
            Registry.open(folder, "amel", PASSWORD)
        assert caught.value.exit_status == 4


def test_names_are_read_as_a_person_types_them(post: Post) -> None:
    assert post.open(" AMEL ").session.name == "amel"


def test_a_change_is_found_again_by_whoever_opens_next(post: Post) -> None:
    with Registry.open(post.folder, "clara", PASSWORD) as registry:
        added = registry.execute(AddRecord("people", {"full_name": "Di New"}))
    record = post.open("petra").read(GetRecord("people", added.value.id))
    assert (record.name, record.number, record.version) == ("Di New", added.value.number, 1)


def test_listeners_hear_what_was_touched_until_they_leave(post: Post) -> None:
    registry, heard = post.open("clara"), list[Changes]()
    leave = registry.subscribe(heard.append)
    registry.execute(EditRecord("people", BO, {"title": "Mx"}))
    assert [dict(c.ids) for c in heard] == [{"people": frozenset({BO})}]
    assert heard[0].touch("people")
    assert not heard[0].touch("associations")
    with pytest.raises(Invalid):
        registry.execute(EditRecord("people", BO, {"birth_date": "not a date"}))
    assert len(heard) == 1
    leave()
    leave()
    registry.execute(EditRecord("people", BO, {"title": "Dr"}))
    assert len(heard) == 1


def test_an_edit_that_changes_nothing_touches_nobody(post: Post) -> None:
    registry = post.open("clara")
    outcome = registry.execute(EditRecord("people", BO, {"family_name": "Sample"}))
    assert outcome.value is False
    assert outcome.changes.ids == {}
    assert registry.read(GetRecord("people", BO)).version == 1


def test_who_saves_over_a_change_he_never_saw_is_told(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    version = clara.read(GetRecord("people", BO)).version
    petra.execute(EditRecord("people", BO, {"title": "Dr"}, version))
    with pytest.raises(Conflict) as caught:
        clara.execute(EditRecord("people", BO, {"title": "Mx"}, version))
    assert caught.value.exit_status == 4
    assert clara.read(GetRecord("people", BO)).values["title"] == "Dr"


def test_a_record_removed_and_brought_back_conflicts_too(post: Post) -> None:
    from registry.commands import Undo

    clara, petra = post.open("clara"), post.open("petra")
    version = clara.read(GetRecord("people", BO)).version
    petra.execute(EditRecord("people", BO, {"title": "Dr"}))
    batch = petra.execute(DeleteRecords("people", (BO,))).batch
    petra.execute(Undo(batch))
    with pytest.raises(Conflict):
        clara.execute(EditRecord("people", BO, {"title": "Mx"}, version))


def test_what_fails_leaves_nothing(post: Post) -> None:
    registry = post.open("clara")
    before = registry.read(VerifyHistory()).head
    with pytest.raises(Invalid):
        registry.execute(AddRecord("people", {"given_name": "", "title": "Dr"}))
    with pytest.raises(Invalid):
        registry.execute(EditRecord("people", 12345, {"title": "Dr"}))
    with pytest.raises(Invalid):
        registry.execute(EditRecord("associations", BO, {"name": "x"}))
    assert registry.read(VerifyHistory()).head == before
    assert len(registry.read(ListIds("people"))) == 3


def test_work_that_was_cancelled_leaves_nothing(post: Post) -> None:
    registry, progress = post.open("clara"), Recorded()
    before = registry.read(VerifyHistory()).head
    progress.cancel()
    with pytest.raises(Cancelled):
        registry.execute(EditRecord("people", BO, {"title": "Dr"}), progress)
    assert registry.read(VerifyHistory()).head == before


def test_a_read_is_one_unchanging_view(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = post.open("mara"), post.open("clara")

    def twice(view: View, _query: GetSettings) -> list[list[str]]:
        names = select(person.c.full_name).order_by(person.c.id)
        first = list(view.connection.execute(names).scalars())
        other = threading.Thread(target=writer.execute, args=(EditRecord("people", BO, {"full_name": "Changed"}),))
        other.start()
        other.join()
        return [first, list(view.connection.execute(names).scalars())]

    answer = actions.ANSWERS[GetSettings]
    monkeypatch.setattr(Answer, "run", property(lambda self: twice if self is answer else self.handler))
    first, second = reader.read(GetSettings())
    assert first == second
    assert "Bo Sample" in first
    monkeypatch.undo()
    assert reader.read(GetRecord("people", BO)).name == "Changed"


def test_a_role_changed_meanwhile_counts_at_the_next_call(post: Post) -> None:
    admin, clara = post.open("amel"), post.open("clara")
    clara.execute(EditRecord("people", BO, {"title": "Dr"}))
    admin.execute(ChangeUser("clara", role="manager"))
    with pytest.raises(NotAllowed):
        clara.execute(EditRecord("people", BO, {"title": "Mx"}))
    assert "notes" not in clara.read(GetRecord("people", ANA)).values
    assert clara.session.role == "manager"


def test_the_number_watched_rises_with_changes_by_anybody_and_only_then(post: Post) -> None:
    here, there = post.open("clara"), post.open("petra")
    seen = here.data_version()
    for _ in range(3):
        here.read(ListIds("people"))
        assert here.data_version() == seen
    there.execute(EditRecord("people", BO, {"title": "Dr"}))
    after = here.data_version()
    assert after != seen
    assert here.data_version() == after
    here.execute(EditRecord("people", BO, {"title": "Mx"}))
    assert here.data_version() != after


def many(post: Post) -> Registry:
    from registry.commands import LoadDemonstration

    admin = post.open("amel")
    admin.execute(LoadDemonstration("people", tuple({"full_name": f"Person {n}"} for n in range(60))))
    return post.open("mara")


def test_much_data_leaves_only_with_password_and_reason_and_leaves_a_trace(post: Post, tmp_path: Path) -> None:
    registry, target = many(post), tmp_path / "people.csv"
    with pytest.raises(ConfirmationNeeded):
        registry.execute(ExportRecords("people", "", target, "a reason"))
    with pytest.raises(NotAllowed, match="password is wrong"):
        registry.confirm("wrong")
    with pytest.raises(ConfirmationNeeded):
        registry.execute(ExportRecords("people", "", target, "a reason"))
    registry.confirm(PASSWORD)
    with pytest.raises(Invalid, match="Say why"):
        registry.execute(ExportRecords("people", "", target, " "))
    assert not target.exists()
    registry.confirm(PASSWORD)
    assert registry.execute(ExportRecords("people", "", target, "yearly count")).value == 63
    with pytest.raises(ConfirmationNeeded):
        registry.execute(ExportRecords("people", "", target, "again"))
    newest = registry.read(GetHistory(limit=1)).operations[0]
    assert (newest.code, newest.user) == ("export", "mara")
    assert newest.note is not None
    assert newest.note["reason"] == "yearly count"


def test_somebody_elses_password_confirms_nothing(post: Post) -> None:
    registry = post.open("mara")
    with Registry.open(post.folder, "amel", PASSWORD) as admin:
        from registry.commands import SetPassword

        admin.execute(SetPassword("otto", "an entirely different phrase 77"))
    with pytest.raises(NotAllowed):
        registry.confirm("an entirely different phrase 77")


def test_data_without_a_trace_has_not_left(post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry, target = post.open("mara"), tmp_path / "people.csv"

    def full(*_arguments: object) -> int:
        raise DiskFull("test")

    with monkeypatch.context() as patch:
        patch.setattr("db.history.append", full)
        with pytest.raises(StorageTrouble, match="disk is full"):
            registry.execute(ExportRecords("people", "", target, "reason"))
    assert not target.exists()
    assert registry.execute(ExportRecords("people", "", target, "reason")).value == 3
    assert target.exists()


def test_settings_that_are_fixed_stay(post: Post) -> None:
    admin = post.open("amel")
    for name in ("demonstration", "registry_id", "post", "country"):
        with pytest.raises(Invalid):
            admin.execute(ChangeSetting(name, "other"))
    admin.execute(ChangeSetting("post_name", "Consulate of Examples"))
    assert admin.read(GetSettings())["post_name"] == "Consulate of Examples"
    admin.execute(ChangeSetting("post_name", None))
    assert "post_name" not in admin.read(GetSettings())


def test_nothing_of_a_person_is_in_an_error(post: Post) -> None:
    registry = post.open("mara")
    with pytest.raises(RegistryError) as caught:
        registry.read(GetRecord("people", CLUB))
    assert "Exemple" not in str(caught.value)
    assert registry.read(VerifyHistory()).ok
    assert registry.read(GetRecord("people", CY)).name == "Cy Pattern"


def test_the_last_undoable_operation_is_ones_own(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    batch = clara.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    assert clara.read(LastUndoable()) == (batch, "edit_record")
    last = petra.read(LastUndoable())
    assert last is not None
    assert last[1] == "set_protected"


def test_no_room_to_write_the_log_back_is_no_failure_of_what_was_done(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_engine: object) -> bool:
        raise DiskFull("WAL")

    registry = post.open("clara")
    added = registry.execute(AddRecord("people", {"full_name": "Di Acknowledged"})).value
    with monkeypatch.context() as patched:
        patched.setattr("db.engine.checkpoint", full)
        registry.close()
    assert post.open("amel").read(GetRecord("people", added.id)).name == "Di Acknowledged"


def test_a_name_given_again_does_not_inherit_the_queries_of_its_last_bearer(post: Post, tmp_path: Path) -> None:
    post.open("clara").execute(ExportRecords("people", "notes:whispersecret", tmp_path / "a.csv", "check"))
    amel = post.open("amel")
    amel.execute(DisableUser("clara"))
    amel.execute(AddUser("clara", "outreach", PASSWORD))
    post.close()
    (note,) = [o.note for o in post.open("clara").read(GetHistory()).operations if o.code == "export"]
    assert note is not None
    assert "query" not in note
