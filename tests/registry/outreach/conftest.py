"""A small demonstration register to write letters from."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import AddRecord

PASSWORD = "demo"

#: Recipients and those who must get nothing, one a reason; all invented.
PEOPLE = {
    "french": {"full_name": "Ana Exemple", "family_name": "Exemple", "sex": "female", "preferred_language": "fr"},
    "english": {"full_name": "Bo Sample", "family_name": "Sample", "sex": "male", "preferred_language": "en"},
    "titled": {"full_name": "Cy Pattern", "family_name": "Pattern", "title": "Dr", "preferred_language": "en"},
    "refused": {"full_name": "Di Refuser", "consent.outreach_news.letter": "refused"},
    "silent": {"full_name": "Ed Silent", "consent.outreach_news.letter": ""},
    "by_email_only": {
        "full_name": "Flo Electron",
        "consent.outreach_news.letter": "",
        "consent.outreach_news.email": "given",
    },
    "dead": {"full_name": "Gus Late", "state": "deceased"},
    "gone": {"full_name": "Hal Elsewhere", "state": "transferred"},
    "homeless": {"full_name": "Ivy Nowhere", "address.city": "", "address.street": "", "address.country": ""},
    "moved": {
        "full_name": "Jo Moved",
        "address.street": "1 Old Street",
        "address.to": "2020",
        "address.street.2": "2 rue Neuve",
        "address.city.2": "Lyon",
        "address.postal_code.2": "69001",
        "address.country.2": "FRA",
    },
}
_ADDRESS = {
    "address.street": "12 rue Inventée",
    "address.city": "Lyon",
    "address.postal_code": "69002",
    "address.country": "FRA",
    "consent.outreach_news.letter": "given",
}


@pytest.fixture
def registry(registry: Registry) -> Registry:
    """The empty registry with `PEOPLE`."""
    for texts in PEOPLE.values():
        registry.execute(AddRecord("people", {n: t for n, t in {**_ADDRESS, **texts}.items() if t}))
    return registry
