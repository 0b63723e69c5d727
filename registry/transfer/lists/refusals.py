"""Columns of consent in a list: whose rows are held back, and which uses of their data people refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.consents import REFUSED as CONSENT_REFUSED
from registry.fields import PEOPLE
from registry.i18n import ngettext
from registry.transfer.columns.mapping import Match
from registry.transfer.headings.consent import (
    NEWSLETTER,
    REFUSED,
    heads_consent,
    is_no,
    opts_out,
    refused_by,
    refuses,
    unsubscribed,
)
from registry.transfer.lists.columns import Columns
from registry.transfer.lists.rows import Rows
from registry.transfer.values.stepping import ColumnStep, each

#: Texts of a column that says in what state a subscription is, at most.
_STATES = 12


def hold_back(rows: Rows, matches: Sequence[Match], *, taken: bool) -> tuple[int, tuple[str, ...]]:
    """Drop, unless they are `taken`, the rows of which any column of consent to keep the data says no.

    Returns how many say no, and the references of those that are left out.
    """
    refused: dict[int, str] = {}
    for found in matches:
        if found.header and not found.targets and heads_consent(found.header):
            texts = rows.columns[found.column]
            refusing = {text for text in set(texts) if is_no(text)}
            refused |= {n: REFUSED for n, text in zip(rows.numbers, texts, strict=True) if text in refusing}
    left_out = {} if taken else refused
    reference = next((m.column for m in matches if m.targets == ("external_id",)), None)
    found_references = references(rows, reference, left_out)
    rows.leave_out(left_out)
    return len(refused), found_references


def counts_refusals(kind: str, heading: str) -> bool:
    """Whether a no below a heading counts, though its column is not taken in: to being kept, or to a use."""
    return heads_consent(heading) or (kind == PEOPLE and bool(refused_by(heading)))


def references(rows: Rows, column: int | None, left_out: Mapping[int, str]) -> tuple[str, ...]:
    """What stands in the column of references of the rows that are left out by refusal."""
    texts = rows.columns[column] if column is not None else [""] * len(rows.numbers)
    pairs = zip(rows.numbers, map(str.strip, texts), strict=True)
    return tuple(text for number, text in pairs if text and left_out.get(number) == REFUSED)


def uses(kind: str, matches: Sequence[Match], rows: Rows) -> dict[int, tuple[str, ...]]:
    """Column in which somebody refuses a use -> canonical names of the consents that are refused there."""
    if kind != PEOPLE:
        return {}
    asked = {m: refused_by(m.header) for m in matches if m.header and not m.targets}
    asked |= {m: (NEWSLETTER,) for m, names in asked.items() if not names and _unsubscribes(rows.columns[m.column])}
    return {
        found.column: names
        for found, names in asked.items()
        if names and any(refuses(found.header, text) for text in set(rows.columns[found.column]))
    }


def _unsubscribes(texts: Sequence[str]) -> bool:
    """Whether a column of few texts, as a status is one, has one that says so."""
    said = set(texts)
    return len(said) <= _STATES and any(map(unsubscribed, said))


def refuse(
    columns: Columns, asked: Mapping[int, tuple[str, ...]], matches: Sequence[Match], cells: Sequence[Sequence[str]]
) -> None:
    """Keep each refusal in a column about a use; what a column of its own says of that consent counts before it."""
    known = {target for found in matches for target in found.targets}
    for found in matches:
        if found.column not in asked:
            continue
        for name in asked[found.column]:
            if name not in known:
                columns.step(_Refusal(found.column, columns.slot(name, found.header), found.header))
        count = sum(refuses(found.header, text) for text in cells[found.column])
        alone = len(asked[found.column]) == 1 or opts_out(found.header)
        columns.warnings.append(_told(found.header, count, left_out=alone))


def _told(column: str, count: int, *, left_out: bool) -> str:
    """What is said of a column about a use, in which a no counts whatever becomes of it."""
    if left_out:
        return ngettext(
            "“{column}” is not taken in, but {count} person refused this use there, which is kept.",
            "“{column}” is not taken in, but {count} people refused this use there, which is kept.",
            count,
            column=column,
        )
    return ngettext(
        "“{column}”: {count} person refused this use, which is kept. A yes is kept only where the heading "
        "names one purpose and one channel.",
        "“{column}”: {count} people refused this use, which is kept. A yes is kept only where the heading "
        "names one purpose and one channel.",
        count,
        column=column,
    )


@dataclass(frozen=True)
class _Refusal(ColumnStep):
    """Refuses a consent where a column does; several columns may."""

    column: int
    slot: int
    header: str

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        said = each(lambda text: CONSENT_REFUSED if refuses(self.header, text) else "", cells[self.column])
        texts[self.slot] = [new or before for new, before in zip(said, texts[self.slot], strict=True)]
