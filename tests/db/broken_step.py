"""A migration step that is cut off when it has changed tables and rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make a table, change another, remove rows, and fail."""
    op.create_table("half_made", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("person", sa.Column("half_added", sa.Text()))
    op.create_index("ix_half_made", "person", ["notes"])
    op.execute("DELETE FROM citizenship")
    raise RuntimeError("in the middle")
