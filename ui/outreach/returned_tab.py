"""Returned mail: codes scanned or typed one after the other, and what follows from each."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from registry.access import Right
from registry.changes import Outcome
from registry.commands import RecordReturned
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.outreach.reasons import RETURNS
from registry.outreach.returning import RESULTS, CameBack, ReturnedCode
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner

_ICONS = {"returned": "check", "already": "info", "unknown": "warning", "left_out": "warning"}


class ReturnedTab(Tab):
    """The field takes a code and is ready for the next one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        text = _("Hold the letter under the reader, or type the code beside the address and press Enter.")
        layout.addWidget(label(text, "quiet", wrap=True))
        beside = row(spacing=16)
        self.code = QLineEdit()
        self.code.setPlaceholderText("0C3D-7")
        self.code.setMaximumWidth(240)
        self.code.setMaxLength(40)
        self.code.returnPressed.connect(self.take)
        self.reason = QComboBox()
        for code, words in RETURNS.items():
            self.reason.addItem(_(words), code)
        beside.addWidget(Labelled(_("Code on the letter"), self.code))
        beside.addWidget(Labelled(_("Why it came back"), self.reason))
        beside.addStretch(1)
        layout.addLayout(beside)
        self.last = Banner()
        layout.addWidget(self.last)
        self.table: Rows[ReturnedCode] = Rows(_("Letters that came back"), self._columns())
        self.table.activated.connect(lambda _index: self._open_card())
        layout.addWidget(self.table, 1)
        foot = row(spacing=8)
        self._trace = button(_("Who is to be traced"), self._show_waiting, icon="home_work")
        foot.addWidget(self._trace)
        foot.addStretch(1)
        layout.addLayout(foot)
        self.setFocusProxy(self.code)

    def _columns(self) -> list[Column[ReturnedCode]]:
        return [
            Column(_("Code"), lambda one: one.code, lambda one: _ICONS[one.result], width=130),
            Column(_("Result"), lambda one: _(RESULTS[one.result]), width=300),
            Column(_("Number"), lambda one: one.number, width=160),
            Column(_("Name"), lambda one: one.name),
        ]

    def take(self) -> None:
        """Write down the code in the field."""
        code = self.code.text().strip()
        if code:
            self.code.clear()
            command = RecordReturned((code,), self.reason.currentData())
            self.desk.execute(command, self._done, self._fail)

    def _done(self, outcome: Outcome[CameBack]) -> None:
        (one,) = outcome.value.codes
        self.table.show_things([one, *self.table.things])
        words = _(RESULTS[one.result])
        if one.name:
            words = f"{one.name}: {words}"
        if one.household:
            others = ngettext(
                "{count} other of the household has this address too.",
                "{count} others of the household have this address too.",
                one.household,
            )
            words = f"{words}. {others}"
        role = {"returned": "success", "already": "notice"}.get(one.result, "warning")
        self.last.say(words, role)
        self.code.setFocus()

    def _fail(self, error: RegistryError) -> None:
        self.last.say(str(error), "danger")
        self.code.setFocus()

    def _open_card(self) -> None:
        if self.table.current is not None and self.table.current.record_id:
            self.desk.go("people", ("open", self.table.current.record_id))

    def _show_waiting(self) -> None:
        if self.desk.may(Right.READ):
            self.desk.go("people", ("query", "address.state:returned"))
