"""Texts that wait for a code, each decided once for all records that hold it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from registry import fields
from registry.access import Right
from registry.changes import Changes, Outcome
from registry.coding import UncodedValue
from registry.commands import AddTerm, CodeValue
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.queries import UncodedValues
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, label
from ui.widgets.rows import Column, Rows
from ui.widgets.text_question import TextQuestion


class CodingTab(Tab):
    """The list of texts, and the place to say what the chosen one is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(label(_("Texts that no list has yet: say once what each is, for all who have it."), "quiet"))
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(_("To be coded"))
        self._tabs.setExpanding(False)
        for words in (_("People"), _("Associations")):
            self._tabs.addTab(words)
        self._tabs.currentChanged.connect(lambda _tab: self._read())
        layout.addWidget(self._tabs)
        self.table: Rows[UncodedValue] = Rows(_("To be coded"), self._columns())
        self.table.chosen.connect(self._offer)
        self._state = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.question = TextQuestion()
        self.question.answered.connect(self.code)
        layout.addWidget(self.question)
        self._state.show_state("hourglass_empty", _("To be coded"), _("Loading…"))
        self.setFocusProxy(self.table)

    @property
    def _kind(self) -> str:
        return fields.KINDS[self._tabs.currentIndex()]

    def _columns(self) -> list[Column[UncodedValue]]:
        return [
            Column(_("Field"), lambda v: fields.by_name(self._kind)[v.field].title),
            Column(_("Text"), lambda v: v.text),
            Column(_("Records"), lambda v: str(v.count), width=96, number=True),
            Column(_("Perhaps"), lambda v: v.suggestions[0].label if v.suggestions else ""),
        ]

    def arrive(self) -> None:
        """Read what waits."""
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Records changed."""
        if changes.touch(self._kind):
            self._read()

    def _read(self) -> None:
        self.desk.read(UncodedValues(self._kind), self._show, self._fail, key="to be coded")

    def _show(self, values: tuple[UncodedValue, ...]) -> None:
        chosen = self.table.current
        self.table.show_things(values)
        self._stack.setCurrentWidget(self.table if values else self._state)
        self.question.setVisible(bool(values) and self.desk.may(Right.EDIT))
        if not values:
            self._state.show_state(
                "check_circle", _("Everything is coded"), _("Texts that no list has will be collected here.")
            )
            return
        keys = [(v.field, v.text) for v in values]
        here = (chosen.field, chosen.text) if chosen is not None else None
        self.table.choose(keys.index(here) if here in keys else 0)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        self.question.hide()
        self._state.show_state("error", _("To be coded"), str(error), [("refresh", _("Try again"), self._read)])

    def _offer(self) -> None:
        """Ask what the chosen text is, beginning with the likeliest."""
        value = self.table.current
        if value is None:
            self.question.ask_nothing()
            return
        likeliest = value.suggestions[0].code if value.suggestions else ""
        choices = [
            button(_("Give the code"), self.code, "primary", "check"),
            button(_("Add to the list"), self.add, icon="add"),
        ]
        self.question.ask(fields.by_name(self._kind)[value.field], value.text, likeliest, choices)

    def code(self) -> None:
        """Give the code to every record that has the text."""
        value = self.table.current
        if value is not None and self.question.said:
            command = CodeValue(self._kind, value.field, value.text, self.question.said)
            self.desk.execute(command, self._coded, title=_("Coding values"))

    def add(self) -> None:
        """Make a term of the text and give its code to everybody who has it."""
        value = self.table.current
        if value is None:
            return
        field = fields.by_name(self._kind)[value.field]

        def added(outcome: Outcome[str]) -> None:
            command = CodeValue(self._kind, value.field, value.text, outcome.value)
            self.desk.execute(command, self._coded, title=_("Coding values"))

        self.desk.execute(AddTerm(field.vocabulary, value.text), added)

    def _coded(self, outcome: Outcome[int]) -> None:
        words = ngettext("{count} value coded.", "{count} values coded.", outcome.value)
        self.desk.say(words, "success", (_("Undo"), self.desk.undo))
        self._read()
