"""What a person can do and wants to do: education, work, skills, languages, engagement."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Text

from db.models.schema import record_rows

education = record_rows(
    "education",
    Column("level", Text),
    Column("field", Text),
    Column("field_text", Text),
    Column("title", Text),
    Column("institution", Text),
    Column("country", Text),
    Column("year", Text),
    Column("recognised_here", Text),
    Column("recognised_home", Text),
)

job = record_rows(
    "job",
    Column("occupation", Text, index=True),
    Column("occupation_text", Text),
    Column("status", Text),
    Column("employer", Text),
    Column("sector", Text),
    Column("sector_text", Text),
    Column("seniority", Text),
    Column("since", Text),
    Column("until", Text),
)

#: A licence of a regulated profession.
licence = record_rows(
    "licence",
    Column("profession", Text),
    Column("profession_text", Text),
    Column("country", Text),
    Column("number", Text),
    Column("authority", Text),
    Column("expires", Text),
)

skill = record_rows(
    "skill",
    Column("skill", Text, nullable=False, index=True),
    Column("skill_text", Text),
    Column("level", Text),
    Column("years", Integer),
    Column("last_used", Text),
    Column("evidence", Text),
    Column("verified_by", Text),
)

spoken_language = record_rows(
    "spoken_language",
    Column("language", Text, nullable=False, index=True),
    Column("level", Text),
)

#: A form of engagement that somebody is ready for.
engagement_form = record_rows("engagement_form", Column("form", Text, nullable=False))

engagement_sector = record_rows(
    "engagement_sector",
    Column("sector", Text, nullable=False),
    Column("sector_text", Text),
)

obstacle = record_rows("obstacle", Column("obstacle", Text, nullable=False))

#: What somebody has contributed already.
contribution = record_rows(
    "contribution",
    Column("form", Text),
    Column("year", Text),
    Column("description", Text),
)
