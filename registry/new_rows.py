"""The rows of new records, by column: read from the values of a list, or from drafts; one part a table.

Nearly all that a list says goes from its columns into the columns of tables as it stands. Records of which repeated
values have to be numbered anew, or of which a value belongs to one that is missing, become drafts first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from db.batches import Part, by_column, joined
from db.records import RecordRows
from registry import fields
from registry.drafts import Draft, DraftReader, Place, Slot
from registry.fields import HEADS, SINGLE
from registry.repeated import RAW, settle
from registry.saying import says_nothing, whole
from registry.values import Called, Coded, Unread, Value

#: Numbers and addresses are the same if these columns are, whatever else stands beside them (`repeated.says_as_much`).
_TELLING = {"phone": ("e164",), "email": ("folded",)}


def of_values(reader: DraftReader, values: Sequence[Sequence[Value]]) -> list[Part]:
    """The rows that `reader.draft` would make of each of these records' values; of our own number nothing is kept."""
    read = _Read(len(values))
    columns = list(zip(*values, strict=True)) or [()] * len(reader.slots)
    groups: dict[Place, list[tuple[Slot, Sequence[Value]]]] = {}
    for slot, column in zip(reader.slots, columns, strict=True):
        if slot.place[0] != "record":
            groups.setdefault(slot.place, []).append((slot, read.keep_raw(slot, column)))
    for place, said in groups.items():
        read.add(place, said)
    read.set_apart()
    apart = sorted(read.apart)
    drafts = of_drafts(reader.kind, [reader.draft(values[record]) for record in apart])
    return joined((*read.parts(reader.kind), *(_of_records(part, apart) for part in drafts)))


def of_drafts(kind: str, drafts: Iterable[Draft]) -> list[Part]:
    """The rows of drafts, repeated values in order; raises `Invalid` for one that lacks what it must hold."""
    marks = fields.marks(kind)
    made: list[tuple[int, RecordRows]] = []
    for record, draft in enumerate(drafts):
        rows: RecordRows = {}
        for place, values in settle(kind, draft).rows.items():
            table = fields.table_of(place[0])
            if table not in SINGLE and says_nothing(values, table):
                continue
            rows.setdefault(table, []).append({**whole(kind, place, values), **marks.get(place[0], {})})
        made.append((record, rows))
    return [part for part in by_column(made).parts if part.table != "record"]


def _of_records(part: Part, records: Sequence[int]) -> Part:
    """The same rows, whose records stand at these places."""
    return part._replace(owners=[records[owner] for owner in part.owners])


@dataclass
class _Read:
    """What is read of the columns of a list.

    Attributes:
        count: how many records.
        rows: the rows at each place.
        raw: the texts that could not be read.
        apart: the records that become drafts first.
    """

    count: int
    rows: dict[Place, Part] = field(default_factory=dict)
    raw: list[Part] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)

    def keep_raw(self, slot: Slot, column: Sequence[Value]) -> Sequence[Value]:
        """The column without texts that could not be read: they are kept apart. Telephones are kept all the same."""
        if slot.phone or Unread not in set(map(type, column)):
            return column
        unread = [record for record, value in enumerate(column) if type(value) is Unread]
        if slot.place[1]:
            self.apart.update(unread)
        texts = [value.text for value in column if type(value) is Unread]
        self.raw.append(Part(RAW, unread, {"field": [slot.name] * len(unread), "text": texts}))
        return [None if type(value) is Unread else value for value in column]

    def add(self, place: Place, said: Sequence[tuple[Slot, Sequence[Value]]]) -> None:
        """Add rows, of the records of which a column or more say something."""
        owners = _saying([column for _slot, column in said])
        columns: dict[str, Sequence[object]] = {}
        for slot, column in said:
            some = column if len(owners) == self.count else [column[owner] for owner in owners]
            columns |= _kept(slot, some)
        if owners:
            self.rows[place] = Part(fields.table_of(place[0]), owners, columns)

    def set_apart(self) -> None:
        """Find the records whose values cannot stay as they are."""
        for place, part in self.rows.items():
            group, number = place
            if (head := HEADS.get(group)) is not None:
                heads = part.columns.get(head) or [None] * len(part.owners)
                self.apart.update(o for o, value in zip(part.owners, heads, strict=True) if value is None)
            earlier = [self.rows.get((group, before)) for before in range(int(number))]
            if earlier:
                last = earlier[-1]
                self.apart.update(set(part.owners).difference(last.owners if last is not None else ()))
            for other in filter(None, earlier):
                self.apart |= _repeated(group, part, other)

    def parts(self, kind: str) -> Iterable[Part]:
        """The rows of the other records, by their numbers among those of their record, then the texts."""
        marks = fields.marks(kind)
        for place, part in sorted(self.rows.items(), key=lambda item: int(item[0][1])):
            some = _without(part, self.apart)
            marked = {name: [mark] * len(some.owners) for name, mark in marks.get(place[0], {}).items()}
            yield some._replace(columns={**some.columns, **marked})
        yield from (_without(part, self.apart) for part in self.raw)


def _saying(columns: Sequence[Sequence[Value]]) -> Sequence[int]:
    """The places at which a column or more say something."""
    if any(None not in column for column in columns):
        return range(len(columns[0]))
    if len(columns) == 1:
        return [place for place, value in enumerate(columns[0]) if value is not None]
    nothing = (None,) * len(columns)
    return [place for place, values in enumerate(zip(*columns, strict=True)) if values != nothing]


def _kept(slot: Slot, column: Sequence[Value]) -> dict[str, Sequence[object]]:
    """What a table keeps of these values, by its columns."""
    if slot.phone:
        called = [value if isinstance(value, Called) else None for value in column]
        written = (value.text if isinstance(value, Unread) else value for value in column)
        return {
            "e164": [number and number.e164 for number in called],
            "raw": [number.raw if number else text for number, text in zip(called, written, strict=True)],
        }
    kept: dict[str, Sequence[object]] = {slot.column: column}
    if Coded in set(map(type, column)):
        kept[slot.column] = [value.code if type(value) is Coded else value for value in column]
        if slot.written:
            kept[slot.written] = [value.text if type(value) is Coded else None for value in column]
    if slot.counted:
        kept[slot.column] = [None if value is None else int(str(value)) for value in column]
    if slot.email:
        kept["folded"] = [None if value is None else str(value).casefold() for value in column]
    return kept


def _without(part: Part, records: set[int]) -> Part:
    """The rows of other records."""
    if records.isdisjoint(part.owners):
        return part
    stay = [place for place, owner in enumerate(part.owners) if owner not in records]
    columns = {name: [values[place] for place in stay] for name, values in part.columns.items()}
    return Part(part.table, [part.owners[place] for place in stay], columns)


def _repeated(group: str, part: Part, earlier: Part) -> set[int]:
    """The records of which the earlier row says all that the row in `part` says (`repeated.says_as_much`)."""
    places = {owner: place for place, owner in enumerate(earlier.owners)}
    pairs = [(at, places[owner]) for at, owner in enumerate(part.owners) if owner in places]
    only, spelt = _TELLING.get(group), fields.written(part.table).values()
    for name in only or part.columns.keys() - spelt:
        values, others = (some.columns.get(name) or [None] * len(some.owners) for some in (part, earlier))
        pairs = [
            (at, other) for at, other in pairs if values[at] == others[other] or (values[at] is None and only is None)
        ]
    return {part.owners[at] for at, _other in pairs}
