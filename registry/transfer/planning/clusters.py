"""Near-equal spellings of one thing, found by the same words, by the sound, or by a few letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from registry.i18n import N_
from registry.search.folding import fold
from registry.search.readings import words_of

#: How two spellings are alike.
SAME_WORDS = N_("the same words")
SAME_SOUND = N_("sounds the same")
NEAR = N_("nearly the same letters")

#: Letters that two spellings have at least, of which so many are the same by sound or by letters alone.
_SHORTEST = 5
_SOUNDING, _NEAR = 0.6, 0.86
#: Consonants that a sound has at least: most words of two share theirs with others.
_CONSONANTS = 3
#: Letters at the beginning, or at the end, that near spellings share.
_SHARED = 3
#: Spellings compared with one at most; a beginning that more have tells nothing.
_MOST = 400


@dataclass(frozen=True)
class Alike:
    """A spelling and the commoner one that it resembles.

    Attributes:
        text: as it is written.
        commoner: the spelling that most rows have.
        likeness: `SAME_WORDS`, `SAME_SOUND` or `NEAR`.
    """

    text: str
    commoner: str
    likeness: str


def clusters(texts: Mapping[str, int]) -> Iterator[Alike]:
    """The spellings that resemble a commoner one, the commonest first; the same for the same texts in any order.

    Args:
        texts: spelling -> how many rows have it.
    """
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(_fingerprint(text), []).append(text)
    ranked = sorted(groups.items(), key=lambda group: (-sum(texts[text] for text in group[1]), group[0]))
    leaders: dict[str, list[tuple[str, str]]] = {}
    for print_, group in ranked:
        commonest, *others = sorted(group, key=lambda text: (-texts[text], text))
        found = _nearest(print_, leaders)
        if found is None:
            for block in _blocks(print_):
                leaders.setdefault(block, []).append((print_, commonest))
        else:
            yield Alike(commonest, *found)
        leader, likeness = (commonest, SAME_WORDS) if found is None else found
        for text in others:
            yield Alike(text, leader, likeness)


def _nearest(print_: str, leaders: Mapping[str, list[tuple[str, str]]]) -> tuple[str, str] | None:
    """The commoner spelling that is nearest, and how; what begins, ends or sounds otherwise is not looked at."""
    from rapidfuzz.distance import OSA

    best: tuple[float, str, str] | None = None
    for other, text in dict.fromkeys(one for block in _blocks(print_) for one in leaders.get(block, ())[:_MOST]):
        if _numbers(print_) != _numbers(other) or min(len(print_), len(other)) < _SHORTEST:
            continue
        share = OSA.normalized_similarity(print_, other, score_cutoff=_SOUNDING)
        if share >= _SOUNDING and _sound_alike(print_, other):
            likeness = SAME_SOUND
        elif share >= _NEAR:
            likeness = NEAR
        else:
            continue
        if best is None or share > best[0]:
            best = share, text, likeness
    return best[1:] if best is not None else None


def _blocks(print_: str) -> tuple[str, ...]:
    letters = print_.replace(" ", "")
    return f"sound {_sound(print_)}", f"begins {letters[:_SHARED]}", f"ends {letters[-_SHARED:]}"


def _numbers(print_: str) -> list[str]:
    """What is counted by: school 12 is not school 13, university A not B."""
    return [word for word in print_.split() if len(word) == 1 or any(map(str.isdigit, word))]


def _sound_alike(one: str, other: str) -> bool:
    """Whether each word of one has its consonants in common with a word of the other."""
    mine, theirs = list(_sounds(one)), list(_sounds(other))
    for sounds in mine:
        found = next((place for place, others in enumerate(theirs) if set(sounds) & set(others)), None)
        if found is None:
            return False
        del theirs[found]
    return not theirs and sum(len(sounds[0]) for sounds in mine) >= _CONSONANTS


def _sound(print_: str) -> str:
    return " ".join(sorted(sounds[0] for sounds in _sounds(print_)))


@lru_cache(maxsize=20_000)
def _sounds(print_: str) -> tuple[tuple[str, ...], ...]:
    """The consonants of each word by their sound, in any script; several where a letter can be read in several ways."""
    return tuple(part.skeletons for word in words_of(print_, part=True) for part in word)


def _fingerprint(text: str) -> str:
    """Folded words without doubled letters, each once and sorted (OpenRefine's key collision)."""
    words = {"".join(c for place, c in enumerate(word) if word[place - 1 : place] != c) for word in fold(text).split()}
    return " ".join(sorted(words))
