"""Which words of a query name which fields: canonical names, labels, aliases, in every language at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from registry import fields, kinds
from registry.access import Session
from registry.field_list.person import CONSENT as CONSENT_SECTION
from registry.fields import PEOPLE, Field
from registry.i18n import LANGUAGES, N_, translate
from registry.search.folding import fold

#: Names a group of fields: every consent. `consent:news/letter` chooses among them.
CONSENT = "consent"
#: What can be asked for and is no field of the card: written down with an answer about consent.
_ASKED = {
    PEOPLE: (
        Field(
            "consent.expires", "consent", "expires", kinds.PARTIAL_DATE, N_("Consent expires"), CONSENT_SECTION,
            aliases=("consentement jusqu'au", "vencimiento del consentimiento", "انتهاء الموافقة"),
        ),
    )
}  # fmt: skip
#: From here on (0..100) a canonical name is offered before any other word for a field.
_GOOD = 70


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
        """The field that `word` names, all of them for a group, none if it names nothing."""
        known = _words(self.kind).get(_key(word), ())
        if known and known[0].key is not None and _key(word) == CONSENT:
            return tuple(f for f in known if self.session.sees(f))
        return next(((f,) for f in known if self.session.sees(f)), ())

    def knows(self, word: str) -> bool:
        """Whether `word` names a field."""
        return bool(self.find(word))

    def nearest(self, word: str) -> str:
        """The field word most like `word`."""
        from rapidfuzz import fuzz, process

        seen = [w for w, known in _offered(self.kind).items() if any(self.session.sees(f) for f in known)]
        canonical = [w for w in seen if w in fields.by_name(self.kind)]
        key = _key(word)
        for offered in (canonical, seen):
            found = process.extractOne(key, offered, scorer=lambda a, b, **_: fuzz.ratio(a, _key(b)))
            if found is not None and (found[1] >= _GOOD or offered is seen):
                return str(found[0])
        return ""


def _key(word: str) -> str:
    return fold(word)


def _searched(kind: str) -> tuple[Field, ...]:
    return (*fields.of(kind), *_ASKED.get(kind, ()))


@cache
def _words(kind: str) -> dict[str, tuple[Field, ...]]:
    """Folded word -> the fields it can mean: canonical names before labels before aliases."""
    described = _searched(kind)
    consents = tuple(f for f in described if f.key is not None)
    found: dict[str, list[Field]] = {CONSENT: list(consents)} if consents else {}
    for field in described:
        found.setdefault(_key(field.name), []).append(field)
    for language in LANGUAGES:
        for field in described:
            if field.key is None:
                found.setdefault(_key(translate(field.label, language)), []).append(field)
    for field in described:
        for alias in field.aliases:
            found.setdefault(_key(alias), []).append(field)
    return {word: tuple(dict.fromkeys(known)) for word, known in found.items() if word}


@cache
def _offered(kind: str) -> dict[str, tuple[Field, ...]]:
    """The words that can be written as they are, without a space, on every keyboard."""
    offered: dict[str, tuple[Field, ...]] = {f.name: (f,) for f in _searched(kind)}
    for field in _searched(kind):
        for alias in field.aliases:
            if alias.isascii() and not any(c.isspace() for c in alias):
                offered[alias] = (*offered.get(alias, ()), field)
    return offered
