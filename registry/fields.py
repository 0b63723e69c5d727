"""Every field of every record, described once: form, table, search, import, export and letters read it from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from registry import additions, vocabularies
from registry.additions import remembered
from registry.i18n import LANGUAGES, _, current_language, translate
from registry.kinds import INTEGER, Kind

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
    "phone": "raw",
    "email": "address",
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
CONSENT = "consent"
ANSWER = "profile_answer"
#: Tables whose rows stand for different fields by their key: how the fields' names begin, and the columns of the key.
KEYED = {CONSENT: ("consent", ("purpose", "channel")), ANSWER: ("profile", ("profile", "question"))}
_KEYED_BY_WORD = {word: table for table, (word, _columns) in KEYED.items()}
#: The number of a second, third … value; nobody has a thousand telephones.
_PLACE = re.compile(r"[1-9][0-9]{0,2}")


#: Words by language; in pairs, so that they stay as they are.
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """How a profile template asks for a field.

    Attributes:
        version: of the template, under which answers are given.
        labels, headings, help: the question, the title of its section and what helps to answer, by language.
        several: whether several answers can be given.
        required: whether the ministry wants an answer; nobody is forced to give one.
        condition: (canonical name, values) of the answer without which the question is not shown.
        former: not asked any more: what was answered stays readable.
    """

    version: int
    labels: Words
    headings: Words = ()
    help: Words = ()
    several: bool = False
    required: bool = False
    condition: tuple[str, tuple[str, ...]] | None = None
    former: bool = False


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
        key: what tells apart the rows of a keyed table: (purpose, channel) of a consent, (template, question).
        written: the column that keeps the text as it was written, where a code was found for it.
        outreach: whether who writes to people keeps it too: consents, activities, states of contacts.
        asked: how a profile template asks for it; None for the fields that ship.
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
    asked: Asked | None = None

    @property
    def repeats(self) -> bool:
        """Whether a record can have several values: `phone`, `phone.2`."""
        return self.asked.several if self.asked is not None else self.table not in SINGLE and self.key is None

    @property
    def group(self) -> str:
        """The rows that hold it: all of its table, or those of its key."""
        return self.table if self.key is None else self.name

    @property
    def counted(self) -> bool:
        """Whether its column keeps numbers; an answer to a questionnaire is kept as text."""
        return self.kind is INTEGER and self.table != ANSWER

    @property
    def former(self) -> bool:
        """Whether nothing new is entered here: a question that its template asks no longer."""
        return self.asked is not None and self.asked.former

    @property
    def title(self) -> str:
        """The label in the current language; a consent names its purpose and channel."""
        return title_in(self, current_language())

    @property
    def titles(self) -> tuple[str, ...]:
        """The label in every language, as headers and queries use it; none where it does not name the field."""
        if self.asked is not None:
            return () if self.former else tuple(words for _language, words in self.asked.labels)
        return tuple(translate(self.label, language) for language in LANGUAGES) if self.key is None else ()

    @property
    def heading(self) -> str:
        """The heading of its section in the current language."""
        return in_words(self.asked.headings) if self.asked is not None and self.asked.headings else _(self.section)

    @property
    def help(self) -> str:
        """What helps to fill it in, in the current language; "" = nothing."""
        return in_words(self.asked.help) if self.asked is not None else ""

    def show(self, value: str) -> str:
        """A kept value in the reader's words."""
        return self.kind.show(value, self.vocabulary)


def title_in(field: Field, language: str) -> str:
    """The label of a field in a language, else in English; a consent names its purpose and channel."""
    if field.asked is not None:
        return in_words(field.asked.labels, language)
    if field.key is None:
        return translate(field.label, language)
    purpose = vocabularies.get("consent_purpose").label(field.key[0], language)
    channel = vocabularies.get("consent_channel").label(field.key[1], language)
    return translate(field.label, language, purpose=purpose, channel=channel)


def in_words(words: Words, language: str = "") -> str:
    """The words in a language (default: the current one), else in English, else in the first that there is."""
    known = dict(words)
    return known.get(language or current_language()) or known.get("en") or next(iter(known.values()), "")


@remembered
def of(kind: str) -> tuple[Field, ...]:
    """All fields of people or of associations, in the order of the card; those that the registry adds come last."""
    from registry.field_list import association_fields, person_fields

    shipped = person_fields() if kind == PEOPLE else association_fields()
    return (*shipped, *additions.current().fields.get(kind, ()))


@remembered
def written(table: str) -> dict[str, str]:
    """Columns of a table -> the columns beside them that keep the text as it was written."""
    return {f.column: f.written for kind in KINDS for f in of(kind) if f.table == table and f.written}


@remembered
def by_name(kind: str) -> dict[str, Field]:
    """Canonical name -> field."""
    return {f.name: f for f in of(kind)}


@remembered
def by_group(kind: str) -> dict[str, tuple[Field, ...]]:
    """Group of rows -> the fields they hold, in the order of the card."""
    found: dict[str, list[Field]] = {}
    for field in of(kind):
        found.setdefault(field.group, []).append(field)
    return {group: tuple(some) for group, some in found.items()}


@remembered
def marks(kind: str) -> dict[str, dict[str, object]]:
    """Group of a keyed table -> what its new rows say beside the value: the key, and a template's version."""
    return {
        f.name: dict(zip(KEYED[f.table][1], f.key, strict=True)) | ({"version": f.asked.version} if f.asked else {})
        for f in of(kind)
        if f.key is not None
    }


def group_of(table: str, row: Mapping[str, object]) -> str:
    """The group that a row belongs to."""
    if table not in KEYED:
        return table
    word, columns = KEYED[table]
    return ".".join((word, *(str(row[column]) for column in columns)))


def table_of(group: str) -> str:
    """The table that holds a group of rows."""
    return _KEYED_BY_WORD[group.partition(".")[0]] if "." in group else group


@lru_cache(4096)
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


def title(kind: str, name: str) -> str:
    """What a canonical name, numbered or not, is called in the current language; "" if it is none."""
    if (found := find(kind, name)) is None:
        return ""
    field, place = found
    return field.title if place == 0 else f"{field.title} {place + 1}"


@remembered
def sections(kind: str) -> tuple[str, ...]:
    """The headings of the card in their order."""
    return tuple(dict.fromkeys(f.section for f in of(kind)))
