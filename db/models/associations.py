"""Associations and institutions: what they are, who acts for them, with whom they work."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text

from db.models.schema import LINK, record_part, record_rows

association = record_part(
    "association",
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, index=True, info={"derived": True}),
    Column("acronym", Text),
    Column("native_name", Text),
    Column("external_id", Text, index=True),
    Column("type", Text),
    Column("located", Text),
    Column("level", Text),
    Column("legal_form", Text),
    Column("founded", Text),
    Column("registered", Text),
    Column("registration_number", Text),
    Column("registration_authority", Text),
    Column("consular_number", Text),
    Column("consular_valid_until", Text),
    Column("members", Integer),
    Column("members_women", Integer),
    Column("members_youth", Integer),
    Column("members_counted", Text),
    Column("members_on", Text),
    Column("area_abroad", Text),
    Column("area_home", Text),
    Column("organisation", Text),
    Column("budget", Text),
    Column("funding", Text),
    Column("capacity_needs", Text),
    Column("authorities", Text),
    Column("past_cooperation", Text),
    Column("parent", Text),
    Column("parent_id", Integer, ForeignKey("association.id"), index=True, info=LINK),
    Column("contact_person", Text),
    Column("contact_role", Text),
    Column("website", Text),
    Column("description", Text),
    Column("notes", Text),
)

#: Who acts for the association, with a term: a person of the register by link, anybody else by name.
officer = record_rows(
    "officer",
    Column("person", Text),
    Column("person_id", Integer, ForeignKey("person.id"), index=True, info=LINK),
    Column("role", Text),
    Column("signs", Text),
    Column("since", Text),
    Column("until", Text),
)

action_sector = record_rows(
    "action_sector",
    Column("sector", Text, nullable=False),
    Column("sector_text", Text),
)

#: How an association works: training, transfers, advocacy.
action_mode = record_rows("action_mode", Column("mode", Text, nullable=False))

#: By what it reaches its members and others, and how many.
reach = record_rows("reach", Column("channel", Text, nullable=False), Column("audience", Integer))

partner = record_rows(
    "partner",
    Column("partner", Text),
    Column("partner_id", Integer, ForeignKey("association.id"), index=True, info=LINK),
)
