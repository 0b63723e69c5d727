"""A record being read: only what is filled, part by part, each part made when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from registry import fields, vocabularies
from registry.access import Session
from registry.fields import CONSENT
from registry.gazetteer import City
from registry.i18n import _
from ui.card.blocks import Block, Part, Section, parts
from ui.card.city_found import CityFound
from ui.card.consents import proof
from ui.card.editors import LABEL_WIDTH
from ui.card.summaries import ADDRESS, caption_of, details_of, head_of
from ui.widgets.labels import button, column, isolated, label, row

if TYPE_CHECKING:
    from registry.records import Record

#: The calculated field that tells the city of an address.
COORDINATES = "address.coordinates"
#: What the header shows already.
_IN_HEADER = frozenset({"full_name", "name", "native_name", "number", "state"})


class ReadingView(QScrollArea):
    """The filled fields of one record.

    Signals:
        edit_asked: canonical name of a field that is to be edited.
    """

    edit_asked = Signal(str)

    def __init__(self, kind: str, session: Session) -> None:
        super().__init__()
        self._kind, self._session = kind, session
        self._record: Record | None = None
        self._parts: tuple[Part, ...] = ()
        self._derived: Mapping[str, tuple[str, str]] = {}
        self._origins: Mapping[str, str] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Details"))

    def take(self, record: Record, derived: Mapping[str, tuple[str, str]]) -> None:
        """What it holds, and what follows from that: section -> caption and words; `show_part` shows it."""
        self._record, self._derived, self._origins = record, derived, {}
        self._parts = parts(self._kind, self._session)

    def show_part(self, place: int) -> None:
        """Show one part of the record."""
        if self._record is None or not 0 <= place < len(self._parts):
            return
        part = self._parts[place]
        inside = QWidget()
        layout = column(inside, spacing=0)  # each line has room for the focus around it
        layout.setContentsMargins(18, 0, 18, 12)
        filled = [self._section(layout, section, self._record) for section in part.sections]
        if not any(filled):
            self._invite(layout, part)
        layout.addStretch(1)
        self.setWidget(inside)
        self.show_origins(self._origins)

    def _section(self, layout: QVBoxLayout, section: Section, record: Record) -> bool:
        """Add the lines of a section under its heading; False if nothing is filled."""
        here = (block for block in section.blocks if not block.elsewhere(record.raw))
        lines = [line for block in here for line in self._lines(record, block)]
        if section.code in self._derived:
            lines.append(ReadingLine(*self._derived[section.code], [], self))
        if lines:
            layout.addSpacing(12)
            title = label(section.title, "section")
            title.setContentsMargins(2, 0, 2, 2)
            layout.addWidget(title)
            for line in lines:
                layout.addWidget(line)
        return bool(lines)

    def _invite(self, layout: QVBoxLayout, part: Part) -> None:
        """Say what would stand here, and offer to write it down."""
        layout.addSpacing(12)
        headings = ", ".join(section.title for section in part.sections)
        layout.addWidget(label(_("Nothing is written down here yet."), wrap=True))
        layout.addWidget(label(_("Here stands: {sections}", sections=headings), "quiet", wrap=True))
        first = next((f for s in part.sections for b in s.blocks for f in b.fields if self._session.edits(f)), None)
        if first is not None:
            name = first.name
            beside = row()
            beside.addWidget(button(_("Fill in"), lambda: self.edit_asked.emit(name), "link", "edit"))
            beside.addStretch(1)
            layout.addLayout(beside)

    def lines(self) -> list[ReadingLine]:
        """The lines that are shown, in their order."""
        inside = self.widget()
        return inside.findChildren(ReadingLine) if inside is not None else []

    def show_origins(self, origins: Mapping[str, str]) -> None:
        """Tell of each line where its values come from: numbered canonical name -> sentence."""
        self._origins = origins
        for line in self.lines():
            line.show_origins(origins)

    def _lines(self, record: Record, block: Block) -> list[ReadingLine]:
        if block.table == CONSENT:
            return self._consents(record, block)
        held = {**record.values, **record.raw}
        lines: list[ReadingLine] = []
        if block.repeats and block.fields[0].asked is not None:
            names = [name for place in range(block.count(held)) for _field, name in block.names(place) if name in held]
            words = ", ".join(map(record.show, names))
            return [ReadingLine(block.fields[0].title, words, names, self)] if names else []
        for place in range(block.count(held)):
            filled = [(field, name) for field, name in block.names(place) if name in held and name not in _IN_HEADER]
            if block.repeats and len(block.fields) > 1 and filled:
                head = head_of(block, filled, record.values)
                rest = [pair for pair in filled if pair[1] not in head]
                line = ReadingLine(caption_of(block, filled), ", ".join(map(record.show, head)), head, self)
                line.add_details(details_of([pair for pair in rest if pair[1] not in record.raw], record.show))
                found = fields.numbered(COORDINATES, place)
                if block.table == ADDRESS and found in record.cities:
                    line.add_city(found, record.cities[found])
                lines.append(line)
                filled = [pair for pair in rest if pair[1] in record.raw]
            lines.extend(ReadingLine(field.title, record.show(name), [name], self) for field, name in filled)
        for line in lines:
            line.mark_unread(record.raw)
        return lines

    def _consents(self, record: Record, block: Block) -> list[ReadingLine]:
        """One line a purpose: each answer with what is known of it, and the channels it is for."""
        lines: list[ReadingLine] = []
        channels = vocabularies.get("consent_channel")
        order = [f.key for f in block.fields if f.key]
        for purpose in dict.fromkeys(purpose for purpose, _channel in order):
            said: dict[str, list[str]] = {}
            mine = {answer.channel: answer for answer in record.consents if answer.purpose == purpose}
            for channel in (channel for about, channel in order if about == purpose and channel in mine):
                said.setdefault(proof(mine[channel]), []).append(channels.label(channel))
            words = "\n".join(_("{field}: {value}", field=by, value=", ".join(what)) for by, what in said.items())
            names = [f"consent.{purpose}.{channel}" for channel in mine]
            if words:
                caption = vocabularies.get("consent_purpose").label(purpose)
                lines.append(ReadingLine(caption, words, names, self))
        return lines


class ReadingLine(QFrame):
    """A label and a value; the keyboard reaches it and edits from it.

    Attributes:
        names: numbered canonical names of what stands there.
        origin: where that comes from, for whoever asks.
    """

    def __init__(self, caption: str, words: str, names: Sequence[str], view: ReadingView) -> None:
        super().__init__()
        self.names, self.origin = list(names), ""
        self._view, self._caption, self._unread = view, caption, ""
        self.setProperty("role", "reading")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = row(self, spacing=8)
        left = label(caption, "quiet", wrap=True)
        left.setFixedWidth(LABEL_WIDTH)
        self._inside = column(spacing=0)
        self._value = label(isolated(words), wrap=True, selectable=True)
        self._inside.addWidget(self._value)
        layout.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._inside, 1)
        layout.setAlignment(self._inside, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(_("{field}: {value}", field=caption, value=words))

    def add_details(self, pairs: Mapping[str, str]) -> None:
        """What belongs to the value, in small print: numbered canonical name -> words."""
        if pairs:
            words = " · ".join(pairs.values())
            self._inside.addWidget(label(isolated(words), "small", wrap=True, selectable=True))
            self.names.extend(pairs)
            self.setAccessibleName(f"{self.accessibleName()} · {words}")

    def add_city(self, name: str, city: City) -> None:
        """Where on the map the address was found to be, under the name of the coordinates, and the time there."""
        made = CityFound(city)
        self.names.append(name)
        self._inside.addWidget(made)
        self.setAccessibleName(f"{self.accessibleName()} · {made.text()}")

    def mark_unread(self, raw: Mapping[str, str]) -> None:
        """Show if the value could not be read."""
        if any(name in raw for name in self.names):
            self._value.setProperty("role", "warning")
            self._unread = _("This text could not be read as “{field}”. Edit it to correct it.", field=self._caption)
            self.show_origins({})

    def show_origins(self, origins: Mapping[str, str]) -> None:
        """Tell where the value comes from; each of several once."""
        told = dict.fromkeys(origins[name] for name in self.names if name in origins)
        self.origin = "\n".join(filter(None, (self._unread, *told)))
        self.setToolTip(self.origin)
        self.setAccessibleDescription(self.origin)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Edit this field."""
        self._edit()

    def _edit(self) -> None:
        if self.names:  # what follows from other fields is not typed
            self._view.edit_asked.emit(self.names[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 edit this field; the arrows go from line to line."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit()
        elif step:
            lines = self._view.lines()
            place = lines.index(self) + step
            if 0 <= place < len(lines):
                lines[place].setFocus(Qt.FocusReason.TabFocusReason)
                self._view.ensureWidgetVisible(lines[place])
        else:
            super().keyPressEvent(event)
