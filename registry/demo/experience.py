"""What an invented person has behind them and is ready for: belonging, migration, education, work, engagement."""

from __future__ import annotations

from random import Random

from registry import vocabularies
from registry.demo.draws import THIS_YEAR, Deck, data
from registry.demo.households import ADULT, Household, Member
from registry.vocabularies import DEMONSTRATION_COUNTRY

#: Younger migrants grow up in the host country: the generation between the first and the second.
_GREW_UP = 12
#: Nobody older is in work or offers to go and help.
_RETIRED = 70


class Experience:
    """Writes the fields of belonging, migration, education, work and engagement into rows."""

    def __init__(self, random: Random) -> None:
        self._random = random
        life = data("life")
        self._schools: list[str] = life["schools"]
        self._conditions: list[str] = life["conditions"]
        self._contributions: list[str] = life["contributions"]
        self._decks: dict[str, Deck[str]] = {}

    def _deal(self, vocabulary: str, *without: str, use: str = "") -> str:
        deck = self._decks.get(f"{vocabulary} {use}")
        if deck is None:
            codes = (c for c in vocabularies.get(vocabulary).codes if c not in without)
            deck = self._decks[f"{vocabulary} {use}"] = Deck(self._random, dict.fromkeys(codes, 1))
        return deck.deal()

    def add(self, row: dict[str, str], household: Household, member: Member) -> None:
        """Write what is behind `member` and ahead."""
        self._belonging(row, household, member)
        if member.age < ADULT:
            return
        self._education(row, household)
        if member.age < _RETIRED:
            self._work(row, household)
            self._engagement(row)
        if self._random.random() < 0.25:
            self._remittances(row)
        if self._random.random() < 0.5:
            row["voter.enrolled"] = "yes" if self._random.random() < 0.7 else "no"
            row["voter.method"] = self._deal("voting_method")

    def _belonging(self, row: dict[str, str], household: Household, member: Member) -> None:
        random = self._random
        row["origin_country"] = DEMONSTRATION_COUNTRY
        row["connection"] = "citizen" if random.random() < 0.7 else self._deal("connection")
        if "citizenship" in row and random.random() < 0.4:
            row["citizenship.acquired"] = self._deal("acquired_by")
            row["citizenship.from"] = str(member.birth[0])
        if member.left:
            row["arrival_year"] = str(min(THIS_YEAR, member.left + (random.random() < 0.2)))
            row["migration_reason"] = self._deal("migration_reason", "born_abroad")
            row["generation"] = "1" if member.left - member.birth[0] >= _GREW_UP else "1.5"
            if random.random() < 0.1:
                row["residence"] = self._country(household)
                row["residence.from"], row["residence.to"] = str(member.left - 3), str(member.left)
        else:
            row["migration_reason"] = "born_abroad"
            row["generation"] = random.choice(("2", "2", "3+"))
        if member.role == "spouse" and random.random() < 0.2:
            row["generation"] = "by_marriage"
        if member.age >= ADULT:
            row["residence_type"] = self._deal("residence_type")
            row["return_intention"] = self._deal("return_intention")
            if random.random() < 0.3:
                row["home_visits"] = random.choice(data("life")["visits"])

    def _country(self, household: Household) -> str:
        others = [code for code in ("EGY", "ITA", "TUR", "ZAF", "ARE") if code != household.home.country]
        return self._random.choice(others)

    def _education(self, row: dict[str, str], household: Household) -> None:
        random = self._random
        if random.random() > 0.8:
            return
        row["education.level"] = self._deal("isced_level")
        if row["education.level"] >= "4":
            fields = vocabularies.get("isced_field").codes
            row["education.field"] = random.choice(fields)
            row["education.institution"] = random.choice(self._schools)
            row["education.country"] = DEMONSTRATION_COUNTRY if random.random() < 0.6 else household.home.country
            row["education.year"] = str(THIS_YEAR - random.randint(1, 30))
            row["education.recognised_here"] = self._deal("recognition")
            if random.random() < 0.3:
                row["education.recognised_home"] = self._deal("recognition")

    def _work(self, row: dict[str, str], household: Household) -> None:
        random = self._random
        if "occupation" not in row:
            return
        row["occupation.status"] = self._deal("icse")
        row["seniority"] = self._deal("seniority")
        row["sector"] = self._deal("isic")
        row["occupation.from"] = str(THIS_YEAR - random.randint(0, 15))
        if random.random() < 0.3:
            row["trained_occupation"] = random.choice(data("life")["occupations"]["en"])
        if random.random() < 0.12:
            row["licence"] = random.choice(("Nurse", "Dentist", "Pharmacist", "Lawyer", "Architect"))
            row["licence.country"] = household.home.country
            row["licence.expires"] = str(THIS_YEAR + random.randint(1, 6))

    def _engagement(self, row: dict[str, str]) -> None:
        random = self._random
        row["willing"] = self._deal("willing")
        if row["willing"] in ("yes", "on_conditions"):
            for place in range(random.randint(1, 3)):
                row[f"engagement_form.{place + 1}" if place else "engagement_form"] = self._deal("engagement_form")
            row["engagement_sector"] = random.choice(data("life")["engagement_sectors"])
            row["available_from"] = f"{THIS_YEAR + random.randint(1, 3)}-{random.randint(1, 12):02}"
            row["weeks_a_year"] = str(random.choice((1, 2, 2, 3, 4, 6, 8, 12, 26)))
            row["notice_period"] = self._deal("notice_period")
            row["remote"] = "yes" if random.random() < 0.6 else "no"
            if random.random() < 0.5:
                row["engagement_region"] = random.choice(list(data("life")["regions"]))
        if row["willing"] == "on_conditions":
            row["conditions"] = random.choice(self._conditions)
        if row["willing"] != "not_asked" and random.random() < 0.4:
            row["obstacle"] = self._deal("obstacle")
            row["trust"] = self._deal("trust")
        if random.random() < 0.15:
            row["contribution"] = self._deal("engagement_form", use="contribution")
            row["contribution.year"] = str(THIS_YEAR - random.randint(0, 8))
            row["contribution.description"] = random.choice(self._contributions)

    def _remittances(self, row: dict[str, str]) -> None:
        row["remittance"] = "yes" if self._random.random() < 0.85 else "no"
        if row["remittance"] == "yes":
            row["remittance.frequency"] = self._deal("remittance_frequency")
            row["remittance.channel"] = self._deal("remittance_channel")
            row["remittance.amount"] = self._deal("amount_band")
            row["remittance.use"] = self._deal("remittance_use")
