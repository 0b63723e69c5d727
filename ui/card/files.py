"""The tab Files: what is kept with a record inside the register."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from registry import dates, formats, vocabularies
from registry.access import Right
from registry.changes import Outcome
from registry.commands import RemoveAttachment, SaveAttachment
from registry.i18n import _
from registry.queries import ListAttachments
from ui.card.listing import Entry, Listing, joined
from ui.desk import Desk
from ui.dialogs.attachment import AttachmentDialog
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file, ask_target, dropped_file
from ui.widgets.labels import button, column, icon_button, isolated, label, row

if TYPE_CHECKING:
    from registry.attachments import Attachment
    from registry.records import Record

_USE = "attachments"


class FilesTab(QWidget):
    """The files of one record; one that is dropped here is added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record: Record | None = None
        self._editable = desk.may(Right.EDIT)
        outer = column(self, spacing=0)
        head = row()
        head.setContentsMargins(20, 12, 20, 4)
        self.add = button(_("Add a file…"), self.begin, icon="add")
        head.addWidget(self.add)
        head.addStretch(1)
        outer.addLayout(head)
        self._stack = QStackedWidget()
        self.listing = Listing(_("Files"))
        self.state = EmptyState()
        self._stack.addWidget(self.listing)
        self._stack.addWidget(self.state)
        outer.addWidget(self._stack, 1)
        if not self._editable:
            self.add.hide()
        self.setAcceptDrops(self._editable)

    def show_record(self, record: Record) -> None:
        """Read what there is."""
        self._record = record
        self._desk.read(ListAttachments(record.id), self._show, key=("attachments", record.kind))

    def begin(self) -> None:
        """Ask for a file to add."""
        if self._editable:
            patterns = [
                _("Documents and pictures (*.pdf *.jpg *.jpeg *.png *.webp *.tif *.tiff *.txt *.docx *.xlsx *.odt)"),
                _("All files (*)"),
            ]
            ask_file(self, self._desk.settings, _USE, _("Add a file"), patterns, self.take)

    def take(self, path: Path) -> None:
        """Ask what a file is, and add it."""
        if self._record is not None:
            AttachmentDialog(self._desk, self._record.id, path, self.window()).open()

    def _show(self, found: tuple[Attachment, ...]) -> None:
        if found:
            self.listing.show_widgets([self._entry(kept) for kept in found])
            self._stack.setCurrentWidget(self.listing)
            return
        words = _("Drop a file here, or add one: a photo, a signature, a copy of a document. It is kept encrypted.")
        self.state.show_state("description", _("No files yet"), words if self._editable else "")
        self._stack.setCurrentWidget(self.state)

    def _entry(self, kept: Attachment) -> Entry:
        kind = vocabularies.get("attachment").label(kept.kind)
        title = kept.title or kind
        facts = joined(
            kind if kept.title else "",
            kept.ending.upper(),
            formats.size(kept.size),
            dates.show(kept.added_on),
            kept.officer,
        )
        save = partial(self._ask_target, kept) if self._desk.may(Right.EXPORT) else None
        remove = partial(self._remove, kept) if self._editable else None
        made = Entry(kept.id, f"{title}. {facts}", enter=save, delete=remove)
        top = row(spacing=4)
        top.addWidget(label(isolated(title), wrap=True), 1)
        if save is not None:
            top.addWidget(icon_button("file_save", _("Save a copy… (Enter)"), save))
        if remove is not None:
            top.addWidget(icon_button("close", _("Remove (Delete)"), remove))
        made.inside.addLayout(top)
        made.inside.addWidget(label(isolated(facts), "small", wrap=True))
        return made

    def _ask_target(self, kept: Attachment) -> None:
        """Where a copy shall go; its name says whose number, never what it is about."""
        if self._record is None:
            return
        name = f"{self._record.number}-{kept.kind}.{kept.ending}"
        patterns = [f"{kept.ending.upper()} (*.{kept.ending})"]
        ask_target(self, self._desk.settings, _USE, _("Save a copy"), patterns, name, partial(self._save, kept))

    def _save(self, kept: Attachment, path: Path) -> None:
        self._desk.execute(SaveAttachment(kept.id, path), self._saved, title=_("Saving a copy"))

    def _saved(self, _outcome: Outcome[int]) -> None:
        self._desk.say(_("A copy was saved. It is not encrypted: delete it when it is not needed any more."), "success")

    def _remove(self, kept: Attachment) -> None:
        self._desk.execute(RemoveAttachment(kept.id), self._removed)

    def _removed(self, _outcome: Outcome[bool]) -> None:
        self._desk.say(_("File removed."), "notice", (_("Undo"), self._desk.undo))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.take(path)
