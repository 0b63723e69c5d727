"""Names made comparable: without case, accents, script or word order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import compress
from operator import not_

_WORD = re.compile(r"[^\W_]+")
#: ASCII in small letters, with a space for whatever is no letter or digit; what is not said of that is an apostrophe.
_PLAIN = bytes(code if chr(code).isalnum() else 32 for code in bytes(range(128)).lower()) + bytes(128)
_APOSTROPHE = b"'"
_PLAIN_LINES = _PLAIN[:10] + b"\n" + _PLAIN[11:]
_NO_DIGITS = bytes(code for code in range(128) if not chr(code).isdigit())
_NO_DIGITS_IN_LINES = _NO_DIGITS.replace(b"\n", b"")
#: Ideographs and kana are indexed one character a word: two-character names exist, and they have no spaces.
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
#: Letters that anyascii writes as punctuation, drops, or reads by a rarer sound: by their usual romanisation.
_OWN_LETTERS = str.maketrans(
    {
        **dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", (
            "a", "b", "g", "d", "h", "w", "z", "kh", "t", "y", "k", "k", "l", "m", "m", "n", "n", "s", "a", "p", "f",
            "ts", "ts", "k", "r", "sh", "t",
        ), strict=True)),
        **dict(zip("اأإآٱبپتثجچحخدذرزژسشصضطظعغفڤقكکگلمنهويیىةءئؤ", (
            "a", "a", "i", "a", "a", "b", "p", "t", "th", "j", "ch", "h", "kh", "d", "dh", "r", "z", "zh", "s", "sh",
            "s", "d", "t", "z", "a", "gh", "f", "v", "q", "k", "k", "g", "l", "m", "n", "h", "w", "y", "y", "a", "a",
            "", "y", "w",
        ), strict=True)),
        **dict.fromkeys("\u0640ʻʼ’'‘`´׳", ""),
    }
)  # fmt: skip
#: Hangul syllables by their parts (Revised Romanization, 2000, without its rules for neighbours).
_INITIALS, _MEDIALS, _FINALS = (
    ["" if letters == "-" else letters for letters in listed.split()]
    for listed in (
        "k kk n d tt r m b pp s ss - j jj ch k t p h",
        "a ae ya ya eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
        "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
    )
)
#: Family names as Koreans commonly write theirs, where that is another than the syllable's romanisation.
HANGUL_SURNAMES = {
    "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "윤": "yoon", "임": "lim",
    "오": "oh", "신": "shin", "권": "kwon", "황": "hwang", "안": "ahn", "유": "yoo", "류": "ryu", "문": "moon",
    "우": "woo", "노": "noh", "서": "seo", "전": "jeon", "고": "ko", "구": "koo", "주": "joo", "김": "kim",
    "곽": "kwak", "변": "byun", "선": "sun", "성": "sung", "손": "son", "송": "song", "심": "shim",
    "여": "yeo", "허": "huh",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """`text` in lower-case ASCII words: `Đorđević Ñandú` -> `dordevic nandu`; scripts are romanised."""
    return plain(text) if text.isascii() else _romanised(text)


def plain(text: str) -> str:
    """`fold` of a text that is ASCII."""
    return " ".join(text.encode().translate(_PLAIN, _APOSTROPHE).decode().split())


def each(texts: Sequence[str], read: Callable[[Sequence[str]], list[str]]) -> list[str]:
    """`plain` of each text that is ASCII, all at once as this takes a tenth of the time; others as they are read.

    Each framed, as all lists of words here: with a space before, between and behind them, also where there is none.
    """
    in_ascii = [*map(str.isascii, texts)]
    if all(in_ascii):
        return _plain_each(texts)
    plains = iter(_plain_each([*compress(texts, in_ascii)]))
    others = iter(read([*compress(texts, map(not_, in_ascii))]))
    return [next(plains) if is_plain else next(others) for is_plain in in_ascii]


def by_words(texts: Sequence[str], *reads: Callable[[str], str]) -> Iterator[list[str]]:
    """The words of each text, those between spaces, as each of `reads` reads them, framed; each word is read once."""
    words = " \n ".join(texts).split(" ")
    distinct = {*words}
    for read in reads:
        known = dict(zip(distinct, map(read, distinct), strict=True)) | {"\n": "\n"}
        lines = _lines(" ".join(map(known.__getitem__, words)))
        yield lines if len(lines) == len(texts) else [_framed(_read_words(text, read)) for text in texts]


def _read_words(text: str, read: Callable[[str], str]) -> str:
    return " ".join(filter(None, map(read, text.split(" "))))


def _plain_each(texts: Sequence[str]) -> list[str]:
    lines = _lines("\n".join(texts).encode().translate(_PLAIN_LINES, _APOSTROPHE).decode())
    return lines if len(lines) == len(texts) else [_framed(plain(text)) for text in texts]


def _lines(text: str) -> list[str]:
    """The words of each line of a text, framed."""
    text = f" {text} ".replace("\n", " \n ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.split("\n")


def _framed(words: str) -> str:
    return f" {words} " if words else " "


def _romanised(text: str) -> str:
    return _read_words(text, _folded)


def _romanised_each(texts: Sequence[str]) -> list[str]:
    return next(by_words(texts, _folded))


# Words, as they come in many texts; that of a text is that of its words, since nothing of this goes beyond a space.
@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return " ".join(_WORD.findall(_latin(_spaced(word))))


@lru_cache(maxsize=100_000)
def _native(word: str) -> str:
    spaced = _spaced(unicodedata.normalize("NFKC", word).casefold())
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", unmarked(spaced).replace("\u0640", ""))))


def romanised(word: str) -> str:
    """One word in lower-case ASCII letters and digits, whatever stands between them."""
    return "".join(_WORD.findall(word.lower() if word.isascii() else _latin(word)))


def _latin(text: str) -> str:
    return "".join(map(_ROMANISED.__getitem__, unicodedata.normalize("NFKC", text).casefold()))


class _Romanised(dict[str, str]):
    """What stands for each character in Latin letters; learned when it is first met."""

    def __missing__(self, char: str) -> str:
        from anyascii import anyascii

        own = _syllable(char) if HANGUL.match(char) else char.translate(_OWN_LETTERS)
        self[char] = anyascii(own).lower()
        return self[char]


def _syllable(char: str) -> str:
    place = ord(char) - 0xAC00
    return _INITIALS[place // 588] + _MEDIALS[place % 588 // 28] + _FINALS[place % 28]


class _Unmarked(dict[str, str]):
    """Characters, and nothing for the marks of vowels and tone behind them; learned when first met."""

    def __missing__(self, char: str) -> str:
        self[char] = "" if unicodedata.combining(char) else char
        return self[char]


_ROMANISED, _UNMARKED = _Romanised(), _Unmarked()


def unmarked(text: str) -> str:
    """`text` taken apart into letters and marks (NFKD), without the marks."""
    return "".join(map(_UNMARKED.__getitem__, unicodedata.normalize("NFKD", text)))


def native(text: str) -> str:
    """Non-Latin `text` in its own script, as words: without marks of vowels and tone, ideographs apart."""
    return "" if text.isascii() else _read_words(text, _native)


def _spaced(text: str) -> str:
    """`text` with each ideograph a word of its own."""
    return IDEOGRAPH.sub(r" \g<0> ", text) if IDEOGRAPH.search(text) else text


def searchable_each(texts: Sequence[str]) -> list[str]:
    """What the index keeps of each text: folded, and in its own script where that differs; framed."""
    return each(texts, _in_both)


def _in_both(texts: Sequence[str]) -> list[str]:
    # Not remembered: whoever asks for many texts knows which are the same.
    both = zip(*by_words(texts, _folded, _native), strict=True)
    return [folded if own == folded or own == " " else folded + own[1:] for folded, own in both]


def name_key(text: str) -> str:
    """The folded words of a name in sorted order: equal for the same name in any order and case."""
    return " ".join(sorted((plain(text) if text.isascii() else _romanised(text)).split(" ")))


def name_keys(texts: Sequence[str]) -> list[str]:
    """`name_key` of each."""
    return [" ".join(sorted(words.split())) for words in each(texts, _romanised_each)]


def digits(text: str) -> str:
    """Only the digits of `text`."""
    if text.isascii():
        return text.encode().translate(None, _NO_DIGITS).decode()
    return "".join(c for c in text if c.isdigit())


def digits_each(texts: Sequence[str]) -> list[str]:
    """`digits` of each, framed."""
    lines = "\n".join(texts)
    if lines.count("\n") != len(texts) - 1 or not lines.isascii():
        return [_framed(digits(text)) for text in texts]
    return _lines(lines.encode().translate(None, _NO_DIGITS_IN_LINES).decode())


def compact_each(numbers: Sequence[str]) -> list[str]:
    """Numbers in small letters without hyphens, framed."""
    lines = _lines("\n".join(numbers).replace("-", "").casefold())
    if len(lines) == len(numbers) and "".join(lines).replace(" ", "").isalnum():
        return lines
    return [_framed(" ".join(number.replace("-", "").casefold().split())) for number in numbers]
