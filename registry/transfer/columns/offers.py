"""What each column could be: every field that its header or its cells speak for, with how surely."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from registry import fields
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.postal import AT_HOME
from registry.transfer.columns.content import Column
from registry.transfer.columns.fitting import by_content, fit, holds_birth
from registry.transfer.headings import headers
from registry.transfer.headings.consent import opts_out, refused_by
from registry.transfer.headings.kinds import ADDRESS_KINDS, LIVED_IN, kind_named
from registry.transfer.headings.offices import OFFICER, office_of
from registry.transfer.headings.own_names import are_of_our_form
from registry.transfer.values import births

#: Begins the names of an address's parts.
ADDRESS = "address."
#: Least confidence with which a column is mapped.
LEAST = 0.5
#: A cell such as "Peru, Lima" under "Country, city".
_PARTS = re.compile(r"\s*(?:,|/|&|\+| and | et | y | e | und | és )\s*")
#: Cells that have to hold the separator.
_IN_PARTS = 0.6
#: Headings of a column that says whether an organisation is active, which has no field; it goes to the notes.
_STATUS_WORDS = frozenset(
    headers.key(word)
    for word in ("status", "state", "active", "estado", "situação", "statut", "état", "статус", "الحالة")
)
_STATUS, _STATES = 0.6, 6
#: Confidence of a column of date and place that only the place is taken from.
_BESIDE_DATE = 0.94

#: Share of telephones or e-mail addresses below "Phone, do not call before nine".
_REACHED = 0.5
#: What "Work e-mail address" may be instead of an address.
_REACHES = frozenset({"email", "phone", "website"})


@dataclass(frozen=True)
class Offer:
    """One thing that a column could be.

    Attributes:
        fields: canonical name; several when one cell holds several values.
        number: which value of a repeated field the header names, 1 = first; 0 = none.
        by_heading: whether the header speaks for it, not the cells alone.
        further: whether it goes behind what another column says of the same field, as a second surname does.
        apart: kind of an address that it is part of, if that is another than the one where somebody lives: in the
            country that people come from, at work, for letters; "" = of none such.
    """

    score: float
    column: int
    fields: tuple[str, ...]
    number: int = 0
    by_heading: bool = True
    apart: str = ""
    further: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """The fields; an address apart and a second surname are told from the others, which they do not replace."""
        beside = f" {self.apart}" if self.apart else " further" if self.further else ""
        return tuple(f"{name}{beside}" for name in self.fields)


def best_by_column(found: Iterable[Offer]) -> dict[int, Offer]:
    """The surest offer for each column."""
    return {offer.column: offer for offer in sorted(found, key=lambda offer: offer.score)}


def offers(kind: str, columns: Sequence[Column], told: Container[int]) -> Iterator[Offer]:
    """All offers for columns that nobody has told."""
    found = list(_offers(kind, columns, told))
    said: dict[str, set[str]] = {}
    for offer in found:
        said.setdefault(offer.apart, set()).update(offer.fields)
    for offer in found:
        # Alone, an address at work or for letters is the one that there is.
        others = (names for other, names in said.items() if other != offer.apart)
        alone = offer.apart not in ("", AT_HOME) and all(map(said[offer.apart].isdisjoint, others))
        yield replace(offer, apart="") if alone else offer


def _offers(kind: str, columns: Sequence[Column], told: Container[int]) -> Iterator[Offer]:
    ours = are_of_our_form(kind, [column.header for column in columns])
    for place, column in enumerate(columns):
        if place in told or headers.is_asked_elsewhere(kind, column.header):
            continue
        if ours and (asked := headers.named(kind, column.header)):
            # Whatever was answered, this was the question.
            yield Offer(headers.EXACT, place, (asked[0].name,), asked[1] + 1)
        elif column.header or not ours:
            offered = list(_of_column(kind, place, column))
            apart = _apart(column) if kind == PEOPLE else ""
            # "Work city" is about the address, and no work; a town at home may be where somebody comes from.
            best = max(offered, key=lambda offer: offer.score).fields[0] if offered else ""
            placed = best not in _REACHES and any(each.fields[0].startswith(ADDRESS) for each in offered)
            sure = apart not in ("", AT_HOME) and placed
            for offer in offered:
                if offer.fields[0].startswith(ADDRESS):
                    if not headers.is_former(column.header):
                        yield replace(offer, apart=apart)
                elif not sure:
                    yield offer


def _apart(column: Column) -> str:
    """The kind of an address that a heading names, if it is another than the one where somebody lives."""
    if column.at_home:
        return AT_HOME
    kind = kind_named(ADDRESS_KINDS, [column.header])
    return kind if kind != LIVED_IN else ""


def _of_column(kind: str, place: int, column: Column) -> Iterator[Offer]:
    best: dict[str, Offer] = {}
    reached = max(column.phones, column.emails) >= _REACHED
    if kind == PEOPLE and opts_out(column.header) and not reached:
        return  # who opted out of e-mail is no e-mail, and a yes there gives no consent
    consents = refused_by(column.header) if kind == PEOPLE else ()
    for candidate in headers.candidates(kind, column.header):
        if len(consents) > 1 and candidate.score <= headers.PART_MOST:
            continue  # of several consents a yes is none to any of them, nor what a telephone takes
        score = fit(fields.by_name(kind)[candidate.field], column, candidate.score)
        best[candidate.field] = Offer(score, place, (candidate.field,), candidate.place)
    if kind == ASSOCIATIONS and OFFICER not in best and office_of(column.header):
        # Behind the person to contact, whom the same header may name.
        best[OFFICER] = Offer(fit(fields.by_name(kind)[OFFICER], column, headers.TIDIED), place, (OFFICER,))
    if len(consents) == 1:
        name = consents[0]
        best[name] = Offer(fit(fields.by_name(kind)[name], column, headers.TIDIED), place, consents)
    if not column.header or headers.may_be_kept(column.header):
        for name, score in by_content(kind, column):
            if name not in best or score > best[name].score:
                best[name] = Offer(score, place, (name,), by_heading=name in best and best[name].score >= LEAST)
    if kind == ASSOCIATIONS and "type" in best and best["type"].score < LEAST and not column.is_flag:
        # Prose under "Type" says what the organisation does.
        best.setdefault("description", Offer(0.6, place, ("description",)))
    if kind == ASSOCIATIONS and all(offer.score < LEAST for offer in best.values()) and _is_status(column):
        best["notes"] = Offer(_STATUS, place, ("notes",))
    yield from (offer for offer in best.values() if offer.score >= LEAST)
    if kind == PEOPLE and not headers.is_about_another(kind, column.header) and holds_birth(column):
        yield Offer(headers.TIDIED, place, (births.DATE, births.PLACE))
        # Where another column has the date, this one still has the place.
        yield Offer(_BESIDE_DATE, place, (births.PLACE,))
    if several := _several(kind, column):
        yield Offer(headers.EXACT, place, several)


def _is_status(column: Column) -> bool:
    """Whether a column says of each organisation whether it is active."""
    return headers.key(column.header) in _STATUS_WORDS and 0 < len(set(column.cells)) <= _STATES


def _several(kind: str, column: Column) -> tuple[str, ...]:
    """The fields of a header such as "Country, city", if its cells are such pairs."""
    parts = _PARTS.split(headers.label_of(column.header))
    if len(parts) != 2 or not column.cells:
        return ()
    if sum("," in cell for cell in column.cells) < _IN_PARTS * len(column.cells):
        return ()
    named = [[f for f in headers.named_by(kind, part) if f.startswith(ADDRESS)] for part in parts]
    return (named[0][0], named[1][0]) if all(named) and named[0][0] != named[1][0] else ()
