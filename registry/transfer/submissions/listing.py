"""Submissions as a list: a column a question, a row a person; what repeats stands in one cell, mark between mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from registry.i18n import N_
from registry.search.folding import fold
from registry.transfer.headings.consent import REFUSED, asks_to_keep, is_no, names_use
from registry.transfer.headings.headers import is_our_question, own_part
from registry.transfer.readers.cells import BETWEEN
from registry.transfer.submissions.columns import Part
from registry.transfer.submissions.form import BETWEEN_GROUPS, Choice, in_language
from registry.transfer.submissions.reading import Answer, Answers, Submission

NOT_APPROVED = N_("this submission was not approved")

#: What KoboToolbox and ODK say of a submission that somebody looked at.
_REVIEWED = ("_validation_status", "ReviewState")
_NOT_APPROVED = frozenset({"not approved", "validation status not approved", "rejected"})
#: Bold and italics in a label, and the name of another question whose answer stands there.
_MARKS, _NAMED = re.compile(r"\*\*|__"), re.compile(r"\$\{\w+\}")


@dataclass
class Listing:
    """The list that an export makes.

    Attributes:
        headings: one a question, unique.
        repeats: of each column the repeat that it belongs to; "" = none.
        key: heading of the column by which a submission is known again.
        numbers: of the rows, as they stand in the main sheet.
        texts: their cells; answers of a repeat, and several chosen ones, stand with `BETWEEN` between them.
        names: heading -> label of an answer -> the name that the form gives it; only where the form is known.
        left_out: number of a row that is not to be taken in -> why, a catalogue message.
    """

    headings: list[str]
    repeats: list[str]
    key: str
    numbers: list[int] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Column:
    """A question of a sheet; `path` names the repeats that lead to it, `answers` are those to choose from."""

    question: str
    label: str
    path: tuple[str, ...]
    answers: tuple[Choice, ...]

    @cached_property
    def labels(self) -> dict[str, str]:
        """Name of an answer -> its label."""
        return {choice.name: label for choice in self.answers if (label := in_language(choice.labels))}


def listed(answers: Answers, key: str = "_uuid") -> Listing:
    """The list of all submissions, those that are not to be taken in marked as such."""
    main, *_others = answers.asked
    told = (
        _own_name if all(_own_name(*one) for parts in answers.asked.values() for one in _questions(parts)) else _label
    )
    grouped = {
        sheet: _without_groups([question for question, _part in _questions(parts)])
        for sheet, parts in answers.asked.items()
    }
    columns = [
        _Column(
            question, told(grouped[sheet][question], part), path, part.asked.choices if part.asked is not None else ()
        )
        for sheet, path in _paths(answers, main)
        for question, part in _questions(answers.asked[sheet])
    ]
    headings = _headings(columns)
    asking = [(c, h) for c, h in zip(columns, headings, strict=True) if not c.path and asks_to_keep(h)]
    # The first is about the data at all, whatever words it needs; further ones may be about one use of them.
    consents = [column for place, (column, heading) in enumerate(asking) if not place or not names_use(heading)]
    found = Listing([key, *headings], ["", *("/".join(column.path) for column in columns)], key)
    for column, heading in zip(columns, headings, strict=True):
        found.names[heading] = {
            label: choice.name for choice in column.answers for label in choice.labels.values() if label
        }
    for one in answers.submissions:
        found.numbers.append(one.row)
        found.texts.append([one.key, *(_cell(one, column) for column in columns)])
        if any(is_no(_text(one.answers.get(consent.question, ""))) for consent in consents):
            found.left_out[one.row] = REFUSED
        elif any(fold(one.system.get(name, "").replace("_", " ")) in _NOT_APPROVED for name in _REVIEWED):
            found.left_out[one.row] = NOT_APPROVED
    return found


def _questions(parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    """Each question once, in the order of the sheet."""
    seen: set[str] = set()
    for part in parts:
        if part.question not in seen and part.what != "system":
            seen.add(part.question)
            yield part.question, part


def _paths(answers: Answers, main: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sheet with the repeats that lead to it from the main one."""
    paths: dict[str, tuple[str, ...]] = {main: ()}

    def follow(rows: Sequence[Submission], path: tuple[str, ...]) -> None:
        for row in rows:
            for name, below in row.repeats.items():
                paths.setdefault(name, (*path, name))
                follow(below, paths[name])

    follow(answers.submissions, ())
    yield from ((sheet, paths[sheet]) for sheet in answers.asked if sheet in paths)


def _own_name(question: str, part: Part) -> str:
    """The name of a question of our own forms, which says all; "" of any other."""
    path = part.asked.path if part.asked is not None else question
    return own_part(path) if is_our_question(path) else ""


def _label(question: str, part: Part) -> str:
    """A question as people read it, without its groups."""
    question = part.asked.label if part.asked is not None else re.split(r"/(?=[^/\s])", question)[-1]
    return _plain(question) or question


def _without_groups(questions: Sequence[str]) -> dict[str, str]:
    """The questions of a sheet without the groups before them, where something else than a stroke stands between.

    Only what several questions begin with is a group, and only if most of them begin so.
    """
    for sign in BETWEEN_GROUPS[1:]:
        parted = {question: re.split(rf"{re.escape(sign)}(?=\S)", question) for question in questions}
        begun = Counter(sign.join(parts[:end]) for parts in parted.values() for end in range(1, len(parts)))
        bare = {}
        for question, parts in parted.items():
            groups = sum(begun[sign.join(parts[:end])] > 1 for end in range(1, len(parts)))
            bare[question] = sign.join(parts[groups:])
        if 2 * sum(bare[question] != question for question in questions) > len(questions):
            return bare
    return dict(zip(questions, questions, strict=True))


def _plain(label: str) -> str:
    return " ".join(_NAMED.sub("…", _MARKS.sub(" ", label)).split())


def _headings(columns: Sequence[_Column]) -> list[str]:
    """Labels; those that several columns have, with their repeat or whole heading."""
    count = Counter(column.label for column in columns)
    headings: list[str] = []
    for column in columns:
        heading = column.label
        if count[heading] > 1 and column.path:
            heading = f"{column.path[-1]}/{heading}"
        elif count[heading] > 1 and column.question != column.label:
            heading = _plain(column.question)
        while heading in headings:
            heading += " *"
        headings.append(heading)
    return headings


def _cell(one: Submission, column: _Column) -> str:
    rows = [one]
    for name in column.path:
        rows = [below for row in rows for below in row.repeats.get(name, [])]
    if not column.path:
        return _text(one.answers.get(column.question, ""), column.labels)
    texts = [_text(row.answers.get(column.question, ""), column.labels).replace(BETWEEN, "; ") for row in rows]
    return BETWEEN.join(texts) if any(texts) else ""


def _text(answer: Answer, labels: Mapping[str, str] = MappingProxyType({})) -> str:
    chosen = (answer,) if isinstance(answer, str) else answer
    return BETWEEN.join(labels.get(one, one) for one in chosen)
