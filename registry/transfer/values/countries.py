"""The country that a heading names: that of telephones in it, or the one in which an address is people's home."""

from __future__ import annotations

import re
from functools import cache

from registry import foreign_words, vocabularies
from registry.search.folding import fold
from registry.transfer.headings import headers, wordings
from registry.transfer.values import nationalities
from registry.vocabularies.suggesting import key

_WORDS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_IN_BRACKETS = re.compile(r"[(\[]\s*([A-Z]{2,3})\s*[)\]]")
#: Shorter words of a heading are no country's code: "Tel No", "Tel. de casa".
_SHORTEST = 4
_IN_ARABIC = "\u0628"
#: Words of a country's name at most.
_LONGEST = 4


def named_in(heading: str) -> str:
    """Alpha-3 code of the one country that a heading names, by a name or an adjective, or by a code in brackets."""
    known = vocabularies.get("country")
    said = [text for text in _IN_BRACKETS.findall(heading) if fold(text) not in wordings.folded("no_country")]
    codes = {code for text in said if (code := known.find(text))}
    words = _WORDS.findall(heading)
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            text = " ".join(words[first : first + size])
            if len(text) >= _SHORTEST and (
                code := nationalities.said(text) or _inflected(text) or _listed().get(key(text), "")
            ):
                codes.add(code)
        if codes:
            break
    return codes.pop() if len(codes) == 1 else ""


@cache
def _listed() -> dict[str, str]:
    """The names, also inflected ones, that lists in further languages have for a few countries."""
    return foreign_words.codes("country", key)


def _inflected(text: str) -> str:
    """Alpha-3 code of a country as it stands behind "in": in another case in Slavic, in one word in Arabic."""
    if text.startswith(_IN_ARABIC):
        return nationalities.said(text.removeprefix(_IN_ARABIC))
    if len(text) <= _SHORTEST or not _CYRILLIC.fullmatch(text):
        return ""
    known = vocabularies.get("country")
    codes = {code for ending in "ая" if (code := known.find(text[:-1] + ending))}
    return codes.pop() if len(codes) == 1 else ""


def is_at_home(heading: str, home: str) -> bool:
    """Whether a heading says of a place that it is in the country that people come from.

    Args:
        home: alpha-3 code of that country; "" = only other words tell.
    """
    said = wordings.pattern("homeland").search(headers.key(heading)) is not None
    return said or (bool(home) and named_in(heading) == home)


def is_permanent(heading: str, home: str = "") -> bool:
    """Whether a heading says of an address that it is the permanent one, as forms ask for beside the present one.

    Args:
        home: alpha-3 code of the country that people come from: one that names another is of where people live.
    """
    said = headers.key(heading)
    if wordings.pattern("permanent").search(said) is None or wordings.pattern("present").search(said) is not None:
        return False
    return not home or named_in(heading) in ("", home)
