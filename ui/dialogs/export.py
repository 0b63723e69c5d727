"""Export: which records, which columns, what kind of file; above a number of people also why."""

from __future__ import annotations

from array import array
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from registry import fields
from registry.access import CONFIRM_ABOVE
from registry.changes import Outcome
from registry.commands import ExportRecords
from registry.errors import RegistryError
from registry.i18n import N_, _, ngettext
from registry.queries import ListIds
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.widgets.files import ask_target, show_file
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label
from ui.widgets.search_box import SearchBox
from ui.widgets.summary import Banner
from ui.widgets.working import Working

_KINDS = {fields.PEOPLE: N_("People"), fields.ASSOCIATIONS: N_("Associations")}
#: Ending -> words of the choice, and the pattern of the file dialog.
_FORMATS = {
    "xlsx": (N_("Excel workbook (.xlsx)"), N_("Excel workbook (*.xlsx)")),
    "csv": (N_("CSV, for other programs (.csv)"), N_("CSV file (*.csv)")),
}


class ExportDialog(Dialog):
    """Asks what to export, then for the file, and stays until the file is written."""

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(_("Export"), parent, width=520)
        self._desk, self._selection = desk, selection
        self._count = 0
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        form = QWidget()
        self._form: QVBoxLayout = column(form, spacing=16)
        self._add_what()
        self._add_how()
        self._trouble = Banner()
        self._form.addWidget(self._trouble)
        self._form.addStretch(1)
        self._working = Working()
        self._stack.addWidget(form)
        self._stack.addWidget(self._working)
        self._leave = self.add_cancel()
        self._main = self.add_main(_("Save as…"))
        self._main.clicked.connect(self.ask_file)
        self._choose()

    def _add_what(self) -> None:
        chosen = self._selection
        self._kind = QComboBox()
        for code, name in _KINDS.items():
            self._kind.addItem(_(name), code)
        self._kind.setCurrentIndex(self._kind.findData(chosen.kind))
        self._kind.currentIndexChanged.connect(self._choose)
        self._form.addWidget(Labelled(_("What to export"), self._kind))
        which = QWidget()
        inside = column(which, spacing=4)
        marked = ngettext("The {count} marked", "The {count} marked", len(chosen.ids or ()))
        self.all, self.found, self.marked = (
            QRadioButton(_("All")),
            QRadioButton(_("Those found by")),
            QRadioButton(marked),
        )
        self.query = SearchBox()
        self.query.setPlaceholderText(_("For example country:FRA"))
        self.query.setMaximumWidth(16_777_215)
        self.query.show_query(chosen.query)
        self.query.searched.connect(lambda _text: self._choose())
        for part in (self.all, self.found, self.query, self.marked):
            inside.addWidget(part)
        self.marked.setVisible(chosen.ids is not None)
        first = self.marked if chosen.ids is not None else self.found if chosen.query.strip() else self.all
        first.setChecked(True)
        for option in (self.all, self.found, self.marked):
            option.toggled.connect(lambda on: self._choose() if on else None)
        self._number = label(role="quiet", wrap=True)
        inside.addWidget(self._number)
        self._form.addWidget(which)

    def _add_how(self) -> None:
        self.columns = QComboBox()
        self.columns.addItem(_("Every column that holds something"), "all")
        self.columns.addItem(_("The columns that the list shows"), "shown")
        self._form.addWidget(Labelled(_("Columns"), self.columns))
        self.format = QComboBox()
        for ending, (name, _pattern) in _FORMATS.items():
            self.format.addItem(_(name), ending)
        self._form.addWidget(Labelled(_("File"), self.format))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("For example: yearly report to the ministry"))
        self.reason.textChanged.connect(self._allow)
        hint = _("Data of more than {limit} people leaves the registry: the reason is kept in the history.")
        self._why = Labelled(_("Why it is exported"), self.reason, hint.format(limit=CONFIRM_ABOVE))
        self._form.addWidget(self._why)

    @property
    def kind(self) -> str:
        """The kind of records that is chosen."""
        return str(self._kind.currentData())

    @property
    def _ids(self) -> tuple[int, ...] | None:
        return self._selection.ids if self.marked.isChecked() else None

    @property
    def _query(self) -> str:
        return self.query.text() if self.found.isChecked() else ""

    def _choose(self) -> None:
        """Count what is chosen."""
        if self.kind != self._selection.kind and self.marked.isChecked():
            self.all.setChecked(True)
            return
        self.marked.setEnabled(self.kind == self._selection.kind)
        self.query.setVisible(self.found.isChecked())
        self._main.setEnabled(False)
        if self._ids is not None:
            self._show_count(len(self._ids))
        else:
            self._desk.read(ListIds(self.kind, self._query), self._counted, self._refuse_query, key="export count")

    def _counted(self, ids: array[int]) -> None:
        self._show_count(len(ids))

    def _show_count(self, count: int) -> None:
        self._count = count
        self._number.setText(ngettext("{count} record will be written.", "{count} records will be written.", count))
        self._why.setVisible(count > CONFIRM_ABOVE)
        self._allow()
        QTimer.singleShot(0, self, self.adjustSize)  # once the layout knows what is shown

    def _refuse_query(self, error: RegistryError) -> None:
        self._count = 0
        self._number.setText(str(error))
        self._allow()

    def _allow(self) -> None:
        explained = self._count <= CONFIRM_ABOVE or bool(self.reason.text().strip())
        self._main.setEnabled(self._count > 0 and explained)

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it."""
        ending = str(self.format.currentData())
        name = (_("people") if self.kind == fields.PEOPLE else _("associations")) + "." + ending
        pattern = _(_FORMATS[ending][1])
        ask_target(self, self._desk.settings, "export", _("Save the export"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        columns = shown_columns(self._desk, self.kind) if self.columns.currentData() == "shown" else ()
        reason = self.reason.text().strip()
        command = ExportRecords(self.kind, self._query, path, reason, self._ids, columns)
        title = _("Writing the file")
        self._trouble.say("", "danger")
        task = self._desk.execute(
            command, lambda done: self._done(done, path), self._fail, title=title, on_cancelled=self._stopped
        )
        self._show_work(working=True)
        self._working.watch(task, title)

    def _show_work(self, *, working: bool) -> None:
        self._stack.setCurrentIndex(1 if working else 0)
        self._leave.setEnabled(not working)
        self._main.setEnabled(not working)
        if not working:
            self._working.stop()

    def _done(self, outcome: Outcome[int], path: Path) -> None:
        self._show_work(working=False)
        said = ngettext("{count} record was exported.", "{count} records were exported.", outcome.value)
        self._desk.say(said, "success", (_("Open"), lambda: show_file(path)))
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._show_work(working=False)
        self._trouble.say(str(error), "danger")

    def _stopped(self) -> None:
        self._show_work(working=False)
        self._trouble.say(_("Stopped. No file was written."), "notice")

    def reject(self) -> None:
        """Escape leaves, but not while the file is being written."""
        if self._stack.currentIndex() == 0:
            super().reject()


def open_export(desk: Desk, selection: Selection) -> ExportDialog:
    """Ask what of a list shall be exported; called from every list and from the place Exchange."""
    dialog = ExportDialog(desk, selection, desk.window)
    dialog.open()
    return dialog


def shown_columns(desk: Desk, kind: str) -> tuple[str, ...]:
    """The columns that the list of this kind shows."""
    from ui.pages.records import WORDS

    return tuple(desk.settings.texts(f"columns.{kind}")) or WORDS[kind].columns
