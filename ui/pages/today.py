"""Today: what waits at the post, each matter with its most urgent records and the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from registry.changes import Changes
from registry.errors import NotAllowed, RegistryError
from registry.formats import day, number
from registry.i18n import _, ngettext
from registry.queries import GetToday
from registry.today import TodayRow, TodaySection
from ui import icons
from ui.desk import Desk
from ui.page import Page
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows

#: Below this width of the place its sections stand in one column.
_NARROW = 860
_LINE = 36


class TodayPage(Page):
    """The sections that have something, side by side, and below them in words those that have nothing.

    Attributes:
        sections: code -> the section as it is shown.
    """

    kinds = frozenset({"people", "associations", "settings", "backups", "duplicates"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sections: dict[str, SectionView] = {}
        self._found: Sequence[TodaySection] = ()
        self._arriving = False
        self._wide = True
        self.state = EmptyState()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._date = label(role="quiet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(self._area)
        outer = column(self, margin=16, spacing=12)
        head = row(spacing=12)
        head.addWidget(label(_("Today"), "title"))
        head.addWidget(self._date, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        outer.addLayout(head)
        outer.addWidget(self._stack, 1)
        self.state.show_state("hourglass_empty", _("One moment…"), _("What waits is being looked for."))

    def arrive(self, intent: object = "") -> None:
        """Look anew: a night may have passed."""
        self._arriving = True
        self._ask()

    def refresh(self, changes: Changes) -> None:
        """Something that may wait, or does not any more, changed."""
        self._ask()

    def _ask(self) -> None:
        today = date.today()
        self._date.setText(day(today))
        self.desk.read(GetToday(today), self._show, self._fail, key="today")

    def _show(self, found: tuple[TodaySection, ...]) -> None:
        held = next((code for code, view in self.sections.items() if view.has_keyboard()), "")
        self._found = found
        self._wide = self.width() >= _NARROW
        waiting = [section for section in found if section.count]
        if waiting:
            self._area.setWidget(self._sheet(waiting, [section for section in found if not section.count]))
            self._stack.setCurrentWidget(self._area)
        else:
            self.sections = {}
            self.state.show_state("check_circle", _("Nothing waits today"), _words(found))
            self._stack.setCurrentWidget(self.state)
        if self.sections and (held or (self._arriving and not self.isHidden())):
            self.sections.get(held, next(iter(self.sections.values()))).take_keyboard()
        self._arriving = False
        self.status_changed.emit(
            ngettext("{count} matter waits", "{count} matters wait", len(waiting)) if waiting else ""
        )

    def _sheet(self, waiting: Sequence[TodaySection], empty: Sequence[TodaySection]) -> QWidget:
        """Sections with something in one or two columns of about the same length, the others in words below."""
        inside = QWidget()
        outer = column(inside, spacing=16)
        outer.setContentsMargins(0, 0, 4, 8)
        beside = row(spacing=16)
        columns = [column(spacing=16) for _place in range(2 if self._wide else 1)]
        lengths = [0] * len(columns)
        self.sections = {}
        for section in waiting:
            shortest = lengths.index(min(lengths))
            view = self.sections[section.code] = SectionView(self.desk, section)
            columns[shortest].addWidget(view)
            lengths[shortest] += len(section.rows) + 2
        for made in columns:
            made.addStretch(1)
            beside.addLayout(made, 1)
        outer.addLayout(beside)
        if empty:
            outer.addWidget(label(_words(empty), "quiet", wrap=True))
        outer.addStretch(1)
        return inside

    def _fail(self, error: RegistryError) -> None:
        """The role was taken away meanwhile, or the registry cannot be read."""
        icon = "lock" if isinstance(error, NotAllowed) else "error"
        title = _("Nothing to see with this account") if icon == "lock" else _("Today cannot be shown")
        self.state.show_state(icon, title, str(error), [("refresh", _("Try again"), self._ask)])
        self._stack.setCurrentWidget(self.state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        if self._found and self._wide != (self.width() >= _NARROW):
            self._show(tuple(self._found))


class SectionView(QFrame):
    """One matter: its count, its most urgent records, the way to all of them.

    Attributes:
        table: the records; Enter opens one.
        all: the button that shows the whole list, if there is one.
    """

    def __init__(self, desk: Desk, section: TodaySection) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self._desk, self._section = desk, section
        title = _(section.title)
        layout = column(self, margin=12, spacing=8)
        head = row(spacing=8)
        picture = label()
        icons.dress(picture, section.icon, "accent_text", 20)
        heading = label(title, "heading", wrap=True)
        count = label(number(section.count), "badge")
        count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head.addWidget(picture)
        head.addWidget(heading, 1)
        head.addWidget(count)
        self.all = button(_("Show all"), self.show_all, "link")
        self.all.setAccessibleName(_("{field}: {value}", field=title, value=_("Show all")))
        if not (
            section.query or any(found.id for found in section.rows)
        ):  # what is shown before it has its place is a window of its own
            self.all.hide()
        head.addWidget(self.all)
        layout.addLayout(head)
        self.setAccessibleName(_("{outcome}: {count}", outcome=title, count=number(section.count)))
        self.table: Rows[TodayRow] = Rows(title, _columns(), self)
        self._fill(section.rows)
        layout.addWidget(self.table)

    def _fill(self, rows: Sequence[TodayRow]) -> None:
        table = self.table
        table.horizontalHeader().hide()
        table.setProperty("role", "plain")
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setMinimumHeight(0)
        table.setFixedHeight(max(len(rows), 1) * _LINE + 2)
        table.show_things(rows)
        table.clicked.connect(self._open)
        table.activated.connect(self._open)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in this section."""
        return self.table.hasFocus() or self.all.hasFocus()

    def take_keyboard(self) -> None:
        """Begin at the most urgent record."""
        self.table.choose(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_all(self) -> None:
        """The list with the query that finds them all, or the place where they are dealt with."""
        section = self._section
        if section.query:
            self._desk.go(section.kind, ("query", section.query))
        else:
            self._desk.go(section.place, (section.code, 0))

    def _open(self, index: QModelIndex) -> None:
        section, record_id = self._section, self._section.rows[index.row()].id
        if not section.place:
            self._desk.go(section.kind, ("open", record_id))
        else:
            self._desk.go(section.place, (section.code, record_id) if record_id else section.code)


def _columns() -> list[Column[TodayRow]]:
    return [
        Column(_("Name"), lambda found: found.name),
        Column(_("When"), lambda found: found.words, role=lambda _found: "quiet", width=210, number=True),
    ]


def _words(sections: Sequence[TodaySection]) -> str:
    return " ".join(section.empty for section in sections)
