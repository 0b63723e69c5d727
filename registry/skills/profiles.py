"""What a person can do, read for many people at once: only the columns that the workbook shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from db.models import METADATA, record_column
from db.records import among, slices
from registry import vocabularies
from registry.whereabouts import is_lived_at

Rows = Sequence[Row[Any]]
SKILL = "skill"

#: Table -> its columns that are read.
_COLUMNS = {
    "record": ("number",),
    "person": (
        *("full_name", "native_name", "sex", "birth_date", "state", "trained_occupation", "generation"),
        *("available_from", "weeks_a_year", "willing", "return_intention"),
    ),
    "address": ("country", "city", "valid_to", "kind"),
    "job": ("occupation", "since", "until"),
    "education": ("level", "field"),
    SKILL: ("skill", "level", "years", "evidence"),
    "spoken_language": ("language", "level"),
    "engagement_form": ("form",),
    "phone": ("e164", "raw"),
    "email": ("address",),
}


class Profile:
    """One person.

    Attributes:
        id, number: of the record.
        person: the person's own row.
        country, city: of the first address at which the person lives; "" = not known.
        school_level, school_field: of the education of the highest level; "" = not known.
        occupations: each once: those of today before the past ones, the latest first.
        occupation: the one that stands for the person; "" = not known.
        skills: the best first. languages, forms, phones, emails: as they were written down.
    """

    __slots__ = (
        *("id", "number", "person", "country", "city", "school_level", "school_field", "occupations", "occupation"),
        *("skills", "languages", "forms", "phones", "emails"),
    )

    def __init__(self, record_id: int, tables: Mapping[str, Mapping[int, Rows]], today: str) -> None:
        self.id, self.person = record_id, tables["person"][record_id][0]
        rows = [tables[name].get(record_id, ()) for name in _COLUMNS]
        (own, _person, addresses, jobs, schools, self.skills, self.languages, self.forms, self.phones, self.emails) = (
            rows
        )
        self.number = str(own[0].number)
        address = next((a for a in addresses if is_lived_at(a.kind, a.valid_to)), None)
        self.country, self.city = (address.country or "", address.city or "") if address is not None else ("", "")
        school = _highest(schools)
        self.school_level: str | None = school.level if school is not None else ""
        self.school_field: str | None = school.field if school is not None else ""
        self.occupations = _occupations(jobs, today)
        self.occupation = self.occupations[0] if self.occupations else ""
        self.skills = best_first(self.skills)


def profiles(connection: Connection, ids: Sequence[int], today: str) -> Iterator[list[Profile]]:
    """The profiles of these people in their order, some at a time."""
    for some in slices(ids):
        tables = {name: _read(connection, some, name) for name in _COLUMNS}
        yield [Profile(record_id, tables, today) for record_id in some if record_id in tables["person"]]


def skills(connection: Connection, ids: Sequence[int]) -> Iterator[list[Row[Any]]]:
    """Every skill of these people in their order, the best first, some people at a time; first the person's id."""
    for some in slices(ids):
        found = _read(connection, some, SKILL)
        yield [skill for record_id in some for skill in best_first(found.get(record_id, ()))]


def best_first(rows: Rows) -> Rows:
    """Skills by level, then by years of practice."""
    return sorted(rows, key=lambda row: (row.level or "", row.years or 0), reverse=True) if len(rows) > 1 else rows


def _occupations(jobs: Rows, today: str) -> Sequence[str]:
    held = [job for job in jobs if job.occupation]
    if len(held) > 1:
        held.sort(key=lambda job: job.since or "", reverse=True)
        held.sort(key=lambda job: bool(job.until) and job.until + "~" < today)
    return list(dict.fromkeys(job.occupation for job in held))


def _highest(schools: Rows) -> Row[Any] | None:
    if len(schools) < 2:
        return schools[0] if schools else None
    codes = ("", *vocabularies.get("isced_level").codes)
    return max(reversed(schools), key=lambda row: codes.index(row.level or ""))


def _read(connection: Connection, ids: Sequence[int], name: str) -> dict[int, list[Row[Any]]]:
    """The rows of a table by the record that they belong to."""
    table = METADATA.tables[name]
    owner = table.c[record_column(table) or "id"]
    wanted = select(owner, *(table.c[column] for column in _COLUMNS[name])).where(among(owner, ids))
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(wanted.order_by(table.c.id)).all():
        found.setdefault(row[0], []).append(row)
    return found
