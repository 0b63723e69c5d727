"""What every dialog is that does one thing with the marked records of a list, or with all that are found."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from registry.changes import Outcome
from registry.commands import Command
from registry.errors import Invalid, RegistryError
from registry.i18n import _, ngettext
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


class TreatingDialog(Dialog):
    """Says what will be done with how many, does it, and names those that were left with the reason.

    Attributes:
        sentence: what will be done, then what was.
        inputs: the layout for what has to be typed.
        left: those that were left.
    """

    def __init__(
        self, desk: Desk, words: tuple[str, str], selection: Selection, sentence: str, parent: QWidget
    ) -> None:
        """`words` are the title and what the main button says."""
        title, main = words
        super().__init__(title, parent, width=520)
        self._desk, self._selection, self._title = desk, selection, title
        self.sentence = label(sentence, wrap=True)
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
        self.main = self.add_main(main)
        self.main.clicked.connect(self._begin)

    def command(self, ids: tuple[int, ...]) -> Command[Treated]:
        """What is carried out."""
        raise NotImplementedError

    def told(self, count: int) -> str:
        """What was done with how many."""
        raise NotImplementedError

    def left_words(self, count: int) -> str:
        """How many were left."""
        return ngettext("{count} record was left:", "{count} records were left:", count)

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
        self._desk.execute(
            self.command(tuple(ids)), self._finish, self._fail, title=self._title, on_cancelled=lambda: self._allow()
        )

    def _finish(self, outcome: Outcome[Treated]) -> None:
        done, left = outcome.value.done, outcome.value.left
        undo = (_("Undo"), self._desk.undo) if done else None
        self._desk.say(self.told(done), "success" if done else "warning", undo)
        if not left:
            self.accept()
            return
        self.sentence.setText(f"{self.told(done)} {self.left_words(len(left))}")
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
