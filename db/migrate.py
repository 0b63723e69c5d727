"""From any older schema to this program's, in one transaction; `user_version` says where a file stands."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import Connection, Engine, text

from db import engine as store
from db.errors import NewerSchema

#: The steps in order; step n leads from schema n-1 to schema n.
STEPS = ("db.migrations.m0001_first",)


def upgrade(engine: Engine) -> bool:
    """Bring the database to the newest schema; True if it was not there. Raises `NewerSchema`."""
    with store.reading(engine) as connection:
        if version(connection) == len(STEPS):
            return False
    with store.writing(engine) as connection:
        before = version(connection)
        for number, module in enumerate(STEPS[before:], before + 1):
            _step(connection, module)
            connection.execute(text(f"PRAGMA user_version = {number:d}"))
    return True


def _step(connection: Connection, module: str) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    import_module(module).upgrade(Operations(MigrationContext.configure(connection)))


def version(connection: Connection) -> int:
    """The schema that the database has; raises `NewerSchema`."""
    found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if found > len(STEPS):
        raise NewerSchema(str(found))
    return found
