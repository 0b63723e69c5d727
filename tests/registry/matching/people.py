"""Invented records as rows, and what is found among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from db.batches import by_column
from registry.fields import PEOPLE
from registry.matching import finding
from registry.matching.facts import Collector, Facts, Rows
from registry.matching.finding import Found
from registry.progress import SILENT

GIVEN = [
    "Amara",
    "Boris",
    "Celia",
    "Dragan",
    "Elodie",
    "Fatou",
    "Goran",
    "Hana",
    "Igor",
    "Jelena",
    "Karim",
    "Lucie",
    "Milan",
    "Nadia",
    "Oscar",
    "Petra",
]
FAMILY = [
    "Almeida",
    "Benkirane",
    "Castellan",
    "Dvorak",
    "Eriksen",
    "Fontaine",
    "Gashi",
    "Hoxha",
    "Ivanov",
    "Jansen",
    "Kowal",
    "Lindqvist",
]
CITIES = ["Lyon", "Praha", "Porto", "Malmö", "Geneva", "Zürich", "Hamburg", "Ghent"]

Person = Mapping[str, str]


def strangers(count: int, seed: int = 1) -> list[dict[str, str]]:
    """People who have nothing to do with each other."""
    random = Random(seed)
    return [
        {
            "given": f"{random.choice(GIVEN)}",
            "family": f"{random.choice(FAMILY)}{random.choice(('', 'son', 'ski', 'ova', 'eira'))}",
            "born": f"{random.randrange(1940, 2005)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
            "sex": random.choice(("male", "female")),
            "phone": f"+3319900{random.randrange(10**5):05}",
            "document": f"X{random.randrange(10**7):07}",
            "street": f"{random.randrange(1, 200)} rue {random.choice(FAMILY)}",
            "city": random.choice(CITIES),
        }
        for _ in range(count)
    ]


def facts_of(people: Sequence[Person], ids: Sequence[int] | None = None) -> Facts:
    """Their facts, with ids from 1 on."""
    collector = Collector(PEOPLE)
    collector.add(by_column(zip(ids or range(1, len(people) + 1), map(rows, people), strict=True)))
    return collector.facts()


def found(people: Sequence[Person], ids: Sequence[int] | None = None) -> Found:
    """What is found among them."""
    return finding.find_among(facts_of(people, ids), {}, SILENT)


def groups(result: Found) -> set[frozenset[int]]:
    """Groups of ids."""
    by_head: dict[int, set[int]] = {}
    for record_id, head in zip(result.facts.ids.tolist(), result.heads.tolist(), strict=True):
        by_head.setdefault(head, set()).add(record_id)
    return {frozenset(some) for some in by_head.values() if len(some) > 1}


def rows(person: Person) -> Rows:
    """The rows of a record that says this."""
    given, family = person.get("given"), person.get("family")
    full = person.get("full") or " ".join(part for part in (given, family) if part)
    own = {"full_name": full, "given_name": given, "family_name": family, "sex": person.get("sex")}
    own |= {"birth_date": person.get("born"), "birth_place": person.get("birth_place"), "birth_name": None}
    own |= {"native_name": person.get("native"), "household": person.get("household")}
    listed: Rows = {"person": [own]}
    if phone := person.get("phone"):
        listed["phone"] = [{"e164": phone, "raw": phone}]
    if email := person.get("email"):
        listed["email"] = [{"folded": email}]
    if document := person.get("document"):
        listed["document"] = [{"number": document, "type": person.get("paper"), "issued": person.get("issued")}]
    if relative := person.get("relative"):
        listed["relation"] = [{"relative_id": relative, "kind": person.get("relation")}]
    if person.get("street") or person.get("city"):
        empty = dict.fromkeys(("house_number", "district", "region", "postal_code", "raw"))
        listed["address"] = [{**empty, "street": person.get("street"), "city": person.get("city")}]
    return listed
