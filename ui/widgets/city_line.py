"""A line that takes any text and offers the cities of the gazetteer that it may begin, in any script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from registry import gazetteer, vocabularies
from registry.gazetteer import City
from registry.progress import Progress
from ui.desk import Desk
from ui.widgets.offer_line import OFFERED, OfferLine


class CityLine(OfferLine):
    """A city that is taken stands here by its name in Latin letters; any other text stays as it is.

    Signals:
        taken: the `City` that was taken from those on offer.
    """

    taken = Signal(object)

    def __init__(self, desk: Desk, name: str, country: Callable[[], str]) -> None:
        """`country` tells the alpha-3 code of the country whose cities come first, "" = none."""
        super().__init__(desk, name)
        self._country = country
        self._known: dict[str, City] = {}

    def ask(self, text: str) -> None:
        """Look in the gazetteer, which takes its time when it is first opened."""
        work = partial(_cities, text, self._country())
        self.desk.runner.call(work, lambda cities: self._offer(text, cities), key=("city", id(self)))

    def _offer(self, text: str, cities: Sequence[City]) -> None:
        if self.awaits(text):
            self._known = {where(city): city for city in cities}
            self.show_offers(self._known)

    def choose(self, words: str) -> None:
        """The name alone stands here; what else is known of the city goes to whom it concerns."""
        if words in self._known:
            self.setText(self._known[words].name)
            self.taken.emit(self._known[words])


def where(city: City) -> str:
    """A city with region and country, in the reader's words."""
    country = vocabularies.get("country").label(city.country)
    return ", ".join(dict.fromkeys(part for part in (city.name, city.region, country) if part))


def _cities(text: str, country: str, _progress: Progress) -> list[City]:
    """Those of the country first, then those elsewhere."""
    here = gazetteer.suggest(text, country, OFFERED) if country else []
    return [*here, *(c for c in gazetteer.suggest(text, limit=OFFERED) if c not in here)][:OFFERED]
