"""Invented associations of the invented diaspora."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from registry import vocabularies
from registry.demo.draws import THIS_YEAR, Deck, Numbers, data
from registry.demo.names import communities, plain
from registry.demo.places import Home, World

_COUNT = 60
_LEVELS = {"local": 5, "regional": 3, "national": 3, "transnational": 2}
#: Fields of which every association holds one value.
_CODED = {
    "located": "located",
    "legal_form": "legal_form",
    "registered": "yes_no",
    "members.counted": "count_method",
    "mode": "mode_of_action",
    "degree_of_organisation": "degree_of_organisation",
    "budget": "budget_band",
    "funding": "funding_source",
    "reach": "reach_channel",
    "authorities": "relation_with_authorities",
}


def associations(seed: int = 1) -> Iterator[dict[str, str]]:
    """Sixty invented associations, keyed by canonical field names; the same seed gives the same ones.

    No two have the same name.
    """
    # Their own chance: the people's stream doesn't change when an association is added.
    random = Random(f"associations {seed}")
    wording, world = data("associations"), World(random)
    types = Deck(random, dict.fromkeys(vocabularies.get("association_type").codes, 1))
    levels, numbers = Deck(random, _LEVELS), Numbers(random, 90_000)
    coded = {f: Deck(random, dict.fromkeys(vocabularies.get(v).codes, 1)) for f, v in _CODED.items()}
    taken: set[str] = set()
    while len(taken) < _COUNT:
        kind, home = types.deal(), world.address()
        name = _name(random, wording, kind, home)
        if name in taken:
            continue
        taken.add(name)
        row = {"name": name, "type": kind, "level": levels.deal()}
        row |= {field: deck.deal() for field, deck in coded.items()}
        _describe(row, random, wording)
        row["registration_number"] = f"{home.country}-{10_000 + numbers.take()}"
        _reach(row, random, world, home, len(taken))
        yield row


def _name(random: Random, wording: dict[str, dict[str, list[str]]], kind: str, home: Home) -> str:
    region, towns = random.choice(list(data("life")["regions"].items()))
    name = random.choice(wording["names"][kind])
    places = {"town": random.choice(towns), "region": region, "city": home.parts["city"]}
    for place, text in (*places.items(), ("craft", random.choice(list(wording["crafts"])))):
        name = name.replace(f"{{{place}}}", text)
    return name


def _describe(row: dict[str, str], random: Random, wording: dict[str, list[str]]) -> None:
    letters = "".join(word[0] for word in row["name"].replace("'", " ").split() if word[0].isupper())
    if 3 <= len(letters) <= 6:
        row["acronym"] = letters
    row["founded"] = str(random.randint(1961, THIS_YEAR - 1))
    row["members"] = str(random.choice((12, 18, 25, 40, 64, 90, 120, 250, 480, 1300)))
    row["members.women"] = str(int(row["members"]) * random.randint(30, 60) // 100)
    row["members.youth"] = str(int(row["members"]) * random.randint(10, 40) // 100)
    row["members.on"] = f"{THIS_YEAR - random.randint(0, 3)}"
    row["sector"] = random.choice(wording["sectors"])


def _reach(row: dict[str, str], random: Random, world: World, home: Home, number: int) -> None:
    community = random.choice(list(communities()))
    sex = random.choice(("male", "female"))
    given, surname = community.given(sex, random), community.surname(random)
    family = surname.of(sex) if surname else community.given("male", random)
    row["contact_person"] = " ".join(part for part in (given.latin, family.latin) if part)
    row["officer"], row["officer.role"] = row["contact_person"], "president"
    row["officer.from"], row["officer.signs"] = str(THIS_YEAR - random.randint(0, 4)), "yes"
    row["phone"] = world.telephone(home.country, "fixed")
    site = plain(row.get("acronym", "")) or f"valdoria-{row['type']}"
    row["email"] = f"contact@{site}-{number}.example.org"
    if random.random() < 0.7:
        row["website"] = f"https://{site}-{number}.example.org"
    for part, text in home.parts.items():
        row[f"address.{part}"] = text
