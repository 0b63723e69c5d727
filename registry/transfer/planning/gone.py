"""Rows of an export whose record is not there any more: they would add somebody who was deleted."""

from __future__ import annotations

from sqlalchemy import select

from db.models import counter
from registry.context import View
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.numbers import running_number
from registry.transfer.planning.lookup import Register, TraitReader
from registry.transfer.planning.plan import CREATED, Entry, Plan

GONE = N_("Record {number} is not there any more. If it was deleted on purpose, leave this row out.")
SOME_GONE = N_(
    "Some records of this list are not there any more (rows {rows}), and would be added anew. "
    "If they were deleted on purpose, leave these rows out."
)
#: Rows that a sentence names at most.
_NAMED = 10


def tell(view: View, plan: Plan) -> None:
    """Say so at the rows and in a warning; a number that this post has not given yet is another registry's."""
    read, post = TraitReader(plan.kind, plan.names), view.settings.get("post", "")
    if "number" not in plan.names or not post:
        return
    last = {name: value for name, value in view.connection.execute(select(counter.c.name, counter.c.value))}
    given: list[tuple[Entry, str]] = []
    for entry in plan.entries:
        number = read.number(entry.values) if entry.outcome == CREATED and not entry.reason else ""
        found = running_number(number, post) if number else None
        if found and (found[0] == "A") == (plan.kind != PEOPLE) and found[1] <= last.get(f"number.{found[0]}", 0):
            given.append((entry, number))
    there = Register(view.connection, plan.kind).by_number(number for _entry, number in given)
    gone = [(entry, number) for entry, number in given if number not in there]
    for entry, number in gone:
        entry.reason, entry.words = GONE, {"number": number}
    if gone:
        rows = ", ".join(str(entry.row) for entry, _number in gone[:_NAMED]) + (" …" if len(gone) > _NAMED else "")
        plan.warnings.append(_(SOME_GONE, rows=rows))
