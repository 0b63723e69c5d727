"""Fields of many records by column: from the rows that keep them to the values that officers know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Integer, Table

from db import batches
from db.batches import Part
from db.models import METADATA, raw_value, record
from registry import consents, fields, links
from registry.fields import CONSENT, KEYED, Field
from registry.kinds import PHONE

#: For each record a value, None where it has none.
Column: TypeAlias = list[str | None]
_HEAD = ("id", "kind", "number", "version", "source")
#: What a table is read with beside the columns of its fields, to know what they say.
_BESIDE: Mapping[str, tuple[str, ...]] = {
    **{table: columns for table, (_word, columns) in KEYED.items()},
    **{link.table: (link.text, link.id) for link in links.LINKS},
    "phone": ("raw",),
    CONSENT: consents.COLUMNS,
}


@dataclass(frozen=True)
class Listing:
    """Some fields of records, each a column.

    Attributes:
        ids: of the records, ascending.
        heads: column of the table `record` -> for each record what it says.
        values: canonical name, numbered -> the kept values; what nobody has is missing.
        raw: canonical name, numbered -> place of a record -> text that the field could not hold.
        answers: rows of consents, those too that count no more, in the order of their fields.
    """

    ids: Sequence[int]
    heads: Mapping[str, Sequence[Any]]
    values: dict[str, Column] = field(default_factory=dict)
    raw: dict[str, dict[int, str]] = field(default_factory=dict)
    answers: list[Part] = field(default_factory=list)

    def places(self, ids: Iterable[int]) -> list[int]:
        """Where these records stand here, in this order; without those that are not here."""
        known = {record_id: place for place, record_id in enumerate(self.ids)}
        return [known[record_id] for record_id in ids if record_id in known]

    def take(self, described: Field, place: int, part: Part) -> None:
        """Fill the column of a field from rows of which each record has one at most."""
        name = fields.numbered(described.name, place)
        kept: list[Any] = [*part.columns[described.column]]
        if described.kind is PHONE:
            written = part.columns["raw"]
            unread = {row: str(written[row]) for row, number in enumerate(kept) if number is None}
            for row, text in unread.items():
                kept[row] = text
            if unread:
                self.raw[name] = {part.owners[row]: text for row, text in unread.items()}
        elif described.table == CONSENT:
            self.answers.append(part)
            kept = consents.counting_of(kept, part.columns["expires"])
        column = _spread(part.owners, kept, len(self.ids))
        if column.count(None) < len(column):
            counted = isinstance(METADATA.tables[described.table].c[described.column].type, Integer)
            self.values[name] = [None if v is None else str(v) for v in column] if counted else column

    def take_raw(self, kind: str, names: set[str], part: Part) -> None:
        """Fill in the texts that fields of these names could not hold."""
        texts = zip(part.owners, part.columns["field"], part.columns["text"], strict=True)
        for owner, name, text in texts:
            found = fields.find(kind, str(name))
            if found is not None and found[0].name in names:
                self.raw.setdefault(str(name), {})[owner] = str(text)


def read(
    connection: Connection,
    kind: str,
    ids: Iterable[int],
    wanted: Sequence[Field],
    report: Callable[[], object] = lambda: None,
) -> Listing:
    """These fields of records; of another kind or gone are left out.

    Args:
        report: hears of each table that is read, and may raise to stop it.
    """
    heads = batches.load(connection, sorted(set(ids)), {record: _HEAD}).parts
    of_kind = heads[0].by_key(("kind",)).get((kind,)) if heads else None
    if of_kind is None:
        return Listing((), {})
    found = Listing([int(str(i)) for i in of_kind.columns["id"]], of_kind.columns)
    batch = batches.load(connection, found.ids, _tables(wanted), report)
    groups: dict[str, list[Part]] = {}
    for part in batch.parts:
        groups |= _groups(links.shown(connection, part))
    filled = {part.table for part in batch.parts}
    for described in wanted:
        for place, part in enumerate(groups.get(described.group, ()) if described.table in filled else ()):
            found.take(described, place, part)
    for part in batch.of(raw_value.name):
        found.take_raw(kind, {described.name for described in wanted}, part)
    return found


def _tables(wanted: Sequence[Field]) -> dict[Table, tuple[str, ...]]:
    """The tables that hold these fields, with the columns to read."""
    columns: dict[str, dict[str, None]] = {}
    for described in wanted:
        columns.setdefault(described.table, {})[described.column] = None
    read = {name: tuple(some | dict.fromkeys(_BESIDE.get(name, ()))) for name, some in columns.items()}
    return {METADATA.tables[name]: some for name, some in read.items()} | {raw_value: ("field", "text")}


def _groups(part: Part) -> dict[str, list[Part]]:
    """Group of rows -> the first ones of the records, the second ones, and so on."""
    if part.table not in KEYED:
        return {part.table: part.by_place()}
    _word, columns = KEYED[part.table]
    apart = part.by_key(columns).items()
    return {fields.group_of(part.table, dict(zip(columns, key, strict=True))): some.by_place() for key, some in apart}


def _spread(owners: Sequence[int], values: list[Any], count: int) -> Column:
    """Values of some records as a column of all."""
    # As many as there are records, and in their order: they are the column.
    return values if len(owners) == count else [*map(dict(zip(owners, values, strict=True)).get, range(count))]
