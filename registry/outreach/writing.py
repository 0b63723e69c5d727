"""The messages of a campaign as files: drafts of e-mails, tables for a gateway or a mail merge, lists to call."""

from __future__ import annotations

import csv
import io
import mailbox
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO
from zipfile import ZipFile, ZipInfo

from db.models import campaign_recipient
from registry.commands import WriteMessages
from registry.context import Context
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.outreach import costs
from registry.outreach.mail import as_mail, takes_mail
from registry.outreach.messages import Message, any_row, messages_of
from registry.outreach.preparing import NOBODY
from registry.outreach.printing import Due, due, keep_late
from registry.outreach.reasons import EMAIL, PHONE, POSTED, SMS
from registry.outreach.sms import length_of
from registry.transfer.export.workbook import Column, Workbook
from registry.transfer.readers.safe_text import guarded
from registry.whole_file import whole_file

BY_POST = N_("This campaign goes by post: print its letters instead.")
OTHER_ENDING = N_("What this campaign sends can be written as {known}. Give the file one of these endings.")
#: Channel -> endings of the files that can be written.
ENDINGS = {
    EMAIL: (".mbox", ".zip", ".csv", ".xlsx"),
    SMS: (".csv", ".xlsx"),
    PHONE: (".xlsx", ".csv", ".vcf"),
}
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class MessagesWritten:
    """What was written.

    Attributes:
        parts: text messages that are paid for; of e-mails and calls as many as there are.
        cost: likely amount; "" = no rate is set.
    """

    campaign: str
    messages: int
    parts: int
    cost: str


def write_messages(context: Context, command: WriteMessages) -> MessagesWritten:
    """Write what was not written yet, and keep of each what went out to which address or number."""
    waiting = due(context, command.campaign)
    channel = str(waiting.row["channel"])
    if channel in POSTED:
        raise Invalid(BY_POST, field="campaign")
    ending = command.path.suffix.casefold()
    if ending not in ENDINGS[channel]:
        raise Invalid(OTHER_ENDING, known=", ".join(ENDINGS[channel]))
    count = len(waiting.found.ids)
    if not count:
        raise Invalid(NOBODY)
    context.note["campaign"] = waiting.row["code"]
    context.require_confirmation(count, command.reason)
    made = list(_made(context, waiting))
    messages = [one for one in made if channel != EMAIL or takes_mail(one.to)]
    with whole_file(command.path) as file:
        _WRITERS[ending](file, context, channel, messages)
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    keep(context, waiting, made)
    parts = sum(length_of(one.text).parts for one in messages) if channel == SMS else len(messages)
    amount = costs.estimate(context.settings, channel, {}, parts)
    return MessagesWritten(str(waiting.row["code"]), len(messages), parts, "" if amount is None else f"{amount:.2f}")


def _made(context: Context, waiting: Due) -> Iterable[Message]:
    count = len(waiting.found.ids)
    first = context.transaction.reserve("id.campaign_recipient", count + len(waiting.late))
    for place, message in enumerate(messages_of(context, waiting, first)):
        if place % 100 == 0:
            context.progress.step(place, count, _("Writing messages"))
        yield message


def keep(context: Context, waiting: Due, messages: Sequence[Message]) -> None:
    """A row for each message, and one for each who gets none after all; an address that is none came back at once."""
    today, campaign_id = date.today().isoformat(), int(waiting.row["id"])
    rows = []
    for one in messages:
        wrong = waiting.row["channel"] == EMAIL and not takes_mail(one.to)
        became = {"state": "returned", "reason": "undelivered"} if wrong else {"state": "printed", "reason": None}
        rows.append(any_row(one, campaign_id, **became, printed_on=today))
    context.transaction.insert(campaign_recipient, rows)
    keep_late(context, waiting, messages[-1].recipient_id + 1 if messages else 0)


def _mbox(file: IO[bytes], context: Context, _channel: str, messages: Sequence[Message]) -> None:
    """One mailbox; lines that would begin a message are told apart by the library."""
    for one in messages:
        kept = mailbox.mboxMessage(as_mail(context.settings, one))
        kept.set_from("MAILER-DAEMON", True)
        body = kept.as_bytes(unixfrom=False).replace(b"\r\n", b"\n")
        lines = [b">" + line if line.startswith(b"From ") else line for line in body.split(b"\n")]
        file.write(b"From " + kept.get_from().encode() + b"\n" + b"\n".join(lines) + b"\n\n")


def _drafts(file: IO[bytes], context: Context, _channel: str, messages: Sequence[Message]) -> None:
    """An archive of one .eml a message; what its files are called says nothing of anybody."""
    with ZipFile(file, "w") as archive:
        for place, one in enumerate(messages, 1):
            mail = as_mail(context.settings, one)
            mail["X-Unsent"] = "1"  # mail programs open it as a draft
            archive.writestr(ZipInfo(f"{place:05d}.eml", _NO_TIME), mail.as_bytes())


def _table(channel: str, messages: Sequence[Message]) -> tuple[list[str], Iterable[list[str | int]]]:
    if channel == EMAIL:
        head = ["code", "email", "name", "language", "subject", "text"]
        return head, ([m.code, m.to, m.name, m.language, m.subject, m.text] for m in messages)
    if channel == SMS:
        lengths = ((m, length_of(m.text)) for m in messages)
        head = ["code", "phone", "language", "text", "alphabet", "places", "parts"]
        return head, ([m.code, m.to, m.language, m.text, n.alphabet, n.places, n.parts] for m, n in lengths)
    head = ["code", "number", "name", "phone", "language", "answer"]
    return head, ([m.code, m.number, m.name, m.to, m.language, ""] for m in messages)


def _csv(file: IO[bytes], _context: Context, channel: str, messages: Sequence[Message]) -> None:
    """UTF-8; numbers stand as a gateway dials them, other cells that look like formulas behind an apostrophe."""
    head, rows = _table(channel, messages)
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    dialled = head.index("phone") if "phone" in head else -1
    for row in rows:
        writer.writerow([_cell(cell, place == dialled) for place, cell in enumerate(row)])
    text.flush()
    text.detach()


def _cell(cell: str | int, dialled: bool) -> str | int:
    if isinstance(cell, int) or (dialled and cell.startswith("+") and cell[1:].isdigit()):
        return cell
    return guarded(cell)


def _xlsx(file: IO[bytes], _context: Context, channel: str, messages: Sequence[Message]) -> None:
    head, rows = _table(channel, messages)
    book = Workbook(file)
    book.sheet(_("List"), [Column(name, 24) for name in head])
    book.rows(rows)
    book.close()


def _cards(file: IO[bytes], _context: Context, _channel: str, messages: Sequence[Message]) -> None:
    """Contact cards that a telephone takes: name and number alone (vCard 4.0, RFC 6350)."""
    for one in messages:
        name = one.name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        lines = ("BEGIN:VCARD", "VERSION:4.0", f"FN:{name}", f"TEL;VALUE=uri:tel:{one.to}", "END:VCARD")
        file.write("".join(f"{line}\r\n" for line in lines).encode())


_WRITERS: dict[str, Callable[[IO[bytes], Context, str, Sequence[Message]], None]] = {
    ".mbox": _mbox,
    ".zip": _drafts,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".vcf": _cards,
}
