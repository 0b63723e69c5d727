"""Which records are put on fixed lists and taken off."""

from __future__ import annotations

from datetime import date

from registry import records
from registry.commands import AddToSegment, RemoveFromSegment
from registry.context import Context
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.segments import keeping, kept
from registry.segments.kept import Kept

NOT_FIXED = N_("“{name}” is a saved search: who is in it follows from the search. Freeze it first, or choose a list.")
#: Records written between two looks at whether somebody stopped the work.
_SLICE = 2000


def add_to_segment(context: Context, command: AddToSegment) -> int:
    """Put records on a list, made anew if there is none of this name; who is on it already stays once."""
    name = keeping.name_of(command.name)
    found = kept.named(context.connection, context.session.user_id, name)
    ids = _of_kind(context, command.kind, command.ids)
    if found is None:
        today = date.today().isoformat()
        segment_id = keeping.add(context, name, command.kind, "", shared=False, fixed_on=today)
        there: set[int] = set()
    else:
        _require_list(found, command.kind)
        segment_id, there = found.id, set(keeping.members(context, found.id))
    news = [i for i in ids if i not in there]
    for start in range(0, len(news), _SLICE):
        context.progress.step(start, len(news), _("Writing records"))
        keeping.put_on(context, segment_id, news[start : start + _SLICE])
    return len(news)


def remove_from_segment(context: Context, command: RemoveFromSegment) -> int:
    """Take records off a list."""
    found = kept.find(context.connection, context.session, command.name)
    _require_list(found, command.kind)
    going = set(command.ids)
    held = [i for i in keeping.members(context, found.id) if i in going]
    keeping.take_off(context, found.id, held)
    return len(held)


def _of_kind(context: Context, kind: str, ids: tuple[int, ...]) -> list[int]:
    kinds = records.kinds_of(context.connection, ids)
    found = [i for i in dict.fromkeys(ids) if kinds.get(i) == kind]
    if ids and not found:
        raise Invalid(records.NO_RECORD)
    return found


def _require_list(found: Kept, kind: str) -> None:
    if found.kind != kind:
        raise Invalid(keeping.OTHER_KIND, field="name", name=found.name)
    if not found.fixed:
        raise Invalid(NOT_FIXED, field="name", name=found.name)
