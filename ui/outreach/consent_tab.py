"""Consent: the texts on which people are asked, by version and language, and asking again before an answer ends."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from registry import vocabularies
from registry.access import Right
from registry.changes import Changes, Outcome
from registry.commands import SaveConsentText
from registry.errors import RegistryError
from registry.i18n import _, current_language
from registry.outreach.consent_texts import ConsentText
from registry.queries import ListConsentTexts
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.outreach.words import day_words
from ui.widgets.choices import CodeBox
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner


class ConsentTab(Tab):
    """The list of texts.

    Signals:
        renewal_asked: letters to those whose consent ends soon are to be begun.
    """

    renewal_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=8)
        self.renew = button(_("Ask again before consent ends"), self.renewal_asked.emit, "primary", "redo")
        self.new = button(_("New text…"), self._write, icon="add")
        self.new.setVisible(desk.may(Right.EDIT_OUTREACH))
        head.addWidget(self.renew)
        head.addWidget(self.new)
        head.addStretch(1)
        layout.addLayout(head)
        self.table: Rows[ConsentText] = Rows(_("Texts about consent"), self._columns())
        self._state = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self._state.show_state("hourglass_empty", _("Texts about consent"), _("Loading…"))
        self.setFocusProxy(self.new)

    def _columns(self) -> list[Column[ConsentText]]:
        purposes, languages = vocabularies.get("consent_purpose"), vocabularies.get("language")
        return [
            Column(_("Version"), lambda one: one.version, width=120),
            Column(_("Purpose"), lambda one: purposes.label(one.purpose), width=230),
            Column(_("Language"), lambda one: languages.label(one.language), width=120),
            Column(_("Written on"), lambda one: day_words(one.written_on), width=110),
            Column(_("Text"), lambda one: " ".join(one.text.split())),
        ]

    def arrive(self) -> None:
        """Read the texts."""
        self.desk.read(ListConsentTexts(), self._show, self._fail, key="consent texts")

    def refresh(self, changes: Changes) -> None:
        """Texts changed."""
        if changes.touch("consent_texts"):
            self.arrive()

    def _show(self, texts: tuple[ConsentText, ...]) -> None:
        self.table.show_things(texts)
        self._stack.setCurrentWidget(self.table if texts else self._state)
        if not texts:
            words = _("Keep here what people read before they agree: the card then says on which text they did.")
            self._state.show_state("fact_check", _("No text yet"), words)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        self._state.show_state(
            "error", _("The texts cannot be shown"), str(error), [("refresh", _("Try again"), self.arrive)]
        )

    def _write(self) -> None:
        ConsentTextDialog(self.desk, self).open()


class ConsentTextDialog(Dialog):
    """Asks for a text; one that is kept is not changed any more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Text about consent"), parent, width=560)
        self._desk = desk
        self.purpose = CodeBox("consent_purpose", _("Purpose"), "outreach_news")
        self.version, self.text = QLineEdit(), QPlainTextEdit()
        self.language = CodeBox("language", _("Language"), current_language())
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(140)
        self._parts = {
            "purpose": Labelled(_("Purpose"), self.purpose),
            "version": Labelled(_("Version"), self.version, _("A short name, such as 2026-1.")),
            "language": Labelled(_("Language"), self.language),
            "text": Labelled(_("Text"), self.text, _("It cannot be changed later: people agree to these words.")),
        }
        for part in self._parts.values():
            self.body.addWidget(part)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_("Save"))
        self.main.clicked.connect(self.save)

    def save(self) -> None:
        """Keep the text."""
        for part in self._parts.values():
            part.set_problem("")
        command = SaveConsentText(
            self.purpose.code(), self.version.text(), self.language.code(), self.text.toPlainText()
        )
        self._desk.execute(command, self._done, self._fail)

    def _done(self, _outcome: Outcome[bool]) -> None:
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        field = getattr(error, "field", "") or ""
        if field in self._parts:
            self._parts[field].set_problem(str(error))
        else:
            self._trouble.say(str(error), "danger")
