"""What was printed goes to the post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.models import campaign, campaign_recipient
from db.records import among
from registry import possible
from registry.commands import MarkPosted
from registry.context import Context
from registry.errors import Invalid
from registry.i18n import N_
from registry.outreach.preparing import campaign_of

NOTHING_PRINTED = N_("No letter of this campaign waits to be posted. Print them first.")


def mark_posted(context: Context, command: MarkPosted) -> int:
    """Everything of a campaign that was printed and not posted went out on that day."""
    row = campaign_of(context, command.campaign)
    day = day_of(command.on)
    here = (campaign_recipient.c.campaign_id == row["id"]) & (campaign_recipient.c.state == "printed")
    ids = context.connection.execute(select(campaign_recipient.c.id).where(here)).scalars().all()
    if not ids:
        raise Invalid(NOTHING_PRINTED, field="campaign")
    context.note["campaign"] = row["code"]
    for recipient_id in ids:
        set_state(context, recipient_id, state="posted", posted_on=day)
    return len(ids)


def day_of(text: str) -> str:
    """The day that was typed, today if none was; raises `Invalid` for none, and for one to come."""
    return possible.day(text or date.today().isoformat(), "on")


def set_state(context: Context, recipient_id: int, **values: object) -> bool:
    """Write what became of a letter, and let pages that show campaigns know."""
    context.transaction.touched_tables.add("campaign")
    return context.transaction.update(campaign_recipient, recipient_id, values)


def recipients(context: Context, ids: Sequence[int]) -> dict[int, Any]:
    """The rows of these recipients, by id."""
    chosen = select(campaign_recipient).where(among(campaign_recipient.c.id, ids))
    return {row.id: row for row in context.connection.execute(chosen)}


def without_campaign(connection: Connection) -> bool:
    """Whether something was sent in a campaign that is not there: undoing its preparation would leave it so."""
    sent = campaign_recipient.c.campaign_id
    chosen = select(sent).where(sent.not_in(select(campaign.c.id))).limit(1)
    return connection.execute(chosen).first() is not None
