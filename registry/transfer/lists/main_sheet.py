"""Which of several sheets that name people is the list of them, and which only says more of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from registry.search.folding import name_key
from registry.transfer.headings import headers
from registry.transfer.headings.headers import NAMES
from registry.transfer.readers.cells import texts_of

if TYPE_CHECKING:
    from registry.transfer.lists.layout import Layout

#: Fields whose column can tell whom a row of another sheet is about.
KEYS = frozenset({"external_id", "number", "document.number", "registration_number", "consular_number"})
#: Share of the rows of a sheet whose key the list has, and of those whose names agree where it has names too.
FOUND, AGREEING = 0.5, 0.9


def main_sheet(found: Sequence[tuple[float, Layout]]) -> Layout:
    """The likeliest of the lists of several sheets; rather one with each of its people once than one that says more."""
    best = max(found, key=lambda one: one[0])[1]
    about = [one for one in found if one[1].sheet is not best.sheet and _says_more(best, one[1])]
    return max(about, key=lambda one: one[0])[1] if about else best


def fields_of(kind: str, header: str) -> set[str]:
    """The fields that a heading names for certain."""
    return {c.field for c in headers.candidates(kind, header) if c.score >= headers.ALIAS}


def words_of(row: Sequence[str], columns: Sequence[int]) -> set[str]:
    """The words of names in some cells, in any order and spelling of letters."""
    return set(name_key(" ".join(row[c] for c in columns if c < len(row))).split())


def _says_more(layout: Layout, people: Layout) -> bool:
    """Whether the rows of one list are about the people of another, of whom some come again or are not in it."""
    if layout.kind != people.kind:
        return False
    rows, theirs = _sample(layout), _sample(people)
    for mine, other in _keys(layout, people):
        place_of = {row[other].casefold(): place for place, row in enumerate(theirs) if row[other]}
        told = [(row, row[mine].casefold()) for row in rows if row[mine]]
        distinct = {key for _row, key in told}
        once = len(place_of) == sum(bool(row[other]) for row in theirs)
        again = len(distinct) < len(told) or len(distinct) < len(place_of)
        pairs = [(row, theirs[place_of[key]]) for row, key in told if key in place_of]
        if once and again and len(pairs) >= FOUND * len(told) * _shown(people) and _agree(layout, people, pairs):
            return True
    return False


def _keys(layout: Layout, people: Layout) -> Iterator[tuple[int, int]]:
    """Columns of both, headed alike, that may say whom a row is about."""
    for mine, header in enumerate(layout.headers):
        for other, name in enumerate(people.headers):
            same = header and headers.key(header) == headers.key(name)
            if same and (not (told := fields_of(layout.kind, header)) or told & KEYS):
                yield mine, other


def _agree(layout: Layout, people: Layout, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> bool:
    """Whether rows of the same key have the same names."""
    mine, other = (
        [c for c, header in enumerate(one.headers) if header and fields_of(one.kind, header) & set(NAMES[one.kind])]
        for one in (layout, people)
    )
    told = [(words_of(row, mine), words_of(theirs, other)) for row, theirs in pairs]
    both = [bool(one & two) for one, two in told if one and two]
    return bool(both) and sum(both) >= AGREEING * len(both)


def _sample(layout: Layout) -> list[list[str]]:
    below = layout.sheet.sample[layout.header_row + 1 - layout.sheet.first_row :]
    width = len(layout.headers)
    texts = ([text.strip() for text in texts_of(row)] for row in below)
    return [(row + [""] * width)[:width] for row in texts if any(row)]


def _shown(layout: Layout) -> float:
    """Which share of its rows the sample has."""
    return min(1.0, len(layout.sheet.sample) / max(1, layout.sheet.rows))
