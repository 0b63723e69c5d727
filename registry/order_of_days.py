"""Days that cannot follow each other: a follow-up before its activity, the end of a consent before it was given."""

from __future__ import annotations

from db.records import RecordRows
from registry import dates, fields, possible
from registry.drafts import Draft
from registry.errors import Invalid
from registry.i18n import N_

BEFORE_ACTIVITY = N_("{date} is before the activity itself, {day}. Correct one of them.")

#: What comes after an activity: column -> name of its field.
_AFTER = {
    "follow_up": "activity.follow_up",
    "followed_up": "activity.followed_up",
    "answered_on": "activity.answered_on",
}
#: What cannot lie in the future.
_HAPPENED = {"date": "activity.date", "followed_up": _AFTER["followed_up"], "answered_on": _AFTER["answered_on"]}


def require_order(before: object, later: str, field: str, message: str) -> None:
    """Raise `Invalid` at `field` for a day earlier than `before`; where either is estimated there is no telling."""
    if isinstance(before, str) and "~" not in before + later and dates.latest(later) < dates.earliest(before):
        raise Invalid(message, field=field, date=dates.show(later), day=dates.show(before))


def require_possible(draft: Draft, existing: RecordRows) -> None:
    """Raise `Invalid`, at its field, for a day of a drafted activity that cannot be."""
    kept = existing.get("activity", [])
    for (table, place), values in draft.rows.items():
        if table != "activity" or not isinstance(place, int):
            continue
        row = {**(kept[place] if place < len(kept) else {}), **values}
        for column, name in _HAPPENED.items():
            if values.get(column) is not None:
                possible.require_happened(str(values[column]), fields.numbered(name, place))
        for column, name in _AFTER.items():
            if row.get(column) is not None and (column in values or "date" in values):
                require_order(row.get("date"), str(row[column]), fields.numbered(name, place), BEFORE_ACTIVITY)
