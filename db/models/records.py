"""Records and what people and associations have in common: contacts, addresses, raw text, sealed values."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from db.models.schema import METADATA, record_part, record_rows

#: One row a person or association: identity that survives every post, and the row version for conflicts.
record = Table(
    "record",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("uuid", LargeBinary(16), nullable=False),
    Column("subject", LargeBinary(16), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False, info={"derived": True}),
    Column("source", Text),
    info={"record": "id"},
)
Index("ix_record_kind", record.c.kind, record.c.id)

phone = record_rows(
    "phone",
    Column("e164", Text, index=True),
    Column("raw", Text, nullable=False),
)

email = record_rows(
    "email",
    Column("address", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True, info={"derived": True}),
)

address = record_rows(
    "address",
    Column("house_number", Text),
    Column("street", Text),
    Column("district", Text),
    Column("city", Text),
    Column("region", Text),
    Column("postal_code", Text),
    Column("country", Text, index=True),
    Column("raw", Text),
    Column("valid_from", Text),
    Column("valid_to", Text),
)

#: A value that its field could not hold, kept as it was written until somebody puts it right.
raw_value = record_rows(
    "raw_value",
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
)

#: A protected value: ciphertext under the compartment's key, bound to its own `row_key`, not to the person.
sealed = record_rows(
    "sealed",
    Column("row_key", LargeBinary(16), nullable=False, unique=True),
    Column("field", Text, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
)

association = record_part(
    "association",
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, index=True, info={"derived": True}),
    Column("acronym", Text),
    Column("native_name", Text),
    Column("external_id", Text, index=True),
    Column("type", Text),
    Column("level", Text),
    Column("founded", Text),
    Column("registration_number", Text),
    Column("members", Integer),
    Column("sector", Text),
    Column("parent", Text),
    Column("contact_person", Text),
    Column("contact_role", Text),
    Column("website", Text),
    Column("description", Text),
    Column("notes", Text),
)
