"""Asking for the name of a segment: saving a search, renaming."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from registry.access import Right
from registry.changes import Outcome
from registry.commands import Command, RenameSegment, SaveSegment
from registry.errors import RegistryError
from registry.i18n import _
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.segments.words import query_of
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.summary import Banner


class NameDialog(Dialog):
    """One line for a name, and whether all may use the segment.

    Attributes:
        command: from name and sharing, set by whoever opens the dialog.
        on_done: hears the name once the command is carried out.
    """

    def __init__(self, desk: Desk, title: str, main: str, parent: QWidget) -> None:
        super().__init__(title, parent, width=460)
        self._desk = desk
        self.command: Callable[[str, bool], Command[bool]] | None = None
        self.on_done: Callable[[str], None] = lambda _name: None
        self.explanation = label(role="quiet", wrap=True)
        self.body.addWidget(self.explanation)
        self.name = QLineEdit()
        self._labelled = Labelled(_("Name"), self.name)
        self.body.addWidget(self._labelled)
        self.shared = QCheckBox(_("All members of staff may use it"))
        self.body.addWidget(self.shared)
        self.trouble = Banner()
        self.body.addWidget(self.trouble)
        self.add_cancel()
        self.main = self.add_main(main)
        self.main.clicked.connect(self._carry_out)
        self.name.textEdited.connect(lambda _text: self._labelled.set_problem(""))
        self.name.setFocus()

    def _carry_out(self) -> None:
        assert self.command is not None
        self.main.setEnabled(False)
        self.trouble.say("", "danger")
        self._desk.execute(self.command(self.name.text(), self.shared.isChecked()), self._finish, self._fail)

    def _finish(self, _outcome: Outcome[bool]) -> None:
        self.on_done(self.name.text())
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self.main.setEnabled(True)
        if getattr(error, "field", None) == "name":
            self._labelled.set_problem(str(error))
            self.name.setFocus()
        else:
            self.trouble.say(str(error), "danger")


def saving(desk: Desk, selection: Selection, parent: QWidget) -> NameDialog:
    """Keep the search of a list under a name, and show the list under it."""
    dialog = NameDialog(desk, _("Save this search"), _("Save"), parent)
    words = _("Whoever fits this search later is in the segment then. Freeze it to keep it as it is.")
    dialog.explanation.setText(f"{selection.query}\n{words}")
    dialog.command = lambda name, shared: SaveSegment(name, selection.query, selection.kind, shared)

    def saved(name: str) -> None:
        desk.say(_("Saved as “{name}”.", name=name), "success", (_("Undo"), desk.undo))
        desk.go(selection.kind, ("query", query_of(name)))

    dialog.on_done = saved
    return dialog


def renaming(desk: Desk, old: str, parent: QWidget, on_done: Callable[[str], None]) -> NameDialog:
    """Call a segment something else."""
    dialog = NameDialog(desk, _("Rename a segment"), _("Rename"), parent)
    dialog.explanation.setText(_("Segments that have it inside follow."))
    dialog.shared.hide()
    dialog.name.setText(old)
    dialog.name.selectAll()
    dialog.command = partial(_rename, old)
    dialog.on_done = on_done
    return dialog


def save_search(desk: Desk, selection: Selection) -> None:
    """From the menu of a list."""
    if not selection.query.strip():
        desk.say(_("Search for something first: the search is what is saved."), "warning")
    elif desk.window is not None and desk.may(Right.KEEP_SEGMENTS):
        saving(desk, selection, desk.window).open()


def _rename(old: str, name: str, _shared: bool) -> Command[bool]:
    return RenameSegment(old, name)
