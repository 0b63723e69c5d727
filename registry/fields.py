"""Every field of every record, described once: form, table, search, import, export and letters read it from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from registry import vocabularies
from registry.i18n import _
from registry.kinds import Kind

PEOPLE = "people"
ASSOCIATIONS = "associations"
KINDS = (PEOPLE, ASSOCIATIONS)

#: Tables of which a record has one row; fields of all others repeat.
SINGLE = frozenset({"person", "association", "record"})
#: Tables whose rows say nothing without this column: a level without its language. (Lists of one body's members give
#: offices and dates without naming the body: a membership may be without an association.)
HEADS = {
    "spoken_language": "language",
    "skill": "skill",
    "citizenship": "country",
    "residence": "country",
    "other_name": "name",
    "messenger": "handle",
    "relation": "relative",
    "engagement_form": "form",
    "engagement_sector": "sector",
    "obstacle": "obstacle",
    "activity": "kind",
    "officer": "person",
    "action_sector": "sector",
    "action_mode": "mode",
    "reach": "channel",
    "partner": "partner",
}
#: The number of a second, third … value; nobody has a thousand telephones.
_PLACE = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True)
class Field:
    """One field of a record.

    Attributes:
        name: canonical name (CLI.md, "Fields").
        table, column: where it is kept.
        kind: how it is read and shown.
        label: catalogue message.
        section: heading of the card, a catalogue message.
        vocabulary: name of its vocabulary, for coded kinds.
        sensitivity: 0 office, 1 personal, 2 restricted (DOMAIN.md section 2).
        aliases: headers and query words for it in five languages, lower case; labels need no alias.
        index: which column of the search index holds it: "name", "contact", "place", "other" or "".
        minimal: on the 90-second card.
        editable: whether an officer may type it.
        key: what tells apart the rows of a keyed table: (purpose, channel) of a consent.
        written: the column that keeps the text as it was written, where a code was found for it.
        outreach: whether who writes to people keeps it too: consents, activities, states of contacts.
    """

    name: str
    table: str
    column: str
    kind: Kind
    label: str
    section: str
    vocabulary: str = ""
    sensitivity: int = 1
    aliases: tuple[str, ...] = ()
    index: str = ""
    minimal: bool = False
    editable: bool = True
    key: tuple[str, str] | None = None
    written: str = ""
    outreach: bool = False

    @property
    def repeats(self) -> bool:
        """Whether a record can have several values: `phone`, `phone.2`."""
        return self.table not in SINGLE and self.key is None

    @property
    def title(self) -> str:
        """The label in the current language; a consent names its purpose and channel."""
        if self.key is None:
            return _(self.label)
        purpose = vocabularies.get("consent_purpose").label(self.key[0])
        channel = vocabularies.get("consent_channel").label(self.key[1])
        return _(self.label, purpose=purpose, channel=channel)

    def show(self, value: str) -> str:
        """A kept value in the reader's words."""
        return self.kind.show(value, self.vocabulary)


@cache
def of(kind: str) -> tuple[Field, ...]:
    """All fields of people or of associations, in the order of the card."""
    from registry.field_list import association_fields, person_fields

    return person_fields() if kind == PEOPLE else association_fields()


@cache
def written(table: str) -> dict[str, str]:
    """Columns of a table -> the columns beside them that keep the text as it was written."""
    return {f.column: f.written for kind in KINDS for f in of(kind) if f.table == table and f.written}


@cache
def by_name(kind: str) -> dict[str, Field]:
    """Canonical name -> field."""
    return {f.name: f for f in of(kind)}


def split(name: str) -> tuple[str, int]:
    """`phone.2` -> (`phone`, 1): the canonical name and the place of the value, counted from 0."""
    head, dot, last = name.rpartition(".")
    if dot and _PLACE.fullmatch(last) and last != "1":
        return head, int(last) - 1
    return name, 0


def numbered(name: str, place: int) -> str:
    """(`phone`, 1) -> `phone.2`; the inverse of `split`."""
    return name if place == 0 else f"{name}.{place + 1}"


def find(kind: str, name: str) -> tuple[Field, int] | None:
    """The field that a canonical name, numbered or not, stands for, and the place of its value."""
    field = by_name(kind).get(name)
    if field is not None:
        return field, 0
    head, place = split(name)
    field = by_name(kind).get(head)
    return (field, place) if field is not None and (field.repeats or place == 0) else None


@cache
def sections(kind: str) -> tuple[str, ...]:
    """The headings of the card in their order."""
    return tuple(dict.fromkeys(f.section for f in of(kind)))
