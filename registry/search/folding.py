"""Names made comparable: without case, accents, script or word order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
#: Ideographs and kana are indexed one character a word: two-character names exist, and they have no spaces.
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Consonants that anyascii writes as punctuation or drops, by their usual romanisation.
_OWN_LETTERS = str.maketrans(
    {
        "ا": "a",
        "أ": "a",
        "إ": "i",
        "آ": "a",
        "ٱ": "a",
        "ع": "a",
        "ء": "",
        "ئ": "y",
        "ؤ": "w",
        "ة": "a",
        "ى": "a",
        "ע": "a",
        "א": "a",
        "ʻ": "",
        "ʼ": "",
        "’": "",
        "'": "",
    }
)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """`text` in lower-case ASCII words: `Đorđević Ñandú` -> `dordevic nandu`; scripts are romanised."""
    if text.isascii():
        plain = text.lower().replace("'", "")
    else:
        from anyascii import anyascii

        spaced = IDEOGRAPH.sub(r" \g<0> ", text)
        plain = anyascii(unicodedata.normalize("NFKC", spaced).casefold().translate(_OWN_LETTERS)).lower()
    return " ".join(_WORD.findall(plain))


def native(text: str) -> str:
    """Non-Latin `text` in its own script, as words: without marks of vowels and tone, ideographs apart."""
    if text.isascii():
        return ""
    spaced = IDEOGRAPH.sub(r" \g<0> ", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c) and c != "\u0640")
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", bare)))


@lru_cache(maxsize=20_000)
def searchable(text: str) -> str:
    """What the index keeps of `text`: folded, and in its own script where that differs."""
    folded, own = fold(text), native(text)
    return f"{folded} {own}" if own and own != folded else folded


def name_key(text: str) -> str:
    """The folded words of a name in sorted order: equal for the same name in any order and case."""
    return " ".join(sorted(fold(text).split()))


def digits(text: str) -> str:
    """Only the digits of `text`."""
    return "".join(c for c in text if c.isdigit())
