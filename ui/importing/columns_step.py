"""Second step: which column is which field, with values of each and how sure the match is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from registry import fields
from registry.errors import RegistryError
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.queries import ReadList
from registry.transfer.columns.mapping import Given, Match
from registry.transfer.lists.refusals import counts_refusals
from registry.transfer.options import ImportOptions
from ui.desk import Desk
from ui.importing import intake as words
from ui.importing.decision_line import DecisionLine
from ui.importing.field_box import FieldBox, field_model
from ui.importing.intake import Intake
from ui.importing.order_box import OrderBox
from ui.importing.sheets_line import SheetsLine
from ui.tasks import Task
from ui.widgets.flow import Step
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner

if TYPE_CHECKING:
    from registry.transfer.lists.source import Source

_FIELD_COLUMN, _LINE_HEIGHT = 3, 46
#: Pixels of the column with the fields.
_FIELD_WIDTH = 330
#: Pixels that the name of a sheet takes at most; Excel's have up to 31 characters.
_SHEET_WIDTH = 300
#: Where a line may end, and nothing is seen.
_BREAK = "\u200b"


class ColumnsStep(Step):
    """What each column is."""

    title = N_("Columns")
    main = N_("Check the rows")

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk, self._intake = desk, intake
        self._looking: Task | None = None
        self._read_with: Path | None = None
        self._examples: dict[int, str] = {}
        self._headings: dict[int, str] = {}
        self._refusing: set[int] = set()
        layout = column(self, spacing=12)
        layout.addLayout(self._where())
        self.decisions = DecisionLine(desk, intake)
        self.decisions.chosen.connect(self._look_again)
        layout.addWidget(self.decisions)
        self.sheets = SheetsLine(intake)
        self.sheets.chosen.connect(self._look_again)
        layout.addWidget(self.sheets)
        self._banner = Banner()
        layout.addWidget(self._banner)
        self.table: Rows[Match] = Rows(_("Columns of the file"), self._columns())
        self.table.verticalHeader().setDefaultSectionSize(_LINE_HEIGHT)
        self.boxes: dict[str, FieldBox] = {}
        self.orders: dict[str, OrderBox] = {}
        layout.addWidget(self.table, 1)

    def _where(self) -> QHBoxLayout:
        self._kind, self._sheet, self._header = QComboBox(), QComboBox(), QLineEdit()
        self._sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sheet.setMaximumWidth(_SHEET_WIDTH)
        self._header.setValidator(QIntValidator(1, 1_000_000, self._header))
        self._header.setFixedWidth(120)
        for code, name in words.KIND_WORDS.items():
            self._kind.addItem(_(name), code)
        where = row(spacing=16)
        self._file = label(role="heading", wrap=True)
        self._found = label(role="quiet", wrap=True)
        said = column(spacing=4)
        said.addWidget(self._file)
        said.addWidget(self._found)
        where.addLayout(said, 1)
        self._sheet_part = Labelled(_("Sheet"), self._sheet)
        for part in (
            Labelled(_("Records"), self._kind),
            self._sheet_part,
            Labelled(_("Row of headings"), self._header),
        ):
            where.addWidget(part)
        self._kind.currentIndexChanged.connect(self._look_again)
        self._sheet.currentIndexChanged.connect(self._look_again)
        self._header.editingFinished.connect(self._choose_header)
        return where

    def _columns(self) -> list[Column[Match]]:
        def confidence(match: Match) -> tuple[str, str, str]:
            changed, refusing = match.header in self._intake.chosen, match.column in self._refusing
            return words.confidence_words(match, self._intake.target(match), changed=changed, refusing=refusing)

        return [
            Column(_("Column in the file"), lambda m: self._headings.get(m.column, m.header), width=190),
            Column(_("Values in it"), lambda m: self._examples.get(m.column, "")),
            Column(
                _("How sure"),
                lambda m: confidence(m)[0],
                lambda m: confidence(m)[1],
                lambda m: confidence(m)[2],
                width=170,
            ),
            Column(_("Taken in as"), lambda m: "", width=_FIELD_WIDTH),
        ]

    @property
    def ready(self) -> bool:
        """A column names the records, and the file is not being read again."""
        return self._looking is None and self._intake.names_somebody

    def enter(self) -> None:
        """Show what was found."""
        source = self._intake.source
        if source is None:
            return
        self._read_with = self._intake.form
        self._show_where(source)
        self._headings = words.headings(source)
        self._refusing = {m.column for m in source.matches if counts_refusals(source.kind, m.header)}
        self._examples = {m.column: words.examples(source, m.column) for m in source.matches}
        self.table.show_things(source.matches)
        model = field_model(words.choices(source.kind, self._desk.session))
        model.setParent(self.table)
        self.boxes, self.orders = {}, {}
        for place, match in enumerate(source.matches):
            target = self._intake.target(match)
            heading = self._headings[match.column]
            name = _("Field for the column {header}", header=heading)
            box = FieldBox(model, name, target, words.words_of(source.kind, target))
            box.picked.connect(lambda target, match=match: self._choose(match, target))
            self.boxes[match.header] = box
            holder = QWidget()
            inside = column(holder, spacing=4)
            inside.setContentsMargins(4, 4, 8, 4)
            inside.addStretch(1)
            inside.addWidget(box)
            if match.column in source.undecided:
                order = OrderBox(heading, source.undecided[match.column], self._intake.orders.get(match.header, ""))
                order.picked.connect(lambda order, match=match: self._say_order(match, order))
                self.orders[match.header] = order
                inside.addWidget(order)
            inside.addStretch(1)
            self.table.setIndexWidget(self.table.model().index(place, _FIELD_COLUMN), holder)
        self._set_tab_order()
        self._banner.say("", "danger")
        self._show_orders()
        self._complain()
        self.table.setFocus()

    def _set_tab_order(self) -> None:
        """From the table down its boxes, and only then to the buttons at the foot."""
        before: QWidget = self.table
        for header, box in self.boxes.items():
            for each in (box, self.orders.get(header)):
                if each is not None:
                    QWidget.setTabOrder(before, each)
                    before = each

    def _show_where(self, source: Source) -> None:
        blocked = [QSignalBlocker(widget) for widget in (self._kind, self._sheet, self._header)]
        # A long name without spaces takes several lines instead of the room beside it.
        self._file.setText(re.sub(r"(?<=[_-])", _BREAK, source.name))
        self._file.setAccessibleName(source.name)
        rows = ngettext("{count} row", "{count} rows", len(source.rows.numbers))
        taken = sum(1 for m in source.matches if self._intake.target(m))
        columns = ngettext("{count} column taken in", "{count} columns taken in", taken)
        tables = [_("another table in row {row}", row=row) for row, _headings in source.other_tables]
        self._found.setText(" · ".join((rows, columns, *tables)))
        self.decisions.show_source(source)
        self.sheets.show_source(source)
        self._kind.setCurrentIndex(self._kind.findData(source.kind))
        self._sheet.clear()
        self._sheet.addItem(source.sheet.strip(), source.sheet)
        for name in source.other_sheets:
            self._sheet.addItem(name, name)
        for name in source.hidden_sheets:
            self._sheet.addItem(_("{sheet} (hidden)", sheet=name), name)
        self._sheet_part.setVisible(bool(source.sheet))
        self._header.setText(str(source.header_row))
        for each in blocked:
            each.unblock()

    def _choose(self, match: Match, target: str) -> None:
        if target == ", ".join(match.targets):
            self._intake.chosen.pop(match.header, None)
        else:
            self._intake.chosen[match.header] = target or None
        if self._intake.source is not None:
            self._show_where(self._intake.source)
        self.table.viewport().update()
        self._show_orders()
        self._complain()

    def _say_order(self, match: Match, order: str) -> None:
        self._intake.orders[match.header] = order
        if not order:
            del self._intake.orders[match.header]
        self._complain()

    def _show_orders(self) -> None:
        """Ask for the order of dates where a column is taken in as dates, below its field."""
        source = self._intake.source
        for place, match in enumerate(source.matches if source is not None else ()):
            if match.header in self.orders:
                asked = self._intake.asks_order(match)
                self.orders[match.header].setVisible(asked)
                self.table.setRowHeight(place, _LINE_HEIGHT * (2 if asked else 1))
                if not asked:
                    self._intake.orders.pop(match.header, None)

    def _complain(self) -> None:
        if self._intake.names_somebody:
            open_orders = [box for box in self.orders.values() if box.isVisibleTo(self.table) and not box.order]
            asking = _("In some columns day and month can be taken for each other. Say how their dates are read.")
            self._banner.say(asking if open_orders else "", "warning")
        else:
            people = self._intake.source is not None and self._intake.source.kind == fields.PEOPLE
            sentence = _("Say which column holds the names.") if people else _("Say which column holds the name.")
            self._banner.say(sentence, "warning")
        self.ready_changed.emit()

    def _choose_header(self) -> None:
        """The officer left the field: read again only if its number is another one."""
        source = self._intake.source
        if source is not None and self._header.text() != str(source.header_row) and self._looking is None:
            self._look_again()

    def _look_again(self) -> None:
        """Kind, sheet or header row is another one: read the file so."""
        source, path, password = self._intake.source, self._intake.path, self._intake.password
        if source is None:
            return
        kind, sheet = self._kind.currentData(), self._sheet.currentData() or ""
        header = int(self._header.text() or 0) if sheet == source.sheet else 0
        given = Given(header_row=header, sheet=sheet, sheets=self._intake.sheets if sheet == source.sheet else {})
        options = ImportOptions(kind, sheet, given, form=self._intake.form, refused=self._intake.refused)

        registry = self._desk.registry

        def look(progress: Progress) -> Source:
            return registry.read(ReadList(path, options, password), progress)

        title = _("Reading the file")
        self._look(
            self._desk.runner.call(look, self._take, self._refuse, title=title, key="look", on_cancelled=self._keep)
        )

    def _look(self, task: Task | None) -> None:
        """Follow the task that reads the file again; None = it is over."""
        self._looking = task
        self.table.setEnabled(task is None)
        self.ready_changed.emit()

    def leave(self) -> None:
        """What is being read again is not wanted any more."""
        if self._looking is not None:
            self._looking.cancel()

    def _take(self, source: Source) -> None:
        self._intake.take(self._intake.path, source)
        self._look(None)
        self.enter()

    def _refuse(self, error: RegistryError) -> None:
        self._keep()
        self._banner.say(str(error), "danger")

    def _keep(self) -> None:
        """What was read before stands, and the form with which it was read."""
        self._intake.form = self._read_with
        self._look(None)
        if self._intake.source is not None:
            self._show_where(self._intake.source)
