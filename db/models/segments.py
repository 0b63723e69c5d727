"""Segments: saved queries and fixed lists, who is on a list, and whom each user found at the last look."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, Text, UniqueConstraint

from db.models.schema import METADATA, record_rows, registry_rows

segment = registry_rows(
    "segment",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # What it finds; of a fixed list what it found on the day it was fixed, "" if it was made by hand.
    Column("query", Text, nullable=False),
    # The day since which it is a fixed list; NULL = it is asked anew each time.
    Column("fixed_on", Text),
    Column("shared", Boolean(create_constraint=False), nullable=False),
    # Account id of its maker.
    Column("owner", Integer, nullable=False),
)

#: Who is on a fixed list. No foreign key to the list: it may be undone while later additions are still in the history.
segment_member = record_rows(
    "segment_member",
    Column("segment_id", Integer, nullable=False),
    UniqueConstraint("segment_id", "record_id"),
)

#: Whom a segment found when somebody last looked: ids as packed numbers. A look is no change and has no history.
segment_look = Table(
    "segment_look",
    METADATA,
    Column("segment_id", Integer, primary_key=True, autoincrement=False),
    Column("user_id", Integer, primary_key=True, autoincrement=False),
    Column("looked_on", Text, nullable=False),
    Column("ids", LargeBinary, nullable=False),
    info={"unfollowed": True},
)
