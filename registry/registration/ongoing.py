"""What is going on in somebody's life at the post, and ends with it: work, memberships, offices, follow-ups."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from db.models import officer, relation
from db.records import RecordRows, Row
from registry import fields, links
from registry.consents import GIVEN

_COUPLE = ("spouse", "partner")


def jobs(rows: RecordRows, day: str = "") -> list[Row]:
    """Jobs that have not ended, or end after `day`."""
    return _going_on(rows.get("job", ()), day)


def memberships(rows: RecordRows, day: str = "") -> list[Row]:
    """Memberships that have not ended, or end after `day`."""
    return _going_on(rows.get("membership", ()), day)


def offices(connection: Connection, person_id: int, day: str = "") -> list[Row]:
    """Offices in associations that have not ended, or end after `day`: rows of the associations."""
    held = select(officer).where(officer.c.person_id == person_id).order_by(officer.c.id)
    return _going_on([dict(row) for row in connection.execute(held).mappings()], day)


def open_follow_ups(rows: RecordRows) -> list[Row]:
    """Activities that still want a follow-up."""
    return [row for row in rows.get("activity", ()) if row["follow_up"] and not row["followed_up"]]


def consents(rows: RecordRows) -> list[Row]:
    """Consents that were given."""
    answers = (row for group, some in rows.items() if fields.table_of(group) == fields.CONSENT for row in some)
    return [row for row in answers if row["status"] == GIVEN]


def spouses(connection: Connection, rows: RecordRows, person_id: int) -> tuple[str, ...]:
    """Whom the person is married to or lives with, from either side: `Name (number)`, or the name alone."""
    mine = [r for r in rows.get("relation", ()) if r["kind"] in _COUPLE and r["until"] is None]
    theirs = select(relation.c.record_id).where(
        relation.c.relative_id == person_id, relation.c.kind.in_(_COUPLE), relation.c.until.is_(None)
    )
    linked = {int(str(r["relative_id"])) for r in mine if r["relative_id"] is not None}
    linked.update(connection.execute(theirs).scalars())
    named = [str(r["relative"]) for r in mine if r["relative_id"] is None and r["relative"]]
    return (*links.names(connection, linked).values(), *named)


def _going_on(rows: Sequence[Row], day: str) -> list[Row]:
    """Rows without an end, or with one after `day`, when that is given."""
    return [row for row in rows if row["until"] is None or (day and str(row["until"]) > day)]
