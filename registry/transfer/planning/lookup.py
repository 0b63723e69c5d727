"""Records of the register that rows of a list may be: found in bulk, by indexed columns, never one by one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, null, select

from db.models import METADATA, document, email, merged_record, phone, raw_value, record
from db.records import RecordRows, among, each_of
from registry import fields, records
from registry.drafts import Called, Value
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.search.folding import name_key
from registry.writing import compose_full_name

#: What makes two entries probably the same, and the words for it.
EVIDENCE = {
    "document": N_("the same document number"),
    "email_birth": N_("the same e-mail and date of birth"),
    "email_name": N_("the same e-mail and name"),
    "phone_name": N_("the same telephone and name"),
    "name_birth": N_("the same name and date of birth"),
    "name": N_("the same name"),
}

Key = tuple[str, str]


class Traits(NamedTuple):
    """What is compared of a row or a record.

    Attributes:
        name: as shown.
        name_key: folded words of the name, sorted.
        keys: (code of `EVIDENCE`, content) that only the same person or organisation should share.
    """

    name: str
    name_key: str
    keys: tuple[Key, ...]


class Namesake(NamedTuple):
    """A record that has the name of a row, and its date of birth, or ""."""

    id: int
    born: str


class TraitReader:
    """Reads the traits of rows whose values stand under the same names."""

    def __init__(self, kind: str, names: Sequence[str], *, compared: bool = True) -> None:
        """`compared` is False where rows are compared with nothing, so that names are enough."""
        self._kind = kind
        self.compared = compared
        self._slots = {name: i for i, name in enumerate(names)}
        self._own = [(name, self._slots[name]) for name in _NAMES[kind] if name in self._slots]
        self._documents = self._places(names, "document.number")
        self._emails = self._places(names, "email")
        self._phones = self._places(names, "phone")

    def read(self, values: Sequence[Value]) -> Traits:
        """The traits of one row; the name is "" if it has none."""
        own = {name: value for name, place in self._own if type(value := values[place]) is str}
        name = (own.get("full_name") or compose_full_name(own)) if self._kind == PEOPLE else own.get("name", "")
        if not self.compared:
            return Traits(name, "", ())
        return traits(
            self._kind,
            name,
            self._value(values, "birth_date"),
            (str(values[i]) for i in self._documents if type(values[i]) is str),
            (str(values[i]).casefold() for i in self._emails if type(values[i]) is str),
            (value.e164 for i in self._phones if type(value := values[i]) is Called),
        )

    def names(self, columns: Sequence[Sequence[Value]], rows: Sequence[Sequence[Value]]) -> list[str]:
        """What each of many rows is called, as `read` says it; the columns and the rows are the same values."""
        place = self._slots.get("full_name" if self._kind == PEOPLE else "name")
        if place is None:
            return [self.read(values).name for values in rows]
        pairs = zip(columns[place], rows, strict=True)
        return [name if type(name) is str else self.read(values).name for name, values in pairs]

    def references(self, columns: Sequence[Sequence[Value]], count: int) -> list[str]:
        """The identifiers of many rows in the source list, or ""."""
        place = self._slots.get("external_id")
        return [""] * count if place is None else [v if type(v) is str else "" for v in columns[place]]

    def documents(self, values: Sequence[Value]) -> list[str]:
        """Document numbers as written."""
        return [value for i in self._documents if type(value := values[i]) is str]

    def external_id(self, values: Sequence[Value]) -> str:
        """The identifier in the source list, or ""."""
        return self._value(values, "external_id") or ""

    def born(self, values: Sequence[Value]) -> str:
        """The date of birth, or ""."""
        return self._value(values, "birth_date") or ""

    def number(self, values: Sequence[Value]) -> str:
        """Our own registration number, in lists that we exported; or ""."""
        return self._value(values, "number") or ""

    def _value(self, values: Sequence[Value], name: str) -> str | None:
        place = self._slots.get(name)
        value = None if place is None else values[place]
        return value if type(value) is str else None

    def _places(self, names: Sequence[str], wanted: str) -> list[int]:
        found = ((i, fields.find(self._kind, name)) for i, name in enumerate(names))
        return [i for i, f in found if f is not None and f[0].name == wanted]


_NAMES = {
    PEOPLE: ("full_name", "given_name", "patronymic", "family_name", "name_order", "native_name"),
    fields.ASSOCIATIONS: ("name",),
}


def traits(
    kind: str,
    name: str,
    birth_date: str | None,
    documents: Iterable[str],
    emails: Iterable[str],
    phones: Iterable[str],
) -> Traits:
    """What is compared, from a name and what goes with it."""
    key = name_key(name)
    keys = [("document", number) for text in documents if (number := _alphanumeric(text))]
    for address in emails:
        keys.append(("email_name", f"{address} {key}"))
        if birth_date:
            keys.append(("email_birth", f"{address} {birth_date}"))
    keys.extend(("phone_name", f"{number} {key}") for number in phones)
    if kind != PEOPLE and key:
        keys.append(("name", key))
    elif birth_date and key and len(birth_date) >= 10:
        keys.append(("name_birth", f"{key} {birth_date}"))
    return Traits(name, key, tuple(keys))


class Register:
    """The records of one kind that are there already."""

    def __init__(self, connection: Connection, kind: str) -> None:
        self.connection = connection
        self._kind = kind
        self._own = METADATA.tables["person" if kind == PEOPLE else "association"]
        self.empty = connection.execute(select(record.c.id).where(record.c.kind == kind).limit(1)).first() is None

    def by_external_id(self, wanted: Iterable[str]) -> dict[str, int]:
        """External id -> record id."""
        wanted = list(wanted)
        merged = dict(self._rows(merged_record.c.external_id, merged_record.c.record_id, wanted))
        return merged | dict(self._rows(self._own.c.external_id, self._own.c.id, wanted))

    def by_number(self, wanted: Iterable[str]) -> dict[str, int]:
        """Registration number -> record id."""
        wanted = list(wanted)
        merged = dict(self._rows(merged_record.c.number, merged_record.c.record_id, wanted))
        return merged | dict(self._rows(record.c.number, record.c.id, wanted))

    def named(self, keys: Iterable[str]) -> dict[str, list[Namesake]]:
        """Name key -> records of that name, the latest first."""
        named: dict[str, list[Namesake]] = {}
        born = self._own.c.get("birth_date", null())
        for key, row_id, birth in self._rows(self._own.c.name_key, self._own.c.id, keys, born):
            named.setdefault(key, []).append(Namesake(row_id, birth or ""))
        return named

    def sharing(self, found: Sequence[Traits], documents: Iterable[str]) -> set[int]:
        """Records that share a document, as it is written, or an e-mail address."""
        addresses = (content.split(" ")[0] for t in found for code, content in t.keys if code == "email_birth")
        others = {row_id for _, row_id in self._rows(email.c.folded, email.c.record_id, addresses)}
        others.update(row_id for _, row_id in self._rows(document.c.number, document.c.record_id, documents))
        return others

    def sharing_number(self, ids: Collection[int], found: Sequence[Traits]) -> set[int]:
        """Those of these records that share a document, however it is written, or a telephone number."""
        documents = {content for t in found for code, content in t.keys if code == "document"}
        phones = {content.split(" ")[0] for t in found for code, content in t.keys if code == "phone_name"}
        held = select(document.c.record_id, document.c.number).where(among(document.c.record_id, ids))
        called = select(phone.c.record_id, phone.c.e164).where(among(phone.c.record_id, ids))
        shared = {i for i, number in self.connection.execute(held) if number and _alphanumeric(number) in documents}
        return shared | {i for i, number in self.connection.execute(called) if number in phones}

    def keeping_text(self, ids: Collection[int], name: str) -> set[int]:
        """Those of these records that keep a text of the field `name` which could not be taken in."""
        kept = select(raw_value.c.record_id).where(among(raw_value.c.record_id, ids), raw_value.c.field == name)
        return set(self.connection.execute(kept).scalars())

    @property
    def newest(self) -> int:
        """The id of the record that came last, of any kind; 0 = there is none."""
        return self.connection.execute(select(func.max(record.c.id))).scalar() or 0

    def newer_than(self, newest: int) -> list[int]:
        """The ids of the records that came later."""
        chosen = select(record.c.id).where(record.c.id > newest, record.c.kind == self._kind)
        return list(self.connection.execute(chosen).scalars())

    def load(self, ids: Iterable[int]) -> dict[int, RecordRows]:
        """All rows of these records, those of the other kind left out."""
        loaded = records.whole(self.connection, self._kind, sorted(set(ids)))
        return {i: rows for i, rows in loaded.items() if rows["record"][0]["kind"] == self._kind}

    def traits(self, rows: RecordRows) -> Traits:
        """What is compared of a record."""
        own = rows[self._own.name][0]
        name = str(own["full_name" if self._kind == PEOPLE else "name"])
        birth = own.get("birth_date")
        return traits(
            self._kind,
            name,
            None if birth is None else str(birth),
            (str(r["number"]) for r in rows.get("document", ()) if r["number"]),
            (str(r["folded"]) for r in rows.get("email", ())),
            (str(r["e164"]) for r in rows.get("phone", ()) if r["e164"]),
        )

    def _rows(
        self, column: Column[str], owner: Column[int], wanted: Iterable[str], *further: ColumnElement[Any]
    ) -> Iterator[Any]:
        """What is wanted of `column`, the record that has it, the latest first, and `further` columns."""
        texts = json.dumps(sorted({w for w in wanted if w}))
        chosen = select(column, owner, *further).where(column.in_(each_of(bindparam("ids"))))
        yield from self.connection.execute(chosen.order_by(owner.desc()), {"ids": texts})


def _alphanumeric(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).upper()
