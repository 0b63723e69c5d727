"""The registry's own tables: settings, staff, counters, history."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from db.models.schema import METADATA, registry_rows

setting = registry_rows("setting", Column("name", Text, nullable=False, unique=True), Column("value", Text))

#: The public keys of all slots in keys.json, recovery keys among them: on a difference nothing is sealed.
key_slot = registry_rows(
    "key_slot",
    Column("slot", Text, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
)

#: Staff who may sign in, each with the slot that the password opens.
user_account = registry_rows(
    "user_account",
    Column("name", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("protected", Boolean(create_constraint=False), nullable=False),
    Column("disabled", Boolean(create_constraint=False), nullable=False),
)

#: The last number given out, by name: row ids and registration numbers are never given twice, even after an undo.
counter = Table(
    "counter",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    info={"unfollowed": True},
)

#: The chained headers (SECURITY.md, "History"): nothing here names a person.
history_entry = Table(
    "history_entry",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("batch", Integer, nullable=False, index=True),
    Column("undoes", Integer),
    Column("time", Integer, nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("operation", Text, nullable=False),
    Column("subject", LargeBinary(16), nullable=False, index=True),
    Column("commitment", LargeBinary(32), nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    info={"unfollowed": True},
)
#: One entry an operation, and the few that take something back: else every look at the last operations would read
#: through imports of many thousand entries.
Index(
    "ix_history_entry_head",
    history_entry.c.batch,
    sqlite_where=history_entry.c.sequence == history_entry.c.batch,
)
Index("ix_history_entry_undoes", history_entry.c.undoes, sqlite_where=history_entry.c.undoes.is_not(None))

#: The exact bytes that an entry's commitment covers, with their salt; gone once the subject is erased.
history_content = Table(
    "history_content",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    info={"unfollowed": True},
)

#: A term that a ministry or an officer added to a vocabulary. Labels and aliases are JSON by language.
term = registry_rows(
    "term",
    Column("vocabulary", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("parent", Text),
    Column("labels", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("source", Text),
    UniqueConstraint("vocabulary", "code"),
)

#: A ministry's own questionnaire: every version that was ever in use, the definition as JSON.
profile = registry_rows(
    "profile",
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("active", Boolean(create_constraint=False), nullable=False),
    Column("definition", Text, nullable=False),
    UniqueConstraint("name", "version"),
)

#: What holds in a host country, with source and date.
host_fact = registry_rows(
    "host_fact",
    Column("country", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Text),
    Column("as_of", Text),
    UniqueConstraint("country", "topic"),
)
