"""All segments of a list: opened, saved, renamed, shared, frozen and deleted from one place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from registry.access import Right
from registry.changes import Outcome
from registry.commands import Command, DeleteSegment, FreezeSegment, SaveSegment, ShareSegment
from registry.errors import RegistryError
from registry.formats import number
from registry.i18n import _, ngettext
from registry.queries import ListSegments
from registry.segments.looking import SegmentView
from registry.segments.ready import ReadySegment, ready_segments
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.places import Selection
from ui.segments import words
from ui.segments.naming import renaming, saving
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner


class SegmentsDialog(Dialog):
    """The segments with their counts; Enter opens the one that is chosen.

    Attributes:
        table: the segments.
    """

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget) -> None:
        super().__init__(_("Segments"), parent, width=920)
        self._desk, self._selection = desk, selection
        self._wanted = ""
        self._stack = QStackedWidget()
        self._state = EmptyState()
        self.table: Rows[SegmentView] = Rows(_("Segments"), _columns())
        self.table.setMinimumHeight(300)
        self.table.chosen.connect(self._allow)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        self.body.addWidget(self._stack, 1)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self._steps: dict[str, QPushButton] = {}
        self._add_steps()
        self.add_cancel(_("Close"))
        self.main = self.add_main(_("Open"))
        self.main.clicked.connect(self._open)
        self._state.show_state("hourglass_empty", _("Segments"), _("Counting…"))
        self._allow()
        self._read()

    def _add_steps(self) -> None:
        if not self._desk.may(Right.KEEP_SEGMENTS):
            return
        steps = row(spacing=8)
        for code, text, icon, run in (
            ("save", _("Save this search…"), "add", self._save),
            ("rename", _("Rename…"), "edit", self._rename),
            ("share", _("Share"), "groups", self._share),
            ("freeze", _("Freeze"), "bookmark", self._freeze),
            ("delete", _("Delete"), "delete", self._delete),
        ):
            self._steps[code] = button(text, run, icon=icon)
            steps.addWidget(self._steps[code])
        steps.addStretch(1)
        self.ready = button(_("Ready-made"), icon="stars")
        self.ready.setMenu(QMenu(self.ready))
        self.buttons.insertWidget(0, self.ready)
        self.body.addLayout(steps)

    def _offer_ready(self, names: Collection[str]) -> None:
        """The segments that ship, without those whose name is taken."""
        menu = self.ready.menu()
        menu.clear()
        for each in ready_segments(self._selection.kind, self._desk.session):
            if each.title not in names:
                menu.addAction(each.title).triggered.connect(partial(self._take_over, each))
        self.ready.setVisible(not menu.isEmpty())

    def _take_over(self, ready: ReadySegment, _checked: bool = False) -> None:
        self._carry_out(SaveSegment(ready.title, ready.query, ready.kind), ready.title)

    def _read(self) -> None:
        query = ListSegments(self._selection.kind)
        self._desk.read(query, self._show, self._fail, title=_("Counting"), key="segments")

    def _show(self, found: tuple[SegmentView, ...]) -> None:
        self.table.show_things(found)
        self._stack.setCurrentWidget(self.table if found else self._state)
        if self._steps:
            self._offer_ready({each.name for each in found})
        if found:
            names = [each.name for each in found]
            self.table.choose(names.index(self._wanted) if self._wanted in names else 0)
            self.table.setFocus()
        else:
            text = _("Search for something, then save the search here. It is opened again with a key press.")
            self._state.show_state("bookmark", _("No segments yet"), text)
        self._allow()

    def _allow(self) -> None:
        """Only what can be done with the one that is chosen."""
        here = self.table.current
        self.main.setEnabled(here is not None)
        if not self._steps:
            return
        own = here is not None and (here.mine or self._desk.may(Right.STAFF))
        for code in ("rename", "share", "freeze", "delete"):
            self._steps[code].setEnabled(own)
        self._steps["save"].setEnabled(bool(self._selection.query.strip()))
        if here is not None:
            self._steps["share"].setText(_("Keep to myself") if here.shared else _("Share"))
            self._steps["freeze"].setEnabled(own and not here.fixed_on)

    def _open(self) -> None:
        here = self.table.current
        if here is not None:
            self._desk.go(here.kind, ("query", words.query_of(here.name)))
            self.accept()

    def _save(self) -> None:
        dialog = saving(self._desk, self._selection, self)
        dialog.accepted.connect(self.accept)
        dialog.open()

    def _rename(self) -> None:
        if (here := self.table.current) is not None:
            renaming(self._desk, here.name, self, self._renamed).open()

    def _renamed(self, name: str) -> None:
        self._wanted = name
        self._read()

    def _share(self) -> None:
        if (here := self.table.current) is not None:
            self._carry_out(ShareSegment(here.name, not here.shared), here.name)

    def _freeze(self) -> None:
        if (here := self.table.current) is not None:
            self._carry_out(FreezeSegment(here.name), here.name)

    def _delete(self) -> None:
        if (here := self.table.current) is not None:
            self._carry_out(DeleteSegment(here.name), "")

    def _carry_out(self, command: Command[object], wanted: str) -> None:
        self._trouble.say("", "danger")
        self._wanted = wanted
        self._desk.execute(command, partial(self._done, command), self._fail, title=_("Saving"))

    def _done(self, command: Command[object], outcome: Outcome[object]) -> None:
        self._desk.say(_said(command, outcome.value), "success", (_("Undo"), self._desk.undo))
        self._read()

    def _fail(self, error: RegistryError) -> None:
        self._trouble.say(str(error), "danger")


def open_segments(desk: Desk, selection: Selection) -> None:
    """From the head of a list."""
    if desk.window is not None:
        SegmentsDialog(desk, selection, desk.window).open()


def _said(command: Command[object], value: object) -> str:
    match command:
        case ShareSegment(name, shared):
            said = _("All may use “{name}”.", name=name) if shared else _("“{name}” is yours alone.", name=name)
        case FreezeSegment(name):
            count = int(str(value))
            said = ngettext(
                "“{name}” is a fixed list of {count} record.",
                "“{name}” is a fixed list of {count} records.",
                count,
                name=name,
            )
        case SaveSegment(name):
            said = _("Saved as “{name}”.", name=name)
        case _:
            said = _("The segment is deleted. The records stay.")
    return said


def _columns() -> Sequence[Column[SegmentView]]:
    return [
        Column(_("Name"), lambda s: s.name, lambda s: "bookmark" if s.fixed_on else "search"),
        Column(_("Records"), _count, role=lambda s: "warning" if s.problem else "", width=90, number=True),
        Column(_("Since your last look"), _changes, width=220),
        Column(_("Kind"), words.kind_words, width=210),
        Column(_("Whose"), words.whose, width=130),
    ]


def _count(each: SegmentView) -> str:
    return "—" if each.count is None else number(each.count)


def _changes(each: SegmentView) -> str:
    if each.problem:
        return each.problem
    if each.came is None or each.went is None:
        return _("Never looked at")
    if not each.came and not each.went:
        return _("No changes")
    return _("{came} came, {went} went", came=number(each.came), went=number(each.went))
