"""Records and what people and associations have in common: contacts, addresses, raw text, sealed values."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from db.models.schema import METADATA, record_rows

#: One row a person or association: identity that survives every post, and the row version for conflicts.
record = Table(
    "record",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, index=True),
    Column("uuid", LargeBinary(16), nullable=False),
    Column("subject", LargeBinary(16), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False, info={"derived": True}),
    Column("source", Text),
    info={"record": "id"},
)

phone = record_rows(
    "phone",
    Column("e164", Text, index=True),
    Column("raw", Text, nullable=False),
    Column("kind", Text),
    Column("sms", Text),
    Column("state", Text),
)

email = record_rows(
    "email",
    Column("address", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True, info={"derived": True}),
    Column("state", Text),
)

messenger = record_rows(
    "messenger",
    Column("handle", Text, nullable=False),
    Column("service", Text),
    Column("state", Text),
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
    Column("kind", Text),
    Column("state", Text),
    Column("source", Text),
    # The gazetteer's number of the city, by which it is on the map (GeoNames id).
    Column("city_id", Integer, index=True, info={"derived": True}),
)
Index(
    "ix_address_state", address.c.state, address.c.valid_to, address.c.record_id,
    sqlite_where=address.c.state.is_not(None),
)  # fmt: skip

#: Former names and other spellings of a person, other names of an association.
other_name = record_rows("other_name", Column("name", Text, nullable=False))

#: What happened between the office and somebody: calls, visits, services, concerns, and what is still to do.
activity = record_rows(
    "activity",
    Column("kind", Text, nullable=False),
    Column("date", Text),
    Column("service", Text),
    Column("direction", Text),
    Column("subject", Text),
    Column("notes", Text),
    Column("officer", Text),
    Column("follow_up", Text),
    Column("followed_up", Text),
    Column("theme", Text),
    Column("place", Text),
    Column("answered_on", Text),
    Column("answered_by", Text),
)
Index(
    "ix_activity_follow_up", activity.c.follow_up, activity.c.followed_up, activity.c.record_id,
    sqlite_where=activity.c.follow_up.is_not(None),
)  # fmt: skip
Index("ix_activity_kind", activity.c.kind, activity.c.answered_on, activity.c.date, activity.c.record_id)

#: A file kept inside the register: photo, signature, document.
attachment = record_rows(
    "attachment",
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("added_on", Text, nullable=False),
    Column("officer", Text),
)

#: An answer to a question of a ministry's own profile template, under the version it was given to, and how it was
#: written where a code was found for it. Several answers to one question stand in the order of their rows.
profile_answer = record_rows(
    "profile_answer",
    Column("profile", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("written", Text),
)
Index("ix_profile_answer_question", profile_answer.c.profile, profile_answer.c.question, profile_answer.c.answer)

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

#: A record that became part of this one: the numbers that still find it, whose history it has (erased together), and
#: as JSON what the merge did, from which it can be taken apart again.
merged_record = record_rows(
    "merged_record",
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("external_id", Text, index=True),
    Column("uuid", LargeBinary(16), nullable=False),
    Column("subject", LargeBinary(16), nullable=False, unique=True),
    Column("source", Text),
    Column("name", Text, nullable=False),
    Column("merged_on", Text, nullable=False),
    Column("officer", Text),
    Column("trace", Text, nullable=False),
)
