"""The details of a card: an index of its parts beside the one that is shown, and where the focused value comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QStackedWidget, QWidget

from registry.access import Right
from registry.i18n import _
from registry.queries import FieldOrigins
from ui.card.blocks import parts
from ui.card.consents import ConsentCell
from ui.card.editors import FieldEditor
from ui.card.form import Form, Texts
from ui.card.reading import ReadingLine, ReadingView
from ui.desk import Desk
from ui.widgets.labels import column, label, line, row

if TYPE_CHECKING:
    from registry.origins import Origin
    from registry.records import Record

#: Pixels of the index, and of what stands around its words, a scroll bar among it.
_INDEX_WIDTH, _AROUND = 128, 48


class PartIndex(QListWidget):
    """The names of the parts; the arrows go through them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "parts")
        self.setAccessibleName(_("Parts of the details"))
        self.setToolTip(_("Next part: Ctrl+Page down; part before: Ctrl+Page up"))
        self.setFixedWidth(_INDEX_WIDTH)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_names(self, names: Sequence[str]) -> None:
        """Make the entries anew where they are others, each as high as its words need; the chosen one stays chosen."""
        before = [self.item(place).text() for place in range(self.count())]
        if before == list(names):
            return
        chosen = before[self.currentRow()] if before else ""
        self.clear()
        self.addItems(names)
        self.ensurePolished()
        room = QRect(0, 0, _INDEX_WIDTH - _AROUND, 1000)
        for place in range(self.count()):
            item = self.item(place)
            words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(room.width(), words.height() + 12))
        self.setCurrentRow(names.index(chosen) if chosen in names else 0)

    def minimumSizeHint(self) -> QSize:
        """It scrolls where there is little room."""
        return QSize(_INDEX_WIDTH, 80)


class Details(QWidget):
    """Shows one part of a record, to be read or edited.

    Signals:
        left: the keyboard goes beyond the last input.
    """

    left = Signal()

    def __init__(self, desk: Desk, kind: str, reading: ReadingView, form: Form, aside: QLabel) -> None:
        """`aside` takes, while the record is edited, what is said of the field at which the keyboard is."""
        super().__init__()
        self._aside = aside
        self._desk, self._kind = desk, kind
        self._reading, self._form = reading, form
        self._origins: dict[str, str] = {}
        self.index = PartIndex()
        self._name_parts()
        self.origin = label(role="small", wrap=True)
        self.origin.setContentsMargins(20, 4, 20, 4)
        self.origin.hide()
        self._pages = QStackedWidget()
        for page in (reading, form):
            self._pages.addWidget(page)
        layout = column(self, spacing=0)
        beside = row(spacing=0)
        beside.addWidget(self.index)
        self._between = line(vertical=True)
        beside.addWidget(self._between)
        beside.addWidget(self._pages, 1)
        layout.addLayout(beside, 1)
        layout.addWidget(self.origin)
        self.index.currentRowChanged.connect(self._show_part)
        form.part_shown.connect(self._follow)
        form.left.connect(self._leave)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._tell)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.turn(step))

    def _name_parts(self) -> None:
        """A ministry's questionnaires come and go while the program runs."""
        with QSignalBlocker(self.index):
            self.index.show_names([part.title for part in parts(self._kind, self._desk.session)])

    def show_record(self, record: Record, derived: Mapping[str, tuple[str, str]]) -> None:
        """Show a record to be read, with what follows from it: section -> caption and words."""
        self._origins = {}
        self._name_parts()
        self._reading.take(record, derived)
        self._reading.show_part(self.index.currentRow())
        if self._desk.may(Right.SEE_HISTORY):
            key = ("origins", self._kind)
            self._desk.read(FieldOrigins(record.id), self._learn, lambda _gone: None, key=key)

    def _learn(self, origins: Mapping[str, Origin]) -> None:
        self._origins = {name: origin.sentence for name, origin in origins.items()}
        self._reading.show_origins(self._origins)
        self._form.show_origins(self._origins)

    def fill(self, values: Texts, raw: Texts, typed: Texts, *, whole: bool, post_country: str) -> None:
        """Make the inputs anew, as `Form.fill`, and begin with the part that was read."""
        self._name_parts()
        place = max(self.index.currentRow(), 0) if whole else 0
        self._form.fill(values, raw, typed, whole=whole, post_country=post_country, place=place)
        self._form.show_origins(self._origins)

    def show_page(self, *, editing: bool, divided: bool) -> None:
        """Show the inputs or what is read; `divided` offers the parts."""
        self._pages.setCurrentWidget(self._form if editing else self._reading)
        for widget in (self.index, self._between):
            widget.setVisible(divided)
        self._say("")

    def _show_part(self, place: int) -> None:
        if place < 0:
            return
        if self._pages.currentWidget() is self._form:
            self._form.show_part(place)
            self._form.show_origins(self._origins)
        self._reading.show_part(place)

    def _follow(self, place: int) -> None:
        """The form brought a part to the front."""
        if not self.index.isHidden():
            with QSignalBlocker(self.index):
                self.index.setCurrentRow(place)
            self._reading.show_part(place)

    def _leave(self, forward: bool) -> None:
        """Before the first input is the index of the parts; what comes after the last, the card knows."""
        if forward:
            self.left.emit()
        else:
            self.index.setFocus(Qt.FocusReason.BacktabFocusReason)

    def turn(self, step: int) -> None:
        """Go to a part further on or back, and begin there."""
        place = self.index.currentRow() + step
        if self.index.isHidden() or not 0 <= place < self.index.count():
            return
        self.index.setCurrentRow(place)
        if self._pages.currentWidget() is self._form:
            self._form.focus_field()
        elif lines := self._reading.lines():
            lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, _before: QWidget | None, here: QWidget | None) -> None:
        """Say below where the value comes from that the keyboard is at."""
        if here is None or not self.isAncestorOf(here):
            self._say("")
            return
        while here is not None and not isinstance(here, ReadingLine | FieldEditor | ConsentCell):
            here = here.parentWidget()
        self._say(self._sentence(here))

    def _say(self, sentence: str) -> None:
        editing = self._pages.currentWidget() is self._form
        self._aside.setText(sentence if editing else "")
        self.origin.setText(sentence)
        self.origin.setVisible(bool(sentence) and not editing)

    def _sentence(self, here: QWidget | None) -> str:
        if isinstance(here, ReadingLine):
            return here.origin
        if isinstance(here, FieldEditor):
            return here.toolTip()
        return self._origins.get(here.field.name, "") if isinstance(here, ConsentCell) else ""
