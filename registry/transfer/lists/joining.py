"""Lists with a row for each office, skill or language of a person: rows of one person are told by the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from registry import fields
from registry.fields import PEOPLE
from registry.i18n import ngettext
from registry.kinds import clean
from registry.search.folding import name_key
from registry.transfer.columns.mapping import NAMES, Match
from registry.transfer.lists.source import Source
from registry.transfer.values.titles import apart

#: What a row may say besides the name; anything else tells people of one name apart.
_REPEATED = frozenset({"association", "skill", "language"})
_OF_NAME = frozenset({*NAMES[PEOPLE], "title", "patronymic"})
#: Share of rows whose name others have too.
_SHARE = 0.5
#: Values of one kind that a person may have.
_MOST = 60


@dataclass
class Joined:
    """A list whose rows belong together.

    Attributes:
        matches: one a column, with further ones for what further rows of a person say.
        texts: the rows; the first of a person says what all of them say.
        same: row number -> a key that all rows of one person have; empty for an ordinary list.
        people: how many they are.
    """

    matches: Sequence[Match]
    texts: Sequence[list[str]]
    same: Mapping[int, str] = field(default_factory=dict)
    people: int = 0

    def summary(self) -> list[str]:
        """What was done."""
        if not self.same:
            return []
        return [
            ngettext(
                "Rows with the same name are taken for one person, as the list has a row for each office, skill or "
                "language: {count} person in {rows} rows.",
                "Rows with the same name are taken for one person, as the list has a row for each office, skill or "
                "language: {count} people in {rows} rows.",
                self.people,
                rows=len(self.same),
            )
        ]


def join(source: Source) -> Joined:
    """The rows of a list, those of one person told, and what each of them says under a number of its own."""
    ordinary = Joined(source.matches, source.rows.texts)
    if source.kind != PEOPLE or source.own or source.questionnaire is not None or not _says_little(source.matches):
        return ordinary
    named = [m.column for m in source.matches if m.targets and fields.split(m.targets[0])[0] in _OF_NAME - {"title"}]
    keys = [name_key(apart(" ".join(clean(row[c]) for c in named), usual=True)[1]) for row in source.rows.texts]
    counts = Counter(key for key in keys if key)
    repeated = sum(count for count in counts.values() if count > 1)
    if repeated < _SHARE * len(keys) or max(counts.values(), default=0) > _MOST:
        return ordinary
    return _spread(source, keys, max(counts.values()))


def _says_little(matches: Sequence[Match]) -> bool:
    """Whether the list has names and what people have several of, and nothing else."""
    heads = {fields.split(t)[0].partition(".")[0] for m in matches for t in m.targets}
    numbered = any(fields.split(t)[1] for m in matches for t in m.targets)
    return bool(heads & _REPEATED) and bool(heads & _OF_NAME) and heads <= _REPEATED | _OF_NAME and not numbered


def _spread(source: Source, keys: Sequence[str], most: int) -> Joined:
    moved = [m for m in source.matches if m.targets and fields.split(m.targets[0])[0].partition(".")[0] in _REPEATED]
    width = max(len(row) for row in source.rows.texts)
    matches = list(source.matches)
    for place in range(1, most):
        for i, match in enumerate(moved):
            targets = tuple(fields.numbered(target, place) for target in match.targets)
            matches.append(replace(match, column=width + (place - 1) * len(moved) + i, targets=targets))
    further = width + (most - 1) * len(moved)
    texts = [row + [""] * (further - len(row)) for row in source.rows.texts]
    first: dict[str, list[str]] = {}
    met: Counter[str] = Counter()
    for key, row in zip(keys, texts, strict=True):
        beside = width + (met[key] - 1) * len(moved)
        if met[key]:
            for i, match in enumerate(moved):
                first[key][beside + i] = row[match.column]
        elif key:
            first[key] = row
        met[key] += bool(key)
    same = {number: key for number, key in zip(source.rows.numbers, keys, strict=True) if key}
    return Joined(matches, texts, same, len(first))
