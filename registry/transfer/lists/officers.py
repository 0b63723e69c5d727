"""Officers of associations whose offices are the headings of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registry import fields
from registry.kinds import clean
from registry.transfer.columns.mapping import Match
from registry.transfer.headings.offices import OFFICER, ROLE, office_of
from registry.transfer.lists.columns import Columns
from registry.transfer.values.several import people

#: Officers whom one cell may name at most.
_MOST = 12
#: From here on officers are numbered whom the column of another field names too.
_FAR = 200
_LAST = 998
_NOBODY = re.compile(
    r"(?:vacant|vacancy|none|n/?a|tbc|tba|to be (?:confirmed|appointed)|vacante|vacant\w*)\b.*", re.IGNORECASE
)


def of_offices(columns: Columns, matches: Sequence[Match], cells: Sequence[Sequence[str]]) -> None:
    """A column headed by an office names officers who hold it; the person to contact is one besides."""
    targets = {target for found in matches for target in found.targets}
    for found in matches:
        head, place = fields.split(found.targets[0]) if found.targets else ("", 0)
        office = office_of(found.header) if head == OFFICER or (head == "contact_person" and not found.sure) else ""
        # A far number keeps clear of the officers in columns of their own; drafts close the gaps.
        place = place if head == OFFICER else _FAR + found.column
        if office and fields.numbered(ROLE, place) not in targets:
            texts = cells[found.column]
            most = max((len(people(text)) for text in texts if text), default=1)
            slots = [_officer(columns, place, found.header)]
            slots.extend(_officer(columns, _last_free(columns), found.header) for _ in range(min(most, _MOST) - 1))
            columns.step(_Office(found.column, slots, office))
            if most > 1:
                columns.tell_several(found.heading, sum(len(people(text)) > 1 for text in texts))


def _last_free(columns: Columns) -> int:
    return next(place for place in range(_LAST, 0, -1) if fields.numbered(OFFICER, place) not in columns.names)


def _officer(columns: Columns, place: int, header: str) -> tuple[int, int]:
    person = columns.slot(fields.numbered(OFFICER, place), header)
    return person, columns.slot(fields.numbered(ROLE, place), header)


@dataclass(frozen=True)
class _Office:
    """Names who holds an office, if somebody does."""

    column: int
    slots: Sequence[tuple[int, int]]
    office: str

    def __call__(self, row: Sequence[str], texts: list[str]) -> None:
        holders = [name for part in people(row[self.column]) if (name := somebody(part))]
        for place, (person, role) in enumerate(self.slots):
            texts[person], texts[role] = (holders[place], self.office) if place < len(holders) else ("", "")


def somebody(text: str) -> str:
    """A person's name, or "" for a post that nobody holds."""
    plain = clean(text)
    return "" if not any(map(str.isalnum, plain)) or _NOBODY.fullmatch(plain) else plain
