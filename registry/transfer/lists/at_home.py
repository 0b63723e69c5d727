"""Addresses in the country that people come from: they are kept as such, as post for people here does not go there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry import fields
from registry.i18n import N_, _
from registry.postal import AT_HOME, COUNTRY, KIND
from registry.transfer.lists.columns import Columns
from registry.transfer.values.countries import is_at_home, named_in
from registry.transfer.values.stepping import ColumnStep

TOLD = N_("“{column}” is kept as an address in the home country, to which no letters go.")

_ADDRESS = "address"


def mark(columns: Columns, home: str) -> None:
    """Say of each address all of whose headings are about home that it is there, and in which country.

    Args:
        home: alpha-3 code of the country that people come from; "" = not known.
    """
    parts: dict[int, list[str]] = {}
    for name in columns.names:
        head, place = fields.split(name)
        if head.partition(".")[0] == _ADDRESS:
            parts.setdefault(place, []).append(name)
    for place, names in parts.items():
        headings = [columns.origins[name] for name in names]
        if all(is_at_home(heading, home) for heading in headings):
            columns.warnings.append(_(TOLD, column=headings[0]))
            slots = tuple(map(columns.names.index, names))
            country = next(filter(None, map(named_in, headings)), home)
            for field, text in ((KIND, AT_HOME), (COUNTRY, country)):
                columns.step(_Said(slots, columns.slot(fields.numbered(field, place), headings[0]), text))


@dataclass(frozen=True)
class _Said(ColumnStep):
    """Puts one text into a part of an address wherever another part says anything and that is empty."""

    parts: Sequence[int]
    slot: int
    text: str

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        filled = map(any, zip(*(map(str.strip, texts[part]) for part in self.parts), strict=True))
        texts[self.slot] = [
            said or (self.text if there else "") for said, there in zip(texts[self.slot], filled, strict=True)
        ]
