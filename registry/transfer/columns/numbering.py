"""The numbers of repeated values: phone, phone.2; an association, its role and its dates under the same number."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from types import MappingProxyType

from registry import fields
from registry.postal import AT_HOME
from registry.transfer.columns.offers import ADDRESS, Offer

#: Fields whose further columns become further values of the record, not of one address or document.
REPEATED = frozenset({"phone", "email", "citizenship", "language", "skill", "association", "officer"})
#: Fields that several columns may fill together: given and family name of a contact, chair and secretary.
JOINED = frozenset({"contact_person"})
#: Rows of a repeat are numbered from here where other columns hold values of their table too; drafts close the gaps.
_BEHIND = 20


def numbered(
    kind: str,
    chosen: Iterable[Offer],
    told: Mapping[int, Sequence[str]],
    repeats: Mapping[int, str] = MappingProxyType({}),
) -> dict[int, tuple[str, ...]]:
    """Column -> canonical names with their numbers, in the order of the columns; the columns of a repeat share one."""
    by_name = fields.by_name(kind)
    used = {fields.split(target) for targets in told.values() for target in targets}
    ordered = sorted(chosen, key=lambda o: o.column)
    targets: dict[int, tuple[str, ...]] = {}
    for repeat in dict.fromkeys(repeats.values()):
        within = [offer for offer in ordered if repeats.get(offer.column) == repeat]
        place = _after_others(kind, {offer.fields[0] for offer in ordered if offer not in within}, within)
        for offer in within:
            targets[offer.column] = (fields.numbered(offer.fields[0], place),)
    apart = [offer for offer in ordered if offer.apart and offer.column not in repeats]
    ordered = [offer for offer in ordered if offer.column not in repeats and not offer.apart]
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
    # An address at home stands behind those where somebody lives, the first of which says how telephones are read.
    behind = max((place + 1 for name, place in used if name.startswith(ADDRESS)), default=1)
    kinds_apart = sorted({offer.apart for offer in apart}, key=lambda code: (code == AT_HOME, code))
    for place, code in enumerate(kinds_apart, behind):
        mine = (offer for offer in apart if offer.apart == code)
        targets |= {o.column: tuple(fields.numbered(name, place) for name in o.fields) for o in mine}
    return targets


def _after_others(kind: str, others: Container[str], within: Sequence[Offer]) -> int:
    """The number that a repeat's rows begin with: behind those of other columns of the same table."""
    by_name = fields.by_name(kind)
    groups = {by_name[offer.fields[0]].group for offer in within}
    return _BEHIND if any(f.group in groups and f.name in others for f in fields.of(kind)) else 0


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
