"""Addresses of a list to which post would not come: told, row by row and in sum; they are taken in as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter

from registry import fields, postal
from registry.fields import PEOPLE
from registry.i18n import ngettext
from registry.transfer.planning.plan import Plan, Remark
from registry.values import Value

#: Parts of which the text itself is looked at; of the others it only matters that they are there.
_READ = frozenset({postal.COUNTRY, postal.REGION, postal.POSTAL_CODE, postal.KIND})
_THERE = "x"
#: What is wrong with an address: the part, whether it is missing, and a sentence.
_Wrong = tuple[str, bool, str]


def remarks(plan: Plan) -> list[Remark]:
    """What to mind about the addresses of the rows that will be written."""
    addresses = _addresses(plan.names)
    entries = [entry for entry in plan.entries if entry.values] if addresses else []
    values = [entry.values for entry in entries]
    wrong = zip(*(_wrong(address, values) for address in addresses), strict=True)
    return [
        Remark(entry.row, *told)
        for entry, of_each in zip(entries, wrong, strict=False)
        if any(of_each)
        for of_one in of_each
        for told in of_one
    ]


def _wrong(address: dict[str, int], values: Sequence[Sequence[Value]]) -> list[list[_Wrong]]:
    """What is wrong with one address of each row; addresses that look alike are looked at once."""
    looked_at = [_looked_at(part, list(map(itemgetter(place), values))) for part, place in address.items()]
    alike = list(zip(*looked_at, strict=False))
    known = {texts: _problems(address, texts) for texts in set(alike)}
    return list(map(known.__getitem__, alike))


def _looked_at(part: str, values: Sequence[Value]) -> Iterable[str | None]:
    """What of a part is looked at; None where it is missing. Endless where none is, which the country never is."""
    if part in _READ:
        return [value if value is None or type(value) is str else "" for value in values]
    return [None if value is None else _THERE for value in values] if None in values else repeat(_THERE)


def _problems(address: Iterable[str], looked_at: Sequence[str | None]) -> list[_Wrong]:
    texts = {part: text for part, text in zip(address, looked_at, strict=True) if text is not None}
    if texts.pop(postal.KIND, "") == postal.AT_HOME:  # no post goes there
        return []
    return [(p.field, p.field not in texts, p.reason) for p in postal.problems(texts)]


def summary(found: Sequence[Remark]) -> Iterator[str]:
    """A sentence for each part: how many addresses lack it or have a wrong one, and the first of them."""
    by_part: dict[tuple[str, bool], list[Remark]] = {}
    for remark in found:
        by_part.setdefault((remark.part, remark.missing), []).append(remark)
    for (part, missing), some in by_part.items():
        words = {"part": fields.by_name(PEOPLE)[part].title, "row": some[0].row, "reason": some[0].reason}
        if missing:
            yield ngettext(
                "{count} address lacks what post needs: {part} (row {row}).",
                "{count} addresses lack what post needs: {part} (the first in row {row}).",
                len(some),
                **words,
            )
        else:
            yield ngettext(
                "{count} address has a wrong part, {part} (row {row}): {reason}",
                "{count} addresses have a wrong part, {part} (the first in row {row}): {reason}",
                len(some),
                **words,
            )


def _addresses(names: Sequence[str]) -> list[dict[str, int]]:
    """Of each address that the list has: part -> the place of its text."""
    found: dict[int, dict[str, int]] = {}
    for i, name in enumerate(names):
        part, place = fields.split(name)
        if part == postal.COUNTRY or part in _PARTS:
            found.setdefault(place, {})[part] = i
    return [address for address in found.values() if postal.COUNTRY in address]


_PARTS = frozenset({postal.HOUSE_NUMBER, *postal.PARTS.values(), postal.KIND})
