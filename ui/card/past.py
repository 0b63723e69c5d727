"""What happened to one record: who, when, and what went from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from registry import actions, dates, fields, formats, vocabularies
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.queries import GetHistory, GetRegistration
from ui.desk import Desk
from ui.widgets.labels import button, column, label, line

if TYPE_CHECKING:
    from registry.history import FieldChange, HistoryPage, Operation
    from registry.registration.view import RegistrationView

_LIMIT = 30
#: Values of one operation shown at once.
_FEW = 6


class Past(QScrollArea):
    """The history of one record, newest first."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._record_id = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("History"))
        self._begin()

    def _begin(self) -> None:
        inside = QWidget()
        self._layout = column(inside, spacing=8)
        self._layout.setContentsMargins(20, 16, 20, 20)
        # A place of their own: whichever read answers first, the states come first to the eye and to a screen reader.
        self._states = QWidget(inside)
        self._states.hide()
        self._layout.addWidget(self._states)
        self._layout.addStretch(1)
        self._entries = 0
        self.setWidget(inside)

    def show_record(self, record_id: int) -> None:
        """Read the states of a person's registration and the newest operations."""
        self._record_id = record_id
        self._begin()
        if self._kind == fields.PEOPLE:
            self._desk.read(GetRegistration(record_id), self._show_states, self._refuse, key="states")
        self._read(0)

    def _show_states(self, view: RegistrationView) -> None:
        """Above everything else: which state since when, and why."""
        if not view.states:
            return
        states, layout = vocabularies.get("state"), column(self._states, spacing=8)
        layout.addWidget(label(_("Registration"), "section"))
        for dated in view.states:
            words = _("{state} since {date}", state=states.label(dated.state), date=dates.show(dated.since))
            layout.addWidget(label(words, wrap=True))
            if aside := " · ".join(filter(None, (dated.reason, dated.officer))):
                layout.addWidget(label(aside, "small", wrap=True))
        layout.addWidget(line())
        layout.addWidget(label(_("History"), "section"))
        self._states.show()

    def _read(self, before: int) -> None:
        query = GetHistory(self._record_id, before, _LIMIT)
        self._desk.read(query, self._show, self._refuse, key="past")

    def _add(self, widget: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def _show(self, page: HistoryPage) -> None:
        for place, operation in enumerate(page.operations):
            if place or self._entries:
                self._add(line())
            self._add(_entry(operation))
            self._entries += 1
        if page.more:
            last = page.operations[-1].batch
            older = button(_("Show older"), role="link")
            older.clicked.connect(older.hide)
            older.clicked.connect(lambda _checked=False: self._read(last))
            self._add(older)

    def _refuse(self, error: RegistryError) -> None:
        self._begin()
        self._add(label(str(error), "danger", wrap=True))


def _entry(operation: Operation) -> QWidget:
    made = QWidget()
    layout = column(made, spacing=4)
    layout.addWidget(label(_(actions.label(operation.code)), wrap=True))
    who = operation.user or _("The program")
    layout.addWidget(label(f"{formats.moment(operation.time)} · {who}", "small"))
    for change in operation.changes[:_FEW]:
        layout.addWidget(label(_words(change), "quiet", wrap=True))
    rest = operation.changes[_FEW:]
    if rest:
        more = label("\n".join(_words(change) for change in rest), "quiet", wrap=True)
        more.hide()
        words = ngettext("Show {count} more value", "Show {count} more values", len(rest))
        opener = button(words, more.show, "link")
        opener.clicked.connect(opener.hide)
        layout.addWidget(opener)
        layout.addWidget(more)
    return made


def _words(change: FieldChange) -> str:
    """One changed value: both sides in the reader's words."""
    name = change.field.title
    old, new = (change.field.show(value) if value else "" for value in (change.old, change.new))
    if old and new:
        return _("{field}: {old} → {new}", field=name, old=old, new=new)
    if new:
        return _("{field}: {value}", field=name, value=new)
    return _("{field}: {value} removed", field=name, value=old)
