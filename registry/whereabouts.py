"""Where people live: which of their addresses tell it, as a condition of the store and of values at hand.

Somebody lives at every address that has not ended, but for those kept as "in the home country", for family or papers:
whoever has no other lives nowhere that is known. Who returns lives there from then on, and it is of another kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from db.models import address
from registry import fields
from registry.postal import AT_HOME, KIND

#: Columns of an address that tell where somebody lives. Its street is only looked for, at home as well.
PLACES = frozenset({"district", "city", "region", "postal_code", "country", "city_id"})
_ADDRESS = "address."
#: What is asked of values at hand.
ASKED = (KIND, "address.to")


def has_ended(valid_to: object) -> bool:
    """Whether an address ended before today, by the partial date until when somebody lived there."""
    return bool(valid_to) and str(valid_to) < date.today().isoformat()


def is_lived_at(kind: object, valid_to: object) -> bool:
    """Whether somebody lives today at an address of that kind."""
    return kind != AT_HOME and not has_ended(valid_to)


def not_ended() -> ColumnElement[bool]:
    """The addresses that have not ended, as `has_ended`."""
    return or_(address.c.valid_to.is_(None), address.c.valid_to >= date.today().isoformat())


def lived_at() -> ColumnElement[bool]:
    """The addresses at which somebody lives, as `is_lived_at`."""
    return and_(not_ended(), address.c.kind.is_distinct_from(AT_HOME))


def needed(names: Iterable[str]) -> tuple[str, ...]:
    """What is `ASKED` where any of these is a field of an address."""
    return ASKED if any(name.startswith(_ADDRESS) for name in names) else ()


def listed(name: str, values: Mapping[str, str]) -> str:
    """The numbered name of which a list shows the value: of an address where somebody lives, else of the first.

    Args:
        values: as of `number_lived_at`.
    """
    return fields.numbered(name, number_lived_at(values) or 0) if name.startswith(_ADDRESS) else name


def number_lived_at(values: Mapping[str, str]) -> int | None:
    """The place of the first address at which somebody lives, counted from 0; None without any.

    Args:
        values: of a record by canonical name, with what is `ASKED`.
    """
    places = sorted({fields.split(name)[1] for name in values if name.startswith(_ADDRESS)})
    for place in places:
        kind, valid_to = (values.get(fields.numbered(name, place)) for name in (KIND, "address.to"))
        if is_lived_at(kind, valid_to):
            return place
    return None
