"""Letters from who gets one to the printed file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QWidget

from registry.i18n import N_, _, ngettext
from registry.outreach.printing import LettersResult
from ui.desk import Desk
from ui.letters.draft import Draft, counted_reasons, reason_words
from ui.letters.letter_step import LetterStep
from ui.letters.print_step import PrintStep
from ui.letters.recipients_step import RecipientsStep
from ui.widgets.files import show_file
from ui.widgets.flow import Flow, Step
from ui.widgets.labels import button, column, label, row
from ui.widgets.summary import Banner, Counts


class DoneStep(Step):
    """Last step: what came of it.

    Signals:
        follow_asked: code of the campaign that is to be followed.
    """

    follow_asked = Signal(str)

    title = N_("Done")
    returns = False

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, spacing=16)
        self._banner, self._characters, self._counts = Banner(), Banner(), Counts()
        self._where = label(role="quiet", wrap=True, selectable=True)
        self._path, self._campaign = Path(), ""
        self._open = button(_("Open the file"), lambda: show_file(self._path), "primary", "open_in_new")
        for part in (self._banner, self._characters, self._counts, self._where):
            layout.addWidget(part)
        buttons = row()
        buttons.addWidget(self._open)
        buttons.addWidget(
            button(_("Follow the campaign"), lambda: self.follow_asked.emit(self._campaign), icon="campaign")
        )
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)

    @property
    def sentence(self) -> str:
        """What is said about the result."""
        return self._banner.text

    def show_result(self, result: LettersResult, path: Path) -> None:
        """Show the counts and where the file lies."""
        self._path, self._campaign = path, result.campaign
        words = ngettext(
            "{count} letter was printed. The campaign is {campaign}.",
            "{count} letters were printed. The campaign is {campaign}.",
            result.letters,
            campaign=result.campaign,
        )
        self._banner.say(words, "success")
        missing = result.missing_characters
        sentence = _("These characters could not be printed; look at the letters that need them: {characters}")
        self._characters.say(sentence.format(characters=" ".join(missing)) if missing else "", "warning")
        counts = [(result.letters, _("Letters"), "mail", "accent_text")]
        counts += [(n, reason_words(code), "block", "warning") for code, n in counted_reasons(result.excluded)]
        self._counts.show_counts(counts)
        self._where.setText(QUrl.fromLocalFile(str(path)).toLocalFile())
        self._open.setFocus()


class LettersFlow(Flow):
    """The four steps of a mailing.

    Signals:
        opened: code of the campaign that is to be shown.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, draft: Draft, parent: QWidget | None = None) -> None:
        self.recipients = RecipientsStep(desk, draft)
        self.letter = LetterStep(desk, draft)
        self.printing = PrintStep(desk, draft)
        self.done = DoneStep()
        super().__init__(_("Letters"), (self.recipients, self.letter, self.printing, self.done), parent)
        self.printing.printed.connect(self._finish)
        self.printing.prepared.connect(self.opened)
        self.done.follow_asked.connect(self.opened)

    def advance(self) -> None:
        """The step of printing asks for a file first."""
        if self.steps[self.current] is self.printing:
            self.printing.ask_file()
        else:
            super().advance()

    def _finish(self, result: LettersResult, path: Path) -> None:
        self.show_step(len(self.steps) - 1)
        self.done.show_result(result, path)
