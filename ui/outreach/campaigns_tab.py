"""The campaigns, newest first; one of them is opened from here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from registry import vocabularies
from registry.changes import Changes
from registry.errors import RegistryError
from registry.formats import number
from registry.i18n import _, ngettext
from registry.outreach.campaigns import CampaignView
from registry.queries import ListCampaigns
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.outreach.words import CHANNEL_ICONS, day_words, name_of, states_of
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows


class CampaignsTab(Tab):
    """The list.

    Signals:
        letters_asked, messages_asked: the officer begins letters, or messages.
        opened: code of the campaign that was opened.
        counted: a word for the status line.
    """

    letters_asked = Signal()
    messages_asked = Signal()
    opened = Signal(str)
    counted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=8)
        self.write = button(_("Write letters"), self.letters_asked.emit, "primary", "mail")
        self.message = button(_("Messages or a list to call…"), self.messages_asked.emit, icon="sms")
        self.open = button(_("Open the campaign"), self._open, icon="open_in_new")
        for each in (self.write, self.message, self.open):
            head.addWidget(each)
        head.addStretch(1)
        layout.addLayout(head)
        self._inside = QStackedWidget()
        self.campaigns: Rows[CampaignView] = Rows(_("Campaigns"), _columns())
        self.campaigns.chosen.connect(lambda: self.open.setEnabled(self.campaigns.current is not None))
        self.campaigns.activated.connect(lambda _index: self._open())
        self._state = EmptyState()
        self._inside.addWidget(self._state)
        self._inside.addWidget(self.campaigns)
        layout.addWidget(self._inside, 1)
        self._state.show_state("hourglass_empty", _("Campaigns"), _("Loading…"))
        self.setFocusProxy(self.campaigns)

    def arrive(self) -> None:
        """Read the list."""
        self.desk.read(ListCampaigns(), self._show, self._fail, key="campaigns")

    def refresh(self, changes: Changes) -> None:
        """Campaigns changed."""
        if changes.touch("campaigns"):
            self.arrive()

    def _open(self) -> None:
        if self.campaigns.current is not None:
            self.opened.emit(self.campaigns.current.code)

    def _show(self, campaigns: tuple[CampaignView, ...]) -> None:
        self.campaigns.show_things(campaigns)
        self._inside.setCurrentWidget(self.campaigns if campaigns else self._state)
        for each in (self.write, self.message, self.open):
            each.setVisible(bool(campaigns))
        if not campaigns:
            text = _("Letters go to people who agreed to them. What was printed is remembered here, for whom and when.")
            choices = [
                ("mail", _("Write letters"), self.letters_asked.emit),
                ("sms", _("Messages or a list to call…"), self.messages_asked.emit),
            ]
            self._state.show_state("mail", _("No letters yet"), text, choices)
        count = ngettext("{count} campaign", "{count} campaigns", len(campaigns))
        self.counted.emit(count if campaigns else "")

    def _fail(self, error: RegistryError) -> None:
        self._inside.setCurrentWidget(self._state)
        self._state.show_state(
            "error", _("The campaigns cannot be shown"), str(error), [("refresh", _("Try again"), self.arrive)]
        )


def _columns() -> list[Column[CampaignView]]:
    return [
        Column(_("Campaign"), lambda c: c.code, lambda c: CHANNEL_ICONS.get(c.channel, "mail"), width=130),
        Column(_("Name"), name_of),
        Column(_("Purpose"), lambda c: vocabularies.get("consent_purpose").label(c.purpose), width=190),
        Column(_("Prepared on"), lambda c: day_words(c.prepared_on), width=110),
        Column(_("Recipients"), lambda c: number(c.recipients), width=90, number=True),
        Column(_("State"), states_of),
        Column(_("Left out"), lambda c: number(c.states.get("excluded", 0)), width=80, number=True),
    ]
