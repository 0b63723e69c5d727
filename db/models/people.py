"""Who a person is: names, identity, belonging, documents, family, consent."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from db.models.schema import LINK, record_part, record_rows

person = record_part(
    "person",
    Column("external_id", Text, index=True),
    Column("full_name", Text, nullable=False),
    Column("family_name", Text),
    Column("given_name", Text),
    Column("patronymic", Text),
    Column("birth_name", Text),
    Column("native_name", Text),
    Column("native_script", Text),
    Column("name_order", Text),
    Column("title", Text),
    Column("sex", Text),
    Column("birth_date", Text),
    Column("birth_place", Text),
    Column("birth_country", Text),
    Column("connection", Text),
    Column("origin_country", Text),
    Column("origin_region", Text),
    Column("hometown", Text),
    Column("civil_status", Text),
    Column("household", Text),
    Column("state", Text, nullable=False),
    Column("registered_on", Text),
    Column("valid_until", Text),
    Column("last_confirmed", Text),
    Column("first_notice", Text),
    Column("second_notice", Text),
    Column("died_on", Text),
    Column("district", Text),
    Column("preferred_language", Text),
    Column("preferred_channel", Text),
    Column("departure_year", Text),
    Column("arrival_year", Text),
    Column("migration_reason", Text),
    Column("generation", Text),
    Column("return_intention", Text),
    Column("residence_type", Text),
    Column("home_visits", Text),
    Column("trained_occupation", Text),
    Column("trained_occupation_text", Text),
    Column("willing", Text),
    Column("conditions", Text),
    Column("trust", Text),
    Column("available_from", Text),
    Column("weeks_a_year", Integer),
    Column("notice_period", Text),
    Column("remote", Text),
    Column("engagement_region", Text),
    Column("engagement_institution", Text),
    Column("remittances", Text),
    Column("remittance_frequency", Text),
    Column("remittance_channel", Text),
    Column("remittance_amount", Text),
    Column("remittance_use", Text),
    Column("voter_enrolled", Text),
    Column("voting_method", Text),
    Column("website", Text),
    Column("notes", Text),
    # Folded name parts in sorted order: the same person's name in any order has the same key.
    Column("name_key", Text, nullable=False, info={"derived": True}),
    # What lists are sorted by: family name first, folded.
    Column("sort_key", Text, nullable=False, index=True, info={"derived": True}),
)
Index("ix_person_name_key", person.c.name_key, person.c.birth_date)
# What the day's questions go by: dates that only some have, with the state that decides whether they count.
Index("ix_person_valid_until", person.c.valid_until, person.c.state, sqlite_where=person.c.valid_until.is_not(None))
Index("ix_person_first_notice", person.c.first_notice, sqlite_where=person.c.first_notice.is_not(None))
Index("ix_person_second_notice", person.c.second_notice, sqlite_where=person.c.second_notice.is_not(None))
Index("ix_person_household", person.c.household, sqlite_where=person.c.household.is_not(None))
Index("ix_person_birth_date", person.c.birth_date, person.c.state)

citizenship = record_rows(
    "citizenship",
    Column("country", Text, nullable=False),
    Column("acquired", Text),
    Column("since", Text),
    Column("until", Text),
)

document = record_rows(
    "document",
    Column("type", Text),
    Column("number", Text, index=True),
    Column("issuer", Text),
    Column("issued", Text),
    Column("expires", Text),
    Column("machine_read", Text),
)
Index("ix_document_expires", document.c.expires, document.c.record_id, sqlite_where=document.c.expires.is_not(None))

#: A country somebody lived in.
residence = record_rows(
    "residence",
    Column("country", Text, nullable=False),
    Column("since", Text),
    Column("until", Text),
)

#: Somebody's relative: a person of the register by link, anybody else by name. Kept once, seen from both sides.
relation = record_rows(
    "relation",
    Column("relative", Text),
    Column("relative_id", Integer, ForeignKey("person.id"), index=True, info=LINK),
    Column("kind", Text),
    Column("phone", Text),
    Column("citizenship", Text),
    Column("dependant", Text),
    Column("since", Text),
    Column("until", Text),
)

#: A person's place in an association: linked when the association is in the register, by name until then. Without
#: a name it is an office of which a list gives role and dates only.
membership = record_rows(
    "membership",
    Column("association_id", Integer, ForeignKey("association.id"), index=True, info=LINK),
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
    Column("how", Text),
    Column("text_version", Text),
    Column("language", Text),
    Column("taken_by", Text),
    Column("expires", Text),
    Column("withdrawn_on", Text),
    UniqueConstraint("record_id", "purpose", "channel"),
)
# Who agreed to something by some channel is asked of everybody at once.
Index(
    "ix_consent_purpose",
    consent.c.purpose, consent.c.channel, consent.c.status, consent.c.expires, consent.c.record_id,
)  # fmt: skip
Index("ix_consent_expires", consent.c.expires, consent.c.record_id, sqlite_where=consent.c.expires.is_not(None))

#: The states of a registration in their order, each from a date: what `person.state` says now, and said before.
registration = record_rows(
    "registration",
    Column("state", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("reason", Text),
    Column("officer", Text),
)

#: Certificates of registration that were issued, with how often each was printed.
certificate = record_rows(
    "certificate",
    Column("serial", Text, nullable=False, unique=True),
    Column("issued_on", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("valid_until", Text),
    Column("prints", Integer, nullable=False),
    Column("officer", Text),
)
