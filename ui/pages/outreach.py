"""Outreach: the campaigns that were printed, and new letters."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from registry import vocabularies
from registry.changes import Changes
from registry.errors import RegistryError
from registry.formats import day, number
from registry.i18n import _, ngettext
from registry.outreach.campaigns import CampaignView
from registry.queries import ListCampaigns
from ui.desk import Desk
from ui.letters.draft import Draft, counted_reasons, reason_words, title_of
from ui.letters.flow import LettersFlow
from ui.page import Page
from ui.places import Selection
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows


class OutreachPage(Page):
    """The list of campaigns; letters are written in its place."""

    kinds = frozenset({"campaigns", "people"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._stack = QStackedWidget()
        column(self, spacing=0).addWidget(self._stack)
        self._flow: LettersFlow | None = None
        self._arriving = False
        self._stack.addWidget(self._list())

    def _list(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, margin=16, spacing=12)
        head = row(spacing=12)
        head.addWidget(label(_("Outreach"), "title"))
        head.addStretch(1)
        self._write = button(_("Write letters"), self.write_letters, "primary", "mail")
        head.addWidget(self._write)
        layout.addLayout(head)
        self._inside = QStackedWidget()
        self.campaigns: Rows[CampaignView] = Rows(_("Campaigns"), _columns())
        self._state = EmptyState()
        self._inside.addWidget(self._state)
        self._inside.addWidget(self.campaigns)
        layout.addWidget(self._inside, 1)
        self._state.show_state("hourglass_empty", _("Campaigns"), _("Loading…"))
        return holder

    @property
    def flow(self) -> LettersFlow | None:
        """The letters that are being written."""
        return self._flow

    def arrive(self, intent: object = "") -> None:
        """Show the campaigns; a `Selection` begins letters to it."""
        self._arriving = True
        if isinstance(intent, Selection):
            self._begin(Draft(query=intent.query, ids=intent.ids))
        self._ask()

    def refresh(self, changes: Changes) -> None:
        """Campaigns changed."""
        if changes.touch("campaigns"):
            self._ask()

    def write_letters(self) -> None:
        """Begin letters to everybody; the officer narrows the selection."""
        self._begin(Draft())

    def start_new(self) -> None:
        """Ctrl+N: new letters."""
        if self._flow is None:
            self.write_letters()

    def _begin(self, draft: Draft) -> None:
        self._end()
        self._flow = LettersFlow(self.desk, draft)
        self._flow.closed.connect(self._end)
        self._stack.addWidget(self._flow)
        self._stack.setCurrentWidget(self._flow)
        self._flow.begin()

    def _end(self) -> None:
        if self._flow is None:
            return
        flow, self._flow = self._flow, None
        self._stack.removeWidget(flow)
        flow.deleteLater()
        self._write.setFocus()

    def _ask(self) -> None:
        self.desk.read(ListCampaigns(), self._show, self._fail, key="campaigns")

    def _show(self, campaigns: tuple[CampaignView, ...]) -> None:
        self.campaigns.show_things(campaigns)
        self._inside.setCurrentWidget(self.campaigns if campaigns else self._state)
        self._write.setVisible(bool(campaigns))
        if not campaigns:
            text = _("Letters go to people who agreed to them. What was printed is remembered here, for whom and when.")
            self._state.show_state(
                "mail", _("No letters yet"), text, [("mail", _("Write letters"), self.write_letters)]
            )
        if self._arriving and self._flow is None:
            (self.campaigns if campaigns else self._state).setFocus()
        self._arriving = False
        count = ngettext("{count} campaign", "{count} campaigns", len(campaigns))
        self.status_changed.emit(count if campaigns else "")

    def _fail(self, error: RegistryError) -> None:
        self._inside.setCurrentWidget(self._state)
        self._state.show_state(
            "error", _("The campaigns cannot be shown"), str(error), [("refresh", _("Try again"), self._ask)]
        )


def letters_to(desk: Desk, selection: Selection) -> None:
    """Begin letters to the records that a list shows or that are marked in it."""
    desk.go("outreach", selection)


def _columns() -> list[Column[CampaignView]]:
    return [
        Column(_("Campaign"), lambda c: c.code, lambda c: "mail", width=140),
        Column(_("Letter"), lambda c: title_of(c.template)),
        Column(_("Purpose"), lambda c: vocabularies.get("consent_purpose").label(c.purpose), width=190),
        Column(_("Printed on"), lambda c: day(date.fromisoformat(c.prepared_on)), width=110),
        Column(
            _("Letters"), lambda c: number(sum(c.states.values()) - c.states.get("excluded", 0)), width=80, number=True
        ),
        Column(_("Left out"), lambda c: number(c.states.get("excluded", 0)), width=80, number=True),
        Column(_("Reasons"), _reasons),
    ]


def _reasons(campaign: CampaignView) -> str:
    return " · ".join(
        _("{outcome}: {count}", outcome=reason_words(code), count=number(n))
        for code, n in counted_reasons(campaign.reasons)
    )
