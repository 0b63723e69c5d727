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
        if _version(connection) == len(STEPS):
            return False
    with store.writing(engine) as connection:
        version = _version(connection)
        if version > len(STEPS):
            raise NewerSchema(str(version))
        for number, module in enumerate(STEPS[version:], version + 1):
            _step(connection, module)
            connection.execute(text(f"PRAGMA user_version = {number:d}"))
    return True


def _step(connection: Connection, module: str) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    import_module(module).upgrade(Operations(MigrationContext.configure(connection)))


def _version(connection: Connection) -> int:
    version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if version > len(STEPS):
        raise NewerSchema(str(version))
    return version
