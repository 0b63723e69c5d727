"""What the invented people have agreed to and refused, by purpose and channel."""

from __future__ import annotations

from random import Random

from registry import vocabularies
from registry.demo.draws import Deck

NEWS_BY_LETTER = "consent.outreach_news.letter"


class Consents:
    """Writes consents into rows."""

    def __init__(self, random: Random) -> None:
        self._random = random
        pairs = [
            (purpose, channel)
            for purpose in vocabularies.get("consent_purpose").codes
            for channel in vocabularies.get("consent_channel").codes
        ]
        self._pairs = Deck(random, dict.fromkeys(pairs, 1))
        self._statuses = Deck(random, {"given": 4, "refused": 1})
        self._further = Deck(random, {0: 5, 1: 5, 2: 4, 3: 3, 5: 1})

    def add(self, row: dict[str, str], household_answer: str) -> None:
        """Write the answers of an adult whose household answered `household_answer` about news by letter.

        A household mostly agrees; "" is one that was never asked.
        """
        random = self._random
        if random.random() < 0.6:
            row["consent.registration_service.letter"] = "given"
        if household_answer:
            row[NEWS_BY_LETTER] = household_answer if random.random() < 0.96 else "refused"
        for _time in range(self._further.deal()):
            purpose, channel = self._pairs.deal()
            row.setdefault(f"consent.{purpose}.{channel}", self._statuses.deal())
