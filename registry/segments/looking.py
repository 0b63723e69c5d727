"""What the segments are, and what changed in one since somebody last looked."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from db.models import segment, segment_look, user_account
from registry.commands import LookAtSegment
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import _
from registry.queries import ListSegments
from registry.search.find import unsorted_ids
from registry.search.inside import NOT_FOR_ROLE
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import Term
from registry.segments import kept
from registry.segments.kept import Kept

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]


@dataclass(frozen=True)
class SegmentView:
    """A segment as it is offered.

    Attributes:
        kind: "people" or "associations".
        query: what it finds, or found when it was fixed; "" also where it asks for what this user does not see.
        fixed_on: the day since which it is a fixed list; "" = it is asked anew each time.
        owner: sign-in name of its maker.
        mine: whether that is who asks.
        count: how many records it finds; None = not counted, or it cannot be used.
        came, went: how many since this user's last look; None = never looked, or not counted.
        looked_on: the day of that look, "" = never.
        problem: why it cannot be used, "" = it can.
    """

    name: str
    kind: str
    query: str
    fixed_on: str
    shared: bool
    owner: str
    mine: bool
    count: int | None = None
    came: int | None = None
    went: int | None = None
    looked_on: str = ""
    problem: str = ""


@dataclass(frozen=True)
class SegmentLook:
    """What one look found.

    Attributes:
        segment: it, as it stands after the look.
        since: the day of the look before, "" = this is the first.
        came, went: ids of records since then, by id; those that are gone from the register are among `went`.
    """

    segment: SegmentView
    since: str
    came: tuple[int, ...] = ()
    went: tuple[int, ...] = ()


def list_segments(view: View, query: ListSegments) -> tuple[SegmentView, ...]:
    """The segments that this user may use, by name."""
    found = [s for s in kept.usable(view.connection, view.session.user_id) if query.kind in ("", s.kind)]
    owners = _owners(view.connection)
    shown = []
    for place, each in enumerate(found):
        view.progress.step(place, len(found), "")
        shown.append(_counted(view, each, owners) if query.counts else _plain(view, each, owners))
    return tuple(shown)


def look_at_segment(context: Context, command: LookAtSegment) -> SegmentLook:
    """Compare with the last look of this user, and keep whom it finds now for the next one."""
    found = kept.find(context.connection, context.session, command.name)
    now = _packed(_ids(context, found))
    before, since = _last_look(context, found)
    _keep_look(context, found, now)
    came, went = _difference(before, now)
    plain = _plain(context, found, _owners(context.connection))
    today = date.today().isoformat()
    return SegmentLook(replace(plain, count=len(now), came=0, went=0, looked_on=today), since, came, went)


def forget(connection: Connection, record_id: int) -> None:
    """Take the id of an erased record out of what the last looks found."""
    import numpy as np

    for row in connection.execute(select(segment_look)).all():
        ids = _unpacked(row.ids)
        if (kept_ids := ids[ids != record_id]).size != ids.size:
            here = (segment_look.c.segment_id == row.segment_id) & (segment_look.c.user_id == row.user_id)
            connection.execute(update(segment_look).where(here).values(ids=_bytes(np.asarray(kept_ids))))


def _counted(view: View, each: Kept, owners: dict[int, str]) -> SegmentView:
    plain = _plain(view, each, owners)
    if plain.problem:
        return plain
    try:
        now = _packed(_ids(view, each))
    except Invalid as problem:
        return replace(plain, problem=str(problem))
    before, since = _last_look(view, each)
    if before is None:
        return replace(plain, count=len(now))
    came, went = _difference(before, now)
    return replace(plain, count=len(now), came=len(came), went=len(went), looked_on=since)


def _plain(view: View, each: Kept, owners: dict[int, str]) -> SegmentView:
    """A segment uncounted; a query with fields that this user does not see is not shown."""
    query, problem = each.query, ""
    if query:
        try:
            parse(query, Names(each.kind, view.session))
        except Invalid as unreadable:
            query = ""
            if not each.fixed:
                mine = each.owner == view.session.user_id
                problem = str(unreadable) if mine else _(NOT_FOR_ROLE, name=each.name, position=1)
    mine = each.owner == view.session.user_id
    owner = owners.get(each.owner, "")
    return SegmentView(each.name, each.kind, query, each.fixed_on, each.shared, owner, mine, problem=problem)


def _owners(connection: Connection) -> dict[int, str]:
    return {row.id: row.name for row in connection.execute(select(user_account.c.id, user_account.c.name))}


def _ids(view: View, each: Kept) -> array[int]:
    return unsorted_ids(view, each.kind, Term("in", ":", each.name, 1))


def _last_look(view: View, each: Kept) -> tuple[Ids | None, str]:
    here = (segment_look.c.segment_id == each.id) & (segment_look.c.user_id == view.session.user_id)
    row = view.connection.execute(select(segment_look).where(here)).first()
    return (None, "") if row is None else (_unpacked(row.ids), str(row.looked_on))


def _keep_look(context: Context, each: Kept, now: Ids) -> None:
    connection, user_id = context.connection, context.session.user_id
    here = (segment_look.c.segment_id == each.id) & (segment_look.c.user_id == user_id)
    # Segments of which the making was undone leave their looks behind.
    gone = segment_look.c.segment_id.not_in(select(segment.c.id))
    connection.execute(delete(segment_look).where(here | gone))
    row = {"segment_id": each.id, "user_id": user_id, "looked_on": date.today().isoformat(), "ids": _bytes(now)}
    connection.execute(insert(segment_look), row)


def _difference(before: Ids | None, now: Ids) -> tuple[tuple[int, ...], tuple[int, ...]]:
    import numpy as np

    if before is None:
        return (), ()
    came, went = np.setdiff1d(now, before, assume_unique=True), np.setdiff1d(before, now, assume_unique=True)
    return tuple(came.tolist()), tuple(went.tolist())


def _packed(ids: Sequence[int] | array[int]) -> Ids:
    import numpy as np

    return np.sort(np.array(ids, dtype="<i8"))


def _bytes(ids: Ids) -> bytes:
    import zlib

    import numpy as np

    # Steps from one id to the next are small numbers, which pack well.
    return zlib.compress(np.diff(ids, prepend=0).astype("<i8").tobytes(), 1)


def _unpacked(packed: bytes) -> Ids:
    import zlib

    import numpy as np

    found: Ids = np.cumsum(np.frombuffer(zlib.decompress(packed), dtype="<i8"))
    return found
