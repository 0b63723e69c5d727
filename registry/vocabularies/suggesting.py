"""Type-ahead: which entries a few letters may mean, the best first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from registry.search.folding import fold, native

#: Letters from which a word's inside is searched as well: fewer stand in nearly every word.
_INSIDE = 3
#: Tiers that a single letter is looked for in: it begins a tenth of all words.
_OF_ONE_LETTER = 2


@dataclass(frozen=True)
class Suggestion:
    """An entry that the typed letters may mean.

    Attributes:
        code: of the entry.
        label: in the language in use.
        matched: the other word that was met, "" where it was the label or the code.
    """

    code: str
    label: str
    matched: str = ""


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """`text` as words are compared: Latin letters without case and accents, other scripts as they are written."""
    latin = text.isascii() or all(c < "\u0300" or "\u1e00" <= c < "\u1f00" for c in text if c.isalpha())
    return (fold(text) if latin else native(text) or fold(text)) or text.strip().casefold()


class Terms:
    """Words of equal worth and the codes they name: one text, which is searched far faster than many small ones."""

    def __init__(self, codes: list[str], keys: str, words: str) -> None:
        """`keys` and `words` hold a line for each code; an empty line of `words` is written like its key."""
        self.codes = codes
        self._keys = f"\n{keys}\n"
        self._words = words

    @classmethod
    def of(cls, words: Iterable[tuple[str, str]]) -> Terms:
        """Terms of (code, word)."""
        listed = [(code, " ".join(word.split())) for code, word in words]
        codes = [code for code, _ in listed]
        return cls(codes, "\n".join(key(word) for _, word in listed), "\n".join(word for _, word in listed))

    @cached_property
    def keys(self) -> list[str]:
        """What each word is compared by, in the order of the codes."""
        return self._keys[1:-1].split("\n") if self.codes else []

    @cached_property
    def _written(self) -> list[str]:
        return self._words.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(word) + 1 for word in self.keys), initial=1))

    def word(self, line: int) -> str:
        """The word as it is written."""
        return self._written[line] or self.keys[line]

    def holding(self, part: str) -> Iterator[int]:
        """Numbers of the words that hold `part`, where a line break stands for the beginning or end of a word."""
        place = self._keys.find(part)
        while place >= 0:
            line = bisect_right(self._starts, place + 1) - 1
            yield line
            place = self._keys.find(part, self._starts[line + 1] - 1)

    def holding_all(self, beginnings: list[str]) -> Iterator[int]:
        """Numbers of the words in which each of `beginnings` begins something, in any order."""
        *others, longest = sorted(beginnings, key=len)
        for line in sorted({*self.holding(f"\n{longest}"), *self.holding(f" {longest}")}):
            spaced = f" {self.keys[line]}"
            if all(f" {beginning}" in spaced for beginning in others):
                yield line


def suggested(text: str, tiers: Sequence[Terms], accepts: Callable[[str], bool], limit: int) -> list[tuple[str, str]]:
    """(code, the word met) for at most `limit` entries that `text` may mean, the best first.

    A whole word goes before a beginning, a beginning before one inside; then the earlier tier.
    """
    typed = key(text) if text.strip() else ""
    searched = tiers if len(typed) > 1 else tiers[:_OF_ONE_LETTER]
    best: dict[str, str] = {}
    for ask in _questions(typed) if typed else ():
        met: dict[str, list[tuple[int, int, int]]] = {}
        for tier, terms in enumerate(searched):
            for line in ask(terms):
                code = terms.codes[line]
                if code not in best and accepts(code):
                    met.setdefault(code, []).append((tier, len(terms.keys[line]), line))
        for code in sorted(met, key=lambda code: _worth(met[code])):
            tier, _length, line = min(met[code])
            best[code] = tiers[tier].word(line)
        if len(best) >= limit:
            break
    return list(best.items())[:limit]


def _worth(met: list[tuple[int, int, int]]) -> tuple[int, int, tuple[int, int, int]]:
    """The earliest tier first, there the code with the most of the words, then the shortest word."""
    first = min(met)
    return first[0], -sum(1 for tier, _length, _line in met if tier == first[0]), first


def _questions(typed: str) -> Iterator[Callable[[Terms], Iterable[int]]]:
    """What is asked of the words, the narrowest first."""
    yield lambda terms: terms.holding(f"\n{typed}\n")
    yield lambda terms: terms.holding(f"\n{typed}")
    yield lambda terms: terms.holding(f" {typed}")
    if " " in typed:
        yield lambda terms: terms.holding_all(typed.split())
    if len(typed) >= _INSIDE:
        yield lambda terms: terms.holding(typed)
