"""The tables, one file for each group of records."""

from db.models.outreach import campaign, campaign_recipient
from db.models.people import citizenship, consent, document, membership, person, skill, spoken_language
from db.models.records import address, association, email, phone, raw_value, record, sealed
from db.models.schema import METADATA, history_tables, kept_columns, record_column
from db.models.system import counter, history_content, history_entry, key_slot, setting, user_account

__all__ = [
    "METADATA",
    "address",
    "association",
    "campaign",
    "campaign_recipient",
    "citizenship",
    "consent",
    "counter",
    "document",
    "email",
    "history_content",
    "history_entry",
    "history_tables",
    "kept_columns",
    "key_slot",
    "membership",
    "person",
    "phone",
    "raw_value",
    "record",
    "record_column",
    "sealed",
    "setting",
    "skill",
    "spoken_language",
    "user_account",
]
