"""Statistics under a name, for all who work in the registry: what is counted by what, not the counts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Text

from db.models.schema import registry_rows

saved_statistics = registry_rows(
    "saved_statistics",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # Names of what is counted by, as JSON.
    Column("counted_by", Text, nullable=False),
    Column("query", Text, nullable=False),
    # Whether small counts are withheld, and whether those count too who do not by the ministry's definition.
    Column("public", Boolean(create_constraint=False), nullable=False),
    Column("everybody", Boolean(create_constraint=False), nullable=False),
    # Which chart stands beside; "" = what suits the fields.
    Column("chart", Text, nullable=False),
    # Account id of its maker.
    Column("owner", Integer, nullable=False),
)
