"""Exchange: lists come in, lists go out, forms are made."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from registry.access import Right
from registry.fields import PEOPLE
from registry.i18n import _
from ui import icons
from ui.desk import Desk
from ui.dialogs.export import open_export
from ui.dialogs.make_form import open_make_form
from ui.importing.flow import ImportFlow
from ui.page import Page
from ui.places import Selection
from ui.widgets.files import dropped_file
from ui.widgets.labels import button, column, label, row, scrolled, surface


class ExchangePage(Page):
    """The two ways, and the import while it goes on. A file may be dropped anywhere."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._flow: ImportFlow | None = None
        self._first: QPushButton | None = None
        self._stack = QStackedWidget()
        column(self, spacing=0).addWidget(self._stack)
        self._stack.addWidget(self._choices())
        self.setAcceptDrops(desk.may(Right.IMPORT))

    def _choices(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, margin=16, spacing=16)
        layout.addWidget(label(_("Exchange"), "title"))
        cards = row(spacing=16)
        if self.desk.may(Right.IMPORT):
            text = _(
                "Take in people or associations from Excel, OpenDocument or CSV. You see what would happen to each "
                "row before anything is changed, and can undo it afterwards."
            )
            cards.addWidget(_card("upload", _("Import a list"), text, _("Import a list…"), self.begin_import), 1)
        if self.desk.may(Right.EXPORT):
            text = _(
                "Write people or associations to an Excel workbook or a CSV file: all of them, or those that a search "
                "finds. What was exported can be imported again without loss."
            )
            cards.addWidget(_card("download", _("Export"), text, _("Export…"), self.begin_export), 1)
        if self.desk.may(Right.READ):
            text = _(
                "Make the registration form or one of a profile template: for Excel, as a PDF, on paper or telephones. "
                "What comes back filled in is imported without a mapping."
            )
            make = partial(open_make_form, self.desk)
            cards.addWidget(_card("description", _("Forms"), text, _("Make a form…"), make), 1)
        layout.addLayout(cards)
        self._first = next(iter(holder.findChildren(QPushButton)), None)
        if self.desk.may(Right.IMPORT):
            layout.addWidget(label(_("A file can also be dropped anywhere on this page."), "quiet"))
        layout.addStretch(1)
        return scrolled(holder)

    @property
    def flow(self) -> ImportFlow | None:
        """The import that is going on."""
        return self._flow

    def arrive(self, intent: object = "") -> None:
        """`intent` is a path, or "import" to begin at once."""
        if isinstance(intent, Path):
            self.take(intent)
        elif intent == "import" and self._flow is None:
            self.begin_import()
        elif self._flow is None and self._first is not None:
            self._first.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: a new import."""
        if self._flow is None and self.desk.may(Right.IMPORT):
            self.begin_import()

    def begin_import(self) -> None:
        """Ask for a list; one that was being looked at is left."""
        if self._flow is not None:
            self._flow.leave()
        self._flow = ImportFlow(self.desk)
        self._flow.closed.connect(self._end)
        self._stack.addWidget(self._flow)
        self._stack.setCurrentWidget(self._flow)
        self._flow.begin()

    def begin_export(self) -> None:
        """Ask what shall be exported."""
        open_export(self.desk, Selection(PEOPLE, "", None, 0))

    def take(self, path: Path) -> None:
        """Import a file that was chosen already."""
        self.begin_import()
        if self._flow is not None:
            self._flow.file.take(path)

    def _end(self) -> None:
        if self._flow is None:
            return
        flow, self._flow = self._flow, None
        self._stack.removeWidget(flow)
        flow.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped while no import is being carried out."""
        busy = any(task.writes for task in self.desk.runner.tasks)
        if dropped_file(event.mimeData()) is not None and not busy:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the file."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.accept()
            self.take(path)


def import_list(desk: Desk, _selection: Selection) -> None:
    """Begin an import from a list of records."""
    desk.go("exchange", "import")


def _card(icon: str, title: str, text: str, action: str, on_click: object) -> QWidget:
    card = surface()
    inside = column(card, margin=24, spacing=12)
    picture = label()
    icons.dress(picture, icon, "accent_text", 32)
    inside.addWidget(picture)
    inside.addWidget(label(title, "heading"))
    inside.addWidget(label(text, "quiet", wrap=True), 1)
    main = button(action, on_click if callable(on_click) else None, "primary", icon)
    main.setAutoDefault(True)
    inside.addSpacing(4)
    inside.addWidget(main, 0, Qt.AlignmentFlag.AlignLeading)
    return card
