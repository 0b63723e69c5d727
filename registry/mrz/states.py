"""The codes by which zones name states, organisations, and people without a state (ICAO Doc 9303-3, section 5)."""

from __future__ import annotations

from registry import vocabularies
from registry.i18n import N_, _

#: Codes of ICAO Doc 9303-3 for citizens of a country that the registry calls otherwise.
_COUNTRIES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR", "RKS": "XKX"}
#: Stateless people, refugees, and those whose nationality is not stated: protected, and never filled in.
PROTECTED = frozenset({"XXA", "XXB", "XXC", "XXX"})
#: What specimens are issued by.
_SPECIMEN = "UTO"
#: Issuers that are no countries (ICAO Doc 9303-3, part C and D).
_ORGANISATIONS = {
    "UNO": N_("United Nations"),
    "UNA": N_("Specialised agency of the United Nations"),
    "UNK": N_("United Nations Mission in Kosovo"),
    "EUE": N_("European Union"),
    "XBA": N_("African Development Bank"),
    "XIM": N_("African Export-Import Bank"),
    "XCC": N_("Caribbean Community"),
    "XCE": N_("Council of Europe"),
    "XCO": N_("Common Market for Eastern and Southern Africa"),
    "XDC": N_("Southern African Development Community"),
    "XEC": N_("Economic Community of West African States"),
    "XES": N_("Organisation of Eastern Caribbean States"),
    "XMP": N_("Parliamentary Assembly of the Mediterranean"),
    "XOM": N_("Sovereign Military Order of Malta"),
    "XPO": N_("Interpol"),
}


def country(code: str) -> str:
    """The registry's code (ISO 3166-1 alpha-3) of the country that a zone's code means; "" = none."""
    found = _COUNTRIES.get(code, code)
    return found if found in vocabularies.get("country").labels else ""


def issuer(code: str) -> str:
    """A state or organisation that issues documents, in words; "" = none that is known."""
    if known := country(code):
        return vocabularies.get("country").label(known)
    return _(_ORGANISATIONS[code]) if code in _ORGANISATIONS else ""


def issues(code: str) -> bool:
    """Whether documents are issued under this code, specimens among them."""
    return code == _SPECIMEN or bool(issuer(code))
