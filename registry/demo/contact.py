"""How an invented person is reached: telephones, e-mails, dated addresses."""

from __future__ import annotations

from random import Random

from registry.demo.draws import THIS_YEAR, data
from registry.demo.households import ADULT, Household, Member
from registry.demo.names import plain
from registry.demo.places import World


class Contact:
    """Writes the fields of contact into rows."""

    def __init__(self, random: Random, world: World) -> None:
        self._random = random
        self._world = world
        self._domains: list[str] = data("life")["mail_domains"]

    def add(self, row: dict[str, str], household: Household, member: Member, *, mailbox: int, gone: bool) -> None:
        """Write how `member` is reached.

        Args:
            mailbox: the number that makes the e-mail address nobody else's.
            gone: dead, untraceable or back home: no address is kept.
        """
        phones = [household.telephone] if household.telephone else []
        if member.age >= ADULT - 4 and self._random.random() < 0.75:
            phones.insert(0, self._world.telephone(household.home.country, "mobile"))
        for place, phone in enumerate(phones):
            row[f"phone.{place + 1}" if place else "phone"] = phone
        if member.age >= ADULT - 4 and self._random.random() < 0.7:
            self._emails(row, member, mailbox)
        if not gone:
            self._addresses(row, household, member)

    def _emails(self, row: dict[str, str], member: Member, mailbox: int) -> None:
        random = self._random
        first, last = plain(member.given.latin), plain(member.family.latin or member.patronymic.latin)
        row["email"] = f"{first}.{last}{mailbox}@{random.choice(self._domains)}"
        if random.random() < 0.06:
            row["email.2"] = f"{first[0]}{last}.{mailbox}@{random.choice(self._domains)}"

    def _addresses(self, row: dict[str, str], household: Household, member: Member) -> None:
        for part, text in household.home.parts.items():
            row[f"address.{part}"] = text
        if not household.home.parts or member.age < 12 or self._random.random() > 0.16:
            return
        moved = THIS_YEAR - int(self._random.random() * 8)
        row["address.from"] = f"{moved}-{int(self._random.random() * 12) + 1:02}"
        if self._random.random() < 0.45:
            for part, text in self._world.address().parts.items():
                row[f"address.{part}.2"] = text
            row["address.from.2"] = str(moved - 1 - int(self._random.random() * 4))
            row["address.to.2"] = str(moved)
