"""Which column of a list is which field: header and content together, each column once, the better one first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path

from registry import fields
from registry.errors import BadFile, Invalid
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE
from registry.i18n import N_
from registry.transfer.columns.content import Column
from registry.transfer.columns.names import parted
from registry.transfer.columns.neighbours import settled
from registry.transfer.columns.numbering import JOINED, REPEATED, numbered
from registry.transfer.columns.offers import Offer, offers
from registry.transfer.headings import headers
from registry.transfer.headings.headers import NAMES, TIDIED

UNKNOWN_HEADER = N_("The mapping names the column “{header}”, which this list does not have.")

BAD_MAPPING = N_("The mapping file “{name}” cannot be used. It looks like this: {example}")
_EXAMPLE = '{"columns": {"Header": "field"}, "values": {"field": {"M": "male"}}, "header_row": 3, "sheet": "List"}'

#: Least confidence with which a further column of the same field is mapped.
LEAST_AGAIN = 0.75
#: Share of numbers with country code from which on they are telephones without a heading.
_INTERNATIONAL = 0.5
#: A list that could be either is one of people.
_FOR_PEOPLE = 0.3
#: In a list of terms of office without organisation, the office is what the dates are about.
_OFFICE = {"occupation": "association.role"}


@dataclass(frozen=True)
class Match:
    """One column and what it is.

    Attributes:
        column: its number in the sheet, 0 = first.
        header: unique among the headers.
        targets: canonical names, numbered; several when one cell holds several values ("Peru, Lima"); () = unmapped.
        confidence: 0 to 1.
        sure: whether a person said so (a mapping file, the officer).
        recalled: whether it was said when such a list came before.
        words: what the column is called where the file shows no headers, as cards and filled forms; "" = as its header.
    """

    column: int
    header: str
    targets: tuple[str, ...] = ()
    confidence: float = 0.0
    sure: bool = False
    recalled: bool = False
    words: str = ""

    @property
    def heading(self) -> str:
        """What the column is called in sentences."""
        return self.words or self.header

    def without_targets(self) -> Match:
        """The same column, left out."""
        return replace(self, targets=(), confidence=0.0)


@dataclass(frozen=True)
class Given:
    """What a mapping file says (CLI.md, "Import").

    Attributes:
        columns: header -> canonical name, or None = leave out.
        values: canonical name -> text in the file -> text to read instead.
        header_row: counted from 1; 0 = to be found.
        sheet: its name; "" = to be found.
        dates: header -> "dmy" or "mdy", whether the day or the month comes first in its dates.
        sheets: name of a further sheet -> heading of the column that says whom a row is about, or None = not read.
    """

    columns: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header_row: int = 0
    sheet: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str | None] = field(default_factory=dict)


def match(kind: str, columns: Sequence[Column], given: Given = Given()) -> list[Match]:
    """One match a column, in their order. Raises `Invalid` if the given mapping names no column or no field."""
    told = _told(kind, columns, given)
    chosen: dict[int, Offer] = {}
    taken = {t for targets in told.values() for t in targets}
    fitting = _of_repeats(kind, columns, list(offers(kind, columns, told)))
    fitting = settled(parted(kind, _telephones(columns, fitting), columns), columns)
    for offer in sorted(
        fitting, key=lambda o: (-o.score, not headers.is_of_passport(columns[o.column].header), o.column)
    ):
        if offer.column not in chosen and _is_free(kind, offer, taken):
            chosen[offer.column] = offer
            taken.update((*offer.claims, fields.numbered(offer.claims[0], max(offer.number, 1) - 1)))
    if "occupation" in taken and "association.from" in taken and not {"association", "association.role"} & taken:
        chosen = {c: replace(o, fields=tuple(_OFFICE.get(f, f) for f in o.fields)) for c, o in chosen.items()}
    targets = numbered(kind, chosen.values(), told, {i: c.repeat for i, c in enumerate(columns) if c.repeat})
    return [
        Match(i, c.name, told[i], 1.0, sure=True)
        if i in told
        else Match(i, c.name, targets.get(i, ()), chosen[i].score if i in chosen else 0.0)
        for i, c in enumerate(columns)
    ]


def _telephones(columns: Sequence[Column], found: Sequence[Offer]) -> list[Offer]:
    """The offers; beside a column that is headed so, other numbers are only telephones if they are written so."""
    if not any(offer.fields == ("phone",) and offer.by_heading for offer in found):
        return list(found)
    return [
        offer
        for offer in found
        if offer.fields != ("phone",) or offer.by_heading or columns[offer.column].international >= _INTERNATIONAL
    ]


def _of_repeats(kind: str, columns: Sequence[Column], found: Sequence[Offer]) -> list[Offer]:
    """The offers, those for a repeat's questions of one table: its rows are jobs, or degrees, or languages."""
    groups = {field.name: field.group for field in fields.of(kind) if field.repeats}
    best: dict[str, dict[str, dict[int, float]]] = {}
    for offer in found:
        if (repeat := columns[offer.column].repeat) and (group := groups.get(offer.fields[0])):
            scores = best.setdefault(repeat, {}).setdefault(group, {})
            scores[offer.column] = max(offer.score, scores.get(offer.column, 0.0))
    chosen = {repeat: max(of, key=lambda group: sum(of[group].values())) for repeat, of in best.items()}
    kept = [
        offer
        for offer in found
        if not (repeat := columns[offer.column].repeat) or groups.get(offer.fields[0]) == chosen.get(repeat, repeat)
    ]
    offered = {offer.column for offer in kept}
    for place, column in enumerate(columns):
        if place not in offered and (group := chosen.get(column.repeat)):
            names = headers.within(kind, column.header.rpartition("/")[2], [n for n, g in groups.items() if g == group])
            kept += [Offer(LEAST_AGAIN, place, (name,)) for name in names[:1] if len(names) == 1]
    return kept


def decide_kind(columns: Sequence[Column], given: Given = Given()) -> str | None:
    """Whether a list with these columns is of people or of associations; None if it names neither.

    Raises `Invalid` if the given mapping fits neither.
    """
    scores: dict[str, float] = {}
    troubles: list[Invalid] = []
    for kind in KINDS:
        try:
            found = match(kind, columns, given)
        except Invalid as trouble:
            troubles.append(trouble)
            continue
        if has_name(kind, found):
            scores[kind] = _weight(kind, columns, found)
    if len(troubles) == len(KINDS):
        raise troubles[0]
    return max(scores, key=lambda k: scores[k]) if scores else None


def has_name(kind: str, matches: Sequence[Match]) -> bool:
    """Whether some column names the records."""
    return any(t in NAMES[kind] for m in matches for t in m.targets)


def _weight(kind: str, columns: Sequence[Column], matches: Sequence[Match]) -> float:
    """How much the mapped columns speak for a kind: fields that the other one lacks, and how the names look."""
    other = fields.by_name(ASSOCIATIONS if kind == PEOPLE else PEOPLE)
    weight = _FOR_PEOPLE if kind == PEOPLE else 0.0
    for m in matches:
        heads = {fields.split(t)[0] for t in m.targets}
        if heads - other.keys():
            weight += m.confidence
        if kind == ASSOCIATIONS and "name" in heads:
            weight += 3 * columns[m.column].organisations
        if kind == PEOPLE and "full_name" in heads:
            weight += columns[m.column].names - columns[m.column].organisations
    return weight


def _told(kind: str, columns: Sequence[Column], given: Given) -> dict[int, tuple[str, ...]]:
    # Of “start” and “Start” in one list each is itself.
    same = {column.name: place for place, column in enumerate(columns)}
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        places.setdefault(headers.label_of(column.name).casefold(), place)
    for header in given.dates:
        if headers.label_of(header).casefold() not in places:
            raise Invalid(UNKNOWN_HEADER, header=header[:60])
    told: dict[int, tuple[str, ...]] = {}
    for header, target in given.columns.items():
        found = same.get(header, places.get(headers.label_of(header).casefold()))
        if found is None:
            raise Invalid(UNKNOWN_HEADER, header=header[:60])
        told[found] = tuple(_known(kind, name.strip()) for name in target.split(",")) if target else ()
    return told


def _known(kind: str, name: str) -> str:
    from registry.drafts import UNKNOWN_FIELD

    if fields.find(kind, name) is None:
        raise Invalid(UNKNOWN_FIELD, field=name, name=name[:60])
    return name


def _is_free(kind: str, offer: Offer, taken: set[str]) -> bool:
    """Whether no better column is this field already, or the field has room for several."""
    name = offer.fields[0]
    if name == "full_name" and offer.score < TIDIED and taken & set(NAMES[kind]):
        return False
    if not taken & set(offer.claims):
        return True
    if offer.number > 1 and not offer.apart and fields.by_name(kind)[name].repeats:
        return fields.numbered(name, offer.number - 1) not in taken
    return name.partition(".")[0] in REPEATED | JOINED and offer.score >= LEAST_AGAIN


def load_given(path: Path) -> Given:
    """Read a mapping file (JSON). Raises `BadFile` if it is none."""
    try:
        found = given_of(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        found = None
    if found is None:
        raise BadFile(BAD_MAPPING, name=path.name, example=_EXAMPLE)
    return found


def given_of(document: object) -> Given | None:
    """A mapping from its JSON document; None if that has another shape."""
    if not isinstance(document, dict) or document.keys() - {f.name for f in dataclass_fields(Given)}:
        return None
    columns, values = document.get("columns", {}), document.get("values", {})
    header_row, sheet, dates = document.get("header_row", 0), document.get("sheet", ""), document.get("dates", {})
    sheets = document.get("sheets", {})
    good = (
        all(isinstance(named, dict) for named in (columns, sheets))
        and all(v is None or isinstance(v, str) for named in (columns, sheets) for v in named.values())
        and isinstance(values, dict)
        and all(isinstance(v, dict) and all(isinstance(t, str) for t in v.values()) for v in values.values())
        and type(header_row) is int
        and header_row >= 0
        and isinstance(sheet, str)
        and isinstance(dates, dict)
        and all(order in ("dmy", "mdy") for order in dates.values())
    )
    return Given(columns, values, header_row, sheet, dates, sheets) if good else None
