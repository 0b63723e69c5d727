"""The letter of a real recipient beside its text, drawn from the PDF that would be printed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from registry.documents.preview import page_count, page_image
from registry.documents.templates import Template
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number
from registry.i18n import _
from registry.progress import Progress
from registry.queries import ListIds, TryTemplate
from ui.desk import Desk
from ui.letters.sheet import Sheet
from ui.templates.words import field_words
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, icon_button, label, row
from ui.widgets.link_line import LinkLine
from ui.widgets.summary import Banner

_PAUSE = 250  # milliseconds without a key after which the letter is drawn again


class Trying(QWidget):
    """Shows one page of one recipient's letter, and which fields this recipient leaves empty."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._template: Template | None = None
        self._language = "en"
        self._person, self._page, self._pages = 0, 0, 1
        self._stopped = False
        layout = column(self, spacing=8)
        self.who = LinkLine(desk, PEOPLE, _("Show the letter of"))
        self.who.setPlaceholderText(_("Type a name or a number"))
        self.who.chosen.connect(self._choose)
        layout.addWidget(Labelled(_("Show the letter of"), self.who))
        turning = row(spacing=4)
        self._before = icon_button("chevron_left", _("Previous page"), lambda: self._turn(-1))
        self._after = icon_button("chevron_right", _("Next page"), lambda: self._turn(1))
        self._place = label()
        turning.addStretch(1)
        for widget in (self._before, self._place, self._after):
            turning.addWidget(widget)
        turning.addStretch(1)
        layout.addLayout(turning)
        self.sheet = Sheet()
        self.sheet.setAccessibleName(_("The letter as it will be printed"))
        self.sheet.resized.connect(self.draw)
        layout.addWidget(self.sheet, 1)
        self.missing = Banner()
        layout.addWidget(self.missing)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.draw)
        desk.runner.closed.connect(self._pause.stop)

    def begin(self) -> None:
        """Show the letter of the first person of the register until another one is chosen."""
        self._desk.read(ListIds(PEOPLE, first=1), self._take_first, key="template-first")

    def stop(self) -> None:
        """Show nothing more: what a worker still gives back comes too late."""
        self._stopped = True
        self._pause.stop()

    def show_letter(self, template: Template, language: str) -> None:
        """Show this as soon as nobody types for a moment."""
        self._template, self._language = template, language
        self._pause.start()

    def _take_first(self, found: object) -> None:
        if self._stopped:
            return
        ids = list(found)  # type: ignore[call-overload]
        if ids and not self._person:
            self._person = int(ids[0])
        self.draw()

    def _choose(self, record_id: int) -> None:
        if record_id:
            self._person, self._page = record_id, 0
            self.draw()

    def _turn(self, step: int) -> None:
        self._page = (self._page + step) % self._pages
        self.draw()

    def draw(self) -> None:
        """Make the letter anew on a worker, and draw the page."""
        if self._template is None or not self.isVisible():
            return
        query = TryTemplate(self._template, self._person, self._language)
        width, registry, page = self.sheet.wanted_width, self._desk.registry, self._page

        def make(progress: Progress) -> tuple[int, frozenset[str], tuple[int, int, bytes]]:
            progress.step(0, 0, "")  # nobody waits for the letter before this one
            made = registry.read(query, progress)
            pages = page_count(made.pdf)
            return pages, made.missing, page_image(made.pdf, min(page, pages - 1), width)

        self._desk.runner.call(make, self._show, self._fail, key="template-preview")

    def _show(self, made: tuple[int, frozenset[str], tuple[int, int, bytes]]) -> None:
        if self._stopped:
            return
        self._pages, missing, drawn = made
        self._page = min(self._page, self._pages - 1)
        self.sheet.show_page(*drawn)
        self._place.setText(_("Page {page} of {pages}", page=number(self._page + 1), pages=number(self._pages)))
        for turn in (self._before, self._after):
            turn.setEnabled(self._pages > 1)
        variables = self._template.variables if self._template is not None else ()
        names = ", ".join(sorted(field_words(name, variables) for name in missing))
        self.missing.say(_("Empty for this recipient: {fields}", fields=names) if names else "", "warning")

    def _fail(self, error: RegistryError) -> None:
        if self._stopped:
            return
        self.sheet.clear()
        self.missing.say(str(error), "danger")
