"""Campaigns and their templates: what was sent, to whom, and who was left out and why."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint

from db.models.schema import record_rows, registry_rows

campaign = registry_rows(
    "campaign",
    Column("code", Text, nullable=False, unique=True),
    Column("template", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("prepared_on", Text, nullable=False),
    # The document trees as they were sent, JSON by language: a later version of the template changes nothing here.
    Column("trees", Text, nullable=False),
)

campaign_recipient = record_rows(
    "campaign_recipient",
    Column("campaign_id", Integer, ForeignKey("campaign.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("language", Text),
)

#: Letters and the blocks they share, every version that was saved; of each the newest is active, or none.
template = registry_rows(
    "template",
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("active", Boolean(create_constraint=False), nullable=False),
    Column("saved_on", Text, nullable=False),
    Column("officer", Text, nullable=False),
    # The whole template, JSON: titles, purpose, details, a document tree a language.
    Column("definition", Text, nullable=False),
    UniqueConstraint("kind", "name", "version"),
)

#: Pictures that templates show, and PDF files whose pages follow the letter.
template_file = registry_rows(
    "template_file",
    Column("name", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
