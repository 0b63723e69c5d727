"""Addresses of a list to which post would not come: told, row by row and in sum; they are taken in as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from registry import fields, postal
from registry.drafts import Value
from registry.fields import PEOPLE
from registry.i18n import current_language, ngettext
from registry.transfer.planning.plan import Plan, Remark

#: Parts of which the text itself is looked at; of the others it only matters that they are there.
_READ = frozenset({postal.COUNTRY, postal.REGION, postal.POSTAL_CODE})
_THERE = "x"
#: Addresses told apart by what is looked at; most of a list's are alike.
_REMEMBERED = 20_000


def remarks(plan: Plan) -> list[Remark]:
    """What to mind about the addresses of the rows that will be written."""
    addresses = _addresses(plan.names)
    return [
        Remark(entry.row, *told)
        for entry in (plan.entries if addresses else ())
        if entry.values
        for address in addresses
        for told in _problems(tuple(_looked_at(address, entry.values)))
    ]


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


_PARTS = frozenset({postal.HOUSE_NUMBER, *postal.PARTS.values()})


def _looked_at(address: dict[str, int], values: Sequence[Value]) -> Iterator[tuple[str, str]]:
    for part, i in address.items():
        value = values[i]
        if value is not None:
            yield part, (value if type(value) is str else "") if part in _READ else _THERE


@lru_cache(_REMEMBERED)
def _problems_in(language: str, parts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, bool, str], ...]:
    texts = dict(parts)
    return tuple((p.field, p.field not in texts, p.reason) for p in postal.problems(texts))


def _problems(parts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, bool, str], ...]:
    return _problems_in(current_language(), parts)
