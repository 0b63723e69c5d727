"""The head of a card: the name in both scripts, number, state, what to mind, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QToolButton

from registry import fields, vocabularies
from registry.i18n import _, ngettext
from registry.registration.states import HERE
from ui import icons
from ui.registration.steps import CardStep
from ui.widgets.labels import button, clear, column, icon_button, label, row
from ui.widgets.wrapping import WrappingLayout

if TYPE_CHECKING:
    from registry.records import Record

#: Room for a face, in logical pixels.
_PHOTO = QSizeF(60, 80)
_STATE_ROLES = {
    "active": "badge-success",
    "provisional": "badge-warning",
    "expiring": "badge-warning",
    "lapsed": "badge-danger",
    "untraceable": "badge-danger",
}

#: Letters of a name that fit beside "Belongs to" at the card's narrowest.
_LONGEST = 44


class CardHeader(QFrame):
    """Says whose card it is.

    Signals:
        edit_asked, delete_asked, close_asked, erase_asked, protected_asked, document_asked: a button or an entry of
            the menu was chosen.
        step_asked: the `CardStep` of the registration that was chosen.
    """

    edit_asked = Signal()
    delete_asked = Signal()
    close_asked = Signal()
    erase_asked = Signal()
    protected_asked = Signal()
    document_asked = Signal()
    step_asked = Signal(object)

    def __init__(self, *, editable: bool, deletable: bool, erasable: bool, steps: Sequence[CardStep] = ()) -> None:
        super().__init__()
        self._number = ""
        outer = column(self, spacing=8)
        outer.setContentsMargins(20, 16, 12, 12)
        top = row(spacing=4)
        names = column(spacing=2)
        self._name = label(role="heading", wrap=True, selectable=True)
        self._native = label(role="quiet", wrap=True, selectable=True)
        names.addWidget(self._name)
        names.addWidget(self._native)
        self.photo = label()
        self.photo.hide()
        top.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        self._edit = icon_button("edit", _("Edit (F2)"), self.edit_asked.emit)
        self._more = self._menu_button(deletable=deletable, erasable=erasable, steps=steps)
        close = icon_button("close", _("Close the card (Esc)"), self.close_asked.emit)
        self._document = button(_("Read passport"), self.document_asked.emit, "link", "badge")
        self._document.setToolTip(_("Fill the card from a passport or identity card (Ctrl+M)"))
        self._document.hide()
        for part in (self._document, self._edit, self._more, close):
            top.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(top)
        self._edit.setVisible(editable)  # once in its place: what is shown without one is a window of its own
        self._badges = WrappingLayout()
        outer.addLayout(self._badges)
        self._editable = editable

    def _menu_button(self, *, deletable: bool, erasable: bool, steps: Sequence[CardStep]) -> QToolButton:
        made = icon_button("more_vert", _("More"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        copy = menu.addAction(icons.icon("content_copy"), _("Copy the registration number"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._number))
        self._protected = menu.addAction(icons.icon("lock"), _("Protected values…"))
        self._protected.triggered.connect(self.protected_asked.emit)
        self._protected.setVisible(False)
        if steps:
            registration = menu.addMenu(icons.icon("verified_user"), _("Registration"))
            for step in steps:
                registration.addAction(_(step.label)).triggered.connect(partial(self.step_asked.emit, step))
        menu.addSeparator()
        if deletable:
            menu.addAction(icons.icon("delete"), _("Delete")).triggered.connect(self.delete_asked.emit)
        if erasable:
            menu.addAction(icons.icon("block"), _("Erase for good…")).triggered.connect(self.erase_asked.emit)
        made.setMenu(menu)
        return made

    def offer_protected(self) -> None:
        """This user may open protected values, and the registry has them switched on."""
        self._protected.setVisible(True)

    def show_new(self, title: str, *, takes_document: bool = False) -> None:
        """Head a card that is not registered yet; `takes_document` offers to fill it from a passport."""
        self.show_photo(None)
        self._document.setVisible(takes_document)
        self._name.setText(title)
        self._native.hide()
        self._clear()
        self._edit.hide()
        self._more.hide()

    def show_record(self, record: Record) -> None:
        """Head a record's card."""
        if record.number != self._number:
            self.show_photo(None)
        self._number = record.number
        self._document.hide()
        self._name.setText(record.name)
        native = record.values.get("native_name", "")
        self._native.setText(native)
        self._native.setVisible(bool(native) and native != record.name)
        self._more.show()
        self._clear()
        self._badge(record.number, "badge").setToolTip(record.source)
        state = record.values.get("state", "")
        if state:
            words = vocabularies.get("state").label(state)
            self._badge(words, _STATE_ROLES.get(state, "badge"))
        if record.kind == fields.ASSOCIATIONS:
            self._show_body(record)
        for words, role in warnings(record):
            self._badge(words, role)

    def _show_body(self, record: Record) -> None:
        """What an association is: acronym, type, and to which other one it belongs."""
        for name in ("acronym", "type"):
            if words := record.show(name):
                self._badge(words, "badge")
        if parent := record.values.get("parent", ""):
            short = parent if len(parent) <= _LONGEST else f"{parent[: _LONGEST - 1]}…"
            self._badge(_("Belongs to {name}", name=short), "badge").setToolTip(parent)

    def show_photo(self, content: bytes | None) -> None:
        """Show a face beside the name, or none."""
        picture = QPixmap()
        found = content is not None and picture.loadFromData(content)
        if found:
            ratio = self.devicePixelRatioF()
            room = QSizeF(_PHOTO * ratio).toSize()
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(room, kept, smooth)
            picture.setDevicePixelRatio(ratio)
            self.photo.setPixmap(picture)
            self.photo.setContentsMargins(0, 0, 8, 0)
            self.photo.setAccessibleName(_("Photo"))
        self.photo.setVisible(found)

    def show_editing(self, *, editing: bool) -> None:
        """Offer to edit, unless that is what is done."""
        self._edit.setVisible(self._editable and not editing)

    def _badge(self, words: str, role: str) -> QLabel:
        made = label(words, role)
        self._badges.addWidget(made)
        return made

    def _clear(self) -> None:
        clear(self._badges)


def warnings(record: Record) -> list[tuple[str, str]]:
    """What to mind about a record, each with the role of its badge."""
    found: list[tuple[str, str]] = []
    until = record.values.get("valid_until", "").rstrip("~")
    if record.values.get("state") in HERE and until and until < date.today().isoformat()[: len(until)]:
        found.append((_("Registration ran out"), "badge-danger"))
    answers = [status for name, status in record.values.items() if name.startswith("consent.")]
    if answers and all(status == "refused" for status in answers):
        found.append((_("Do not contact"), "badge-danger"))
    if record.raw:
        count = len(record.raw)
        found.append((ngettext("{count} value to correct", "{count} values to correct", count), "badge-warning"))
    return found
