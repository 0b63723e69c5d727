"""Repeated values being edited: telephones, addresses, documents, skills, with add and remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from registry import fields
from registry.fields import Field
from registry.i18n import N_, _
from registry.kinds import Situation
from ui.card.blocks import Block
from ui.card.destination import Destination
from ui.card.editors import LABEL_WIDTH, FieldEditor
from ui.card.summaries import ADDRESS, caption_of, in_a_line
from ui.desk import Desk
from ui.widgets.eliding import ElidingButton
from ui.widgets.labels import button, column, icon_button, label, row

#: What "add another" says, by table; catalogue messages.
_ADD_OTHER = N_("Add another")
_ADD = {
    "phone": N_("Add a telephone"),
    "email": N_("Add an e-mail"),
    "address": N_("Add an address"),
    "citizenship": N_("Add a citizenship"),
    "document": N_("Add a document"),
    "skill": N_("Add a skill"),
    "spoken_language": N_("Add a language"),
    "membership": N_("Add an association"),
    "relation": N_("Add a relative"),
    "officer": N_("Add an officer"),
    "partner": N_("Add a partner"),
}
#: Height of what stands between inputs, in logical pixels.
_LOW = 28


class GroupEditor(QWidget):
    """All values of one repeated group.

    Signals:
        edited: something changed.
    """

    edited = Signal()

    def __init__(self, block: Block, situation: Callable[[], Situation], desk: Desk, *, editable: bool) -> None:
        super().__init__()
        self._block, self._situation, self._editable = block, situation, editable
        self._desk = desk
        self._layout = column(self, spacing=4)
        self._rows: dict[int, _Row] = {}
        self._removed: set[int] = set()
        self._kept = 0
        self._add = button(_(_ADD.get(block.table, _ADD_OTHER)), self._add_row, "link", "add")
        self._add.setFixedHeight(_LOW)
        beside = row()
        beside.addSpacing(LABEL_WIDTH + 4)
        beside.addWidget(self._add)
        beside.addStretch(1)
        self._layout.addLayout(beside)
        self._add.setVisible(editable)

    def fill(self, values: Mapping[str, str], raw: Mapping[str, str], typed: Mapping[str, str], *, whole: bool) -> None:
        """Show what the record holds and what was typed before; values of many fields are told in a line each.

        Args:
            whole: every field of a value, and none of a value that is not there; else what is filled or minimal.
        """
        self._kept = self._block.count({**values, **raw})
        shown = max(self._kept, self._block.count({n: t for n, t in typed.items() if t}))
        for place in range(max(shown, 0 if whole else 1)):
            self._show_row(place, values, raw, typed, whole=whole)

    def _show_row(
        self,
        place: int,
        values: Mapping[str, str],
        raw: Mapping[str, str],
        typed: Mapping[str, str],
        *,
        whole: bool,
    ) -> _Row:
        made = _Row(self._block, place, self._situation, self._desk, removable=self._editable)
        names = {name for _field, name in self._block.names(place)}
        if whole and self._block.long and place < self._kept and names.isdisjoint((*raw, *typed)):
            made.tell(values)
        else:
            made.fill(values, raw, typed, whole=whole)
        made.edited.connect(self.edited)
        made.removed.connect(lambda: self._remove(place))
        made.setEnabled(self._editable)
        self._rows[place] = made
        self._layout.insertWidget(self._layout.count() - 1, made)
        return made

    def _add_row(self) -> None:
        made = self._show_row(max(self._rows, default=self._kept - 1) + 1, {}, {}, {}, whole=True)
        made.show()
        made.setFocus()
        self.edited.emit()

    def _remove(self, place: int) -> None:
        made = self._rows.pop(place)
        if made.isAncestorOf(self.focusWidget() or self):
            self._add.setFocus()  # where the values end; left to itself the keyboard would go anywhere
        self._layout.removeWidget(made)
        made.hide()
        made.deleteLater()
        if place < self._kept:
            self._removed.add(place)
        self.edited.emit()

    def editors(self) -> list[FieldEditor]:
        """The inputs that are shown."""
        return [editor for made in self._rows.values() for editor in made.editors]

    def holds(self, head: str) -> bool:
        """Whether the field with this canonical name is one of its fields."""
        return any(field.name == head for field in self._block.fields)

    def reach(self, name: str) -> FieldEditor | None:
        """The input of a numbered field, its value opened or begun if need be; None where nothing can be typed."""
        place = fields.split(name)[1]
        if place not in self._rows and self._editable and place not in self._removed:
            self._show_row(place, {}, {}, {}, whole=True)
        made = self._rows.get(place)
        if made is None:
            return None
        made.open()
        return next((editor for editor in made.editors if editor.name == name), None)

    def stops(self) -> list[QWidget]:
        """What the keyboard can reach, in the order in which it stands; nothing is added behind an empty value."""
        rows = [self._rows[place] for place in sorted(self._rows)]
        found = [stop for made in rows for stop in made.stops()]
        return found if rows and rows[-1].empty else [*found, self._add]

    def changes(self) -> dict[str, str]:
        """Numbered name -> new text of what changed; "" empties."""
        gone = {name: "" for place in self._removed for _field, name in self._block.names(place)}
        return gone | {e.name: e.text() for e in self.editors() if e.changed}


class _Row(QWidget):
    edited = Signal()
    removed = Signal()

    def __init__(
        self, block: Block, place: int, situation: Callable[[], Situation], desk: Desk, *, removable: bool
    ) -> None:
        super().__init__()
        self._desk = desk
        self._block, self._place, self._situation = block, place, situation
        self.editors: list[FieldEditor] = []
        self._line: ElidingButton | None = None
        self._told: Mapping[str, str] = {}
        self._remove: QWidget | None = None
        outer = row(self, spacing=4)
        self._inside = column(spacing=4)
        outer.addLayout(self._inside, 1)
        if removable:
            field = caption_of(block, block.names(place))
            name = _("Remove {field} {place}", field=field, place=place + 1)
            aside = column(spacing=0)
            self._remove = icon_button("close", name, self.removed.emit)
            self._remove.setFixedSize(_LOW, _LOW)
            aside.addWidget(self._remove)
            aside.addStretch(1)
            outer.addLayout(aside)

    def tell(self, values: Mapping[str, str]) -> None:
        """Show the value in a line, which opens it."""
        self._told = values
        words = in_a_line(self._block, self._place, values)
        self._line = ElidingButton(words, self._open_here)
        self._line.setFixedHeight(_LOW)
        self._line.setAccessibleName(_("Edit {value}", value=words))
        filled = [pair for pair in self._block.names(self._place) if pair[1] in values]
        caption = label(caption_of(self._block, filled or self._block.names(self._place)), "quiet", wrap=True)
        caption.setFixedWidth(LABEL_WIDTH)
        self._summary = QWidget()
        beside = row(self._summary, spacing=4)
        beside.addWidget(caption)
        beside.addWidget(self._line)
        beside.addStretch(1)
        self._inside.addWidget(self._summary)
        self.setFocusProxy(self._line)

    def open(self) -> None:
        """Show the inputs of a value that is told in a line."""
        if self._line is not None:
            self._inside.removeWidget(self._summary)
            self._summary.hide()
            self._summary.deleteLater()
            self._line = None
            self.fill(self._told, {}, {}, whole=True)

    def _open_here(self) -> None:
        self.open()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, values: Mapping[str, str], raw: Mapping[str, str], typed: Mapping[str, str], *, whole: bool) -> None:
        alone = len(self._block.fields) == 1
        post = self._block.table == ADDRESS

        def shown(field: Field, name: str) -> bool:
            return whole or alone or field.minimal or name in values or name in raw or bool(typed.get(name))

        for field, name in self._block.names(self._place):
            if not (shown(field, name) or post):
                continue
            editor = FieldEditor(field, name, self._situation, desk=self._desk)
            editor.set_value(raw.get(name, values.get(name, "")), raw=name in raw)
            if name in typed:
                editor.set_value(typed[name], initial=False)
            editor.edited.connect(self.edited)
            self.editors.append(editor)
            self._inside.addWidget(editor)
            if not shown(field, name):
                editor.hide()
        if not self.editors:
            self._inside.addWidget(label(self._block.fields[0].title, "quiet"))
            return
        self.setFocusProxy(self.editors[0])
        if post:
            habit = self._situation().country
            self._destination = Destination(self, self._inside, self.editors, lambda e: shown(e.field, e.name), habit)

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed yet, so that there is nothing to remove."""
        return self._line is None and not any(editor.text() for editor in self.editors)

    def stops(self) -> list[QWidget]:
        """What the keyboard can reach, in the order in which it stands."""
        inputs = (editor.focusProxy() for editor in self.editors if not editor.isHidden())
        remove = None if self.empty else self._remove
        return [stop for stop in (self._line, *inputs, remove) if stop is not None]
