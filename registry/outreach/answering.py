"""Who answered what, and what gateways say of messages: read from codes, one at a time or in a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db.models import campaign
from registry.commands import Question, ReadAnswers, RecordAnswers
from registry.context import Context
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.kinds import TEXT, Situation
from registry.outreach.codes import recipient_of
from registry.outreach.following import day_of, recipients, set_state
from registry.search.folding import fold
from registry.transfer.readers.table_files import Cell, open_table_file

NO_CODES = N_("No column of this file has codes of letters or messages. Give the column the heading “code”.")
NOTHING_ASKED = N_("There are answers but no question. Write what is asked, or leave the answers out.")
TWICE = N_("Two answers have the code “{code}”. Give each answer one of its own.")
#: Headings of the columns, folded.
_CODES = frozenset({"code", "letter", "lettre", "codigo", "رمز", "reference"})
_ANSWERS = frozenset({"answer", "reponse", "respuesta", "resposta", "reply", "text", "message", "الجواب"})
_STATES = frozenset({"status", "state", "etat", "estado", "delivery", "result"})
#: What gateways say, folded.
_DELIVERED = frozenset({"delivered", "delivrd", "ok", "sent", "success", "recu", "remis", "livre", "entregado"})
_FAILED = frozenset(
    {"failed", "undelivered", "undeliv", "rejected", "rejectd", "expired", "bounced", "bounce", "echec"}
)


@dataclass(frozen=True)
class AnswersRead:
    """What came of a list of answers.

    Attributes:
        changed: how many were written down.
        unknown: codes that fit nothing, with the row they stood in, counted from 1.
        unlisted: answers that the question does not offer, kept as they were written.
    """

    changed: int
    unknown: tuple[tuple[int, str], ...] = ()
    unlisted: int = 0


@dataclass(frozen=True)
class _Line:
    row: int
    code: str
    answer: str
    state: str = ""


def question_of(text: str, answers: str) -> Question | None:
    """What a poll asks; None = nothing. Raises `Invalid` for answers to nothing, and for two of one code.

    Args:
        answers: what is offered, such as `1=Yes, 2=No` or `yes, no`; "" = any text.
    """
    offered: dict[str, str] = {}
    for each in answers.split(","):
        code, _sign, meaning = (part.strip() for part in each.partition("="))
        if code and fold(code) in map(fold, offered):
            raise Invalid(TWICE, field="answers", code=code[:40])
        if code:
            offered[code] = meaning or code
    if offered and not text.strip():
        raise Invalid(NOTHING_ASKED, field="question")
    return Question(text.strip(), offered) if text.strip() else None


def record_answers(context: Context, command: RecordAnswers) -> AnswersRead:
    """Write answers down."""
    lines = [_Line(place, code, answer) for place, (code, answer) in enumerate(command.answers, 1)]
    return _write(context, lines, command.on)


def read_answers(context: Context, command: ReadAnswers) -> AnswersRead:
    """Read a table of codes with answers, or with what became of each message."""
    lines = list(_lines(_table(context, command)))
    context.note["rows"] = len(lines)
    return _write(context, lines, "")


def _table(context: Context, command: ReadAnswers) -> Iterable[tuple[int, list[str]]]:
    """The rows of the first sheet that holds something, as texts, each with its number."""
    with open_table_file(command.path, context.progress) as file:
        sheet = next(sheet for sheet in file.sheets if sheet.rows)
        if sheet.refusal is not None:
            raise sheet.refusal
        for batch in file.rows(sheet, context.progress):
            for number, row in enumerate(batch.rows, batch.first_row):
                yield number, [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    if isinstance(cell, tuple):
        return cell[1]
    return "" if cell is None else str(cell)


def _lines(rows: Iterable[tuple[int, list[str]]]) -> Iterable[_Line]:
    places: dict[str, int] = {}
    for number, cells in rows:
        if not places:
            for place, cell in enumerate(cells):
                for name, known in (("code", _CODES), ("answer", _ANSWERS), ("state", _STATES)):
                    if fold(cell) in known:
                        places.setdefault(name, place)
            if "code" not in places:
                places = {}
            continue
        code = _cell(cells, places, "code")
        if code:
            yield _Line(number, code, _cell(cells, places, "answer"), _cell(cells, places, "state"))
    if not places:
        raise BadFile(NO_CODES)


def _cell(cells: list[str], places: Mapping[str, int], name: str) -> str:
    return cells[places[name]].strip() if name in places and places[name] < len(cells) else ""


def _write(context: Context, lines: list[_Line], on: str) -> AnswersRead:
    day, post = day_of(on), context.settings["post"]
    numbers = [recipient_of(line.code, post) or 0 for line in lines]
    rows = recipients(context, numbers)
    offered = _offered(context, {row.campaign_id for row in rows.values()})
    changed, unlisted, unknown = 0, 0, []
    for line, number in zip(lines, numbers, strict=True):
        row = rows.get(number)
        if row is None or row.state == "excluded":
            unknown.append((line.row, line.code[:40]))
            continue
        said = TEXT.read(line.answer, Situation(), "") if line.answer else ""
        answer = _code(said, offered[row.campaign_id]) if said else ""
        unlisted += bool(answer) and bool(offered[row.campaign_id]) and answer not in offered[row.campaign_id]
        changed += _became(context, row, answer, line.state, day)
    return AnswersRead(changed, tuple(unknown), unlisted)


def _became(context: Context, row: Any, answer: str, state: str, day: str) -> bool:
    """One letter or message; what a gateway says does not take an answer back."""
    said = fold(state)
    if not answer and said in _FAILED:
        return set_state(context, row.id, state="returned", reason="undelivered", closed_on=day)
    if not answer and said in _DELIVERED:
        return row.state != "answered" and set_state(context, row.id, state="delivered", closed_on=day)
    if state and not answer:
        return False
    return set_state(context, row.id, state="answered", answer=answer or None, closed_on=day)


def _offered(context: Context, campaigns: set[int]) -> dict[int, dict[str, str]]:
    chosen = select(campaign.c.id, campaign.c.question).where(campaign.c.id.in_(campaigns))
    return {
        row.id: json.loads(row.question)["answers"] if row.question else {}
        for row in context.connection.execute(chosen)
    }


def _code(said: str, offered: Mapping[str, str]) -> str:
    """The code of an answer as it was written: itself, or what it means."""
    folded = fold(said)
    for code, meaning in offered.items():
        if folded in (fold(code), fold(meaning)):
            return code
    return said
