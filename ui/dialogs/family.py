"""Families: a relation between two people, and who lives in one household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from registry.changes import Outcome
from registry.commands import Relate, SetHousehold
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.i18n import _
from registry.queries import GetRelated, SuggestHousehold
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label
from ui.widgets.link_line import LinkLine
from ui.widgets.summary import Banner

if TYPE_CHECKING:
    from registry.related import Group


class RelateDialog(Dialog):
    """Relates a person to another one of the register; the cards of both show it."""

    def __init__(self, desk: Desk, person_id: int, parent: QWidget) -> None:
        super().__init__(_("Add a relative"), parent)
        self._desk, self._person_id = desk, person_id
        self.relative = LinkLine(desk, PEOPLE, _("Relative"))
        self.relative.setPlaceholderText(_("Type a name or a number"))
        self.kind = CodeBox("relation", _("Relationship"))
        hint = _("Somebody who is not in the register can be written down on the card, under Family.")
        self.body.addWidget(Labelled(_("Relative"), self.relative, hint))
        self.body.addWidget(Labelled(_("What the relative is to this person"), self.kind))
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_("Save"))
        self.main.setEnabled(False)
        self.main.clicked.connect(self._save)
        self.relative.textChanged.connect(self._allow)
        self.relative.chosen.connect(self._allow)
        self.kind.currentIndexChanged.connect(self._allow)
        self.relative.setFocus()

    def _allow(self) -> None:
        self.main.setEnabled(bool(self.relative.record_id() and self.kind.code()))

    def _save(self) -> None:
        self.main.setEnabled(False)
        command = Relate(self._person_id, self.relative.record_id(), self.kind.code())
        self._desk.execute(command, self._done, self._fail)

    def _done(self, outcome: Outcome[bool]) -> None:
        self.accept()
        if outcome.value:
            self._desk.say(_("Saved on both cards."), "success", (_("Undo"), self._desk.undo))
        else:
            self._desk.say(_("The register says so already."))

    def _fail(self, error: RegistryError) -> None:
        self._allow()
        self._trouble.say(str(error), "danger")


class HouseholdDialog(Dialog):
    """Puts a person and others into one household, or the person out of it."""

    def __init__(self, desk: Desk, person_id: int, parent: QWidget) -> None:
        super().__init__(_("Household"), parent)
        self._desk = desk
        self._person_id = person_id
        self.joining: list[int] = []
        self.name = QLineEdit()
        self.joins = LinkLine(desk, PEOPLE, _("Who lives there too"))
        self.joins.setPlaceholderText(_("Type a name or a number"))
        hint = _("Everybody with the same name of the household lives in it.")
        self.body.addWidget(Labelled(_("Name of the household"), self.name, hint))
        self.body.addWidget(Labelled(_("Who lives there too"), self.joins))
        self._listed = column(spacing=4)
        self.body.addLayout(self._listed)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.leave = button(_("Leaves the household"), lambda: self._save((self._person_id,), ""))
        self.leave.hide()
        self.buttons.insertWidget(0, self.leave)
        self.add_cancel()
        self.main = self.add_main(_("Save"))
        self.main.clicked.connect(lambda: self._save((self._person_id, *self.joining), self.name.text()))
        self.name.textChanged.connect(self._allow)
        self.joins.chosen.connect(self._join)
        self._allow()
        self.name.setFocus()
        desk.read(SuggestHousehold((person_id,)), self.name.setText)
        desk.read(GetRelated(PEOPLE, person_id), self._know)

    def _know(self, groups: tuple[Group, ...]) -> None:
        found = next((group for group in groups if group.code == "household"), None)
        self.leave.setVisible(found is not None and bool(found.query))
        for one in found.rows if found is not None else ():
            self._listed.addWidget(label(one.name, "quiet", wrap=True))

    def _join(self, person_id: int) -> None:
        if person_id not in (0, self._person_id, *self.joining):
            self.joining.append(person_id)
            self._listed.addWidget(label(_("{name} joins", name=self.joins.text()), wrap=True))
        self.joins.clear()

    def _allow(self) -> None:
        self.main.setEnabled(bool(self.name.text().strip()))

    def _save(self, ids: tuple[int, ...], name: str) -> None:
        self.main.setEnabled(False)
        self._desk.execute(SetHousehold(ids, name), self._done, self._fail)

    def _done(self, outcome: Outcome[int]) -> None:
        self.accept()
        if outcome.value:
            self._desk.say(_("Saved."), "success", (_("Undo"), self._desk.undo))

    def _fail(self, error: RegistryError) -> None:
        self._allow()
        self._trouble.say(str(error), "danger")
