"""What every table shares: names of constraints, and whose history a row belongs to."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.schema import SchemaItem

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Mark of a column that is computed from others: rebuilt after each change, not kept in the history.
DERIVED = {"derived": True}

#: Mark of a column that follows from the text beside it: which record of the register that text names.
LINK = {"link": True}


def record_part(name: str, *items: SchemaItem) -> Table:
    """A table whose rows extend one record each: same id, and the record's history."""
    return Table(
        name,
        METADATA,
        Column("id", Integer, ForeignKey("record.id"), primary_key=True, autoincrement=False),
        *items,
        info={"record": "id"},
    )


def record_rows(name: str, *items: SchemaItem) -> Table:
    """A table of which a record has any number of rows, all part of the record's history."""
    return Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("record_id", Integer, ForeignKey("record.id"), nullable=False, index=True),
        *items,
        info={"record": "record_id"},
    )


def registry_rows(name: str, *items: SchemaItem) -> Table:
    """A table that belongs to the registry itself: staff, settings, campaigns."""
    return Table(name, METADATA, Column("id", Integer, primary_key=True, autoincrement=False), *items, info={})


def record_column(table: Table) -> str | None:
    """The column that names the record a row belongs to, or None for the registry's own tables."""
    column: str | None = table.info.get("record")
    return column


def kept_columns(table: Table) -> tuple[str, ...]:
    """The columns whose values the history answers for."""
    return tuple(c.name for c in table.columns if not c.info.get("derived"))


def history_tables() -> tuple[Table, ...]:
    """Every table whose rows the history follows, parents before children."""
    return tuple(t for t in METADATA.sorted_tables if not t.info.get("unfollowed"))
