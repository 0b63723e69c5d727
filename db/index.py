"""The full-text index over folded text (FTS5), one row a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, literal_column, text

from db.records import slices

#: Column names in the order of `Entry`.
COLUMNS = ("name", "contact", "place", "other")


class Entry(NamedTuple):
    """What the index holds of one record: folded words, by column."""

    id: int
    name: str
    contact: str
    place: str
    other: str


def replace(connection: Connection, entries: Sequence[Entry], *, fresh: bool = False) -> None:
    """Put the words of these records in place of what was there; `fresh` = nothing was."""
    if not fresh:
        remove(connection, [e.id for e in entries])
    if entries:
        statement = "INSERT INTO record_text(rowid, name, contact, place, other) VALUES (?, ?, ?, ?, ?)"
        connection.exec_driver_sql(statement, [tuple(e) for e in entries])


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """Take records out of the index."""
    for some in slices(ids):
        numbers = ",".join(str(int(i)) for i in some)
        connection.execute(text(f"DELETE FROM record_text WHERE rowid IN ({numbers})"))


def matching(
    owner: ColumnElement[int], words: Iterable[str], *, phrase: bool = False, column: str = ""
) -> ColumnElement[bool]:
    """The condition "the record `owner` has all these folded words"; the last letters of a word may be missing.

    Args:
        owner: the column with the record's id.
        words: folded words; a phrase must stand in this order and whole.
        phrase: whether they are one phrase.
        column: restrict to one of `COLUMNS`.
    """
    listed = [w.replace('"', "") for w in words]
    query = '"' + " ".join(listed) + '"' if phrase else " ".join(f'"{w}"*' for w in listed)
    if column:
        query = f"{{{column}}} : ({query})"
    clause = text("SELECT rowid FROM record_text WHERE record_text MATCH :fts").bindparams(
        bindparam("fts", query, unique=True)
    )
    return owner.in_(clause.columns(literal_column("rowid")).scalar_subquery())


def count(connection: Connection) -> int:
    """How many records the index holds."""
    return int(connection.execute(text("SELECT count(*) FROM record_text")).scalar_one())
