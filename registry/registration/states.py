"""Every change of a person's state passes here, and leaves a dated row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from db.models import person, registration
from db.store import Transaction

Row = dict[str, object]

#: Registered here and alive: whom the post still serves.
HERE = ("provisional", "active", "expiring")
#: That of whom no other is said.
UNSAID = "active"
DECEASED, TRANSFERRED, RETURNED, UNTRACEABLE = "deceased", "transferred", "returned", "untraceable"
#: What a registration comes back from only by being begun anew.
ENDED = (DECEASED, TRANSFERRED, RETURNED, "erased")


def begin(transaction: Transaction, ids: Sequence[int], people: Mapping[str, Sequence[object]]) -> None:
    """The first state of new people, in one go; their own rows by column."""
    today, nothing = date.today().isoformat(), [None] * len(ids)
    died, registered = (people.get(column, nothing) for column in ("died_on", "registered_on"))
    since = [
        _began(state, death, day) or today for state, death, day in zip(people["state"], died, registered, strict=True)
    ]
    columns = {"state": people["state"], "since": since, "officer": [transaction.officer] * len(ids)}
    transaction.insert_columns(registration, ids, columns)


def write(
    transaction: Transaction,
    before: Mapping[str, object],
    values: Row,
    *,
    since: str = "",
    reason: str | None = None,
) -> bool:
    """Set columns of a person's own row; False if they had these values already.

    Args:
        before: the row as it is.
        values: columns to set; a new state among them begins a dated row.
        since: from when the new state holds; "" = the day of death, else today.
        reason: why, in words.
    """
    changed = transaction.update(person, int(str(before["id"])), values)
    state = values.get("state", before["state"])
    if state != before["state"]:
        died = {**before, **values}.get("died_on") if state == DECEASED else None
        row: Row = {"record_id": before["id"], "state": state, "reason": reason, "officer": transaction.officer}
        transaction.insert(registration, [row | {"since": since or died or date.today().isoformat()}])
    return changed


def _began(state: object, died_on: object, registered_on: object) -> object:
    """Since when a new record is in its state, where its fields tell."""
    if state == DECEASED:
        return died_on
    return registered_on if state in HERE else None
