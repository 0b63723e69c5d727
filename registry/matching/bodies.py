"""Associations and institutions: what of their names tells them apart, and of what kinds others like them are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

import resources
from registry.search.folding import fold, romanised
from registry.search.readings import Token, words_of

#: What is expected of two records of one body: different, far, remote, close, same. Names are translated.
EXPECTED: dict[str, tuple[float, float, float, float, float]] = {
    "family": (0.20, 0.05, 0.10, 0.20, 0.45),
    "acronym": (0.08, 0.01, 0.01, 0.05, 0.85),
    "website": (0.10, 0.02, 0.03, 0.10, 0.75),
    "city": (0.06, 0.01, 0.01, 0.04, 0.88),
}
#: The same of two that have nothing to do with each other.
OF_STRANGERS: dict[str, Sequence[float]] = {
    "family": (0.955, 0.03, 0.01, 0.004, 0.001),
    "acronym": (0.97, 0.024, 0.004, 0.002, 0.0002),
    "website": (0.97, 0.024, 0.004, 0.002, 0.0002),
    "phone": (0.97, 0.02, 0.006, 0.003, 0.0005),
    "email": (0.97, 0.02, 0.006, 0.003, 0.0003),
    "document": (0.97, 0.02, 0.006, 0.003, 0.0001),
    "city": (0.93, 0.01, 0.004, 0.002, 0.05),
    "region": (0.8, 0.01, 0.004, 0.002, 0.18),
    "postal_code": (0.95, 0.03, 0.01, 0.004, 0.003),
}
_ROOF = ("phone", "email", "street", "city", "postal_code", "region", "country")
#: Two bodies: that have nothing in common, under one roof, sections of one, and branches of one in two towns.
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("strangers", ()),
    ("roof", _ROOF),
    ("sections", (*_ROOF, "acronym", "website")),
    ("branches", ("family", "acronym", "website", "region", "country")),
)
#: Of how many each record is one, and one of `KINDS`.
CHANCES = (0.1, 0, 0.1, 0.005, 0.04)
#: How much of two names, by how rare their words are, is alike from the levels on: far, remote, close, same.
_LEVELS = (0.4, 0.6, 0.75, 0.97)
#: Log-odds from which two words are one, and perhaps one; how much the latter counts.
_ONE, _PERHAPS, _HALF = -2.0, -3.1, 0.6
#: What a word says (nats): at least, at most, and if nobody knows how rare it is.
_LEAST, _MOST, _UNKNOWN = 0.3, 6.0, 4.0
#: Fewer are taken for a part of so many.
FEW = 200
#: So many have a number or an address of the net by chance; of more it is known how common it is.
BY_CHANCE = 3

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}")
#: Longer words in capitals are surnames.
_CAPITALS = re.compile(r"\b[^\W\d_a-zà-ÿ]{3,6}\b")
#: Letters of a short name in brackets.
_LONGEST = 10


def are(fields: Sequence[str]) -> bool:
    """Whether these are the fields of associations."""
    return "acronym" in fields


def words(name: str, cities: Iterable[str] = ()) -> tuple[Token, ...]:
    """What tells a name apart: without its legal form, an acronym in brackets, its town, and words that all have."""
    told = _words(name)
    town = {word for city in cities for word in fold(city).split()}
    return tuple(token for token in told if token.text not in town) or told


def acronyms(own: Mapping[str, object]) -> list[str]:
    """The short names that a record tells: in their own field, in brackets, or in capitals in its name."""
    name = _joined(str(own.get("name") or ""))
    found = [str(own.get("acronym") or "")]
    found += [text for text in _BRACKETS.findall(name) if _short(text, name)]
    if name != name.upper() or " " not in name.strip():
        found += [text for text in _CAPITALS.findall(name) if text == text.upper()]
    folded = (romanised(text).upper() for text in found)
    return [text for text in dict.fromkeys(folded) if len(text) > 1 and text.casefold() not in _common()]


def alike(
    odds: npt.NDArray[np.float64],
    same: npt.NDArray[np.bool_],
    shares: npt.NDArray[np.float64],
    others: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float64]]:
    """Levels of whole names, 0 to 4, and how common what both have is.

    Args:
        odds, same: of each word of the one with each of the other; shape (pairs, words, words).
        shares, others: what part of all has each word of the one, and of the other; 0 = not known.
    """
    fit = np.where(same, 1.0, np.where(odds >= _ONE, 1.0, np.where(odds >= _PERHAPS, _HALF, 0.0)))
    mine, theirs = _says(shares), _says(others)
    both = (mine * fit.max(2)).sum(1) + (theirs * fit.max(1)).sum(1)
    part = both / np.maximum(mine.sum(1) + theirs.sum(1), 1e-9)
    levels = np.searchsorted(_LEVELS, part, "right").astype(np.int8)
    common = np.exp(-(mine * fit.max(2)).sum(1))
    return levels, np.where(levels == len(_LEVELS), common, 0.0)


def _says(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    known = -np.log(np.where(shares > 0, shares, np.exp(-_UNKNOWN)))
    found: npt.NDArray[np.float64] = np.clip(known, _LEAST, _MOST)
    return found


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[Token, ...]:
    bare = _BRACKETS.sub(lambda found: " " if _short(found[1], name) else f" {found[1]} ", _joined(name))
    listed = [token for parts in words_of(bare) for token in (parts[:-1] or parts if len(parts) > 2 else parts)]
    listed = list(dict.fromkeys(listed))
    telling = [token for token in listed if len(token.text) > 1 and token.text not in _common()]
    return tuple(telling or listed)


def _joined(name: str) -> str:
    """With `e. V.` and `A.F.M.` as words without dots."""
    return _DOTTED.sub(lambda found: re.sub(r"[\s.]", "", found[0]) + " ", name)


def _short(text: str, name: str) -> bool:
    """Whether this, in brackets, is the short name, not a remark; where all is in capitals, its letters say so."""
    letters = [c for c in text if c.isalpha()]
    if " " in text.strip() or not 1 < len(letters) <= _LONGEST or sum(map(str.isupper, letters)) * 2 <= len(letters):
        return False
    if name != name.upper():
        return True
    initials = iter(word[0] for word in re.split(r"[\W_]+", _BRACKETS.sub(" ", name)) if word)
    return all(letter in initials for letter in letters)


@cache
def _common() -> frozenset[str]:
    """Words that tell no name apart: what all are called, legal forms, articles and prepositions."""
    return frozenset(_listed())


def _listed() -> Iterator[str]:
    for line in resources.path("matching", "common_words.txt").read_text(encoding="utf-8").splitlines():
        yield from line.split()
