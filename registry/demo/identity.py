"""Who an invented person is: names, sex, birth, origin, citizenship, civil status."""

from __future__ import annotations

from random import Random

from registry import vocabularies
from registry.demo.draws import Deck, data
from registry.demo.households import ADULT, Household, Member
from registry.demo.names import Written, mononyms
from registry.vocabularies import DEMONSTRATION_COUNTRY

#: How precisely a birth date is known: EDTF level 1, "~" for estimated.
_PRECISIONS = {"{y}-{m:02}-{d:02}": 88, "{y}-{m:02}": 3, "{y}": 4, "{y}~": 2, "{y}-{m:02}~": 1, "": 2}


class Identity:
    """Writes the fields of name, birth and origin into rows."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._mononyms = mononyms(random)
        self._titles: dict[str, list[str]] = data("life")["titles"]
        self._precisions = Deck(random, _PRECISIONS)
        weights = (38, 40, 4, 4, 7, 5, 2)
        self._civil = Deck(random, dict(zip(vocabularies.get("civil_status").codes, weights, strict=True)))

    def add(self, row: dict[str, str], household: Household, member: Member) -> None:
        """Write who `member` is."""
        if len(household.members) == 1 and self._random.random() < 0.04:
            self._mononym(row)
        else:
            self._names(row, household, member)
        row["sex"] = member.sex
        self._birth(row, household, member)
        self._citizenships(row, household, member)
        if self._random.random() < 0.85:
            row["origin_region"], row["hometown"] = household.origin
        if member.age < ADULT:
            row["civil_status"] = "single"
        elif member.role == "spouse" or (member.role == "head" and household.has_couple):
            row["civil_status"] = "married"
        else:
            row["civil_status"] = self._civil.deal()
        if len(household.members) > 1:
            row["household"] = f"VLD-F{household.number:05}"

    def _mononym(self, row: dict[str, str]) -> None:
        name = self._mononyms.deal()
        row["full_name"] = name.latin
        if name.native:
            row["native_name"] = name.native

    def _names(self, row: dict[str, str], household: Household, member: Member) -> None:
        community, random = household.community, self._random
        patronymic = member.patronymic
        if member.family.latin and random.random() < 0.5:
            patronymic = Written("")
        whole = community.whole(member.given, patronymic, member.family)
        chance = random.random() if whole.native else 1.0
        own_script_only = chance < 0.08
        row["full_name"] = whole.native if own_script_only else whole.latin
        for field, part in (
            ("family_name", member.family),
            ("given_name", member.given),
            ("patronymic", patronymic),
        ):
            if part.latin:
                row[field] = part.native if own_script_only else part.latin
        if member.birth_name:
            row["birth_name"] = member.birth_name
        if 0.08 <= chance < 0.78:
            row["native_name"] = whole.native
        row["name_order"] = community.order
        if member.age >= ADULT and member.sex in self._titles and random.random() < 0.1:
            row["title"] = random.choice(self._titles[member.sex])

    def _birth(self, row: dict[str, str], household: Household, member: Member) -> None:
        year, month, day = member.birth
        if precision := self._precisions.deal():
            row["birth_date"] = precision.format(y=year, m=month, d=day)
        if member.left:
            row["birth_place"], row["birth_country"] = household.origin[1], DEMONSTRATION_COUNTRY
        else:
            if city := household.home.parts.get("city"):
                row["birth_place"] = city
            row["birth_country"] = household.home.country

    def _citizenships(self, row: dict[str, str], household: Household, member: Member) -> None:
        host, chance = household.home.country, self._random.random()
        if not member.left and chance < 0.2:
            row["citizenship"] = host
            return
        row["citizenship"] = DEMONSTRATION_COUNTRY
        if chance < (0.18 if member.left else 0.7):
            row["citizenship.2"] = host
