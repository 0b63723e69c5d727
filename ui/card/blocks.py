"""How a card is divided: sections, and in them single fields, repeated groups, and the consents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from registry import fields
from registry.access import Session
from registry.fields import CONSENT, Field

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

    def count(self, values: Mapping[str, str]) -> int:
        """How many of a repeated group there are among the values under numbered names."""
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


def sections(kind: str, session: Session) -> tuple[Section, ...]:
    """The card of people or associations, without what this user may not see."""
    seen: dict[str, list[Field]] = {}
    for field in fields.of(kind):
        if session.sees(field):
            seen.setdefault(field.section, []).append(field)
    ordered = [seen[section] for section in fields.sections(kind) if section in seen]
    return tuple(Section(some[0].heading, tuple(_blocks(some))) for some in ordered)


def _blocks(some: list[Field]) -> list[Block]:
    def group(field: Field) -> str:
        if field.table == CONSENT:
            return CONSENT
        return field.group if field.repeats else field.name

    return [Block(tuple(members)) for _key, members in groupby(some, key=group)]
