"""The numbers of repeated values: phone, phone.2; an association, its role and its dates under the same number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from registry import fields
from registry.transfer.offers import Offer

#: Fields whose further columns become further values of the record, not of one address or document.
REPEATED = frozenset({"phone", "email", "citizenship", "language", "skill", "association", "officer"})
#: Fields that several columns may fill together: given and family name of a contact, chair and secretary.
JOINED = frozenset({"contact_person"})


def numbered(kind: str, chosen: Iterable[Offer], told: Mapping[int, Sequence[str]]) -> dict[int, tuple[str, ...]]:
    """Column -> canonical names with their numbers, in the order of the columns."""
    by_name = fields.by_name(kind)
    used = {fields.split(target) for targets in told.values() for target in targets}
    ordered = sorted(chosen, key=lambda o: o.column)
    targets: dict[int, tuple[str, ...]] = {}
    heads: dict[str, list[tuple[int, int, bool]]] = {}
    for offer in ordered:
        name = offer.fields[0]
        if len(offer.fields) > 1 or not by_name[name].repeats or name in JOINED:
            targets[offer.column] = offer.fields
        elif not _is_part(name):
            wanted = offer.number - 1 if name in REPEATED else max(offer.number, 1) - 1
            place = wanted if wanted >= 0 and (name, wanted) not in used else _first_free(name, used)
            used.add((name, place))
            heads.setdefault(name, []).append((offer.column, place, offer.number > 0))
            targets[offer.column] = (fields.numbered(name, place),)
    for offer in ordered:
        if offer.column not in targets:
            name = offer.fields[0]
            place = _place_of_part(offer, heads.get(name.partition(".")[0], []), used)
            used.add((name, place))
            targets[offer.column] = (fields.numbered(name, place),)
    return targets


def _is_part(name: str) -> bool:
    return "." in name and name.partition(".")[0] in REPEATED


def _first_free(name: str, used: set[tuple[str, int]]) -> int:
    return next(place for place in range(len(used) + 1) if (name, place) not in used)


def _place_of_part(offer: Offer, heads: Sequence[tuple[int, int, bool]], used: set[tuple[str, int]]) -> int:
    """The number that a header names, else that of the value beside it, else one of its own."""
    name = offer.fields[0]
    free = [head for head in heads if (name, head[1]) not in used]
    for _, place, told in free:
        if told and place == offer.number - 1:
            return place
    before = [head for head in heads if head[0] < offer.column]
    if before and before[-1] in free:
        return before[-1][1]
    beside = [place for column, place, _ in free if len(heads) == 1 or column == offer.column + 1]
    if beside:
        return beside[0]
    lonely = {place for _, place, _ in heads}
    return next(p for p in range(len(used) + len(heads) + 1) if p not in lonely and (name, p) not in used)
