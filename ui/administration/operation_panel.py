"""One operation of the history in full."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from registry import actions
from registry.formats import moment, number
from registry.history import FieldChange, Operation
from registry.i18n import N_, _, ngettext
from ui.letters.draft import title_of
from ui.widgets.labels import button, column, label

#: What the history notes of an operation, in words; what is not listed here is for the program alone.
_NOTES = {
    "reason": N_("Reason"),
    "query": N_("Search"),
    "file": N_("File"),
    "template": N_("Letter"),
    "letters": N_("Letters"),
    "records": N_("Records written"),
    "people": N_("People"),
    "backup_of": N_("Backup of"),
    "created": N_("Created"),
    "updated": N_("Updated"),
    "unchanged": N_("Unchanged"),
    "skipped": N_("Skipped"),
    "rejected": N_("Rejected"),
}


class OperationPanel(QScrollArea):
    """Beside the list.

    Signals:
        undo_asked: number of the operation to take back.
    """

    undo_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(304)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Details"))
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.hide()

    def show_operation(self, operation: Operation, *, undoable: bool) -> None:
        """Show one; `undoable` adds the button."""
        inside = QWidget()
        layout = column(inside, spacing=4)
        layout.setContentsMargins(0, 4, 8, 4)
        layout.addWidget(label(_(actions.label(operation.code)), "heading", wrap=True))
        who = operation.user or _("The program")
        layout.addWidget(label(f"{moment(operation.time)} · {who}", "quiet", wrap=True))
        if operation.records:
            layout.addWidget(label(ngettext("{count} record", "{count} records", operation.records), "quiet"))
        _add_note(layout, operation.note or {})
        for change in operation.changes:
            _add_change(layout, change)
        if undoable:
            layout.addSpacing(12)
            undo = button(_("Undo this"), lambda: self.undo_asked.emit(operation.batch), icon="undo")
            undo.setAutoDefault(True)
            layout.addWidget(undo)
        layout.addStretch(1)
        self.setWidget(inside)
        self.show()


def _add_note(layout: QVBoxLayout, note: Mapping[str, object]) -> None:
    for code, name in _NOTES.items():
        value = note.get(code)
        if value in (None, "", 0):
            continue
        words = number(value) if isinstance(value, int) else title_of(str(value)) if code == "template" else str(value)
        layout.addSpacing(8)
        layout.addWidget(label(_(name), "section"))
        layout.addWidget(label(words, wrap=True, selectable=True))


def _add_change(layout: QVBoxLayout, change: FieldChange) -> None:
    layout.addSpacing(8)
    layout.addWidget(label(change.field.title, "section", wrap=True))
    if change.old:
        old = change.field.show(change.old)
        layout.addWidget(label(_("before: {value}", value=old), "quiet", wrap=True, selectable=True))
    layout.addWidget(label(change.field.show(change.new) if change.new else _("(empty)"), wrap=True, selectable=True))
