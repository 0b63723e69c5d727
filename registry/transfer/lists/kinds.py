"""Kinds that headings name: what stands under "Home phone" is a telephone at home, a "Business city" one of work."""

from __future__ import annotations

from collections.abc import Iterable

from registry import fields
from registry.postal import KIND
from registry.transfer.headings import wordings
from registry.transfer.headings.headers import key
from registry.transfer.lists.columns import Columns
from registry.transfer.values.stepping import Said

_PHONE, _PHONE_KIND = "phone", "phone.kind"


def mark(columns: Columns) -> None:
    """Say of each telephone and each address whose headings name just one kind that it is of that kind."""
    groups: dict[str, tuple[str, list[str]]] = {}
    for name in columns.names:
        head, place = fields.split(name)
        if head == _PHONE:
            groups[fields.numbered(_PHONE_KIND, place)] = ("phone_kinds", [name])
        elif head.partition(".")[0] == KIND.partition(".")[0]:
            groups.setdefault(fields.numbered(KIND, place), ("address_kinds", []))[1].append(name)
    for kind, (words, names) in groups.items():
        codes = _named(words, (columns.origins[name] for name in names))
        if len(codes) == 1 and kind not in columns.names:
            parts = tuple(map(columns.names.index, names))
            columns.step(Said(parts, columns.slot(kind, columns.origins[names[0]]), codes.pop()))


def _named(words: str, headings: Iterable[str]) -> set[str]:
    """The codes of the kinds that headings name, of those that are not about the country that people come from."""
    said = [text for text in map(key, headings) if wordings.pattern("homeland").search(text) is None]
    return {code for code, word in wordings.patterns(words).items() if any(map(word.search, said))}
