"""Statistics under a name, for everybody who may count by the same fields."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db.models import saved_statistics, user_account
from registry.access import Role
from registry.commands import DeleteStatistics, RenameStatistics, SaveStatistics
from registry.context import Context, View
from registry.errors import Invalid, NotAllowed
from registry.i18n import N_, _
from registry.kinds import clean
from registry.queries import CountBy, SavedStatistics
from registry.search.folding import fold
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.writer import write
from registry.statistics import countable
from registry.statistics.counting import ONE_OR_TWO
from registry.statistics.drawing import CHARTS
from registry.statistics.presets import presets

NO_NAME = N_("Statistics need a name with a letter or a digit in it.")
LONG_NAME = N_("The name has more than {limit} letters. Shorten it.")
NONE_SAVED = N_("There are no statistics “{name}”. {known}")
KNOWN = N_("Choose one of: {names}.")
TAKEN = N_("There are statistics “{name}” already. Choose another name.")
NOT_YOURS = N_("“{name}” was made by {owner}, who changes it, or an administrator. Save yours under another name.")
NO_CHART = N_("“{name}” is no chart. Choose one of: {known}.")

_LONGEST = 80


@dataclass(frozen=True)
class Saved:
    """What is counted, under a name.

    Attributes:
        code: what it is opened by; of those that ship a word in no language, else the name.
        asked: what is counted.
        chart: one of `CHARTS`.
        owner: sign-in name of its maker; "" = it ships.
        mine: whether this user may change it.
    """

    code: str
    name: str
    asked: CountBy
    chart: str
    owner: str
    mine: bool


def save_statistics(context: Context, command: SaveStatistics) -> bool:
    """Keep it, in place of one's own of the same name.

    Raises:
        Invalid: nothing can be counted so by this user, or the name is none.
        NotAllowed: somebody else's has this name.
    """
    name = _name(command.name)
    if len(command.by) not in (1, 2):
        raise Invalid(ONE_OR_TWO, field="by")
    by = [countable.find(command.kind, context.session, code).code for code in command.by]
    if command.chart not in CHARTS:
        raise Invalid(NO_CHART, field="chart", name=command.chart[:40], known=", ".join(filter(None, CHARTS)))
    row: dict[str, object] = {
        "name": name,
        "kind": command.kind,
        "counted_by": json.dumps(by),
        "query": write(parse(command.query, Names(command.kind, context.session))),
        "public": command.public,
        "everybody": command.everybody,
        "chart": command.chart,
    }
    found = _row(context, name)
    if found is None:
        context.transaction.insert(saved_statistics, [{**row, "owner": context.session.user_id}])
        return True
    _require_manager(context, found)
    return context.transaction.update(saved_statistics, found.id, row)


def rename_statistics(context: Context, command: RenameStatistics) -> bool:
    """Give it another name; raises as `save_statistics`."""
    found, name = _managed(context, command.name), _name(command.new_name)
    other = _row(context, name)
    if other is not None and other.id != found.id:
        raise Invalid(TAKEN, field="new_name", name=other.name)
    return context.transaction.update(saved_statistics, found.id, {"name": name})


def delete_statistics(context: Context, command: DeleteStatistics) -> bool:
    """Forget it."""
    context.transaction.delete(saved_statistics, [_managed(context, command.name).id])
    return True


def saved(view: View, _query: SavedStatistics) -> tuple[Saved, ...]:
    """Those that ship, then those of all colleagues by name: whatever this user can count."""
    shipped = [
        Saved(p.code, p.title, CountBy(p.by, "", p.kind, everybody=False), "", "", False) for p in presets(view.session)
    ]
    return (*shipped, *sorted(_kept(view), key=lambda each: fold(each.name)))


def named(all_of_them: tuple[Saved, ...], name: str) -> Saved:
    """The one of this name or code; capitals and accents do not matter. Raises `Invalid` if there is none."""
    for each in reversed(all_of_them):  # what was saved here comes before what ships
        if fold(name) in (fold(each.name), fold(each.code)):
            return each
    known = _(KNOWN, names=", ".join(each.code for each in all_of_them))
    raise Invalid(NONE_SAVED, name=name[:40], known=known)


def _kept(view: View) -> list[Saved]:
    """What colleagues saved, as far as this user sees its fields."""
    rows = view.connection.execute(
        select(saved_statistics, user_account.c.name.label("maker")).join_from(
            saved_statistics, user_account, user_account.c.id == saved_statistics.c.owner, isouter=True
        )
    )
    seen = {kind: {one.code for one in countable.countable(kind, view.session)} for kind in ("people", "associations")}
    found = []
    for row in rows:
        by = tuple(json.loads(row.counted_by))
        if not seen[row.kind].issuperset(by) or not _is_read(view, row.kind, row.query):
            continue
        asked = CountBy(by, row.query, row.kind, bool(row.public), bool(row.everybody))
        mine = row.owner == view.session.user_id or view.session.role is Role.ADMINISTRATOR
        found.append(Saved(row.name, row.name, asked, row.chart, row.maker or "", mine))
    return found


def _is_read(view: View, kind: str, query: str) -> bool:
    """Whether this user can ask so: a query may be about a field that is not theirs to see."""
    try:
        parse(query, Names(kind, view.session))
    except Invalid:
        return False
    return True


def _name(text: str) -> str:
    name = clean(text)
    if not fold(name):
        raise Invalid(NO_NAME, field="name")
    if len(name) > _LONGEST:
        raise Invalid(LONG_NAME, field="name", limit=_LONGEST)
    return name


def _row(context: Context, name: str) -> Any:
    held = select(saved_statistics.c.id, saved_statistics.c.name, saved_statistics.c.owner)
    return next((row for row in context.connection.execute(held) if fold(row.name) == fold(name)), None)


def _managed(context: Context, name: str) -> Any:
    found = _row(context, clean(name))
    if found is None:
        raise Invalid(NONE_SAVED, name=name[:40], known="")
    _require_manager(context, found)
    return found


def _require_manager(context: Context, found: Any) -> None:
    """Raise `NotAllowed` unless it is one's own or one is an administrator."""
    if found.owner != context.session.user_id and context.session.role is not Role.ADMINISTRATOR:
        owner = select(user_account.c.name).where(user_account.c.id == found.owner)
        raise NotAllowed(NOT_YOURS, name=found.name, owner=context.connection.execute(owner).scalar() or "")
