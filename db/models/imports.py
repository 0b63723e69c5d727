"""How lists were taken in before: which column is which field, and what their own words mean."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from db.models.schema import METADATA

import_mapping = Table(
    "import_mapping",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    # Headers in the order of the file, as JSON: by them the list is known again.
    Column("headers", Text, nullable=False),
    # Header -> canonical names with commas between, or null, or those and the order of its dates, as JSON.
    Column("columns", Text, nullable=False),
    # Canonical name -> text in the file -> text to read instead, as JSON.
    Column("texts", Text, nullable=False),
    # What was learned of a list stays when the import is taken back.
    info={"unfollowed": True},
)
