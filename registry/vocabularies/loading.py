"""Vocabularies from their files; names of countries, languages, scripts and currencies from CLDR."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import resources
from registry import foreign_words
from registry.vocabularies.suggesting import Terms, key
from registry.vocabularies.vocabulary import Entry, Vocabulary

#: Languages in which names of countries, languages, scripts and currencies are recognised when read.
RECOGNISED = ("en", "fr", "es", "pt", "ar", "de", "ru", "hu", "sk")


def load(name: str) -> Vocabulary:
    """The vocabulary of that name, read anew; KeyError if there is none."""
    if named := _NAMED_BY_CLDR.get(name):
        return Vocabulary.of(name, named(), by_label=True, elsewhere=partial(_elsewhere, name))
    file = resources.path("vocabularies", f"{name}.json")
    if not file.exists():
        raise KeyError(name)
    synonyms = resources.path("vocabularies", f"{name}.synonyms.gz")
    document = json.loads(file.read_text(encoding="utf-8"))
    return Vocabulary.of(
        name,
        map(_entry, document["entries"]),
        by_label=document.get("order") == "label",
        more=partial(_synonyms, synonyms.read_bytes) if synonyms.exists() else tuple,
        elsewhere=partial(foreign_words.codes, name, key),
    )


@cache
def alpha2_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 by alpha-3, of the countries of today."""
    return {e["code"]: e["alpha2"] for e in _list("country") if "alpha2" in e}


@cache
def by_number() -> dict[int, str]:
    """ISO 3166-1 alpha-3 by the country's number, by which statistical offices name it (UN M49)."""
    return {int(e["numeric"]): e["code"] for e in _list("country") if e.get("numeric")}


def _list(name: str) -> list[dict[str, Any]]:
    document = json.loads(resources.path("vocabularies", f"{name}.json").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = document["entries"]
    return entries


def _entry(kept: dict[str, Any]) -> Entry:
    return Entry(
        kept["code"], kept["labels"], tuple(kept.get("aliases", ())), kept.get("parent", ""), kept.get("inverse", "")
    )


def _synonyms(read: Callable[[], bytes]) -> tuple[Terms, ...]:
    """The words of `.ci/make-vocabularies`: for each worth a block of codes with counts, keys, and other spellings."""
    blocks = gzip.decompress(read()).decode("utf-8").split("\f")
    tiers = []
    for runs, keys, words in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True):
        codes: list[str] = []
        for run in runs.split():
            code, count = run.split(":")
            codes += [code] * int(count)
        tiers.append(Terms(codes, keys, words))
    return tuple(tiers)


def _elsewhere(name: str) -> dict[str, str]:
    """The words of `.ci/make-vocabularies` in other languages of CLDR, and of lists, and the code that each names."""
    file = resources.path("vocabularies", f"{name}.elsewhere.gz")
    lines = gzip.decompress(file.read_bytes()).decode("utf-8").split("\n") if file.exists() else []
    by_cldr = {word: code for line in lines for code, *words in (line.split("\t"),) for word in words}
    return by_cldr | foreign_words.codes(name, key)


# --- named by CLDR ------------------------------------------------------------------------------------------


def names_by_cldr(kind: str, codes: dict[str, str]) -> dict[str, dict[str, str]]:
    """Labels by language for codes of ours, by their code in CLDR's table `kind`."""
    from babel import Locale

    labels: dict[str, dict[str, str]] = {code: {} for code in codes}
    for language in RECOGNISED:
        known = getattr(Locale.parse(language), kind)
        for code, theirs in codes.items():
            if name := known.get(theirs):
                labels[code][language] = name
    return labels


def _labels(name: str) -> dict[str, dict[str, str]]:
    """The same as `.ci/make-vocabularies` wrote it down: CLDR's whole files take a hundred times as long to read."""
    text = gzip.decompress(resources.path("vocabularies", f"{name}.labels.gz").read_bytes())
    labels: dict[str, dict[str, str]] = json.loads(text)
    return labels


def _countries() -> Iterator[Entry]:
    listed = _list("country")
    labels = _labels("country")
    for e in listed:
        own = (e["alpha2"],) if "alpha2" in e else ()
        aliases = (*own, *e.get("aliases", ()))
        yield Entry(e["code"], labels.get(e["code"]) or e["labels"], aliases, offered="alpha2" in e)


def _languages() -> Iterator[Entry]:
    listed = _list("language")
    labels = _labels("language")
    return (Entry(e["code"], labels[e["code"]], tuple(e.get("aliases", ()))) for e in listed)


def _scripts() -> Iterator[Entry]:
    from babel import Locale

    codes = sorted(Locale.parse("en").scripts)
    labels = names_by_cldr("scripts", {code: code for code in codes})
    # Q and Z begin the codes that are no script of their own: private use, inherited, unknown.
    return (Entry(code, labels[code], offered=code[0] not in "QZ") for code in codes)


def _currencies() -> Iterator[Entry]:
    from babel import Locale
    from babel.core import get_global

    codes = sorted(Locale.parse("en").currencies)
    labels = names_by_cldr("currencies", {code: code for code in codes})
    periods = [period for periods in get_global("territory_currencies").values() for period in periods]
    current = {code for code, _since, until, is_tender in periods if until is None and is_tender}
    return (Entry(code, labels[code], offered=code in current) for code in codes)


_NAMED_BY_CLDR = {"country": _countries, "language": _languages, "script": _scripts, "currency": _currencies}
