"""What happened between the office and somebody, and what is still to do: logged, followed up, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.models import activity
from db.records import Row
from registry import fields, possible, records
from registry.commands import AnswerConcern, CompleteFollowUp, LogActivity
from registry.context import Context, View
from registry.editing import MAY_NOT_EDIT, read_texts
from registry.errors import Invalid, NotAllowed
from registry.fields import Field
from registry.i18n import N_, _
from registry.kinds import TEXT, Situation
from registry.possible import BEFORE_ACTIVITY, require_order, require_possible
from registry.queries import ListActivities

CONCERN = "concern"
#: Records written between two looks at whether somebody stopped the work.
_SLICE = 2000

NO_ACTIVITY = N_("This activity is not here any more. It may have been removed.")
NO_KIND = N_("Choose what kind of activity it was.")
NOT_AN_ACTIVITY = N_("“{name}” is not a field of an activity.")
NO_FOLLOW_UP = N_("No follow-up was planned for this activity.")
NO_CONCERN = N_("Only a concern is answered. Complete the follow-up instead.")


@dataclass(frozen=True)
class Activity:
    """One dealing with a record.

    Attributes:
        id: of its row.
        place: among the activities of the record, as in the numbered names of its fields.
        values: canonical name, not numbered -> kept value, of what this user may see.
    """

    id: int
    place: int
    values: Mapping[str, str]

    @property
    def kind(self) -> str:
        """Code of the vocabulary "activity"."""
        return self.values["activity"]

    @property
    def due(self) -> str:
        """Until when something is still to do; "" = nothing is, or it is done."""
        return "" if "activity.followed_up" in self.values else self.values.get("activity.follow_up", "")

    @property
    def waits(self) -> bool:
        """Whether it is a concern that nobody has answered."""
        return self.kind == CONCERN and "activity.answered_on" not in self.values

    @property
    def open(self) -> bool:
        """Whether something is still to do."""
        return bool(self.due) or self.waits


def log_activity(context: Context, command: LogActivity) -> int:
    """Write one dealing to each record, by whoever is signed in unless the texts say otherwise."""
    for name in command.texts:
        found = fields.find(command.kind, name)
        if found is None or found[0].table != activity.name or found[1] != 0:
            raise Invalid(NOT_AN_ACTIVITY, field=name, name=name[:40])
    draft = read_texts(context, command.kind, dict(command.texts))
    row = draft.rows.get((activity.name, 0), {})
    if row.get("kind") is None:
        raise Invalid(NO_KIND, field="activity")
    row["date"] = row.get("date") or date.today().isoformat()
    row["officer"] = row.get("officer") or context.session.name
    require_possible(command.kind, draft, {})
    kinds = records.kinds_of(context.connection, command.ids)
    ids = [i for i in dict.fromkeys(command.ids) if kinds.get(i) == command.kind]
    if not ids:
        raise Invalid(records.NO_RECORD)
    for start in range(0, len(ids), _SLICE):
        context.progress.step(start, len(ids), _("Writing records"))
        context.transaction.insert(activity, [{"record_id": i, **row} for i in ids[start : start + _SLICE]])
    # Nothing that is searched by words or sorted by follows from an activity.
    context.transaction.indexed.update(ids)
    return len(ids)


def complete_follow_up(context: Context, command: CompleteFollowUp) -> bool:
    """Write the day on which a follow-up was done."""
    row = _row(context, command.activity_id, "followed_up")
    if row["follow_up"] is None:
        raise Invalid(NO_FOLLOW_UP)
    day = possible.day(command.on or date.today().isoformat(), "activity.followed_up")
    require_order(row["date"], day, "activity.followed_up", BEFORE_ACTIVITY)
    return row["followed_up"] is None and context.transaction.update(
        activity, command.activity_id, {"followed_up": day}
    )


def answer_concern(context: Context, command: AnswerConcern) -> bool:
    """Write when a concern was answered, and by whom."""
    row = _row(context, command.activity_id, "answered_on")
    if row["kind"] != CONCERN:
        raise Invalid(NO_CONCERN)
    day = possible.day(command.on or date.today().isoformat(), "activity.answered_on")
    require_order(row["date"], day, "activity.answered_on", BEFORE_ACTIVITY)
    by = TEXT.read(command.by, Situation(), "") or context.session.name
    return context.transaction.update(activity, command.activity_id, {"answered_on": day, "answered_by": by})


def list_activities(view: View, query: ListActivities) -> tuple[Activity, ...]:
    """What is open, the earliest day first; then the rest, the newest first."""
    seen = [f for f in _described(query.kind) if view.session.sees(f)]
    rows = view.connection.execute(select(activity).where(activity.c.record_id == query.id).order_by(activity.c.id))
    found = [
        Activity(row["id"], place, {f.name: str(row[f.column]) for f in seen if row[f.column] is not None})
        for place, row in enumerate(rows.mappings())
    ]
    newest = sorted(found, key=lambda a: (a.values.get("activity.date", ""), a.id), reverse=True)
    to_do = sorted((a for a in newest if a.open), key=lambda a: a.due or a.values.get("activity.date", ""))
    return (*to_do, *(a for a in newest if not a.open))


def _row(context: Context, activity_id: int, column: str) -> Row:
    """One activity whose `column` this user may write; raises `Invalid` or `NotAllowed`."""
    row = context.connection.execute(select(activity).where(activity.c.id == activity_id)).mappings().first()
    if row is None:
        raise Invalid(NO_ACTIVITY)
    kind = records.kinds_of(context.connection, [row["record_id"]])[row["record_id"]]
    described = next(f for f in _described(kind) if f.column == column)
    if not context.session.edits(described):
        raise NotAllowed(MAY_NOT_EDIT, field=described.title)
    return dict(row)


def _described(kind: str) -> list[Field]:
    return [f for f in fields.of(kind) if f.table == activity.name]
