"""Export: which records, which columns, what kind of file; above a number of people also why."""

from __future__ import annotations

from array import array
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from registry import fields
from registry.commands import ExportRecords
from registry.errors import RegistryError
from registry.i18n import N_, _, ngettext
from registry.queries import ListIds, ListViews
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.places import Selection
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label
from ui.widgets.list_layout import ListLayout
from ui.widgets.query_line import QueryLine

_KINDS = {fields.PEOPLE: N_("People"), fields.ASSOCIATIONS: N_("Associations")}
#: Ending -> words of the choice, and the pattern of the file dialog.
_FORMATS = {
    "xlsx": (N_("Excel workbook (.xlsx)"), N_("Excel workbook (*.xlsx)")),
    "ods": (N_("OpenDocument sheet (.ods)"), N_("OpenDocument sheet (*.ods)")),
    "csv": (N_("CSV, for other programs (.csv)"), N_("CSV file (*.csv)")),
    "json": (N_("JSON, for other programs (.json)"), N_("JSON file (*.json)")),
    "vcf": (N_("Contact cards, for address books and telephones (.vcf)"), N_("Contact cards (*.vcf)")),
}
#: The choices of columns that every list has.
_BEFORE_VIEWS = 2


class ExportDialog(TakingOut):
    """Asks what to export, then for the file, and stays until the file is written."""

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Export"), parent)
        self._selection = selection
        self._add_what()
        self._add_how()
        self.end_form()
        self._choose()

    def _add_what(self) -> None:
        chosen = self._selection
        self._kind = QComboBox()
        for code, name in _KINDS.items():
            self._kind.addItem(_(name), code)
        self._kind.setCurrentIndex(self._kind.findData(chosen.kind))
        self._kind.currentIndexChanged.connect(self._choose_kind)
        self.form.addWidget(Labelled(_("What to export"), self._kind))
        which = QWidget()
        inside = column(which, spacing=4)
        marked = ngettext("The {count} marked", "The {count} marked", len(chosen.ids or ()))
        self.all, self.found, self.marked = (
            QRadioButton(_("All")),
            QRadioButton(_("Those found by")),
            QRadioButton(marked),
        )
        self._line = QueryLine(self.desk, lambda: self.kind)
        self.query = self._line.box
        self.query.setPlaceholderText(_("For example country:FRA"))
        self.query.show_query(chosen.query)
        self.query.searched.connect(lambda _text: self._choose())
        for part in (self.all, self.found, self._line, self.marked):
            inside.addWidget(part)
        self.marked.setVisible(chosen.ids is not None)
        first = self.marked if chosen.ids is not None else self.found if chosen.query.strip() else self.all
        first.setChecked(True)
        for option in (self.all, self.found, self.marked):
            option.toggled.connect(lambda on: self._choose() if on else None)
        self._number = label(role="quiet", wrap=True)
        inside.addWidget(self._number)
        self.form.addWidget(which)

    def _add_how(self) -> None:
        self.columns = QComboBox()
        self.columns.addItem(_("Every column that holds something"), "all")
        self.columns.addItem(_("The columns that the list shows"), "shown")
        self._add_views()
        self.form.addWidget(Labelled(_("Columns"), self.columns))
        self.format = QComboBox()
        for ending, (name, _pattern) in _FORMATS.items():
            self.format.addItem(_(name), ending)
        self.form.addWidget(Labelled(_("File"), self.format))
        self.add_reason(_("Why it is exported"))

    def _add_views(self) -> None:
        """This user's own views of the list, by name."""
        while self.columns.count() > _BEFORE_VIEWS:
            self.columns.removeItem(_BEFORE_VIEWS)
        for view in self.desk.registry.read(ListViews(self.kind)):
            self.columns.addItem(_("The view “{name}”", name=view.name), view.columns)

    def _chosen_columns(self) -> tuple[str, ...]:
        """The fields to write; () = all that hold something."""
        chosen = self.columns.currentData()
        if chosen == "all":
            return ()
        return shown_columns(self.desk, self.kind) if chosen == "shown" else tuple(chosen)

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

    def _choose_kind(self) -> None:
        self._add_views()
        self._choose()

    def _choose(self) -> None:
        """Count what is chosen."""
        if self.kind != self._selection.kind and self.marked.isChecked():
            self.all.setChecked(True)
            return
        self.marked.setEnabled(self.kind == self._selection.kind)
        self._line.setVisible(self.found.isChecked())
        self._main.setEnabled(False)
        if self._ids is not None:
            self._show_count(len(self._ids))
        else:
            self.desk.read(ListIds(self.kind, self._query), self._counted, self._refuse_query, key="export count")

    def _counted(self, ids: array[int]) -> None:
        self._show_count(len(ids))

    def _show_count(self, count: int) -> None:
        self._number.setText(ngettext("{count} record will be written.", "{count} records will be written.", count))
        self.show_count(count)
        QTimer.singleShot(0, self, self.adjustSize)  # once the layout knows what is shown

    def _refuse_query(self, error: RegistryError) -> None:
        self._number.setText(str(error))
        self.show_count(0)

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it."""
        ending = str(self.format.currentData())
        name = (_("people") if self.kind == fields.PEOPLE else _("associations")) + "." + ending
        pattern = _(_FORMATS[ending][1])
        ask_target(self, self.desk.settings, "export", _("Save the export"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        reason = self.reason.text().strip()
        command = ExportRecords(self.kind, self._query, path, reason, self._ids, self._chosen_columns())
        self.write_file(command, path, _("Writing the file"), _said)


def _said(count: int) -> str:
    return ngettext("{count} record was exported.", "{count} records were exported.", count)


def open_export(desk: Desk, selection: Selection) -> ExportDialog:
    """Ask what of a list shall be exported; called from every list and from the place Exchange."""
    dialog = ExportDialog(desk, selection, desk.window)
    dialog.open()
    return dialog


def shown_columns(desk: Desk, kind: str) -> tuple[str, ...]:
    """The columns that the list of this kind shows."""
    from ui.pages.list_words import WORDS

    return tuple(ListLayout(desk, kind, WORDS[kind].columns).columns())
