"""What a zone says, as the fields of a person: names with small letters, codes of this registry, nothing protected."""

from __future__ import annotations

import re

from registry import fields
from registry.drafts import Problem
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.mrz.reading import Mrz
from registry.mrz.states import PROTECTED, country, issuer

NO_COUNTRY = N_("“{code}” in the zone stands for no country. Fill in what the document says.")
#: Says nothing of why: it is read on a screen at a counter.
LEFT_EMPTY = N_("Citizenship and document are not filled in from this zone. Fill in what may be kept.")

#: The travel document of a refugee (ICAO Doc 9303-4), whatever nationality it names.
_REFUGEE = "PR"
_SEXES = {"M": "male", "F": "female", "X": "other"}
#: By the whole code, else by its first letter (ICAO Doc 9303-4 and -5; R for the European Union's residence permits).
_DOCUMENTS = {
    "PE": "travel_document",
    "PL": "travel_document",
    "PU": "travel_document",
    "AR": "residence_permit",
    "IR": "residence_permit",
    "AC": "other",
    "P": "passport",
    "I": "identity_card",
    "C": "identity_card",
    "A": "other",
}

#: Small within a family name; those of the first line at its beginning too, but in the countries below.
# fmt: off
_OPENING = frozenset({
    "af", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "ten", "ter", "van", "von", "zu",
    "zum", "zur",
})
_WITHIN = _OPENING | {"al", "bin", "bint", "e", "el", "ibn", "la", "las", "le", "los", "y"}
# fmt: on
_CAPITAL_OPENING = frozenset({"BEL", "ITA", "PHL", "SMR"})


def fields_of(mrz: Mrz) -> dict[str, str]:
    """Canonical field name -> text, for every field that the zone fills and the registry has.

    What a zone says of statelessness or asylum is protected: such a zone fills neither citizenship nor document.
    """
    texts = {
        "family_name": _family(mrz.family_name, country(mrz.nationality)),
        "given_name": " ".join(map(_capitalised, mrz.given_name.split())),
        "sex": _SEXES.get(mrz.sex, ""),
        "birth_date": mrz.birth_date,
    }
    if not _protected(mrz):
        texts |= {
            "citizenship": country(mrz.nationality),
            "document.type": _DOCUMENTS.get(mrz.document_code) or _DOCUMENTS.get(mrz.document_code[:1], ""),
            "document.number": mrz.document_number,
            "document.expires": mrz.expires,
            "document.issuer": issuer(mrz.issuing_state),
        }
    return {name: text for name, text in texts.items() if text and fields.find(PEOPLE, name)}


def to_compare(mrz: Mrz) -> tuple[Problem, ...]:
    """What the officer must compare with the document or fill in, each with its field; "" = several."""
    if _protected(mrz):
        kept = (p for p in mrz.problems if not p.field.startswith("document."))
        return (*kept, Problem("citizenship", _(LEFT_EMPTY)))
    doubted = list(mrz.problems)
    if not country(mrz.nationality):
        doubted.append(Problem("citizenship", _(NO_COUNTRY, code=mrz.nationality or "<<<")))
    if not issuer(mrz.issuing_state) and mrz.issuing_state != mrz.nationality:
        doubted.append(Problem("document.issuer", _(NO_COUNTRY, code=mrz.issuing_state or "<<<")))
    return tuple(doubted)


def _family(name: str, nationality: str) -> str:
    """A family name with its particles as most of their bearers write them."""
    words = name.split()
    made = []
    for place, word in enumerate(words):
        particles = _WITHIN if place else frozenset() if nationality in _CAPITAL_OPENING else _OPENING
        small = place < len(words) - 1 and word.lower() in particles
        made.append(word.lower() if small else _capitalised(word))
    return " ".join(made)


def _capitalised(word: str) -> str:
    return "Mc" + word[2:].capitalize() if re.fullmatch("MC[A-Z]{2,}", word) else word.capitalize()


def _protected(mrz: Mrz) -> bool:
    return mrz.nationality in PROTECTED or mrz.document_code == _REFUGEE
