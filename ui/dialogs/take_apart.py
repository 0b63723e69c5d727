"""Takes a merged record out again: what came since the merge is given to the one to whom it belongs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from registry import dates, fields
from registry.changes import Outcome
from registry.commands import Unmerged, UnmergeRecord
from registry.errors import RegistryError
from registry.i18n import _
from registry.merging.merged import MergedPart
from registry.merging.unmerging import AddedSince, UnmergeView
from registry.queries import UnmergePlan
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import clear, column, label, row
from ui.widgets.summary import Banner

_NAME_WIDTH = 260


class TakeApartDialog(Dialog):
    """Asks which record, if several became part of this one, and where each later addition belongs.

    Attributes:
        which: the merged records.
        choices: beside each addition, whether it stays (0) or goes (1).
    """

    def __init__(self, desk: Desk, kind: str, parts: Sequence[MergedPart], parent: QWidget) -> None:
        super().__init__(_("Take apart"), parent, width=680)
        self._desk, self._kind, self._parts = desk, kind, parts
        self._plan: UnmergeView | None = None
        self.choices: list[tuple[AddedSince, QComboBox]] = []
        self.which = QComboBox()
        self.which.setAccessibleName(_("Record to take out"))
        for part in parts:
            self.which.addItem(
                _("{name}, {number}, merged on {date}", name=part.name, number=part.number, date=_day(part))
            )
        self.which.currentIndexChanged.connect(lambda _place: self._ask())
        self.body.addWidget(self.which)
        if len(parts) == 1:
            self.which.hide()
        self.sentence = label(wrap=True)
        self.body.addWidget(self.sentence)
        self._added = QWidget()
        self._rows = column(self._added, spacing=8)
        self.body.addWidget(self._added)
        self.kept = label(role="quiet", wrap=True)
        self.body.addWidget(self.kept)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.body.addStretch(1)
        self.add_cancel()
        self.main = self.add_main(_("Take apart"))
        self.main.clicked.connect(self._take_apart)
        self._ask()

    def _ask(self) -> None:
        self.main.setEnabled(False)
        number = self._parts[self.which.currentIndex()].number
        self._desk.read(UnmergePlan(number), self._show, self._fail, key="take apart")

    def _show(self, plan: UnmergeView) -> None:
        self._plan = plan
        self.main.setEnabled(True)
        self.sentence.setText(
            _(
                "{name} becomes a record of its own again: {number}, with what it had before the merge and its "
                "history. What was its own goes out of {other}.",
                name=plan.name,
                number=plan.number,
                other=plan.from_number,
            )
        )
        self._show_added(plan)
        titles = ", ".join(fields.by_name(self._kind)[name].title for name in plan.kept)
        self.kept.setText(
            _("Changed since the merge, so {other} keeps it: {fields}.", other=plan.from_number, fields=titles)
        )
        self.kept.setVisible(bool(plan.kept))

    def _show_added(self, plan: UnmergeView) -> None:
        clear(self._rows)
        self.choices = []
        if plan.added:
            self._rows.addWidget(label(_("Added since the merge. Say where it belongs:"), wrap=True))
        for one in plan.added:
            self._rows.addWidget(self._row(one, plan))
        self._added.setVisible(bool(plan.added))

    def _row(self, one: AddedSince, plan: UnmergeView) -> QWidget:
        made = QWidget()
        beside = row(made, spacing=12)
        words = one.text
        if one.field:
            title = fields.by_name(self._kind)[one.field].title
            words = _("{field}: {value}", field=title, value=one.text)
        named = label(words, wrap=True)
        choice = QComboBox()
        choice.setAccessibleName(words)
        choice.addItem(_("Stays with {number}", number=plan.from_number))
        choice.addItem(_("Goes to {number}", number=plan.number))
        named.setBuddy(choice)
        beside.addWidget(named, 1)
        beside.addWidget(choice)
        choice.setMinimumWidth(_NAME_WIDTH)
        self.choices.append((one, choice))
        return made

    def _take_apart(self) -> None:
        if self._plan is None:
            return
        self.main.setEnabled(False)
        self._trouble.say("", "danger")
        moving = tuple((one.table, one.row_id) for one, choice in self.choices if choice.currentIndex() == 1)
        command = UnmergeRecord(self._plan.number, moving)
        self._desk.execute(command, self._taken_apart, self._fail, title=_("Taking apart"))

    def _taken_apart(self, outcome: Outcome[Unmerged]) -> None:
        words = _("{number} is a record of its own again.", number=outcome.value.number)
        self._desk.say(words, "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self.main.setEnabled(self._plan is not None)
        self._trouble.say(str(error), "danger")


def _day(part: MergedPart) -> str:
    return dates.show(part.merged_on)
