"""A record being read: only what is filled, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from registry import vocabularies
from registry.access import Session
from registry.fields import CONSENT, Field
from registry.i18n import _
from ui.card.blocks import Block, sections
from ui.card.consents import proof
from ui.card.editors import LABEL_WIDTH
from ui.widgets.labels import column, isolated, label, row

if TYPE_CHECKING:
    from registry.records import Record

#: What the header shows already.
_IN_HEADER = frozenset({"full_name", "name", "native_name", "number", "state"})


class ReadingView(QScrollArea):
    """The filled fields of one record.

    Signals:
        edit_asked: canonical name of a field that was double-clicked.
    """

    edit_asked = Signal(str)

    def __init__(self, kind: str, session: Session) -> None:
        super().__init__()
        self._kind, self._session = kind, session
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Details"))

    def show_record(self, record: Record, derived: Mapping[str, tuple[str, str]]) -> None:
        """Show what it holds, and what follows from that: section -> caption and words."""
        inside = QWidget()
        layout = column(inside, spacing=6)
        layout.setContentsMargins(20, 4, 20, 20)
        for section in sections(self._kind, self._session):
            here = [block for block in section.blocks if not block.elsewhere(record.raw)]
            lines = [line for block in here for line in self._lines(record, block)]
            if section.title in derived:
                lines.append(_Line(*derived[section.title], "", self))
            if lines:
                layout.addSpacing(12)
                layout.addWidget(label(section.title, "section"))
                for line in lines:
                    layout.addWidget(line)
        layout.addStretch(1)
        self.setWidget(inside)

    def _lines(self, record: Record, block: Block) -> list[QWidget]:
        if block.table == CONSENT:
            return self._consents(record, block)
        held = {**record.values, **record.raw}
        lines: list[QWidget] = []
        if block.repeats and block.fields[0].asked is not None:
            return self._answers(record, block, held)
        for place in range(block.count(held)):
            filled = [(field, name) for field, name in block.names(place) if name in held]
            if len(block.fields) > 2 and place and filled and lines:
                lines.append(label())
            joined = block.table in ("skill", "spoken_language")
            if joined and filled:
                words = " · ".join(record.show(name) for _field, name in filled)
                lines.append(self._line(filled[0][0], filled[0][1], words, record))
                continue
            lines.extend(
                self._line(field, name, record.show(name), record) for field, name in filled if name not in _IN_HEADER
            )
        return lines

    def _answers(self, record: Record, block: Block, held: Mapping[str, str]) -> list[QWidget]:
        """All answers to one question on one line."""
        numbered = (block.names(place)[0] for place in range(block.count(held)))
        filled = [(field, name) for field, name in numbered if name in held]
        words = ", ".join(record.show(name) for _field, name in filled)
        return [self._line(filled[0][0], filled[0][1], words, record)] if filled else []

    def _consents(self, record: Record, block: Block) -> list[QWidget]:
        """One line a purpose: each answer with what is known of it, and the channels it is for."""
        lines: list[QWidget] = []
        channels = vocabularies.get("consent_channel")
        order = [f.key for f in block.fields if f.key]
        for purpose in dict.fromkeys(purpose for purpose, _channel in order):
            said: dict[str, list[str]] = {}
            mine = {answer.channel: answer for answer in record.consents if answer.purpose == purpose}
            for channel in (channel for about, channel in order if about == purpose and channel in mine):
                said.setdefault(proof(mine[channel]), []).append(channels.label(channel))
            words = "\n".join(_("{field}: {value}", field=by, value=", ".join(what)) for by, what in said.items())
            if words:
                first = next(f for f in block.fields if f.key and f.key[0] == purpose)
                caption = vocabularies.get("consent_purpose").label(purpose)
                lines.append(_Line(caption, words, first.name, self))
        return lines

    def _line(self, field: Field, name: str, words: str, record: Record) -> QWidget:
        line = _Line(field.title, words, name, self)
        if name in record.raw:
            line.mark(_("This text could not be read as “{field}”. Edit it to correct it.", field=field.title))
        return line


class _Line(QWidget):
    """A label and a value."""

    def __init__(self, caption: str, words: str, name: str, view: ReadingView) -> None:
        super().__init__()
        self._name, self._view = name, view
        layout = row(self, spacing=8)
        left = label(caption, "quiet", wrap=True)
        left.setFixedWidth(LABEL_WIDTH)
        self._value = label(isolated(words), wrap=True, selectable=True)
        self._value.setAccessibleName(_("{field}: {value}", field=caption, value=words))
        layout.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._value, 1, Qt.AlignmentFlag.AlignTop)

    def mark(self, sentence: str) -> None:
        """Show that the value could not be read."""
        self._value.setProperty("role", "warning")
        self._value.setToolTip(sentence)
        self._value.setAccessibleDescription(sentence)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit this field."""
        self._view.edit_asked.emit(self._name)
