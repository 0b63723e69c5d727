"""An e-mail as the standards want it; what would begin another header is refused."""

from __future__ import annotations

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime

from registry.errors import Invalid
from registry.i18n import N_
from registry.outreach.messages import Message

SENDER = "smtp_from"
NO_SENDER = N_("Set the post's e-mail address under Administration, Settings: messages are sent from it.")
WRONG_ADDRESS = N_("“{text}” is no e-mail address that a message can go to. Correct it on the card of {number}.")


def as_mail(settings: Mapping[str, str], message: Message) -> EmailMessage:
    """The message with its headers; the code of the recipient makes its id, so that one sent twice is known as one."""
    mail = EmailMessage(policy=SMTP)
    sender = sender_address(settings)
    mail["From"] = Address(settings.get("post_name") or settings["post"], addr_spec=sender)
    try:
        mail["To"] = Address(_one_line(message.name), addr_spec=message.to)
    except (ValueError, IndexError):
        raise Invalid(WRONG_ADDRESS, text=message.to[:60], number=message.number) from None
    mail["Subject"] = _one_line(message.subject)
    mail["Date"] = localtime()
    mail["Message-ID"] = f"<{message.code.lower()}@{sender.partition('@')[2]}>"
    mail["Content-Language"] = message.language
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def takes_mail(address: str) -> bool:
    """Whether the standards know a text as an e-mail address."""
    try:
        Address(addr_spec=address)
    except (ValueError, IndexError):
        return False
    return True


def sender_address(settings: Mapping[str, str]) -> str:
    """The post's own address; raises `Invalid` while it is not set."""
    address = settings.get(SENDER, "")
    if not address:
        raise Invalid(NO_SENDER, field=SENDER)
    return address


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
