"""The dialog in which a query is built from rows; what it gives back is the query's text."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from registry.errors import Invalid, RegistryError
from registry.fields import PEOPLE
from registry.i18n import _, ngettext
from registry.queries import Search
from registry.search.building import Choice, Condition, Part, Written, put_together, take_apart
from registry.search.find import SearchAnswer
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.writer import write
from ui.building.rows import Rows
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import button, label, row, set_role

#: Milliseconds without a change after which it is counted who is found.
_PAUSE = 200
_WIDTH = 920


class BuilderDialog(Dialog):
    """All rows must hold.

    Signals:
        chosen: the query to search for.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, kind: str, query: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Search by conditions"), parent, width=_WIDTH)
        self._desk, self._kind = desk, kind
        self._names = Names(kind, desk.session)
        self.rows = Rows(self._names, self._parts(query) or (Condition("", ":", ""),))
        self.body.addWidget(label(_("Finds what fulfils every row."), "quiet", wrap=True))
        self.body.addWidget(self.rows)
        more = row(spacing=8)
        more.addWidget(button(_("Add a condition"), lambda: self.rows.add(Condition("", ":", "")), icon="add"))
        more.addWidget(button(_("Add a group: at least one"), self._add_choice, icon="add"))
        more.addWidget(button(_("Add words"), lambda: self.rows.add(Written("")), icon="add"))
        more.addStretch(1)
        self.body.addLayout(more)
        self.text = label(role="small", wrap=True, selectable=True)
        self.found = label(role="quiet", wrap=True)
        self.body.addWidget(self.text)
        self.body.addWidget(self.found)
        self.body.addStretch(1)
        self.add_cancel()
        self.main = self.add_main(_("Search"))
        self.main.clicked.connect(self._choose)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._count)
        desk.runner.closed.connect(self._pause.stop)
        self.rows.edited.connect(self._follow)
        self._follow()
        if self.rows.shown:
            self.rows.shown[0].setFocus()

    def query(self) -> str:
        """The query as it stands; raises `Invalid` where words are no query."""
        return write(put_together(self.rows.parts(), self._names))

    def _parts(self, query: str) -> tuple[Part, ...]:
        """What stands in the search box; as it is written where it cannot be read."""
        try:
            return take_apart(parse(query, self._names))
        except Invalid:
            return (Written(query),)

    def _add_choice(self) -> None:
        self.rows.add(Choice(()))

    def _follow(self) -> None:
        """Show the text of the rows, and soon how many it finds."""
        try:
            self.text.setText(self.query())
        except Invalid as mistake:
            self._refuse(mistake)
        else:
            self.main.setEnabled(True)
            self._pause.start()

    def _count(self) -> None:
        query = Search(self.text.text(), self._kind, limit=0)
        self._desk.read(query, self._tell, self._refuse, key=("builder", id(self)))

    def _tell(self, answer: SearchAnswer) -> None:
        many = answer.total
        self._say(
            ngettext("{count} person", "{count} people", many)
            if self._kind == PEOPLE
            else ngettext("{count} association", "{count} associations", many)
        )

    def _refuse(self, error: RegistryError) -> None:
        self._pause.stop()
        self._say(str(error), wrong=True)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.found.setText(words)
        set_role(self.found, "danger" if wrong else "quiet")
        self.main.setEnabled(not wrong)

    def _choose(self) -> None:
        self.chosen.emit(self.query())
        self.accept()
