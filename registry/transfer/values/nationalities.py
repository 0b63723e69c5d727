"""Citizenships written as adjectives of languages whose words for them follow from the name of the country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from registry import vocabularies
from registry.i18n import ngettext
from registry.kinds import clean
from registry.search.folding import fold

#: Slovak, Czech, Slovene, Croatian, Serbian: slovenská, český, hrvatsko -> Slovensko, Česko, Hrvatska;
#: ukrajinská -> Ukrajina.
_SLAVIC = re.compile(r"(\w+[scz]k)(?:a|e|y|i|o|ych|eho|u)")
#: Hungarian: magyar, szlovák -> Magyarország, Szlovákia.
_HUNGARIAN_ENDINGS = ("orszag", "ia")
_NAMED = 3
_SHORTEST = 5


def read(cells: Iterable[str]) -> dict[str, str]:
    """Text -> alpha-3 code of those that are no country's name but an adjective made of one."""
    known = vocabularies.get("country")
    found = {}
    for text in {clean(cell) for cell in cells}:
        if text and known.find(text) is None and (code := _country(fold(text))):
            found[text] = code
    return found


def told(column: str, read: dict[str, str], count: int) -> str:
    """What is said about them."""
    known = vocabularies.get("country")
    examples = ", ".join(f"{text} = {known.label(code)}" for text, code in sorted(read.items())[:_NAMED])
    return ngettext(
        "“{column}”: {count} citizenship was read from an adjective ({examples}).",
        "“{column}”: {count} citizenships were read from adjectives ({examples}).",
        count,
        column=column,
        examples=examples,
    )


def _country(word: str) -> str:
    known = vocabularies.get("country")
    codes = {code for name in _names(word) if (code := known.find(name)) is not None}
    return codes.pop() if len(codes) == 1 else ""


def _names(word: str) -> Iterator[str]:
    if slavic := _SLAVIC.fullmatch(word):
        yield slavic[1] + "o"
        yield slavic[1] + "a"
        if len(slavic[1]) > _SHORTEST:
            yield slavic[1].removesuffix("sk") + "a"
    if len(word) > 3:
        yield from (word + ending for ending in _HUNGARIAN_ENDINGS)
