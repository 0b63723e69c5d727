"""Addresses in the country that people come from: they are kept as such, as post for people here does not go there."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from registry import fields, vocabularies
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.postal import AT_HOME, COUNTRY, KIND, STREET
from registry.registration.states import RETURNED
from registry.transfer.columns.content import Column
from registry.transfer.columns.offers import ADDRESS
from registry.transfer.headings import headers, wordings
from registry.transfer.lists.columns import Columns
from registry.transfer.values.addresses import named_at_end
from registry.transfer.values.countries import is_at_home, is_permanent, named_in
from registry.transfer.values.stepping import ColumnStep

_STATE = "state"
TOLD = N_("“{column}” is kept as an address in the home country, to which no letters go.")
TOLD_PERMANENT = N_(
    "“{column}” is kept beside the other address: as one in the home country, to which no letters go, "
    "unless it names another country."
)


def placed(columns: Sequence[Column], home: str) -> list[Column]:
    """The columns, those marked whose places are in the country that people come from.

    Who is asked for a permanent address besides the one here gives the one at home.
    """
    there = [is_at_home(column.header, home) for column in columns]
    permanent = [is_permanent(column.header, home) for column in columns]
    named = {_part(column.header) for column, lasting in zip(columns, permanent, strict=True) if lasting}
    others = (c.header for c, *said in zip(columns, there, permanent, strict=True) if not any(said))
    beside = bool(named) and any(_tells_where(heading, named) for heading in others)
    return [
        replace(column, at_home=said or (beside and lasting))
        for column, said, lasting in zip(columns, there, permanent, strict=True)
    ]


def _part(heading: str) -> str:
    """The part of people's own addresses of today that a heading names; "" = none."""
    best = next(iter(headers.candidates(PEOPLE, heading)), None)
    if best is None or not best.field.startswith(ADDRESS):
        return ""
    return "" if headers.is_former(heading) or headers.is_about_another(PEOPLE, heading) else best.field


def _tells_where(heading: str, named: Container[str]) -> bool:
    """Whether a heading is of a whole address, of where people live now, or a part that the permanent one has too."""
    part = _part(heading)
    present = wordings.pattern("present").search(headers.key(heading)) is not None
    return bool(part) and (part == STREET or present or part in named)


def mark(columns: Columns, home: str) -> None:
    """Say of each address all of whose headings are about home that it is there, and in which country.

    Args:
        home: alpha-3 code of the country that people come from; "" = not known.
    """
    parts: dict[int, dict[str, str]] = {}
    for name in columns.names:
        head, place = fields.split(name)
        if head.startswith(ADDRESS):
            parts.setdefault(place, {})[head] = name
    for place, names in parts.items():
        headings = [columns.origins[name] for name in names.values()]
        surely = all(is_at_home(heading, home) for heading in headings)
        if surely or (len(parts) > 1 and all(is_at_home(each, home) or is_permanent(each, home) for each in headings)):
            columns.warnings.append(_(TOLD if surely else TOLD_PERMANENT, column=headings[0]))
            slots = {part: columns.names.index(name) for part, name in names.items()}
            told = {part: columns.slot(fields.numbered(part, place), headings[0]) for part in (KIND, COUNTRY)}
            country = next(filter(None, map(named_in, headings)), home)
            state = columns.names.index(_STATE) if _STATE in columns.names else None
            own, filled = (tuple(slots.values()), slots.get(STREET), state), (told[KIND], told[COUNTRY])
            columns.step(_AtHome(*own, *filled, country, surely))


@dataclass(frozen=True)
class _AtHome(ColumnStep):
    """Says of an address, wherever a part says anything, that it is in the home country.

    Attributes:
        parts: slots of the address.
        street: slot of what may be a whole address, which names its country.
        state: slot of the state of the registration: who has returned lives there.
        kind, country: slots that are filled where they are empty.
        home: alpha-3 code of the country.
        surely: whether the heading says that it is there; else an address that names another country is not.
    """

    parts: Sequence[int]
    street: int | None
    state: int | None
    kind: int
    country: int
    home: str
    surely: bool

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        filled = [*map(any, zip(*(map(str.strip, texts[part]) for part in self.parts), strict=True))]
        nothing = [""] * len(filled)
        streets = nothing if self.street is None else texts[self.street]
        states = nothing if self.state is None else [*map(vocabularies.get("state").find, texts[self.state])]
        kinds, countries = list(texts[self.kind]), list(texts[self.country])
        for row in [row for row, there in enumerate(filled) if there]:
            country = countries[row].strip()
            at_end = "" if country else named_at_end(streets[row])
            named = at_end or vocabularies.get("country").find(country) or ""
            there = self.surely or named in ("", self.home) or not self.home
            if there and states[row] != RETURNED:
                kinds[row] = kinds[row] or AT_HOME
            if not country and at_end in ("", self.home):  # another one is taken out of the text later
                countries[row] = self.home
        texts[self.kind], texts[self.country] = kinds, countries
