"""The official estimates: all of them in a list, one in a form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from registry import formats, vocabularies
from registry.changes import Changes, Outcome
from registry.commands import RemoveEstimates, SaveEstimate
from registry.coverage.estimates import Estimate
from registry.errors import Invalid, RegistryError
from registry.i18n import _
from registry.queries import GetSettings, ListEstimates
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.mapping.taking_in import TakingInEstimates
from ui.widgets.choices import CodeBox
from ui.widgets.city_line import CityLine
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner


class EstimatesDialog(Dialog):
    """Every estimate, and what can be done with them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Official estimates"), parent, width=900)
        self.desk = desk
        head = row(spacing=8)
        self._change = button(_("Change…"), self.change, icon="edit")
        self._remove = button(_("Remove"), self.remove, icon="delete")
        head.addWidget(button(_("Add…"), self.add, "primary", "add"))
        head.addWidget(self._change)
        head.addWidget(self._remove)
        head.addStretch(1)
        head.addWidget(button(_("Import…"), self.choose, icon="upload_file"))
        self.body.addLayout(head)
        self._stack, self._state = QStackedWidget(), EmptyState()
        self.table: Rows[Estimate] = Rows(_("Official estimates"), _columns())
        self.table.chosen.connect(self._allow)
        self.table.activated.connect(lambda _index: self.change())
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        self._stack.setMinimumHeight(360)
        self.body.addWidget(self._stack, 1)
        self.add_cancel(_("Close"))
        self._home = ""
        self.desk.read(GetSettings(), self._know, key=("home", id(self)))
        self.desk.changed.connect(self._hear)
        self._state.show_state("hourglass_empty", _("Official estimates"), _("Loading…"))
        self._allow()
        self.read()

    def _know(self, settings: object) -> None:
        self._home = dict(settings).get("home", "") if isinstance(settings, dict) else ""

    def read(self) -> None:
        """Read them."""
        self.desk.read(ListEstimates(), self._show, self._fail, key=("estimates", id(self)))

    def _hear(self, changes: Changes) -> None:
        if changes.touch("estimates"):
            self.read()

    def _show(self, estimates: tuple[Estimate, ...]) -> None:
        self.table.show_things(sorted(estimates, key=lambda one: (_country(one), one.city, -one.year, one.source)))
        self._stack.setCurrentWidget(self.table if estimates else self._state)
        if not estimates:
            self._state.show_state(
                "public",
                _("No estimates yet"),
                _("Write one down, or take in the migrant stock that the United Nations publish."),
                [("upload_file", _("Import…"), self.choose), ("add", _("Add…"), self.add)],
            )
        self._allow()

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.read)]
        self._state.show_state("error", _("Official estimates"), str(error), again)

    def _allow(self) -> None:
        for each in (self._change, self._remove):
            each.setEnabled(self.table.current is not None)

    def add(self) -> EstimateDialog:
        """Ask for a new one."""
        return self._open(None)

    def change(self) -> EstimateDialog | None:
        """Put the chosen one right."""
        return self._open(self.table.current) if self.table.current is not None else None

    def _open(self, one: Estimate | None) -> EstimateDialog:
        dialog = EstimateDialog(self.desk, one, self)
        dialog.open()
        return dialog

    def remove(self) -> None:
        """Take the chosen one out."""
        if self.table.current is not None:
            self.desk.execute(RemoveEstimates((self.table.current.id,)), self._removed)

    def _removed(self, _outcome: Outcome[int]) -> None:
        self.desk.say(_("The estimate is removed."), "notice", (_("Undo"), self.desk.undo))

    def choose(self) -> None:
        """Ask for a file of estimates."""
        patterns = [_("Lists ({endings})", endings="*.csv *.xlsx *.xls *.ods")]
        ask_file(self, self.desk.settings, "estimates", _("Import estimates"), patterns, self._take)

    def _take(self, path: Path) -> None:
        self.take(path)

    def take(self, path: Path) -> TakingInEstimates:
        """Show what a file would bring."""
        dialog = TakingInEstimates(self.desk, path, self._home, self)
        dialog.open()
        return dialog


class EstimateDialog(Dialog):
    """One estimate."""

    def __init__(self, desk: Desk, one: Estimate | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Official estimate"), parent)
        self._desk, self._id = desk, one.id if one is not None else None
        self.country = CodeBox("country", _("Country"), one.country if one else "")
        self.city = CityLine(desk, _("City"), self.country.code)
        self.year = QLineEdit(str(one.year) if one else "")
        self.population = QLineEdit(formats.number(one.population) if one else "")
        self.sex = CodeBox("sex", _("Sex"), one.sex if one else "")
        self.source = QLineEdit(one.source if one else "")
        self.note = QLineEdit(one.note if one else "")
        if one is not None:
            self.city.setText(one.city)
        self._inputs = {
            "country": Labelled(_("Country"), self.country),
            "city": Labelled(_("City"), self.city, _("Leave it empty for the whole country.")),
            "year": Labelled(_("Year"), self.year),
            "population": Labelled(_("Number of people"), self.population),
            "sex": Labelled(_("Sex"), self.sex, _("Leave it empty for both.")),
            "source": Labelled(_("Source"), self.source, _("An office, a census, a publication.")),
            "note": Labelled(_("Note"), self.note),
        }
        for each in self._inputs.values():
            self.body.addWidget(each)
        self.trouble = Banner()
        self.body.addWidget(self.trouble)
        self.add_cancel()
        self._save = self.add_main(_("Save"))
        self._save.clicked.connect(self.save)
        self.country.setFocus()

    def save(self) -> None:
        """Write it down."""
        self._save.setEnabled(False)
        for each in self._inputs.values():
            each.set_problem("")
        self.trouble.say("", "danger")
        command = SaveEstimate(
            self.country.code(),
            self.year.text(),
            self.population.text(),
            self.source.text(),
            self.city.text(),
            self.sex.code(),
            self.note.text(),
            self._id,
        )
        self._desk.execute(command, self._done, self._fail)

    def _done(self, _outcome: Outcome[int]) -> None:
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._save.setEnabled(True)
        at = self._inputs.get(error.field or "") if isinstance(error, Invalid) else None
        if at is None:
            self.trouble.say(str(error), "danger")
        else:
            at.set_problem(str(error))
            at.input.setFocus()


def _country(one: Estimate) -> str:
    return vocabularies.get("country").label(one.country)


def _columns() -> list[Column[Estimate]]:
    return [
        Column(_("Country"), _country, width=180),
        Column(_("City"), lambda one: one.city, width=120),
        Column(_("Year"), lambda one: str(one.year), width=70, number=True),
        Column(_("People"), lambda one: formats.number(one.population), width=100, number=True),
        Column(_("Sex"), lambda one: vocabularies.get("sex").label(one.sex) if one.sex else "", width=90),
        Column(_("Source"), lambda one: one.source),
        Column(_("Note"), lambda one: one.note, width=100),
    ]
