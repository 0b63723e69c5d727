"""Columns and order of a list under a name: each user's own."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Text

from db.models.schema import registry_rows

list_view = registry_rows(
    "list_view",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # Canonical names of fields, as JSON.
    Column("columns", Text, nullable=False),
    # The field that the list is sorted by; "" = by name.
    Column("sort", Text, nullable=False),
    Column("descending", Boolean(create_constraint=False), nullable=False),
    # Account id of its maker.
    Column("owner", Integer, nullable=False),
)
