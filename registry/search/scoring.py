"""How well records fit the words asked for, so that the best stands first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from registry.search import words
from registry.search.closest import Likely
from registry.search.folding import fold

#: What is shown of a record: its id, number, external identifier and name.
Shown: TypeAlias = tuple[int, str, str | None, str]

#: The name is exactly what was asked; the same words in another order; another spelling at best.
EXACT, REORDERED, _BEST = 1.0, 0.98, 0.97
#: Among close names, where not many are so: all the words are in the name, the last letters of some not typed yet.
_BEGINS = 0.965
#: What was found by another field only stands behind names that fit.
OTHERWISE = 0.5
#: How much a word counts of which a name has only the beginning, and how much the words that nobody asked for.
_BEGUN, _FULLNESS = 0.8, 0.25
_NOBODY: Mapping[int, Likely] = {}


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found.

    Attributes:
        score: 0..1, how well it fits the words asked for.
    """

    id: int
    number: str
    name: str
    external_id: str | None
    score: float


class Scoring:
    """Weighs records against the words of one question."""

    def __init__(self, asked: Sequence[str], *, plain: bool, few: bool) -> None:
        """Of one question.

        Args:
            asked: as typed.
            plain: whether a name is asked for that may be written in any way.
            few: whether not many have all the words.
        """
        self._words = words.tokens(asked)
        self._sorted = sorted(self._words)
        self._begun = [f" {word}" for word in self._words]
        self._together = "".join(self._words)
        self._written = fold(" ".join(asked))
        self._plain, self._few = plain, few

    @property
    def key(self) -> str:
        """The words as the key of a name, as `folding.name_key` makes it."""
        return " ".join(self._sorted)

    def ranked(self, rows: Iterable[Shown], close: Mapping[int, Likely] = _NOBODY) -> tuple[Hit, ...]:
        """Each record once, the best first; `close` = those with close names."""
        once = {row[0]: row for row in rows}.values()
        hits = [Hit(row[0], row[1], row[3], row[2], self._score(row, close)) for row in once]
        closer = {record_id: -likely.score for record_id, likely in close.items()}
        return tuple(sorted(hits, key=lambda hit: (-hit.score, closer.get(hit.id, 0.0), fold(hit.name), hit.id)))

    def exact(self, rows: Iterable[Shown]) -> bool:
        """Whether one of them is called just so, or has this number."""
        return any(self._score(row, _NOBODY) >= REORDERED for row in rows)

    def _score(self, row: Shown, close: Mapping[int, Likely]) -> float:
        record_id, number, external_id, name = row
        if self._together in (_together(number), _together(external_id or "")):
            return EXACT
        folded = fold(name)
        having = folded.split()
        if len(having) == len(self._words) and sorted(having) == self._sorted:
            return EXACT if folded == self._written else REORDERED
        # For each of the words 1 if it is in the name, less if only as a beginning, 0 if not.
        spaced = f" {folded}"
        parts = [
            1.0 if word in having else _BEGUN if begun in spaced else 0.0
            for word, begun in zip(self._words, self._begun, strict=True)
        ]
        likely = close.get(record_id)
        fit = likely.score if likely is not None else 0.0 if self._plain else _fit(parts, having)
        score = round(OTHERWISE + (_BEST - OTHERWISE) * fit, 4)
        return max(score, _BEGINS) if close and self._few and all(parts) else score


def _together(text: str) -> str:
    """A number without whatever separates its parts."""
    return fold(text).replace(" ", "")


def _fit(parts: Sequence[float], having: Sequence[str]) -> float:
    """0..1: how many of the words are in a name, whole or as a beginning, and how much else is."""
    found = sum(parts) / max(1, len(parts))
    return found * (1 - _FULLNESS + _FULLNESS * min(1.0, len(parts) / max(1, len(having))))
