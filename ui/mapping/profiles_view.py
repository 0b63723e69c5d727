"""Segments, and of the chosen one what distinguishes its people from everybody else, with their associations."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from registry.engagement.profiles import Body, Distinguishing, Profile
from registry.errors import RegistryError
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.formats import number, share, tenths
from registry.i18n import _, ngettext
from registry.queries import ProfileSegments
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows


class ProfilesView(Tab):
    """The table of groups, and two tables about the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.query = QLineEdit()
        self.query.setPlaceholderText(_("Another group: a search such as occupation:22 country:FRA"))
        self.query.setAccessibleName(_("Another group"))
        self.query.returnPressed.connect(self.arrive)
        self.groups: Rows[Profile] = Rows(_("Segments"), _group_columns())
        self.values: Rows[Distinguishing] = Rows(_("What distinguishes them"), _value_columns())
        self.bodies: Rows[Body] = Rows(_("Their associations"), _body_columns())
        self._build()
        self._state.show_state("hourglass_empty", _("One moment…"), _("The segments are being compared."))
        self.setFocusProxy(self.groups)

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=8)
        head.addWidget(self.query, 1)
        head.addWidget(button(_("Describe"), self.arrive, icon="search"))
        layout.addLayout(head)
        self._note = label(role="quiet", wrap=True)
        layout.addWidget(self._note)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.groups)
        beside = QSplitter(Qt.Orientation.Vertical)
        beside.addWidget(self.values)
        beside.addWidget(self.bodies)
        beside.setSizes([360, 160])
        split.addWidget(beside)
        split.setSizes([360, 760])
        self._state, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(split)
        layout.addWidget(self._stack, 1)
        words = _(
            "Shares among those of whom the field is known. Only differences of five points or more that are no chance "
            "(three standard errors of the odds ratio's logarithm). Enter or a double click opens the people."
        )
        layout.addWidget(label(words, "small", wrap=True))
        self.groups.chosen.connect(self._turn)
        self.groups.activated.connect(lambda _index: self._open(self.groups.current))
        self.values.activated.connect(lambda _index: self._open(self.values.current))
        self.bodies.activated.connect(lambda _index: self._open_body())

    def arrive(self) -> None:
        """Describe every segment, or the group that was typed."""
        self.desk.read(ProfileSegments(self.query.text().strip()), self._show, self._fail, key="profiles")

    def _show(self, found: tuple[Profile, ...]) -> None:
        self._stack.setCurrentIndex(1)
        self.groups.show_things(found)
        self.groups.choose(0)

    def _turn(self) -> None:
        """The group that is chosen."""
        chosen = self.groups.current
        self.values.show_things(chosen.values if chosen is not None else ())
        self.bodies.show_things(chosen.bodies if chosen is not None else ())
        if chosen is None:
            self._note.setText("")
        elif chosen.problem:
            self._note.setText(chosen.problem)
        elif not chosen.values:
            self._note.setText(_("Nothing that is known distinguishes these people from everybody else."))
        else:
            others = number(chosen.others)
            words = ngettext(
                "{count} person beside {others} others.",
                "{count} people beside {others} others.",
                chosen.total,
                others=others,
            )
            self._note.setText(words)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentIndex(0)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The segments cannot be described"), str(error), again)

    def _open(self, thing: Profile | Distinguishing | None) -> None:
        if thing is not None and not (isinstance(thing, Profile) and thing.problem):
            self.desk.go(PEOPLE, ("query", thing.query))

    def _open_body(self) -> None:
        if self.bodies.current is not None:
            self.desk.go(ASSOCIATIONS, ("open", self.bodies.current.id))


def _group_columns() -> list[Column[Profile]]:
    return [
        Column(_("Segment"), lambda p: p.name or _("The group asked for")),
        Column(_("People"), lambda p: number(p.total) if not p.problem else "–", width=96, number=True),
    ]


def _value_columns() -> list[Column[Distinguishing]]:
    return [
        Column(_("Field"), lambda v: v.field, width=180),
        Column(_("Value"), lambda v: v.label),
        Column(_("People"), lambda v: number(v.count), width=80, number=True),
        Column(_("Here"), lambda v: share(v.inside), width=90, number=True),
        Column(_("Elsewhere"), lambda v: share(v.outside), width=100, number=True),
        Column(_("Difference"), _difference, role=_role, width=110, number=True),
    ]


def _difference(value: Distinguishing) -> str:
    sign = "+" if value.difference > 0 else "−"
    return sign + tenths(abs(round(value.difference * 1000)))


def _role(value: Distinguishing) -> str:
    return "success" if value.difference > 0 else "warning"


def _body_columns() -> list[Column[Body]]:
    return [
        Column(_("Their associations"), lambda b: b.name),
        Column(_("Members"), lambda b: number(b.count), width=110, number=True),
    ]
