"""The parts of a template as a tree: sections and their questions, added, moved and taken out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from registry.fields import in_words
from registry.i18n import _
from registry.profiles.arranging import Path
from registry.profiles.definition import Template
from ui import icons
from ui.widgets.labels import button, column, icon_button, row

_PATH = Qt.ItemDataRole.UserRole
_WIDTH = 300


class _Tree(QTreeWidget):
    move_asked = Signal(int)
    removal_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the part, Delete takes it out."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_asked.emit(by)
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)


class Outline(QWidget):
    """The tree and its buttons; the template itself is the editor's.

    Signals:
        chosen: the path of the part that is current.
        section_asked, question_asked, removal_asked: a button was pressed.
        move_asked: -1 = up, 1 = down.
    """

    chosen = Signal(object)
    section_asked = Signal()
    question_asked = Signal()
    removal_asked = Signal()
    move_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(_WIDTH)
        self.tree = _Tree()
        self.tree.move_asked.connect(self.move_asked)
        self.tree.removal_asked.connect(self.removal_asked)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Sections and questions"))
        self.tree.setIndentation(16)
        self.tree.currentItemChanged.connect(lambda now, _before: self._choose(now))
        layout = column(self, spacing=4)
        layout.addWidget(self.tree, 1)
        tools = row(spacing=4)
        tools.addWidget(button(_("Question"), self.question_asked.emit, "link", "add"))
        tools.addWidget(button(_("Section"), self.section_asked.emit, "link", "add"))
        tools.addStretch(1)
        for icon, words, ask in (
            ("arrow_upward", _("Move up (Alt+Up)"), lambda: self.move_asked.emit(-1)),
            ("arrow_downward", _("Move down (Alt+Down)"), lambda: self.move_asked.emit(1)),
            ("delete", _("Remove (Delete)"), self.removal_asked.emit),
        ):
            tools.addWidget(icon_button(icon, words, ask))
        layout.addLayout(tools)
        self.setFocusProxy(self.tree)

    @property
    def path(self) -> Path:
        """The part that is current."""
        item = self.tree.currentItem()
        return tuple(item.data(0, _PATH)) if item is not None else ()

    def show_template(self, template: Template, path: Path) -> None:
        """Show the parts, one of them as the current one."""
        self.tree.blockSignals(True)
        self.tree.clear()
        head = QTreeWidgetItem(self.tree, [in_words(template.titles) or _("Template without a name")])
        head.setIcon(0, icons.icon("description", "quiet"))
        _mark(head, ())
        chosen = head
        for place, section in enumerate(template.sections):
            item = QTreeWidgetItem(self.tree, [in_words(section.titles) or _("Section without a title")])
            _mark(item, (place,))
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
            chosen = item if path == (place,) else chosen
            for number, question in enumerate(section.questions):
                words = in_words(question.labels) or _("Question without words")
                below = QTreeWidgetItem(item, [f"↳ {words}" if question.shown_when else words])
                _mark(below, (place, number))
                chosen = below if path == (place, number) else chosen
        self.tree.expandAll()
        self.tree.setCurrentItem(chosen)
        self.tree.blockSignals(False)

    def rename(self, words: str) -> None:
        """Call the current part otherwise."""
        item = self.tree.currentItem()
        if item is not None and words:
            item.setText(0, words)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(tuple(item.data(0, _PATH)))


def _mark(item: QTreeWidgetItem, path: Path) -> None:
    item.setData(0, _PATH, list(path))
