"""Checks: whether storage, history and search index are sound, and what waits to be put right."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from registry.checking import CheckLine, CheckResult
from registry.errors import RegistryError
from registry.formats import number
from registry.i18n import _
from registry.queries import Check
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner
from ui.widgets.working import Working


class ChecksTab(Tab):
    """The lines of a check."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        head = row(spacing=12)
        self.banner = Banner()
        head.addWidget(self.banner, 1)
        self._again = button(_("Check again"), self.check, icon="refresh")
        head.addWidget(self._again)
        layout.addLayout(head)
        self._stack = QStackedWidget()
        self._working, self._state = Working(), EmptyState()
        self.table: Rows[CheckLine] = Rows(_("Checks"), _columns())
        self.setFocusProxy(self.table)
        for part in (self._working, self.table, self._state):
            self._stack.addWidget(part)
        layout.addWidget(self._stack, 1)
        self._checked = False

    def arrive(self) -> None:
        """Check, the first time."""
        if not self._checked:
            self.check()

    def check(self) -> None:
        """Look at everything once."""
        self._checked = True
        self._again.hide()
        self.banner.say("", "notice")
        title = _("Checking")
        registry = self.desk.registry
        task = self.desk.runner.call(
            lambda progress: registry.read(Check(), progress),
            self._show,
            self._fail,
            title=title,
            key="check",
            on_cancelled=self._stopped,
        )
        self._stack.setCurrentWidget(self._working)
        self._working.watch(task, title)

    def _show(self, result: CheckResult) -> None:
        self._end()
        self._stack.setCurrentWidget(self.table)
        self.table.show_things(result.lines)
        if result.ok:
            self.banner.say(_("Everything is sound."), "success")
        elif not result.damaged:
            self.banner.say(_("The registry is sound, but it needs a backup: make one under Backups."), "warning")
        else:
            self.banner.say(_("Something is damaged. Keep a copy of this registry, and restore a backup."), "danger")

    def _fail(self, error: RegistryError) -> None:
        self._end()
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.check)]
        self._state.show_state("error", _("The check could not be made"), str(error), again)

    def _stopped(self) -> None:
        self._end()
        again = [("refresh", _("Check again"), self.check)]
        self._stack.setCurrentWidget(self._state)
        self._state.show_state("info", _("Stopped"), _("Nothing can be said before the check is complete."), again)

    def _end(self) -> None:
        self._working.stop()
        self._again.show()


def _columns() -> list[Column[CheckLine]]:
    return [
        Column(_("What was looked at"), lambda c: _(c.label), _icon, _role, width=260),
        Column(_("What was found"), lambda c: _(c.detail, count=number(c.count))),
        Column(_("Result"), _result, role=_role, width=190),
    ]


def _waits(line: CheckLine) -> bool:
    return line.ok and line.count > 0


def _is_backup(line: CheckLine) -> bool:
    return line.code == "backup"


def _icon(line: CheckLine) -> str:
    if _is_backup(line):
        return "check_circle" if line.ok else "warning"
    return "error" if not line.ok else "info" if _waits(line) else "check_circle"


def _role(line: CheckLine) -> str:
    if _is_backup(line):
        return "success" if line.ok else "warning"
    return "danger" if not line.ok else "quiet" if _waits(line) else "success"


def _result(line: CheckLine) -> str:
    if _is_backup(line):
        return _("In time") if line.ok else _("Needs attention")
    return _("Damaged") if not line.ok else _("To be put right") if _waits(line) else _("Sound")
