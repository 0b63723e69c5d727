"""Saving, renaming, sharing, fixing and removing segments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import delete, select

from db.models import segment, segment_look, segment_member, user_account
from registry import dates, fields
from registry.access import Role
from registry.commands import DeleteSegment, FreezeSegment, RenameSegment, SaveSegment, ShareSegment
from registry.context import Context
from registry.errors import Invalid, NotAllowed
from registry.i18n import N_
from registry.kinds import clean
from registry.search.conditions import Conditions
from registry.search.find import ids_of
from registry.search.folding import fold
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import And, Node, Not, Or, Term
from registry.search.writer import write
from registry.segments import kept
from registry.segments.kept import Kept

NO_NAME = N_("A segment needs a name with a letter or a digit in it.")
LONG_NAME = N_("The name has more than {limit} letters. Shorten it.")
NO_KIND = N_("A segment is of people or of associations.")
TAKEN = N_("There is a segment “{name}” already. Choose another name.")
OTHER_KIND = N_("“{name}” is a segment of the other list: people or associations. Choose another name.")
NOT_YOURS = N_("“{name}” was made by {owner}, who changes it, or an administrator. Save yours under another name.")
IS_FIXED = N_("“{name}” is a fixed list. Put records on it or take them off, or choose another name.")
FIXED_ALREADY = N_("“{name}” is a fixed list already, since {date}.")
USED_IN = N_("“{name}” is used in the segment “{other}”. Change that one first.")
USED_ELSEWHERE = N_("“{name}” is used in a segment of somebody else. It stays as it is until that one is changed.")
PRIVATE_INSIDE = N_("“{other}” inside it is yours alone. Share that one first.")

_LONGEST = 80


def save_segment(context: Context, command: SaveSegment) -> bool:
    """Keep a query under a name; raises `Invalid` for a query that cannot be read, or that contains itself."""
    if command.kind not in fields.KINDS:
        raise Invalid(NO_KIND, field="kind")
    name = name_of(command.name)
    found = kept.named(context.connection, context.session.user_id, name)
    if found is not None:
        require_manager(context, found)
        if found.kind != command.kind:
            raise Invalid(OTHER_KIND, field="name", name=found.name)
        if found.fixed:
            raise Invalid(IS_FIXED, field="name", name=found.name)
    within = () if found is None else (found.id,)
    query = read(context, command.kind, command.query, within)
    shared = command.shared if command.shared is not None else found is not None and found.shared
    _require_sharing(context, name, query, found, shared=shared)
    if found is None:
        add(context, name, command.kind, query, shared=shared)
        return True
    return context.transaction.update(segment, found.id, {"query": query, "shared": shared})


def rename_segment(context: Context, command: RenameSegment) -> bool:
    """Give a segment another name, also where the queries of segments name it."""
    found, name = _managed(context, command.name), name_of(command.new_name)
    _require_free(context, name, found)
    if found.shared:
        _require_free_for_all(context, name, found)
    for other in kept.everybodys(context.connection):
        if kept.uses(other, found):
            renamed = write(_renamed(kept.tree_of(other.query), found.name, name))
            context.transaction.update(segment, other.id, {"query": renamed})
    return context.transaction.update(segment, found.id, {"name": name})


def share_segment(context: Context, command: ShareSegment) -> bool:
    """Let all use a segment, or its maker alone; raises `Invalid` while something shared needs it."""
    found = _managed(context, command.name)
    if not command.shared:
        _require_unused(context, found, lambda other: other.shared or other.owner != found.owner)
    _require_sharing(context, found.name, found.query, found, shared=command.shared)
    return context.transaction.update(segment, found.id, {"shared": command.shared})


def freeze_segment(context: Context, command: FreezeSegment) -> int:
    """Whom it finds now is on the list; the query stays beside, to tell where the list came from."""
    found = _managed(context, command.name)
    if found.fixed:
        raise Invalid(FIXED_ALREADY, name=found.name, date=dates.show(found.fixed_on))
    ids = list(ids_of(context, found.kind, found.query))
    context.transaction.update(segment, found.id, {"fixed_on": date.today().isoformat()})
    put_on(context, found.id, ids)
    return len(ids)


def delete_segment(context: Context, command: DeleteSegment) -> bool:
    """Remove a segment; raises `Invalid` while another one names it."""
    found = _managed(context, command.name)
    _require_unused(context, found, lambda _other: True)
    take_off(context, found.id, members(context, found.id))
    context.connection.execute(delete(segment_look).where(segment_look.c.segment_id == found.id))
    context.transaction.delete(segment, [found.id])
    return True


def add(context: Context, name: str, kind: str, query: str, *, shared: bool, fixed_on: str | None = None) -> int:
    """A new segment of whoever is signed in; returns its id."""
    row: dict[str, object] = {"name": name, "kind": kind, "query": query, "fixed_on": fixed_on, "shared": shared}
    return context.transaction.insert(segment, [{**row, "owner": context.session.user_id}])[0]


def name_of(text: str) -> str:
    """A name as it is kept; raises `Invalid` for one that nothing can be found by."""
    name = clean(text)
    if not fold(name):
        raise Invalid(NO_NAME, field="name")
    if len(name) > _LONGEST:
        raise Invalid(LONG_NAME, field="name", limit=_LONGEST)
    return name


def read(context: Context, kind: str, query: str, within: tuple[int, ...]) -> str:
    """A query as its tree is written; raises `Invalid` for one that cannot be used, or opens a segment of `within`."""
    names = Names(kind, context.session)
    tree = parse(query, names)
    Conditions(context, names, within).of(tree)
    return write(tree)


def members(context: Context, segment_id: int) -> list[int]:
    """Ids of the records on a fixed list."""
    held = select(segment_member.c.record_id).where(segment_member.c.segment_id == segment_id)
    return list(context.connection.execute(held).scalars())


def put_on(context: Context, segment_id: int, ids: list[int]) -> None:
    """Write places on a list."""
    rows: list[dict[str, object]] = [{"segment_id": segment_id, "record_id": i} for i in ids]
    context.transaction.insert(segment_member, rows)


def take_off(context: Context, segment_id: int, ids: list[int]) -> None:
    """Remove places on a list."""
    going = set(ids)
    held = select(segment_member.c.id, segment_member.c.record_id).where(segment_member.c.segment_id == segment_id)
    rows = [row.id for row in context.connection.execute(held) if row.record_id in going]
    context.transaction.delete(segment_member, rows)


def require_manager(context: Context, found: Kept) -> None:
    """Raise `NotAllowed` unless it is one's own or one is an administrator."""
    if found.owner != context.session.user_id and context.session.role is not Role.ADMINISTRATOR:
        raise NotAllowed(NOT_YOURS, name=found.name, owner=owner_name(context, found.owner))


def owner_name(context: Context, owner: int) -> str:
    """The sign-in name of a segment's maker."""
    named = select(user_account.c.name).where(user_account.c.id == owner)
    return str(context.connection.execute(named).scalar() or "")


def _managed(context: Context, name: str) -> Kept:
    found = kept.find(context.connection, context.session, clean(name))
    require_manager(context, found)
    return found


def _require_free(context: Context, name: str, found: Kept) -> None:
    other = kept.named(context.connection, context.session.user_id, name)
    if other is not None and other.id != found.id:
        raise Invalid(TAKEN, field="name", name=other.name)


def _require_free_for_all(context: Context, name: str, found: Kept | None) -> None:
    for other in kept.everybodys(context.connection):
        if other.shared and (found is None or other.id != found.id) and kept.key(other.name) == kept.key(name):
            raise Invalid(TAKEN, field="name", name=other.name)


def _require_sharing(context: Context, name: str, query: str, found: Kept | None, *, shared: bool) -> None:
    """Raise `Invalid` for a shared segment of a name that is shared already, or with one inside that is not."""
    if not shared:
        return
    _require_free_for_all(context, name, found)
    if found is not None and found.fixed:
        return
    for term in kept.terms(kept.tree_of(query)):
        part = kept.named(context.connection, context.session.user_id, term.value)
        if part is not None and not part.shared:
            raise Invalid(PRIVATE_INSIDE, other=part.name)


def _require_unused(context: Context, found: Kept, counts: Callable[[Kept], bool]) -> None:
    for other in kept.everybodys(context.connection):
        if counts(other) and kept.uses(other, found):
            seen = other.shared or other.owner == context.session.user_id
            raise Invalid(USED_IN if seen else USED_ELSEWHERE, name=found.name, other=other.name if seen else "")


def _renamed(tree: Node, old: str, new: str) -> Node:
    """The query with another name for a segment inside it."""
    match tree:
        case Term(field, operator, value):
            named = kept.is_segment(field) and kept.key(value) == kept.key(old)
            return Term(field, operator, new) if named else tree
        case Not(item):
            return Not(_renamed(item, old, new))
        case And(items):
            return And(tuple(_renamed(item, old, new) for item in items))
        case Or(items):
            return Or(tuple(_renamed(item, old, new) for item in items))
        case _:
            return tree
