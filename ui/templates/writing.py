"""The text of a letter while it is written: formats, chips, lists, tables; what is pasted is words, not markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextListFormat, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from registry.documents.email_text import tree_of_html
from registry.documents.flat import Begin, End, flat_blocks
from registry.documents.tree import Align, Block, Field, Paragraph, ParagraphStyle, Run, Table, Tree
from registry.documents.tree_json import from_json, to_json
from registry.errors import Invalid
from ui.templates.chips import OBJECT, Chips, Part, chip_format
from ui.templates.document import (
    SIZE,
    block_format,
    char_format,
    fill,
    insert,
    read,
    read_selection,
    side_of,
    style_of,
)

#: Parts of letters on the clipboard, as the JSON of a tree.
_MIME = "application/x-diaspora-letter"
#: Points of each size that can be chosen; 0 = the paragraph's own.
SIZES = {"small": 8.5, "usual": 0.0, "large": 14.0}


class Writing(QTextEdit):
    """Shows one language of a template and reads it back."""

    def __init__(self, words: Callable[[Part], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setMinimumSize(QSize(320, 240))
        self._chips = Chips(words, self.document())

    def show_tree(self, tree: Tree, *, rtl: bool) -> None:
        """Show another text."""
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self.document().setDefaultTextOption(option)
        fill(self.document(), tree)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def tree(self) -> Tree:
        """What stands here."""
        return read(self.document())

    def turn_bold(self) -> None:
        """Bold, or not any more."""
        bold = self.fontWeight() >= QFont.Weight.Bold
        base = char_format(Run(""), style_of(self.textCursor().block())).fontWeight()
        self._change(lambda look: look.setFontWeight(base if bold else QFont.Weight.Bold))

    def turn_italic(self) -> None:
        """Italic, or not any more."""
        italic = self.fontItalic()
        self._change(lambda look: look.setFontItalic(not italic))

    def turn_underline(self) -> None:
        """Underlined, or not any more."""
        underlined = self.fontUnderline()
        self._change(lambda look: look.setFontUnderline(not underlined))

    def set_size(self, points: float) -> None:
        """A size of its own; 0 = the paragraph's."""
        usual = char_format(Run(""), style_of(self.textCursor().block())).fontPointSize()

        def sized(look: QTextCharFormat) -> None:
            look.setFontPointSize(points or usual)
            look.setProperty(SIZE, points)

        self._change(sized)

    def _change(self, change: Callable[[QTextCharFormat], None]) -> None:
        look = QTextCharFormat()
        change(look)
        self.textCursor().mergeCharFormat(look)
        self.mergeCurrentCharFormat(look)

    def set_align(self, align: Align) -> None:
        """The side of the paragraphs that are marked."""
        self._each_block(lambda cursor: cursor.setBlockFormat(block_format(style_of(cursor.block()), align)))

    def set_style(self, style: ParagraphStyle) -> None:
        """The style of the paragraphs that are marked; what is bold or sized by itself stays so."""

        def restyle(cursor: QTextCursor) -> None:
            tree = _paragraph_tree(cursor)
            cursor.setBlockFormat(block_format(style, side_of(cursor.block())))
            if tree is not None:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
                insert(cursor, [Paragraph(tree.inlines, tree.align, style)], first=True)

        self._each_block(restyle)

    def turn_list(self, *, ordered: bool) -> None:
        """A list of the paragraphs that are marked, or paragraphs again."""
        cursor = self.textCursor()
        held = cursor.currentList()
        style = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
        if held is not None and held.format().style() == style:
            self._each_block(_take_off_list)
            return
        cursor.beginEditBlock()
        cursor.createList(style)
        cursor.endEditBlock()

    def _each_block(self, change: Callable[[QTextCursor], None]) -> None:
        marked = self.textCursor()
        first, last = sorted((marked.anchor(), marked.position()))
        block, end = self.document().findBlock(first), self.document().findBlock(last).blockNumber()
        marked.beginEditBlock()
        while block.isValid() and block.blockNumber() <= end:
            change(QTextCursor(block))
            block = block.next()
        marked.endEditBlock()
        self.setFocus()

    def put_field(self, name: str) -> None:
        """A field where the cursor stands, with the look of the text there."""
        self._put_chip(Field(name))

    def _put_chip(self, part: Part) -> None:
        cursor = self.textCursor()
        cursor.insertText(OBJECT, chip_format(part, cursor.charFormat()))
        # What is typed behind a chip is text again.
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(char_format(Run(""), style_of(cursor.block())))
        self.setFocus()

    def put_condition(self, begin: Begin) -> None:
        """A condition about what is marked; several paragraphs get its beginning and end around them."""
        cursor = self.textCursor()
        first, last = sorted((cursor.anchor(), cursor.position()))
        one = self.document().findBlock(first) == self.document().findBlock(last)
        cursor.beginEditBlock()
        if one:
            self._around(cursor, begin, first, last)
        else:
            after = QTextCursor(self.document().findBlock(last))
            after.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            insert(after, [End()])
            before = QTextCursor(self.document().findBlock(first))
            before.insertBlock()
            before.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            insert(before, [begin], first=True)
        cursor.endEditBlock()
        self.setFocus()

    def _around(self, cursor: QTextCursor, begin: Begin, first: int, last: int) -> None:
        look = char_format(Run(""), style_of(cursor.block()))
        cursor.setPosition(last)
        cursor.insertText(OBJECT, chip_format(End(), look))
        cursor.setPosition(first)
        cursor.insertText(OBJECT, chip_format(begin, look))
        cursor.setPosition(last + 1)
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(look)

    def put_blocks(self, blocks: Iterable[Block]) -> None:
        """Blocks behind the paragraph in which the cursor stands, or in its place if it is empty."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        insert(cursor, flat_blocks(blocks), first=not cursor.block().text())
        insert(cursor, [Paragraph(())])
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus()

    def put_table(self, rows: int, columns: int) -> None:
        """An empty table."""
        empty = tuple(() for _column in range(columns))
        self.put_blocks([Table(tuple(empty for _row in range(rows)), (1.0,) * columns, header=True)])

    def change_table(self, change: str) -> None:
        """Add or remove the row or column in which the cursor stands: "add_row", "remove_row" and so for columns."""
        table = self.textCursor().currentTable()
        if table is None:
            return
        cell = table.cellAt(self.textCursor())
        if change == "add_row":
            table.insertRows(cell.row() + 1, 1)
        elif change == "add_column":
            table.insertColumns(cell.column() + 1, 1)
        elif change == "remove_row":
            table.removeRows(cell.row(), 1)
        else:
            table.removeColumns(cell.column(), 1)
        self.setFocus()

    def createMimeDataFromSelection(self) -> QMimeData:
        """The marked part as text, and as a tree for this program."""
        made = super().createMimeDataFromSelection()
        marked = json.dumps(to_json(read_selection(self.textCursor()))).encode()
        plain = QMimeData()
        plain.setText(made.text().replace(OBJECT, ""))
        plain.setData(_MIME, QByteArray(marked))
        return plain

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Parts of letters, formatted text, text."""
        return source.hasFormat(_MIME) or source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is kept of a page or a document: words, lists, tables, bold, italic; nothing else of its markup."""
        tree = _pasted(source)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if tree is None:
            cursor.insertText(source.text(), char_format(Run(""), style_of(cursor.block())))
        else:
            _insert_tree(cursor, tree)
        cursor.endEditBlock()
        self.setTextCursor(cursor)


def _pasted(source: QMimeData) -> Tree | None:
    if source.hasFormat(_MIME):
        try:
            return from_json(json.loads(bytes(source.data(_MIME).data())))
        except (Invalid, ValueError):
            return None
    tree = tree_of_html(source.html()) if source.hasHtml() else None
    return tree if tree is not None and tree.blocks else None


def _insert_tree(cursor: QTextCursor, tree: Tree) -> None:
    """Words of one paragraph go into the line; anything else begins with a paragraph of its own."""
    only = tree.blocks[0] if len(tree.blocks) == 1 else None
    if isinstance(only, Paragraph):
        here = style_of(cursor.block())
        block = cursor.blockFormat()
        tail = cursor.position()
        insert(cursor, [Paragraph(only.inlines, side_of(cursor.block()), here)], first=True)
        if tail != cursor.position():
            cursor.setBlockFormat(block)
        return
    insert(cursor, flat_blocks(tree.blocks), first=not cursor.block().text())


def _paragraph_tree(cursor: QTextCursor) -> Paragraph | None:
    part = QTextCursor(cursor.block())
    part.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    blocks = read_selection(part).blocks if part.hasSelection() else ()
    return blocks[0] if len(blocks) == 1 and isinstance(blocks[0], Paragraph) else None


def _take_off_list(cursor: QTextCursor) -> None:
    held = cursor.currentList()
    if held is not None:
        held.remove(cursor.block())
        cursor.setBlockFormat(block_format())
