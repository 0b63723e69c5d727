"""Campaigns: what was sent, to whom, and who was left out and why."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text

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
