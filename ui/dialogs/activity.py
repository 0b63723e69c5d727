"""Logging one activity for one record or for many, or putting one right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry import fields
from registry.changes import Outcome
from registry.commands import EditRecord, LogActivity
from registry.errors import Invalid, RegistryError
from registry.i18n import N_, _, ngettext
from registry.kinds import Situation
from registry.queries import ListIds
from ui.card.editors import FieldEditor
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.widgets.labels import label
from ui.widgets.summary import Banner

if TYPE_CHECKING:
    from registry.activities import Activity

_SPOKEN = frozenset({"call", "letter", "email", "sms"})
_SOMEWHERE = frozenset({"visit", "event", "mobile_consulate", "concern"})
#: Fields that belong to some kinds of activity only.
_ONLY = {
    "activity.direction": _SPOKEN,
    "activity.service": frozenset({"service", "visit", "mobile_consulate"}),
    "activity.theme": frozenset({"concern"}),
    "activity.place": _SOMEWHERE,
}
_ALWAYS = ("activity", "activity.date", "activity.subject", "activity.notes", "activity.officer", "activity.follow_up")
#: What is to be done, until when, and by whom.
_ASSIGNED = ("activity", "activity.subject", "activity.follow_up", "activity.officer", "activity.notes")
NO_DAY = N_("Write until when it is to be done.")
#: In the order in which they are typed.
_ORDER = (
    *("activity", "activity.date", "activity.direction", "activity.service", "activity.theme", "activity.place"),
    *("activity.subject", "activity.notes", "activity.follow_up", "activity.followed_up"),
    *("activity.answered_on", "activity.answered_by", "activity.officer"),
)


class ActivityDialog(Dialog):
    """The fields of one activity, as far as they belong to its kind.

    Attributes:
        editors: canonical name -> its editor.
    """

    def __init__(
        self,
        desk: Desk,
        kind: str,
        ids: tuple[int, ...],
        parent: QWidget,
        activity: Activity | None = None,
        version: int | None = None,
        *,
        assigning: bool = False,
    ) -> None:
        """Make the fields.

        Args:
            activity: the one to put right, of the one record in `ids` as it was read in `version`.
            assigning: something is to be done by a day, and by whom.
        """
        title = _("Assign a follow-up") if assigning else _("Log activity")
        super().__init__(title if activity is None else _("Edit activity"), parent, width=520)
        self._assigning = assigning
        self._desk, self._kind, self._ids = desk, kind, ids
        self._activity, self._version = activity, version
        if len(ids) > 1:
            words = ngettext("It is logged for {count} record.", "It is logged for {count} records.", len(ids))
            if assigning:
                words = ngettext("It is assigned for {count} record.", "It is assigned for {count} records.", len(ids))
            self.body.addWidget(label(words, "quiet", wrap=True))
        described = fields.by_name(kind)
        editable = (n for n in (_ASSIGNED if assigning else _ORDER) if desk.session.edits(described[n]))
        self.editors = {name: FieldEditor(described[name], name, Situation) for name in editable}
        held = activity.values if activity is not None else {}
        for name, editor in self.editors.items():
            self.body.addWidget(editor)
            editor.set_value(held.get(name, ""))
        if activity is None:
            if not assigning:
                self.editors["activity.date"].set_value(date.today().isoformat(), initial=False)
            self.editors["activity.officer"].set_value(desk.session.name, initial=False)
        self.trouble = Banner()
        self.body.addWidget(self.trouble)
        self.add_cancel()
        self.main = self.add_main(_("Assign") if assigning else _("Log") if activity is None else _("Save"))
        self.main.clicked.connect(self._save)
        self.editors["activity"].edited.connect(self._fit)
        self._fit()
        self.editors["activity"].setFocus()

    def _fit(self) -> None:
        """Show what belongs to the kind, and what is filled."""
        kind = self.editors["activity"].text()
        for name, editor in self.editors.items():
            editor.setVisible(name in _ALWAYS or kind in _ONLY.get(name, ()) or bool(self._held(name)))

    def _held(self, name: str) -> str:
        return self._activity.values.get(name, "") if self._activity is not None else ""

    def _shown(self) -> Iterable[FieldEditor]:
        return (editor for editor in self.editors.values() if not editor.isHidden())

    def _save(self) -> None:
        self.trouble.say("", "danger")
        self.main.setEnabled(False)
        if self._assigning and not self.editors["activity.follow_up"].text().strip():
            self._refused(Invalid(NO_DAY, field="activity.follow_up"))
            return
        if self._activity is None:
            texts = {editor.name: editor.text() for editor in self._shown() if editor.text().strip()}
            command = LogActivity(self._kind, self._ids, texts)
            self._desk.execute(command, self._logged, self._refused, title=_("Saving"))
            return
        place = self._activity.place
        changed = {fields.numbered(e.name, place): e.text() for e in self._shown() if e.changed}
        edit = EditRecord(self._kind, self._ids[0], changed, self._version)
        self._desk.execute(edit, self._edited, self._refused, title=_("Saving"))

    def _logged(self, outcome: Outcome[int]) -> None:
        words = ngettext("Logged for {count} record.", "Logged for {count} records.", outcome.value)
        self._desk.say(words, "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _edited(self, _outcome: Outcome[bool]) -> None:
        self._desk.say(_("Saved."), "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _refused(self, error: RegistryError) -> None:
        """Show the failure at its field, or below."""
        self.main.setEnabled(True)
        editor = self.editors.get(fields.split(error.field)[0]) if isinstance(error, Invalid) and error.field else None
        if editor is None or editor.isHidden():
            self.trouble.say(str(error), "danger")
        else:
            editor.set_problem(str(error))
            editor.setFocus()


def log_for(desk: Desk, selection: Selection) -> None:
    """One activity for the marked records of a list, or for all that are found."""
    _ask(desk, selection, assigning=False)


def follow_up_for(desk: Desk, selection: Selection) -> None:
    """Something to be done for each of them by a day."""
    _ask(desk, selection, assigning=True)


def _ask(desk: Desk, selection: Selection, *, assigning: bool) -> None:
    parent = desk.window
    if parent is None:
        return

    def ask(ids: Iterable[int]) -> None:
        ActivityDialog(desk, selection.kind, tuple(ids), parent, assigning=assigning).open()

    if selection.ids is not None:
        ask(selection.ids)
    else:
        desk.read(ListIds(selection.kind, selection.query), ask)
