"""Host countries: what their law lets people do, country by country."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from registry import vocabularies
from registry.changes import Changes, Outcome
from registry.commands import SetHostFact
from registry.errors import Invalid, RegistryError
from registry.hosts import LABELS, HostFact
from registry.i18n import _
from registry.queries import HostFacts
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.choices import CodeBox
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner


class HostsTab(Tab):
    """What is known, one line a country and topic."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        explanation = _("What is written here can be asked for in searches: host.dual_citizenship:yes")
        layout.addWidget(label(explanation, "quiet", wrap=True))
        head = row(spacing=8)
        self._change = button(_("Change…"), self.change, icon="edit")
        head.addWidget(button(_("Add…"), self.add, "primary", "add"))
        head.addWidget(self._change)
        head.addStretch(1)
        layout.addLayout(head)
        self._stack = QStackedWidget()
        self._state = EmptyState()
        self.table: Rows[HostFact] = Rows(_("Host countries"), _columns())
        self.table.chosen.connect(self._allow)
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self._state.show_state("hourglass_empty", _("Host countries"), _("Loading…"))
        self._allow()

    def arrive(self) -> None:
        """Read what is known."""
        self.desk.read(HostFacts(), self._show, self._fail, key="host countries")

    def refresh(self, changes: Changes) -> None:
        """Something was written down."""
        if changes.touch("host_countries"):
            self.arrive()

    def _show(self, facts: tuple[HostFact, ...]) -> None:
        self.table.show_things(sorted(facts, key=lambda f: (_country(f), _topic(f))))
        if facts:
            self._stack.setCurrentWidget(self.table)
        else:
            self._stack.setCurrentWidget(self._state)
            self._state.show_state(
                "public",
                _("Nothing is known of host countries yet"),
                _("Write down what the law of a country lets your people do, and where you know it from."),
                [("add", _("Add…"), self.add)],
            )
        self._allow()

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        self._state.show_state("error", _("Host countries"), str(error), [("refresh", _("Try again"), self.arrive)])

    def _allow(self) -> None:
        self._change.setEnabled(self.table.current is not None)

    def add(self) -> HostFactDialog:
        """Ask for something new."""
        return self._open(None)

    def change(self) -> HostFactDialog | None:
        """Ask for what holds now instead."""
        return self._open(self.table.current) if self.table.current is not None else None

    def _open(self, fact: HostFact | None) -> HostFactDialog:
        dialog = HostFactDialog(self.desk, fact, self.window())
        dialog.accepted.connect(self.arrive)
        dialog.open()
        return dialog


class HostFactDialog(Dialog):
    """One fact about one country."""

    def __init__(self, desk: Desk, fact: HostFact | None, parent: QWidget | None) -> None:
        super().__init__(_("Host country"), parent)
        self._desk = desk
        self.country = CodeBox("country", _("Country"), fact.country if fact else "")
        self.topic = CodeBox("host_topic", _("Topic"), fact.topic if fact else "")
        self.value = CodeBox("host_value", _("Holds"), fact.value if fact else "")
        self.source = QLineEdit(fact.source if fact else "")
        self.as_of = QLineEdit(fact.as_of if fact else "")
        self.country.setEnabled(fact is None)
        self.topic.setEnabled(fact is None)
        self.as_of.setPlaceholderText(_("1985, 1985-03 or 1985-03-12"))
        for words, editor, hint in (
            (_("Country"), self.country, ""),
            (_("Topic"), self.topic, ""),
            (_("Holds"), self.value, _("Leave it empty to remove what was written down.") if fact else ""),
            (_("Source"), self.source, _("A law, an embassy, a web page.")),
            (_("As of"), self.as_of, ""),
        ):
            self.body.addWidget(Labelled(words, editor, hint))
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self._save = self.add_main(_("Save"))
        self._save.clicked.connect(self.save)

    def save(self) -> None:
        """Write it down."""
        self._save.setEnabled(False)
        command = SetHostFact(
            self.country.code(), self.topic.code(), self.value.code(), self.source.text(), self.as_of.text()
        )
        self._desk.execute(command, self._done, self._fail)

    def _done(self, _outcome: Outcome[bool]) -> None:
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._save.setEnabled(True)
        self._trouble.say(str(error), "danger")
        if isinstance(error, Invalid):
            editors = {"country": self.country, "topic": self.topic, "source": self.source, "as_of": self.as_of}
            editors.get(error.field or "", self.value).setFocus()


def _country(fact: HostFact) -> str:
    return vocabularies.get("country").label(fact.country)


def _topic(fact: HostFact) -> str:
    return _(LABELS[fact.topic])


def _columns() -> list[Column[HostFact]]:
    return [
        Column(_("Country"), _country),
        Column(_("Topic"), _topic),
        Column(_("Holds"), lambda f: vocabularies.get("host_value").label(f.value)),
        Column(_("Source"), lambda f: f.source),
        Column(_("As of"), lambda f: f.as_of),
    ]
