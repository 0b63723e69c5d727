"""What every dialog is: a title, its content, one main button, Escape to leave."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from registry.i18n import _
from ui.widgets.labels import button, column, label, line, row

_MARGIN = 24
#: Part of the screen that a dialog may take; a larger one scrolls.
_OF_SCREEN = 0.96


class Fitting(QScrollArea):
    """Shows all of its content where there is room, and scrolls where there is not.

    Signals:
        changed: the content wants another size.
    """

    changed = Signal()

    def __init__(self, content: QWidget, width: int) -> None:
        super().__init__()
        self._content, self._width = content, width
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The area watches its content already: pass on that it wants another size."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self.changed.emit()
        return handled

    def sizeHint(self) -> QSize:
        """As much as the content wants at its width."""
        content = self._content
        width = max(self._width, content.minimumSizeHint().width())
        # Where it was too small for a moment the bar stands there, and lines are broken beside it.
        beside = width - self.verticalScrollBar().sizeHint().width()
        height = content.heightForWidth(beside) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Enough for a line or two."""
        return QSize(self.sizeHint().width(), min(self.sizeHint().height(), 96))


class Dialog(QDialog):
    """A window-modal dialog in the program's style; shown with `open()`, never with `exec()`.

    Attributes:
        body: the layout to fill.
        buttons: the row at the foot; `add_main` and `add_cancel` fill it.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        outer = column(self, spacing=0)
        inside = column(spacing=12)
        inside.setContentsMargins(_MARGIN, 20, _MARGIN, 20)
        inside.addWidget(label(title, "heading", wrap=True))
        self._content = QWidget()
        self.body: QVBoxLayout = column(self._content, spacing=12)
        fitting = Fitting(self._content, width - 2 * _MARGIN)
        fitting.changed.connect(self._grow, Qt.ConnectionType.QueuedConnection)
        inside.addWidget(fitting, 1)
        outer.addLayout(inside, 1)
        outer.addWidget(line())
        self.buttons: QHBoxLayout = row(spacing=8)
        self.buttons.setContentsMargins(24, 12, 24, 12)
        self.buttons.addStretch(1)
        outer.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """As large as its content, as far as the screen allows."""
        super().showEvent(event)
        if not event.spontaneous():
            self.resize(self._fitting_size())

    def _fitting_size(self) -> QSize:
        return self.sizeHint().boundedTo(self.screen().availableSize() * _OF_SCREEN)

    def _grow(self) -> None:
        """Make room for a sentence that came later."""
        if self.isVisible():
            self.resize(self.size().expandedTo(self._fitting_size()))

    def add_main(self, text: str, *, danger: bool = False) -> QPushButton:
        """The button that Enter presses; connect its `clicked`."""
        main = button(text, role="danger" if danger else "primary")
        main.setDefault(True)
        self.buttons.addWidget(main)
        return main

    def add_cancel(self, text: str = "") -> QPushButton:
        """The button that leaves without doing anything, as Escape does."""
        cancel = button(text or _("Cancel"), self.reject)
        self.buttons.addWidget(cancel)
        return cancel
