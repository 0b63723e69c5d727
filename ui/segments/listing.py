"""Putting the marked records on a fixed list, or taking them off."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from registry.changes import Outcome
from registry.commands import AddToSegment, Command, RemoveFromSegment
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.queries import ListIds, ListSegments
from registry.segments.looking import SegmentView
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.segments import words
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.summary import Banner


class ListDialog(Dialog):
    """Which list; a name that there is not yet makes a new one, where records are put on.

    Attributes:
        list: the lists, by name.
    """

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget, *, taking_off: bool = False) -> None:
        super().__init__(_("Take off a list") if taking_off else _("Put on a list"), parent, width=480)
        self._desk, self._selection, self._taking_off = desk, selection, taking_off
        count = selection.count
        if taking_off:
            said = ngettext("{count} record is taken off.", "{count} records are taken off.", count)
        else:
            said = ngettext("{count} record is put on.", "{count} records are put on.", count)
        self.body.addWidget(label(said, wrap=True))
        self.list = QComboBox()
        self.list.setEditable(not taking_off)
        self.list.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        hint = "" if taking_off else _("Choose a list, or write the name of a new one.")
        self._labelled = Labelled(_("List"), self.list, hint)
        self.body.addWidget(self._labelled)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_("Take off") if taking_off else _("Put on"))
        self.main.setEnabled(not taking_off)
        self.main.clicked.connect(self._begin)
        self.list.setFocus()
        desk.read(ListSegments(selection.kind, counts=False), self._offer)

    def _offer(self, found: tuple[SegmentView, ...]) -> None:
        names = [each.name for each in found if each.fixed_on]
        typed = self.list.currentText()
        self.list.addItems(names)
        here = words.name_in(self._selection.query, self._selection.kind, self._desk.session)
        self.list.setCurrentIndex(names.index(here) if here in names else 0 if self._taking_off and names else -1)
        if typed:
            self.list.setEditText(typed)
        if self._taking_off:
            self.main.setEnabled(bool(names))
            self._labelled.set_hint("" if names else _("There is no list yet."))

    def _begin(self) -> None:
        self.main.setEnabled(False)
        self._labelled.set_problem("")
        self._trouble.say("", "danger")
        if self._selection.ids is not None:
            self._carry_out(self._selection.ids)
        else:
            self._desk.read(ListIds(self._selection.kind, self._selection.query), self._carry_out, self._fail)

    def _carry_out(self, ids: Sequence[int] | array[int]) -> None:
        kind, name = self._selection.kind, self.list.currentText()
        make = RemoveFromSegment if self._taking_off else AddToSegment
        command: Command[int] = make(kind, name, tuple(ids))
        self._desk.execute(
            command, self._finish, self._fail, title=_("Saving"), on_cancelled=lambda: self.main.setEnabled(True)
        )

    def _finish(self, outcome: Outcome[int]) -> None:
        count, name = outcome.value, self.list.currentText().strip()
        if self._taking_off:
            said = ngettext(
                "{count} record went from “{name}”.", "{count} records went from “{name}”.", count, name=name
            )
        else:
            said = ngettext("{count} record came to “{name}”.", "{count} records came to “{name}”.", count, name=name)
        self._desk.say(said, "success" if count else "notice", (_("Undo"), self._desk.undo) if count else None)
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self.main.setEnabled(True)
        if getattr(error, "field", None) == "name":
            self._labelled.set_problem(str(error))
            self.list.setFocus()
        else:
            self._trouble.say(str(error), "danger")


def put_on(desk: Desk, selection: Selection) -> None:
    """From the menu of a list."""
    if desk.window is not None:
        ListDialog(desk, selection, desk.window).open()


def take_off(desk: Desk, selection: Selection) -> None:
    """From the menu of a list."""
    if desk.window is not None:
        ListDialog(desk, selection, desk.window, taking_off=True).open()
