"""Who came into a segment and who went since the last look, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from registry.i18n import _, ngettext
from registry.queries import GetRecords
from registry.records import Record
from registry.segments.looking import SegmentLook
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.segments import words
from ui.widgets.labels import label
from ui.widgets.rows import Column, Rows

#: So many are named of those who came, and of those who went.
_NAMED = 500


@dataclass(frozen=True)
class Change:
    """One record that came or went."""

    id: int
    number: str
    name: str
    came: bool


class ChangesDialog(Dialog):
    """Names what came and went; Enter opens a card.

    Attributes:
        table: the records.
    """

    def __init__(self, desk: Desk, look: SegmentLook, parent: QWidget) -> None:
        super().__init__(_("Changes in “{name}”", name=look.segment.name), parent, width=620)
        self._desk, self._look = desk, look
        self.body.addWidget(label(words.changes(len(look.came), len(look.went), look.since), wrap=True))
        self.table: Rows[Change] = Rows(_("Changes"), _columns())
        self.table.setMinimumHeight(320)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.body.addWidget(self.table, 1)
        self.rest = label(role="small", wrap=True)
        self.body.addWidget(self.rest)
        self.add_cancel(_("Close"))
        self.main = self.add_main(_("Open the card"))
        self.main.clicked.connect(self._open)
        self.table.chosen.connect(lambda: self.main.setEnabled(self.table.current is not None))
        ids = (*look.came[:_NAMED], *look.went[:_NAMED])
        desk.read(GetRecords(look.segment.kind, ids, ("full_name", "name")), self._show)

    def _show(self, found: Mapping[int, Record]) -> None:
        came = set(self._look.came)
        lines = [Change(r.id, r.number, r.name, r.id in came) for r in found.values()]
        self.table.show_things(lines)
        if lines:
            self.table.choose(0)
            self.table.setFocus()
        named = self._look.came[:_NAMED] + self._look.went[:_NAMED]
        gone = len(named) - len(lines)
        more = len(self._look.came) + len(self._look.went) - len(named)
        said = []
        if gone:
            said.append(ngettext("{count} was deleted since.", "{count} were deleted since.", gone))
        if more:
            said.append(ngettext("{count} more is not named here.", "{count} more are not named here.", more))
        self.rest.setText(" ".join(said))
        self.rest.setVisible(bool(said))

    def _open(self) -> None:
        here = self.table.current
        if here is not None:
            self._desk.go(self._look.segment.kind, ("open", here.id))
            self.accept()


def _columns() -> list[Column[Change]]:
    return [
        Column(
            _("Change"),
            lambda c: _("Came") if c.came else _("Went"),
            lambda c: "add_circle" if c.came else "do_not_disturb_on",
            width=110,
        ),
        Column(_("Number"), lambda c: c.number, width=150),
        Column(_("Name"), lambda c: c.name),
    ]
