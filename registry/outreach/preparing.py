"""A campaign is prepared: who gets something is decided and kept, with everybody who is left out and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select

from db.models import association, campaign, campaign_recipient, person, record
from db.records import among
from registry import records
from registry.commands import PrepareCampaign, WriteLetters
from registry.context import Context, View
from registry.documents.templates import Template, template
from registry.documents.tree import missing as missing_fields
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import LANGUAGES, N_
from registry.outreach import costs, frozen
from registry.outreach.addressees import served_with
from registry.outreach.contacts import Numbers
from registry.outreach.letter_making import letter_of
from registry.outreach.letter_values import asked_of
from registry.outreach.reasons import BASES, CONSENT, PER, PHONE, POSTED
from registry.outreach.recipients import NEEDED, Recipient, current_address
from registry.outreach.sorting import Sorted, Wanted, sort_out
from registry.queries import PrepareLetters
from registry.search.find import ids_of, unsorted_ids
from registry.search.names import Names
from registry.search.parser import parse
from registry.vocabularies import get as vocabulary

NO_PURPOSE = N_("“{purpose}” is not a purpose of consent. Known: {known}.")
NO_LANGUAGE = N_("This template has no text in “{language}”. Known: {known}.")
NO_CHANNEL = N_("“{channel}” is no channel. Known: {known}.")
NO_BASIS = N_("“{basis}” is nothing that a campaign can rest on. Known: {known}.")
NO_PER = N_("“{per}” does not fit this selection. Known: {known}.")
NO_TEXT = N_("Choose a letter, or write the text of the message in at least one language.")
NOBODY = N_("Nobody in this selection may get this letter. Look at the reasons, and at the selection.")
NO_CAMPAIGN = N_("There is no campaign “{code}”. “campaign list” shows them.")
#: People are named in an answer up to this number of each group; counted are all.
LISTED = 1000
#: Fields that are empty are looked for among so many recipients.
LOOKED_AT = 2000


@dataclass(frozen=True)
class Person:
    """Somebody selected: recipient with a language, or excluded with a reason code.

    Attributes:
        household: ids of others of the household whom the letter serves too.
    """

    id: int
    number: str
    name: str
    language: str = ""
    reason: str = ""
    household: tuple[int, ...] = ()


@dataclass(frozen=True)
class Recipients:
    """Who would get a letter.

    Attributes:
        selected: how many the query found.
        letters: how many would get one.
        reasons: reason code -> how many.
        included, excluded: the first `LISTED` of each.
        missing: field of the template -> for how many of the first `LOOKED_AT` recipients it is empty.
        languages: those in which somebody is written to.
        cost: likely amount in the currency of the settings; "" = no rate is set.
    """

    selected: int
    letters: int
    reasons: Mapping[str, int]
    included: tuple[Person, ...]
    excluded: tuple[Person, ...]
    missing: Mapping[str, int]
    languages: tuple[str, ...] = ()
    cost: str = ""


@dataclass(frozen=True)
class Prepared:
    """A campaign that waits to be printed or sent; `campaign` is its code."""

    campaign: str
    selected: int
    recipients: int
    reasons: Mapping[str, int]
    cost: str


Question = PrepareLetters | PrepareCampaign | WriteLetters


def prepare_letters(view: View, query: PrepareLetters) -> Recipients:
    """Sort out the selection without keeping anything."""
    wanted = wanted_of(query)
    found = sort_out(view, _ids(view, query, by_name=True), wanted)
    included = _named(view, found, found.recipients[:LISTED])
    excluded = _named(view, found, found.excluded[:LISTED])
    missing = _missing(view, found, template(query.template)) if query.template else {}
    used = np.unique(found.languages[found.recipients])
    languages = tuple(wanted.languages[int(place)] for place in used)
    total, cost = len(found.recipients), _cost(view, found)
    return Recipients(len(found.ids), total, found.counted(), included, excluded, missing, languages, cost)


def prepare_campaign(context: Context, command: PrepareCampaign) -> Prepared:
    """Decide and keep; nothing leaves the registry yet."""
    _campaign_id, code, found = prepare(context, command)
    return Prepared(code, len(found.ids), len(found.recipients), found.counted(), _cost(context, found))


def prepare(context: Context, command: PrepareCampaign | WriteLetters) -> tuple[int, str, Sorted]:
    """Write the campaign and freeze who is in it; raises `Invalid` if nobody may get anything."""
    wanted = wanted_of(command)
    found = sort_out(context, _ids(context, command, by_name=isinstance(command, WriteLetters)), wanted)
    if not len(found.recipients):
        raise Invalid(NOBODY)
    transaction, today = context.transaction, date.today()
    code = f"C{today:%y}-{transaction.reserve(f'campaign.{today:%y}'):04d}"
    variables = {name: text for name, text in command.variables.items() if text.strip()}
    row: dict[str, object] = {"code": code, "template": command.template, "query": _query_of(command)}
    row |= {name: getattr(wanted, name) for name in ("kind", "purpose", "basis", "channel", "language", "per")}
    row |= {"prepared_on": today.isoformat(), "officer": context.session.name, "trees": "{}"}
    row |= {"selected": len(found.ids), "recipients": len(found.recipients), "cost": _cost(context, found) or None}
    row |= {"reasons": json.dumps(found.counted()), "places": json.dumps(found.destinations())}
    row |= {"title": "", "variables": json.dumps(variables, ensure_ascii=False)}
    if isinstance(command, PrepareCampaign):
        row |= {"title": " ".join(command.title.split())[:200], "follows": command.follows.strip().upper() or None}
        row["question"] = json.dumps(vars(command.question), ensure_ascii=False) if command.question else None
    campaign_id = context.transaction.insert(campaign, [row])[0]
    frozen.freeze(context.connection, campaign_id, found)
    context.note.update({"query": _query_of(command), "template": command.template, "letters": len(found.recipients)})
    if variables:
        context.note["variables"] = variables
    return campaign_id, code, found


def wanted_of(query: Question) -> Wanted:
    """What decides; raises `Invalid` for what there is not."""
    letter = template(query.template) if query.template else None
    _known(NO_CHANNEL, "channel", query.channel, vocabulary("consent_channel").codes)
    purpose = query.purpose or (letter.purpose if letter else "outreach_news")
    _known(NO_PURPOSE, "purpose", purpose, vocabulary("consent_purpose").codes)
    basis = query.basis or (letter.basis if letter else CONSENT)
    _known(NO_BASIS, "basis", basis, tuple(BASES))
    bodies = query.kind == ASSOCIATIONS
    per = "association" if bodies and query.per == "person" else query.per
    fitting = [code for code in PER if (code in ("association", "officer")) == bodies]
    _known(NO_PER, "per", per, fitting)
    languages = letter.languages if letter else _languages_written(query, query.channel)
    if query.language != "auto":
        _known(NO_LANGUAGE, "language", query.language, languages)
    return Wanted(purpose, query.channel, languages, query.language, basis, per, query.kind)


def _known(message: str, name: str, code: str, known: Sequence[str]) -> None:
    if code not in known:
        raise Invalid(message, field=name, **{name: code[:40], "known": ", ".join(known)})


def _languages_written(query: Question, channel: str) -> tuple[str, ...]:
    """The languages of messages without a template; a list to call has none of its own."""
    if channel in POSTED:
        raise Invalid(NO_TEXT, field="template")
    written = {} if isinstance(query, PrepareLetters) else query.variables
    languages = tuple(name.removeprefix("text.") for name, text in written.items() if name[:5] == "text." and text)
    if not languages and channel != PHONE and not isinstance(query, PrepareLetters):
        raise Invalid(NO_TEXT, field="template")
    return languages or tuple(LANGUAGES)


def _ids(view: View, query: Question, *, by_name: bool) -> Sequence[int] | Numbers:
    if not isinstance(query, WriteLetters) and query.follows:
        return _unanswered(view, query.follows)
    if query.ids is not None:
        kinds = records.kinds_of(view.connection, query.ids)
        return [i for i in dict.fromkeys(query.ids) if kinds.get(i) == query.kind]
    if by_name:
        return ids_of(view, query.kind, query.query)
    return unsorted_ids(view, query.kind, parse(query.query, Names(query.kind, view.session)))


def _unanswered(view: View, code: str) -> list[int]:
    """Those of a campaign whose letters went out, and neither came back nor were answered."""
    row = campaign_of(view, code)
    went = campaign_recipient.c.state.in_(("printed", "posted", "delivered"))
    chosen = select(campaign_recipient.c.record_id).where(campaign_recipient.c.campaign_id == row["id"], went)
    return list(view.connection.execute(chosen).scalars())


def campaign_of(view: View, code: str) -> Mapping[str, object]:
    """The row of a campaign; raises `Invalid` if there is none."""
    here = campaign.c.code == code.strip().upper()
    row = view.connection.execute(select(campaign).where(here)).mappings().first()
    if row is None:
        raise Invalid(NO_CAMPAIGN, field="campaign", code=code[:20])
    return dict(row)


def _query_of(command: PrepareCampaign | WriteLetters) -> str:
    return "" if isinstance(command, PrepareCampaign) and command.follows else command.query


def _cost(view: View, found: Sorted) -> str:
    channel = found.wanted.channel
    amount = costs.estimate(view.settings, channel, found.destinations(), len(found.recipients))
    return "" if amount is None else f"{amount:.2f}"


def _named(view: View, found: Sorted, places: Numbers) -> tuple[Person, ...]:
    ids = found.ids[places].tolist()
    names = names_of(view, found.wanted.kind, ids)
    together = served_with(view, found, ids) if found.wanted.per == "household" else {}
    return tuple(
        Person(
            record_id,
            *names[record_id],
            language="" if found.reasons[place] else found.language(place),
            reason=found.reason(place),
            household=() if found.reasons[place] else together.get(record_id, ()),
        )
        for record_id, place in zip(ids, places.tolist(), strict=True)
        if record_id in names
    )


def names_of(view: View, kind: str, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Record id -> number and name."""
    own, name = (person, person.c.full_name) if kind == PEOPLE else (association, association.c.name)
    chosen = select(record.c.id, record.c.number, name).join_from(record, own, own.c.id == record.c.id)
    return {row[0]: (row[1], row[2]) for row in view.connection.execute(chosen.where(among(record.c.id, ids)))}


def _missing(view: View, found: Sorted, letter_template: Template) -> Mapping[str, int]:
    """Fields that the letter says and recipients leave empty."""
    missing: Counter[str] = Counter()
    places = found.recipients[:LOOKED_AT].tolist()
    wanted = [*NEEDED, *asked_of(letter_template.fields)] if found.wanted.kind == PEOPLE else ()
    ids = found.ids[places].tolist()
    for some in (slice(start, start + 500) for start in range(0, len(ids), 500)):
        loaded = records.load(view.connection, view.session, found.wanted.kind, ids[some], wanted)
        for record_id, place in zip(ids[some], places[some], strict=True):
            if record_id in loaded:
                language = found.language(place)
                one = Recipient(loaded[record_id], language, current_address(loaded[record_id].values))
                values = letter_of(view, one, letter_template).values
                tree = letter_template.trees[letter_template.language_for(language)]
                missing.update(name for name in missing_fields(tree, values) if name in values)
    return dict(missing)
