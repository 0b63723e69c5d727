"""History: who did what and when, what became of the values, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from registry import actions
from registry.access import Right
from registry.actions import ACTIONS
from registry.changes import Changes
from registry.commands import Undo
from registry.errors import RegistryError
from registry.formats import moment, number
from registry.history import HistoryPage, Operation, Verification
from registry.i18n import _, ngettext
from registry.queries import FindByNumber, GetHistory, VerifyHistory
from ui.administration.operation_panel import OperationPanel
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.undoing import say_undone
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows
from ui.widgets.search_box import SearchBox
from ui.widgets.summary import Banner

_UNDOABLE = frozenset(action.code for action in ACTIONS.values() if action.undoable)
_ICONS = {
    "add_record": "add_circle",
    "edit_record": "edit",
    "delete_records": "delete",
    "erase_record": "delete",
    "import": "upload",
    "export": "download",
    "letters": "mail",
    "undo": "undo",
    "set_protected": "lock",
    "open_protected": "lock",
    "sign_in_refused": "block",
    "make_backup": "save",
    "check_backup": "fact_check",
    "restore_backup": "unarchive",
}


class HistoryTab(Tab):
    """Operations, newest first; of the whole register or of one record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._record: int | None = None
        self._operations: list[Operation] = []
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.addLayout(self._head())
        self.banner = Banner()
        layout.addWidget(self.banner)
        self._stack = QStackedWidget()
        self.table: Rows[Operation] = Rows(_("Operations"), self._columns())
        self.table.chosen.connect(self._show_details)
        self._state = EmptyState()
        self._state.show_state("hourglass_empty", _("History"), _("Loading…"))
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        self.setFocusProxy(self.table)
        self.panel = OperationPanel()
        self.panel.undo_asked.connect(self.undo)
        middle = row(spacing=16)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.panel)
        layout.addLayout(middle, 1)
        self._older = button(_("Show older"), self._ask_older, "link", "keyboard_arrow_down")
        self._older.hide()
        layout.addWidget(self._older)

    def _head(self) -> QHBoxLayout:
        self._number = SearchBox()
        self._number.setPlaceholderText(_("Number of a record, for its own history"))
        self._number.setAccessibleName(_("Number of a record"))
        self._number.searched.connect(self._find)
        self._verify = button(_("Verify"), self.verify, icon="verified_user")
        self._verify.setToolTip(_("Checks that nobody changed the history or the records behind the program’s back"))
        head = row(spacing=12)
        head.addWidget(self._number, 1)
        head.addStretch(1)
        head.addWidget(self._verify)
        return head

    def _columns(self) -> list[Column[Operation]]:
        return [
            Column(_("When"), lambda o: moment(o.time), width=170),
            Column(_("Who"), lambda o: o.user or _("The program"), width=150),
            Column(_("What"), lambda o: _(actions.label(o.code)), lambda o: _ICONS.get(o.code, "settings")),
            Column(_("Records"), lambda o: number(o.records) if o.records else "", width=90, number=True),
            Column("", self._state_words, width=150),
        ]

    def _state_words(self, operation: Operation) -> str:
        return _("Taken back") if self._is_undone(operation.batch) else ""

    def _is_undone(self, batch: int) -> bool:
        """Undos are always newer than what they take back, so they are among the loaded ones."""
        return any(o.undoes == batch and not self._is_undone(o.batch) for o in self._operations)

    def arrive(self) -> None:
        """Read the newest page."""
        self.desk.read(GetHistory(self._record), self._show, self._fail, key="history")

    def refresh(self, changes: Changes) -> None:
        """Something happened."""
        self.arrive()

    def _ask_older(self) -> None:
        before = self._operations[-1].batch if self._operations else 0
        self.desk.read(GetHistory(self._record, before), self._show_older, self._fail, key="history")

    def _show(self, page: HistoryPage) -> None:
        self._operations = []
        self._show_older(page)
        if self._operations:
            self.table.choose(0)
        else:
            self._stack.setCurrentWidget(self._state)
            self._state.show_state("history", _("Nothing has happened yet"), _("Every change will be listed here."))

    def _show_older(self, page: HistoryPage) -> None:
        chosen = self.table.currentIndex().row()
        self._operations += page.operations
        self._stack.setCurrentWidget(self.table)
        self.table.show_things(tuple(self._operations))
        self._older.setVisible(page.more)
        if chosen >= 0:
            self.table.choose(min(chosen, len(self._operations) - 1))

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The history cannot be shown"), str(error), again)

    def _find(self, text: str) -> None:
        if text.strip():
            self.desk.read(FindByNumber(text.strip()), self._found, self._not_found, key="history record")
        else:
            self._record = None
            self._number.set_problem("")
            self.arrive()

    def _found(self, found: tuple[str, int]) -> None:
        self._number.set_problem("")
        self._record = found[1]
        self.arrive()

    def _not_found(self, error: RegistryError) -> None:
        self._number.set_problem(str(error))
        self._stack.setCurrentWidget(self._state)
        self.panel.clear()
        self._older.hide()
        self._state.show_state("search", _("No record has this number"), str(error))

    def _show_details(self) -> None:
        operation = self.table.current
        if operation is None:
            self.panel.clear()
        else:
            self.panel.show_operation(operation, undoable=self._may_undo(operation))

    def _may_undo(self, operation: Operation) -> bool:
        mine = operation.user == self.desk.session.name
        right = self.desk.may(Right.UNDO) and (mine or self.desk.may(Right.UNDO_OTHERS))
        return right and operation.code in _UNDOABLE and not self._is_undone(operation.batch)

    def undo(self, batch: int) -> None:
        """Take one operation back."""
        self.desk.execute(Undo(batch), lambda done: say_undone(self.desk, done.value), title=_("Undoing"))

    def verify(self) -> None:
        """Walk through the whole history."""
        self._verify.setEnabled(False)
        self.banner.say(_("The history is being verified…"), "notice")
        registry = self.desk.registry
        self.desk.runner.call(
            lambda progress: registry.read(VerifyHistory(), progress),
            self._verified,
            self._not_verified,
            title=_("Verifying the history"),
            key="verify",
            on_cancelled=lambda: self._end_verifying(_("Stopped before the end; nothing can be said."), "notice"),
        )

    def _verified(self, result: Verification) -> None:
        entries = ngettext("{count} entry", "{count} entries", result.entries)
        if result.ok:
            words = _(
                "{entries}: nothing was altered, and every record says what its history says. "
                "Whether the newest entries were cut off cannot be told without an anchor.",
                entries=entries,
            )
            self._end_verifying(words, "success")
        else:
            found = ngettext("{count} place does not fit", "{count} places do not fit", len(result.problems))
            sentence = _("{entries}: {found}. Keep this file as it is, and restore a backup from before.")
            self._end_verifying(sentence.format(entries=entries, found=found), "danger")

    def _not_verified(self, error: RegistryError) -> None:
        self._end_verifying(str(error), "danger")

    def _end_verifying(self, sentence: str, role: str) -> None:
        self._verify.setEnabled(True)
        self.banner.say(sentence, role)
