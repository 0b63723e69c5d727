"""The invented people, a row each, keyed by canonical field names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from registry import vocabularies
from registry.demo.consents import Consents
from registry.demo.contact import Contact
from registry.demo.dealings import Dealings
from registry.demo.draws import THIS_YEAR, Deck, Numbers, data
from registry.demo.experience import Experience
from registry.demo.households import ADULT, Families, Household, Member
from registry.demo.identity import Identity
from registry.demo.life import Life
from registry.demo.places import World

#: Weights of the registration states. Not "erased": such a record has no name, so no row can be one.
_STATES = {
    "active": 80,
    "provisional": 4,
    "expiring": 3,
    "lapsed": 4,
    "transferred": 2,
    "returned": 3,
    "deceased": 3,
    "untraceable": 1,
}
#: Who can't be written to any more: no address, and no answer about news by letter.
_GONE = frozenset({"returned", "deceased", "untraceable"})


def people(count: int = 2000, seed: int = 1) -> Iterator[dict[str, str]]:
    """`count` invented people as a stream, household by household.

    The same seed gives the same people, and a longer stream begins with the shorter one. A row holds only
    fields that have a value; repeated values are numbered (`phone`, `phone.2`); the current address is first.
    """
    return islice(_Diaspora(seed).rows(), count)


class _Diaspora:
    def __init__(self, seed: int) -> None:
        self._random = random = Random(seed)
        life = data("life")
        world = World(random)
        origins = [(region, town) for region, towns in life["regions"].items() for town in towns]
        self._families = Families(random, world, origins)
        self._identity = Identity(random)
        self._contact = Contact(random, world)
        self._life = Life(random, seed)
        # Their own chance: who somebody is doesn't change when their life is told longer.
        self._experience = Experience(Random(f"experience {seed}"))
        self._dealings = Dealings(Random(f"dealings {seed}"))
        self._consents = Consents(random)
        self._states = Deck(random, _STATES)
        self._languages = Deck(random, life["preferred_languages"])
        self._documents = Deck(random, _weighted("document_type", (60, 20, 8, 3, 3, 3, 2, 1)))
        self._channels = Deck(random, _weighted("consent_channel", (40, 30, 12, 14, 4)))
        self._registrations = Numbers(random, 900_000)
        self._papers = Numbers(random, 9_000_000)

    def rows(self) -> Iterator[dict[str, str]]:
        """Everybody, without end."""
        number = 0
        for household in self._families.stream():
            language = self._language(household)
            for member in household.members:
                number += 1
                yield self._row(number, household, member, language)

    def _language(self, household: Household) -> str:
        choice = self._languages.deal()
        if choice == "own":
            return household.community.language
        return household.home.language if choice == "host" else choice

    def _row(self, number: int, household: Household, member: Member, language: str) -> dict[str, str]:
        random = self._random
        state = self._states.deal() if member.age >= ADULT else "active"
        gone = state in _GONE
        row: dict[str, str] = {}
        if random.random() < 0.72:
            row["external_id"] = f"VLD-{100_000 + self._registrations.take()}"
        self._identity.add(row, household, member)
        row["state"] = state
        row["registered_on"] = self._registered_on(state, member)
        self._validity(row, state)
        if random.random() < 0.65:
            self._document(row)
        if member.left:
            row["departure_year"] = str(member.left)
        self._contact.add(row, household, member, mailbox=number, gone=gone)
        row["preferred_language"] = language
        if member.age >= ADULT and random.random() < 0.6:
            row["preferred_channel"] = self._channels.deal()
        self._life.add(row, household, member, language)
        self._experience.add(row, household, member)
        self._dealings.add(row, household, member)
        # Nobody is asked before coming of age; the chances are drawn all the same, so that everybody else stays who
        # they are.
        self._consents.add(row if member.age >= ADULT else {}, "" if gone else household.outreach)
        return row

    def _registered_on(self, state: str, member: Member) -> str:
        chance = self._random.random()
        arrival = min(THIS_YEAR, max(member.left or member.birth[0], 1998))
        latest = max(arrival, THIS_YEAR - 7) if state == "lapsed" else THIS_YEAR
        year = THIS_YEAR if state == "provisional" else arrival + int(chance * (latest - arrival + 1))
        earliest_month = member.birth[1] if year == member.birth[0] else 1
        month = earliest_month + int(self._random.random() * (13 - earliest_month))
        return f"{year}-{month:02}-{28 if month == earliest_month else int(chance * 28) + 1:02}"

    def _validity(self, row: dict[str, str], state: str) -> None:
        random = self._random
        if state == "deceased":
            row["died_on"] = f"{THIS_YEAR - random.randint(0, 3)}-{random.randint(1, 12):02}"
        elif state in ("active", "expiring", "lapsed"):
            year = THIS_YEAR - random.randint(1, 3) if state == "lapsed" else THIS_YEAR + (state == "active") * 2
            row["valid_until"] = f"{year + random.randint(0, 3) * (state == 'active')}-{random.randint(1, 12):02}-28"
            if random.random() < 0.5:
                row["last_confirmed"] = f"{THIS_YEAR - random.randint(0, 4)}-{random.randint(1, 12):02}-15"

    def _document(self, row: dict[str, str]) -> None:
        number = self._papers.take()
        row["document.type"] = self._documents.deal()
        row["document.number"] = f"VD{1_000_000 + number}"
        row["document.issuer"] = self._random.choice(("Ministry of the Interior", "Consulate", "Town hall of Brálov"))
        row["document.issued"] = str(THIS_YEAR - 1 - number % 8)
        row["document.machine_read"] = "yes" if number % 3 else "no"
        if row["document.type"] != "birth_certificate":
            row["document.expires"] = f"{THIS_YEAR - 2 + number % 11}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def _weighted(vocabulary: str, weights: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(vocabularies.get(vocabulary).codes, weights, strict=True))
