"""The line above a list that shows a segment: what it is, and who came and went since the last look."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from registry.access import Right
from registry.changes import Outcome
from registry.commands import FreezeSegment, LookAtSegment
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.segments.looking import SegmentLook
from ui.desk import Desk
from ui.segments import words
from ui.segments.changes import ChangesDialog
from ui.widgets.labels import button, label
from ui.widgets.wrapping import WrappingLayout


class SegmentLine(QWidget):
    """Shown while the query of the list is one segment and nothing else."""

    def __init__(self, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kind = desk, kind
        self._name = ""
        self._look: SegmentLook | None = None
        #: Looks of this session that found changes: they stay to be read when one comes back.
        self._told: dict[str, SegmentLook] = {}
        inside = WrappingLayout(self)  # beside an open card there is less room than its words need
        self.sentence = label(role="quiet")
        inside.addWidget(self.sentence)
        self.changes = button("", self._show_changes, "link")
        inside.addWidget(self.changes)
        self.freeze = button(_("Freeze"), self._freeze, "link")
        self.freeze.setToolTip(_("Keep it as it is now: a fixed list"))
        inside.addWidget(self.freeze)
        self.hide()

    def show_query(self, query: str) -> None:
        """The list shows another query: look at its segment, if it is one."""
        name = words.name_in(query, self._kind, self._desk.session)
        if name == self._name:
            return
        self._name, self._look = name, None
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """The segment was changed: frozen, shared, or given another query."""
        if self._name:
            self._ask()

    def _ask(self) -> None:
        """Look: what changed since the last look is told; why something cannot be looked at, the search box tells."""
        self._desk.execute(LookAtSegment(self._name), partial(self._show, self._name), lambda _error: None)

    def _show(self, name: str, outcome: Outcome[SegmentLook]) -> None:
        look = outcome.value
        if name != self._name or look.segment.kind != self._kind:
            return
        if look.came or look.went:
            self._told[look.segment.name] = look
        self._look = told = self._told.get(look.segment.name, look)
        each = look.segment
        self.sentence.setText(f"{words.kind_words(each)} · {words.whose(each)}")
        changed = bool(told.came or told.went)
        self.changes.setText(words.changes(len(told.came), len(told.went), told.since) if told.since else "")
        self.changes.setEnabled(changed)
        self.sentence.setMinimumHeight(self.changes.sizeHint().height())
        self.changes.setVisible(bool(told.since))
        own = each.mine or self._desk.may(Right.STAFF)
        self.freeze.setVisible(own and not each.fixed_on and self._desk.may(Right.KEEP_SEGMENTS))
        self.show()

    def _show_changes(self) -> None:
        if self._look is not None and self._desk.window is not None:
            ChangesDialog(self._desk, self._look, self._desk.window).open()

    def _freeze(self) -> None:
        self._desk.execute(FreezeSegment(self._name), self._frozen, self._fail, title=_("Saving"))

    def _frozen(self, outcome: Outcome[int]) -> None:
        said = ngettext(
            "“{name}” is a fixed list of {count} record.",
            "“{name}” is a fixed list of {count} records.",
            outcome.value,
            name=self._name,
        )
        self._desk.say(said, "success", (_("Undo"), self._desk.undo))

    def _fail(self, error: RegistryError) -> None:
        self._desk.fail(error)
