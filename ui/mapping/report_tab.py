"""The mapping report: its language, whether it may be published, its pages as they will be, and the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QStackedWidget, QWidget

from registry.access import Right
from registry.changes import Changes, Outcome
from registry.commands import WriteReport
from registry.documents.preview import page_image
from registry.errors import RegistryError
from registry.i18n import PAPER_LANGUAGES, _, current_language
from registry.queries import PreviewReport
from registry.report.making import ReportMade, ReportSeen, said
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.letters.sheet import Sheet
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, icon_button, label, row
from ui.widgets.working import Working


class ReportTab(Tab):
    """Choices at the side, the pages beside them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.seen: ReportSeen | None = None
        self.page = 0
        self._stale = True
        self.language = QComboBox()
        for code in PAPER_LANGUAGES:
            self.language.addItem(_language_name(code), code)
        self.language.setCurrentIndex(self.language.findData(current_language()))
        self.public = QCheckBox(_("As it may be published"))
        self.public.setChecked(True)
        self.everybody = QCheckBox(_("Count everybody"))
        self.data = QCheckBox(_("Also the numbers, as a workbook"))
        self.data.setChecked(True)
        self.reason = QLineEdit()
        self._build()

    def _build(self) -> None:
        layout = row(self, spacing=16)
        layout.setContentsMargins(0, 12, 0, 0)
        side = QWidget()
        side.setFixedWidth(300)
        choices = column(side, spacing=12)
        words = _(
            "Cover, five chapters with maps, charts and tables, method and quality of the data. As it may be "
            "published, small counts are withheld, and protected and restricted fields left out."
        )
        choices.addWidget(label(words, "quiet", wrap=True))
        choices.addWidget(Labelled(_("Language of the report"), self.language))
        for box in (self.public, self.everybody, self.data):
            choices.addWidget(box)
        self._reason = Labelled(_("Why it is written"), self.reason)
        choices.addWidget(self._reason)
        self.write_button = button(_("Write the report…"), self.ask_file, "primary", "picture_as_pdf")
        choices.addWidget(self.write_button)
        self.summary = label(role="quiet", wrap=True)
        choices.addWidget(self.summary)
        choices.addStretch(1)
        layout.addWidget(side)
        self.sheet, self._working, self._state = Sheet(), Working(), EmptyState()
        self._stack = QStackedWidget()
        pages = QWidget()
        inside = column(pages, spacing=8)
        inside.addWidget(self.sheet, 1)
        turning = row(spacing=8)
        self._back = icon_button("chevron_left", _("Page before"), lambda: self.turn(-1))
        self._next = icon_button("chevron_right", _("Next page"), lambda: self.turn(1))
        self.place = label(role="quiet")
        turning.addStretch(1)
        for part in (self._back, self.place, self._next):
            turning.addWidget(part)
        turning.addStretch(1)
        inside.addLayout(turning)
        for each in (self._working, pages, self._state):
            self._stack.addWidget(each)
        layout.addWidget(self._stack, 1)
        self.sheet.resized.connect(self._draw)
        self.desk.runner.closed.connect(self.sheet.rest)
        self.language.activated.connect(lambda _place: self.make())
        self.public.toggled.connect(lambda _on: self.make())
        self.everybody.toggled.connect(lambda _on: self.make())
        self.setFocusProxy(self.language)

    # --- the pages ----------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Make the pages if they are not those of today's records."""
        if self._stale:
            self.make()

    def refresh(self, changes: Changes) -> None:
        """Something changed: the pages are made anew when the part is shown again, or a choice changes."""
        self._stale = True

    def make(self) -> None:
        """The pages with these choices."""
        self._stale = False
        title = _("Making the report")
        self.write_button.setEnabled(False)
        query = PreviewReport(str(self.language.currentData()), self.public.isChecked(), self.everybody.isChecked())
        task = self.desk.read(query, self._show, self._fail, title=title, key="report", on_cancelled=self._stopped)
        self._stack.setCurrentWidget(self._working)
        self._working.watch(task, title)

    def turn(self, by: int) -> None:
        """So many pages on."""
        if self.seen is not None:
            self.page = min(max(self.page + by, 0), self.seen.made.pages - 1)
            self._draw()

    def _show(self, seen: ReportSeen) -> None:
        self._working.stop()
        self.seen = seen
        self.page = min(self.page, seen.made.pages - 1)
        self.summary.setText(said(seen.made))
        self.write_button.setEnabled(self.desk.may(Right.EXPORT))
        self._stack.setCurrentIndex(1)
        self._draw()

    def _draw(self) -> None:
        seen, page, width = self.seen, self.page, self.sheet.wanted_width
        if seen is None:
            return
        self.place.setText(_("Page {page} of {pages}", page=page + 1, pages=seen.made.pages))
        self._back.setEnabled(page > 0)
        self._next.setEnabled(page + 1 < seen.made.pages)
        self.desk.runner.call(
            lambda _progress: page_image(seen.pdf, page, width),
            lambda image: self.sheet.show_page(*image),
            self.desk.fail,
            key="report page",
        )

    def _fail(self, error: RegistryError) -> None:
        self._end(_("The report cannot be made"), str(error), "error")

    def _stopped(self) -> None:
        self._end(_("Stopped"), _("The pages were not made."), "info")

    def _end(self, title: str, words: str, icon: str) -> None:
        self._working.stop()
        self._stale = True
        self._stack.setCurrentWidget(self._state)
        self._state.show_state(icon, title, words, [("refresh", _("Try again"), self.make)])

    # --- the file -----------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask where to, then write it."""
        name, pattern = _("mapping-report") + ".pdf", _("PDF document (*.pdf)")
        ask_target(self, self.desk.settings, "report", _("Write the report"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the report, and its numbers beside it."""
        beside = path.with_name(path.stem + "-data.xlsx")
        command = WriteReport(
            path,
            self.reason.text().strip(),
            beside if self.data.isChecked() else None,
            str(self.language.currentData()),
            self.public.isChecked(),
            self.everybody.isChecked(),
        )
        self.desk.execute(command, self._written, title=_("Making the report"))

    def _written(self, outcome: Outcome[ReportMade]) -> None:
        self.desk.say(said(outcome.value), "success")


def _language_name(code: str) -> str:
    """A language in its own words."""
    from babel import Locale

    return str(Locale(code).get_display_name(code)).capitalize()
