"""Headings in one row or in two, where one stands over several columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from registry import fields
from registry.transfer.headings import headers, wordings
from registry.transfer.headings.own_names import are_names
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.table_files import Sheet

#: A cell of numbers, an address of mail or web: no heading.
DATA_LIKE = re.compile(r"[\d\s.,:/+()%-]+|\S+@\S+|(?:https?://|www\.)\S+")
#: Characters that a heading has at most where it stands over or under another.
_HEADING = 60


def filled_cells(row: Sequence[str]) -> int:
    """How many cells of a row hold anything."""
    return sum(1 for text in row if text.strip())


def headings(sheet: Sheet, place: int) -> Iterator[tuple[int, list[str]]]:
    """(Its last row in the sample, its texts) of each header that this row may be, alone or with the row beside it."""
    rows = [texts_of(row) for row in sheet.sample[max(place - 1, 0) : place + 2]] if place >= 0 else []
    here = min(place, 1)
    yield place, _with_added(rows[here - 1] if here else [], rows[here]) if here < len(rows) else []
    for upper, last in ((here - 1, place), (here, place + 1)):
        if upper >= 0 and upper + 1 < len(rows) and (both := _two_rows(rows[upper], rows[upper + 1])):
            yield last, both


def _with_added(upper: Sequence[str], names: list[str]) -> list[str]:
    """A row of headings; below the headings of a form or export of ours with those that somebody wrote only above."""
    if not are_names(names):
        return names
    return [name if name.strip() else above for above, name in zip_longest(upper, names, fillvalue="")]


def _two_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The headings of a header of two rows: what stands below, and what it belongs to; [] if they are none."""
    texts = [" ".join(text.split()) for text in lower if text.strip()]
    under = [i for i, text in enumerate(lower) if text.strip()]
    if (
        len(texts) < 2
        or filled_cells(upper) < 2
        or any(len(text) > _HEADING or DATA_LIKE.fullmatch(text) for text in texts)
        or not any(headers.is_known(text) for text in texts)
        or not any(i >= len(upper) or not upper[i].strip() for i in under)
    ):
        return []
    joined: list[str] = []
    group = ""
    for i in range(max(len(upper), len(lower))):
        over, text = ((row[i].strip() if i < len(row) else "") for row in (upper, lower))
        group = over or (group if text else "")
        again = texts.count(" ".join(text.split())) > 1
        whose = _whose(group, text) if group and text and group != text else ""
        joined.append(whose or (f"{group} {text}" if again and group and group != text else _told(group, text) or over))
    return joined


@lru_cache(maxsize=1_000)
def _whose(group: str, text: str) -> str:
    """A heading with what it stands under, if that says of whom or where it is ("Tel" under "Emergency"); else ""."""
    of_another = any(word.search(headers.key(group)) for word in (wordings.pattern("relatives"), _emergency()))
    places = not headers.is_known(group) and any(
        found.field.startswith("address.") for found in headers.candidates(fields.PEOPLE, group)
    )
    return f"{group} {text}" if of_another else f"{text} ({group})" if places else ""


def _emergency() -> re.Pattern[str]:
    return wordings.patterns("purposes")["crisis_contact"]


@lru_cache(maxsize=1_000)
def _told(group: str, text: str) -> str:
    """A heading; with what it stands under, where only both together say what it is: "Date" under "Birth"."""
    if not (group and text) or headers.is_known(text) or group == text:
        return text
    both = {
        words: max((c.score for kind in fields.KINDS for c in headers.candidates(kind, words)), default=0.0)
        for words in (f"{group} {text}", f"{text} {group}", f"{text} de {group}", f"{text} of {group}")
    }
    best = max(both, key=lambda words: both[words])
    return best if both[best] >= headers.TIDIED else text
