"""Codes and their labels: the vocabularies in resources/, read when first asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import resources
from registry import additions
from registry.search.folding import fold
from registry.vocabularies.suggesting import Suggestion
from registry.vocabularies.vocabulary import Entry, Vocabulary, merged

#: The invented home state of demonstration registries: a user-assigned code of ISO 3166-1, never offered elsewhere.
DEMONSTRATION_COUNTRY = "XDR"

__all__ = [
    "DEMONSTRATION_COUNTRY",
    "Entry",
    "Source",
    "Suggestion",
    "Vocabulary",
    "alpha2",
    "code_or_text",
    "get",
    "merged",
    "names",
    "shipped",
    "source",
]


@dataclass(frozen=True)
class Source:
    """Where a vocabulary comes from.

    Attributes:
        source: who publishes it, and what was done to it here.
        version: the edition, or the date of it.
        licence: under which terms it is shipped.
    """

    source: str
    version: str
    licence: str


def get(name: str) -> Vocabulary:
    """The vocabulary of that name, shipped or added by the registry; KeyError is a bug of the caller."""
    return additions.current().vocabularies.get(name) or shipped(name)


@cache
def shipped(name: str) -> Vocabulary:
    """The vocabulary as it ships, whatever a registry adds to it."""
    from registry.vocabularies import loading

    return loading.load(name)


def names() -> tuple[str, ...]:
    """Every vocabulary that ships."""
    files = resources.path("vocabularies").glob("*.json")
    return tuple(sorted({file.name.split(".")[0] for file in files}))


def source(name: str) -> Source:
    """Source, version and licence: of `NAME.source.json`, or of the head of a list that is our own."""
    beside = resources.path("vocabularies", f"{name}.source.json")
    file = beside if beside.exists() else resources.path("vocabularies", f"{name}.json")
    document = json.loads(file.read_text(encoding="utf-8"))
    return Source(document["source"], document["version"], document["licence"])


def code_or_text(name: str, text: str) -> str | None:
    """The code in the vocabulary `name` that `text` names without doubt, None where it has to be coded by somebody."""
    known = get(name)
    code = known.find(text)
    if code is None or fold(text) != fold(code) or text.strip().casefold() == code.casefold():
        return code
    # Of a code every sign counts: "(0)" and "{0}" are no armed forces. "Power grids" is the label of power_grids.
    words = (*known.labels[code].values(), *known.aliases.get(code, ()))
    return code if fold(text) in map(fold, words) else None


@cache
def alpha2(alpha3: str) -> str:
    """ISO 3166-1 alpha-2 for alpha-3; "ZZ" (CLDR: unknown region) when there is none, as for a former country."""
    from registry.vocabularies import loading

    return loading.alpha2_codes().get(alpha3, "ZZ")
