"""What a campaign says by e-mail or text message to one recipient after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from db.models import email, phone
from db.records import among, slices
from registry import records
from registry.context import Context
from registry.documents.email_text import html_of, plain_text
from registry.documents.letters import Letter, said_alike
from registry.documents.templates import Template, template
from registry.documents.tree import Paragraph, Tree
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.kinds import clean
from registry.outreach.codes import letter_code
from registry.outreach.letter_making import ALONE, letter_of, sender_of
from registry.outreach.letter_values import asked_of
from registry.outreach.printing import Due, addressees
from registry.outreach.reasons import EMAIL
from registry.outreach.recipients import NEEDED, Recipient, current_address

UNKNOWN_FIELD = N_("The text names “{name}”, which is no field of a message. Known: {known}.")
_FIELD = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
#: What texts without a template can say.
FIELDS = ("salutation", "full_name", "given_name", "family_name", "title", "number", "city", "code")


@dataclass(frozen=True)
class Message:
    """One message, or one line of a list to call.

    Attributes:
        recipient_id: of the row that is kept of it.
        to: e-mail address or number.
        contact_id: row of the record that has it.
        code: as of `codes.letter_code`.
        html: "" = plain text alone.
    """

    recipient_id: int
    record_id: int
    to: str
    contact_id: int
    name: str
    number: str
    language: str
    code: str
    subject: str = ""
    text: str = ""
    html: str = ""


def messages_of(context: Context, waiting: Due, first: int) -> Iterator[Message]:
    """The messages of those who may get one today; the first has the id `first`, the others follow."""
    variables: dict[str, str] = json.loads(str(waiting.row["variables"]))
    name = str(waiting.row["template"])
    letter_template = template(name) if name else None
    says = _says(letter_template, variables)
    found = waiting.found
    wanted = [*NEEDED, *asked_of(letter_template.fields if letter_template else ())]
    with_whom = addressees(context, waiting)
    for places in slices(list(range(len(found.ids)))):
        ids, contacts = found.ids[places].tolist(), found.contacts[places].tolist()
        kind = found.wanted.kind
        loaded = records.load(context.connection, context.session, kind, ids, wanted if kind == PEOPLE else ())
        rows = _contacts(context, found.wanted.channel, contacts)
        for place, record_id, contact in zip(places, ids, contacts, strict=True):
            one = Recipient(loaded[record_id], found.language(place), current_address(loaded[record_id].values))
            code = letter_code(first + place, context.settings["post"])
            letter = letter_of(context, one, letter_template or says.blank, with_whom.get(record_id, ALONE), code)
            subject, text, html = says.of(context, letter)
            yield Message(
                first + place, record_id, rows[contact], contact, one.record.name, one.record.number, one.language,
                code, subject, text, html,
            )  # fmt: skip


def _contacts(context: Context, channel: str, ids: list[int]) -> dict[int, str]:
    table, column = (email, email.c.address) if channel == EMAIL else (phone, phone.c.e164)
    return {
        row[0]: row[1] for row in context.connection.execute(select(table.c.id, column).where(among(table.c.id, ids)))
    }


@dataclass
class _Says:
    """What messages say: from a template, or from texts that were written for each language."""

    template: Template | None
    variables: Mapping[str, str]
    blank: Template
    shared: dict[str, dict[str, str]]

    def of(self, context: Context, letter: Letter) -> tuple[str, str, str]:
        """Subject, plain text and HTML of one message."""
        if self.template is None:
            values = {**letter.values, "code": letter.code}
            subject = _filled(self._written("subject", letter.language), values)
            return clean(subject), clean(_filled(self._written("text", letter.language), values), lines=True), ""
        language = self.template.language_for(letter.language)
        if language not in self.shared:
            sender = sender_of(context, self.template.languages)
            self.shared[language] = said_alike(self.template, sender, date.today(), self.variables, language)
        values = {**self.shared[language], **letter.values}
        tree = self.template.trees[language]
        text, html = plain_text(tree, values), html_of(tree, values, language=language)
        return clean(_subject(tree, values) or self.template.titles.get(language, "")), text, html

    def _written(self, name: str, language: str) -> str:
        return self.variables.get(f"{name}.{language}") or self.variables.get(name, "")


def _says(letter_template: Template | None, variables: Mapping[str, str]) -> _Says:
    """Raises `Invalid` for a field that texts cannot say, before anything is written."""
    for text in variables.values() if letter_template is None else ():
        for name in _FIELD.findall(text):
            if name not in FIELDS:
                raise Invalid(UNKNOWN_FIELD, field="text", name=name[:40], known=", ".join(FIELDS))
    return _Says(letter_template, variables, Template("", "", {}, (), {"en": Tree(())}), {})


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Each field put in once; what a value says in braces stays as it is."""
    return _FIELD.sub(lambda match: values.get(match[1], ""), text)


def _subject(tree: Tree, values: Mapping[str, str]) -> str:
    """The paragraph that is the letter's subject, in one line."""
    for block in tree.blocks:
        if isinstance(block, Paragraph) and block.style == "subject":
            return " ".join(plain_text(Tree((block,)), values).split())
    return ""


def any_row(message: Message, campaign_id: int, **values: Any) -> dict[str, object]:
    """The row that is kept of a message."""
    row: dict[str, object] = {"id": message.recipient_id, "record_id": message.record_id, "campaign_id": campaign_id}
    return row | {"language": message.language, "written_to": message.to, "contact_id": message.contact_id} | values
