"""A document tree as a text document of Qt, and back; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from registry.documents.flat import (
    Begin,
    End,
    FlatBlock,
    FlatInline,
    flat_blocks,
    flat_inlines,
    nested_blocks,
    nested_inlines,
)
from registry.documents.tree import (
    STYLES,
    Align,
    Bullets,
    Enclosure,
    Field,
    Image,
    Inline,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Reuse,
    Run,
    Section,
    Table,
    Tree,
)
from ui.templates.chips import OBJECT, Part, chip_format, part_of

#: Where the format of a paragraph says its style and its side, and a gap that it is only there for Qt.
STYLE = QTextFormat.Property.UserProperty + 2
SIDE = QTextFormat.Property.UserProperty + 3
GAP = QTextFormat.Property.UserProperty + 4
#: Where the format of text says its size, if it has one of its own; where a table says its widths and its header.
SIZE = QTextFormat.Property.UserProperty + 5
WIDTHS = QTextFormat.Property.UserProperty + 6
HEADER = QTextFormat.Property.UserProperty + 7

#: Size in points and weight of each style on the screen. What is bold by itself is bolder than that.
_LOOKS: dict[str, tuple[float, int]] = {
    "body": (10.5, QFont.Weight.Normal),
    "subject": (12.5, QFont.Weight.DemiBold),
    "heading": (12.0, QFont.Weight.DemiBold),
    "signature": (10.5, QFont.Weight.Normal),
    "small": (8.5, QFont.Weight.Normal),
}
_SIDES: dict[str, Qt.AlignmentFlag] = {
    "start": Qt.AlignmentFlag.AlignLeft,
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
_LINE = "\u2028"


def block_format(style: str = "body", align: str = "start") -> QTextBlockFormat:
    """How a paragraph of this style stands on the screen."""
    made = QTextBlockFormat()
    made.setProperty(STYLE, style)
    made.setProperty(SIDE, align)
    made.setAlignment(_SIDES[align])
    made.setTopMargin(18.0 if style == "signature" else 4.0)
    made.setBottomMargin(4.0)
    return made


def char_format(look: Run | Field, style: str = "body") -> QTextCharFormat:
    """How text of this look stands on the screen inside a paragraph of this style."""
    size, weight = _LOOKS[style]
    made = QTextCharFormat()
    made.setFontPointSize(look.size or size)
    made.setFontWeight(QFont.Weight.Bold if look.bold else QFont.Weight(weight))
    made.setFontItalic(look.italic)
    made.setFontUnderline(look.underline)
    if look.size is not None:
        made.setProperty(SIZE, look.size)
    return made


def style_of(block: QTextBlock) -> ParagraphStyle:
    """The style of a paragraph."""
    said = str(block.blockFormat().property(STYLE) or "body")
    return said if said in STYLES else "body"  # type: ignore[return-value]


def side_of(block: QTextBlock) -> Align:
    """The side of a paragraph."""
    said = str(block.blockFormat().property(SIDE) or "start")
    return said if said in _SIDES else "start"  # type: ignore[return-value]


def fill(document: QTextDocument, tree: Tree) -> None:
    """Let the document show a tree, and nothing of what stood there before."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    insert(cursor, flat_blocks(tree.blocks), first=True)
    cursor.endEditBlock()
    document.clearUndoRedoStacks()


def insert(cursor: QTextCursor, blocks: Iterable[FlatBlock], *, first: bool = False) -> None:
    """Put blocks in at the cursor; `first` = into the paragraph in which it stands."""
    for block in blocks:
        if isinstance(block, Paragraph):
            first = _begin(cursor, block.style, block.align, first=first)
            _write(cursor, block.inlines, block.style)
        elif isinstance(block, Bullets):
            first = _list(cursor, block, first=first)
        elif isinstance(block, Table):
            _table(cursor, block, first=first)
            first = False
        elif not isinstance(block, Section):  # laid flat, there is none
            first = _begin(cursor, "body", block.align if isinstance(block, Image) else "start", first=first)
            cursor.insertText(OBJECT, chip_format(block, char_format(Run(""))))


def _begin(cursor: QTextCursor, style: str, align: str, *, first: bool) -> bool:
    """Stand in an empty paragraph of its own; returns False: what comes next is not the first any more."""
    look = char_format(Run(""), style)
    if first:
        cursor.setBlockFormat(block_format(style, align))
        cursor.setBlockCharFormat(look)
    else:
        cursor.insertBlock(block_format(style, align), look)
        if cursor.currentList() is not None:
            cursor.currentList().remove(cursor.block())
    return False


def _list(cursor: QTextCursor, block: Bullets, *, first: bool) -> bool:
    made = None
    for item in block.items:
        first = _begin(cursor, "body", "start", first=first)
        if made is None:
            kind = QTextListFormat.Style.ListDecimal if block.ordered else QTextListFormat.Style.ListDisc
            made = cursor.createList(kind)
        else:
            made.add(cursor.block())
        _write(cursor, item, "body")
    return first


def _table(cursor: QTextCursor, block: Table, *, first: bool) -> None:
    _begin(cursor, "body", "start", first=first)
    gap = cursor.blockFormat()
    gap.setProperty(GAP, True)
    cursor.setBlockFormat(gap)
    made = QTextTableFormat()
    made.setCellPadding(4)
    made.setCellSpacing(0)
    made.setBorderCollapse(True)
    made.setBorder(0.5)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    total = sum(block.widths)
    lengths = [QTextLength(QTextLength.Type.PercentageLength, 100 * width / total) for width in block.widths]
    made.setColumnWidthConstraints(lengths)
    made.setProperty(WIDTHS, " ".join(repr(width) for width in block.widths))
    made.setProperty(HEADER, block.header)
    made.setHeaderRowCount(1 if block.header else 0)
    table = cursor.insertTable(len(block.rows), len(block.widths), made)
    for number, row in enumerate(block.rows):
        for place, cell in enumerate(row):
            inside = table.cellAt(number, place).firstCursorPosition()
            inside.setBlockFormat(block_format())
            _write(inside, cell, "body")
    cursor.setPosition(table.lastPosition() + 1)
    # The paragraph behind a table is Qt's own until somebody writes into it.
    cursor.setBlockFormat(gap)


def _write(cursor: QTextCursor, inlines: Iterable[Inline], style: str) -> None:
    for part in flat_inlines(inlines):
        if isinstance(part, Run):
            cursor.insertText(part.text.replace("\n", _LINE), char_format(part, style))
        else:
            look = char_format(part if isinstance(part, Field) else Run(""), style)
            cursor.insertText(OBJECT, chip_format(part, look))


def read(document: QTextDocument) -> Tree:
    """The tree that the document shows."""
    return Tree(nested_blocks(_frame(document.rootFrame())))


def read_selection(cursor: QTextCursor) -> Tree:
    """The tree of what is marked."""
    part = QTextDocument()
    QTextCursor(part).insertFragment(cursor.selection())
    return read(part)


def _frame(frame: QTextFrame) -> Iterator[FlatBlock]:
    items: list[tuple[Inline, ...]] = []
    listed: tuple[int, bool] = (-1, False)
    content = _content(frame)
    for place, (inside, block) in enumerate(content):
        number = _list_of(block) if inside is None else (-1, False)
        if items and number != listed:
            yield Bullets(tuple(items), listed[1])
            items = []
        listed = number
        if isinstance(inside, QTextTable):
            yield _read_table(inside)
        elif number[0] >= 0:
            items.append(_inlines(block))
        elif block.isValid() and (block.text() or not _is_gap(content, place)):
            yield _paragraph(block)
    if items:
        yield Bullets(tuple(items), listed[1])


def _content(frame: QTextFrame) -> list[tuple[QTextFrame | None, QTextBlock]]:
    found: list[tuple[QTextFrame | None, QTextBlock]] = []
    at = frame.begin()
    while not at.atEnd():
        found.append((at.currentFrame(), at.currentBlock()))
        at += 1
    return found


def _is_gap(content: list[tuple[QTextFrame | None, QTextBlock]], place: int) -> bool:
    """Whether an empty paragraph is there only because Qt has one before the first table and behind the last."""
    before = content[place - 1][0] if place else None
    after = content[place + 1][0] if place + 1 < len(content) else None
    first, last = place == 0, place == len(content) - 1
    needed = (first and after is not None) or (last and before is not None)
    return needed or bool(content[place][1].blockFormat().property(GAP))


def _list_of(block: QTextBlock) -> tuple[int, bool]:
    """The number of the list that a paragraph is an item of, and whether it is numbered; -1 = of none."""
    found = block.textList() if block.isValid() else None
    if found is None:
        return -1, False
    return found.objectIndex(), found.format().style() == QTextListFormat.Style.ListDecimal


def _paragraph(block: QTextBlock) -> FlatBlock:
    parts = list(_parts(block))
    alone = parts[0] if len(parts) == 1 else None
    if isinstance(alone, Image):
        return Image(alone.name, alone.width, side_of(block))
    if isinstance(alone, Begin | End | Reuse | Enclosure | PageBreak):
        return alone
    return Paragraph(_nested(parts), side_of(block), style_of(block))


def _inlines(block: QTextBlock) -> tuple[Inline, ...]:
    return _nested(_parts(block))


def _nested(parts: Iterable[Run | Part]) -> tuple[Inline, ...]:
    return nested_inlines(part for part in parts if isinstance(part, FlatInline))


def _parts(block: QTextBlock) -> Iterator[Run | Part]:
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        look = fragment.charFormat()
        text = fragment.text()
        part = part_of(look)
        if part is not None:
            for _each in range(text.count(OBJECT)):
                yield _dressed(part, look)
        elif text := text.replace(_LINE, "\n").replace(OBJECT, ""):
            yield Run(text, *_look(look))
        at += 1


def _dressed(part: Part, look: QTextCharFormat) -> Part:
    """A field looks as its chip is formatted; a chip of anything else has no look."""
    return Field(part.name, *_look(look)) if isinstance(part, Field) else part


def _look(look: QTextCharFormat) -> tuple[bool, bool, bool, float | None]:
    size = look.property(SIZE)
    bold = look.fontWeight() >= QFont.Weight.Bold
    return bold, look.fontItalic(), look.fontUnderline(), float(size) if size else None


def _read_table(table: QTextTable) -> Table:
    rows = []
    for number in range(table.rows()):
        cells = []
        for place in range(table.columns()):
            said: list[Run | Part] = []
            at = table.cellAt(number, place).begin()
            while not at.atEnd():
                said += [Run("\n")] if said else []
                said += _parts(at.currentBlock())
                at += 1
            cells.append(_nested(said))
        rows.append(tuple(cells))
    given = str(table.format().property(WIDTHS) or "").split()
    widths = tuple(float(width) for width in given) if len(given) == table.columns() else (1.0,) * table.columns()
    return Table(tuple(rows), widths, bool(table.format().property(HEADER)))
