"""A questionnaire's own form (XLSForm): its questions, their labels in every language, the lists of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from registry.errors import BadFile
from registry.i18n import N_, current_language
from registry.progress import SILENT, Progress
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.table_files import open_table_file

NO_FORM = N_(
    "“{name}” is no form of a questionnaire (XLSForm): it has no sheet “survey” with the columns type and name."
)

#: Kinds that have no answer of their own (XLSForm reference, "Question types").
_SILENT_KINDS = frozenset({"note"})
#: What exporters can be told to write between a group and what stands in it.
BETWEEN_GROUPS = ("/", "-", ".")
_BEGIN = re.compile(r"begin[ _](group|repeat)")
_END = re.compile(r"end[ _](group|repeat)")


@dataclass(frozen=True)
class Choice:
    """One answer of a list: the name that is stored and its labels, one a language."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        path: names of its groups and its own, with strokes between.
        kind: as the form calls it, "select_one", "date".
        headings: what can stand above its answers: name and labels in every language, alone and with their groups.
        labels: language as the form writes it ("French (fr)"; "" = the only one) -> label.
        choices: of a question with a list.
    """

    path: str
    kind: str
    headings: frozenset[str]
    labels: Mapping[str, str]
    choices: tuple[Choice, ...] = ()

    @property
    def several(self) -> bool:
        """Whether more than one answer can be chosen."""
        return self.kind == "select_multiple"

    def chosen(self, text: str) -> tuple[list[str], str]:
        """The answers that a cell names one after the other with spaces between, and what is none of them."""
        known = {word: word for choice in self.choices for word in (choice.name, *choice.labels.values()) if word}
        return segmented(text, known)

    @property
    def label(self) -> str:
        """The label in the language of the interface, else in the form's first one."""
        return in_language(self.labels) or self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Form:
    """A form, or what several versions of one ask together."""

    questions: Mapping[str, Question] = field(default_factory=dict)

    def with_version(self, other: Form) -> Form:
        """What this and another version of the form ask; a list of answers has those of both."""
        merged = dict(self.questions)
        for path, question in other.questions.items():
            mine = merged.get(path)
            merged[path] = question if mine is None else _united(mine, question)
        return Form(merged)

    def above(self, heading: str) -> list[Question]:
        """The questions that a heading can stand for, in the order of the form."""
        return [question for question in self.questions.values() if heading in question.headings]


def _united(one: Question, other: Question) -> Question:
    choices = {choice.name: choice for choice in one.choices}
    for choice in other.choices:
        before = choices[choice.name].labels if choice.name in choices else {}
        told = {spoken: label for spoken, label in choice.labels.items() if label}
        choices[choice.name] = Choice(choice.name, {**before, **told})
    headings, labels = one.headings | other.headings, {**one.labels, **other.labels}
    return Question(one.path, other.kind, headings, labels, tuple(choices.values()))


def in_language(labels: Mapping[str, str]) -> str:
    """The label in the language of the interface ("French (fr)" and "fr" are French), else the first."""
    code = current_language()
    own = (label for name, label in labels.items() if name == code or name.endswith(f"({code})"))
    return next((label for label in (*own, *labels.values()) if label), "")


def segmented(text: str, known: Mapping[str, str]) -> tuple[list[str], str]:
    """A text as words of a list with spaces between, the fewest and so the longest; and what is left over.

    Args:
        known: what can stand in the text -> what it means.
    """
    longest = max(map(len, known), default=0)
    #: Of each beginning of the text that words fill: the signs left over, the number of words, the words.
    best: dict[int, tuple[int, int, list[str], list[str]]] = {0: (0, 0, [], [])}
    bounds = [0, *(m.end() for m in re.finditer(" ", text)), len(text) + 1]
    for start in bounds[:-1]:
        if start not in best:
            continue
        left, count, words, rest = best[start]
        for end in bounds:
            piece = text[start : end - 1]
            if end <= start or (len(piece) > longest and end != _next(bounds, start)):
                continue
            meant = known.get(piece)
            if meant is not None:
                offered = (left, count + 1, [*words, meant], rest)
            elif end == _next(bounds, start):
                offered = (left + len(piece), count + 1, words, [*rest, piece])
            else:
                continue
            if end not in best or offered[:2] < best[end][:2]:
                best[end] = offered
    _left, _count, words, rest = best[len(text) + 1]
    return words, " ".join(rest)


def _next(bounds: Sequence[int], start: int) -> int:
    return bounds[bounds.index(start) + 1]


def read_form(path: Path, progress: Progress = SILENT) -> Form:
    """Read an XLSForm. Raises `BadFile` if the file is none."""
    with open_table_file(path, progress) as file:
        tables = {}
        for sheet in file.sheets:
            rows = [texts_of(row) for batch in file.rows(sheet, progress) for row in batch.rows]
            tables[sheet.name.strip().casefold()] = list(_records(rows))
    survey = tables.get("survey", [])
    if not any("type" in row and "name" in row for row in survey):
        raise BadFile(NO_FORM, name=path.name)
    return Form({question.path: question for question in _questions(survey, _lists(tables.get("choices", [])))})


def _records(rows: Iterable[Sequence[str]]) -> Iterator[dict[str, str]]:
    header: Sequence[str] = ()
    for row in rows:
        if not header:
            header = [text.strip() for text in row] if any(row) else ()
            continue
        yield {name: text for name, text in zip(header, row, strict=False) if name}


def _labels(row: Mapping[str, str]) -> dict[str, str]:
    """Language -> label, from the columns `label` and `label::Language (code)`."""
    parts = ((*name.partition(":"), text) for name, text in row.items())
    return {spoken.strip(": "): text for head, _colon, spoken, text in parts if head == "label"}


def _lists(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for row in rows:
        listed = row.get("list_name") or row.get("list name") or ""
        if listed.strip() and row.get("name", "").strip():
            lists.setdefault(listed.strip(), []).append(Choice(row["name"].strip(), _labels(row)))
    return {name: tuple(choices) for name, choices in lists.items()}


def _questions(rows: Iterable[Mapping[str, str]], lists: Mapping[str, tuple[Choice, ...]]) -> Iterator[Question]:
    groups: list[tuple[str, Mapping[str, str]]] = []
    for row in rows:
        kind, name = " ".join(row.get("type", "").split()), row.get("name", "").strip()
        if _BEGIN.match(kind):
            groups.append((name, _labels(row)))
        elif _END.match(kind):
            del groups[-1:]
        elif kind and name and kind not in _SILENT_KINDS:
            base, _space, listed = kind.partition(" ")
            path = "/".join([*(group for group, _ in groups), name])
            labels = _labels(row)
            choices = lists.get(listed.split()[0], ()) if listed else ()
            yield Question(path, base, frozenset(_headings(groups, name, labels)), labels, choices)


def _headings(groups: Sequence[tuple[str, Mapping[str, str]]], name: str, labels: Mapping[str, str]) -> Iterator[str]:
    names = [group for group, _ in groups]
    for depth in range(len(names) + 1):
        for between in BETWEEN_GROUPS:
            yield between.join([*names[depth:], name])
    for spoken in labels or ("",):
        shown = [own.get(spoken) or group for group, own in groups]
        for depth in range(len(shown) + 1):
            for between in BETWEEN_GROUPS:
                yield between.join([*shown[depth:], labels.get(spoken) or name])
