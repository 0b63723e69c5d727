"""How a card is divided: parts, in them sections, and in those single fields, repeated groups, and the consents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from registry import fields
from registry.access import Session
from registry.field_list import abilities, association, person, shared
from registry.fields import CONSENT, Field
from registry.i18n import N_, _
from registry.kinds import COORDINATES

#: The parts of each card, in the order of their sections; each is read or edited with at most one scroll.
PARTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    fields.PEOPLE: (
        (N_("Person"), (shared.REGISTRATION, person.NAME, person.IDENTITY)),
        (N_("Origin and family"), (person.ORIGIN, person.DOCUMENTS, person.FAMILY)),
        (N_("Contact"), (shared.CONTACT, shared.ADDRESS, person.MIGRATION)),
        (N_("Work and skills"), (abilities.EDUCATION, abilities.WORK, abilities.SKILLS)),
        (N_("Engagement"), (abilities.ENGAGEMENT,)),
        (N_("Participation"), (abilities.REMITTANCES, abilities.ELECTIONS, person.MEMBERSHIP)),
        (N_("Consents"), (person.CONSENT,)),
        (N_("Activities and notes"), (shared.ACTIVITIES, shared.NOTES)),
    ),
    fields.ASSOCIATIONS: (
        (N_("Organisation"), (shared.REGISTRATION, association.ORGANISATION)),
        (N_("People and action"), (association.PEOPLE_OF, association.ACTION)),
        (N_("Contact"), (shared.CONTACT, shared.ADDRESS)),
        (N_("Activities and notes"), (shared.ACTIVITIES, shared.NOTES)),
    ),
}

#: Groups that a tab of the card shows; reading view and form leave them to it.
TABBED = frozenset({"activity"})


@dataclass(frozen=True)
class Block:
    """Fields that stand together: one alone, the parts of a repeated group, or all consents.

    Attributes:
        fields: in their order.
    """

    fields: tuple[Field, ...]

    @property
    def table(self) -> str:
        """Where the fields are kept."""
        return self.fields[0].table

    @property
    def repeats(self) -> bool:
        """Whether there can be several."""
        return self.fields[0].repeats

    @property
    def minimal(self) -> bool:
        """Whether any of it is on the 90-second card."""
        return any(f.minimal for f in self.fields)

    @property
    def long(self) -> bool:
        """Whether a value of the group has several fields, and is told in a line until somebody edits it."""
        return self.repeats and len(self.fields) > 1

    def count(self, values: Mapping[str, str]) -> int:
        """How many of a repeated group there are among the values under numbered names."""
        if len(self.fields) == 1 and not self.repeats:
            return int(self.fields[0].name in values)
        heads = {f.name for f in self.fields}
        places = [place for head, place in map(fields.split, values) if head in heads]
        return max(places, default=-1) + 1

    def elsewhere(self, raw: Mapping[str, str]) -> bool:
        """Whether a tab of the card shows it; what could not be read there is put right in the form."""
        heads = {f.name for f in self.fields}
        return self.table in TABBED and not any(fields.split(name)[0] in heads for name in raw)

    def names(self, place: int) -> list[tuple[Field, str]]:
        """The fields with their numbered names at a place."""
        return [(f, fields.numbered(f.name, place)) for f in self.fields]


@dataclass(frozen=True)
class Section:
    """One heading of the card, in the language in use, and what stands under it."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def code(self) -> str:
        """The section of its fields, whatever the language."""
        return self.blocks[0].fields[0].section


@dataclass(frozen=True)
class Part:
    """Sections that are shown together, under a name in the language in use."""

    title: str
    sections: tuple[Section, ...]

    @property
    def names(self) -> frozenset[str]:
        """The canonical names of all its fields."""
        return frozenset(f.name for s in self.sections for b in s.blocks for f in b.fields)


def parts(kind: str, session: Session) -> tuple[Part, ...]:
    """The parts of the card that have something for this user, then each section of a ministry's questionnaires."""
    seen = sections(kind, session)
    shipped = {code for _label, codes in PARTS[kind] for code in codes}
    made = [Part(_(words), tuple(s for s in seen if s.code in codes)) for words, codes in PARTS[kind]]
    asked = [Part(section.title, (section,)) for section in seen if section.code not in shipped]
    return tuple(part for part in (*made, *asked) if part.sections)


def sections(kind: str, session: Session) -> tuple[Section, ...]:
    """The card of people or associations, without what this user may not see."""
    seen: dict[str, list[Field]] = {}
    for field in fields.of(kind):
        if session.sees(field) and field.kind is not COORDINATES:  # which the address tells with its city
            seen.setdefault(field.section, []).append(field)
    ordered = [seen[section] for section in fields.sections(kind) if section in seen]
    return tuple(Section(some[0].heading, tuple(_blocks(some))) for some in ordered)


def _blocks(some: list[Field]) -> list[Block]:
    def group(field: Field) -> str:
        if field.table == CONSENT:
            return CONSENT
        return field.group if field.repeats else field.name

    return [Block(tuple(members)) for _key, members in groupby(some, key=group)]
