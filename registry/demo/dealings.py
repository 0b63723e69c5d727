"""What passed between the office and an invented person: visits, services, concerns, and what is still to do."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from registry import vocabularies
from registry.demo.draws import THIS_YEAR, Deck, data
from registry.demo.households import ADULT, Household, Member
from registry.postal import AT_HOME

_OFFICERS = ("A. Meridian", "S. Otterlake", "N. Lindqvist-Fanon")


class Dealings:
    """Writes activities, relatives and what is known of contacts into rows."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._decks = {
            name: Deck(random, dict.fromkeys(vocabularies.get(name).codes, 1))
            for name in ("activity", "service", "concern_theme", "relation", "messenger")
        }
        self._states = Deck(random, {"works": 80, "unconfirmed": 12, "wrong": 5, "unreachable": 3})
        self._messengers = Deck(random, {"works": 8, "unconfirmed": 2, "wrong": 1, "unreachable": 1})
        self._subjects: dict[str, list[str]] = data("life")["subjects"]

    def add(self, row: dict[str, str], household: Household, member: Member) -> None:
        """Write what passed with `member`."""
        self._contacts(row, member)
        if member.age >= ADULT and self._random.random() < 0.4:
            self._relative(row, household)
        if member.age >= ADULT and self._random.random() < 0.35:
            for place in range(self._random.choice((1, 1, 2, 3))):
                self._activity(row, f".{place + 1}" if place else "")

    def _contacts(self, row: dict[str, str], member: Member) -> None:
        random = self._random
        for place in ("", ".2"):
            if f"phone{place}" in row:
                mobile = place == "" and member.age >= ADULT - 4
                row[f"phone.kind{place}"] = "mobile" if mobile else random.choice(("home", "work", "fax", "other"))
                row[f"phone.sms{place}"] = "yes" if mobile else "no"
                row[f"phone.state{place}"] = self._states.deal()
        if "email" in row:
            row["email.state"] = self._states.deal()
        if "phone" in row and random.random() < 0.25:
            row["messenger"] = row["phone"]
            row["messenger.service"] = self._decks["messenger"].deal()
            row["messenger.state"] = self._messengers.deal()
        if "address.city" in row:
            kind = random.choice(("home", "home", "home", "postal", "work", AT_HOME))
            row["address.kind"] = "home" if kind == AT_HOME else kind
            if kind == AT_HOME and "hometown" in row:
                row |= {"address.kind.3": AT_HOME, "address.city.3": row["hometown"]}
            chance = random.random()
            row["address.state"] = "verified" if chance < 0.3 else "returned" if chance < 0.04 + 0.3 else "declared"

    def _relative(self, row: dict[str, str], household: Household) -> None:
        kind = self._decks["relation"].deal()
        other = household.members[self._random.randrange(len(household.members))]
        family = other.family.latin or other.patronymic.latin
        row["relative"] = f"{household.community.given('female', self._random).latin} {family}".strip()
        row["relative.kind"] = kind
        if kind == "emergency_contact":
            row["relative.phone"] = f"+000 55 {self._random.randint(100, 999)} {self._random.randint(100, 999)}"
        row["relative.dependant"] = "yes" if kind in ("child", "ward") else "no"

    def _activity(self, row: dict[str, str], end: str) -> None:
        random, kind = self._random, self._decks["activity"].deal()
        when = date(THIS_YEAR, 1, 1) + timedelta(days=random.randrange(690))
        row[f"activity{end}"] = kind
        row[f"activity.date{end}"] = when.isoformat()
        row[f"activity.direction{end}"] = "out" if kind in ("letter", "sms") else random.choice(("in", "out"))
        row[f"activity.officer{end}"] = random.choice(_OFFICERS)
        row[f"activity.subject{end}"] = random.choice(self._subjects.get(kind, self._subjects["other"]))
        if kind == "service":
            row[f"activity.service{end}"] = self._decks["service"].deal()
        if kind == "concern":
            row[f"activity.theme{end}"] = self._decks["concern_theme"].deal()
            if random.random() < 0.5:
                row[f"activity.answered_on{end}"] = (when + timedelta(days=random.randrange(1, 30))).isoformat()
                row[f"activity.answered_by{end}"] = random.choice(_OFFICERS)
        if kind in ("visit", "call", "concern", "mobile_consulate") and random.random() < 0.4:
            due = when + timedelta(days=14)
            row[f"activity.follow_up{end}"] = due.isoformat()
            if random.random() < 0.6:
                row[f"activity.followed_up{end}"] = due.isoformat()
