"""Why two records may be one: kept as codes, put into words when somebody reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry import fields
from registry.access import Session
from registry.i18n import N_, _
from registry.matching.compare import (
    CLOSE,
    DIFFERENT,
    FAR,
    MISSING,
    REMOTE,
    SAME,
    Floats,
    Levels,
)
from registry.matching.facts import RELATIONS
from registry.matching.said import PAPERS

#: By field what is said where both are the same, alike, not quite alike, and different.
_WORDS: dict[str, tuple[str, str, str, str]] = {
    "given": (
        N_("same given name"), N_("{names} are one name"),
        N_("given names that sound alike"), N_("other given name"),
    ),
    "family": (
        N_("same family name"), N_("{names} are one name"),
        N_("family names that sound alike"), N_("other family name"),
    ),
    "others": (N_("same further names"), "", "", N_("other further names")),
    "born": (
        N_("same birth date"), N_("birth dates that a slip explains"),
        N_("similar birth dates"), N_("other birth date"),
    ),
    "sex": (N_("same sex"), "", "", N_("other sex")),
    "phone": (N_("same telephone"), N_("similar telephones"), "", N_("other telephone")),
    "email": (N_("same e-mail"), N_("similar e-mails"), N_("similar e-mails"), N_("other e-mail")),
    "document": (
        N_("same document number"), N_("similar document numbers"),
        "", N_("other document number"),
    ),
    "street": (N_("same street"), N_("similar streets"), N_("similar streets"), N_("other street")),
    "city": (N_("same town"), N_("similar towns"), N_("similar towns"), N_("other town")),
    "postal_code": (
        N_("same postal code"), N_("similar postal codes"),
        N_("similar postal codes"), N_("other postal code"),
    ),
    "region": (N_("same region"), N_("similar regions"), N_("similar regions"), N_("other region")),
    "country": (N_("same country"), "", "", N_("other country")),
    "household": (N_("same household"), "", "", N_("other household")),
    "birth_place": (
        N_("same place of birth"), N_("similar places of birth"),
        N_("similar places of birth"), N_("other place of birth"),
    ),
    "occupation": (N_("same occupation"), N_("similar occupations"), N_("similar occupations"), N_("other occupation")),
    "acronym": (N_("same acronym"), N_("similar acronyms"), N_("similar acronyms"), N_("other acronym")),
    "website": (N_("same website"), N_("similar websites"), N_("similar websites"), N_("other website")),
}  # fmt: skip
#: Names of associations have no parts.
_WHOLE_NAME = {
    "family": (
        N_("same name"),
        N_("similar names: {names}"),
        N_("names with words in common"),
        N_("other name"),
    ),
    "document": (
        N_("same registration number"),
        N_("similar registration numbers"),
        "",
        N_("other registration number"),
    ),
}
#: What is known for certain of two, by field and level.
_KNOWN: dict[tuple[str, int], str] = {
    ("renewed", PAPERS["identity_card"]): N_("other identity card, issued later"),
    ("renewed", PAPERS["consular_card"]): N_("other consular card, issued later"),
    ("renewed", PAPERS["travel_document"]): N_("other travel document, issued later"),
    ("renewed", PAPERS["passport"]): N_("other passport, issued later"),
    ("related", 0): N_("relatives of each other"),
    ("related", RELATIONS["sibling"]): N_("brothers or sisters"),
    ("related", RELATIONS["parent"]): N_("parent and child"),
    ("related", RELATIONS["spouse"]): N_("married to each other"),
    ("related", RELATIONS["partner"]): N_("partners of each other"),
}
_TURNED = N_("family name and given name stand in each other’s place")
#: The field of the card by which it is known who may see it.
_CANONICAL = {
    "given": "full_name",
    "family": "full_name",
    "others": "full_name",
    "order": "full_name",
    "born": "birth_date",
    "document": "document.number",
    "renewed": "document.issued",
    "street": "address.street",
    "city": "address.city",
    "postal_code": "address.postal_code",
    "region": "address.region",
    "country": "address.country",
    "related": "relative",
}
_ASSOCIATIONS_OWN = {
    "given": "name",
    "family": "name",
    "others": "name",
    "order": "name",
    "document": "registration_number",
}


@dataclass(frozen=True)
class Evidence:
    """What one field says.

    Attributes:
        field: of `Comparing.fields`.
        words: in the reader's language.
        weight: in tenths of a nat; above 0 it speaks for one.
    """

    field: str
    words: str
    weight: int


def packed(names: Sequence[str], levels: Levels, says: Floats) -> str:
    """The codes of one pair: field, level and tenths of a nat, the weightiest first."""
    listed = [
        (name, int(level), round(float(value) * 10))
        for name, level, value in zip(names, levels, says, strict=True)
        if level != MISSING and (name != "order" or level == DIFFERENT)
    ]
    return json.dumps(sorted(listed, key=lambda one: (-abs(one[2]), one[0])), separators=(",", ":"))


def likeness(session: Session, kind: str, name: str) -> str:
    """What is said where both records say the same in a field; "" = nothing, or not to this reader."""
    known = name in _WORDS and _seen(session, kind, name)
    return _words(kind, name, SAME, "") if known else ""


def told(session: Session, kind: str, codes: str, named: Mapping[str, str], names: str) -> tuple[Evidence, ...]:
    """The evidence in words, without what `session` may not see.

    Args:
        named: by field the two names, where both records tell that part.
        names: both whole names.
    """
    found: dict[str, Evidence] = {}
    for name, level, weight in json.loads(codes):
        words = _words(kind, name, level, named.get(name, names)) if _seen(session, kind, name) else ""
        if words:
            before = found.get(words)
            found[words] = Evidence(name, words, weight + (before.weight if before else 0))
    return tuple(found.values())


def _seen(session: Session, kind: str, name: str) -> bool:
    own = _ASSOCIATIONS_OWN if kind == fields.ASSOCIATIONS else {}
    found = fields.find(kind, own.get(name) or _CANONICAL.get(name, name))
    return found is not None and session.sees(found[0])


def _words(kind: str, name: str, level: int, names: str) -> str:
    if name == "order":
        return _(_TURNED)
    if known := _KNOWN.get((name, level)):
        return _(known)
    listed = (_WHOLE_NAME if kind == fields.ASSOCIATIONS else {}).get(name) or _WORDS[name]
    at = {SAME: 0, CLOSE: 1, REMOTE: 2, FAR: 3, DIFFERENT: 3}[level]
    sentence = listed[at] or (listed[3] if at == 2 else "")
    return _(sentence, names=names) if sentence else ""
