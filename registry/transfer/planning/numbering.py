"""Registration numbers that find no record although they are ours: the row makes a new one, and the plan says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from registry.i18n import N_, _
from registry.numbers import MISTYPED, is_mistyped, is_valid, normal_form, running_number
from registry.transfer.planning.lookup import Register
from registry.transfer.planning.plan import CREATED, CellProblem, Plan

NO_NUMBER = N_("“{number}” is no registration number, so that the row makes a new record.")
NOBODY_HAS_IT = N_("No record has the number {number}, so that the row makes a new one. Compare it with the card.")
CALLED_OTHERWISE = N_("The record with the number {number} has another name, so that the row makes a new one.")


def problems(
    connection: Connection, plan: Plan, post: str, headers: Mapping[str, str], *, own: bool
) -> Iterator[CellProblem]:
    """What is wrong with the number of a row that makes a new record; those that another post gave are no mistakes.

    Args:
        post: the code of this post.
        headers: numbered name of a field -> header of its column.
        own: whether the list is an export of ours, perhaps of another registry that gave the same numbers.
    """
    if "number" not in plan.names:
        return
    place = plan.names.index("number")
    said = [(e.row, typed) for e in plan.entries if e.outcome == CREATED and isinstance(typed := e.values[place], str)]
    known = Register(connection, plan.kind).by_number(normal_form(typed) for _row, typed in said)
    for row, typed in said:
        number = normal_form(typed)
        if own and is_valid(number):
            continue
        if number in known:
            reason = CALLED_OTHERWISE
        elif is_mistyped(number):
            reason = MISTYPED
        elif not is_valid(number):
            reason = NO_NUMBER
        elif running_number(number, post) is not None:
            reason = NOBODY_HAS_IT
        else:
            continue
        yield CellProblem(row, headers["number"], _(reason, number=typed[:40]))
