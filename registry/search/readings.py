"""How the words of a name are read in any script: in Latin letters, by sound, and by their consonants alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, TypeAlias

from registry.search.folding import HANGUL, HANGUL_SURNAMES, IDEOGRAPH, romanised

#: Consonants that languages and scripts write alike or confuse are one class: P is p b f v, T is t d, K is k g q,
#: S is every hissing sound, L is l r. Seven classes carry a name from any script to any other.
CLASSES = "PTKSLMN"

_ABJAD = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile(r"[\s,·・/()\"=.;]+")
_LETTER = re.compile(r"[^\W_]")
_HYPHENS = re.compile(r"[-‐‑–—_]+")
_MARKS_INSIDE = re.compile(r"(?<=\w)['’ʼʻ׳`‘´](?=\w)")
_SOFT_C, _SOFT_G = re.compile(r"c(?=[eiy])"), re.compile(r"g(?=[eiy])")
_BARE_H = re.compile(r"(?<![tcskgpzd])h")
#: Surnames of two characters; with any other the first character is the family name.
_TWO = frozenset({"司马", "司馬", "欧阳", "歐陽", "诸葛", "諸葛", "上官", "남궁", "황보", "제갈", "선우", "독고"})

_SOUNDS = (
    ("tsch", "S"), ("shch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "S"), ("dj", "S"), ("tz", "S"), ("ts", "S"),
    ("zh", "S"), ("sh", "S"), ("sz", "S"), ("cz", "S"), ("ch", "S"), ("kh", "K"), ("gh", "K"), ("ck", "K"),
    ("ph", "P"), ("th", "T"), ("dh", "T"), ("qu", "K"), ("x", "KS"), ("dt", "T"), ("wh", "w"),
)  # fmt: skip
_SOUNDS_WITHOUT_H = tuple((letters, sound) for letters, sound in _SOUNDS if "h" not in letters)
_LETTERS = str.maketrans(
    {letter: name for name, letters in zip(CLASSES, ("pbfv", "td", "kgqc", "szj", "lr", "m", "n"), strict=True)
     for letter in letters}
)  # fmt: skip
_HALF_VOWELS = str.maketrans({"w": "u", "y": "i", "h": ""})
_VOWELS = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ea", "e"), ("ie", "i"), ("ei", "ai"), ("aa", "a"), ("ii", "i"),
    ("uu", "u"), ("oe", "o"), ("ae", "e"), ("ue", "u"), ("au", "o"),
)  # fmt: skip
#: Names of more consonants than a skeleton needs to tell them apart.
_MOST_SKELETONS = 4


class Token(NamedTuple):
    """A word of a name.

    Attributes:
        text: in Latin letters, folded.
        script: of its letters: L Latin, A written without vowels (Arabic, Hebrew), H Hangul, C Chinese and
            Japanese, O others.
        reading: `text` by sound: classes of consonants in capitals, vowels in small letters.
        skeletons: the classes of consonants alone; several where a letter can be read in several ways.
    """

    text: str
    script: str
    reading: str
    skeletons: tuple[str, ...]


#: Words of a name, each of one part or, with a hyphen, of several.
Words: TypeAlias = tuple[tuple[Token, ...], ...]


def script_of(text: str) -> str:
    """The script of a text, as `Token.script` has it."""
    if text.isascii():
        return "L"
    if _ABJAD.search(text):
        return "A"
    if HANGUL.search(text):
        return "H"
    if IDEOGRAPH.search(text):
        return "C"
    letter = next((c for c in text if c.isalpha()), "a")
    return "L" if unicodedata.name(letter, "LATIN").startswith("LATIN") else "O"


@lru_cache(maxsize=50_000)
def words_of(name: str, *, part: bool = False) -> Words:
    """The words of a name, in its order; an undivided Chinese or Korean name is family name and given name.

    Args:
        part: whether it is a part of a name, such as the given name, which is not divided.
    """
    listed = _listed(name)
    found: list[tuple[Token, ...]] = []
    for word in listed:
        if not part and len(listed) == 1 and 2 <= len(word) <= 4 and (IDEOGRAPH.search(word) or HANGUL.search(word)):
            cut = 2 if word[:2] in _TWO or len(word) == 4 else 1
            family = HANGUL_SURNAMES.get(word[:cut])
            first = (token(family, "H"),) if family else _tokens(word[:cut])
            found += [first, _tokens(word[cut:])]
        else:
            found.append(_tokens(word))
    return tuple(filter(None, found))


def texts_of(name: str) -> list[str]:
    """A name in the texts that `spelled` reads by themselves: what stands between spaces, else the whole with one."""
    texts = name.split(" ")
    # A name of one word may be an undivided one.
    return texts if name.isascii() or (len(texts) > 1 and all(map(_LETTER.search, texts))) else [f"{name} "]


@lru_cache(maxsize=200_000)
def spelled(text: str) -> Words:
    """The words of a text of a name as the index has them: of a word of several parts, last all of them as one."""
    return tuple(
        (*parts, joined(parts)) if len(parts) > 1 else parts
        for parts in words_of.__wrapped__(text, part=" " not in text)
    )


def _listed(name: str) -> list[str]:
    """What stands between spaces, and between what parts words like them."""
    plain = unicodedata.normalize("NFKC", name)
    # Most names are letters alone, but two marks count as letters too.
    if plain.replace(" ", "").replace("-", "").isalpha() and "ʼ" not in plain and "ʻ" not in plain:
        return plain.split()
    return [w for w in _SPACES.split(_MARKS_INSIDE.sub("", plain)) if w]


def joined(parts: tuple[Token, ...]) -> Token:
    """The parts of a word, or words that somebody writes apart, as one."""
    if len(parts) == 1:
        return parts[0]
    return token("".join(part.text for part in parts), parts[0].script)


@lru_cache(maxsize=200_000)
def token(text: str, script: str) -> Token:
    """The word that is `text` in Latin letters and was written in `script`."""
    # In Pinyin x and q are hisses.
    spoken = text.replace("x", "s").replace("q", "ch") if script == "C" else text
    return Token(text, script, _reading(spoken, script), _skeletons(spoken))


@lru_cache(maxsize=200_000)
def _tokens(word: str) -> tuple[Token, ...]:
    """The parts of a word, those between hyphens."""
    return tuple(token(text, script_of(part)) for part in _HYPHENS.split(word) if (text := romanised(part)))


def _reading(text: str, script: str) -> str:
    if script == "H":
        # Korean breaks up clusters with this vowel: Swindle is seu-win-deul.
        text = text.replace("eu", "").replace("eo", "o")
    for vowels, one in _VOWELS:
        text = text.replace(vowels, one)
    return _once(_classed(text).translate(_HALF_VOWELS))


def _skeletons(text: str) -> tuple[str, ...]:
    """By the commonest reading, then with the other readings of its letters."""
    readings = [text]
    if "ch" in text or "kh" in text:
        readings.append(text.replace("kh", "h").replace("ch", "k"))
    if "j" in text:
        readings.append(text.replace("j", "y"))
    if "h" in text:
        readings.append(_BARE_H.sub("k", text))
    if "w" in text:
        readings.append(text.replace("w", "v"))
    elif "v" in text:
        readings.append(text.replace("v", "w"))
    if _SOFT_G.search(text):
        readings.append(_SOFT_G.sub("j", text))
    bones = (_once(filter(CLASSES.__contains__, _classed(reading))) or "A" for reading in readings)
    return tuple(dict.fromkeys(bones))[:_MOST_SKELETONS]


def _once(letters: Iterable[str]) -> str:
    """The letters, each of several that are the same and follow one another once."""
    return "".join([letter for letter, _same in groupby(letters)])


def _classed(text: str) -> str:
    for letters, sound in _SOUNDS if "h" in text else _SOUNDS_WITHOUT_H:
        text = text.replace(letters, sound)
    return _SOFT_C.sub("S", text).translate(_LETTERS)
