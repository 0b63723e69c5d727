"""Records that may be one: what comparing found, which is computed, and what officers said of it, which is kept."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from db.models.schema import METADATA, record_rows

#: Two records that may be one, the smaller id first.
duplicate_pair = Table(
    "duplicate_pair",
    METADATA,
    Column("record_id", Integer, primary_key=True, autoincrement=False),
    Column("other_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    # In ten-thousandths.
    Column("likelihood", Integer, nullable=False),
    # The smallest id of the group in which both are; NULL = in none.
    Column("cluster", Integer),
    # Field by field how alike they are and how much that says, as JSON without any value of the records.
    Column("evidence", Text, nullable=False),
    # By what it is known again whether there is anything new: a number of what was compared.
    Column("basis", Text, nullable=False),
    info={"unfollowed": True},
    sqlite_with_rowid=False,
)
Index("ix_duplicate_pair_other_id", duplicate_pair.c.other_id)
Index("ix_duplicate_pair_likelihood", duplicate_pair.c.kind, duplicate_pair.c.likelihood)

#: What an officer said of a pair: that they are not the same. It stands while `basis` is that of the pair.
duplicate_verdict = record_rows(
    "duplicate_verdict",
    Column("other_id", Integer, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("decided_by", Text),
    Column("decided_on", Text, nullable=False),
    UniqueConstraint("record_id", "other_id"),
)

#: What the last run over all records of a kind has learned.
matching_run = Table(
    "matching_run",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("records", Integer, nullable=False),
    # When, in microseconds since 1970 (UTC).
    Column("at", Integer, nullable=False),
    Column("model", Text, nullable=False),
    info={"unfollowed": True},
)
