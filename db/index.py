"""The full-text index over folded text (FTS5), one row a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, column, select, text

from db.records import slices

COLUMNS = ("name", "contact", "place", "other")
#: What the index holds of one record: its id, then folded words by each of `COLUMNS`.
Entry: TypeAlias = tuple[int, str, str, str, str]


def replace(connection: Connection, entries: Sequence[Entry], *, fresh: bool = False) -> None:
    """Put the words of these records in place of what was there; `fresh` = nothing was."""
    if not fresh:
        remove(connection, [entry[0] for entry in entries])
    if entries:
        statement = "INSERT INTO record_text(rowid, name, contact, place, other) VALUES (?, ?, ?, ?, ?)"
        connection.exec_driver_sql(statement, list(entries))


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """Take records out of the index."""
    for some in slices(ids):
        numbers = ",".join(str(int(i)) for i in some)
        connection.execute(text(f"DELETE FROM record_text WHERE rowid IN ({numbers})"))


def query_for(words: Iterable[str], *, phrase: bool = False, within: str = "", whole: bool = False) -> str:
    """What FTS5 is asked for all these folded words; the last letters of a word may be missing.

    Args:
        words: folded words; a phrase must stand in this order and whole.
        phrase: whether they are one phrase.
        within: restrict to one of `COLUMNS`.
        whole: whether no letters may be missing.
    """
    listed = [w.replace('"', "") for w in words]
    query = '"' + " ".join(listed) + '"' if phrase else " ".join(f'"{w}"' if whole else f'"{w}"*' for w in listed)
    return f"{{{within}}} : ({query})" if within else query


_CLAUSE = text("SELECT rowid AS id FROM record_text WHERE record_text MATCH :fts")
#: The records that a query of FTS5, the value `fts`, finds, whatever they are; made once: it takes as long as asking.
FOUND: Select[tuple[int]] = select(_CLAUSE.columns(column("id", Integer)).subquery().c.id)


def matching(owner: ColumnElement[int], query: str) -> ColumnElement[bool]:
    """The condition "the record `owner`, a column with its id, is found by this query of FTS5"."""
    clause = _CLAUSE.bindparams(bindparam("fts", query, unique=True))
    return owner.in_(select(clause.columns(column("id", Integer)).subquery().c.id))


def count(connection: Connection) -> int:
    """How many records the index holds."""
    return int(connection.execute(text("SELECT count(*) FROM record_text")).scalar_one())
