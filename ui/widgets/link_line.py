"""A line that takes any text and offers the records of the register that its words may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.i18n import _
from registry.queries import Search
from ui.desk import Desk
from ui.widgets.offer_line import OFFERED, OfferLine

if TYPE_CHECKING:
    from registry.search.find import SearchAnswer


class LinkLine(OfferLine):
    """A person stands here as `Name (number)`, an association by its name; any other text stays as it is.

    Signals:
        chosen: id of a record that was taken from those on offer.
    """

    chosen = Signal(int)

    def __init__(self, desk: Desk, kind: str, name: str) -> None:
        super().__init__(desk, name)
        self._kind = kind
        self._known: dict[str, int] = {}
        self.setPlaceholderText(
            _("Type a name or a number, or any text") if kind == PEOPLE else _("Type a name, or any text")
        )

    def record_id(self) -> int:
        """The record that was on offer under what stands here now; 0 = a text of its own."""
        return self._known.get(self.text(), 0)

    def ask(self, text: str) -> None:
        """Search the register."""
        query = Search(text, self._kind, OFFERED, plain=True)
        self.desk.read(query, lambda answer: self._offer(text, answer), self._offer_none, key=("link", id(self)))

    def _offer(self, text: str, answer: SearchAnswer) -> None:
        if not self.awaits(text):
            return
        found = [(f"{hit.name} ({hit.number})" if self._kind == PEOPLE else hit.name, hit.id) for hit in answer.results]
        for words, record_id in found:
            self._known.setdefault(words, record_id)
        self.show_offers(words for words, _id in found if words != text)

    def _offer_none(self, _error: RegistryError) -> None:
        """What is typed holds no word to look for; it is a text all the same."""

    def choose(self, words: str) -> None:
        """Tell which record was taken."""
        self.chosen.emit(self._known.get(words, 0))
