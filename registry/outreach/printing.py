"""The letters of a campaign come onto paper: those who may still get one, each with a code of its own."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select

from db.models import address, campaign, campaign_recipient
from db.records import among, slices
from registry import records
from registry.commands import PrintCampaign, WriteLetters
from registry.context import Context, View
from registry.documents.letters import APART, WORD, Letter, Printing
from registry.documents.letters import write_letters as print_letters
from registry.documents.pictures import files_of
from registry.documents.templates import Template, template
from registry.documents.tree_json import to_json
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.outreach import frozen
from registry.outreach.addressees import acting_for, household, served_with
from registry.outreach.codes import letter_code
from registry.outreach.contacts import Numbers, address_of, serves
from registry.outreach.letter_making import ALONE, Addressee, letter_of, printing_of, sender_of
from registry.outreach.letter_values import asked_of
from registry.outreach.preparing import NOBODY, campaign_of, prepare
from registry.outreach.reasons import NUMBER_OF, POSTED
from registry.outreach.recipients import NEEDED, Recipient
from registry.outreach.sorting import Sorted, Wanted, only, sort_out
from registry.whereabouts import lived_at

OTHER_ENDING = N_(
    "Letters are written as PDF (.pdf, or .zip for one each) or for Word (.docx). Give the file one of these endings."
)
NOT_POSTED = N_("This campaign does not go by post. Write its messages to a file instead.")
ALL_PRINTED = N_("All letters of this campaign were printed already, or may not be sent any more.")


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
class Due:
    """Whom a prepared campaign still has to reach.

    Attributes:
        row: of the campaign.
        found: those who may get it today, in the order of printing.
        late: record id -> reason, of those who could when it was prepared and cannot today.
        stand_ins: how many of them stand in for such a one of their household.
    """

    row: Mapping[str, Any]
    found: Sorted
    late: Mapping[int, str]
    stand_ins: int = 0


def write_letters(context: Context, command: WriteLetters) -> LettersResult:
    """Prepare a campaign and print it at once."""
    _require_ending(command.path)
    if command.channel not in POSTED:
        raise Invalid(NOT_POSTED)
    _campaign_id, code, found = prepare(context, command)
    context.require_confirmation(len(found.recipients), command.reason)
    return _print(context, due(context, code), command.path, command.printing)


def print_campaign(context: Context, command: PrintCampaign) -> LettersResult:
    """Print what was not printed yet; who may not get it any more is left out, and it is kept why."""
    _require_ending(command.path)
    waiting = due(context, command.campaign, command.most)
    if waiting.row["channel"] not in POSTED:
        raise Invalid(NOT_POSTED)
    if not len(waiting.found.ids) and not waiting.late:
        raise Invalid(ALL_PRINTED)
    context.note["campaign"] = waiting.row["code"]
    context.require_confirmation(len(waiting.found.ids), command.reason)
    return _print(context, waiting, command.path, command.printing)


def due(view: View, code: str, most: int = 0) -> Due:
    """The recipients without a row yet, looked at anew: whoever withdrew, moved or died since gets nothing."""
    row = campaign_of(view, code)
    names = ("purpose", "channel", "language", "basis", "kind")
    # Who is served for the household was decided already.
    per = "person" if row["per"] == "household" else row["per"]
    wanted = Wanted(languages=("en",), per=str(per), **{name: str(row[name]) for name in names})
    kept = frozen.thaw(view.connection, int(str(row["id"])), wanted)
    done = select(campaign_recipient.c.record_id).where(campaign_recipient.c.campaign_id == row["id"])
    served = np.fromiter(view.connection.execute(done).scalars(), np.int64)
    waiting = only(kept, np.flatnonzero((kept.reasons == 0) & ~np.isin(kept.ids, served)))
    if most:
        waiting = only(waiting, np.arange(len(waiting.ids))[:most])
    if row["per"] == "household":
        together = served_with(view, kept, waiting.ids.tolist()).values()
        others = np.isin(kept.ids, [each for some in together for each in some])
        waiting = only(kept, np.flatnonzero(np.isin(kept.ids, waiting.ids) | others))
    now = sort_out(view, waiting.ids, replace(waiting.wanted, per=str(row["per"])))
    late = {int(now.ids[at]): now.reason(at) for at in now.excluded.tolist() if not waiting.reasons[at]}
    may = now.recipients
    still = replace(
        only(now, may), wanted=kept.wanted, languages=waiting.languages[may], contacts=waiting.contacts[may]
    )
    stand_ins = int(np.count_nonzero(waiting.reasons[may]))
    if row["channel"] in POSTED:
        return Due(row, _in_order_of_post(view, still, now.contacts[may]), late, stand_ins)
    return Due(row, replace(still, contacts=now.contacts[may]), late, stand_ins)


def _in_order_of_post(view: View, found: Sorted, current: Numbers) -> Sorted:
    """By country, postcode and street; the frozen address, or the one that took its place if it serves no more."""
    rows: dict[int, Any] = {}
    wanted = np.unique(np.concatenate((found.contacts, current))).tolist()
    for some in slices(wanted):
        chosen = select(address).where(among(address.c.id, some), lived_at())
        rows.update({row.id: row for row in view.connection.execute(chosen)})
    used = [
        own if (row := rows.get(own)) is not None and serves(row) else now
        for own, now in zip(found.contacts.tolist(), current.tolist(), strict=True)
    ]
    keys = [
        tuple(getattr(rows[row], name) or "" for name in ("country", "postal_code", "city", "street", "house_number"))
        for row in used
    ]
    order = np.array(sorted(range(len(used)), key=lambda place: (keys[place], place)), np.int64)
    return only(replace(found, contacts=np.array(used, np.int64)), order)


def _print(context: Context, waiting: Due, path: Path, printing: Printing | None) -> LettersResult:
    started = time.monotonic()
    row, found = waiting.row, waiting.found
    letter_template = template(str(row["template"]))
    first = context.transaction.reserve("id.campaign_recipient", len(found.ids) + len(waiting.late))
    kept: list[dict[str, object]] = []
    if not len(found.ids):
        raise Invalid(NOBODY)
    written = print_letters(
        path,
        _letters(context, waiting, letter_template, first, kept),
        template=letter_template,
        sender=sender_of(context, letter_template.languages),
        day=date.today(),
        variables=json.loads(str(row["variables"])),
        images=files_of(context, letter_template),
        printing=printing_of(context, printing),
        total=len(found.ids),
        progress=context.progress,
    )
    context.on_failure.append(partial(path.unlink, missing_ok=True))
    _keep(context, waiting, letter_template, first, kept)
    reasons = Counter(json.loads(str(row["reasons"]))) + Counter(waiting.late.values())
    ordered = {code: reasons[code] for code in NUMBER_OF if reasons[code]}
    seconds = time.monotonic() - started
    return LettersResult(int(row["selected"]), written.letters, ordered, str(row["code"]), written.missing, seconds)


def _letters(
    context: Context, waiting: Due, letter_template: Template, first: int, kept: list[dict[str, object]]
) -> Iterator[Letter]:
    """The letters in their order; what is kept of each is noted in `kept`."""
    found, today = waiting.found, date.today().isoformat()
    wanted = [*NEEDED, *asked_of(letter_template.fields)] if found.wanted.kind == PEOPLE else ()
    with_whom = addressees(context, waiting)
    for places in slices(list(range(len(found.ids)))):
        ids, contacts = found.ids[places].tolist(), found.contacts[places].tolist()
        loaded = records.load(context.connection, context.session, found.wanted.kind, ids, wanted)
        chosen = select(address).where(among(address.c.id, contacts))
        rows = {row.id: row for row in context.connection.execute(chosen)}
        for place, record_id, contact in zip(places, ids, contacts, strict=True):
            one = Recipient(loaded[record_id], found.language(place), address_of(rows[contact]))
            code = letter_code(first + place, context.settings["post"])
            letter = letter_of(context, one, letter_template, with_whom.get(record_id, ALONE), code)
            kept.append(
                {"id": first + place, "record_id": record_id, "state": "printed", "language": one.language}
                | {"written_to": "\n".join(letter.address_lines), "contact_id": contact, "printed_on": today}
            )
            yield letter


def _keep(
    context: Context, waiting: Due, letter_template: Template, first: int, kept: Sequence[dict[str, object]]
) -> None:
    """A row for each letter, one for each who got none after all, and the letter as it was sent."""
    campaign_id = int(waiting.row["id"])
    blank: dict[str, object] = {"campaign_id": campaign_id, "reason": None}
    context.transaction.insert(campaign_recipient, [blank | row for row in kept])
    keep_late(context, waiting, first + len(kept))
    trees = {language: to_json(tree) for language, tree in letter_template.trees.items()}
    context.transaction.update(campaign, campaign_id, {"trees": json.dumps(trees, ensure_ascii=False)})


def keep_late(context: Context, waiting: Due, first: int) -> None:
    """Write down who gets nothing after all, and that others do; of records that are gone there is nothing to write."""
    there = records.kinds_of(context.connection, waiting.late)
    rows: list[dict[str, object]] = [
        {"id": first + place, "record_id": record_id, "campaign_id": int(waiting.row["id"])}
        | {"state": "excluded", "reason": reason}
        for place, (record_id, reason) in enumerate(waiting.late.items())
        if record_id in there
    ]
    context.transaction.insert(campaign_recipient, rows)
    if waiting.stand_ins:
        reasons = Counter(json.loads(str(waiting.row["reasons"]))) - Counter({"household": waiting.stand_ins})
        numbers = {"recipients": int(waiting.row["recipients"]) + waiting.stand_ins, "reasons": json.dumps(reasons)}
        context.transaction.update(campaign, int(waiting.row["id"]), numbers)


def addressees(view: View, waiting: Due) -> dict[int, Addressee]:
    """Guardians of minors, others of a household, and who acts for an association; by record id."""
    per = str(waiting.row["per"])
    whom = acting_for(view, waiting.found.wanted.kind, per, waiting.found.ids.tolist())
    if per == "household":
        for record_id, others in _households(view, waiting).items():
            whom.setdefault(record_id, others)
    return whom


def _households(view: View, waiting: Due) -> dict[int, Addressee]:
    """Others of each recipient's household who may still be written to: they are named on the letter."""
    wanted = waiting.found.wanted
    kept = frozen.thaw(view.connection, int(waiting.row["id"]), wanted)
    served = served_with(view, kept, waiting.found.ids.tolist())
    now = sort_out(view, [each for others in served.values() for each in others], wanted)
    may = set(now.ids[now.recipients].tolist())
    together = {one: [each for each in others if each in may and each != one] for one, others in served.items()}
    return {record_id: household(view, others) for record_id, others in together.items() if others}


def _require_ending(path: Path) -> None:
    if path.suffix.casefold() not in (".pdf", APART, WORD):
        raise Invalid(OTHER_ENDING)
