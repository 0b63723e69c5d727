"""The history: what is altered, removed, swapped or done behind its back is found; what is erased is gone."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, UniqueConstraint, delete, insert, select, update
from sqlalchemy.sql.sqltypes import LargeBinary

from db import history, index, verify
from db.engine import checkpoint, close_engine, integrity, open_engine, reading, writing
from db.models import history_content, history_entry, history_tables, record_column
from db.store import Transaction
from db.trail import Trail, content, parse
from tests.db.register import KEY, add_people, kept_of, lying_in, make, table, tampering, write

HEADER = [c.name for c in history_entry.columns]
MARKER = "Zwyntharobel"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make(tmp_path / "registry.db")
    yield made
    made.dispose()


@pytest.fixture
def lived(engine: Engine) -> Engine:
    """A register in which every table has rows and something of every sort has happened."""
    write(engine, lambda t: add_people(t, 12), "import")
    write(engine, _fill_every_table)
    write(engine, lambda t: [t.update(table("person"), i, {"notes": f"changed {i}"}) for i in range(1, 9)])
    write(engine, lambda t: t.delete(table("phone"), [2, 3]), undoes=3)
    write(engine, lambda t: t.insert(table("phone"), [{"record_id": 4, "e164": "+33199001234", "raw": "x"}]))
    write(engine, lambda t: None)
    return engine


def _fill_every_table(transaction: Transaction) -> None:
    (association,) = transaction.new_records("associations", ["TST-A-000001"], ["list.xlsx, row 2"])
    for one in history_tables():
        row: dict[str, object] = {"id": association} if one.name == "association" else {}
        if one.name in ("record", "person"):
            continue
        for column in one.columns:
            if column.name == "record_id":
                row[column.name] = 1
            elif column.foreign_keys and column.name != "id":
                row[column.name] = association if column.references(table("association").c.id) else 1
            elif column.name != "id" and not column.info.get("derived"):
                kind = column.type.python_type
                row[column.name] = {bytes: b"\x01\xff", int: 7, float: 7.5, bool: True}.get(kind, f"{column.name} text")
        transaction.insert(one, [row])


def found(connection: Connection) -> list[tuple[str, int]]:
    return list(verify.problems(connection))


def test_a_register_that_only_the_program_wrote_verifies(lived: Engine) -> None:
    with reading(lived) as connection:
        assert found(connection) == []
        assert all(connection.execute(select(one.c.id)).first() for one in history_tables())


def other(value: object) -> object:
    """A value unlike `value` of the same sort."""
    match value:
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:] if value else b"\0"
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case _:
            return 0


def test_every_header_column_of_every_row_altered(engine: Engine, long_run: bool) -> None:
    for _ in range(10):
        write(engine, lambda t: add_people(t, 98 if long_run else 8))
    with reading(engine) as connection:
        entries = [dict(row) for row in connection.execute(select(history_entry)).mappings()]
    assert len(entries) == (1000 if long_run else 100)
    for entry in entries:
        for column in HEADER:
            with tampering(engine) as connection:
                here = history_entry.c.sequence == entry["sequence"]
                changed = other(entry[column]) if column != "sequence" else 10_000
                connection.execute(update(history_entry).where(here).values({column: changed}))
                problems = list(history.chain_problems(connection))
            assert problems, (entry["sequence"], column)
            if column not in ("sequence", "chain"):
                assert problems[0] == (entry["sequence"], "chain")


def test_no_value_is_not_taken_for_zero(lived: Engine) -> None:
    with tampering(lived) as connection:
        connection.execute(update(history_entry).where(history_entry.c.sequence == 1).values(undoes=0))
        assert ("chain", 1) in found(connection)


@pytest.mark.parametrize("column", [c for c in HEADER if c != "sequence"])
def test_what_cannot_even_be_read_is_found_and_not_fatal(lived: Engine, column: str) -> None:
    with tampering(lived) as connection:
        connection.exec_driver_sql(f"UPDATE history_entry SET {column} = '9x' WHERE sequence = 3")
        assert found(connection)


@pytest.mark.parametrize("wrong", [b"", b"{", b"[]", b'{"changed": 3}', b'{"created": {"nowhere": [1]}}', "text", 7])
def test_content_that_cannot_be_read_is_found_and_not_fatal(lived: Engine, wrong: object) -> None:
    with tampering(lived) as connection:
        connection.exec_driver_sql("UPDATE history_content SET content = ? WHERE sequence = 2", (wrong,))
        assert ("content", 2) in found(connection)


def test_content_or_salt_of_any_row_altered_or_removed(lived: Engine) -> None:
    with reading(lived) as connection:
        rows = [dict(row) for row in connection.execute(select(history_content)).mappings()]
    for row in rows:
        here = history_content.c.sequence == row["sequence"]
        for column in ("salt", "content"):
            with tampering(lived) as connection:
                connection.execute(update(history_content).where(here).values({column: other(row[column])}))
                assert ("content", row["sequence"]) in found(connection)
        with tampering(lived) as connection:
            connection.execute(delete(history_content).where(here))
            assert ("content", row["sequence"]) in found(connection)


def test_any_row_removed_but_the_last(lived: Engine) -> None:
    with reading(lived) as connection:
        last = history.head(connection)[0]
    for sequence in range(1, last):
        for tables in ([history_entry], [history_entry, history_content]):
            with tampering(lived) as connection:
                for one in tables:
                    connection.execute(delete(one).where(one.c.sequence == sequence))
                assert ("order", sequence + 1) in found(connection)


def test_any_two_rows_swapped_or_one_doubled(lived: Engine) -> None:
    with reading(lived) as connection:
        entries = [dict(row) for row in connection.execute(select(history_entry)).mappings()]
    for one, two in pairwise(entries):
        with tampering(lived) as connection:
            for entry, sequence in ((one, -1), (two, one["sequence"]), ({"sequence": -1}, two["sequence"])):
                here = history_entry.c.sequence == entry["sequence"]
                connection.execute(update(history_entry).where(here).values(sequence=sequence))
            assert found(connection)
    for entry in entries:
        with tampering(lived) as connection:
            connection.execute(insert(history_entry).values({**entry, "sequence": len(entries) + 1}))
            assert ("chain", len(entries) + 1) in found(connection)


def test_contents_of_two_rows_swapped(lived: Engine) -> None:
    with tampering(lived) as connection:
        rows = {r["sequence"]: dict(r) for r in connection.execute(select(history_content)).mappings()}
        for to, source in ((2, 3), (3, 2)):
            values = {c: rows[source][c] for c in ("salt", "content")}
            connection.execute(update(history_content).where(history_content.c.sequence == to).values(values))
        assert {("content", 2), ("content", 3)} <= set(found(connection))


def test_content_without_an_entry_is_found(lived: Engine) -> None:
    for sequence in (-5, 0, 1000):
        with tampering(lived) as connection:
            connection.execute(insert(history_content).values(sequence=sequence, salt=b"0" * 16, content=b"{}"))
            assert ("order", sequence) in found(connection)


def test_a_tail_cut_off_cannot_be_told_from_the_chain_alone(lived: Engine) -> None:
    with reading(lived) as connection:
        last, head = history.head(connection)
    with tampering(lived) as connection:
        for one in (history_entry, history_content):
            connection.execute(delete(one).where(one.c.sequence == last))
        assert list(history.chain_problems(connection)) == []
        assert history.head(connection) != (last, head)


def owner(name: str, row: dict[str, object]) -> int:
    column = record_column(table(name))
    return int(str(row[column])) if column else 0


@pytest.mark.parametrize("name", [one.name for one in history_tables()])
def test_every_value_edited_behind_the_programs_back(lived: Engine, name: str) -> None:
    one = table(name)
    with reading(lived) as connection:
        rows = [dict(row) for row in connection.execute(select(one)).mappings()]
    tried = 0
    for row in (rows[0], rows[-1]):
        for column in one.columns:
            if column.info.get("derived") or column.name in ("id", "subject"):
                continue
            changed = other(row[column.name])
            if row[column.name] is None:
                changed = b"new" if isinstance(column.type, LargeBinary) else "1"
            with tampering(lived) as connection:
                here = one.c.id == row["id"]
                connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
                connection.execute(update(one).where(here).values({column.name: changed}))
                assert ("rows", owner(name, row)) in found(connection), column.name
                tried += 1
    assert tried >= 1


@pytest.mark.parametrize("name", [one.name for one in history_tables()])
def test_every_row_removed_or_slipped_in_behind_the_programs_back(lived: Engine, name: str) -> None:
    one = table(name)
    with reading(lived) as connection:
        row = dict(connection.execute(select(one).order_by(one.c.id.desc())).mappings().first() or {})
    with tampering(lived) as connection:
        connection.execute(delete(one).where(one.c.id == row["id"]))
        assert any(code == "rows" for code, _ in found(connection))
    unique = {c.name: other(row[c.name]) for c in one.columns if c.unique}
    pairs = [c for c in one.constraints if isinstance(c, UniqueConstraint) and len(c.columns) > 1]
    unique |= {c.name: other(row[c.name]) for pair in pairs for c in pair.columns if c.name != "record_id"}
    with tampering(lived) as connection:
        connection.execute(insert(one).values({**row, "id": 999, **unique}))
        assert any(code == "rows" for code, _ in found(connection))


def test_another_subject_given_to_a_record_is_found(lived: Engine) -> None:
    with tampering(lived) as connection:
        connection.execute(update(table("record")).where(table("record").c.id == 5).values(subject=b"s" * 16))
        assert ("rows", 5) in found(connection)


def test_without_the_comparison_of_rows_an_edit_would_pass(lived: Engine) -> None:
    with tampering(lived) as connection:
        connection.execute(update(table("person")).where(table("person").c.id == 5).values(notes="forged"))
        assert list(history.chain_problems(connection)) == []
        assert found(connection) == [("rows", 5)]


def test_without_the_chain_a_forged_commitment_would_pass(lived: Engine) -> None:
    """An intruder who rewrites content and its commitment alike is found by the chain alone."""
    with tampering(lived) as connection:
        row = connection.execute(select(history_content).where(history_content.c.sequence == 1)).mappings().one()
        forged = content(Trail(), row["salt"], {"reason": "forged"})
        here = history_content.c.sequence == 1
        connection.execute(update(history_content).where(here).values(content=forged))
        commitment = history._commitment(row["salt"], forged)
        connection.execute(update(history_entry).where(history_entry.c.sequence == 1).values(commitment=commitment))
        assert list(history.chain_problems(connection)) == [(1, "chain")]


def test_the_check_of_storage_raises_no_false_alarm_about_the_index(engine: Engine) -> None:
    """One connection has read the index, another writes it: SQLite's check on the first would complain."""
    from contextlib import ExitStack

    write(engine, lambda t: add_people(t, 3))
    with ExitStack() as open_connections:
        connections = [open_connections.enter_context(engine.connect()) for _ in range(3)]
        for connection in connections:
            connection.exec_driver_sql("SELECT count(*) FROM record_text WHERE record_text MATCH 'x'").all()
            connection.rollback()
    for number in range(1, 4):
        with writing(engine) as writer:
            index.replace(writer, [(number, f"name {number}", "", "", "")])
        assert integrity(engine) == []
    close_engine(engine)
    reopened = open_engine(Path(engine.url.database or ""), KEY)
    assert integrity(reopened) == []
    close_engine(reopened)


# --- erasure ------------------------------------------------------------------------------------------------


def forms(marker: str) -> list[bytes]:
    """The marker as it could stand in a file."""
    texts = (marker, marker.lower(), marker.upper())
    return [
        *(text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")),
        base64.b64encode(marker.encode())[:12],
        marker.encode().hex().encode(),
    ]


def lies_in(path: Path) -> bool:
    return lying_in(path, forms(MARKER)) > 0


def marked_life(engine: Engine) -> None:
    """Somebody whose every value is marked is added among others, changed, found by search."""
    columns = ("full_name", "family_name", "notes", "hometown", "household", "name_key", "sort_key")
    write(engine, lambda t: add_people(t, 30), "import")
    write(engine, lambda t: add_people(t, 1, **{c: f"{MARKER} {c}" for c in columns}))
    for round_ in range(3):
        write(engine, lambda t, r=round_: t.update(table("person"), 31, {"notes": f"{MARKER} {r} " * 300}))  # type: ignore[misc]
    write(engine, lambda t: t.insert(table("address"), [{"record_id": 31, "street": f"1 {MARKER} street"}]))
    write(engine, lambda t: t.delete(table("address"), [1]))
    with writing(engine) as connection:
        words = [(i, f"person {i}", "", "", "") for i in range(1, 31)]
        index.replace(connection, [*words, (31, MARKER.lower(), MARKER.lower(), "", "")], fresh=True)
        index.replace(connection, [(31, MARKER.lower() + " again", "", MARKER.lower(), "")])


def erase(transaction: Transaction) -> None:
    transaction.erase(31)
    index.remove(transaction.connection, [31])


def test_of_an_erased_person_no_byte_is_left_and_the_history_still_verifies(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    marked_life(engine)
    checkpoint(engine)
    assert lies_in(path), "the search must be able to find something"
    assert lying_in(path, kept := kept_of(engine, 31)) == len(kept) > 0
    write(engine, erase, "erase_record")
    assert checkpoint(engine)
    assert lying_in(path, [*forms(MARKER), *kept]) == 0
    assert (tmp_path / "registry.db-wal").stat().st_size == 0
    with reading(engine) as connection:
        assert found(connection) == []
    close_engine(engine)
    assert {file.name for file in tmp_path.iterdir()} == {"registry.db"}
    again = open_engine(path, KEY)
    assert integrity(again) == []
    close_engine(again)


def _no_secure_delete(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")


def _no_secure_index(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO record_text(record_text, rank) VALUES ('secure-delete', 0)")


@pytest.mark.parametrize("switch_off", [_no_secure_delete, _no_secure_index])
def test_without_secure_deletion_bytes_would_stay(
    engine: Engine, tmp_path: Path, switch_off: Callable[[Engine], None]
) -> None:
    marked_life(engine)
    switch_off(engine)
    write(engine, erase, "erase_record")
    checkpoint(engine)
    assert lies_in(tmp_path / "registry.db")


def test_only_the_erased_subject_may_lack_content(engine: Engine) -> None:
    marked_life(engine)

    def with_another(transaction: Transaction) -> None:
        erase(transaction)
        transaction.update(table("person"), 1, {"notes": "touched by the same operation"})

    write(engine, with_another, "erase_record")
    with reading(engine) as connection:
        assert found(connection) == []
        subject = connection.execute(select(table("record").c.subject).where(table("record").c.id == 1)).scalar_one()
        mine = connection.execute(select(history_entry.c.sequence).where(history_entry.c.subject == subject)).scalars()
        sequences = list(mine)
    for sequence in sequences:
        with tampering(engine) as connection:
            connection.execute(delete(history_content).where(history_content.c.sequence == sequence))
            assert ("content", sequence) in found(connection) or sequence == sequences[-1]
            assert ("rows", 1) in found(connection)


def test_an_erased_subject_that_comes_back_is_found(engine: Engine) -> None:
    marked_life(engine)
    with reading(engine) as connection:
        row = dict(connection.execute(select(table("record")).where(table("record").c.id == 31)).mappings().one())
    write(engine, erase, "erase_record")
    with tampering(engine) as connection:
        connection.execute(insert(table("record")).values(row))
        assert ("rows", 31) in found(connection)


def test_content_is_read_back_as_it_was_written() -> None:
    trail = Trail(
        created={("phone", 2): {"raw": "x"}, ("phone", 1): {"raw": "y"}},
        changed={
            ("sealed", 4): {"ciphertext": [b"\x00\xff", b"\x01"]},
            ("user_account", 1): {"disabled": [False, True]},
        },
        deleted={("record", 3): {"uuid": b"\x01" * 16, "number": "é\U0001f600", "source": None}},
    )
    words = {"reason": "ünïcode", "file": "no\udce9l.xlsx"}  # a file's name may hold bytes that are no text
    note, back, digest = parse(content(trail, b"salt", words))
    assert note == words
    assert (back.changed, back.deleted) == (trail.changed, trail.deleted)
    assert set(back.created) == set(trail.created)
    assert (len(digest), any(back.created.values())) == (32, False)  # committed to, not kept
