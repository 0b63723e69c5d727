"""Concerns of members by theme and country, answered or not, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QWidget

from registry import dates
from registry.engagement.concerns import Concern, Concerns
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number
from registry.i18n import _, ngettext
from registry.queries import ListConcerns
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label, row
from ui.widgets.rows import Column, Rows


@dataclass(frozen=True)
class _Theme:
    """A line of the table: a theme, or all of them."""

    code: str
    label: str
    count: int
    waiting: int


class ConcernsView(Tab):
    """Themes beside the concerns of the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Concerns | None = None
        self.answered, self.country = QComboBox(), QComboBox()
        for words, code in ((_("Waiting for an answer"), "no"), (_("Answered"), "yes"), (_("All"), "")):
            self.answered.addItem(words, code)
        self.country.addItem(_("Everywhere"), "")
        self.themes: Rows[_Theme] = Rows(_("Themes"), _theme_columns())
        self.concerns: Rows[Concern] = Rows(_("Concerns"), _concern_columns())
        self._theme = ""
        self._build()
        self._state.show_state("hourglass_empty", _("One moment…"), _("The concerns are being read."))
        self.setFocusProxy(self.themes)

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=12)
        head.addWidget(Labelled(_("Which concerns"), self.answered))
        head.addWidget(Labelled(_("Country of residence"), self.country))
        self.count = label(role="quiet", wrap=True)
        head.addWidget(self.count, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(head)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.themes)
        split.addWidget(self.concerns)
        split.setSizes([440, 680])
        self._state, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(split)
        layout.addWidget(self._stack, 1)
        layout.addWidget(label(_("Enter or a double click opens the card of a concern."), "small"))
        self.answered.activated.connect(lambda _place: self.arrive())
        self.country.activated.connect(lambda _place: self.arrive())
        self.themes.clicked.connect(lambda _index: self.narrow())
        self.themes.activated.connect(lambda _index: self.narrow())
        self.concerns.activated.connect(lambda _index: self._open())

    def arrive(self) -> None:
        """Read the concerns that are chosen."""
        query = ListConcerns(str(self.answered.currentData()), self._theme, str(self.country.currentData()))
        self.desk.read(query, self._show, self._fail, key="concerns")

    def narrow(self) -> None:
        """Only the theme of the chosen line."""
        chosen = self.themes.current
        if chosen is not None and chosen.code != self._theme:
            self._theme = chosen.code
            self.arrive()

    def _show(self, found: Concerns) -> None:
        self.found = found
        if not found.total:
            self._stack.setCurrentIndex(0)
            words = _("A concern is written down on a card, as an activity with its theme.")
            self._state.show_state("contact_mail", _("No concerns yet"), words)
            return
        self._stack.setCurrentIndex(1)
        self._offer_countries(found)
        lines = [_Theme("", _("All themes"), *self._counted(found, ""))]
        lines += [
            _Theme(code, words, *self._counted(found, code)) for code, (words, *_rest) in found.themes.items() if code
        ]
        shown = [line for line in lines if line.count]
        self.themes.show_things(shown)
        self.themes.choose(next((place for place, line in enumerate(shown) if line.code == self._theme), 0))
        self.concerns.show_things(found.listed)
        said = ngettext("{count} concern", "{count} concerns", found.count)
        if len(found.listed) < found.count:
            said = _("{said}; the {shown} oldest are shown.", said=said, shown=number(len(found.listed)))
        self.count.setText(said)

    def _counted(self, found: Concerns, theme: str) -> tuple[int, int]:
        """How many concerns a line has, and how many of them wait, in the chosen country."""
        country = str(self.country.currentData())
        if country:
            if not theme:
                _words, count, waiting = found.countries.get(country, ("", 0, 0))
                return count, waiting
            return found.cells.get((theme, country), (0, 0))
        if not theme:
            return found.total, found.waiting
        _words, count, waiting = found.themes[theme]
        return count, waiting

    def _offer_countries(self, found: Concerns) -> None:
        chosen = str(self.country.currentData())
        self.country.clear()
        self.country.addItem(_("Everywhere"), "")
        for code, (words, count, _waiting) in found.countries.items():
            if code:
                self.country.addItem(_("{label} ({count})", label=words, count=number(count)), code)
        self.country.setCurrentIndex(max(self.country.findData(chosen), 0))

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentIndex(0)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The concerns cannot be read"), str(error), again)

    def _open(self) -> None:
        if self.concerns.current is not None:
            self.desk.go(PEOPLE, ("open", self.concerns.current.record))


def _theme_columns() -> list[Column[_Theme]]:
    return [
        Column(_("Theme"), lambda t: t.label),
        Column(_("Concerns"), lambda t: number(t.count), width=130, number=True),
        Column(_("Waiting"), lambda t: number(t.waiting), width=100, number=True),
    ]


def _concern_columns() -> list[Column[Concern]]:
    return [
        Column(_("Date"), lambda c: dates.show(c.date) if c.date else "", width=110),
        Column(_("Name"), lambda c: c.name),
        Column(_("Theme"), lambda c: c.theme, width=170),
        Column(_("Place"), lambda c: c.place, width=120),
        Column(_("Answered on"), lambda c: dates.show(c.answered_on) if c.answered_on else "", width=150),
    ]
