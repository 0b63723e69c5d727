"""The first schema is what the models say; a newer file is refused; an interrupted step leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, UniqueConstraint, create_mock_engine, inspect, text

from db import migrate
from db.engine import close_engine, integrity, open_engine, reading, writing
from db.errors import NewerSchema
from db.models import METADATA
from tests.db.register import KEY, add_people, content, make, write

STEP = "tests.db.broken_step"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make(tmp_path / "registry.db")
    yield made
    made.dispose()


def user_version(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def schema(engine: Engine) -> dict[str, str]:
    """What the database says of its own tables and indexes, the full-text index apart."""
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith("record_text")}


def test_migrated_columns_and_indexes_are_those_of_the_models(engine: Engine) -> None:
    found = inspect(engine)
    names = {name for name in found.get_table_names() if not name.startswith("record_text")}
    assert names == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        columns = {c["name"]: c for c in found.get_columns(name)}
        assert list(columns) == [c.name for c in table.columns]
        for column in table.columns:
            there = columns[column.name]
            assert str(there["type"]) == column.type.compile(dialect=engine.dialect), (name, column.name)
            assert bool(there["nullable"]) == bool(column.nullable), (name, column.name)
        assert found.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key]
        indexes = {i["name"]: i["column_names"] for i in found.get_indexes(name) if not i["unique"]}
        assert indexes == {i.name: [c.name for c in i.columns] for i in table.indexes}
        unique = {u["name"]: u["column_names"] for u in found.get_unique_constraints(name)}
        wanted = {
            str(c.name): [column.name for column in c.columns]
            for c in table.constraints
            if isinstance(c, UniqueConstraint)
        }
        assert unique == wanted
        keys = {(k["constrained_columns"][0], k["referred_table"]) for k in found.get_foreign_keys(name)}
        assert keys == {(k.parent.name, k.column.table.name) for k in table.foreign_keys}


def test_nothing_would_be_migrated_any_more(engine: Engine) -> None:
    def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or not str(name).startswith("record_text")

    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_fresh_schema_made_from_the_models_reads_the_same(engine: Engine, tmp_path: Path) -> None:
    fresh = open_engine(tmp_path / "fresh.db", KEY, create=True)
    statements: list[str] = []
    mock = create_mock_engine("sqlite://", lambda sql, *_: statements.append(str(sql.compile(dialect=fresh.dialect))))
    METADATA.create_all(mock, checkfirst=False)
    with writing(fresh) as connection:
        for statement in statements:
            connection.execute(text(statement))
    made, migrated = schema(fresh), schema(engine)
    fresh.dispose()
    assert made.keys() == migrated.keys()
    assert {name: sorted(sql.split(", ")) for name, sql in made.items() if "CREATE INDEX" in sql} == {
        name: sorted(sql.split(", ")) for name, sql in migrated.items() if "CREATE INDEX" in sql
    }


def test_an_upgrade_is_done_once_and_marks_the_file(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "registry.db", KEY, create=True)
    assert user_version(engine) == 0
    assert migrate.upgrade(engine)
    assert user_version(engine) == len(migrate.STEPS)
    assert not migrate.upgrade(engine)
    close_engine(engine)


def test_a_newer_file_is_refused_and_not_touched(engine: Engine, tmp_path: Path) -> None:
    write(engine, lambda t: add_people(t, 2))
    with writing(engine) as connection:
        connection.execute(text(f"PRAGMA user_version = {len(migrate.STEPS) + 1}"))
    close_engine(engine)
    path = tmp_path / "registry.db"
    before = path.read_bytes()
    again = open_engine(path, KEY)
    with pytest.raises(NewerSchema):
        migrate.upgrade(again)
    close_engine(again)
    assert path.read_bytes() == before


def test_an_interrupted_step_leaves_nothing_of_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(engine, lambda t: add_people(t, 2))
    before, rows, version = schema(engine), content(engine), user_version(engine)
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, STEP))
    with pytest.raises(RuntimeError, match="in the middle"):
        migrate.upgrade(engine)
    assert (schema(engine), content(engine), user_version(engine)) == (before, rows, version)
    assert integrity(engine) == []


def test_the_first_step_interrupted_leaves_an_empty_file_that_can_be_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(tmp_path / "registry.db", KEY, create=True)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", (*migrate.STEPS, STEP))
        with pytest.raises(RuntimeError, match="in the middle"):
            migrate.upgrade(engine)
    assert schema(engine) == {}
    assert user_version(engine) == 0
    assert migrate.upgrade(engine)
    close_engine(engine)


def test_without_the_transaction_the_interrupted_step_would_stay(engine: Engine) -> None:
    """The control switched off: the same step on a connection that commits each statement by itself."""
    from alembic.operations import Operations

    from tests.db import broken_step

    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.connection.driver_connection.commit()  # type: ignore[union-attr]
        with pytest.raises(RuntimeError):
            broken_step.upgrade(Operations(MigrationContext.configure(connection)))
        connection.connection.driver_connection.commit()  # type: ignore[union-attr]
    assert "half_made" in schema(engine)
