"""Parts of a letter that are no text, drawn in the editor as chips: fields, conditions, pictures, blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from registry.documents.flat import MARKER, Begin, End, marker, parts_of
from registry.documents.tree import Enclosure, Field, Image, PageBreak, Reuse, Run
from ui import theme

Part = Field | Begin | End | Image | Reuse | Enclosure | PageBreak

#: The kind of object that a chip is in a document, and where its format says what it stands for.
CHIP = QTextFormat.ObjectTypes.UserObject + 1
PART = QTextFormat.Property.UserProperty + 1
#: The character that stands for an object in the text.
OBJECT = "\ufffc"
_PAGE = "{{page break}}"
_PADDING, _RADIUS = 5.0, 4.0
_WIDEST = 420.0


def chip_format(part: Part, like: QTextCharFormat | None = None) -> QTextCharFormat:
    """The format of the one character that stands for a part, with the look of `like`."""
    made = QTextCharFormat(like) if like is not None else QTextCharFormat()
    made.setObjectType(CHIP)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    made.setProperty(PART, _PAGE if isinstance(part, PageBreak) else marker(part))
    return made


def part_of(look: QTextCharFormat) -> Part | None:
    """What a character of this format stands for; None = it is text."""
    if look.objectType() != CHIP:
        return None
    words = str(look.property(PART) or "")
    if words == _PAGE:
        return PageBreak()
    if MARKER.fullmatch(words) is None:
        return None
    (part,) = parts_of(words, Run(""))
    return None if isinstance(part, Run) else part


class Chips(QPyTextObject):
    """Draws chips; the document's layout asks it for their size."""

    def __init__(self, words: Callable[[Part], str], parent: QTextDocument) -> None:
        super().__init__(parent)
        self._words = words
        parent.documentLayout().registerHandler(CHIP, self)

    def intrinsicSize(self, _document: QTextDocument, _position: int, described: QTextFormat) -> QSizeF:
        """As wide as its words."""
        look = described.toCharFormat()
        metrics = QFontMetricsF(look.font())
        wide = min(_WIDEST, metrics.horizontalAdvance(self._said(look)) + 2 * _PADDING)
        return QSizeF(wide, metrics.height() + 2)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, _document: QTextDocument, _position: int, described: QTextFormat
    ) -> None:
        """A rounded ground with the words on it; conditions on another ground than fields."""
        look, colours = described.toCharFormat(), theme.colours()
        part = part_of(look)
        conditional = isinstance(part, Begin | End)
        ground = colours.warning_soft if conditional else colours.accent_soft
        words = colours.warning if conditional else colours.accent_text
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(words))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setFont(look.font())
        inside = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, 0)
        shown = QFontMetricsF(look.font()).elidedText(self._said(look), Qt.TextElideMode.ElideRight, inside.width() + 1)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def _said(self, look: QTextCharFormat) -> str:
        part = part_of(look)
        return self._words(part) if part is not None else ""
