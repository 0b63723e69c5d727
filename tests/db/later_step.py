"""A migration step of a later version of the program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make a table that today's program knows nothing of."""
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("words", sa.Text()))
    op.execute("INSERT INTO later (words) SELECT value FROM setting WHERE name = 'post'")
