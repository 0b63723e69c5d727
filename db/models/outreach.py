"""Campaigns and their templates: what was sent, to whom, and who was left out and why."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, Text, UniqueConstraint

from db.models.schema import METADATA, record_rows, registry_rows

campaign = registry_rows(
    "campaign",
    Column("code", Text, nullable=False, unique=True),
    # What the officer calls it; "" = by its template.
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # "" = it has none, as a list of people to call.
    Column("template", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    # "consent", "task" (of the consulate) or "vital" (interest in a crisis).
    Column("basis", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("query", Text, nullable=False),
    # "auto" = each recipient's own, else a code.
    Column("language", Text, nullable=False),
    # "person", "household", "association" or "officer".
    Column("per", Text, nullable=False),
    # Code of the campaign that it follows up; NULL = it follows none.
    Column("follows", Text),
    Column("prepared_on", Text, nullable=False),
    Column("officer", Text),
    # What was counted on that day; reasons and places are JSON: code of the reason or country -> how many.
    Column("selected", Integer, nullable=False),
    Column("recipients", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("places", Text, nullable=False),
    # Estimated when it was prepared, in the post's currency; NULL = no rate is set.
    Column("cost", Text),
    # Details for the template, and texts of messages that have none, JSON by name (and language).
    Column("variables", Text, nullable=False),
    # The question of a poll and its answers by code, JSON; NULL = none.
    Column("question", Text),
    # The document trees as they were sent, JSON by language: a later version of the template changes nothing here.
    Column("trees", Text, nullable=False),
)

#: Everybody who was selected, packed by `registry.outreach.frozen`: whole countries are prepared in seconds, which a
#: row and an entry in the history for each would make minutes. What is then done with a recipient makes a row below.
campaign_selection = Table(
    "campaign_selection",
    METADATA,
    Column("campaign_id", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    info={"unfollowed": True},
)

#: What was sent to somebody, or why it was not after all. Its id is the code on the letter. No foreign key to the
#: campaign: what was printed stays, and preparing it is not taken back then.
campaign_recipient = record_rows(
    "campaign_recipient",
    Column("campaign_id", Integer, nullable=False, index=True),
    # "printed", "posted", "delivered", "returned", "answered" or "excluded".
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("language", Text),
    # The address, e-mail address or number as it was used, and which row of the record that was.
    Column("written_to", Text),
    Column("contact_id", Integer),
    Column("printed_on", Text),
    Column("posted_on", Text),
    Column("closed_on", Text),
    Column("answer", Text),
)

#: What people read or heard before they agreed, by purpose, version and language.
consent_text = registry_rows(
    "consent_text",
    Column("purpose", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("written_on", Text, nullable=False),
    UniqueConstraint("purpose", "version", "language"),
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
