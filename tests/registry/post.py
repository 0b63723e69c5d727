"""A small post: a registry with staff of every role and a few invented people, made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from db.slots import Cost
from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, AddUser, ChangeSetting, EditRecord, SetProtected
from registry.queries import VerifyHistory

PASSWORD = "crimson otter paints nine lanterns"
OTHER_PASSWORD = "seven violet kettles hum softly"
#: Sign-in name -> role. Petra is a clerk with the grant for protected values, Leo has nothing to do.
STAFF = {
    "amel": "administrator",
    "clara": "clerk",
    "otto": "outreach",
    "mara": "manager",
    "aude": "auditor",
    "petra": "clerk",
    "leo": "clerk",
}
#: What nobody may read who sees no restricted field, by field.
RESTRICTED = {
    "notes": "whispersecret",
    "document.type": "passport",
    "document.number": "XQ7788123",
    "document.issuer": "Prefecture of Nowhere",
    "document.issued": "2021-11-30",
    "document.expires": "2031-11-29",
    "activity.notes": "murmured at the counter",
}
#: Restricted too, but with values that others share.
RESTRICTED_CODES = {
    "document.machine_read": "yes",
    "trust": "4",
    "remittance": "yes",
    "remittance.frequency": "monthly",
    "remittance.channel": "formal",
    "remittance.amount": "under_500",
    "remittance.use": "daily_needs",
}
SEALED = "only through the invented parish"
#: Ids of the people, in order of their making, and of the association.
ANA, BO, CY, CLUB = 1, 2, 3, 4


def make(folder: Path) -> Path:
    """The post in `folder`, with keys that are cheap to derive."""
    with cheap_keys():
        setup.create(folder, post="TST", country="FRA", home="XDR", admin="amel", password=PASSWORD, demonstration=True)
        with Registry.open(folder, "amel", PASSWORD) as registry:
            for name, role in STAFF.items():
                if name != "amel":
                    registry.execute(AddUser(name, role, PASSWORD, protected=name == "petra"))
            registry.execute(ChangeSetting("protected", "on"))
            for texts in PEOPLE:
                registry.execute(AddRecord("people", texts))
            registry.execute(AddRecord("associations", {"name": "Club of Examples", "members": "12"}))
        with Registry.open(folder, "clara", PASSWORD) as clerk:
            clerk.execute(EditRecord("people", ANA, {"notes": RESTRICTED["notes"] + " again", "title": "Dr"}))
        with Registry.open(folder, "petra", PASSWORD) as granted:
            granted.execute(SetProtected(ANA, "safe_contact", SEALED))
            assert granted.read(VerifyHistory()).ok
    return folder


_HOME = {
    "address.street": "12 rue Inventée",
    "address.city": "Lyon",
    "address.postal_code": "69002",
    "address.country": "FRA",
    "consent.outreach_news.letter": "given",
}
PEOPLE: tuple[dict[str, str], ...] = (
    {
        "full_name": "Ana Exemple",
        "family_name": "Exemple",
        "phone": "01 99 00 12 34",
        "activity": "visit",
        **RESTRICTED,
        **RESTRICTED_CODES,
        **_HOME,
    },
    {"full_name": "Bo Sample", "family_name": "Sample", "email": "bo@example.org", **_HOME},
    {"full_name": "Cy Pattern", "family_name": "Pattern", "association": "Club of Examples"},
)


@contextmanager
def cheap_keys() -> Iterator[None]:
    """New passwords cost next to nothing to try."""
    with patch("db.keys.Cost", partial(Cost, memory=64, passes=1)):
        yield


class Post:
    """A copy of the post that a test may change.

    Attributes:
        folder: where the registry stands.
    """

    def __init__(self, template: Path, folder: Path) -> None:
        self.folder = Path(shutil.copytree(template, folder))
        self._open: list[Registry] = []

    def open(self, name: str, password: str = PASSWORD) -> Registry:
        """Somebody signed in, until the test ends."""
        registry = Registry.open(self.folder, name, password)
        self._open.append(registry)
        return registry

    def close(self) -> None:
        """Sign everybody out."""
        while self._open:
            self._open.pop().close()
