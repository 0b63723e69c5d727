"""The records that rows of a list may be, loaded with all that is compared of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.records import RecordRows
from registry.fields import PEOPLE
from registry.search.folding import name_key
from registry.transfer.planning.lookup import Key, Register, TraitReader, Traits
from registry.transfer.planning.plan import Plan
from registry.values import Value


class Row(NamedTuple):
    """One row of the file that needs a closer look.

    Attributes:
        place: of its entry in the plan.
        person: a key that all rows of one person have, "" where each is its own.
        adds: whether a further row of a person says anything new.
    """

    place: int
    number: int
    values: tuple[Value, ...]
    traits: Traits
    person: str
    adds: bool


class Candidates:
    """The records that the rows at hand may be.

    Attributes:
        known: record id -> its rows.
        named: name key of a row -> records of that name that may say the same.
        alike: (code of `EVIDENCE`, content) -> the latest record that has it.
    """

    def __init__(self, plan: Plan, register: Register, traits: TraitReader) -> None:
        self._plan = plan
        self._register = register
        self._traits = traits
        self.known: dict[int, RecordRows] = {}
        self.named: dict[str, list[int]] = {}
        self.alike: dict[Key, int] = {}
        self._compared = plan.options.duplicates != "create"

    def look_up(self, rows: Sequence[Row]) -> dict[int, int]:
        """Row number -> record with the same number or reference; loads all records that rows may be."""
        read = self._traits
        numbers = self._register.by_number(read.number(r.values) for r in rows)
        references = self._register.by_external_id(read.external_id(r.values) for r in rows)
        by_number = {r.number: i for r in rows if (i := numbers.get(read.number(r.values)))}
        known = {r.number: i for r in rows if (i := references.get(read.external_id(r.values)))}
        told = {i for r in rows if (i := self._plan.options.rows.get(r.number, 0)) > 0}
        self.known = self._register.load({*known.values(), *by_number.values(), *told})
        known |= {r.number: i for r in rows if (i := by_number.get(r.number)) and self._called_the_same(r, i)}
        strangers = [r for r in rows if r.number not in known]
        named = self._namesakes(strangers)
        documents = [number for r in strangers for number in read.documents(r.values)] if self._compared else []
        others = self._register.sharing([r.traits for r in strangers], documents) if self._compared else set()
        wanted = others | {i for ids in named.values() for i in ids}
        self.known |= self._register.load(wanted - self.known.keys())
        self.named = {key: [i for i in ids if i in self.known] for key, ids in named.items()}
        self.alike = {}
        for record_id in sorted(wanted & self.known.keys(), reverse=True) if self._compared else ():
            for key in self._register.traits(self.known[record_id]).keys:
                self.alike[key] = record_id
        known |= {r.number: i for r in strangers if (i := by_number.get(r.number)) and self._renamed(r, i)}
        return {number: i for number, i in known.items() if i in self.known}

    def _namesakes(self, rows: Sequence[Row]) -> dict[str, list[int]]:
        """By name key, the records of that name that may be one of the rows, the latest first.

        Not those born on another day, or of whom only one side knows when, if they share nothing else: in a large
        register most namesakes are other people, and reading all that is known of them takes long.
        """
        births = [self._traits.born(r.values) for r in rows]
        found = set(self._register.born_alike((r.traits.name_key, born) for r, born in zip(rows, births, strict=True)))
        # A row of which the register knows the birth can say the same without saying it only if something is shared.
        asked = [r.traits for r, born in zip(rows, births, strict=True) if self._compared or not born]
        found.update(self._register.namesakes_sharing(asked))
        unread = self._register.of_unread_birth if any(births) else {}
        found.update((key, i) for key in unread.keys() & {r.traits.name_key for r in rows} for i in unread[key])
        named: dict[str, list[int]] = {}
        for key, record_id in sorted(found, reverse=True):
            named.setdefault(key, []).append(record_id)
        return named

    def _called_the_same(self, row: Row, record_id: int) -> bool:
        """Whether a record with the row's registration number has its name too: another register's may be like ours."""
        if record_id not in self.known:
            return False
        mine, theirs = row.traits, self._register.traits(self.known[record_id])
        merged = self._register.merged.get(self._traits.number(row.values))
        if merged is not None and mine.name_key == name_key(merged):
            return True
        same = mine.name_key == theirs.name_key and (mine.name_key != "" or mine.name == theirs.name)
        same = same or self._traits.says_no_other_name(row.values, self._own(record_id))
        return same and self._contradictions(row, record_id) < 2

    def _renamed(self, row: Row, record_id: int) -> bool:
        """Whether a record with the row's registration number but another name is the row's own, corrected."""
        if record_id not in self.known or self._register.is_called(row.traits.name_key):
            return False
        return self.shares_a_word(row, record_id) and not self._contradictions(row, record_id)

    def shares_a_word(self, row: Row, record_id: int) -> bool:
        """Whether the names of a row and a record have a word in common."""
        theirs = self._register.traits(self.known[record_id]).name_key.split()
        return bool(set(row.traits.name_key.split()) & set(theirs))

    def _contradictions(self, row: Row, record_id: int) -> int:
        """How many of reference and date of birth the row and the record state differently."""
        own = self._own(record_id)
        said = (("external_id", self._traits.external_id(row.values)), ("birth_date", self._traits.born(row.values)))
        return sum(text != "" and own.get(name) not in (None, text) for name, text in said)

    def _own(self, record_id: int) -> Mapping[str, object]:
        return self.known[record_id]["person" if self._plan.kind == PEOPLE else "association"][0]

    def number(self, record_id: int) -> str:
        """The registration number of one of these records."""
        return str(self.known[record_id]["record"][0]["number"])
