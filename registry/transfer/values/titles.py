"""Titles before names, which a list keeps in the same cell: taken apart where the whole column shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.i18n import ngettext
from registry.kinds import clean
from registry.search.folding import fold

#: Folded words that are titles wherever they stand before a name.
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "prof",
        "professor",
        "rev",
        "reverend",
        "honourable",
        "honorable",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "maitre",
        "sra",
        "srta",
        "senor",
        "senora",
        "herr",
        "frau",
        "mgr",
        "judr",
        "mudr",
        "mvdr",
        "phdr",
        "rndr",
        "shri",
        "smt",
        "shrimati",
        "dott",
        "docteur",
        "doctor",
        "doutor",
        "doutora",
        "gospodin",
        "gospozha",
        "doktor",
    ]
)
#: Words that may be a name of their own: titles where most names of the column have one before them.
_PERHAPS = frozenset(
    [
        "miss",
        "senator",
        "the",
        "mm",
        "sr",
        "sig",
        "avv",
        "ing",
        "don",
        "dona",
        "hon",
        "sri",
        "seth",
        "lala",
        "maulana",
        "pandit",
        "swami",
        "begum",
        "sardar",
        "kumari",
        "raja",
        "rajmata",
        "maharaja",
        "babu",
        "sir",
        "dame",
        "captain",
        "capt",
        "col",
        "colonel",
        "gen",
        "general",
        "major",
        "lt",
        "brigadier",
        "sheikh",
        "hajji",
        "haji",
        "hadj",
        "elhadj",
        "ambassador",
        "minister",
        "his",
        "her",
        "excellency",
        "right",
        "very",
        "most",
        "lic",
        "arq",
        "eng",
        "mag",
        "ust",
    ]
)
#: Words that stand inside a title.
_WITHIN = frozenset(["the", "hon", "right", "very", "most", "excellency", "of"])
_SHARE = 0.5
#: "M. Dupont"; "M. K. Dupont" begins with an initial.
_MONSIEUR = re.compile(r"M\.?\s+[^\W\d_]{2,}[^.]")
_WORD = re.compile(r"\(?[^\W\d_]{2,}(?:\.\)?|\)\.?|(?=[\s(]|$))|\S+")
#: How many of them a sentence names.
_NAMED = 5


@dataclass(frozen=True)
class TitleParts:
    """Takes titles from before names, as a step of `Columns`."""

    name: int
    title: int
    usual: bool

    def __call__(self, _row: Sequence[str], texts: list[str]) -> None:
        found, name = apart(texts[self.name], usual=self.usual)
        if found:
            texts[self.title], texts[self.name] = found, name


def look(cells: Iterable[str]) -> tuple[bool, list[str]]:
    """Whether most names of a column have a title before them, and the titles there are, each once."""
    filled = [cell for cell in cells if cell and not cell.isspace()]
    first = [cell.split(None, 1)[0] for cell in filled]
    beginnings = set(filter(_may_begin, set(first)))
    begun = [cell for cell, word in zip(filled, first, strict=True) if word in beginnings] if beginnings else []
    likely = [title for cell in begun if (title := apart(cell, usual=True)[0])]
    usual = len(likely) >= _SHARE * len(filled) and any(_TITLES.intersection(fold(title).split()) for title in likely)
    found = dict.fromkeys(title for cell in begun if (title := apart(cell, usual=usual)[0]))
    return usual, list(found)


@lru_cache(maxsize=20_000)
def _may_begin(word: str) -> bool:
    """Whether a title may begin with this word: few cells need a closer look."""
    folded = fold(word).split()
    return bool(folded) and (folded[0] in _TITLES | _PERHAPS | _WITHIN or folded[0] == "m")


def apart(text: str, *, usual: bool) -> tuple[str, str]:
    """(titles before a name, the name); "" and the whole text if there is none, or nothing but titles.

    Args:
        usual: whether names of this list have titles, so that words count that can be names too.
    """
    plain = clean(text)
    if not plain or not _may_begin(plain.split(None, 1)[0]):
        return "", plain
    end = 0
    for match in _WORD.finditer(plain):
        if not _is_title(match, first=end == 0, usual=usual):
            return plain[:end].strip(" ,"), plain[match.start() :]
        end = match.end()
    return "", plain


def _is_title(found: re.Match[str], *, first: bool, usual: bool) -> bool:
    word = fold(found[0])
    if word in _TITLES or (word in _PERHAPS and found[0].endswith(".") and len(word) > 2):
        return True
    if not usual:
        return False
    # Behind a title the others are names: Shri Babu Ram.
    return word in _WITHIN or (first and (word in _PERHAPS or _MONSIEUR.match(found.string) is not None))


def told(column: str, titles: Sequence[str]) -> str:
    """What is said about the titles of a column."""
    return ngettext(
        "“{column}”: the title {names} before names goes into the field for titles.",
        "“{column}”: {count} titles before names, as {names}, go into the field for titles.",
        len(titles),
        column=column,
        names=", ".join(titles[:_NAMED]),
    )
