"""Which script a text is written in, and where it is read (ISO 15924; CLDR's likely scripts of official languages)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: The first word of a letter's Unicode name -> its script.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "ETHIOPIC": "Ethi", "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml", "SINHALA": "Sinh",
    "THAI": "Thai", "KHMER": "Khmr", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "HANGUL": "Kore", "CJK": "Hani",
}  # fmt: skip
#: The writing systems that ideographs belong to.
_WITH_IDEOGRAPHS = frozenset({"Hans", "Hant", "Jpan", "Kore"})


def script_of(text: str) -> str:
    """The script of the first letter that has one we know; "" if there is none."""
    for character in text:
        if character.isalpha():
            script = _SCRIPTS.get(unicodedata.name(character, "").split(" ")[0].split("-")[0])
            if script:
                return script
    return ""


def is_latin(text: str) -> bool:
    """Whether every letter of the text is Latin."""
    return not any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in text)


def reads(country: str, script: str) -> bool:
    """Whether a country (ISO 3166-1 alpha-2) writes an official language in that script, other than Latin."""
    return script in _read_in(country)


@lru_cache(maxsize=256)
def _read_in(country: str) -> frozenset[str]:
    from babel.core import get_global
    from babel.languages import get_official_languages

    likely = get_global("likely_subtags")
    codes = get_official_languages(country, regional=True, de_facto=True) if country else ()
    scripts = set()
    for code in codes:
        parts = code.split("_")
        told = next((part for part in parts[1:] if len(part) == 4), "")
        full = likely.get(f"{parts[0]}_{country}") or likely.get(parts[0], "")
        scripts.add(told or next((part for part in full.split("_") if len(part) == 4), ""))
    if scripts & _WITH_IDEOGRAPHS:
        scripts.add("Hani")
    return frozenset(scripts - {"Latn", ""})
