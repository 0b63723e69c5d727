"""Which words of a query name which fields: canonical names, labels, aliases, in every language at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from registry import fields, kinds
from registry.access import Session
from registry.additions import remembered
from registry.field_list.person import CONSENT as CONSENT_SECTION
from registry.field_list.shared import ADDRESS
from registry.fields import CONSENT, PEOPLE, Field
from registry.hosts import host_fields
from registry.i18n import LANGUAGES, N_, _, translate
from registry.search.folding import fold

#: The word for places near a city: addresses by the coordinates of their cities.
NEAR = "near"
_PLACES = (
    Field(
        NEAR, "address", "city_id", kinds.COORDINATES, N_("Near"), ADDRESS,
        aliases=("around", "près", "autour de", "cerca", "cerca de", "perto", "perto de", "قرب", "рядом"),
    ),
)  # fmt: skip
#: What can be asked for and is no field of the card: written down with an answer about consent.
_ASKED = (
    Field(
        "consent.expires", "consent", "expires", kinds.PARTIAL_DATE, N_("Consent expires"), CONSENT_SECTION,
        aliases=("consentement jusqu'au", "vencimiento del consentimiento", "انتهاء الموافقة"),
    ),
)  # fmt: skip
#: The word that names a segment, whose condition stands in `inside.py`.
SEGMENT = Field(
    "in", "segment", "name", kinds.TEXT, N_("Segment"), N_("Segments"), sensitivity=0, editable=False,
    aliases=("segment", "dans", "en", "em", "segmento", "في", "شريحة"),
)  # fmt: skip
SEGMENT_WORDS = frozenset(fold(word) for word in (SEGMENT.name, *SEGMENT.aliases))
#: From here on (0..100) a canonical name is offered before any other word for a field.
_GOOD = 70
#: What ends the word for a field where it is written.
_ENDS = re.compile(r"[\s()\":<>]")


@dataclass(frozen=True)
class Names:
    """The field words that one user may use of one kind; a field that may not be seen is unknown.

    Attributes:
        kind: "people" or "associations".
        session: who asks.
    """

    kind: str
    session: Session

    def find(self, word: str) -> tuple[Field, ...]:
        """The field that `word` names, every consent for `consent`, none if it names nothing."""
        known = _words(self.kind).get(_key(word), ())
        if known and known[0].table == CONSENT and _key(word) in _consent_words():
            return tuple(f for f in known if f.table == CONSENT and self.session.sees(f))
        return next(((f,) for f in known if self.session.sees(f)), ())

    def knows(self, word: str) -> bool:
        """Whether `word` names a field."""
        return bool(self.find(word))

    def shortest(self, field: Field) -> str:
        """The shortest canonical word that names `field` alone: `country` for `address.country`."""
        short = field.name.rpartition(".")[2]
        return short if self.find(short) == (field,) else field.name

    def beginning(self, typed: str) -> list[tuple[str, Field]]:
        """(word, field) for each field of which a word begins like this, the likeliest first.

        Every consent is one, under the word for them all.
        """
        needle, found = _key(typed), []
        for place, field in enumerate(asked(self.kind)):
            if field.former or not self.session.sees(field) or (field.table == CONSENT and field.key is not None):
                continue
            title = _key(field.title)
            spellings = [self.shortest(field), "_".join(field.title.casefold().split()), field.name, *field.aliases]
            whole = [w for w in spellings if _key(w).startswith(needle) and self._writes(w, field)]
            if whole:
                other = not (title.startswith(needle) or whole[0] == spellings[0])
                found.append((other, not field.minimal, place, whole[0], field))
            elif f" {needle}" in f" {title}":
                writable = next((w for w in spellings[1:] if self._writes(w, field)), field.name)
                found.append((True, True, len(_words(self.kind)) + place, writable, field))
        consents = (_key(_(CONSENT_SECTION)), CONSENT)
        if (word := next((w for w in consents if w.startswith(needle)), "")) and (known := self.find(word)):
            found.append((False, False, -1, word, known[0]))
        return [(word, field) for *_order, word, field in sorted(found, key=lambda each: each[:3])]

    def _writes(self, word: str, field: Field) -> bool:
        """Whether `word` can stand before an operator and names `field` alone."""
        return not _ENDS.search(word) and word[:1].isalpha() and self.find(word) == (field,)

    def nearest(self, word: str) -> str:
        """The field word most like `word`."""
        from rapidfuzz import fuzz, process

        seen = [w for w, known in _offered(self.kind).items() if any(self.session.sees(f) for f in known)]
        canonical = [w for w in seen if w in {f.name for f in asked(self.kind)}]
        key = _key(word)
        for offered in (canonical, seen):
            found = process.extractOne(key, offered, scorer=lambda a, b, **_: fuzz.ratio(a, _key(b)))
            if found is not None and (found[1] >= _GOOD or offered is seen):
                return str(found[0])
        return ""


def _key(word: str) -> str:
    return fold(word)


@cache
def _consent_words() -> frozenset[str]:
    """The word for every consent, in each language."""
    return frozenset({CONSENT, *(_key(translate(CONSENT_SECTION, language)) for language in LANGUAGES)})


def asked(kind: str) -> tuple[Field, ...]:
    """Every field a query can ask for: of the record, its segments, what is near and what follows from others."""
    return (*fields.of(kind), SEGMENT, *_PLACES, *((*_ASKED, *host_fields()) if kind == PEOPLE else ()))


@remembered
def _words(kind: str) -> dict[str, tuple[Field, ...]]:
    """Folded word -> the fields it can mean: canonical names before labels before aliases."""
    described = asked(kind)
    consents = tuple(f for f in described if f.table == CONSENT and f.key is not None)
    found = {word: list(consents) for word in _consent_words()} if consents else {}
    for field in described:
        found.setdefault(_key(field.name), []).append(field)
    for field in described:
        for title in field.titles:
            found.setdefault(_key(title), []).append(field)
    for field in described:
        for alias in field.aliases:
            found.setdefault(_key(alias), []).append(field)
    return {word: tuple(dict.fromkeys(known)) for word, known in found.items() if word}


@remembered
def _offered(kind: str) -> dict[str, tuple[Field, ...]]:
    """The words that can be written as they are, without a space, on every keyboard."""
    offered: dict[str, tuple[Field, ...]] = {f.name: (f,) for f in asked(kind) if not f.former}
    for field in asked(kind):
        for alias in field.aliases:
            if alias.isascii() and not any(c.isspace() for c in alias):
                offered[alias] = (*offered.get(alias, ()), field)
    return offered
