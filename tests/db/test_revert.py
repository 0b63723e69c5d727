"""Taking operations back and back again: what was is again, and what came since is left unless forced."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select, text

from db import history, verify
from db.engine import close_engine
from db.models import history_tables, record_column
from db.revert import Reverted, revert
from db.store import Transaction
from tests.db.register import Row, add_people, make, table, tampering

Content = dict[str, dict[int, Row]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One register for all: each test works inside a transaction that is rolled back."""
    made = make(tmp_path_factory.mktemp("register") / "registry.db")
    yield made
    close_engine(made)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with tampering(engine) as connection:
        yield connection


def operate(connection: Connection, work: Callable[[Transaction], object], operation: str = "edit_record") -> int:
    transaction = Transaction(connection)
    work(transaction)
    return transaction.finish(user_id=1, operation=operation, note={})


def undo(connection: Connection, batch: int, *, force: bool = False) -> tuple[int, Reverted]:
    transaction = Transaction(connection)
    result = revert(transaction, batch, force=force)
    return transaction.finish(user_id=1, operation="undo", note={}, undoes=batch), result


#: Made once: to build these takes longer than to answer them.
EVERYTHING = {one.name: select(*(c for c in one.columns if not c.info.get("derived"))) for one in history_tables()}


def content(connection: Connection) -> Content:
    return {
        name: {row["id"]: dict(row) for row in connection.execute(chosen).mappings()}
        for name, chosen in EVERYTHING.items()
    }


def require_whole(connection: Connection) -> None:
    """References lead somewhere and the history implies exactly these rows."""
    assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert list(verify.problems(connection)) == []


# --- operations drawn at random -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One change: what is done, to the how-manieth of what there is, with which value."""

    act: str
    place: int
    value: str


ACTS = ("add", "associate", "edit", "child", "consent", "join", "change", "remove_child", "remove", "set")
STEPS = st.builds(Step, st.sampled_from(ACTS), st.integers(0, 5), st.sampled_from(["a", "b", "é", ""]))
#: An operation does several things, as an import or a merge does.
OPERATIONS = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=7)
CHILDREN = ("phone", "consent", "membership", "citizenship", "email")


def pick(transaction: Transaction, name: str, place: int) -> int | None:
    ids = transaction.connection.execute(select(table(name).c.id).order_by(table(name).c.id)).scalars().all()
    return ids[place % len(ids)] if ids else None


def take(transaction: Transaction, step: Step) -> None:
    """Do one step, if there is something to do it to."""
    person = pick(transaction, "person", step.place)
    match step.act:
        case "add":
            add_people(transaction, 1 + step.place % 2, hometown=step.value)
        case "associate":
            number = f"TST-A-{transaction.reserve('association'):06d}"
            (made,) = transaction.new_records("associations", [number], [None])
            transaction.insert(table("association"), [{"id": made, "name": step.value or "x"}])
        case "set":
            _set(transaction, step)
        case "change":
            _change(transaction, step)
        case "remove_child":
            _remove_child(transaction, step)
        case "edit" if person:
            transaction.update(table("person"), person, {"notes": step.value or None, "title": step.value})
        case "child" if person:
            transaction.insert(table("phone"), [{"record_id": person, "e164": step.value or None, "raw": "r"}])
            transaction.insert(table("email"), [{"record_id": person, "address": f"{step.value}@example.org"}])
        case "consent" if person:
            _consent(transaction, person, step.value)
        case "join" if person:
            association = pick(transaction, "association", step.place)
            row: Row = {"record_id": person, "association_id": association, "association": step.value}
            transaction.insert(table("membership"), [row])
        case "remove":
            _remove(transaction, pick(transaction, "record", step.place))


def _set(transaction: Transaction, step: Step) -> None:
    setting = table("setting")
    name = f"setting {step.place}"
    found = transaction.connection.execute(select(setting.c.id).where(setting.c.name == name)).scalar()
    if found is None:
        transaction.insert(setting, [{"name": name, "value": step.value}])
    else:
        transaction.update(setting, found, {"value": step.value})


def _change(transaction: Transaction, step: Step) -> None:
    for name, column in (("phone", "raw"), ("citizenship", "country")):
        found = pick(transaction, name, step.place)
        if found is not None:
            transaction.update(table(name), found, {column: step.value})


def _remove_child(transaction: Transaction, step: Step) -> None:
    name = CHILDREN[step.place % len(CHILDREN)]
    found = pick(transaction, name, step.place)
    transaction.delete(table(name), [] if found is None else [found])


def _consent(transaction: Transaction, person: int, value: str) -> None:
    """A consent stands once: the old row goes when a new one comes, so undoing meets the unique key."""
    consent = table("consent")
    mine = select(consent.c.id).where(consent.c.record_id == person, consent.c.purpose == "news")
    transaction.delete(consent, transaction.connection.execute(mine).scalars().all())
    row: Row = {"record_id": person, "purpose": "news", "channel": "letter", "status": value}
    transaction.insert(consent, [row])


def _remove(transaction: Transaction, *record_ids: int | None) -> None:
    for record_id in record_ids:
        if record_id is not None:
            _remove_one(transaction, record_id)


def _remove_one(transaction: Transaction, record_id: int) -> None:
    membership = table("membership")
    linked = select(membership.c.id).where(membership.c.association_id == record_id)
    for row_id in transaction.connection.execute(linked).scalars().all():
        transaction.update(membership, row_id, {"association_id": None})
    for one in reversed(history_tables()):
        column = record_column(one)
        if column is not None:
            mine = select(one.c.id).where(one.c[column] == record_id)
            transaction.delete(one, transaction.connection.execute(mine).scalars().all())


def perform(connection: Connection, steps: list[Step]) -> int:
    def work(transaction: Transaction) -> None:
        for step in steps:
            take(transaction, step)

    return operate(connection, work)


SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(operations=OPERATIONS)
def test_undone_in_reverse_everything_is_as_before_and_redone_as_after(
    engine: Engine, operations: list[list[Step]]
) -> None:
    with tampering(engine) as connection:
        operate(connection, lambda t: add_people(t, 2))
        states = [content(connection)]
        batches = []
        for steps in operations:
            batches.append(perform(connection, steps))
            states.append(content(connection))
        undos = []
        for place, batch in reversed(list(enumerate(batches))):
            number, result = undo(connection, batch)
            undos.append(number)
            assert (result.left, result.erased) == ((), 0)
            assert content(connection) == states[place]
        require_whole(connection)
        for place, number in enumerate(reversed(undos), 1):
            redo, result = undo(connection, number)
            assert result.left == ()
            assert content(connection) == states[place]
            back, _ = undo(connection, redo)
            assert content(connection) == states[place - 1]
            undo(connection, back)
        assert content(connection) == states[-1]
        require_whole(connection)


@SETTINGS
@given(operations=OPERATIONS, chosen=st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=5))
def test_undone_in_any_order_the_register_stays_whole(
    engine: Engine, operations: list[list[Step]], chosen: list[tuple[int, bool]]
) -> None:
    with tampering(engine) as connection:
        batches = [operate(connection, lambda t: add_people(t, 3))]
        batches += [perform(connection, steps) for steps in operations]
        for place, force in chosen:
            before = content(connection)
            number, result = undo(connection, batches[place % len(batches)], force=force)
            batches.append(number)
            require_whole(connection)
            assert result.records >= 0
            if not force:
                assert all(before["record"].get(i) == content(connection)["record"].get(i) for i in result.left)


# --- one thing at a time ------------------------------------------------------------------------------------


def test_a_record_changed_since_is_left_and_named(connection: Connection) -> None:
    batch = operate(connection, lambda t: add_people(t, 3), "import")
    operate(connection, lambda t: t.update(table("person"), 2, {"notes": "since"}))
    number, result = undo(connection, batch)
    assert (result.records, result.left) == (2, (2,))
    assert set(content(connection)["record"]) == {2}
    _, again = undo(connection, number)
    assert again.records == 2
    _, forced = undo(connection, batch, force=True)
    assert (forced.records, forced.left) == (3, ())
    assert content(connection)["record"] == {}
    require_whole(connection)


def test_a_record_is_named_also_when_only_its_parts_changed(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 3))
    for work in (
        lambda t: t.insert(table("phone"), [{"record_id": 2, "e164": None, "raw": "a"}]),
        lambda t: t.update(table("phone"), 2, {"raw": "b"}),
        lambda t: t.delete(table("citizenship"), [2]),
    ):
        batch = operate(connection, work)
        operate(connection, lambda t, b=batch: t.update(table("person"), 2, {"notes": str(b)}))  # type: ignore[misc]
        assert undo(connection, batch)[1] == Reverted(0, (2,), 0)


def test_a_removed_record_is_named_as_far_as_it_can_be(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 2))
    edit = operate(connection, lambda t: t.update(table("person"), 1, {"notes": "x"}))
    added = operate(connection, lambda t: t.insert(table("phone"), [{"record_id": 2, "e164": None, "raw": "a"}]))
    operate(connection, lambda t: _remove(t, 1, 2))
    assert undo(connection, edit)[1].left == (1,)
    assert undo(connection, added)[1].left == (-1,)
    for batch in (edit, added):
        undo(connection, batch, force=True)
        require_whole(connection)


def test_a_change_and_its_undo_do_not_count_as_changed_since(connection: Connection) -> None:
    batch = operate(connection, lambda t: add_people(t, 1), "import")
    edit = operate(connection, lambda t: t.update(table("person"), 1, {"notes": "x"}))
    undone, _ = undo(connection, edit)
    assert undo(connection, batch)[1] == Reverted(1, (), 0)
    undo(connection, undone)  # nothing to redo it on: the record is gone
    require_whole(connection)


def test_a_redone_change_counts_as_changed_since(connection: Connection) -> None:
    batch = operate(connection, lambda t: add_people(t, 1), "import")
    edit = operate(connection, lambda t: t.update(table("person"), 1, {"notes": "x"}))
    undone, _ = undo(connection, edit)
    undo(connection, undone)
    assert undo(connection, batch)[1] == Reverted(0, (1,), 0)


def test_a_record_that_comes_back_has_a_version_it_never_had(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 1))
    for note in ("a", "b", "c"):
        operate(connection, lambda t, n=note: t.update(table("person"), 1, {"notes": n}))  # type: ignore[misc]
    batch = operate(connection, lambda t: _remove(t, 1))
    undo(connection, batch)
    version = connection.execute(select(table("record").c.version)).scalar_one()
    assert version > 4


def test_an_association_that_others_joined_since_stays(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 1))
    batch = operate(connection, lambda t: take(t, Step("associate", 0, "club")), "import")
    operate(connection, lambda t: take(t, Step("join", 0, "club")))
    assert undo(connection, batch)[1] == Reverted(0, (2,), 0)
    require_whole(connection)


def test_the_removal_of_an_association_with_members_is_undone_and_redone(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 1))
    operate(connection, lambda t: take(t, Step("associate", 0, "club")))
    operate(connection, lambda t: take(t, Step("join", 0, "club")))
    removed = operate(connection, lambda t: _remove(t, 2))
    back, _ = undo(connection, removed)
    assert [row["association_id"] for row in content(connection)["membership"].values()] == [2]
    assert undo(connection, back)[1] == Reverted(2, (), 0)
    assert [row["association_id"] for row in content(connection)["membership"].values()] == [None]
    require_whole(connection)


def test_a_membership_comes_back_without_its_lost_association(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 1))
    operate(connection, lambda t: take(t, Step("associate", 0, "club")))
    operate(connection, lambda t: take(t, Step("join", 0, "club")))
    gone = operate(connection, lambda t: _remove(t, 1))
    operate(connection, lambda t: _remove(t, 2))
    assert undo(connection, gone)[1].records == 1
    (row,) = content(connection)["membership"].values()
    assert (row["association"], row["association_id"]) == ("club", None)
    require_whole(connection)


def test_an_erased_person_is_skipped_and_counted(connection: Connection) -> None:
    batch = operate(connection, lambda t: add_people(t, 3), "import")
    operate(connection, lambda t: t.erase(2), "erase_record")
    assert undo(connection, batch)[1] == Reverted(2, (), 1)
    assert content(connection)["record"] == {}
    require_whole(connection)


def test_a_setting_changed_again_is_left_unless_forced(connection: Connection) -> None:
    operate(connection, lambda t: take(t, Step("set", 0, "a")))
    batch = operate(connection, lambda t: take(t, Step("set", 0, "b")))
    operate(connection, lambda t: take(t, Step("set", 0, "é")))
    assert undo(connection, batch)[1].left == (0,)
    assert [row["value"] for row in content(connection)["setting"].values()] == ["é"]
    assert undo(connection, batch, force=True)[1].left == ()
    assert [row["value"] for row in content(connection)["setting"].values()] == ["a"]
    require_whole(connection)


def test_sealed_values_move_unopened(connection: Connection) -> None:
    operate(connection, lambda t: add_people(t, 1))
    row: Row = {"record_id": 1, "row_key": b"k" * 16, "field": "safe_contact", "ciphertext": b"\x00\xffsealed"}
    operate(connection, lambda t: t.insert(table("sealed"), [row]))
    before = content(connection)["sealed"]
    batch = operate(connection, lambda t: _remove(t, 1))
    assert content(connection)["sealed"] == {}
    undo(connection, batch)
    assert content(connection)["sealed"] == before
    require_whole(connection)


def test_a_large_import_is_undone_in_one_go(connection: Connection) -> None:
    batch = operate(connection, lambda t: add_people(t, 1500), "import")
    removed, result = undo(connection, batch)
    assert result.records == 1500
    assert undo(connection, removed)[1].records == 1500
    assert len(content(connection)["phone"]) == 1500
    assert history.head(connection)[0] > 4500


def test_a_large_import_is_undone_in_little_memory_and_tells_how_far_it_is(connection: Connection) -> None:
    """What is kept of a record that was taken out is packed at once: 4.6 KB a record otherwise."""
    batch = operate(connection, lambda t: add_people(t, 3000), "import")
    transaction, told = Transaction(connection), list[tuple[int, int]]()
    tracemalloc.start()
    result = revert(transaction, batch, force=False, step=lambda *far: told.append(far))
    used = tracemalloc.get_traced_memory()[1] / 3000
    tracemalloc.stop()
    assert result.records == 3000
    assert told == [(taken, 3000) for taken in range(0, 3000, 500)]
    assert used < 2500
