"""What the dialogs about one person's registration share: inputs, what follows in words, and Undo afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from registry import fields, kinds
from registry.changes import Outcome
from registry.commands import Command
from registry.errors import Invalid, RegistryError
from registry.field_list.shared import REGISTRATION
from registry.fields import Field
from registry.i18n import N_, _
from registry.kinds import Situation
from registry.queries import GetRegistration, GetSettings
from registry.registration.outcomes import Followed
from registry.registration.view import RegistrationView
from ui.card.editors import FieldEditor
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import label
from ui.widgets.summary import Banner


def input_of(name: str, kind: kinds.Kind, title: str) -> Field:
    """An input that is no field of the card, described as one; `title` is a catalogue message."""
    return Field(name, "registration", name, kind, title, REGISTRATION)


SINCE = input_of("since", kinds.PARTIAL_DATE, N_("On"))


class StepDialog(Dialog):
    """Asks what a step needs, says what follows from it, and carries it out.

    Attributes:
        title, main_words, done_words: catalogue messages: of the dialog, of its button, afterwards.
        editors: name -> its input; where a sentence about it is shown.
    """

    title = main_words = done_words = ""

    def __init__(self, desk: Desk, record_id: int, number: str, parent: QWidget) -> None:
        super().__init__(_(self.title), parent, width=520)
        self.desk, self.record_id = desk, record_id
        self.body.addWidget(label(number, "quiet"))
        self.settings: Mapping[str, str] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.follows = label(role="quiet", wrap=True)
        self._trouble = Banner()
        self.ask()
        self.body.addWidget(self.follows)
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_(self.main_words))
        self.main.clicked.connect(self._carry_out)
        desk.read(GetSettings(), self._know)
        desk.read(GetRegistration(record_id), self.show_view, self._fail)
        next(iter(self.editors.values())).setFocus()

    def ask(self) -> None:
        """Put the inputs into the body."""

    def show_view(self, view: RegistrationView) -> None:
        """Say what follows."""

    def command(self) -> Command[Followed]:
        """What is carried out; each step has its own."""
        raise AssertionError(self.title)

    def add(self, field: Field, text: str = "") -> FieldEditor:
        """One more input."""
        editor = FieldEditor(field, field.name, self._situation, desk=self.desk)
        editor.set_value(text)
        self.editors[field.name] = editor
        self.body.addWidget(editor)
        return editor

    def add_field(self, name: str) -> FieldEditor:
        """One more input, of a field of the card."""
        return self.add(fields.by_name(fields.PEOPLE)[name])

    def text(self, name: str) -> str:
        """What stands in an input."""
        return self.editors[name].text().strip()

    def say(self, *sentences: str) -> None:
        """Say what follows, a line each; empty sentences are left out."""
        self.follows.setText("\n".join(filter(None, sentences)))

    def _situation(self) -> Situation:
        typed = self.editors["address.country"].text() if "address.country" in self.editors else ""
        return Situation(typed or self.settings.get("country", ""))

    def _know(self, settings: Mapping[str, str]) -> None:
        self.settings = settings

    def _carry_out(self) -> None:
        self.main.setEnabled(False)
        self._trouble.say("", "danger")
        self.desk.execute(self.command(), self._finish, self._fail)

    def _finish(self, outcome: Outcome[Followed]) -> None:
        self.accept()
        notes = outcome.value.to_look_at
        text = " ".join((_(self.done_words), *([_("To look at: {things}", things="; ".join(notes))] if notes else [])))
        self.desk.say(text, "warning" if notes else "success", (_("Undo"), self.desk.undo))

    def _fail(self, error: RegistryError) -> None:
        """Say it at its input, else above the buttons."""
        self.main.setEnabled(True)
        if isinstance(error, Invalid) and error.field in self.editors:
            editor = self.editors[error.field]
            editor.set_problem(str(error))
            editor.setFocus()
        else:
            self._trouble.say(str(error), "danger")
