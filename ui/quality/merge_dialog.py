"""Merging the marked records of a list, whoever found that they are one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from registry.changes import Outcome
from registry.commands import Merged
from registry.errors import RegistryError
from registry.i18n import _
from registry.matching.groups import DuplicateGroup
from registry.queries import DuplicatesOf, ListIds
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.quality.comparison import Comparison, merged_in_words
from ui.quality.sides import PAIR
from ui.widgets.summary import Banner

#: Columns that can be compared at a glance.
_MOST = 8


class MergeDialog(Dialog):
    """The comparison of a few records, in a window of its own.

    Attributes:
        comparison: as on the page Quality.
    """

    def __init__(self, desk: Desk, kind: str, ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(_("Merge"), parent, width=960)
        self._desk = desk
        self.comparison = Comparison(desk)
        self.comparison.setMinimumHeight(480)
        self.comparison.changed.connect(self._allow)
        self._trouble = Banner()
        self.body.addWidget(self.comparison, 1)
        self.body.addWidget(self._trouble)
        self.buttons.insertWidget(0, self.comparison.differences)
        self.add_cancel()
        self.main = self.add_main(_("Merge"))
        self.main.clicked.connect(self._merge)
        self._ids = tuple(ids)
        desk.read(DuplicatesOf(kind, self._ids[0]), self._compare, self._fail, key="merge")
        self._allow()

    def _compare(self, groups: Sequence[DuplicateGroup]) -> None:
        """With the evidence, where the queue has some."""
        pairs = [p for group in groups for p in group.pairs if {p.one.id, p.other.id} <= set(self._ids)]
        self.comparison.show_records(self._ids, pairs)
        self.comparison.setFocus()

    def _allow(self) -> None:
        self.main.setEnabled(self.comparison.ready)

    def _merge(self) -> None:
        self.main.setEnabled(False)
        self._trouble.say("", "danger")
        self._desk.execute(
            self.comparison.command(), self._merged, self._fail, title=_("Merging"), on_cancelled=self._allow
        )

    def _merged(self, outcome: Outcome[Merged]) -> None:
        self._desk.say(merged_in_words(outcome.value), "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._allow()
        self._trouble.say(str(error), "danger")


def merge_marked(desk: Desk, selection: Selection) -> None:
    """From the menu of a list: two records or a few."""
    window = desk.window
    if window is None:
        return
    if not PAIR <= selection.count <= _MOST:
        desk.say(_("Mark the records that are one, from two to {most} of them.", most=_MOST), "warning")
    elif selection.ids is not None:
        MergeDialog(desk, selection.kind, selection.ids, window).open()
    else:

        def found(ids: Sequence[int]) -> None:
            MergeDialog(desk, selection.kind, tuple(ids), window).open()

        desk.read(ListIds(selection.kind, selection.query), found)
