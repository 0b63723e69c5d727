"""The buttons over the text of a letter: formats, and menus of what can be put in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QWidget

from registry.commands import RemoveTemplateFile
from registry.documents import templates
from registry.documents.flat import Begin
from registry.documents.templates import Variable
from registry.documents.tree import Align, Enclosure, Image, PageBreak, ParagraphStyle, Reuse
from registry.i18n import N_, _
from registry.queries import ListTemplateFiles
from ui.desk import Desk
from ui.templates.condition import ConditionDialog, usual_conditions
from ui.templates.document import SIZE, style_of
from ui.templates.words import block_words, offered_fields
from ui.templates.writing import SIZES, Writing
from ui.widgets.labels import button, icon_button
from ui.widgets.wrapping import WrappingLayout

_STYLES: dict[str, str] = {
    "body": N_("Text"),
    "subject": N_("Subject"),
    "heading": N_("Heading"),
    "signature": N_("Signature"),
    "small": N_("Small print"),
}
_SIZE_WORDS = {"small": N_("Small"), "usual": N_("Usual size"), "large": N_("Large")}
_ALIGNS: tuple[tuple[Align, str, str], ...] = (
    ("start", "format_align_left", N_("Begin at the margin")),
    ("center", "format_align_center", N_("In the middle")),
    ("right", "format_align_right", N_("At the right")),
    ("justify", "format_align_justify", N_("Both margins")),
)
#: Points across of a picture; rows and columns of a table that is put in, and what may be done with one.
_PICTURE_WIDTHS = ((80.0, N_("Small")), (160.0, N_("Usual size")), (450.0, N_("As wide as the text")))
_TABLE_CHANGES = {
    "add_row": N_("Add a row below"),
    "remove_row": N_("Remove this row"),
    "add_column": N_("Add a column"),
    "remove_column": N_("Remove this column"),
}
_TABLES = ((2, 2), (3, 2), (3, 3), (5, 3))


class Toolbar(QWidget):
    """Changes the text of a `Writing`.

    Signals:
        files_asked: the officer wants to add a picture or an enclosure.
    """

    files_asked = Signal()

    def __init__(self, desk: Desk, writing: Writing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writing = desk, writing
        self.variables: tuple[Variable, ...] = ()
        self._layout = WrappingLayout(self)
        self.style_box = self._box(_("Kind of paragraph"), _STYLES, self._set_style)
        self.size_box = self._box(_("Size of the type"), _SIZE_WORDS, lambda code: writing.set_size(SIZES[code]))
        self.bold = self._tool("format_bold", _("Bold"), writing.turn_bold, QKeySequence.StandardKey.Bold)
        self.italic = self._tool("format_italic", _("Italic"), writing.turn_italic, QKeySequence.StandardKey.Italic)
        self._tool("format_underlined", _("Underlined"), writing.turn_underline, QKeySequence.StandardKey.Underline)
        for align, icon, words in _ALIGNS:
            self._tool(icon, _(words), partial(writing.set_align, align))
        self._tool("format_list_bulleted", _("List"), lambda: writing.turn_list(ordered=False))
        self._tool("format_list_numbered", _("Numbered list"), lambda: writing.turn_list(ordered=True))
        self.field_button = self._menu(_("Field"), "data_object", self._fill_fields)
        self.condition_button = self._menu(_("Condition"), "alt_route", self._fill_conditions)
        self.insert_button = self._menu(_("Put in"), "add", self._fill_insert)
        writing.cursorPositionChanged.connect(self.follow)

    def _box(self, name: str, choices: dict[str, str], choose: Callable[[str], object]) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setToolTip(name)
        for code, words in choices.items():
            made.addItem(_(words), code)
        made.activated.connect(lambda _place: choose(made.currentData()))
        self._layout.addWidget(made)
        return made

    def _tool(
        self, icon: str, words: str, do: Callable[[], object], key: QKeySequence.StandardKey | None = None
    ) -> QWidget:
        made = icon_button(icon, words, do)
        made.setParent(self)
        if key is not None:
            QShortcut(QKeySequence(key), self._writing, do, context=Qt.ShortcutContext.WidgetShortcut)
        self._layout.addWidget(made)
        return made

    def _menu(self, words: str, icon: str, fill: Callable[[QMenu], None]) -> QPushButton:
        made = button(words, icon=icon)
        menu = QMenu(made)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(partial(fill, menu))
        made.setMenu(menu)
        self._layout.addWidget(made)
        return made

    def _set_style(self, code: str) -> None:
        self._writing.set_style(cast(ParagraphStyle, code))

    def follow(self) -> None:
        """The boxes say what the cursor stands in."""
        block = self._writing.textCursor().block()
        self.style_box.setCurrentIndex(self.style_box.findData(style_of(block)))
        points = float(self._writing.currentCharFormat().property(SIZE) or 0)
        code = "usual" if not points else "small" if points < SIZES["large"] else "large"
        self.size_box.setCurrentIndex(self.size_box.findData(code))

    def _fill_fields(self, menu: QMenu) -> None:
        for heading, some in offered_fields(self.variables):
            under = menu.addMenu(heading)
            for name, words in some:
                under.addAction(words, partial(self._writing.put_field, name))

    def _fill_conditions(self, menu: QMenu) -> None:
        for words, begin in usual_conditions():
            menu.addAction(words, partial(self._writing.put_condition, begin))
        menu.addSeparator()
        menu.addAction(_("Another condition…"), self._ask_condition)

    def _ask_condition(self) -> None:
        dialog = ConditionDialog(self.variables, self)
        dialog.decided.connect(self._put_condition)
        dialog.open()

    def _put_condition(self, begin: Begin) -> None:
        self._writing.put_condition(begin)

    def _fill_insert(self, menu: QMenu) -> None:
        blocks = menu.addMenu(_("Block"))
        for name in templates.ids_of("block"):
            blocks.addAction(block_words(name), partial(self._writing.put_blocks, [Reuse(name)]))
        tables = menu.addMenu(_("Table"))
        for rows, columns in _TABLES:
            words = _("{rows} rows, {columns} columns", rows=rows, columns=columns)
            tables.addAction(words, partial(self._writing.put_table, rows, columns))
        if self._writing.textCursor().currentTable() is not None:
            tables.addSeparator()
            for change, words in _TABLE_CHANGES.items():
                tables.addAction(_(words), partial(self._writing.change_table, change))
        menu.addAction(_("New page"), lambda: self._writing.put_blocks([PageBreak()]))
        menu.addSeparator()
        files = self._desk.registry.read(ListTemplateFiles())
        for kept in files:
            if kept.is_picture:
                sizes = menu.addMenu(_("Picture: {name}", name=kept.name))
                for width, words in _PICTURE_WIDTHS:
                    sizes.addAction(_(words), partial(self._writing.put_blocks, [Image(kept.name, width)]))
            else:
                words = _("Enclosure: {name}", name=kept.name)
                menu.addAction(words, partial(self._writing.put_blocks, [Enclosure(kept.name)]))
        menu.addAction(_("Add a picture or enclosure…"), self.files_asked.emit)
        if files:
            removing = menu.addMenu(_("Remove a picture or enclosure"))
            for kept in files:
                removing.addAction(kept.name, partial(self._remove_file, kept.name))

    def _remove_file(self, name: str) -> None:
        said, undo = _("“{name}” was removed.", name=name), (_("Undo"), self._desk.undo)
        self._desk.execute(RemoveTemplateFile(name), lambda _outcome: self._desk.say(said, action=undo))
