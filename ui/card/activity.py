"""The tab Activity: what happened between the office and a record, and what is still to do."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from registry import dates, fields
from registry.changes import Outcome
from registry.commands import AnswerConcern, CompleteFollowUp, EditRecord
from registry.i18n import N_, _
from registry.queries import ListActivities
from ui.card.listing import Entry, Listing, joined
from ui.desk import Desk
from ui.dialogs.activity import ActivityDialog
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, icon_button, isolated, label, row

if TYPE_CHECKING:
    from registry.activities import Activity
    from registry.records import Record

_TO_DO, _BEFORE = N_("Still to do"), N_("Done")


class ActivityTab(QWidget):
    """The activities of one record; what is open stands on top."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._record: Record | None = None
        self._editable = desk.session.edits(fields.by_name(kind)["activity"])
        outer = column(self, spacing=0)
        head = row()
        head.setContentsMargins(20, 12, 20, 4)
        self.log = button(_("Log activity…"), self.begin, icon="add")
        self.log.setToolTip(_("Log activity (Ctrl+J)"))
        head.addWidget(self.log)
        head.addStretch(1)
        outer.addLayout(head)
        self._stack = QStackedWidget()
        self.listing = Listing(_("Activity"))
        self.state = EmptyState()
        self._stack.addWidget(self.listing)
        self._stack.addWidget(self.state)
        outer.addWidget(self._stack, 1)
        if not self._editable:
            self.log.hide()

    def show_record(self, record: Record) -> None:
        """Read what there is."""
        self._record = record
        query = ListActivities(self._kind, record.id)
        self._desk.read(query, self._show, key=("activities", self._kind))

    def begin(self, record: Record | None = None) -> None:
        """Log another one, of the record shown here or of this one."""
        chosen = record or self._record
        if chosen is not None and self._editable:
            ActivityDialog(self._desk, self._kind, (chosen.id,), self.window()).open()

    def _show(self, found: tuple[Activity, ...]) -> None:
        if not found:
            words = _("Log a visit, a call, a service or a concern, and when to come back to it.")
            self.state.show_state("event", _("Nothing logged yet"), words if self._editable else "")
            self._stack.setCurrentWidget(self.state)
            return
        widgets: list[QWidget] = []
        for title, some in ((_TO_DO, [a for a in found if a.open]), (_BEFORE, [a for a in found if not a.open])):
            if some and len(some) < len(found):
                widgets.append(label(_(title), "section"))
            widgets.extend(self._entry(activity) for activity in some)
        self.listing.show_widgets(widgets)
        self._stack.setCurrentWidget(self.listing)

    def _entry(self, activity: Activity) -> Entry:
        said = partial(_said, self._kind, activity)
        head = joined(said("activity.date"), said("activity"), said("activity.direction"))
        close = partial(self._close, activity) if self._editable and activity.open else None
        made = Entry(
            activity.id,
            ". ".join(filter(None, (head, _due(activity), said("activity.subject")))),
            enter=partial(self._edit, activity) if self._editable else None,
            space=close,
            delete=partial(self._remove, activity) if self._editable else None,
        )
        top = row(spacing=4)
        top.addWidget(label(isolated(head), wrap=True), 1)
        if self._editable:
            top.addWidget(icon_button("edit", _("Edit (Enter)"), partial(self._edit, activity)))
            top.addWidget(icon_button("close", _("Remove (Delete)"), partial(self._remove, activity)))
        made.inside.addLayout(top)
        for text, role in ((said("activity.subject"), ""), (said("activity.notes"), "quiet")):
            if text:
                made.inside.addWidget(label(isolated(text), role, wrap=True, selectable=True))
        if rest := _rest(self._kind, activity):
            made.inside.addWidget(label(isolated(rest), "small", wrap=True))
        if activity.open:
            made.inside.addLayout(self._foot(activity, close))
        return made

    def _foot(self, activity: Activity, close: partial[None] | None) -> QHBoxLayout:
        late = activity.due.rstrip("~")
        overdue = bool(late) and late < date.today().isoformat()[: len(late)]
        foot = row()
        badge = label(_due(activity), "badge-danger" if overdue else "badge-warning")
        foot.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        if close is not None:
            done = button(_("Done") if activity.due else _("Answered"), close, "link", "check")
            done.setToolTip(_("Done today (Space)"))
            foot.addWidget(done)
        foot.addStretch(1)
        return foot

    def _close(self, activity: Activity) -> None:
        """What was to be done is done; of a concern with a follow-up the follow-up first."""
        if activity.due:
            self._desk.execute(CompleteFollowUp(activity.id), partial(self._say, _("Follow-up done.")))
        else:
            self._desk.execute(AnswerConcern(activity.id), partial(self._say, _("Concern answered.")))

    def _edit(self, activity: Activity) -> None:
        if self._record is not None:
            ids, version = (self._record.id,), self._record.version
            ActivityDialog(self._desk, self._kind, ids, self.window(), activity, version).open()

    def _remove(self, activity: Activity) -> None:
        if self._record is None:
            return
        described = [f for f in fields.of(self._kind) if f.table == "activity" and self._desk.session.edits(f)]
        texts = {fields.numbered(f.name, activity.place): "" for f in described}
        command = EditRecord(self._kind, self._record.id, texts, self._record.version)
        self._desk.execute(command, partial(self._say, _("Activity removed.")))

    def _say(self, words: str, _outcome: Outcome[bool]) -> None:
        self._desk.say(words, "success", (_("Undo"), self._desk.undo))


def _said(kind: str, activity: Activity, name: str) -> str:
    """One of its values in the reader's words; "" if there is none."""
    value = activity.values.get(name, "")
    return fields.by_name(kind)[name].show(value) if value else ""


def _due(activity: Activity) -> str:
    """What is still to do, in words."""
    if activity.due:
        return _("Follow up by {date}", date=dates.show(activity.due))
    return _("Not answered yet") if activity.waits else ""


def _rest(kind: str, activity: Activity) -> str:
    """The smaller things known of it."""
    said = partial(_said, kind, activity)
    done, answered = said("activity.followed_up"), said("activity.answered_on")
    return joined(
        said("activity.service"),
        said("activity.theme"),
        said("activity.place"),
        said("activity.officer"),
        _("Followed up on {date}", date=done) if done else "",
        _("Answered on {date}", date=answered) if answered else "",
        said("activity.answered_by"),
    )
