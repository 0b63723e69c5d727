"""What every dialog is that does one thing with the marked records of a list, or with all that are found."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from registry.changes import Outcome
from registry.commands import Command
from registry.errors import Invalid, RegistryError
from registry.i18n import _
from registry.queries import ListIds
from registry.registration.outcomes import Treated
from ui.card.editors import FieldEditor
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.widgets.labels import column, label
from ui.widgets.summary import Banner

#: Records that were left, named one by one up to so many.
_NAMED = 200


@dataclass(frozen=True)
class Treatment:
    """What is done.

    Attributes:
        title, main: of the dialog and its main button, translated.
        sentence: what will be done with how many.
        command: what is carried out, from the ids.
        told: what is said of how many afterwards.
        left: what is said of how many that were left.
    """

    title: str
    main: str
    sentence: str
    command: Callable[[tuple[int, ...]], Command[Treated]]
    told: Callable[[int], str]
    left: Callable[[int], str]


class TreatingDialog(Dialog):
    """Says what will be done with how many, does it, and names those that were left with the reason.

    Attributes:
        sentence: what will be done, then what was.
        inputs: the layout for what has to be typed.
        left: those that were left.
    """

    def __init__(self, desk: Desk, treatment: Treatment, selection: Selection, parent: QWidget) -> None:
        super().__init__(treatment.title, parent, width=520)
        self._desk, self._selection, self._treatment = desk, selection, treatment
        self.sentence = label(treatment.sentence, wrap=True)
        self.body.addWidget(self.sentence)
        self._typed = QWidget()
        self.inputs = column(self._typed, spacing=12)
        self.body.addWidget(self._typed)
        self.left = QPlainTextEdit()
        self.left.setReadOnly(True)
        self.left.setTabChangesFocus(True)
        self.left.setAccessibleName(_("Left as they are"))
        self.left.setMinimumHeight(140)
        self.left.hide()
        self.body.addWidget(self.left)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.cancel = self.add_cancel()
        self.main = self.add_main(treatment.main)
        self.main.clicked.connect(self._begin)

    def refused_at(self, _field: str) -> FieldEditor | None:
        """Where a value was typed that cannot be used."""
        return None

    def _begin(self) -> None:
        self.main.setEnabled(False)
        self._trouble.say("", "danger")
        if self._selection.ids is not None:
            self._carry_out(self._selection.ids)
        else:
            self._desk.read(ListIds(self._selection.kind, self._selection.query), self._carry_out, self._fail)

    def _carry_out(self, ids: Sequence[int] | array[int]) -> None:
        command, title = self._treatment.command(tuple(ids)), self._treatment.title
        self._desk.execute(command, self._finish, self._fail, title=title, on_cancelled=lambda: self._allow())

    def _finish(self, outcome: Outcome[Treated]) -> None:
        done, left = outcome.value.done, outcome.value.left
        undo = (_("Undo"), self._desk.undo) if done else None
        self._desk.say(self._treatment.told(done), "success" if done else "warning", undo)
        if not left:
            self.accept()
            return
        self.sentence.setText(f"{self._treatment.told(done)} {self._treatment.left(len(left))}")
        lines = [_("{field}: {value}", field=item.number, value=item.reason) for item in left[:_NAMED]]
        self.left.setPlainText("\n".join([*lines, *(["…"] if left[_NAMED:] else [])]))
        self.left.show()
        for part in (self._typed, self.main):
            part.hide()
        self.cancel.setText(_("Close"))
        self.cancel.setFocus()

    def _allow(self) -> None:
        self.main.setEnabled(True)

    def _fail(self, error: RegistryError) -> None:
        self._allow()
        editor = self.refused_at(error.field) if isinstance(error, Invalid) and error.field else None
        if editor is not None:
            editor.set_problem(str(error))
            editor.setFocus()
        else:
            self._trouble.say(str(error), "danger")
