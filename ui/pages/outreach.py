"""Outreach: campaigns and new letters, templates, what came back; a part each."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from registry.changes import Changes
from registry.fields import ASSOCIATIONS
from registry.i18n import _
from registry.outreach.campaigns import CampaignView
from ui import icons
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.letters.draft import Draft
from ui.letters.flow import LettersFlow
from ui.outreach.campaign_panel import CampaignPanel
from ui.outreach.campaigns_tab import CampaignsTab
from ui.outreach.consent_tab import ConsentTab
from ui.outreach.message_dialog import MessageDialog
from ui.outreach.returned_tab import ReturnedTab
from ui.page import Page
from ui.places import Selection
from ui.templates.tab import TemplatesTab
from ui.widgets.labels import column, label
from ui.widgets.rows import Rows

#: Who is asked again whether they agree, and with which letter.
ENDING, RENEWAL = "consent.expires<+60d", "consent-request"
#: The letter with which one to associations begins.
FOR_ASSOCIATIONS = "association-forum"


class OutreachPage(Page):
    """The parts; letters are written, and a campaign is shown, in their place.

    Attributes:
        tabs: code -> part.
    """

    kinds = frozenset({"campaigns", "consent_texts", "people", "templates"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._stack = QStackedWidget()
        column(self, spacing=0).addWidget(self._stack)
        self._flow: LettersFlow | None = None
        self._panel: CampaignPanel | None = None
        self._overview = CampaignsTab(desk)
        self.templates = TemplatesTab(desk)
        self.returned = ReturnedTab(desk)
        self.consent = ConsentTab(desk)
        self.tabs: dict[str, Tab] = {
            "campaigns": self._overview,
            "templates": self.templates,
            "returned": self.returned,
            "consent": self.consent,
        }
        self._stack.addWidget(self._parts())
        self._overview.letters_asked.connect(self.write_letters)
        self._overview.messages_asked.connect(self.write_messages)
        self._overview.opened.connect(self.show_campaign)
        self._overview.counted.connect(self.status_changed)
        self.consent.renewal_asked.connect(lambda: self._begin(Draft(query=ENDING, template=RENEWAL)))

    def _parts(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, margin=16, spacing=8)
        title = label(_("Outreach"), "title")
        layout.addWidget(title)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_("Outreach"))
        # A part is one line here and one in `tabs`.
        self._tabs.addTab(self._overview, icons.icon("campaign", "quiet"), _("Campaigns"))
        self._tabs.addTab(self.templates, icons.icon("description", "quiet"), _("Templates"))
        self._tabs.addTab(self.returned, icons.icon("undo", "quiet"), _("Returned mail"))
        self._tabs.addTab(self.consent, icons.icon("fact_check", "quiet"), _("Consent"))
        # Whoever writes a template needs the room.
        self.templates.working.connect(title.setHidden)
        self.templates.working.connect(self._tabs.tabBar().setHidden)
        self._tabs.currentChanged.connect(lambda _place: self._current().arrive())
        layout.addWidget(self._tabs, 1)
        return holder

    def _current(self) -> Tab:
        return list(self.tabs.values())[self._tabs.currentIndex()]

    @property
    def flow(self) -> LettersFlow | None:
        """The letters that are being written."""
        return self._flow

    @property
    def panel(self) -> CampaignPanel | None:
        """The campaign that is shown."""
        return self._panel

    @property
    def campaigns(self) -> Rows[CampaignView]:
        """The list of campaigns."""
        return self._overview.campaigns

    def arrive(self, intent: object = "") -> None:
        """Show a part by its code; a `Selection` begins letters to it, a `Draft` those that it describes."""
        if isinstance(intent, Draft):
            self._begin(intent)
        elif isinstance(intent, Selection):
            draft = Draft(query=intent.query, ids=intent.ids)
            if intent.kind == ASSOCIATIONS:
                draft.per, draft.template = "association", FOR_ASSOCIATIONS
            self._begin(draft)
        elif isinstance(intent, str) and intent in self.tabs:
            self._end()
            self._tabs.setCurrentWidget(self.tabs[intent])
        self._current().arrive()
        if self._flow is None and self._panel is None:
            self._current().setFocus()

    def refresh(self, changes: Changes) -> None:
        """Campaigns changed."""
        self._current().refresh(changes)
        if self._panel is not None:
            self._panel.refresh(changes)

    def may_leave(self) -> bool:
        """A template that was changed stays open."""
        return self.templates.may_leave()

    def write_letters(self) -> None:
        """Begin letters to everybody; the officer narrows the selection."""
        self._begin(Draft())

    def write_messages(self) -> None:
        """Ask for messages, or for a list of people to call."""
        dialog = MessageDialog(self.desk, self)
        dialog.prepared.connect(self.show_campaign)
        dialog.open()

    def show_campaign(self, code: str) -> None:
        """Show one campaign."""
        self._end()
        self._panel = CampaignPanel(self.desk, code)
        self._panel.closed.connect(self._end)
        self._panel.opened.connect(self.show_campaign)
        self._put(self._panel)

    def start_new(self) -> None:
        """Ctrl+N: new letters."""
        if self._flow is None:
            self.write_letters()

    def _begin(self, draft: Draft) -> None:
        self._end()
        self._flow = LettersFlow(self.desk, draft)
        self._flow.closed.connect(self._end)
        self._flow.opened.connect(self.show_campaign)
        self._put(self._flow)
        self._flow.begin()

    def _put(self, shown: QWidget) -> None:
        self._stack.addWidget(shown)
        self._stack.setCurrentWidget(shown)

    def _end(self) -> None:
        """Back to the parts."""
        for shown in (self._flow, self._panel):
            if shown is not None:
                self._stack.removeWidget(shown)
                shown.deleteLater()
        self._flow = self._panel = None
        self._current().arrive()
        self._current().setFocus()


def letters_to(desk: Desk, selection: Selection) -> None:
    """Begin letters to the records that a list shows or that are marked in it."""
    desk.go("outreach", selection)
