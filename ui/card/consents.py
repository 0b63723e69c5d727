"""Consents as a matrix: what for down, by which channel across."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from registry import dates, vocabularies
from registry.consents import Consent
from registry.fields import Field
from registry.i18n import _
from ui import icons
from ui.card.listing import joined
from ui.widgets.labels import column, icon_button, label

#: Icon and colour of each state; "" = nobody has asked yet.
_STATES: dict[str, tuple[str, str]] = {
    "": ("horizontal_rule", "edge"),
    "given": ("check", "success"),
    "refused": ("close", "danger"),
}
CHANNEL_ICONS = {"letter": "mail", "email": "alternate_email", "sms": "sms", "phone": "call", "event": "event"}


class ConsentCell(QToolButton):
    """One consent; Space or a click goes from not asked to given to refused.

    Signals:
        edited: the state changed.
    """

    edited = Signal()

    def __init__(self, field: Field, status: str, *, editable: bool) -> None:
        super().__init__()
        self.field, self.initial, self.status = field, status, status
        self.setFixedSize(QSize(36, 28))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEnabled(editable)
        self.clicked.connect(self._turn)
        self._draw()

    def _turn(self) -> None:
        states = list(_STATES)
        self.set_status(states[(states.index(self.status) + 1) % len(states)])
        self.edited.emit()

    def set_status(self, status: str) -> None:
        """Show a state."""
        self.status = status if status in _STATES else ""
        self._draw()

    def _draw(self) -> None:
        icon, role = _STATES[self.status]
        icons.dress(self, icon, role)
        words = status_words(self.status)
        said = _("{field}: {value}", field=self.field.title, value=words)
        self.setAccessibleName(said)
        self.setToolTip(said)


class ConsentMatrix(QWidget):
    """All consents of one person.

    Signals:
        edited: one of them changed.
        details_asked: all about one purpose is wanted.
    """

    edited = Signal()
    details_asked = Signal(str)

    def __init__(self, described: tuple[Field, ...], values: Mapping[str, str], *, editable: bool) -> None:
        super().__init__()
        self.cells: list[ConsentCell] = []
        outer = column(self, spacing=4)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        outer.addLayout(grid)
        keys = [f.key for f in described if f.key is not None]
        purposes = list(dict.fromkeys(purpose for purpose, _channel in keys))
        channels = list(dict.fromkeys(channel for _purpose, channel in keys))
        for place, channel in enumerate(channels, 1):
            grid.addWidget(_channel_head(channel), 0, place, Qt.AlignmentFlag.AlignCenter)
        for line, purpose in enumerate(purposes, 1):
            words = label(vocabularies.get("consent_purpose").label(purpose), wrap=True)
            grid.addWidget(words, line, 0)
            if editable:
                name = _("Details: {field}", field=words.text())
                more = icon_button("more_vert", name, partial(self.details_asked.emit, purpose))
                more.setFixedHeight(32)
                grid.addWidget(more, line, len(channels) + 1)
        for field in described:
            if field.key is not None:
                cell = ConsentCell(field, values.get(field.name, ""), editable=editable)
                cell.edited.connect(self.edited)
                self.cells.append(cell)
                grid.addWidget(cell, purposes.index(field.key[0]) + 1, channels.index(field.key[1]) + 1)
        outer.addWidget(label(_("✓ given   ✕ refused   – not asked"), "small"))

    def stops(self) -> list[QWidget]:
        """What the keyboard can reach, in the order in which it stands."""
        return list(self.cells)

    def retype(self, typed: Mapping[str, str]) -> None:
        """Show again what was chosen before."""
        for cell in self.cells:
            if cell.field.name in typed:
                cell.set_status(typed[cell.field.name])

    def changes(self) -> dict[str, str]:
        """Canonical name -> status of what changed; "" = not asked."""
        return {cell.field.name: cell.status for cell in self.cells if cell.status != cell.initial}


def proof(answer: Consent) -> str:
    """What is known of an answer: given 3 Mar 2025 · Signed · until 2030."""
    status, day = status_words(answer.status), answer.decided_on and dates.show(answer.decided_on)
    if answer.withdrawn_on:
        status = _("Withdrawn on {date}", date=dates.show(answer.withdrawn_on))
        day = _("given {date}", date=day) if day else ""
    elif day:
        status, day = _("{status} {date}", status=status, date=day), ""
    until = answer.expires and dates.show(answer.expires)
    if until:
        until = _("ran out, {date}", date=until) if answer.ran_out else _("until {date}", date=until)
    how = vocabularies.get("consent_method").label(answer.how) if answer.how else ""
    return joined(status, day, how, until)


def status_words(status: str) -> str:
    """A state in words."""
    return vocabularies.get("consent_status").label(status) if status else _("Not asked")


def _channel_head(channel: str) -> QWidget:
    head = label()
    words = vocabularies.get("consent_channel").label(channel)
    icons.dress(head, CHANNEL_ICONS.get(channel, "sms"), "quiet")
    head.setToolTip(words)
    head.setAccessibleName(words)
    return head
