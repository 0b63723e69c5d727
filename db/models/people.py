"""What only people have."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from db.models.schema import record_part, record_rows

person = record_part(
    "person",
    Column("external_id", Text, index=True),
    Column("full_name", Text, nullable=False),
    Column("family_name", Text),
    Column("given_name", Text),
    Column("patronymic", Text),
    Column("birth_name", Text),
    Column("former_name", Text),
    Column("native_name", Text),
    Column("name_order", Text),
    Column("title", Text),
    Column("sex", Text),
    Column("birth_date", Text),
    Column("birth_place", Text),
    Column("birth_country", Text),
    Column("origin_region", Text),
    Column("hometown", Text),
    Column("civil_status", Text),
    Column("household", Text, index=True),
    Column("state", Text, nullable=False),
    Column("registered_on", Text),
    Column("valid_until", Text),
    Column("last_confirmed", Text),
    Column("preferred_language", Text),
    Column("preferred_channel", Text),
    Column("occupation", Text),
    Column("employer", Text),
    Column("departure_year", Text),
    Column("website", Text),
    Column("notes", Text),
    # Folded name parts in sorted order: the same person's name in any order has the same key.
    Column("name_key", Text, nullable=False, info={"derived": True}),
    # What lists are sorted by: family name first, folded.
    Column("sort_key", Text, nullable=False, info={"derived": True}),
)
Index("ix_person_name_key", person.c.name_key, person.c.birth_date)
Index("ix_person_sort_key", person.c.sort_key, person.c.id)

citizenship = record_rows("citizenship", Column("country", Text, nullable=False))

document = record_rows(
    "document",
    Column("type", Text),
    Column("number", Text, index=True),
    Column("expires", Text),
)

spoken_language = record_rows(
    "spoken_language",
    Column("language", Text, nullable=False, index=True),
    Column("level", Text),
)

skill = record_rows(
    "skill",
    Column("skill", Text, nullable=False),
    Column("level", Text),
)

#: A person's place in an association: linked when the association is in the register, by name until then. Without
#: a name it is an office of which a list gives role and dates only.
membership = record_rows(
    "membership",
    Column("association_id", Integer, ForeignKey("association.id"), index=True),
    Column("association", Text),
    Column("role", Text),
    Column("since", Text),
    Column("until", Text),
)

consent = record_rows(
    "consent",
    Column("purpose", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("decided_on", Text),
    UniqueConstraint("record_id", "purpose", "channel"),
)
