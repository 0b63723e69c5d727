"""Campaigns: letters prepared, printed and remembered, with everybody who was left out and why."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import func, select

from db.models import campaign, campaign_recipient
from registry import records
from registry.commands import WriteLetters
from registry.context import Context, View
from registry.documents.addresses import address_lines
from registry.documents.letters import Letter, Sender, letter_pdf
from registry.documents.letters import write_letters as print_letters
from registry.documents.pictures import files_of
from registry.documents.templates import Template, template
from registry.documents.tree import missing as missing_fields
from registry.documents.tree_json import to_json
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, translate
from registry.outreach.letter_values import asked_of, letter_values
from registry.outreach.recipients import LETTER, Excluded, Recipient, current_address, language_of, sort_out
from registry.postal import alpha2
from registry.queries import ListCampaigns, PrepareLetters, PreviewLetter
from registry.records import Record
from registry.search.find import ids_of
from registry.search.names import Names
from registry.search.parser import parse
from registry.vocabularies import get as vocabulary

NO_PURPOSE = N_("“{purpose}” is not a purpose of consent. Known: {known}.")
NO_LANGUAGE = N_("This template has no text in “{language}”. Known: {known}.")
OTHER_ENDING = N_("Letters are written as PDF. Give the file the ending .pdf.")
NOBODY = N_("Nobody in this selection may get this letter. Look at the reasons, and at the selection.")


@dataclass(frozen=True)
class Person:
    """Somebody selected: recipient with a language, or excluded with a reason code."""

    id: int
    number: str
    name: str
    language: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Recipients:
    """Who would get a letter.

    Attributes:
        selected: how many people the query found.
        included, excluded: the people.
        missing: field of the template -> for how many recipients it is empty.
    """

    selected: int
    included: tuple[Person, ...]
    excluded: tuple[Person, ...]
    missing: Mapping[str, int]

    @property
    def reasons(self) -> Mapping[str, int]:
        """Reason code -> how many."""
        return Counter(p.reason for p in self.excluded)


@dataclass(frozen=True)
class LettersPreview:
    """One letter as the PDF will be, and the fields that this recipient leaves empty."""

    pdf: bytes
    language: str
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LettersResult:
    """What a mailing came to; `campaign` is its code."""

    selected: int
    letters: int
    excluded: Mapping[str, int]
    campaign: str
    missing_characters: str
    seconds: float


@dataclass(frozen=True)
class CampaignView:
    """One campaign with its counts by state."""

    code: str
    template: str
    purpose: str
    channel: str
    query: str
    prepared_on: str
    states: Mapping[str, int]
    reasons: Mapping[str, int]


def prepare_letters(view: View, query: PrepareLetters) -> Recipients:
    """Sort out the selection without printing anything."""
    letter_template = template(query.template)
    selected, people = _sorted_out(view, query, letter_template)
    included, excluded = [], []
    missing: Counter[str] = Counter()
    for person in people:
        record = person.record
        if isinstance(person, Excluded):
            excluded.append(Person(record.id, record.number, record.name, reason=person.reason))
        else:
            included.append(Person(record.id, record.number, record.name, person.language))
            values = _letter(view, person, letter_template).values
            tree = letter_template.trees[letter_template.language_for(person.language)]
            missing.update(name for name in missing_fields(tree, values) if name in values)
    return Recipients(selected, tuple(included), tuple(excluded), dict(missing))


def preview_letter(view: View, query: PreviewLetter) -> LettersPreview:
    """The letter of one person, whether or not consent has been given: it is only looked at."""
    return one_letter(view, template(query.template), query.record_id, query.language, query.variables)


def one_letter(
    view: View, letter_template: Template, record_id: int, language: str, variables: Mapping[str, str]
) -> LettersPreview:
    """A letter as it would be printed for one person; 0 = for nobody, with every value empty."""
    found = records.load(view.connection, view.session, PEOPLE, [record_id])
    if record_id and record_id not in found:
        raise Invalid(records.NO_RECORD)
    record = found.get(record_id) or Record(PEOPLE, 0, "", 0, "", {"full_name": ""}, {})
    language = language_of(record.values, language, letter_template.languages)
    letter = _letter(view, Recipient(record, language, current_address(record.values)), letter_template)
    pdf = letter_pdf(
        letter,
        template=letter_template,
        sender=_sender(view, letter_template.languages),
        day=date.today(),
        variables=variables,
        images=files_of(view, letter_template),
    )
    empty = missing_fields(letter_template.trees[language], letter.values).intersection(letter.values)
    return LettersPreview(pdf, language, empty)


def write_letters(context: Context, command: WriteLetters) -> LettersResult:
    """Print one letter a recipient to one PDF and keep the campaign with everybody's state."""
    started = time.monotonic()
    if command.path.suffix.casefold() != ".pdf":
        raise Invalid(OTHER_ENDING)
    letter_template = template(command.template)
    selected, sorted_out = _sorted_out(context, command, letter_template)
    people = list(sorted_out)
    included = [p for p in people if isinstance(p, Recipient)]
    excluded = [p for p in people if isinstance(p, Excluded)]
    if not included:
        raise Invalid(NOBODY)
    context.note.update({"query": command.query, "template": command.template, "letters": len(included)})
    if command.variables:
        context.note["variables"] = dict(command.variables)
    context.require_confirmation(len(included), command.reason)
    written = print_letters(
        command.path,
        (_letter(context, person, letter_template) for person in included),
        template=letter_template,
        sender=_sender(context, letter_template.languages),
        day=date.today(),
        variables=command.variables,
        images=files_of(context, letter_template),
        total=len(included),
        progress=context.progress,
    )
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    code = _keep(context, command, letter_template, included, excluded)
    reasons = Counter(p.reason for p in excluded)
    return LettersResult(selected, written.letters, reasons, code, written.missing, time.monotonic() - started)


def list_campaigns(view: View, _query: ListCampaigns) -> tuple[CampaignView, ...]:
    """All campaigns, newest first."""
    counted = select(
        campaign_recipient.c.campaign_id, campaign_recipient.c.state, campaign_recipient.c.reason, func.count()
    ).group_by(campaign_recipient.c.campaign_id, campaign_recipient.c.state, campaign_recipient.c.reason)
    states: dict[int, Counter[str]] = {}
    reasons: dict[int, Counter[str]] = {}
    for campaign_id, state, reason, count in view.connection.execute(counted):
        states.setdefault(campaign_id, Counter())[state] += count
        if reason:
            reasons.setdefault(campaign_id, Counter())[reason] += count
    return tuple(
        CampaignView(
            code=row["code"],
            template=row["template"],
            purpose=row["purpose"],
            channel=row["channel"],
            query=_shown_query(view, row["query"]),
            prepared_on=row["prepared_on"],
            states=states.get(row["id"], {}),
            reasons=reasons.get(row["id"], {}),
        )
        for row in view.connection.execute(select(campaign).order_by(campaign.c.id.desc())).mappings()
    )


def _shown_query(view: View, query: str) -> str:
    """The query as it was asked; "" to whom it would tell what a field says that he may not see."""
    try:
        parse(query, Names(PEOPLE, view.session))
    except Invalid:
        return ""
    return query


def _sorted_out(
    view: View, query: PrepareLetters | WriteLetters, letter_template: Template
) -> tuple[int, Iterator[Recipient | Excluded]]:
    """How many people were selected, and each of them as recipient or excluded."""
    purpose = query.purpose or letter_template.purpose
    if purpose not in vocabulary("consent_purpose").codes:
        raise Invalid(NO_PURPOSE, purpose=purpose[:40], known=", ".join(vocabulary("consent_purpose").codes))
    languages = letter_template.languages
    if query.language != "auto" and query.language not in languages:
        raise Invalid(NO_LANGUAGE, language=query.language[:20], known=", ".join(languages))
    ids: Sequence[int] = query.ids if query.ids is not None else ids_of(view, PEOPLE, query.query)
    asked = asked_of(letter_template.fields)
    return len(ids), sort_out(view.connection, view.session, ids, purpose, query.language, languages, asked)


def _letter(view: View, person: Recipient, letter_template: Template) -> Letter:
    values, address = person.record.values, person.address
    names = [values["full_name"]]
    country = view.settings["country"]
    lines = tuple(address_lines(address, names, posting_country=country, language=person.language))
    said = letter_values(
        values,
        number=person.record.number,
        city=address.city,
        address_lines=lines,
        used=letter_template.fields,
        language=person.language,
        country=alpha2(country),
        day=date.today(),
    )
    return Letter(person.language, lines, said)


def _sender(view: View, languages: Sequence[str]) -> Sender:
    """The post as letters name it in each of their languages; until somebody names it, by its code."""
    settings = view.settings
    homes, posts = {}, {}
    for language in languages:
        state = vocabulary("country").label(settings["home"], language) if "home" in settings else ""
        homes[language] = settings.get(f"home_name.{language}") or settings.get("home_name") or state
        post = translate(N_("Consulate {code}"), language, code=settings["post"])
        posts[language] = settings.get(f"post_name.{language}") or settings.get("post_name") or post
    return Sender(
        homes[languages[0]],
        posts[languages[0]],
        settings["country"],
        city=settings.get("post_city", ""),
        address_lines=tuple(settings.get("post_address", "").splitlines()),
        home_names=homes,
        post_names=posts,
    )


def _keep(
    context: Context,
    command: WriteLetters,
    letter_template: Template,
    included: Sequence[Recipient],
    excluded: Sequence[Excluded],
) -> str:
    """Write the campaign, its document trees as sent, and one row for everybody selected; returns its code."""
    transaction = context.transaction
    code = f"C{date.today():%y}-{transaction.reserve(f'campaign.{date.today():%y}'):04d}"
    trees = {language: to_json(tree) for language, tree in letter_template.trees.items()}
    row: dict[str, object] = {"code": code, "template": letter_template.id, "channel": LETTER, "query": command.query}
    row |= {"purpose": command.purpose or letter_template.purpose, "prepared_on": date.today().isoformat()}
    campaign_id = transaction.insert(campaign, [row | {"trees": json.dumps(trees, ensure_ascii=False)}])[0]
    printed: list[dict[str, object]] = [
        {"record_id": p.record.id, "campaign_id": campaign_id, "state": "printed", "language": p.language}
        for p in included
    ]
    left_out: list[dict[str, object]] = [
        {"record_id": p.record.id, "campaign_id": campaign_id, "state": "excluded", "reason": p.reason}
        for p in excluded
    ]
    transaction.insert(campaign_recipient, [*printed, *left_out])
    return code
