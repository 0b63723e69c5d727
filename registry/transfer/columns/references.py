"""The reference of a list that has several rows for a person: it comes again, and always with the same name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from registry.search.folding import name_key
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import Match
from registry.transfer.headings import headers
from registry.transfer.headings.headers import NAMES

#: Share of rows that have a reference at least.
_FILLED = 0.9
_CONFIDENCE = 0.85


def with_reference(
    kind: str, columns: Sequence[Column], matches: Sequence[Match], texts: Sequence[Sequence[str]]
) -> list[Match]:
    """The matches; a column headed as a reference is it although its values repeat, if each has one name only.

    `texts`: the cells of all columns.
    """
    found = list(matches)
    if any(target == "external_id" for match in matches for target in match.targets):
        return found
    named = [m.column for m in matches if m.targets and m.targets[0] in NAMES[kind]]
    for place, (column, match) in enumerate(zip(columns, matches, strict=True)):
        if match.targets or match.sure or column.repeat or column.filled < _FILLED * column.rows:
            continue
        said = [c for c in headers.candidates(kind, column.header) if c.field == "external_id"]
        if said and said[0].score >= headers.ALIAS and _is_repeated(match.column, named, texts):
            found[place] = replace(match, targets=("external_id",), confidence=_CONFIDENCE)
            break
    return found


def _is_repeated(column: int, named: Sequence[int], texts: Sequence[Sequence[str]]) -> bool:
    """Whether values come again, but each with one name, in whatever order its words stand."""
    names: dict[str, list[str]] = {}
    for told, *name in zip(texts[column], *[texts[place] for place in named], strict=True):
        if text := told.strip():
            key = sorted(name_key(" ".join(name)).split())
            if names.setdefault(text, key) != key:
                return False
    return len(names) < len(texts[column])
