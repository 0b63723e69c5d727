"""What people and associations can be counted by: the one list that the window offers and `stats --by` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry import fields
from registry.access import Session
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.hosts import host_fields
from registry.i18n import N_, _
from registry.kinds import INTEGER, PARTIAL_DATE, TEXT
from registry.packed.dimensions import DIMENSIONS, FACETS, Dimension
from registry.search.names import Names

NOT_COUNTED = N_("“{name}” is nothing by which this can be counted. Do you mean “{suggestion}”?")
#: Texts that name or reach one person or body, or say what nobody else says.
_ONE_OF_A_KIND = frozenset(
    {
        *("number", "external_id", "document.number", "licence.number", "registration_number", "consular_number"),
        *("household", "relative", "address.house_number", "address.street", "messenger", "website", "conditions"),
        *("contribution.description", "activity.subject", "activity.officer", "activity.answered_by"),
        *("name", "acronym", "native_name", "bank", "partner", "officer"),
    }
)
#: Beside the facets of a list: further ways to count one of its fields.
_FURTHER = (
    *(d for d in DIMENSIONS if d.code in {f"occupation.{depth}" for depth in (1, 2, 3)}),
    Dimension("skill.group", N_("Skill group"), "skill", depth=1),
    Dimension("sector.section", N_("Sector, sections"), "sector", depth=1),
    Dimension("availability", N_("Availability"), "available_from", dated=True),
    Dimension("arrival_period", N_("Arrival period"), "arrival_year", periodic=True),
    Dimension("departure_period", N_("Departure period"), "departure_year", periodic=True),
    Dimension("membership", N_("Association membership"), "association", held=True),
    *(Dimension(f.name, f.label, "address.country", hosted=f.name) for f in host_fields()),
)


@dataclass(frozen=True)
class Countable:
    """One thing to count by.

    Attributes:
        heading: under which it is offered, in the current language.
    """

    dimension: Dimension
    heading: str

    @property
    def code(self) -> str:
        """What `stats --by` calls it."""
        return self.dimension.code

    @property
    def title(self) -> str:
        """What it is called, in the current language."""
        return self.dimension.title


def countable(kind: str, session: Session) -> list[Countable]:
    """Everything that this user can count by, in the order of the card."""
    return [
        Countable(dimension, _(host_fields()[0].section) if dimension.hosted else field.heading)
        for field in fields.of(kind)
        if session.sees(field)
        for dimension in _ways(kind, field)
    ]


def find(kind: str, session: Session, name: str) -> Dimension:
    """What is counted by a canonical name, or by any word that a query has for the field alone.

    Raises:
        Invalid: there is nothing of this name for this user; the sentence says what is nearest.
    """
    offered = {one.code: one.dimension for one in countable(kind, session)}
    if name in offered:
        return offered[name]
    named = Names(kind, session).find(name)
    by_field = [d for d in offered.values() if len(named) == 1 and (d.hosted or d.field) == named[0].name]
    if by_field:
        return by_field[0]
    raise Invalid(NOT_COUNTED, name=name[:40], suggestion=_nearest(name, offered))


def _ways(kind: str, field: Field) -> Iterator[Dimension]:
    """The ways to count a field, the usual one first."""
    known = [*FACETS[kind], *(_FURTHER if kind == PEOPLE else ())]
    facet = [d for d in known if d.field == field.name and d.code == field.name]
    if facet:
        yield from facet
    elif field.former or field.name in _ONE_OF_A_KIND:
        pass
    elif field.vocabulary or field.kind in (TEXT, INTEGER):
        yield Dimension(field.name, "", field.name, kind)
    elif field.kind is PARTIAL_DATE:
        yield Dimension(field.name, "", field.name, kind, yearly=True)
    yield from (d for d in known if d.field == field.name and d.code != field.name)


def _nearest(name: str, offered: dict[str, Dimension]) -> str:
    from rapidfuzz import process

    words = {code: code for code in offered} | {d.title.casefold(): code for code, d in offered.items()}
    found = process.extractOne(name.casefold(), list(words))
    return words[found[0]] if found else next(iter(offered), "")
