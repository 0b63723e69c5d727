"""The first schema: records, people, associations, campaigns, staff, history, full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make every table and the index, parents before children."""
    steps = (
        *(_campaign, _campaign_selection, _consent_text),
        *(_counter, _history_content, _history_entry, _host_fact, _key_slot),
        *(_estimate, _import_mapping, _list_view, _post, _profile, _record, _segment, _segment_look),
        *(_setting, _term, _user_account),
        *(_template, _template_file),
        *(_saved_statistics,),
        *(_action_mode, _action_sector, _activity, _address, _association, _attachment, _campaign_recipient),
        *(_certificate, _citizenship, _consent, _contribution, _document, _education, _email),
        *(_engagement_form, _engagement_sector, _job, _licence, _merged_record),
        *(_messenger, _obstacle),
        *(_other_name, _person, _phone, _profile_answer, _raw_value, _reach),
        *(_registration, _residence, _sealed, _segment_member, _skill, _spoken_language, _membership),
        *(_officer, _partner, _relation),
        *(_duplicate_pair, _duplicate_verdict, _matching_run),
        *(_name_posting, _name_word, _record_names, _record_text),
    )
    for step in steps:
        step(op)


def _campaign(op: Operations) -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("follows", sa.Text(), nullable=True),
        sa.Column("prepared_on", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.Column("selected", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("trees", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
    )


def _campaign_selection(op: Operations) -> None:
    op.create_table(
        "campaign_selection",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_selection")),
    )


def _consent_text(op: Operations) -> None:
    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint("purpose", "version", "language", name=op.f("uq_consent_text_purpose_version_language")),
    )


def _counter(op: Operations) -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )


def _history_content(op: Operations) -> None:
    op.create_table(
        "history_content",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_history_content")),
    )


def _history_entry(op: Operations) -> None:
    op.create_table(
        "history_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_history_entry")),
    )
    op.create_index(op.f("ix_history_entry_batch"), "history_entry", ["batch"])
    op.create_index(op.f("ix_history_entry_subject"), "history_entry", ["subject"])
    op.create_index("ix_history_entry_head", "history_entry", ["batch"], sqlite_where=sa.text("sequence = batch"))
    op.create_index("ix_history_entry_undoes", "history_entry", ["undoes"], sqlite_where=sa.text("undoes IS NOT NULL"))


def _host_fact(op: Operations) -> None:
    op.create_table(
        "host_fact",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_fact")),
        sa.UniqueConstraint("country", "topic", name=op.f("uq_host_fact_country_topic")),
    )


def _estimate(op: Operations) -> None:
    op.create_table(
        "estimate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estimate")),
        sa.UniqueConstraint(
            "country", "city_id", "year", "source", "sex", name=op.f("uq_estimate_country_city_id_year_source_sex")
        ),
    )


def _post(op: Operations) -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("honorary", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("code", name=op.f("uq_post_code")),
    )


def _key_slot(op: Operations) -> None:
    op.create_table(
        "key_slot",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_slot")),
        sa.UniqueConstraint("slot", name=op.f("uq_key_slot_slot")),
    )


def _profile(op: Operations) -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_profile_name_version")),
    )


def _record(op: Operations) -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("uuid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("number", name=op.f("uq_record_number")),
    )
    op.create_index(op.f("ix_record_kind"), "record", ["kind"])


def _import_mapping(op: Operations) -> None:
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
    )


def _list_view(op: Operations) -> None:
    op.create_table(
        "list_view",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("descending", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_view")),
    )


def _saved_statistics(op: Operations) -> None:
    op.create_table(
        "saved_statistics",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("counted_by", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("everybody", sa.Boolean(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_statistics")),
    )


def _segment(op: Operations) -> None:
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("fixed_on", sa.Text(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
    )


def _segment_look(op: Operations) -> None:
    op.create_table(
        "segment_look",
        sa.Column("segment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("looked_on", sa.Text(), nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("segment_id", "user_id", name=op.f("pk_segment_look")),
    )


def _setting(op: Operations) -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
    )


def _term(op: Operations) -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("vocabulary", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("vocabulary", "code", name=op.f("uq_term_vocabulary_code")),
    )


def _user_account(op: Operations) -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
    )


def _action_mode(op: Operations) -> None:
    op.create_table(
        "action_mode",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_action_mode_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_mode")),
    )
    op.create_index(op.f("ix_action_mode_record_id"), "action_mode", ["record_id"])


def _action_sector(op: Operations) -> None:
    op.create_table(
        "action_sector",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("sector_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_action_sector_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_sector")),
    )
    op.create_index(op.f("ix_action_sector_record_id"), "action_sector", ["record_id"])


def _activity(op: Operations) -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("followed_up", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_activity_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index(
        "ix_activity_follow_up",
        "activity",
        ["follow_up", "followed_up", "record_id"],
        sqlite_where=sa.text("follow_up IS NOT NULL"),
    )
    op.create_index("ix_activity_kind", "activity", ["kind", "answered_on", "date", "record_id"])
    op.create_index(op.f("ix_activity_record_id"), "activity", ["record_id"])


def _address(op: Operations) -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("house_number", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("city_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_address_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_city_id"), "address", ["city_id"])
    op.create_index(op.f("ix_address_country"), "address", ["country"])
    op.create_index(op.f("ix_address_record_id"), "address", ["record_id"])
    op.create_index(
        "ix_address_state", "address", ["state", "valid_to", "record_id"], sqlite_where=sa.text("state IS NOT NULL")
    )


def _association(op: Operations) -> None:
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("acronym", sa.Text(), nullable=True),
        sa.Column("native_name", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("located", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("legal_form", sa.Text(), nullable=True),
        sa.Column("founded", sa.Text(), nullable=True),
        sa.Column("registered", sa.Text(), nullable=True),
        sa.Column("registration_number", sa.Text(), nullable=True),
        sa.Column("registration_authority", sa.Text(), nullable=True),
        sa.Column("consular_number", sa.Text(), nullable=True),
        sa.Column("consular_valid_until", sa.Text(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("members_women", sa.Integer(), nullable=True),
        sa.Column("members_youth", sa.Integer(), nullable=True),
        sa.Column("members_counted", sa.Text(), nullable=True),
        sa.Column("members_on", sa.Text(), nullable=True),
        sa.Column("area_abroad", sa.Text(), nullable=True),
        sa.Column("area_home", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("budget", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("capacity_needs", sa.Text(), nullable=True),
        sa.Column("authorities", sa.Text(), nullable=True),
        sa.Column("past_cooperation", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("contact_person", sa.Text(), nullable=True),
        sa.Column("contact_role", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_association_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["association.id"], name=op.f("fk_association_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
    )
    op.create_index(op.f("ix_association_external_id"), "association", ["external_id"])
    op.create_index(op.f("ix_association_name_key"), "association", ["name_key"])
    op.create_index(op.f("ix_association_parent_id"), "association", ["parent_id"])


def _attachment(op: Operations) -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_on", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_attachment_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_record_id"), "attachment", ["record_id"])


def _template(op: Operations) -> None:
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("saved_on", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("kind", "name", "version", name=op.f("uq_template_kind_name_version")),
    )


def _template_file(op: Operations) -> None:
    op.create_table(
        "template_file",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_file")),
        sa.UniqueConstraint("name", name=op.f("uq_template_file_name")),
    )


def _campaign_recipient(op: Operations) -> None:
    op.create_table(
        "campaign_recipient",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("written_to", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("printed_on", sa.Text(), nullable=True),
        sa.Column("posted_on", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_campaign_recipient_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_recipient")),
    )
    op.create_index(op.f("ix_campaign_recipient_campaign_id"), "campaign_recipient", ["campaign_id"])
    op.create_index(op.f("ix_campaign_recipient_record_id"), "campaign_recipient", ["record_id"])


def _certificate(op: Operations) -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_certificate_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificate_serial")),
    )
    op.create_index(op.f("ix_certificate_record_id"), "certificate", ["record_id"])


def _citizenship(op: Operations) -> None:
    op.create_table(
        "citizenship",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("acquired", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_citizenship_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizenship")),
    )
    op.create_index(op.f("ix_citizenship_record_id"), "citizenship", ["record_id"])


def _consent(op: Operations) -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("text_version", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_consent_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("record_id", "purpose", "channel", name=op.f("uq_consent_record_id_purpose_channel")),
    )
    op.create_index(
        "ix_consent_expires", "consent", ["expires", "record_id"], sqlite_where=sa.text("expires IS NOT NULL")
    )
    op.create_index("ix_consent_purpose", "consent", ["purpose", "channel", "status", "expires", "record_id"])
    op.create_index(op.f("ix_consent_record_id"), "consent", ["record_id"])


def _contribution(op: Operations) -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_contribution_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_record_id"), "contribution", ["record_id"])


def _document(op: Operations) -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("issued", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("machine_read", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_document_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(
        "ix_document_expires", "document", ["expires", "record_id"], sqlite_where=sa.text("expires IS NOT NULL")
    )
    op.create_index(op.f("ix_document_number"), "document", ["number"])
    op.create_index(op.f("ix_document_record_id"), "document", ["record_id"])


def _education(op: Operations) -> None:
    op.create_table(
        "education",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("field_text", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("institution", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("recognised_here", sa.Text(), nullable=True),
        sa.Column("recognised_home", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_education_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
    )
    op.create_index(op.f("ix_education_record_id"), "education", ["record_id"])


def _email(op: Operations) -> None:
    op.create_table(
        "email",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_email_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email")),
    )
    op.create_index(op.f("ix_email_folded"), "email", ["folded"])
    op.create_index(op.f("ix_email_record_id"), "email", ["record_id"])


def _engagement_form(op: Operations) -> None:
    op.create_table(
        "engagement_form",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_engagement_form_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_form")),
    )
    op.create_index(op.f("ix_engagement_form_record_id"), "engagement_form", ["record_id"])


def _engagement_sector(op: Operations) -> None:
    op.create_table(
        "engagement_sector",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("sector_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_engagement_sector_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_sector")),
    )
    op.create_index(op.f("ix_engagement_sector_record_id"), "engagement_sector", ["record_id"])


def _job(op: Operations) -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("occupation_text", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("sector_text", sa.Text(), nullable=True),
        sa.Column("seniority", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_job_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_occupation"), "job", ["occupation"])
    op.create_index(op.f("ix_job_record_id"), "job", ["record_id"])


def _licence(op: Operations) -> None:
    op.create_table(
        "licence",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=True),
        sa.Column("profession_text", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_licence_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
    )
    op.create_index(op.f("ix_licence_record_id"), "licence", ["record_id"])


def _merged_record(op: Operations) -> None:
    op.create_table(
        "merged_record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("uuid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("merged_on", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_merged_record_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_record")),
        sa.UniqueConstraint("number", name=op.f("uq_merged_record_number")),
        sa.UniqueConstraint("subject", name=op.f("uq_merged_record_subject")),
    )
    op.create_index(op.f("ix_merged_record_external_id"), "merged_record", ["external_id"])
    op.create_index(op.f("ix_merged_record_record_id"), "merged_record", ["record_id"])


def _messenger(op: Operations) -> None:
    op.create_table(
        "messenger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_messenger_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messenger")),
    )
    op.create_index(op.f("ix_messenger_record_id"), "messenger", ["record_id"])


def _obstacle(op: Operations) -> None:
    op.create_table(
        "obstacle",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_obstacle_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle")),
    )
    op.create_index(op.f("ix_obstacle_record_id"), "obstacle", ["record_id"])


def _other_name(op: Operations) -> None:
    op.create_table(
        "other_name",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_other_name_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_name")),
    )
    op.create_index(op.f("ix_other_name_record_id"), "other_name", ["record_id"])


def _person(op: Operations) -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("patronymic", sa.Text(), nullable=True),
        sa.Column("birth_name", sa.Text(), nullable=True),
        sa.Column("native_name", sa.Text(), nullable=True),
        sa.Column("native_script", sa.Text(), nullable=True),
        sa.Column("name_order", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("birth_place", sa.Text(), nullable=True),
        sa.Column("birth_country", sa.Text(), nullable=True),
        sa.Column("connection", sa.Text(), nullable=True),
        sa.Column("origin_country", sa.Text(), nullable=True),
        sa.Column("origin_region", sa.Text(), nullable=True),
        sa.Column("hometown", sa.Text(), nullable=True),
        sa.Column("civil_status", sa.Text(), nullable=True),
        sa.Column("household", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("last_confirmed", sa.Text(), nullable=True),
        sa.Column("first_notice", sa.Text(), nullable=True),
        sa.Column("second_notice", sa.Text(), nullable=True),
        sa.Column("died_on", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("preferred_language", sa.Text(), nullable=True),
        sa.Column("preferred_channel", sa.Text(), nullable=True),
        sa.Column("departure_year", sa.Text(), nullable=True),
        sa.Column("arrival_year", sa.Text(), nullable=True),
        sa.Column("migration_reason", sa.Text(), nullable=True),
        sa.Column("generation", sa.Text(), nullable=True),
        sa.Column("return_intention", sa.Text(), nullable=True),
        sa.Column("residence_type", sa.Text(), nullable=True),
        sa.Column("home_visits", sa.Text(), nullable=True),
        sa.Column("trained_occupation", sa.Text(), nullable=True),
        sa.Column("trained_occupation_text", sa.Text(), nullable=True),
        sa.Column("willing", sa.Text(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("trust", sa.Text(), nullable=True),
        sa.Column("available_from", sa.Text(), nullable=True),
        sa.Column("weeks_a_year", sa.Integer(), nullable=True),
        sa.Column("notice_period", sa.Text(), nullable=True),
        sa.Column("remote", sa.Text(), nullable=True),
        sa.Column("engagement_region", sa.Text(), nullable=True),
        sa.Column("engagement_institution", sa.Text(), nullable=True),
        sa.Column("remittances", sa.Text(), nullable=True),
        sa.Column("remittance_frequency", sa.Text(), nullable=True),
        sa.Column("remittance_channel", sa.Text(), nullable=True),
        sa.Column("remittance_amount", sa.Text(), nullable=True),
        sa.Column("remittance_use", sa.Text(), nullable=True),
        sa.Column("voter_enrolled", sa.Text(), nullable=True),
        sa.Column("voting_method", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_birth_date", "person", ["birth_date", "state"])
    op.create_index(op.f("ix_person_external_id"), "person", ["external_id"])
    op.create_index(
        "ix_person_first_notice", "person", ["first_notice"], sqlite_where=sa.text("first_notice IS NOT NULL")
    )
    op.create_index("ix_person_household", "person", ["household"], sqlite_where=sa.text("household IS NOT NULL"))
    op.create_index("ix_person_name_key", "person", ["name_key", "birth_date"])
    op.create_index(
        "ix_person_second_notice", "person", ["second_notice"], sqlite_where=sa.text("second_notice IS NOT NULL")
    )
    op.create_index(op.f("ix_person_sort_key"), "person", ["sort_key"])
    op.create_index(
        "ix_person_valid_until", "person", ["valid_until", "state"], sqlite_where=sa.text("valid_until IS NOT NULL")
    )


def _phone(op: Operations) -> None:
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("e164", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("sms", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_phone_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
    )
    op.create_index(op.f("ix_phone_e164"), "phone", ["e164"])
    op.create_index(op.f("ix_phone_record_id"), "phone", ["record_id"])


def _profile_answer(op: Operations) -> None:
    op.create_table(
        "profile_answer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_profile_answer_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_answer")),
    )
    op.create_index("ix_profile_answer_question", "profile_answer", ["profile", "question", "answer"])
    op.create_index(op.f("ix_profile_answer_record_id"), "profile_answer", ["record_id"])


def _raw_value(op: Operations) -> None:
    op.create_table(
        "raw_value",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_raw_value_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_value")),
    )
    op.create_index(op.f("ix_raw_value_record_id"), "raw_value", ["record_id"])


def _reach(op: Operations) -> None:
    op.create_table(
        "reach",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_reach_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
    )
    op.create_index(op.f("ix_reach_record_id"), "reach", ["record_id"])


def _registration(op: Operations) -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_registration_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_index(op.f("ix_registration_record_id"), "registration", ["record_id"])


def _residence(op: Operations) -> None:
    op.create_table(
        "residence",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_residence_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence")),
    )
    op.create_index(op.f("ix_residence_record_id"), "residence", ["record_id"])


def _sealed(op: Operations) -> None:
    op.create_table(
        "sealed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("row_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_sealed_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed")),
        sa.UniqueConstraint("row_key", name=op.f("uq_sealed_row_key")),
    )
    op.create_index(op.f("ix_sealed_record_id"), "sealed", ["record_id"])


def _segment_member(op: Operations) -> None:
    op.create_table(
        "segment_member",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_segment_member_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment_member")),
        sa.UniqueConstraint("segment_id", "record_id", name=op.f("uq_segment_member_segment_id_record_id")),
    )
    op.create_index(op.f("ix_segment_member_record_id"), "segment_member", ["record_id"])


def _skill(op: Operations) -> None:
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("skill_text", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("last_used", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("verified_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_skill_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
    )
    op.create_index(op.f("ix_skill_record_id"), "skill", ["record_id"])
    op.create_index(op.f("ix_skill_skill"), "skill", ["skill"])


def _spoken_language(op: Operations) -> None:
    op.create_table(
        "spoken_language",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_spoken_language_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_language")),
    )
    op.create_index(op.f("ix_spoken_language_language"), "spoken_language", ["language"])
    op.create_index(op.f("ix_spoken_language_record_id"), "spoken_language", ["record_id"])


def _membership(op: Operations) -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=True),
        sa.Column("association", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_membership_association_id")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_membership_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_association_id"), "membership", ["association_id"])
    op.create_index(op.f("ix_membership_record_id"), "membership", ["record_id"])


def _officer(op: Operations) -> None:
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("signs", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_officer_person_id")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_officer_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index(op.f("ix_officer_person_id"), "officer", ["person_id"])
    op.create_index(op.f("ix_officer_record_id"), "officer", ["record_id"])


def _partner(op: Operations) -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["association.id"], name=op.f("fk_partner_partner_id")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_partner_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index(op.f("ix_partner_partner_id"), "partner", ["partner_id"])
    op.create_index(op.f("ix_partner_record_id"), "partner", ["record_id"])


def _relation(op: Operations) -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("relative", sa.Text(), nullable=True),
        sa.Column("relative_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("citizenship", sa.Text(), nullable=True),
        sa.Column("dependant", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_relation_record_id")),
        sa.ForeignKeyConstraint(["relative_id"], ["person.id"], name=op.f("fk_relation_relative_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_record_id"), "relation", ["record_id"])
    op.create_index(op.f("ix_relation_relative_id"), "relation", ["relative_id"])


def _duplicate_pair(op: Operations) -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("cluster", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "other_id", name=op.f("pk_duplicate_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_duplicate_pair_other_id", "duplicate_pair", ["other_id"])
    op.create_index("ix_duplicate_pair_likelihood", "duplicate_pair", ["kind", "likelihood"])


def _duplicate_verdict(op: Operations) -> None:
    op.create_table(
        "duplicate_verdict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_duplicate_verdict_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_verdict")),
        sa.UniqueConstraint("record_id", "other_id", name=op.f("uq_duplicate_verdict_record_id_other_id")),
    )
    op.create_index(op.f("ix_duplicate_verdict_record_id"), "duplicate_verdict", ["record_id"])
    op.create_index(op.f("ix_duplicate_verdict_other_id"), "duplicate_verdict", ["other_id"])


def _matching_run(op: Operations) -> None:
    op.create_table(
        "matching_run",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_matching_run")),
    )


def _name_posting(op: Operations) -> None:
    op.create_table(
        "name_posting",
        sa.Column("word_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chunk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("word_id", "chunk", name=op.f("pk_name_posting")),
        sqlite_with_rowid=False,
    )


def _name_word(op: Operations) -> None:
    op.create_table(
        "name_word",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("skeletons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_word")),
        sa.UniqueConstraint("text", "script", name=op.f("uq_name_word_text_script")),
        sqlite_autoincrement=True,
    )


def _record_names(op: Operations) -> None:
    op.create_table(
        "record_names",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_record_names")),
    )


def _record_text(op: Operations) -> None:
    # How many words a column has is asked by nobody, and kept for each record otherwise.
    op.execute(
        "CREATE VIRTUAL TABLE record_text USING fts5("
        "name, contact, place, other, tokenize='unicode61 remove_diacritics 0', prefix='2 3', columnsize=0)"
    )
    # Deleted words leave no trace in the index's pages.
    op.execute("INSERT INTO record_text(record_text, rank) VALUES ('secure-delete', 1)")
    # Bytes of words that an import gathers in memory before it writes them: with the usual million it writes and merges
    # many small parts, with many more it waits for memory that is in no cache.
    op.execute("INSERT INTO record_text(record_text, rank) VALUES ('hashsize', 4000000)")
