"""A sentence that floats at the foot of the window for some seconds, with a button when something can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from registry.i18n import _
from ui import icons
from ui.desk import Notice
from ui.widgets.labels import button, icon_button, label, row

#: Milliseconds that a sentence stays; longer when it offers something, until it is closed when it is bad news.
_STAYS, _STAYS_WITH_ACTION = 6_000, 12_000
_ICONS = {"notice": "info", "success": "check_circle", "warning": "warning", "danger": "error"}


class NoticeBar(QFrame):
    """Shows one `Notice` at a time above the foot of its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setProperty("role", "notice")
        layout = row(self, spacing=12)
        layout.setContentsMargins(16, 8, 8, 8)
        self._icon = label()
        self._text = label(wrap=True)
        self._action = button("", self._act, "link")
        self._close = icon_button("close", _("Close this message"), self.hide)
        self._notice = Notice("")
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; "" while hidden."""
        return self._text.text() if self.isVisible() else ""

    def show_notice(self, notice: Notice) -> None:
        """Say it, instead of what was said before."""
        self._notice = notice
        self._text.setText(notice.text)
        role = "accent_text" if notice.role == "notice" else notice.role
        icons.dress(self._icon, _ICONS[notice.role], role, 22)
        self._action.setVisible(notice.action is not None)
        if notice.action is not None:
            self._action.setText(notice.action[0])
        self.setAccessibleName(notice.text)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if notice.role == "danger":
            self._timer.stop()
        else:
            self._timer.start(_STAYS_WITH_ACTION if notice.action else _STAYS)

    def _act(self) -> None:
        self.hide()
        if self._notice.action is not None:
            self._notice.action[1]()

    def _place(self) -> None:
        room = self._window.size()
        width = min(max(360, self._wanted_width()), 640, room.width() - 32)
        self.setFixedWidth(width)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else self.sizeHint().height()
        self.setFixedHeight(max(height, 52))
        self.move((room.width() - width) // 2, room.height() - self.height() - 52)

    def _wanted_width(self) -> int:
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        action = self._action.sizeHint().width() + 12 if self._notice.action else 0
        return words + action + 130

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window grows or shrinks."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
