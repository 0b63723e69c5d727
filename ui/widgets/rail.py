"""The rail of places at the window's leading edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from registry.i18n import _
from ui import icons
from ui.places import Place
from ui.widgets.labels import column, label

#: Width with words and without, in pixels.
WIDE, NARROW = 184, 60


class Rail(QWidget):
    """Icon and word for each place; icons alone where the window is narrow.

    Signals:
        chosen: code of a place.
    """

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Places"))
        layout = column(self, margin=8, spacing=4)
        self._name = label(_("Diaspora Registry"), "section")
        self._name.setContentsMargins(8, 8, 8, 12)
        layout.addWidget(self._name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for number, place in enumerate(places, 1):
            made = self._button(place, number)
            self._buttons[place.code] = made
            self._group.addButton(made)
            layout.addWidget(made)
        layout.addStretch(1)
        self.set_narrow(False)

    def _button(self, place: Place, number: int) -> QToolButton:
        made = QToolButton()
        made.setText(_(place.label))
        made.setProperty("role", "rail")
        made.setAccessibleName(_(place.label))
        made.setToolTip(f"{_(place.label)} (Ctrl+{number})")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setMinimumHeight(40)
        made.setShortcut(f"Ctrl+{number}")
        icons.dress(made, place.icon, size=22, gap=6)
        made.clicked.connect(lambda _checked=False, code=place.code: self.chosen.emit(code))
        return made

    def select(self, code: str) -> None:
        """Show that the place is open."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons with their words."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for made in self._buttons.values():
            made.setToolButtonStyle(style)
        self._name.setVisible(not narrow)
        widest = max((made.sizeHint().width() for made in self._buttons.values()), default=0) + 16
        self.setFixedWidth(NARROW if narrow else max(WIDE, widest))

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is fixed."""
        return QSize(self.width(), 0)
