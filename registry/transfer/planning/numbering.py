"""Registration numbers that find no record although they are ours: the row makes a new one, and the plan says why."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from sqlalchemy import select

from db.models import counter
from registry.context import View
from registry.fields import PEOPLE
from registry.formats import first_of
from registry.i18n import N_, _
from registry.numbers import MISTYPED, is_mistyped, is_valid, normal_form, running_number
from registry.transfer.headings.own_names import NUMBER
from registry.transfer.planning.lookup import Register
from registry.transfer.planning.plan import CREATED, CellProblem, Entry, Plan

NO_NAME = N_("This row has no name.")
NAMELESS = N_("No record has the number {number}, and this row has no name.")
NO_NUMBER = N_("“{number}” is no registration number, so that the row makes a new record.")
NOBODY_HAS_IT = N_("No record has the number {number}, so that the row makes a new one. Compare it with the card.")
CALLED_OTHERWISE = N_("The record with the number {number} has another name, so that the row makes a new one.")
GONE = N_("Record {number} is not there any more. If it was deleted on purpose, leave this row out.")
SOME_GONE = N_(
    "Some records of this list are not there any more (rows {rows}), and would be added anew. "
    "If they were deleted on purpose, leave these rows out."
)


def nameless(number: str) -> tuple[str, dict[str, object]]:
    """Why a row without a name, whose number in its normal form finds no record, makes none; with the words for it."""
    reason = NO_NAME if not number else MISTYPED if is_mistyped(number) else NAMELESS
    return reason, {"number": number[:40]}


def tell(view: View, plan: Plan, headers: Mapping[str, str], *, own: bool) -> None:
    """Say in a plan what is wrong with the numbers of rows that make a new record.

    Args:
        headers: numbered name of a field -> header of its column.
        own: whether the list is an export of ours, perhaps of another registry that gave the same numbers.
    """
    if NUMBER not in plan.names:
        return
    place, post = plan.names.index(NUMBER), view.settings.get("post", "")
    new = [(e, text) for e in plan.entries if e.outcome == CREATED and isinstance(text := e.values[place], str)]
    known = Register(view.connection, plan.kind).by_number(normal_form(typed) for _entry, typed in new)
    exported: list[tuple[Entry, str]] = []
    for entry, typed in new:
        number = normal_form(typed)
        if own and is_valid(number):
            exported.append((entry, number))
        elif reason := _wrong(number, known, post):
            plan.problems.append(CellProblem(entry.row, headers[NUMBER], _(reason, number=typed[:40])))
    _tell_gone(view, plan, [(entry, number) for entry, number in exported if number not in known])


def _wrong(number: str, known: Container[str], post: str) -> str:
    """What is wrong with a number that somebody wrote; "" = nothing: another post gave it."""
    if number in known:
        return CALLED_OTHERWISE
    if is_mistyped(number):
        return MISTYPED
    if not is_valid(number):
        return NO_NUMBER
    return NOBODY_HAS_IT if running_number(number, post) is not None else ""


def _tell_gone(view: View, plan: Plan, exported: Sequence[tuple[Entry, str]]) -> None:
    """Tell rows whose record was deleted; a number that this post has not given yet is another registry's."""
    post = view.settings.get("post", "")
    given = {name: value for name, value in view.connection.execute(select(counter.c.name, counter.c.value))}
    gone: list[int] = []
    for entry, number in exported:
        found = running_number(number, post) if post and not entry.reason else None
        if found and (found[0] == "A") == (plan.kind != PEOPLE) and found[1] <= given.get(f"number.{found[0]}", 0):
            entry.reason, entry.words = GONE, {"number": number}
            gone.append(entry.row)
    if gone:
        plan.warnings.append(_(SOME_GONE, rows=first_of(gone)))
