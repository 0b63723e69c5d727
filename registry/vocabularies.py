"""Codes and their labels: the vocabularies in resources/, countries and languages by CLDR."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property

import resources
from registry.i18n import current_language
from registry.search.folding import fold, native

#: Languages in which names of countries, languages and codes are recognised when read.
RECOGNISED = ("en", "fr", "es", "pt", "ar", "de", "ru", "hu", "sk")
#: The invented home state of demonstration registries: a user-assigned code of ISO 3166-1, never offered elsewhere.
DEMONSTRATION_COUNTRY = "XDR"
_DEMONSTRATION_NAMES = {"en": "Valdoria", "fr": "Valdorie"}


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of codes.

    Attributes:
        name: as fields name it.
        labels: code -> language -> label; English is always there.
        aliases: code -> other ways to write it, in any language.
    """

    name: str
    labels: dict[str, dict[str, str]]
    aliases: dict[str, tuple[str, ...]]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in the vocabulary's own order."""
        return tuple(self.labels)

    def label(self, code: str, language: str = "") -> str:
        """The label of `code` in `language` (default: the one in use), else in English, else the code."""
        labels = self.labels.get(code, {})
        return labels.get(language or current_language()) or labels.get("en") or code

    def choices(self) -> list[tuple[str, str]]:
        """(code, label) in the vocabulary's own order."""
        return [(code, self.label(code)) for code in self.labels if code != DEMONSTRATION_COUNTRY]

    def find(self, text: str) -> str | None:
        """The code that `text` names: the code itself, a label in any language, an alias."""
        return self._index.get(_key(text))

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for code, labels in self.labels.items():
            for word in (code, *labels.values(), *self.aliases.get(code, ())):
                index.setdefault(_key(word), code)
        for code in self.labels:
            index[_key(code)] = code
        return index


class _Named(Vocabulary):
    """A vocabulary sorted by label when offered."""

    def choices(self) -> list[tuple[str, str]]:
        """(code, label) by label."""
        return sorted(super().choices(), key=lambda choice: fold(choice[1]))


@cache
def get(name: str) -> Vocabulary:
    """The vocabulary of that name; KeyError is a bug of the caller."""
    if name == "language":
        return _languages()
    document = json.loads(resources.path("vocabularies", name + ".json").read_text(encoding="utf-8"))
    if name == "country":
        return _countries(document["entries"])
    return Vocabulary(
        name,
        {e["code"]: e["labels"] for e in document["entries"]},
        {e["code"]: tuple(e.get("aliases", ())) for e in document["entries"]},
    )


@cache
def alpha2(alpha3: str) -> str:
    """ISO 3166-1 alpha-2 for alpha-3; "ZZ" (CLDR: unknown region) when there is none."""
    return _alpha2().get(alpha3, "ZZ")


@cache
def _alpha2() -> dict[str, str]:
    document = json.loads(resources.path("vocabularies", "country.json").read_text(encoding="utf-8"))
    return {e["code"]: e["alpha2"] for e in document["entries"]}


def _countries(entries: list[dict[str, str]]) -> Vocabulary:
    from babel import Locale

    labels: dict[str, dict[str, str]] = {e["code"]: {} for e in entries}
    for language in RECOGNISED:
        territories = Locale.parse(language).territories
        for entry in entries:
            if name := territories.get(entry["alpha2"]):
                labels[entry["code"]][language] = name
    labels[DEMONSTRATION_COUNTRY] = _DEMONSTRATION_NAMES
    aliases = {e["code"]: (e["alpha2"], *e.get("aliases", ())) for e in entries}
    return _Named("country", labels, aliases)


def _languages() -> Vocabulary:
    from babel import Locale

    english = Locale.parse("en").languages
    codes = [
        code
        for code in map(str, english)
        if code.isalpha() and len(code) in (2, 3) and code not in ("und", "mul", "zxx")
    ]
    labels: dict[str, dict[str, str]] = {code: {} for code in sorted(codes)}
    for language in RECOGNISED:
        names = Locale.parse(language).languages
        for code in labels:
            if name := names.get(code):
                labels[code][language] = name
    own: dict[str, tuple[str, ...]] = {c: (_own_name(c),) for c in labels if len(c) == 2 and _own_name(c)}
    return _Named("language", labels, own)


@cache
def _own_name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).languages.get(code) or ""
    except UnknownLocaleError:
        return ""


def _key(text: str) -> str:
    """Words are compared without case and accents, in their own script where it is not Latin."""
    return native(text) or fold(text) or text.strip().casefold()
