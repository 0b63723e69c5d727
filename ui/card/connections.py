"""What a record is linked to: each linked record opens from here, whichever side the link was written on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from registry import formats
from registry.access import Right
from registry.errors import RegistryError
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, _
from registry.queries import GetRelated
from registry.related import TITLES
from ui.desk import Desk
from ui.widgets.eliding import ElidingButton
from ui.widgets.labels import button, column, indented, label, row

if TYPE_CHECKING:
    from registry.changes import Changes
    from registry.related import Group, Related

#: What an empty group says.
_EMPTY = {
    "relatives": N_("No relatives are written down."),
    "household": N_("Nobody else is written down for this household."),
    "associations": N_("No association is written down."),
    "officers": N_("Nobody is written down who acts for it."),
    "past_officers": N_("Nobody is written down who acted for it."),
    "members": N_("Nobody in the register is written down as a member."),
    "above": N_("It belongs to no other organisation."),
    "below": N_("No organisation belongs to it."),
    "partners": N_("No partners are written down."),
}
#: Pixels by which an organisation stands behind the one that it belongs to.
_STEP = 20
#: Where the words of a link begin, and those below it.
_BESIDE = 6


class Connections(QScrollArea):
    """The groups of linked records of one record."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._record_id = 0
        self._stale = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Connections"))
        desk.changed.connect(self._note)

    def show_record(self, record_id: int) -> None:
        """Read what it is linked to."""
        self._record_id, self._stale = record_id, False
        query = GetRelated(self._kind, record_id)
        self._desk.read(query, self._show, self._refuse, key=("related", self._kind))

    def showEvent(self, event: QShowEvent) -> None:
        """Show anew what changed on other cards meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.show_record(self._record_id)

    def _note(self, changes: Changes) -> None:
        if self._record_id and (changes.touch(PEOPLE) or changes.touch(ASSOCIATIONS)):
            self._stale = True
            if self.isVisible():
                self.show_record(self._record_id)

    def _show(self, groups: Sequence[Group]) -> None:
        inside = QWidget()
        layout = column(inside, spacing=4)
        layout.setContentsMargins(20, 4, 20, 20)
        for group in groups:
            layout.addSpacing(12)
            title = _(TITLES[group.code])
            if group.total > 1:
                title = _("{title} ({count})", title=title, count=formats.number(group.total))
            layout.addWidget(label(title, "section"))
            for one in group.rows:
                layout.addLayout(indented(self._line(one), one.depth * _STEP))
            if not group.rows:
                layout.addWidget(label(_(_EMPTY[group.code]), "quiet", wrap=True))
            layout.addLayout(self._actions(group))
        layout.addStretch(1)
        self.setWidget(inside)

    def _line(self, one: Related) -> QWidget:
        made = QWidget()
        layout = column(made, spacing=0)
        layout.setContentsMargins(0, 0, 0, 4)
        if one.id:
            name = row(spacing=0)
            opener = ElidingButton(one.name, partial(self._desk.go, one.kind, ("open", one.id)))
            opener.setAccessibleDescription(", ".join(filter(None, (one.role, one.warning))))
            name.addWidget(opener)
            name.addStretch(1)
            layout.addLayout(name)
        else:
            layout.addLayout(indented(label(one.name, wrap=True, selectable=True), _BESIDE))
        words = " · ".join(filter(None, (one.role, one.age, _period(one), one.remark, one.number)))
        if words:
            layout.addLayout(indented(label(words, "small", wrap=True), _BESIDE))
        if one.warning:
            layout.addLayout(indented(label(one.warning, "warning", wrap=True), _BESIDE))
        return made

    def _actions(self, group: Group) -> QVBoxLayout:
        made = column(spacing=0)
        offered: list[tuple[str, Callable[[], object], str]] = []
        if group.query and group.total:
            offered.append(
                (_("Show in the list"), partial(self._desk.go, PEOPLE, ("query", group.query)), "table_view")
            )
        if group.code == "relatives" and self._desk.may(Right.EDIT):
            offered.append((_("Add a relative…"), self._relate, "person_add"))
        if group.code == "household" and self._desk.may(Right.EDIT):
            offered.append((_("Change the household…"), self._house, "home_work"))
        for words, action, icon in offered:
            beside = row(spacing=0)
            beside.addWidget(button(words, action, "link", icon))
            beside.addStretch(1)
            made.addLayout(beside)
        return made

    def _relate(self) -> None:
        from ui.dialogs.family import RelateDialog

        RelateDialog(self._desk, self._record_id, self.window()).open()

    def _house(self) -> None:
        from ui.dialogs.family import HouseholdDialog

        HouseholdDialog(self._desk, self._record_id, self.window()).open()

    def _refuse(self, error: RegistryError) -> None:
        sentence = label(str(error), "danger", wrap=True)
        sentence.setContentsMargins(20, 16, 20, 20)
        self.setWidget(sentence)


def _period(one: Related) -> str:
    if one.since and one.until:
        return _("{since} to {until}", since=one.since, until=one.until)
    if one.until:
        return _("until {date}", date=one.until)
    return _("since {date}", date=one.since) if one.since else ""
