"""The quiet line at the window's foot: registry, post, last backup, the page's word, running work with Cancel."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from registry.i18n import _
from ui import icons
from ui.tasks import SHOWN_AFTER, Task, TaskRunner
from ui.widgets.labels import button, label, row, set_role


class StatusBar(QWidget):
    """Says where one is and how far running work is."""

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(36)
        self._runner = runner
        self._task: Task | None = None
        layout = row(self, spacing=12)
        layout.setContentsMargins(16, 0, 16, 0)
        self._place = label()
        self._backup, self._backup_icon = label(), label()
        self._backup_icon.hide()
        self._page = label()
        self._work = label()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(160)
        self._cancel = button(_("Cancel"), self._stop, "link")
        layout.addWidget(self._place)
        backup = row(spacing=4)
        backup.addWidget(self._backup_icon)
        backup.addWidget(self._backup)
        layout.addLayout(backup)
        layout.addStretch(1)
        layout.addWidget(self._page)
        layout.addWidget(self._work)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        # Not at once: a list asks for rows while it is painted, and a bar that moves paints itself, a paint in a paint.
        runner.activity.connect(self.show_work, Qt.ConnectionType.QueuedConnection)
        self.show_work()

    def set_place(self, text: str) -> None:
        """Which registry this is."""
        self._place.setText(text)

    def set_backup(self, text: str, *, ok: bool) -> None:
        """How old the last backup is, and whether that is well."""
        set_role(self._backup, "" if ok else "warning")
        self._backup.setText(text)
        icons.dress(self._backup_icon, "save" if ok else "warning", "quiet" if ok else "warning", 16)
        self._backup_icon.setToolTip(text)
        self._backup_icon.setAccessibleName(text)
        self._backup_icon.show()

    def set_narrow(self, narrow: bool) -> None:
        """The backup's icon alone, with its words as a tool tip, where there is little room."""
        self._backup.setVisible(not narrow)

    def set_page(self, text: str) -> None:
        """What the page shown has to say."""
        self._page.setText(text)

    def show_work(self) -> None:
        """Show the oldest work that has run for a while, or nothing."""
        now = time.monotonic()
        shown = [t for t in self._runner.tasks if t.title and now - t.started > SHOWN_AFTER]
        self._task = shown[0] if shown else None
        for part in (self._work, self._bar, self._cancel):
            part.setVisible(self._task is not None)
        self._page.setVisible(self._task is None)
        if self._task is None:
            return
        progress = self._task.progress
        words = progress.message or self._task.title
        if len(shown) > 1:
            words = _("{work} (and {count} more)", work=words, count=len(shown) - 1)
        self._work.setText(words)
        self._bar.setRange(0, 1000 if progress.total else 0)
        if progress.total:
            self._bar.setValue(round(1000 * min(progress.done, progress.total) / progress.total))
        self._bar.setAccessibleName(words)
        self._cancel.setEnabled(progress.cancellable)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
