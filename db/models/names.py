"""The index of names: computed from the records, not followed by the history."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, UniqueConstraint

from db.models.schema import METADATA

#: Every word that some name has. No id is given twice, so that whoever knows the words needs to read only new ones.
name_word = Table(
    "name_word",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("skeletons", Text, nullable=False),
    UniqueConstraint("text", "script"),
    info={"unfollowed": True},
    sqlite_autoincrement=True,
)

#: Which records of a chunk have a word: their ids, less where the chunk begins, as 16-bit numbers.
name_posting = Table(
    "name_posting",
    METADATA,
    Column("word_id", Integer, primary_key=True, autoincrement=False),
    Column("chunk", Integer, primary_key=True, autoincrement=False),
    Column("records", LargeBinary, nullable=False),
    info={"unfollowed": True},
    sqlite_with_rowid=False,
)

#: The words of a record's names, in order: 32-bit numbers.
record_names = Table(
    "record_names",
    METADATA,
    Column("record_id", Integer, primary_key=True, autoincrement=False),
    Column("words", LargeBinary, nullable=False),
    info={"unfollowed": True},
)
