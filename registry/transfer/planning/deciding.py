"""What becomes of each row: new, known, changed or a likely duplicate; decided in bulk, in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

from db.records import RecordRows
from registry import links
from registry.drafts import Draft
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.repeated import settle
from registry.transfer.lists.joining import Joined
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW
from registry.transfer.planning import naming, numbering
from registry.transfer.planning import plan as outcomes
from registry.transfer.planning.candidates import Candidates, Row
from registry.transfer.planning.comparing import compare, drafted, holds_more, only_missing
from registry.transfer.planning.further import NOTHING_EMPTY, SAME_AS_RECORD, SAME_AS_ROW, FurtherRows
from registry.transfer.planning.lookup import EVIDENCE, Key, Register, TraitReader, Traits
from registry.transfer.planning.plan import Entry, Plan
from registry.values import Value

KNOWN_RECORD = N_("Record {number} has this reference.")
OTHER_NAME = N_("Record {number} has this reference, but is called {name}.")
KEPT = N_("Record {number} has this reference; existing records are kept as they are.")
MERGED = N_("This record became part of record {number}, whose values stay; only its empty fields are filled.")
KNOWN_ROW = N_("Row {row} has this reference; both make one record.")
KEPT_ROW = N_("Row {row} has this reference; the first one counts.")
LIKE_RECORD = N_("Probably record {number}: {evidence}.")
LIKE_ROW = N_("Probably row {row}: {evidence}.")


#: Rows whose records are held at a time.
_LOOKED_UP = 500
#: A person's row that says so much is no namesake's.
_ENOUGH = 4


@dataclass(frozen=True)
class Rows:
    """Rows of the file that are decided together.

    Attributes:
        numbers: in the sheet, counted from 1.
        columns, values: what the rows say, by column and by row.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[Value]]
    values: Sequence[tuple[Value, ...]]


class _Likely(NamedTuple):
    """A record or an earlier row that a row probably repeats."""

    evidence: str
    record: RecordRows | None
    entry: int


class Decider:
    """Decides row after row; remembers those before."""

    def __init__(self, plan: Plan, register: Register, headers: Mapping[str, str], joined: Joined) -> None:
        """`headers`: numbered canonical name -> header of the column it comes from."""
        compared = not register.empty or plan.options.duplicates != "create"
        self.traits = TraitReader(plan.kind, plan.names, compared=compared)
        self._joined = joined
        self._plan = plan
        self._register = register
        self._fill = plan.options.existing == "fill"
        self._keep = plan.options.existing == "keep"
        self._duplicates = plan.options.duplicates
        self._references: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._contents: dict[tuple[Value, ...], int] = {}
        self._evidence: dict[Key, int] = {}
        self._targets: dict[int, int] = {}
        self._candidates = Candidates(plan, register, self.traits)
        self._further = FurtherRows(register.connection, plan, self._candidates, self.traits, headers)

    def decide(self, rows: Rows) -> None:
        """Add one entry a row to the plan."""
        entries, first = self._plan.entries, len(self._plan.entries)
        read = self.traits
        references = read.references(rows.columns, len(rows.values))
        traits = read.read_each(rows.columns, rows.values) if read.compared else []
        names = [t.name for t in traits] or read.names(rows.columns, rows.values)
        entries.extend(map(Entry, rows.numbers, repeat(outcomes.CREATED), names, rows.values))
        closer = set(self._closer(rows, references, names, traits)) if self._register.empty else range(len(names))
        alone = [at for at in range(len(names)) if at not in closer] if closer else range(len(names))
        self._references.update((references[at], first + at) for at in alone if references[at])
        self._contents.update((rows.values[at], first + at) for at in alone if not references[at])
        self._evidence.update((key, first + at) for at in alone if traits for key in traits[at].keys)
        looked_at = [self._row(rows, at, first + at, traits[at] if traits else None) for at in sorted(closer)]
        for begin in range(0, len(looked_at), _LOOKED_UP):
            some = looked_at[begin : begin + _LOOKED_UP]
            known = self._candidates.look_up(some) if not self._register.empty else {}
            for row in some:
                entries[row.place] = self._entry(row, known.get(row.number))

    def _row(self, rows: Rows, at: int, place: int, traits: Traits | None) -> Row:
        number, values = rows.numbers[at], rows.values[at]
        person, adds = self._joined.same.get(number, ""), number not in self._joined.idle
        return Row(place, number, values, traits or self.traits.read(values), person, adds)

    def _closer(
        self, rows: Rows, references: Sequence[str], names: Sequence[str], traits: Sequence[Traits]
    ) -> Iterator[int]:
        """Places of the rows that are not surely new: nameless, told of, or sharing something with another row."""
        if "" in names:
            yield from (at for at, name in enumerate(names) if not name)
        for told in filter(None, (self._plan.options.rows, self._joined.same)):
            yield from (at for at, number in enumerate(rows.numbers) if number in told)
        yield from _shared([(at, text) for at, text in enumerate(references) if text], self._references)
        bare = [(at, values) for at, values in enumerate(rows.values) if not references[at]]
        yield from _shared(bare, self._contents)
        if self._duplicates != "create":
            yield from _shared([(at, key) for at, t in enumerate(traits) for key in set(t.keys)], self._evidence)

    def _entry(self, row: Row, record_id: int | None) -> Entry:
        if not row.traits.name and record_id is None:
            reason, words = numbering.nameless(self.traits.number(row.values))
            return Entry(row.number, outcomes.REJECTED, "", reason=reason, words=words)
        told = self._plan.options.rows.get(row.number)
        if told == LEAVE_OUT:
            return Entry(row.number, outcomes.SKIPPED, row.traits.name, reason=outcomes.LEFT_OUT)
        if told:
            if told in self._candidates.known:
                return self._fill_record(row, told)
            self._plan.warnings.append(_(outcomes.GONE, row=row.number))
        if row.person in self._people:
            return self._further.of_person(row, self._plan.entries[self._people[row.person]])
        if row.person:
            self._people[row.person] = row.place
        if record_id is not None:
            return self._of_record(row, record_id)
        reference = self.traits.external_id(row.values)
        if reference and reference in self._references and not self._numbered_apart(row, self._references[reference]):
            return self._of_row(row, self._references[reference])
        if told == SOMEBODY_NEW:
            entry = Entry(row.number, outcomes.CREATED, row.traits.name, row.values, outcomes.NEW_BY_YOU)
        else:
            entry = self._repeated(row) or self._likely(row)
        self._remember(row, entry, reference)
        return entry

    def _numbered_apart(self, row: Row, place: int) -> bool:
        """Whether a row and an earlier one with its reference have registration numbers of their own: two records."""
        mine, theirs = self.traits.number(row.values), self.traits.number(self._plan.entries[place].values)
        return mine != "" and theirs != "" and mine != theirs

    def _remember(self, row: Row, entry: Entry, reference: str) -> None:
        if entry.outcome == outcomes.CREATED:
            if reference:
                self._references[reference] = row.place
            else:
                self._contents.setdefault(row.values, row.place)
            for key in row.traits.keys if self._duplicates != "create" else ():
                self._evidence.setdefault(key, row.place)

    def _of_record(self, row: Row, record_id: int) -> Entry:
        """A row whose reference a record has."""
        merged = self.traits.number(row.values) in self._register.merged
        if record_id in self._targets:
            first, existing = self._plan.entries[self._targets[record_id]], self._candidates.known[record_id]
            if merged:
                row = row._replace(values=self._missing(row.values, existing))
            elif first.fill and self._plan.options.existing == "update":
                # The first one goes on to fill what is empty, whereas this one replaces values.
                first.values, first.fill = self._missing(first.values, existing), False
                first.changes = self._further.changes(first, first.values)[0]
            return self._of_row(row, self._targets[record_id], merged=merged)
        entry = self._change(row, record_id, fill=self._fill or merged, reason=KNOWN_RECORD)
        if merged:
            entry.reason = MERGED
        if entry.outcome == outcomes.UPDATED and self._keep:
            words = {"number": self._candidates.number(record_id)}
            return Entry(row.number, outcomes.SKIPPED, row.traits.name, reason=KEPT, words=words)
        if entry.outcome == outcomes.UPDATED:
            self._targets[record_id] = row.place
            if not merged and row.traits.name and not self._candidates.shares_a_word(row, record_id):
                called = self._register.traits(self._candidates.known[record_id]).name
                entry.reason, entry.words = OTHER_NAME, {"number": self._candidates.number(record_id), "name": called}
        return entry

    def _missing(self, values: Sequence[Value], existing: RecordRows) -> tuple[Value, ...]:
        return only_missing(self._plan.kind, self._plan.names, values, existing)

    def _change(self, row: Row, record_id: int, *, fill: bool, reason: str, evidence: str = "") -> Entry:
        """The entry that brings a record to what a row says; unchanged if it says so already."""
        existing = self._candidates.known[record_id]
        draft = drafted(self._register.connection, self._plan.reader, row.values, existing)
        news, changes = compare(self._plan.kind, draft, existing, fill=fill)
        self._further.tell(row, news.problems[len(draft.problems) :])
        words: dict[str, object] = {"number": self._candidates.number(record_id)}
        name = row.traits.name or self._register.traits(existing).name
        if not changes:
            differs = fill and compare(self._plan.kind, draft, existing)[1]
            same = NOTHING_EMPTY if differs else SAME_AS_RECORD
            return Entry(row.number, outcomes.UNCHANGED, name, reason=same, words=words)
        if evidence:
            words["evidence"] = evidence
        version = int(str(existing["record"][0]["version"]))
        return Entry(
            row.number,
            outcomes.UPDATED,
            name,
            row.values,
            reason,
            words,
            record_id,
            version,
            fill,
            changes=changes,
            kept_name=_kept_name(draft, news, existing) if self._plan.kind == PEOPLE else "",
        )

    def _of_row(self, row: Row, place: int, *, merged: bool = False) -> Entry:
        """A row whose reference an earlier row has: both make one record.

        Args:
            merged: the row's own record became part of that of the earlier row.
        """
        first = self._plan.entries[place]
        words = {"row": first.row}
        if self._keep:
            outcome = outcomes.UNCHANGED if first.values == row.values else outcomes.SKIPPED
            return Entry(row.number, outcome, row.traits.name, reason=KEPT_ROW, words=words)
        return self._further.add(row, first, fill=self._fill or merged, reason=KNOWN_ROW)

    def _repeated(self, row: Row) -> Entry | None:
        """A row that says only what a record or an earlier row says."""
        draft = None
        for record_id in self._candidates.named.get(row.traits.name_key, ()) if not self._register.empty else ():
            existing = self._candidates.known[record_id]
            draft = draft or settle(self._plan.kind, self._plan.reader.draft(row.values))
            draft.rows.pop(("record", 0), None)
            kept = links.keep_known(self._register.connection, draft, existing)
            if compare(self._plan.kind, kept, existing)[1]:
                continue
            shared = set(row.traits.keys) & set(self._register.traits(existing).keys)
            if shared or not holds_more(self._plan.kind, draft, existing):
                words = {"number": self._candidates.number(record_id)}
                return Entry(row.number, outcomes.UNCHANGED, row.traits.name, reason=SAME_AS_RECORD, words=words)
        place = self._contents.get(row.values)
        if place is not None and self._says_enough(row):
            at = {"row": self._plan.entries[place].row}
            return Entry(row.number, outcomes.UNCHANGED, row.traits.name, reason=SAME_AS_ROW, words=at)
        return None

    def _says_enough(self, row: Row) -> bool:
        """Whether two equal rows are surely one entry: a list of bare names may hold namesakes."""
        said = sum(value is not None for value in row.values)
        if self._plan.kind == PEOPLE:
            return bool(row.traits.keys) or said >= _ENOUGH
        return said >= 2

    def _likely(self, row: Row) -> Entry:
        """A new row; what a likely duplicate of it means, the options say."""
        found = self._find_likely(row) if self._duplicates != "create" else None
        if found is None:
            return self._new(row)
        evidence = EVIDENCE[found.evidence]
        if found.record is not None:
            record_id = int(str(found.record["record"][0]["id"]))
            words: dict[str, object] = {"number": self._candidates.number(record_id), "evidence": evidence}
            reason, alike = LIKE_RECORD, record_id
            if self._duplicates == "update":
                return self._fill_record(row, record_id, evidence)
        else:
            words = {"row": self._plan.entries[found.entry].row, "evidence": evidence}
            reason, alike = LIKE_ROW, -self._plan.entries[found.entry].row
            if self._duplicates == "update":
                first = self._plan.entries[found.entry]
                return self._further.add(row, first, fill=True, reason=reason, evidence=evidence)
        if self._duplicates == "skip":
            return Entry(row.number, outcomes.SKIPPED, row.traits.name, reason=reason, words=words)
        made = Entry(row.number, outcomes.CREATED, row.traits.name, row.values, reason, words, review=True)
        made.alike, made.shared = alike, found.evidence
        return made

    def _new(self, row: Row) -> Entry:
        return Entry(row.number, outcomes.CREATED, row.traits.name, row.values)

    def _fill_record(self, row: Row, record_id: int, evidence: str = "") -> Entry:
        if record_id in self._targets:
            reason = LIKE_ROW if evidence else outcomes.SAME_TOO_BY_YOU
            first = self._plan.entries[self._targets[record_id]]
            if not first.fill:
                row = row._replace(values=self._missing(row.values, self._candidates.known[record_id]))
            return self._further.add(row, first, fill=True, reason=reason, evidence=evidence)
        reason = LIKE_RECORD if evidence else outcomes.SAME_BY_YOU
        entry = self._change(row, record_id, fill=True, reason=reason, evidence=evidence)
        if entry.outcome == outcomes.UPDATED:
            self._targets[record_id] = row.place
        return entry

    def _find_likely(self, row: Row) -> _Likely | None:
        for key in row.traits.keys:
            if key in self._candidates.alike and not self._register.empty:
                return _Likely(key[0], self._candidates.known[self._candidates.alike[key]], -1)
            if key in self._evidence:
                return _Likely(key[0], None, self._evidence[key])
        return None


def _shared(keys: Sequence[tuple[int, Hashable]], known: Mapping[Any, int]) -> Iterator[int]:
    """The rows whose key another row has too, here or before. `keys`: place of the row, and the key."""
    different = {key for _at, key in keys}
    if len(different) == len(keys) and known.keys().isdisjoint(different):
        return
    count = Counter(key for _at, key in keys)
    yield from (at for at, key in keys if count[key] > 1 or key in known)


def _kept_name(draft: Draft, news: Draft, existing: RecordRows) -> str:
    own = ("person", 0)
    return naming.stays(existing["person"][0], draft.rows.get(own, {}), news.rows.get(own, {}))
