"""Undo as officers know it: their own, others', again, after changes by others, of imports and of sealed values."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import commands as c
from registry.app import Registry
from registry.commands import EditRecord, Undo
from registry.errors import Conflict, Invalid, NotAllowed, RegistryError
from registry.queries import GetHistory, GetRecord, LastUndoable, ListIds, PlanImport, Search, VerifyHistory
from registry.transfer.options import ImportOptions
from registry.undoing import ALREADY, CHANGED_AGAIN, NOT_UNDOABLE, NOT_YOURS, NOTHING
from tests.registry.post import ANA, BO, CLUB, CY, OTHER_PASSWORD, PASSWORD, SEALED, Post


def title(registry: Registry, record_id: int = BO) -> str:
    return registry.read(GetRecord("people", record_id)).values.get("title", "")


def refused(registry: Registry, command: c.Command[object], kind: type[RegistryError], message: str) -> None:
    before = registry.read(VerifyHistory()).head
    with pytest.raises(kind) as caught:
        registry.execute(command)
    assert caught.value.message == message
    assert registry.read(VerifyHistory()).head == before


def test_undo_redo_and_undo_again(post: Post) -> None:
    clerk = post.open("clara")
    batch = clerk.execute(EditRecord("people", BO, {"title": "Dr", "phone": "01 99 00 12 34"})).batch
    first = clerk.execute(Undo())
    assert (first.value.undoes, first.value.operation, first.value.records) == (batch, "edit_record", 1)
    assert (first.value.left, first.value.erased) == ((), 0)
    assert title(clerk) == ""
    redo = clerk.execute(Undo(first.batch))
    assert title(clerk) == "Dr"
    clerk.execute(Undo(redo.batch))
    assert title(clerk) == ""
    assert clerk.read(VerifyHistory()).ok


def test_undo_takes_ones_own_operations_back_one_after_the_other(post: Post) -> None:
    clerk = post.open("clara")
    before = title(clerk)
    for text in ("a", "b", "c"):
        clerk.execute(EditRecord("people", BO, {"title": text}))
    seen = []
    for _ in range(3):
        clerk.execute(Undo())
        seen.append(title(clerk))
    assert seen == ["b", "a", before]
    assert clerk.read(LastUndoable()) is not None  # what was done when the post was made
    clerk.execute(Undo())
    assert clerk.read(LastUndoable()) is None
    refused(clerk, Undo(), Invalid, NOTHING)


def test_what_was_undone_is_not_undone_twice(post: Post) -> None:
    clerk = post.open("clara")
    batch = clerk.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    undo = clerk.execute(Undo(batch))
    refused(clerk, Undo(batch), Invalid, ALREADY)
    clerk.execute(Undo(undo.batch))
    refused(clerk, Undo(undo.batch), Invalid, ALREADY)
    clerk.execute(Undo(batch))
    assert title(clerk) == ""


def test_what_changed_nothing_is_no_step_to_take_back(post: Post) -> None:
    clerk = post.open("clara")
    batch = clerk.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    before = clerk.read(VerifyHistory()).head
    assert clerk.execute(EditRecord("people", BO, {"family_name": "Sample"})).batch == 0
    assert clerk.read(VerifyHistory()).head == before
    assert clerk.execute(Undo()).value.undoes == batch


@pytest.mark.parametrize("batch", [0, -1, 99_999, 2**70])
def test_a_number_that_is_no_operation(post: Post, batch: int) -> None:
    refused(post.open("clara"), Undo(batch), Invalid, NOTHING)


def test_somebody_elses_operation_needs_an_administrator(post: Post) -> None:
    clara, petra, admin = post.open("clara"), post.open("petra"), post.open("amel")
    batch = clara.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    refused(petra, Undo(batch), NotAllowed, NOT_YOURS)
    assert petra.execute(Undo()).value.operation == "set_protected"
    undo = admin.execute(Undo(batch))
    assert title(clara) == ""
    assert clara.read(LastUndoable()) != (batch, "edit_record")
    refused(clara, Undo(undo.batch), NotAllowed, NOT_YOURS)


def test_two_officers_change_one_record(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    batch = clara.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    petra.execute(EditRecord("people", BO, {"occupation": "Baker"}))
    outcome = clara.execute(Undo(batch)).value
    number = clara.read(GetRecord("people", BO)).number
    assert (outcome.records, outcome.left) == (0, (number,))
    assert title(clara) == "Dr"


def test_undone_by_force_only_what_one_changed_goes_back(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    batch = clara.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    petra.execute(EditRecord("people", BO, {"occupation": "Baker"}))
    outcome = clara.execute(Undo(batch, force=True)).value
    assert (outcome.records, outcome.left) == (1, ())
    record = clara.read(GetRecord("people", BO))
    assert ("title" in record.values, record.values["occupation"]) == (False, "7512")


def test_what_an_undo_left_is_undone_by_force_afterwards_and_once(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    batch = clara.execute(c.SetHousehold((ANA, BO), "Lake")).batch
    petra.execute(EditRecord("people", BO, {"occupation": "Baker"}))
    assert clara.execute(Undo(batch)).value.records == 1
    assert clara.execute(Undo(batch)).value.left == (clara.read(GetRecord("people", BO)).number,)
    rest = clara.execute(Undo(batch, force=True))
    assert (rest.value.records, rest.value.left) == (1, ())
    households = [clara.read(GetRecord("people", i)).values.get("household") for i in (ANA, BO)]
    assert households == [None, None]
    refused(clara, Undo(batch, force=True), Invalid, ALREADY)
    clara.execute(Undo(rest.batch))
    assert clara.read(GetRecord("people", BO)).values["household"] == "Lake"
    assert clara.execute(Undo(batch, force=True)).value.records == 1
    assert clara.read(VerifyHistory()).ok


def test_force_without_a_number_takes_the_rest_of_the_last_operation(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    earlier = clara.execute(EditRecord("people", ANA, {"title": "Prof"})).batch
    batch = clara.execute(EditRecord("people", BO, {"title": "Dr"})).batch
    petra.execute(EditRecord("people", BO, {"occupation": "Baker"}))
    assert clara.execute(Undo()).value.undoes == batch
    assert clara.execute(Undo(force=True)).value.undoes == batch
    assert title(clara) == ""
    assert clara.execute(Undo(force=True)).value.undoes == earlier


@pytest.mark.parametrize(
    "command",
    [c.AddUser("nora", "clerk", OTHER_PASSWORD), c.EraseRecord(CY, "asked"), c.SetPassword("leo", OTHER_PASSWORD)],
)
def test_some_operations_cannot_be_undone(post: Post, command: c.Command[object]) -> None:
    admin = post.open("amel")
    batch = admin.execute(command).batch
    refused(admin, Undo(batch), Invalid, NOT_UNDOABLE)
    refused(admin, Undo(1), Invalid, NOT_UNDOABLE)


def test_the_right_is_asked_for_again_when_it_is_undone(post: Post) -> None:
    petra, admin = post.open("petra"), post.open("amel")
    batch = petra.execute(c.SetProtected(ANA, "legal_status", "x")).batch
    undo = petra.execute(Undo(batch))
    admin.execute(c.ChangeUser("petra", protected=False))
    refused(petra, Undo(undo.batch), NotAllowed, "Your role does not allow this. Ask an administrator.")


def test_a_setting_changed_since_is_not_undone_unseen(post: Post) -> None:
    admin = post.open("amel")
    first = admin.execute(c.ChangeSetting("post_name", "One")).batch
    second = admin.execute(c.ChangeSetting("post_name", "Two")).batch
    admin.execute(c.ChangeSetting("post_name", "Three"))
    refused(admin, Undo(second), Conflict, CHANGED_AGAIN)
    admin.execute(Undo())
    admin.execute(Undo(second))
    admin.execute(Undo(first))
    assert admin.read(VerifyHistory()).ok


def imported(registry: Registry, folder: Path, rows: int = 40) -> int:
    path = folder / "list.csv"
    lines = [f"{n},Imported Person {n},1970-01-{n % 28 + 1:02d},note {n}" for n in range(rows)]
    path.write_text("\n".join(["Id,Full name,Date of birth,Notes", *lines]), encoding="utf-8")
    plan = registry.read(PlanImport(path, ImportOptions(duplicates="create")))
    return registry.execute(c.ImportRecords(plan)).batch


def test_an_import_is_one_operation_and_leaves_who_was_changed_or_erased_since(post: Post, tmp_path: Path) -> None:
    clerk, admin = post.open("clara"), post.open("amel")
    batch = imported(clerk, tmp_path)
    people = [hit.id for hit in clerk.read(Search("Imported Person", limit=50)).results]
    assert len(people) == 40
    clerk.execute(EditRecord("people", people[0], {"title": "Dr"}))
    admin.execute(c.EraseRecord(people[1], "asked"))
    admin.execute(c.DeleteRecords("people", (people[2],)))
    outcome = clerk.execute(Undo(batch)).value
    assert (outcome.records, len(outcome.left), outcome.erased) == (37, 2, 1)
    assert clerk.read(ListIds("people", "imported")).tolist() == [people[0]]
    redone = clerk.execute(Undo(clerk.read(GetHistory(limit=1)).operations[0].batch)).value
    assert (redone.records, redone.left) == (37, ())
    assert clerk.read(VerifyHistory()).ok


def test_a_record_that_was_removed_comes_back_whole(post: Post) -> None:
    clerk = post.open("clara")
    before = clerk.read(GetRecord("people", ANA))
    batch = clerk.execute(c.DeleteRecords("people", (ANA, BO, 999))).batch
    assert clerk.read(ListIds("people")).tolist() == [CY]
    clerk.execute(Undo(batch))
    after = clerk.read(GetRecord("people", ANA))
    assert (after.values, after.raw, after.number) == (before.values, before.raw, before.number)
    petra = post.open("petra")
    petra.confirm(PASSWORD)
    assert petra.execute(c.OpenProtected(ANA, "reason")).value == {"safe_contact": SEALED}


def test_listeners_hear_of_undone_changes(post: Post) -> None:
    clerk = post.open("clara")
    batch = clerk.execute(c.DeleteRecords("people", (CY,))).batch
    changes = clerk.execute(Undo(batch)).changes
    assert changes.ids == {"people": frozenset({CY})}
    assert clerk.execute(EditRecord("associations", CLUB, {"acronym": "CE"})).changes.ids == {
        "associations": frozenset({CLUB})
    }
