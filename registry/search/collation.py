"""Values in the order in which a reader looks for them: by alphabet, numbers by size, levels by rank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from registry import kinds, vocabularies
from registry.fields import Field
from registry.search.folding import by_words, each, unmarked
from registry.search.values import RANKED

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
#: Numbers inside texts are compared by size up to so many digits: house 9 stands before house 10.
_LONGEST = 18
#: Behind a letter, it follows that letter in its alphabet, before the next one: an ideograph, as words are of letters.
_AFTER, _LATER = "\U0002a6d0", "\U0002a6d1"
#: Letters that have no accent to take off, and letters that alphabets have elsewhere than Unicode.
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h", "ŋ": "n",
        "ґ": "г" + _AFTER, "ђ": "д" + _AFTER, "є": "е" + _AFTER, "і": "и" + _AFTER, "ї": "и" + _AFTER,
        "й": "и" + _LATER, "ј": "и" + _LATER, "љ": "л" + _AFTER, "њ": "н" + _AFTER, "ћ": "т" + _AFTER,
        "ў": "у" + _AFTER, "џ": "ч" + _AFTER,
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
        "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "",
        "پ": "ب" + _AFTER, "چ": "ج" + _AFTER, "ژ": "ز" + _AFTER, "ڤ": "ف" + _AFTER, "گ": "ك" + _AFTER,
        **dict.fromkeys("'’‘ʼʻ`´׳"),
    }
)  # fmt: skip


def sort_key(field: Field, value: object) -> tuple[str, str] | int:
    """What the values of one field are compared by, as they are read in the list; equal texts by their accents."""
    if field.kind is kinds.INTEGER:
        return int(str(value))
    if field.vocabulary in RANKED and (known := vocabularies.get(field.vocabulary)).find(str(value)):
        return known.codes.index(str(value))
    shown = field.show(str(value)) if field.vocabulary else str(value)
    return collated(shown), shown


@lru_cache(maxsize=50_000)
def collated(text: str) -> str:
    """`text` without case, accents and punctuation, each script by its own alphabet, Latin first."""
    return collated_each([text])[0]


def collated_each(texts: Sequence[str]) -> list[str]:
    """`collated` of each; not remembered, as of many texts few are the same."""
    listed = [words[1:-1] for words in each(texts, _unmarked)]
    # One look at all of them takes a tenth of the time.
    return [_DIGITS.sub(_padded, words) for words in listed] if _DIGITS.search("".join(listed)) else listed


def _unmarked(texts: Sequence[str]) -> list[str]:
    return next(by_words(texts, _word))


@lru_cache(maxsize=100_000)
def _word(word: str) -> str:
    """Whatever a word that is not ASCII stands beside, it is compared by the same."""
    # Letters that are their own in some alphabet first: taken apart, й would be и with an accent.
    known = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    return " ".join(_WORD.findall(unmarked(known)))


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_LONGEST)
