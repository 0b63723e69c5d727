"""Families of the invented diaspora: who lives together, what they are called, when they were born."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from registry.demo.draws import THIS_YEAR, Deck
from registry.demo.names import Community, Surname, Written, communities
from registry.demo.places import Home, World

#: From this age a demonstration person has a job, a telephone and a civil status of their own.
ADULT = 18


@dataclass
class Member:
    """One person of a household, before details are drawn.

    Attributes:
        role: "head", "spouse" or "child".
        birth: year, month, day.
        left: the year in which the person left the home country; 0 if born abroad.
        family, patronymic: empty where the community has none.
        birth_name: in Latin letters; empty if it was not changed.
    """

    role: str
    sex: str
    birth: tuple[int, int, int]
    left: int
    given: Written
    family: Written
    patronymic: Written
    birth_name: str = ""

    @property
    def age(self) -> int:
        """Years completed at the end of the demonstration's present year."""
        return THIS_YEAR - self.birth[0]


@dataclass
class Household:
    """People who share an address, a telephone and usually a family name.

    Attributes:
        number: 1 for the first household of the stream.
        telephone: the shared fixed line; empty for some.
        outreach: whether its adults agreed to news by letter: "given", "refused" or "" (never asked).
    """

    number: int
    community: Community
    home: Home
    telephone: str
    origin: tuple[str, str]
    outreach: str
    members: list[Member]

    @property
    def has_couple(self) -> bool:
        """Whether a couple lives there."""
        return any(member.role == "spouse" for member in self.members)


class Families:
    """Draws household after household."""

    def __init__(self, random: Random, world: World, origins: list[tuple[str, str]]) -> None:
        self._random = random
        self._world = world
        self._communities = Deck(random, communities())
        self._sizes = Deck(random, {1: 46, 2: 18, 3: 13, 4: 13, 5: 6, 6: 4})
        self._sexes = Deck(random, {"male": 96, "female": 97, "other": 3, "unknown": 4})
        self._origins = Deck(random, dict.fromkeys(origins, 1))
        self._outreach = Deck(random, {"given": 81, "refused": 10, "": 9})

    def stream(self) -> Iterator[Household]:
        """Households without end."""
        number = 0
        while True:
            number += 1
            yield self._household(number)

    def _household(self, number: int) -> Household:
        random, community = self._random, self._communities.deal()
        home = self._world.home()
        telephone = self._world.telephone(home.country, "fixed") if random.random() < 0.6 else ""
        members = self._members(community, self._sizes.deal())
        return Household(number, community, home, telephone, self._origins.deal(), self._outreach.deal(), members)

    def _members(self, community: Community, size: int) -> list[Member]:
        random = self._random
        surname = community.surname(random)
        youngest, oldest = (ADULT, 90) if size == 1 else (24, 80) if size == 2 else (24, 60)
        head = self._head(community, surname, THIS_YEAR - random.randint(youngest, oldest))
        members = [head]
        if size == 2 or (size > 2 and random.random() < 0.8):
            members.append(self._spouse(community, surname, head))
        while len(members) < size:
            members.append(self._child(community, surname, head, members))
        return members

    def _head(self, community: Community, surname: Surname | None, year: int) -> Member:
        sex = self._sexes.deal()
        return self._member("head", sex, self._day(year), community, surname, self._father(community))

    def _spouse(self, community: Community, surname: Surname | None, head: Member) -> Member:
        sex = "female" if head.sex == "male" else "male"
        year = min(THIS_YEAR - 19, head.birth[0] + self._random.randint(-6, 6))
        own = community.surname(self._random)
        shared = own is None or self._random.random() < 0.75
        bears = surname if shared else own
        spouse = self._member("spouse", sex, self._day(year), community, bears, self._father(community))
        if shared and own and sex == "female":
            spouse.birth_name = own.of(sex).latin
        return spouse

    def _child(self, community: Community, surname: Surname | None, head: Member, members: list[Member]) -> Member:
        random, last = self._random, members[-1]
        twin = last.role == "child" and random.random() < 0.06
        years = max(head.birth[0] + 19, THIS_YEAR - 27), min(THIS_YEAR, head.birth[0] + 42)
        birth = last.birth if twin else self._day(random.randint(*years))
        sex = self._sexes.deal()
        father = next((m.given for m in members[:2] if m.sex == "male"), None) or self._father(community)
        child = self._member("child", sex, birth, community, surname, father)
        while any(child.given == other.given for other in members):
            child.given = community.given(sex, random)
        return child

    def _member(
        self,
        role: str,
        sex: str,
        birth: tuple[int, int, int],
        community: Community,
        surname: Surname | None,
        father: Written,
    ) -> Member:
        family = surname.of(sex) if surname else Written("")
        given = community.given(sex, self._random)
        left = self._left(role, birth[0])
        return Member(role, sex, birth, left, given, family, community.patronymic(father, sex))

    def _left(self, role: str, born: int) -> int:
        chance = self._random.random()
        if role == "child" and (THIS_YEAR - born < 10 or chance < 0.5):
            return 0
        return min(THIS_YEAR, born + int(chance * 38))

    def _father(self, community: Community) -> Written:
        return community.given("male", self._random)

    def _day(self, year: int) -> tuple[int, int, int]:
        return year, int(self._random.random() * 12) + 1, int(self._random.random() * 28) + 1
