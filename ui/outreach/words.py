"""How campaigns and what became of letters are told."""

from __future__ import annotations

from datetime import date

from registry.formats import day, number
from registry.i18n import N_, _
from registry.outreach.campaigns import CampaignPerson, CampaignView
from registry.outreach.reasons import POSTED, REASONS, RETURNS
from ui.letters.draft import title_of

#: State -> words, icon and colour; of what is posted, and of what is sent otherwise.
STATES = {
    "prepared": (N_("Prepared"), N_("Prepared"), "schedule", "quiet"),
    "printed": (N_("Printed"), N_("Written to a file"), "print", "accent_text"),
    "posted": (N_("Posted"), N_("Sent"), "send", "accent_text"),
    "delivered": (N_("Delivered"), N_("Delivered"), "check", "success"),
    "returned": (N_("Came back"), N_("Not delivered"), "undo", "warning"),
    "answered": (N_("Answered"), N_("Answered"), "check_circle", "success"),
    "excluded": (N_("Left out"), N_("Left out"), "block", "warning"),
}
CHANNEL_ICONS = {"letter": "mail", "email": "alternate_email", "sms": "sms", "phone": "call", "event": "event"}
_UNDELIVERED = N_("Not delivered")


def state_words(state: str, channel: str) -> str:
    """What a state is called where letters are posted, or messages sent."""
    posted, sent, _icon, _role = STATES[state]
    return _(posted if channel in POSTED else sent)


def reason_of(person: CampaignPerson) -> str:
    """Why somebody was left out, or why it came back."""
    if person.state == "returned":
        return _(RETURNS.get(person.reason, _UNDELIVERED))
    return _(REASONS[person.reason]) if person.reason in REASONS else person.reason


def name_of(campaign: CampaignView) -> str:
    """What the officer calls it, else its letter, else how it is sent."""
    if campaign.title:
        return campaign.title
    return title_of(campaign.template) if campaign.template else _("Messages")


def day_words(on: str) -> str:
    """A day in the reader's order; "" where there is none."""
    return day(date.fromisoformat(on)) if on else ""


def states_of(campaign: CampaignView) -> str:
    """How far a campaign is, in one line."""
    return " · ".join(
        _("{outcome}: {count}", outcome=state_words(state, campaign.channel), count=number(count))
        for state, count in campaign.states.items()
        if state != "excluded"
    )
