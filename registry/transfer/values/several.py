"""Several values in one cell: telephone numbers, e-mail addresses, languages and citizenships, taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat

from registry import vocabularies
from registry.fields import Field
from registry.kinds import CODE, COUNTRY, EMAIL, LANGUAGE, OPEN_CODE, PHONE, clean
from registry.transfer.values import nationalities
from registry.transfer.values.lost_digits import restored

Parts = Callable[[str], list[str]]

_PHONES = re.compile(
    r"\s*(?://|:::|[;|\n]|,(?=\s*[+(0])|\s/\s|\s(?:or|ou|o|y|and|et|oder|und|e|или|и|أو)\s)\s*", re.IGNORECASE
)
#: A number that is written as most are: so many digits, and single spaces or signs that part them.
_ONE_PHONE = re.compile(r"\+?(?:[0-9][ .-]?){5,}")
#: 021 487 1601/2 is 021 487 1601 and 021 487 1602.
_SHORT_FORM = re.compile(r"(.*\d)\s*/\s*(\d{1,4})")
#: 06 12 34 56 84 ou 85, 021 487 1601 / 2: the same, in words and with spaces.
_SHORT_FORM_SAID = re.compile(r"(?<=\d)\s(?:/|or|ou|o|y|and|et|oder|und|e|или|и|أو)\s(\d{1,4})(?=\s*$)", re.IGNORECASE)
_SLASHED = re.compile(r"(?<=\d{6})\s*/\s*(?=[+(0]?\d{5})|(?<=\d)/(?=\+)")
#: (00 62) 816 919 121, (001-713) 871 89 35: the country in brackets, with the prefix of calls abroad.
_ABROAD = re.compile(r"\(\s*00[\s-]*(\d[\d\s-]*)\)")
_SPOKEN = re.compile(r"^[^\d+(]{3,}?:\s*")
#: Between two people; "y" and "e" stand inside one Spanish or Portuguese name.
_PEOPLE = re.compile(r"\s*(?:[;|\n]|\s/\s|\s(?:&|and|et|und|и)\s)\s*")
_COUPLE = re.compile(r"\w\.?\s(?:&|and|et|und|и)\s\w")
#: One of these, as a word or a sign, stands in every cell that either of them finds.
_BETWEEN_WORDS = frozenset({"/", "&", "and", "et", "und", "и"})
_BETWEEN_SIGNS = re.compile(r"[;|\n]")
_BETWEEN = (*(f" {word} " for word in sorted(_BETWEEN_WORDS)), ";", "|")
#: What a number is written with that nothing parts.
_OF_ONE_PHONE = b"+0123456789 -"
_EMAILS = re.compile(r"[\s;,|<>]+|//|\s/\s")
_LISTED = re.compile(r"\s*(?:[;|\n/]|,| and | et | y | e | und | & )\s*")
_SKILLS = re.compile(r"\s*[;|\n]\s*")


def splitter(field: Field) -> Parts | None:
    """How cells of this field are taken apart; None if they never hold several values."""
    if field.kind is PHONE:
        return phones
    if field.kind is EMAIL:
        return emails
    asked = field.asked is not None and field.repeats
    if field.name == "citizenship":
        return citizenships
    listed = field.repeats and field.kind in (COUNTRY, LANGUAGE) and "." not in field.name
    if listed or (asked and field.kind in (CODE, COUNTRY, LANGUAGE)):
        return lambda text: coded(text, field.vocabulary)
    if field.name == "skill" or (asked and field.kind is OPEN_CODE):
        return skills
    return None


def one_each(field: Field, texts: Sequence[str]) -> bool:
    """Whether each cell of a column of numbers or addresses surely is one of them, or empty: seen of all at once."""
    if field.kind is PHONE:
        together = "".join(texts)
        return together.isascii() and not together.encode().translate(None, _OF_ONE_PHONE)
    return field.kind is EMAIL and max(map(str.count, texts, repeat("@")), default=0) < 2


@lru_cache(maxsize=20_000)
def _phones(text: str) -> tuple[str, ...]:
    found: list[str] = []
    text = restored(text)
    if _ONE_PHONE.fullmatch(text):
        return (text.rstrip(),)
    for part in _PHONES.split(_SHORT_FORM_SAID.sub(r"/\1", _tidy(text))):
        for number in _SLASHED.split(part):
            plain = _ABROAD.sub(r"+\1", _SPOKEN.sub("", number).strip(" ,"))
            if match := _SHORT_FORM.fullmatch(plain):
                found.extend((match[1], match[1][: -len(match[2])] + match[2]))
            elif plain:
                found.append(plain)
    numbers = [part for part in found if sum(c.isdigit() for c in part) >= 5]
    # Words between numbers say what they are for; alone they are kept, to be reported.
    return tuple(numbers or ([_tidy(text)] if text.strip() else []))


def phones(text: str) -> list[str]:
    """The telephone numbers in a cell."""
    return list(_phones(text))


def emails(text: str) -> list[str]:
    """The e-mail addresses in a cell; the whole text if there is none."""
    if text.count("@") < 2:
        return [text]
    return [part for part in _EMAILS.split(_tidy(text)) if "@" in part] or [text]


def coded(text: str, vocabulary: str) -> list[str]:
    """The countries, languages or other codes in a cell, if all its parts are known ones; else the whole text."""
    known = vocabularies.get(vocabulary)
    if known.find(clean(text)) is not None:
        return [text]
    parts = [part for part in _LISTED.split(_tidy(text)) if part]
    if len(parts) < 2:
        parts = _side_by_side(parts[0] if parts else "", known.find)
    return parts if len(parts) > 1 and all(known.find(part) is not None for part in parts) else [text]


def citizenships(text: str) -> list[str]:
    """The citizenships in a cell, countries or adjectives, each country once; the whole text if one is unknown."""
    plain = _tidy(text)
    if nationalities.code_of(plain):
        return [text]
    listed = [part for part in _LISTED.split(plain) if part]
    for parts in (listed, nationalities.hyphened(plain), _side_by_side(plain, nationalities.code_of)):
        known = {nationalities.code_of(part): part for part in reversed(parts)}
        if len(parts) > 1 and "" not in known:
            return [*reversed(known.values())]
    return [text]


def _side_by_side(text: str, find: Callable[[str], str | None]) -> list[str]:
    """The names that stand beside each other with nothing but spaces between, as questionnaires export them."""
    words, found = text.split(), []
    while words:
        size = next((n for n in range(len(words), 0, -1) if find(" ".join(words[:n]))), 0)
        if not size:
            return []
        found.append(" ".join(words[:size]))
        words = words[size:]
    return found


def skills(text: str) -> list[str]:
    """The skills in a cell."""
    return [part for part in _SKILLS.split(_tidy(text)) if part] or [text]


def people(text: str) -> list[str]:
    """The people named in a cell, each by two words at least; the whole text if it is one name, or two in short."""
    if _PEOPLE.search(text) is None:
        return [clean(text)]
    parts = [part for part in _PEOPLE.split(_tidy(text)) if part]
    if len(parts) > 1 and all(part[0].isalpha() and not part[0].islower() and " " in part for part in parts):
        return parts
    return [_tidy(text).replace("\n", " ")]


def nobody_beside(texts: Sequence[str]) -> bool:
    """Whether surely no cell of a column names several people: seen of all at once, as it is of nearly all lists."""
    together = f" {'  '.join(texts)} "
    # What is printable has no other spaces than the plain one.
    return together.isprintable() and not any(between in together for between in _BETWEEN)


def names_people(text: str) -> bool:
    """Whether a cell names several people, also in short: "Ana & Bo Exemple"."""
    if _BETWEEN_WORDS.isdisjoint(text.split()) and _BETWEEN_SIGNS.search(text) is None:  # nearly all
        return False
    return _COUPLE.search(text) is not None or (_PEOPLE.search(text) is not None and len(people(text)) > 1)


def _tidy(text: str) -> str:
    return clean(text, lines=True)
