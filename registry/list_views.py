"""Columns and order of a list, kept under a name: each user's own, in the registry, so that they go where it goes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.models import list_view
from registry import fields
from registry.commands import DeleteListView, SaveListView
from registry.context import Context, View
from registry.drafts import UNKNOWN_FIELD
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import clean
from registry.queries import ListViews
from registry.search.folding import fold

NO_NAME = N_("A view needs a name with a letter or a digit in it.")
LONG_NAME = N_("The name has more than {limit} letters. Shorten it.")
NO_COLUMNS = N_("A list shows at least one column.")
NO_VIEW = N_("There is no view “{name}” of this list. The button above the list saves one.")

_LONGEST = 80


@dataclass(frozen=True)
class ListView:
    """One view.

    Attributes:
        columns: canonical names in order, without those that this user does not see (any more).
        sort: the field that the list is sorted by; "" = by name.
    """

    name: str
    columns: tuple[str, ...]
    sort: str = ""
    descending: bool = False


def save_list_view(context: Context, command: SaveListView) -> bool:
    """Keep a view, in place of the one of the same name; raises `Invalid` for fields that this user does not see."""
    name = clean(command.name)
    if not fold(name):
        raise Invalid(NO_NAME, field="name")
    if len(name) > _LONGEST:
        raise Invalid(LONG_NAME, field="name", limit=_LONGEST)
    if not command.columns:
        raise Invalid(NO_COLUMNS, field="columns")
    for column in (*command.columns, *([command.sort] if command.sort else ())):
        if not _is_seen(context, command.kind, column):
            raise Invalid(UNKNOWN_FIELD, field="columns", name=column[:40])
    row: dict[str, object] = {
        "name": name,
        "columns": json.dumps(list(dict.fromkeys(command.columns))),
        "sort": command.sort,
        "descending": command.descending,
    }
    found = _named(context.connection, context.session.user_id, command.kind, name)
    if found is not None:
        return context.transaction.update(list_view, found, row)
    context.transaction.insert(list_view, [{**row, "kind": command.kind, "owner": context.session.user_id}])
    return True


def delete_list_view(context: Context, command: DeleteListView) -> bool:
    """Forget a view."""
    found = _named(context.connection, context.session.user_id, command.kind, command.name)
    if found is None:
        raise Invalid(NO_VIEW, name=command.name)
    context.transaction.delete(list_view, [found])
    return True


def list_views(view: View, query: ListViews) -> tuple[ListView, ...]:
    """The views of this user; of fields that are gone or not theirs to see, what is left."""
    mine = select(list_view).where(list_view.c.owner == view.session.user_id, list_view.c.kind == query.kind)
    found = []
    for row in view.connection.execute(mine):
        columns = tuple(name for name in json.loads(row.columns) if _is_seen(view, query.kind, name))
        sort = row.sort if row.sort and _is_seen(view, query.kind, row.sort) else ""
        if columns:
            found.append(ListView(row.name, columns, sort, row.descending and bool(sort)))
    return tuple(sorted(found, key=lambda each: fold(each.name)))


def named(views: tuple[ListView, ...], name: str) -> ListView:
    """The view of this name; capitals and accents do not matter. Raises `Invalid` if there is none."""
    for each in views:
        if fold(each.name) == fold(name):
            return each
    raise Invalid(NO_VIEW, name=name)


def _is_seen(view: View, kind: str, name: str) -> bool:
    found = fields.by_name(kind).get(name)
    return found is not None and view.session.sees(found)


def _named(connection: Connection, owner: int, kind: str, name: str) -> int | None:
    mine = select(list_view.c.id, list_view.c.name).where(list_view.c.owner == owner, list_view.c.kind == kind)
    return next((row.id for row in connection.execute(mine) if fold(row.name) == fold(name)), None)
