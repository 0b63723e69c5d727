"""Texts under field names, read into the rows that will be kept: the one shape of form, import and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from registry import fields
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import N_
from registry.kinds import COUNTRY, EMAIL, PHONE, Situation, clean

UNKNOWN_FIELD = N_("“{name}” is not a field. Look the names up in the list of fields.")

#: What stands for "no value" in lists that people keep.
_EMPTY = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "n/a",
        "na",
        "n.a.",
        "null",
        "none",
        "nil",
        "#n/a",
        "néant",
        "s/o",
        "s.o.",
        "/",
        "?",
        "…",
    }
)

#: A row's place: its table, and its number among the record's rows, or its key in a keyed table.
Place = tuple[str, int | str]


@dataclass(frozen=True)
class Problem:
    """A value that its field cannot hold.

    Attributes:
        field: canonical name, numbered.
        reason: the sentence, in the current language.
    """

    field: str
    reason: str


@dataclass
class Draft:
    """Rows to be, by place. A column with None is to be emptied; a column not named stays as it is.

    Attributes:
        rows: place -> column -> value.
        problems: values that were kept as raw text instead.
    """

    rows: dict[Place, dict[str, object]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def value(self, table: str, column: str, place: int | str = 0) -> object:
        """One value, or None."""
        return self.rows.get((table, place), {}).get(column)


@dataclass(frozen=True)
class _Slot:
    name: str
    field: Field
    place: Place


class DraftReader:
    """Reads records whose texts stand under the same names, many of them."""

    def __init__(self, kind: str, names: Sequence[str], situation: Situation) -> None:
        """Raises `Invalid` for a name that is no field of `kind`."""
        self._slots = [self._slot(kind, name) for name in names]
        self._situation = situation
        countries = {s.place: i for i, s in enumerate(self._slots) if s.field.kind is COUNTRY}
        self._country_slot = countries.get(("address", 0))

    def read(self, texts: Sequence[str], *, keep_empty: bool = False, orders: Mapping[str, str] | None = None) -> Draft:
        """The draft of one record.

        Args:
            texts: one text a name, in their order.
            keep_empty: True when an empty text means "empty this field" (form, command line), False when it
                means "says nothing" (import).
            orders: canonical name -> "dmy" or "mdy", where a whole column has decided it.
        """
        draft = Draft()
        situation = self._situation
        if self._country_slot is not None:
            situation = self._situation_of(texts[self._country_slot])
        for slot, text in zip(self._slots, texts, strict=True):
            plain = text if slot.field.kind.name == "long_text" else clean(text)
            if plain.casefold() in _EMPTY:
                if keep_empty:
                    self._put(draft, slot, None, None)
                continue
            here = situation
            if orders and (order := orders.get(slot.name)):
                here = Situation(situation.country, order)
            try:
                self._put(draft, slot, slot.field.kind.read(plain, here, slot.field.vocabulary), plain)
            except Invalid as problem:
                draft.problems.append(Problem(slot.name, str(problem)))
                self._keep_raw(draft, slot, plain)
        return draft

    def _situation_of(self, text: str) -> Situation:
        slot = self._slots[self._country_slot or 0]
        try:
            return Situation(slot.field.kind.read(text, self._situation, "country"), self._situation.date_order)
        except Invalid:
            return self._situation

    @staticmethod
    def _slot(kind: str, name: str) -> _Slot:
        found = fields.find(kind, name)
        if found is None:
            raise Invalid(UNKNOWN_FIELD, field=name, name=name)
        described, place = found
        where = ".".join(described.key) if described.key else place
        return _Slot(name, described, (described.table, where))

    @staticmethod
    def _put(draft: Draft, slot: _Slot, value: str | None, text: str | None) -> None:
        row = draft.rows.setdefault(slot.place, {})
        row[slot.field.column] = value
        if slot.field.kind is PHONE:
            row["raw"] = text
        if slot.field.kind is EMAIL and value:
            row["folded"] = value.casefold()
        if slot.field.key is not None:
            row["purpose"], row["channel"] = slot.field.key

    def _keep_raw(self, draft: Draft, slot: _Slot, text: str) -> None:
        if slot.field.kind is PHONE:
            draft.rows.setdefault(slot.place, {}).update({"e164": None, "raw": text})
        else:
            draft.rows[("raw_value", slot.name)] = {"field": slot.name, "text": text}
