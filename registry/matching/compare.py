"""How alike two records are, field by field: a level each, for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import product
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry.matching import bodies
from registry.matching.called import FAMILY, FREE, GIVEN, WORDS
from registry.matching.facts import Facts
from registry.matching.remembered import Remembered
from registry.matching.texts import Kept, Texts
from registry.matching.words import WordsOfNames, holders
from registry.progress import SILENT, Progress

Levels: TypeAlias = npt.NDArray[np.int8]
Floats: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.int64]

#: Fewer records than this say nothing of how rare something is: they are taken for a part of so many.
FEW = 200
#: Levels of every comparison; a field may use fewer. MISSING = one of the two says nothing.
MISSING, DIFFERENT, FAR, REMOTE, CLOSE, SAME = -1, 0, 1, 2, 3, 4
LEVELS = 5
#: Log-odds from which two words are taken for one name, for perhaps one name, and not for quite another.
_ONE_NAME, _PERHAPS, _HARDLY = -2.0, -3.1, -3.7
#: By field how two texts are compared, and the likeness from which they are far, remote and close.
_LIKE: dict[str, tuple[Callable[..., float], float, float, float]] = {
    "email": (OSA.normalized_similarity, 0.75, 0.75, 0.88),
    "document": (OSA.normalized_similarity, 0.45, 0.7, 0.84),
    "phone": (OSA.normalized_similarity, 0.8, 0.86, 0.9),
    "street": (OSA.normalized_similarity, 0.5, 0.65, 0.8),
    "city": (OSA.normalized_similarity, 0.4, 0.6, 0.75),
    "postal_code": (OSA.normalized_similarity, 0.4, 0.57, 0.74),
    "country": (OSA.normalized_similarity, 1, 1, 1),
    "household": (OSA.normalized_similarity, 1, 1, 1),
    "region": (OSA.normalized_similarity, 0.4, 0.6, 0.75),
    "birth_place": (OSA.normalized_similarity, 0.4, 0.6, 0.75),
    "occupation": (OSA.normalized_similarity, 0.4, 0.6, 0.75),
    "acronym": (OSA.normalized_similarity, 0.4, 0.6, 0.75),
    "website": (OSA.normalized_similarity, 0.6, 0.75, 0.88),
}
#: Pairs of texts of one field that are remembered.
_REMEMBERED = 200_000
NAMES = ("given", "family", "others", "order")
#: Years after which a document of one kind is another one of the same person.
_RENEWED_AFTER = 1


#: The fields that come first; after them the columns of texts.
_FIRST = (*NAMES, "born", "sex", "related", "renewed")


def fields_of(columns: Iterable[str]) -> tuple[str, ...]:
    """What is compared, in the order of the levels."""
    return (*_FIRST, *columns)


class Comparing:
    """Compares records of the same facts."""

    def __init__(
        self, facts: Facts, common: Mapping[tuple[str, str], float] | None = None, progress: Progress = SILENT
    ) -> None:
        """`common`: of records picked out for their likeness, what part of all has a word, by text and script."""
        self.facts = facts
        self.fields = fields_of(facts.texts)
        self._first = np.searchsorted(facts.names, np.arange(len(facts) + 1))
        self._widths = (facts.words >= 0).sum(1, dtype=np.int8)
        self._words = WordsOfNames(facts, progress)
        self._word_share = holders(facts, progress) / max(len(facts), FEW)
        _days, place, counts = np.unique(facts.born, return_inverse=True, return_counts=True)
        self._born_share = counts[place] / max(FEW, int((facts.born > 0).sum()))
        self._shares = {
            name: texts.counts() / max(FEW, (texts.codes[:, 0] >= 0).sum()) for name, texts in facts.texts.items()
        }
        self._bodies = bodies.are(self.fields)
        if self._bodies:
            few = {name: texts.counts() <= bodies.BY_CHANCE for name, texts in facts.texts.items()}
            self._shares = {name: np.where(few[name], 0, share) for name, share in self._shares.items()}
        if common is not None:
            self._word_share = np.array([common.get((token.text, token.script), 0.0) for token in facts.tokens])
            self._born_share = np.zeros(len(facts))
            self._shares = {name: np.zeros(len(texts.texts)) for name, texts in facts.texts.items()}
        self._known_texts = {
            name: Remembered(partial(_alike, name, texts.texts), _REMEMBERED) for name, texts in facts.texts.items()
        }

    def compare(self, first: Places, second: Places) -> tuple[Levels, Floats]:
        """Levels by pair and field, and beside them how common what both have is (a share; 0 = not the same)."""
        # In an order of their own, so that it does not matter which of the two came first.
        later = self.facts.hashes[first] > self.facts.hashes[second]
        first, second = np.where(later, second, first), np.where(later, first, second)
        levels = np.full((len(first), len(self.fields)), MISSING, np.int8)
        shares = np.zeros((len(first), len(self.fields)))
        levels[:, : len(NAMES)], shares[:, : len(NAMES)] = self._names(first, second)
        levels[:, 4], shares[:, 4] = self._born(first, second)
        one, other = self.facts.sex[first], self.facts.sex[second]
        levels[:, 5] = np.where((one > 0) & (other > 0), np.where(one == other, SAME, DIFFERENT), MISSING)
        levels[:, 6] = self._related(first, second)
        for place, (name, texts) in enumerate(self.facts.texts.items(), len(_FIRST)):
            levels[:, place], shares[:, place] = self._texts(name, texts, first, second)
        if self.facts.papers.any():
            place = self.fields.index("document")
            levels[:, place], levels[:, 7] = self._renewed(first, second, levels[:, place])
        # Of whom the town is the same nothing more is said by the country.
        country, city = (self.fields.index(name) for name in ("country", "city"))
        levels[levels[:, city] >= CLOSE, country] = MISSING
        return levels, shares

    def _related(self, first: Places, second: Places) -> Levels:
        """How the register knows them to be related, as a level of its own; MISSING = in no way."""
        related = self.facts.related
        levels = np.full(len(first), MISSING, np.int8)
        if len(related):
            pairs = np.minimum(first, second) * len(self.facts) + np.maximum(first, second)
            at = np.minimum(np.searchsorted(related, pairs), len(related) - 1)
            known = related[at] == pairs
            levels[known] = self.facts.relations[at[known]]
        return levels

    def _renewed(self, first: Places, second: Places, documents: Levels) -> tuple[Levels, Levels]:
        """Levels of the documents, without those of other kinds or times, which say nothing; and which were renewed."""
        other = np.flatnonzero((documents != MISSING) & (documents < CLOSE))
        kinds, kinds2 = (self.facts.papers[some[other], :, 0] for some in (first, second))
        issued, issued2 = (self.facts.papers[some[other], :, 1] for some in (first, second))
        alike = (kinds[:, :, None] == kinds2[:, None, :]) & (kinds > 0)[:, :, None]
        later = np.abs(issued[:, :, None] - issued2[:, None, :]) >= _RENEWED_AFTER * 10_000
        later &= alike & (issued > 0)[:, :, None] & (issued2 > 0)[:, None, :]
        renewed = np.full(len(documents), MISSING, np.int8)
        renewed[other] = np.where(later, kinds[:, :, None], MISSING).max((1, 2))
        documents = documents.copy()
        told = (kinds > 0).any(1) & (kinds2 > 0).any(1)
        documents[other[later.any((1, 2)) | told & ~alike.any((1, 2))]] = MISSING
        return documents, renewed

    def _texts(self, name: str, texts: Texts, first: Places, second: Places) -> tuple[Levels, Floats]:
        levels = np.full(len(first), MISSING, np.int8)
        shares = np.zeros(len(first))
        one, other = texts.codes[first], texts.codes[second]
        both = np.flatnonzero((one[:, 0] >= 0) & (other[:, 0] >= 0))
        if not len(both):
            return levels, shares
        one, other = one[both], other[both]
        found = np.zeros(len(both), np.int8)
        share = np.ones(len(both))
        for m in range(one.shape[1]):
            for n in range(other.shape[1]):
                here = np.flatnonzero((one[:, m] >= 0) & (other[:, n] >= 0)) if m or n else np.arange(len(both))
                if len(here):
                    low, high = np.minimum(one[here, m], other[here, n]), np.maximum(one[here, m], other[here, n])
                    values = self._known_texts[name].of(low.astype(np.int64) * len(texts.texts) + high)
                    same = here[values == SAME]
                    share[same] = np.minimum(share[same], self._shares[name][one[same, m]])
                    found[here] = np.maximum(found[here], values)
        levels[both] = found
        shares[both] = np.where(found == SAME, share, 0)
        return levels, shares

    def _born(self, first: Places, second: Places) -> tuple[Levels, Floats]:
        one, other = self.facts.born[first].astype(np.int64), self.facts.born[second].astype(np.int64)
        levels = np.full(len(first), DIFFERENT, np.int8)
        (y1, m1, d1), (y2, m2, d2) = ((day // 10_000, day // 100 % 100, day % 100) for day in (one, other))
        digits = sum((one // 10**k % 10 != other // 10**k % 10).astype(int) for k in range(8))
        whole = (d1 > 0) & (d2 > 0)
        agree = (y1 == y2) & ((m1 == m2) | (m1 == 0) | (m2 == 0)) & ((d1 == d2) | (d1 == 0) | (d2 == 0))
        levels[~whole & agree] = REMOTE
        swapped = (y1 == y2) & (m1 == d2) & (d1 == m2)
        levels[whole & ((digits == 3) | (y1 == y2))] = FAR
        first_of_year = (one % 10_000 == 101) | (other % 10_000 == 101)  # written where only the year was known
        levels[whole & ((y1 == y2) & first_of_year | (digits == 2) | (m1 == m2) & (d1 == d2))] = REMOTE
        turned = whole & (digits == 2) & self._turned(one, other)
        levels[whole & ((digits == 1) | swapped | turned)] = CLOSE
        levels[whole & (one == other)] = SAME
        levels[(one == 0) | (other == 0)] = MISSING
        return levels, np.where(levels == SAME, self._born_share[first], 0)

    @staticmethod
    def _turned(one: Places, other: Places) -> npt.NDArray[np.bool_]:
        """Whether two neighbouring digits changed their places."""
        found = np.zeros(len(one), bool)
        for k in range(7):
            low, high = one // 10**k % 10, one // 10 ** (k + 1) % 10
            found |= (low != high) & (one + (high - low) * 10**k + (low - high) * 10 ** (k + 1) == other)
        return found

    def _names(self, first: Places, second: Places) -> tuple[Levels, Floats]:
        """By pair the likest of the names of both."""
        starts, ends = self._first[first], self._first[first + 1]
        starts2, ends2 = self._first[second], self._first[second + 1]
        counts, counts2 = ends - starts, ends2 - starts2
        combos = counts * counts2
        at = np.repeat(np.arange(len(first)), combos)
        offset = np.arange(combos.sum()) - np.repeat(np.cumsum(combos) - combos, combos)
        one = starts[at] + offset // np.maximum(counts2[at], 1)
        other = starts2[at] + offset % np.maximum(counts2[at], 1)
        found, share = self._fits(one, other)
        levels = np.full((len(first), 4), MISSING, np.int8)
        shares = np.zeros((len(first), 4))
        best = np.lexsort((-found[:, :2].sum(1), at))
        firsts = np.r_[True, at[best][1:] != at[best][:-1]] if len(at) else np.zeros(0, bool)
        kept = best[firsts]
        levels[at[kept]], shares[at[kept]] = found[kept], share[kept]
        return levels, shares

    def _fits(self, one: Places, other: Places) -> tuple[Levels, Floats]:
        levels = np.full((len(one), 4), MISSING, np.int8)
        shares = np.zeros((len(one), 4))
        widths, widths2 = self._widths[one], self._widths[other]
        sizes = [
            (np.flatnonzero((widths == m) & (widths2 == n)), m, n) for m, n in product(range(1, WORDS + 1), repeat=2)
        ]
        sizes = [(here, m, n) for here, m, n in sizes if len(here)]
        words = self.facts.words
        ones = [np.repeat(words[one[here], :m], n, 1).ravel() for here, m, n in sizes]
        others = [np.tile(words[other[here], :n], (1, m)).ravel() for here, m, n in sizes]
        if sizes:
            odds = self._words.odds(np.concatenate(ones), np.concatenate(others))
            ends = np.cumsum([len(some) for some in ones])
            for (here, m, n), some in zip(sizes, np.split(odds, ends[:-1]), strict=True):
                levels[here], shares[here] = self._fit(one[here], other[here], some.reshape(len(here), m, n))
        return levels, shares

    def _fit(self, one: Places, other: Places, odds: Floats) -> tuple[Levels, Floats]:
        """Of names of one number of words each, with the log-odds of each word of the one with each of the other."""
        facts, (_count, m, n) = self.facts, odds.shape
        words, words2 = facts.words[one, :m], facts.words[other, :n]
        roles, roles2 = facts.roles[one, :m], facts.roles[other, :n]
        same = words[:, :, None] == words2[:, None, :]
        if self._bodies:
            return self._whole(odds, same, self._word_share[words], self._word_share[words2])
        common = np.where(same, self._word_share[words][:, :, None], 1.0)
        # Where one of the two does not tell its parts, any of its words may be either.
        whole, whole2 = ((some > FREE).any(1, keepdims=True) for some in (roles, roles2))
        any_word, any_word2 = whole2 & ~whole, whole & ~whole2

        def best(role: int, role2: int) -> tuple[Levels, Floats, npt.NDArray[np.bool_]]:
            mine, theirs = (roles == role) | any_word, (roles2 == role2) | any_word2
            mask = mine[:, :, None] & theirs[:, None, :]
            top = np.where(mask, odds, -99).max((1, 2))
            exact = (same & mask).any((1, 2))
            level = np.where(exact, SAME, _level(top))
            share = np.where(exact, np.where(same & mask, common, 1.0).min((1, 2)), 0)
            return level.astype(np.int8), share, mine.any(1) & theirs.any(1)

        given, given_share, given_there = best(GIVEN, GIVEN)
        # Maria Luisa is hardly Maria Elena, though she may be Maria.
        apart = (given == SAME) & _each_has_more(odds, roles == GIVEN, roles2 == GIVEN)
        given, given_share = np.where(apart, FAR, given).astype(np.int8), np.where(apart, 0, given_share)
        family, family_share, family_there = best(FAMILY, FAMILY)
        cross, cross_share, cross_there = best(GIVEN, FAMILY)
        cross2, cross2_share, cross2_there = best(FAMILY, GIVEN)
        levels = np.full((len(one), 4), MISSING, np.int8)
        shares = np.zeros((len(one), 4))
        levels[:, 0], shares[:, 0] = np.where(given_there, given, MISSING), given_share
        levels[:, 1], shares[:, 1] = np.where(family_there, family, MISSING), family_share
        straight, crossed = given * given_there + family * family_there, cross * cross_there + cross2 * cross2_there
        turned = (crossed > straight + 1) & (crossed >= CLOSE)
        for column, level, share, there in (
            (0, cross, cross_share, cross_there),
            (1, cross2, cross2_share, cross2_there),
        ):
            levels[turned, column] = np.where(there, level, MISSING)[turned]
            shares[turned, column] = share[turned]
        levels[:, 3] = np.where(turned, DIFFERENT, SAME)
        # Where it is not known which word is which, the likest counts as the family's and the next as the given one.
        free = ~given_there & ~family_there & ~turned
        if free.any():
            levels[free, :2], shares[free, :2] = self._by_likeness(odds[free], same[free], common[free])
        levels[:, 2], shares[:, 2] = _further(same, common, roles == FREE, roles2 == FREE)
        levels[free, 2], shares[free, 2] = MISSING, 0
        return levels, shares

    @staticmethod
    def _whole(odds: Floats, same: npt.NDArray[np.bool_], mine: Floats, theirs: Floats) -> tuple[Levels, Floats]:
        """Names that have no parts, as if they were a family's."""
        levels, shares = np.full((len(odds), 4), MISSING, np.int8), np.zeros((len(odds), 4))
        levels[:, 1], shares[:, 1] = bodies.alike(odds, same, mine, theirs)
        return levels, shares

    @staticmethod
    def _by_likeness(odds: Floats, same: npt.NDArray[np.bool_], common: Floats) -> tuple[Levels, Floats]:
        levels = np.full((len(odds), 2), MISSING, np.int8)
        shares = np.zeros((len(odds), 2))
        rows = np.arange(len(odds))
        left = odds + 20 * same
        for column in (1, 0):
            if min(left.shape[1:]) == 0 or (column == 0 and min(left.shape[1:]) < 2):
                break
            flat = left.reshape(len(odds), -1).argmax(1)
            i, j = np.divmod(flat, left.shape[2])
            top, exact = odds[rows, i, j], same[rows, i, j]
            levels[:, column] = np.where(exact, SAME, _level(top))
            shares[:, column] = np.where(exact, common[rows, i, j], 0)
            left = left.copy()
            left[rows, i, :] = -99
            left[rows, :, j] = -99
        return levels, shares


def _further(
    same: npt.NDArray[np.bool_], common: Floats, mine: npt.NDArray[np.bool_], theirs: npt.NDArray[np.bool_]
) -> tuple[Levels, Floats]:
    """Whether two names share a word that is neither given name nor family name, and how common it is."""
    both, shared = mine.any(1) & theirs.any(1), same & mine[:, :, None] & theirs[:, None, :]
    again = shared.any((1, 2))
    levels = np.where(both, np.where(again, SAME, DIFFERENT), MISSING).astype(np.int8)
    return levels, np.where(again, np.where(shared, common, 1.0).min((1, 2)), 0)


def _each_has_more(odds: Floats, mine: npt.NDArray[np.bool_], theirs: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether of these words of two names each has one that is quite another than all of the other's."""
    likest = np.where(mine[:, :, None] & theirs[:, None, :], odds, -99)
    more, more2 = mine & (likest.max(2) < _HARDLY), theirs & (likest.max(1) < _HARDLY)
    found: npt.NDArray[np.bool_] = more.any(1) & more2.any(1)
    return found


def _level(odds: Floats) -> Levels:
    found: Levels = np.searchsorted((_HARDLY, _PERHAPS, _ONE_NAME), odds, "right").astype(np.int8)
    return found


def _alike(name: str, texts: Kept, pairs: Places) -> Levels:
    """Levels of pairs of texts, as place of the one times their number and place of the other."""
    levels = np.full(len(pairs), SAME, np.int8)
    one, other = np.divmod(pairs, max(1, len(texts)))
    differing = np.flatnonzero(one != other)
    if len(differing):
        scorer, far, remote, close = _LIKE[name]
        a, b = (texts.take(side[differing]) for side in (one, other))
        alike = process.cpdist(a, b, scorer=scorer, dtype=np.float32)
        levels[differing] = np.searchsorted((far, remote, close), alike, "right")
    return levels
