"""One transaction on the register: ids, numbers, versions, trails, erasure, and nothing when it fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from db.engine import close_engine, reading
from db.history import FIRST_RECORD_SUBJECT
from db.models import counter, history_content, history_entry, record
from db.revert import revert
from db.store import Transaction
from db.trail import Trail
from db.verify import problems
from tests.db.register import add_people, content, make, table, write


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return make(tmp_path / "registry.db")


def version(engine: Engine, record_id: int) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(record.c.version).where(record.c.id == record_id)).scalar_one())


def test_ids_and_numbers_are_never_given_twice(engine: Engine) -> None:
    given: list[int] = []
    write(engine, lambda t: given.extend(add_people(t, 3)))
    write(engine, remove_everything)
    write(engine, lambda t: given.extend(add_people(t, 2)))
    assert given == [1, 2, 3, 4, 5]
    with reading(engine) as connection:
        numbers = connection.execute(select(record.c.number)).scalars().all()
    assert numbers == ["TST-26-000004", "TST-26-000005"]


def remove_everything(transaction: Transaction) -> None:
    for name in ("citizenship", "phone", "person", "record"):
        transaction.delete(table(name), transaction.connection.execute(select(table(name).c.id)).scalars().all())


def test_each_record_has_a_uuid_of_version_4_and_a_subject_of_its_own(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 50))
    rows = list(content(engine)["record"].values())
    assert len({bytes(str(r["uuid"]), "ascii") for r in rows}) == len({str(r["subject"]) for r in rows}) == 50
    for row in rows:
        uuid = row["uuid"]
        assert isinstance(uuid, bytes)
        assert (uuid[6] >> 4, uuid[8] >> 6) == (4, 2)


def test_subjects_stand_in_the_order_of_their_records_so_that_their_index_grows_at_its_end(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 200))
    with reading(engine) as connection:
        subjects = connection.execute(select(record.c.subject).order_by(record.c.id)).scalars().all()
    assert subjects == sorted(set(subjects))
    assert {UUID(bytes=subject).version for subject in subjects} == {7}
    assert min(subjects) >= FIRST_RECORD_SUBJECT


def test_a_version_rises_once_a_transaction_that_changes_anything(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 2))

    def twice(transaction: Transaction) -> None:
        transaction.update(table("person"), 1, {"full_name": "A", "notes": "b"})
        transaction.insert(table("phone"), [{"record_id": 1, "e164": None, "raw": "new"}])

    write(engine, twice)
    assert (version(engine, 1), version(engine, 2)) == (2, 1)

    def there_and_back(transaction: Transaction) -> None:
        assert transaction.update(table("person"), 1, {"notes": "c"})
        assert transaction.update(table("person"), 1, {"notes": "b"})
        assert not transaction.update(table("person"), 1, {"notes": "b"})

    write(engine, there_and_back)
    assert version(engine, 1) == 2


def test_a_letter_sent_leaves_the_version(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 1))

    def send(transaction: Transaction) -> None:
        campaign_table = table("campaign")
        words = {c.name: 0 if c.type.python_type is int else "x" for c in campaign_table.columns if c.name != "id"}
        (campaign,) = transaction.insert(table("campaign"), [dict(words)])
        transaction.insert(table("campaign_recipient"), [{"record_id": 1, "campaign_id": campaign, "state": "printed"}])

    write(engine, send)
    assert version(engine, 1) == 1


def test_links_of_many_rows_are_set_at_once_and_nothing_is_indexed_anew(engine: Engine) -> None:
    def waiting(transaction: Transaction) -> None:
        people = add_people(transaction, 600)
        (body,) = transaction.new_records("associations", ["TST-A-000001"], [None])
        transaction.insert(table("association"), [{"id": body, "name": "Choir"}])
        transaction.insert(table("membership"), [{"record_id": i, "association": "choir"} for i in people])

    write(engine, waiting)
    stale: list[set[int]] = []

    def link(transaction: Transaction) -> None:
        transaction.update(table("person"), 2, {"notes": "changed"})
        transaction.point(table("membership"), range(1, 601), "association_id", 601)
        transaction.update(table("person"), 3, {"notes": "changed"})
        stale.append(set(transaction.touched) - transaction.indexed)

    write(engine, link)
    assert stale == [{2, 3}]
    assert {row["association_id"] for row in content(engine)["membership"].values()} == {601}
    assert (version(engine, 1), version(engine, 2)) == (2, 2)
    write(engine, lambda t: t.point(table("membership"), [1, 2], "association_id", 601))
    assert version(engine, 1) == 2
    with reading(engine) as connection:
        assert list(problems(connection)) == []


def test_only_the_net_effect_is_kept(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 1))
    trails: list[Trail] = []

    def work(transaction: Transaction) -> None:
        phone = table("phone")
        (fresh,) = transaction.insert(phone, [{"record_id": 1, "e164": None, "raw": "short-lived"}])
        transaction.update(phone, fresh, {"raw": "changed"})
        transaction.delete(phone, [fresh])
        transaction.update(table("person"), 1, {"notes": "one"})
        transaction.update(table("person"), 1, {"notes": "two"})
        old: dict[str, object] = {"id": 1, "record_id": 1, "e164": None, "raw": "phone 1"}
        transaction.delete(phone, [1])
        transaction.insert(phone, [old])
        trails.append(transaction._trails[1])

    write(engine, work)
    (trail,) = trails
    assert trail.created == trail.deleted == {}
    assert trail.changed == {("person", 1): {"notes": ["note 1", "two"]}}


def test_a_row_changed_then_removed_is_kept_as_it_was(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 1))
    trails: list[Trail] = []

    def work(transaction: Transaction) -> None:
        transaction.update(table("phone"), 1, {"raw": "changed"})
        transaction.delete(table("phone"), [1])
        trails.append(transaction._trails[1])

    write(engine, work)
    assert trails[0].deleted == {("phone", 1): {"record_id": 1, "raw": "phone 1"}}
    assert trails[0].changed == {}


def test_what_fails_leaves_no_row_no_history_no_number(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 1))
    before = content(engine)

    def fail(transaction: Transaction) -> None:
        add_people(transaction, 5)
        transaction.update(table("person"), 1, {"notes": "half"})
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write(engine, fail)
    assert content(engine) == before
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(history_content)).scalar_one() == 3
        assert connection.execute(select(counter.c.value).where(counter.c.name == "test")).scalar_one() == 1


def test_a_history_that_cannot_be_written_takes_the_rows_along(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> int:
        raise RuntimeError("no history")

    monkeypatch.setattr("db.history.append", fail)
    with pytest.raises(RuntimeError):
        write(engine, lambda t: add_people(t, 1))
    assert not content(engine)["record"]


def test_an_operation_writes_one_entry_of_its_own_one_of_its_note_and_one_a_subject(engine: Engine) -> None:
    batch = write(engine, lambda t: add_people(t, 3), "import")
    with reading(engine) as connection:
        entries = connection.execute(select(history_entry).where(history_entry.c.batch == batch)).mappings().all()
    assert [e["sequence"] for e in entries] == [1, 2, 3, 4, 5]
    assert len({e["subject"] for e in entries}) == 5
    assert [e["subject"] < FIRST_RECORD_SUBJECT for e in entries] == [True, True, False, False, False]
    assert {e["operation"] for e in entries} == {"import"}


def test_erasure_removes_every_row_and_all_content_of_one_subject(engine: Engine) -> None:
    write(engine, lambda t: add_people(t, 2))
    write(engine, lambda t: t.update(table("person"), 1, {"notes": "secret"}))
    subject = content(engine)["record"][1]["subject"]
    write(engine, lambda t: t.erase(1), "erase_record")
    left = content(engine)
    assert {name: set(rows) for name, rows in left.items() if rows} == {
        name: {2} for name in ("record", "person", "phone", "citizenship")
    }
    with reading(engine) as connection:
        mine = select(history_entry.c.sequence).where(history_entry.c.subject == subject)
        assert len(connection.execute(mine).all()) == 3
        kept = select(history_content).where(history_content.c.sequence.in_(mine))
        assert connection.execute(kept).all() == []


def test_what_was_touched_is_told_by_kind(engine: Engine) -> None:
    seen: list[Transaction] = []

    def work(transaction: Transaction) -> None:
        add_people(transaction, 2)
        transaction.insert(table("setting"), [{"name": "post", "value": "TST"}])
        seen.append(transaction)

    write(engine, work)
    assert seen[0].touched == {1: "people", 2: "people"}
    assert seen[0].touched_tables == {"setting"}


def test_the_file_closes_with_an_empty_wal(engine: Engine, tmp_path: Path) -> None:
    write(engine, lambda t: add_people(t, 20))
    close_engine(engine)
    assert not (tmp_path / "registry.db-wal").exists()


def test_what_was_packed_is_kept_as_if_it_had_not_been(engine: Engine) -> None:
    def some(transaction: Transaction) -> None:
        ids = add_people(transaction, 4)
        transaction.pack(ids)
        # Touched again in the same transaction: a new row, a changed one, a removed one; the fourth rests.
        transaction.insert(table("phone"), [{"record_id": ids[0], "e164": None, "raw": "second"}])
        transaction.update(table("person"), ids[1], {"notes": "another"})
        transaction.delete(table("citizenship"), [3])

    batch = write(engine, some)
    with reading(engine) as connection:
        assert list(problems(connection)) == []
        subjects = select(func.count(), func.count(history_entry.c.subject.distinct())).where(
            history_entry.c.batch == batch, history_entry.c.subject >= FIRST_RECORD_SUBJECT
        )
        assert tuple(connection.execute(subjects).one()) == (4, 4)
    before = content(engine)
    write(engine, lambda t: revert(t, batch, force=False), undoes=batch)
    assert not content(engine)["person"]
    assert len(before["phone"]) == 5
    with reading(engine) as connection:
        assert list(problems(connection)) == []


def test_rows_by_column_are_kept_as_rows_are(engine: Engine) -> None:
    given: list[list[int]] = []

    def some(transaction: Transaction) -> None:
        ids = transaction.new_records("people", ["TST-26-000001", "TST-26-000002", "TST-26-000003"], [None] * 3)
        names: dict[str, Sequence[object]] = {
            "full_name": ["Ana", "Bo", "Cy"],
            "state": ["active"] * 3,
            "notes": [None, "b", None],
        }
        given.append(list(transaction.insert_columns(table("person"), ids, names)))
        raw: dict[str, Sequence[object]] = {"raw": ["1", "2", "3"], "kind": [None, "home", None]}
        given.append(list(transaction.insert_columns(table("phone"), [ids[0], ids[0], ids[2]], raw)))
        assert list(transaction.insert_columns(table("email"), [], {})) == []
        # A record that began so and is touched otherwise, before and after it is packed.
        transaction.update(table("person"), ids[1], {"notes": "another"})
        transaction.insert(table("phone"), [{"record_id": ids[1], "raw": "4"}])
        transaction.pack(ids)
        given.append(list(transaction.insert_columns(table("email"), [ids[2]], {"address": ["c@example.org"]})))

    batch = write(engine, some)
    assert given == [[1, 2, 3], [1, 2, 3], [1]]
    rows = content(engine)
    assert [(r["record_id"], r["raw"], r["kind"]) for r in rows["phone"].values()] == [
        (1, "1", None), (1, "2", "home"), (3, "3", None), (2, "4", None),
    ]  # fmt: skip
    assert [(r["full_name"], r["notes"]) for r in rows["person"].values()] == [
        ("Ana", None), ("Bo", "another"), ("Cy", None),
    ]  # fmt: skip
    with reading(engine) as connection:
        assert list(problems(connection)) == []
    write(engine, lambda t: t.insert_columns(table("phone"), [2, 3], {"raw": ["5", "6"]}))
    assert (version(engine, 1), version(engine, 2), version(engine, 3)) == (1, 2, 2)
    with reading(engine) as connection:
        assert list(problems(connection)) == []
    write(engine, lambda t: revert(t, batch, force=True), undoes=batch)
    assert not content(engine)["person"]


def test_columns_of_different_lengths_are_refused(engine: Engine) -> None:
    def wrong(transaction: Transaction) -> None:
        ids = add_people(transaction, 2)
        transaction.insert_columns(table("phone"), ids, {"raw": ["1"]})

    with pytest.raises(ValueError, match="zip"):
        write(engine, wrong)
    assert not content(engine)["person"]
