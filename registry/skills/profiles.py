"""What a person can do, read for many people at once: only the columns that the workbook shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from db.models import METADATA, record_column
from db.records import slices
from registry import vocabularies

Rows = Sequence[Row[Any]]
SKILL = "skill"

#: Table -> its columns that are read.
_COLUMNS = {
    "record": ("number",),
    "person": (
        *("full_name", "native_name", "sex", "birth_date", "state", "trained_occupation", "generation"),
        *("available_from", "weeks_a_year", "willing", "return_intention"),
    ),
    "address": ("country", "city", "valid_to"),
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
        address: the first address that has not ended; school: the education of the highest level. None = none known.
        occupations: each once: those of today before the past ones, the latest first.
        skills: the best first. languages, forms, phones, emails: as they were written down.
    """

    __slots__ = (
        *("id", "number", "person", "address", "school", "occupations", "skills", "languages", "forms", "phones"),
        "emails",
    )

    def __init__(self, record_id: int, tables: Mapping[str, Mapping[int, Rows]], today: str) -> None:
        def rows(name: str) -> Rows:
            return tables[name].get(record_id, ())

        self.id, self.number = record_id, str(rows("record")[0].number)
        self.person = rows("person")[0]
        self.address = next((a for a in rows("address") if not a.valid_to or a.valid_to >= today), None)
        self.school = _highest(rows("education"))
        self.occupations = _occupations(rows("job"), today)
        self.skills = best_first(rows(SKILL))
        self.languages, self.forms = rows("spoken_language"), rows("engagement_form")
        self.phones, self.emails = rows("phone"), rows("email")


def profiles(connection: Connection, ids: Sequence[int], today: str) -> Iterator[Profile]:
    """The profiles of these people in their order, read in pieces."""
    for some in slices(ids):
        tables = {name: _read(connection, some, name) for name in _COLUMNS}
        yield from (Profile(record_id, tables, today) for record_id in some if record_id in tables["person"])


def skills(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Row[Any]]]:
    """Every skill of these people in their order, each with the id of the person, the best first."""
    for some in slices(ids):
        found = _read(connection, some, SKILL)
        yield from ((i, skill) for i in some for skill in best_first(found.get(i, ())))


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
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_statement(name), {"ids": list(ids)}).all():
        found.setdefault(row[0], []).append(row)
    return found


@cache
def _statement(name: str) -> Select[Any]:
    """Made once: handling each id as a part of the statement would cost as much as reading the rows."""
    table = METADATA.tables[name]
    owner = table.c[record_column(table) or "id"]
    columns = (table.c[column] for column in _COLUMNS[name])
    return select(owner, *columns).where(owner.in_(bindparam("ids", expanding=True))).order_by(table.c.id)
