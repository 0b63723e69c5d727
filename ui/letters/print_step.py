"""Third step: what will be printed and how, what will be missing, and why the data leaves; then the file is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from registry import vocabularies
from registry.access import CONFIRM_ABOVE
from registry.changes import Outcome
from registry.commands import WriteLetters
from registry.errors import RegistryError
from registry.i18n import N_, _
from registry.outreach.printing import LettersResult
from ui.desk import Desk
from ui.letters.draft import Draft, counted_reasons, reason_words, title_of
from ui.letters.letter_step import missing_words
from ui.paper.press import PressChoice
from ui.widgets.files import ask_target
from ui.widgets.flow import Step
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.summary import Banner, Counts
from ui.widgets.working import Working


class PrintStep(Step):
    """The last look before printing.

    Signals:
        printed: (LettersResult, path of the file).
        prepared: code of the campaign that waits to be printed.
    """

    printed = Signal(object, object)
    prepared = Signal(str)

    title = N_("Check and print")
    main = N_("Save the letters…")

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__()
        self._desk, self._draft = desk, draft
        self._stack = QStackedWidget()
        column(self).addWidget(self._stack)
        form = QWidget()
        layout = column(form, spacing=16)
        self._what = label(role="heading", wrap=True)
        self._counts = Counts()
        self._cost = label(role="quiet", wrap=True)
        self._missing, self._trouble = Banner(), Banner()
        self.press = PressChoice()
        self.press.changed.connect(self._choose_press)
        self._reason = QLineEdit()
        self._reason.setMaximumWidth(560)
        self._reason.setPlaceholderText(_("For example: invitations to the forum, request of the head of post"))
        self._reason.textChanged.connect(self.ready_changed)
        hint = _("More than {limit} people: the reason is kept in the history, and the password is asked for.")
        self._why = Labelled(_("Why these letters are printed"), self._reason, hint.format(limit=CONFIRM_ABOVE))
        for part in (self._what, self._counts, self._cost, self._missing, self.press, self._why, self._trouble):
            layout.addWidget(part)
        self.wait = button(_("Only prepare, print later"), self.prepare, icon="schedule")
        beside = row()
        beside.addWidget(self.wait)
        beside.addStretch(1)
        layout.addLayout(beside)
        layout.addStretch(1)
        self._working = Working()
        self._stack.addWidget(form)
        self._stack.addWidget(self._working)

    @property
    def _is_many(self) -> bool:
        return self._draft.recipients is not None and self._draft.recipients.letters > CONFIRM_ABOVE

    @property
    def ready(self) -> bool:
        """A reason is there where one is needed, and nothing is being written."""
        return self._stack.currentIndex() == 0 and (not self._is_many or bool(self._reason.text().strip()))

    def enter(self) -> None:
        """Show what will be done."""
        recipients = self._draft.recipients
        if recipients is None:
            return
        language = _("each person’s own language")
        if self._draft.language != "auto":
            language = vocabularies.get("language").label(self._draft.language)
        self._what.setText(f"{title_of(self._draft.template)} · {language}")
        counts = [(recipients.letters, _("Letters"), "mail", "accent_text")]
        reasons = counted_reasons(recipients.reasons)
        counts += [(count, reason_words(code), "block", "warning") for code, count in reasons]
        self._counts.show_counts(counts)
        self._cost.setText(_("Likely cost: {amount}", amount=recipients.cost) if recipients.cost else "")
        self._cost.setVisible(bool(recipients.cost))
        self._missing.say(missing_words(self._draft), "warning")
        self._trouble.say("", "danger")
        self._why.setVisible(self._is_many)
        if self._is_many:
            self._reason.setFocus()

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it."""
        title, patterns = _("Save the letters"), [self.press.pattern]
        ask_target(self, self._desk.settings, "letters", title, patterns, self.press.file_name, self.print_to)

    def _choose_press(self) -> None:
        self._draft.printing = self.press.printing

    def prepare(self) -> None:
        """Keep who gets a letter, and print another day."""
        self._trouble.say("", "danger")
        self._desk.execute(self._draft.command(), lambda done: self.prepared.emit(done.value.campaign), self._fail)

    def print_to(self, path: Path) -> None:
        """Write the letters to a file."""
        draft, reason = self._draft, self._reason.text().strip()
        command = WriteLetters(
            draft.query,
            draft.template,
            path,
            reason,
            draft.purpose,
            draft.language,
            draft.ids,
            dict(draft.variables),
            draft.per,
            draft.kind,
            draft.printing,
            channel=draft.channel,
            basis=draft.basis,
        )
        title = _("Printing letters")
        self._trouble.say("", "danger")
        task = self._desk.execute(
            command, lambda done: self._done(done, path), self._fail, title=title, on_cancelled=self._stopped
        )
        self._show_work(working=True)
        self._working.watch(task, title)

    def _show_work(self, *, working: bool) -> None:
        self._stack.setCurrentIndex(1 if working else 0)
        if not working:
            self._working.stop()
        self.ready_changed.emit()

    def _done(self, outcome: Outcome[LettersResult], path: Path) -> None:
        self._show_work(working=False)
        self.printed.emit(outcome.value, path)

    def _fail(self, error: RegistryError) -> None:
        self._show_work(working=False)
        self._trouble.say(str(error), "danger")

    def _stopped(self) -> None:
        self._show_work(working=False)
        self._trouble.say(_("Stopped. Nothing was printed and nothing was recorded."), "notice")
