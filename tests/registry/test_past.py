"""The history page, verification with an anchor, protected values and erasure, through the doors."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.keys import KeyFile
from registry import commands as c
from registry.app import Registry
from registry.commands import EditRecord
from registry.errors import Invalid, NotAllowed
from registry.history import BAD_ANCHOR, OTHER_ANCHOR, Operation
from registry.queries import Check, GetHistory, GetRecord, GetSettings, ListIds, Search, VerifyHistory
from tests.db.register import decrypted_pages
from tests.registry.post import ANA, BO, CLUB, CY, PASSWORD, SEALED, Post

MARKER = "Zwyntharobel"


def past(registry: Registry, record_id: int | None = None, **page: int) -> tuple[Operation, ...]:
    return registry.read(GetHistory(record_id, **page)).operations


def shown(operation: Operation) -> dict[str, tuple[str, str]]:
    return {change.field.name: (change.old, change.new) for change in operation.changes}


def test_the_page_says_who_when_what_and_how_many(post: Post) -> None:
    clerk = post.open("clara")
    outcome = clerk.execute(c.DeleteRecords("people", (BO, CY)))
    newest = past(clerk)[0]
    assert (newest.batch, newest.code, newest.user, newest.records) == (outcome.batch, "delete_records", "clara", 2)
    undone = clerk.execute(c.Undo()).batch
    assert (past(clerk)[0].batch, past(clerk)[0].undoes) == (undone, outcome.batch)
    assert past(clerk)[-1].code == "create_registry"


def test_pages_follow_each_other_without_gap(post: Post) -> None:
    clerk = post.open("clara")
    everything = past(clerk)
    pages, before = list[Operation](), 0
    while True:
        page = clerk.read(GetHistory(before=before, limit=3))
        pages.extend(page.operations)
        if not page.more:
            break
        before = page.operations[-1].batch
    assert pages == list(everything)
    assert [o.batch for o in everything] == sorted((o.batch for o in everything), reverse=True)


def test_a_records_past_shows_its_values_from_and_to(post: Post) -> None:
    clerk = post.open("clara")
    clerk.execute(EditRecord("people", BO, {"title": "Dr", "consent.outreach_news.letter": "refused"}))
    clerk.execute(EditRecord("people", BO, {"title": "", "phone": "01 99 00 12 34"}))
    clerk.execute(EditRecord("people", BO, {"phone": "", "consent.outreach_news.letter": ""}))
    third, second, first, made = past(clerk, BO)
    assert shown(first) == {"title": ("", "Dr"), "consent.outreach_news.letter": ("given", "refused")}
    assert shown(second)["title"] == ("Dr", "")
    assert shown(third) == {"phone": ("+33199001234", ""), "consent.outreach_news.letter": ("refused", "")}
    assert shown(made)["family_name"] == ("", "Sample")
    assert {o.user for o in (first, second, third)} == {"clara"}


def test_the_past_of_somebody_removed_or_unknown_is_empty(post: Post) -> None:
    clerk = post.open("clara")
    clerk.execute(c.DeleteRecords("people", (BO,)))
    assert past(clerk, BO) == past(clerk, 12345) == ()
    assert len(past(clerk)) > 5


# --- verification -------------------------------------------------------------------------------------------


def anchor(registry: Registry) -> dict[str, object]:
    sequence, head = registry.read(VerifyHistory()).head
    return {"sequence": sequence, "head": head, "registry": registry.read(GetSettings())["registry_id"]}


def test_an_older_file_put_in_place_is_found_by_the_anchor_only(post: Post, tmp_path: Path) -> None:
    older = shutil.copytree(post.folder, tmp_path / "older")
    with Registry.open(post.folder, "clara", PASSWORD) as clerk:
        clerk.execute(EditRecord("people", BO, {"title": "Dr"}))
        kept = anchor(clerk)
        assert clerk.read(VerifyHistory(kept)).ok
    shutil.copyfile(Path(older) / "registry.db", post.folder / "registry.db")
    auditor = post.open("aude")
    alone, anchored = auditor.read(VerifyHistory()), auditor.read(VerifyHistory(kept))
    assert alone.ok
    assert not alone.anchored
    assert (anchored.ok, anchored.anchored, anchored.problems) == (False, True, (("anchor", kept["sequence"]),))


def test_an_anchor_still_fits_when_the_history_has_grown(post: Post) -> None:
    clerk = post.open("clara")
    kept = anchor(clerk)
    clerk.execute(EditRecord("people", BO, {"title": "Dr"}))
    assert clerk.read(VerifyHistory(kept)).ok
    assert not clerk.read(VerifyHistory(kept | {"head": "00" * 32})).ok


@pytest.mark.parametrize("wrong", [{}, {"sequence": "1"}, {"head": 3}, {"registry": 7}, {"sequence": None}])
def test_what_is_no_anchor_is_said(post: Post, wrong: dict[str, object]) -> None:
    auditor = post.open("aude")
    with pytest.raises(Invalid) as caught:
        auditor.read(VerifyHistory({} if not wrong else anchor(auditor) | wrong))
    assert caught.value.message == BAD_ANCHOR


def test_the_anchor_of_another_registry_is_told_from_what_is_none(post: Post) -> None:
    auditor = post.open("aude")
    with pytest.raises(Invalid) as caught:
        auditor.read(VerifyHistory(anchor(auditor) | {"registry": "another"}))
    assert caught.value.message == OTHER_ANCHOR


def test_the_check_names_what_was_edited_behind_its_back(post: Post) -> None:
    from sqlalchemy import update

    from db.engine import writing
    from db.models import person

    clerk = post.open("clara")
    assert clerk.read(Check()).ok
    with writing(clerk._engine) as connection:
        connection.execute(update(person).where(person.c.id == BO).values(notes="forged"))
    assert clerk.read(VerifyHistory()).problems == (("rows", BO),)
    assert [line.code for line in clerk.read(Check()).lines if not line.ok] == ["history"]


# --- protected values ---------------------------------------------------------------------------------------


def test_protected_values_open_only_with_password_and_reason_and_leave_a_trace(post: Post) -> None:
    petra = post.open("petra")
    with pytest.raises(NotAllowed, match="Type your password"):
        petra.execute(c.OpenProtected(ANA, "a reason"))
    petra.confirm(PASSWORD)
    with pytest.raises(Invalid, match="Say why"):
        petra.execute(c.OpenProtected(ANA, "  "))
    with pytest.raises(NotAllowed):
        petra.execute(c.OpenProtected(ANA, "the confirmation was used up"))
    petra.confirm(PASSWORD)
    assert petra.execute(c.OpenProtected(ANA, "a call")).value == {"safe_contact": SEALED}
    newest = past(petra)[0]
    assert (newest.code, newest.user) == ("open_protected", "petra")
    assert newest.note == {"reason": "a call", "record": ANA}


def test_protected_values_are_nowhere_else(post: Post, tmp_path: Path) -> None:
    petra = post.open("petra")
    target = tmp_path / "all.csv"
    petra.execute(c.ExportRecords("people", "", target, "test"))
    answers = [
        petra.read(GetRecord("people", ANA)),
        past(petra, ANA),
        past(petra),
        petra.read(Search("parish")),
        target.read_text(encoding="utf-8"),
        decrypted_pages(post.folder / "registry.db", petra._unlocked.data_key),
    ]
    assert not any("parish" in repr(answer) for answer in answers)


def test_protected_values_are_replaced_removed_and_brought_back_unopened(post: Post) -> None:
    petra = post.open("petra")

    def opened() -> object:
        petra.confirm(PASSWORD)
        return petra.execute(c.OpenProtected(ANA, "test")).value

    batch = petra.execute(c.SetProtected(ANA, "safe_contact", "another way")).batch
    assert opened() == {"safe_contact": "another way"}
    petra.execute(c.Undo(batch))
    assert opened() == {"safe_contact": SEALED}
    petra.execute(c.SetProtected(ANA, "safe_contact", ""))
    assert opened() == {}
    petra.execute(c.Undo())
    assert opened() == {"safe_contact": SEALED}
    assert petra.execute(c.SetProtected(ANA, "legal_status", "")).value is False
    assert petra.read(VerifyHistory()).ok


def test_what_is_no_protected_field_is_said_and_switched_off_is_off(post: Post) -> None:
    petra = post.open("petra")
    with pytest.raises(Invalid, match="not a protected field"):
        petra.execute(c.SetProtected(ANA, "notes", "x"))
    with pytest.raises(Invalid, match="no such record"):
        petra.execute(c.SetProtected(999, "legal_status", "x"))
    post.open("amel").execute(c.ChangeSetting("protected", None))
    petra.confirm(PASSWORD)
    for command in (c.SetProtected(ANA, "legal_status", "x"), c.OpenProtected(ANA, "reason")):
        with pytest.raises(NotAllowed, match="switched off"):
            petra.execute(command)


def test_who_has_the_grant_and_not_the_key_opens_nothing(post: Post) -> None:
    """Somebody who changes the register cannot give himself the compartment: that is cryptography."""
    from sqlalchemy import update

    from db.engine import writing
    from db.models import user_account

    otto = post.open("otto")
    with writing(otto._engine) as connection:
        connection.execute(update(user_account).where(user_account.c.name == "otto").values(protected=True))
    otto.confirm(PASSWORD)
    with pytest.raises(NotAllowed, match="do not hold the key"):
        otto.execute(c.OpenProtected(ANA, "reason"))
    assert KeyFile.load(post.folder).unlock("otto", PASSWORD).compartment_keys == {}


def test_a_sealed_value_moved_to_another_field_or_row_does_not_open(post: Post) -> None:
    from sqlalchemy import update

    from db.engine import writing
    from db.models import sealed

    petra = post.open("petra")
    for values in ({"field": "legal_status"}, {"row_key": b"x" * 16}):
        with writing(petra._engine) as connection:
            connection.execute(update(sealed).values(values))
        petra.confirm(PASSWORD)
        with pytest.raises(Exception, match="damaged"):
            petra.execute(c.OpenProtected(ANA, "reason"))


# --- erasure ------------------------------------------------------------------------------------------------


def test_of_somebody_erased_no_byte_is_left_and_everything_still_verifies(post: Post) -> None:
    admin = post.open("amel")
    texts = {
        "full_name": f"{MARKER} Eve",
        "notes": f"{MARKER} " * 400,
        "birth_place": MARKER,
        "email": f"{MARKER}@example.org",
        "address.street": MARKER,
        "association": f"{MARKER} club",
        "occupation": MARKER,
    }
    eve = admin.execute(c.AddRecord("people", texts)).value.id
    for number in range(5):
        admin.execute(
            EditRecord("people", eve, {"notes": f"{MARKER} {number} " * 300, "employer": f"{MARKER}{number}"})
        )
    removed = admin.execute(c.DeleteRecords("people", (eve,))).batch
    admin.execute(c.Undo(removed))
    assert admin.read(Search(MARKER)).total == 1
    assert admin.execute(c.EraseRecord(eve, "asked for it")).value
    key, database = admin._unlocked.data_key, post.folder / "registry.db"
    assert database.with_name("registry.db-wal").stat().st_size == 0
    pages = decrypted_pages(database, key).lower()
    assert not any(form in pages for form in (MARKER.lower().encode(), MARKER.lower().encode("utf-16-le")))
    assert admin.read(VerifyHistory()).ok
    assert admin.read(Check()).ok
    assert admin.read(Search(MARKER)).total == 0
    assert MARKER not in repr(past(admin))
    with pytest.raises(Invalid):
        admin.execute(c.EraseRecord(eve, "again"))
    with Registry.open(post.folder, "clara", PASSWORD) as clerk:
        assert clerk.read(ListIds("people")).tolist() == [ANA, CY, BO]


def test_an_association_that_has_members_can_be_erased(post: Post) -> None:
    admin = post.open("amel")
    assert admin.execute(c.EraseRecord(CLUB, "asked for it")).value
    assert admin.read(GetRecord("people", CY)).values["association"] == "Club of Examples"
    assert admin.read(Check()).ok


def test_somebody_with_sealed_values_is_erased_unopened(post: Post) -> None:
    admin = post.open("amel")
    assert admin.execute(c.EraseRecord(ANA, "asked for it")).value
    assert admin.read(Check()).ok
    petra = post.open("petra")
    petra.confirm(PASSWORD)
    assert petra.execute(c.OpenProtected(ANA, "reason")).value == {}


def test_erasure_reaches_the_wal_while_another_program_reads(post: Post) -> None:
    admin, other = post.open("amel"), post.open("clara")
    other.read(ListIds("people"))
    eve = admin.execute(c.AddRecord("people", {"full_name": MARKER})).value.id
    other.read(GetRecord("people", eve))
    admin.execute(c.EraseRecord(eve, "asked for it"))
    assert (post.folder / "registry.db-wal").stat().st_size == 0
    assert MARKER.encode() not in decrypted_pages(post.folder / "registry.db", admin._unlocked.data_key)


def test_notes_that_name_the_erased_person_go_too_and_the_others_stay(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    eve = admin.execute(c.AddRecord("people", {"full_name": f"Eve {MARKER}"})).value.id
    admin.execute(c.ExportRecords("people", MARKER.lower(), tmp_path / "one.csv", "she asked"))
    admin.execute(c.ExportRecords("people", "", tmp_path / "all.csv", f"for Mrs {MARKER.upper()}"))
    admin.execute(c.ExportRecords("people", "", tmp_path / "all.csv", "weekly copy"))
    assert MARKER.casefold() in repr(past(admin)).casefold()
    admin.execute(c.EraseRecord(eve, "asked for it"))
    assert MARKER.casefold() not in repr(past(admin)).casefold()
    exports = [operation.note for operation in past(admin) if operation.code == "export"]
    assert [bool(note) for note in exports] == [True, False, False]
    assert (past(admin)[0].note or {})["notes_removed"] == 2
    pages = decrypted_pages(post.folder / "registry.db", admin._unlocked.data_key).lower()
    assert MARKER.lower().encode() not in pages
    assert admin.read(VerifyHistory()).ok


def test_the_reason_of_an_erasure_does_not_name_the_person(post: Post) -> None:
    admin = post.open("amel")
    eve = admin.execute(c.AddRecord("people", {"full_name": f"Eve {MARKER}"})).value.id
    with pytest.raises(Invalid, match="names the person"):
        admin.execute(c.EraseRecord(eve, f"{MARKER} asked for it"))
    assert admin.read(GetRecord("people", eve)).name == f"Eve {MARKER}"
