"""E-mails of a campaign over a mail server, a few at a time: what was sent is kept, and the next time goes on there."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from db.models import campaign_recipient
from registry.commands import SendMessages
from registry.context import Context
from registry.errors import Invalid, StorageTrouble
from registry.i18n import N_, _
from registry.outreach.mail import as_mail
from registry.outreach.messages import Message, any_row, messages_of
from registry.outreach.printing import Due, due, keep_late
from registry.outreach.reasons import EMAIL
from registry.outreach.sorting import only
from registry.settings import SECURITIES, number

SERVER, PORT, SECURITY, USER, PASSWORD, RATE = (
    *("smtp_server", "smtp_port", "smtp_security", "smtp_user", "smtp_password", "smtp_rate"),
)
NOT_EMAIL = N_("This campaign does not go by e-mail.")
NO_SERVER = N_("Set the mail server under Administration, Settings, or write the messages to a file.")
NO_ANSWER = N_("The mail server does not answer as it should: {words}. Nothing more was sent; try again later.")
_PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Sent:
    """What one operation sent.

    Attributes:
        failed: how many the server did not take; their address is kept as one that does not work.
        left: how many wait to be sent.
    """

    campaign: str
    sent: int
    failed: int
    left: int


def send_messages(context: Context, command: SendMessages) -> Sent:
    """Send the next few; a server that breaks off in between ends it, and what was sent until then is kept."""
    waiting = due(context, command.campaign)
    if waiting.row["channel"] != EMAIL:
        raise Invalid(NOT_EMAIL, field="campaign")
    if not context.settings.get(SERVER):
        raise Invalid(NO_SERVER, field=SERVER)
    context.note["campaign"] = waiting.row["code"]
    total = len(waiting.found.ids)
    if not _begun(context, waiting):  # what goes on was confirmed when it began
        context.require_confirmation(total, command.reason)
    now = replace(waiting, found=only(waiting.found, slice(0, max(command.most, 1))))
    first = context.transaction.reserve("id.campaign_recipient", len(now.found.ids) + len(now.late))
    messages = list(messages_of(context, now, first))
    sent, failed = _deliver(context, now, messages)
    keep_late(context, now, first + len(messages))
    return Sent(str(waiting.row["code"]), sent, failed, total - sent - failed)


def _begun(context: Context, waiting: Due) -> bool:
    """Whether messages of this campaign were sent before."""
    sent = (campaign_recipient.c.campaign_id == waiting.row["id"]) & campaign_recipient.c.posted_on.is_not(None)
    return context.connection.execute(select(campaign_recipient.c.id).where(sent).limit(1)).first() is not None


def _deliver(context: Context, waiting: Due, messages: list[Message]) -> tuple[int, int]:
    campaign_id, today = int(waiting.row["id"]), date.today().isoformat()
    pause = 60 / number(context.settings, RATE)
    sent = failed = 0
    with _server(context.settings) as deliver:
        for place, message in enumerate(messages):
            context.progress.step(place, len(messages), _("Sending messages"))
            if place:
                time.sleep(pause)
            row = any_row(message, campaign_id, reason=None, printed_on=today, posted_on=today)
            try:
                deliver(message)
            except (smtplib.SMTPRecipientsRefused, Invalid):
                failed += 1
                row |= {"state": "returned", "reason": "undelivered", "closed_on": today}
            except (OSError, smtplib.SMTPException) as trouble:
                if not sent and not failed:
                    raise _told(trouble) from None
                break
            else:
                sent += 1
                row["state"] = "posted"
            context.transaction.insert(campaign_recipient, [row])
    return sent, failed


@contextmanager
def _server(settings: Mapping[str, str]) -> Iterator[Callable[[Message], None]]:
    """A connection that is open while the block runs."""
    security = settings.get(SECURITY) or SECURITIES[0]
    port = int(settings.get(PORT) or {"tls": 465, "starttls": 587}.get(security, 25))
    try:
        if security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(settings[SERVER], port, timeout=_PATIENCE, context=context)
        else:
            server = smtplib.SMTP(settings[SERVER], port, timeout=_PATIENCE)
        if security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.get(USER):
            server.login(settings[USER], settings.get(PASSWORD, ""))
    except (OSError, smtplib.SMTPException) as trouble:
        raise _told(trouble) from None
    try:
        yield lambda message: _send(server, settings, message)
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _send(server: smtplib.SMTP, settings: Mapping[str, str], message: Message) -> None:
    server.send_message(as_mail(settings, message))


def _told(trouble: Exception) -> StorageTrouble:
    """The server's trouble without what it repeats of the message: names and addresses go into no error text."""
    code = trouble.smtp_code if isinstance(trouble, smtplib.SMTPResponseException) else type(trouble).__name__
    return StorageTrouble(NO_ANSWER, words=str(code))
