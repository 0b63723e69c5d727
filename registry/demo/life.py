"""What an invented person does: languages, work, skills, associations, a remark."""

from __future__ import annotations

from random import Random

from registry import vocabularies
from registry.demo.associations import associations
from registry.demo.draws import THIS_YEAR, Deck, data
from registry.demo.households import ADULT, Household, Member

#: Before this age nobody is said to speak a second language.
_TALKS = 6
#: So many skills of the list are met with; others are written as people write them.
_KNOWN_SKILLS = 80


class Life:
    """Writes the fields of work, languages and membership into rows."""

    def __init__(self, random: Random, seed: int) -> None:
        life = data("life")
        self._random = random
        self._occupations: dict[str, list[str]] = life["occupations"]
        self._employers: dict[str, list[str]] = life["employers"]
        known = [code for code in vocabularies.get("skill").codes if vocabularies.get("skill").parent(code)]
        self._skills = Deck(random, dict.fromkeys((*life["skills"], *random.sample(known, _KNOWN_SKILLS)), 1))
        self._skill_levels = Deck(random, dict.fromkeys(vocabularies.get("skill_level").codes, 1))
        self._evidence = Deck(random, dict.fromkeys(vocabularies.get("evidence").codes, 1))
        levels = vocabularies.get("cefr").codes
        self._levels = Deck(random, dict.fromkeys((level for level in levels if level != "native"), 1))
        self._associations = Deck(random, dict.fromkeys((a["name"] for a in associations(seed)), 1))
        self._notes: list[str] = life["notes"]

    def add(self, row: dict[str, str], household: Household, member: Member, language: str) -> None:
        """Write what `member`, who is written to in `language`, does."""
        random = self._random
        if random.random() < 0.85:
            own = household.community.language
            spoken = (own,) if member.age < _TALKS else (own, language, household.home.language)
            self._languages(row, own, spoken)
        if ADULT <= member.age < 70:
            self._work(row, language)
            self._abilities(row)
        if member.age >= ADULT and random.random() < 0.24:
            row["association"] = self._associations.deal()
            if random.random() < 0.15:
                row["association.2"] = self._associations.deal()
        if random.random() < 0.04:
            row["notes"] = random.choice(self._notes)

    def _languages(self, row: dict[str, str], own: str, spoken: tuple[str, ...]) -> None:
        for place, language in enumerate(dict.fromkeys(spoken)):
            end = f".{place + 1}" if place else ""
            row[f"language{end}"] = language
            row[f"language.level{end}"] = "native" if language == own else self._levels.deal()

    def _work(self, row: dict[str, str], language: str) -> None:
        random = self._random
        if random.random() < 0.85:
            row["occupation"] = random.choice(self._occupations["fr" if language == "fr" else "en"])
            if random.random() < 0.45:
                stem = random.choice(self._employers["stems"])
                row["employer"] = f"{stem} {random.choice(self._employers['kinds'])}"

    def _abilities(self, row: dict[str, str]) -> None:
        chance = self._random.random()
        for place in range(2 if chance < 0.15 else 1 if chance < 0.5 else 0):
            end = f".{place + 1}" if place else ""
            row[f"skill{end}"] = self._skills.deal()
            row[f"skill.level{end}"] = self._skill_levels.deal()
            row[f"skill.evidence{end}"] = self._evidence.deal()
            if self._random.random() < 0.5:
                row[f"skill.years{end}"] = str(self._random.randint(1, 25))
                row[f"skill.last_used{end}"] = str(THIS_YEAR - self._random.randint(0, 6))
