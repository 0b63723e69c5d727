"""What a card says of duplicates: who may be the same, and what became part of the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from registry import dates, fields
from registry.access import Right
from registry.changes import Changes
from registry.i18n import _, ngettext
from registry.matching.groups import DuplicateGroup
from registry.merging.merged import MergedPart
from registry.queries import DuplicatesOf, ListMerged
from ui.desk import Desk
from ui.widgets.labels import button, column, label, row

#: Numbers of merged records that are told; the dialog has all.
_MOST = 3


class SameRecords(QWidget):
    """Two lines below the head of a card, each hidden while there is nothing to say.

    Attributes:
        compare: opens the comparison.
        apart: opens the dialog that takes a merged record out again.
    """

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._record_id = 0
        self._parts: Sequence[MergedPart] = ()
        layout = column(self, spacing=0)
        self._maybe = QFrame()
        self._maybe.setProperty("role", "banner-warning")
        warned = row(self._maybe, spacing=8)
        warned.setContentsMargins(20, 8, 12, 8)
        self._who = label(wrap=True)
        self.compare = button(_("Compare"), self._compare)
        warned.addWidget(self._who, 1)
        warned.addWidget(self.compare)
        self._merged = QWidget()
        quiet = row(self._merged, spacing=8)
        quiet.setContentsMargins(20, 4, 12, 4)
        self._what = label(role="small", wrap=True)
        self.apart = button(_("Take apart…"), self._take_apart, "link")
        quiet.addWidget(self._what, 1)
        quiet.addWidget(self.apart)
        layout.addWidget(self._maybe)
        layout.addWidget(self._merged)
        self.forget()
        desk.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        """Somebody looked for duplicates."""
        if self._record_id and changes.touch("duplicates"):
            self.show_record(self._record_id)

    def show_record(self, record_id: int) -> None:
        """Ask for what there is to say of a record."""
        if record_id != self._record_id:
            self.forget()
        self._record_id = record_id
        if self._desk.may(Right.EDIT):
            query = DuplicatesOf(self._kind, record_id)
            self._desk.read(query, partial(self._show_maybe, record_id), key=("maybe", self._kind))
        self._desk.read(ListMerged(record_id), partial(self._show_merged, record_id), key=("merged", self._kind))

    def forget(self) -> None:
        """Another record is shown, or none."""
        self._record_id = 0
        self._maybe.hide()
        self._merged.hide()

    def _show_maybe(self, record_id: int, groups: Sequence[DuplicateGroup]) -> None:
        if record_id != self._record_id:
            return
        if groups:
            others = [one for one in groups[0].records if one.id != record_id]
            words = _("May be the same as {name} ({number}).", name=others[0].name, number=others[0].number)
            if len(others) > 1:
                count = len(others)
                words = ngettext("May be the same as {count} other.", "May be the same as {count} others.", count)
            self._who.setText(words)
        self._maybe.setVisible(bool(groups))

    def _show_merged(self, record_id: int, parts: Sequence[MergedPart]) -> None:
        if record_id != self._record_id:
            return
        self._parts = parts
        count = len(parts)
        if parts:
            told = ", ".join(_told(part) for part in parts[:_MOST]) + (", …" if count > _MOST else "")
            words = ngettext(
                "{count} record is part of this one: {parts}.",
                "{count} records are part of this one: {parts}.",
                count,
                parts=told,
            )
            self._what.setText(words)
        self.apart.setEnabled(self._desk.may(Right.MERGE))
        self._merged.setVisible(bool(parts))

    def _compare(self) -> None:
        section = "duplicates" if self._kind == fields.PEOPLE else "association_duplicates"
        self._desk.go("quality", (section, self._record_id))

    def _take_apart(self) -> None:
        from ui.dialogs.take_apart import TakeApartDialog

        TakeApartDialog(self._desk, self._kind, self._parts, self.window()).open()


def _told(part: MergedPart) -> str:
    """Which, when and by whom."""
    if not part.officer:
        return _("{number} ({date})", number=part.number, date=dates.show(part.merged_on))
    return _("{number} ({date}, {officer})", number=part.number, date=dates.show(part.merged_on), officer=part.officer)
