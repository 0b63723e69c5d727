"""Records of the register that rows of a list may be: found in bulk, by indexed columns, never one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Select, Table, bindparam, func, select

from db.models import METADATA, document, email, merged_record, phone, raw_value, record
from db.records import RecordRows, each_of
from registry import fields, records
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.numbers import normal_form
from registry.search.folding import name_key, name_keys
from registry.transfer.values.lost_letters import is_without_letters
from registry.values import Called, Value
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
        return self.read_each([[value] for value in values], [values])[0]

    def read_each(self, columns: Sequence[Sequence[Value]], rows: Sequence[Sequence[Value]]) -> list[Traits]:
        """The traits of many rows; the columns and the rows are the same values."""
        names = self.names(columns, rows)
        if not self.compared:
            return [Traits(name, "", ()) for name in names]
        place = self._slots.get("birth_date")
        births = [None] * len(rows) if place is None else [v if type(v) is str else None for v in columns[place]]
        said = (self._said(columns, places, len(rows)) for places in (self._documents, self._emails, self._phones))
        return [
            traits(
                *(self._kind, name, key, birth),
                [number for number in documents if type(number) is str],
                [address.casefold() for address in emails if type(address) is str],
                [called.e164 for called in phones if type(called) is Called],
            )
            for name, key, birth, documents, emails, phones in zip(names, name_keys(names), births, *said, strict=True)
        ]

    def names(self, columns: Sequence[Sequence[Value]], rows: Sequence[Sequence[Value]]) -> list[str]:
        """What each of many rows is called, "" if it has no name."""
        place = self._slots.get("full_name" if self._kind == PEOPLE else "name")
        if place is None:
            return list(map(self._name, rows))
        return [v if type(v) is str else self._name(row) for v, row in zip(columns[place], rows, strict=True)]

    def _name(self, values: Sequence[Value]) -> str:
        own = {name: value for name, place in self._own if type(value := values[place]) is str}
        return (own.get("full_name") or compose_full_name(own)) if self._kind == PEOPLE else own.get("name", "")

    @staticmethod
    def _said(columns: Sequence[Sequence[Value]], places: Sequence[int], count: int) -> Iterable[tuple[Value, ...]]:
        """By row its values of these columns."""
        return zip(*(columns[i] for i in places), strict=True) if places else [()] * count

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
        """Our own registration number in its normal form, in lists that we exported and in filled forms; or ""."""
        typed = self._value(values, "number")
        return normal_form(typed) if typed else ""

    def says_no_other_name(self, values: Sequence[Value], own: Mapping[str, object]) -> bool:
        """Whether what a row says of a name, if anything, is that of a record, or was until letters got lost."""
        said = ((values[place], own.get(name)) for name, place in self._own)
        return all(v is None or v == known or is_without_letters(str(v), str(known)) for v, known in said)

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
    key: str,
    birth_date: str | None,
    documents: Iterable[str],
    emails: Iterable[str],
    phones: Iterable[str],
) -> Traits:
    """What is compared, from a name, its `name_key`, and what goes with it."""
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
    """The records of one kind that are there already.

    Attributes:
        merged: registration numbers that were asked for and whose record became part of another -> what it was called.
    """

    def __init__(self, connection: Connection, kind: str) -> None:
        self.connection = connection
        self.merged: dict[str, str] = {}
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
        self.merged |= dict(self._rows(merged_record.c.number, merged_record.c.name, merged))
        return merged | dict(self._rows(record.c.number, record.c.id, wanted))

    def is_called(self, name_key: str) -> bool:
        """Whether any record has this name."""
        called = select(self._own.c.id).where(self._own.c.name_key == name_key).limit(1)
        return name_key != "" and self.connection.execute(called).first() is not None

    def born_alike(self, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, int]]:
        """Name keys and records of that name with the date of birth beside it, "" = none."""
        pairs = json.dumps(list({(name, born or None) for name, born in wanted if name}))
        return [(key, i) for key, i in self.connection.execute(_born_alike(self._own), {"pairs": pairs})]

    @cached_property
    def of_unread_birth(self) -> dict[str, list[int]]:
        """Name key -> records that keep a text as date of birth which could not be taken in."""
        own, found = self._own.c, dict[str, list[int]]()
        kept = select(own.name_key, own.id).join(raw_value, raw_value.c.record_id == own.id)
        for key, row_id in self.connection.execute(kept.where(raw_value.c.field == "birth_date")):
            found.setdefault(key, []).append(row_id)
        return found

    def namesakes_sharing(self, found: Sequence[Traits]) -> Iterator[tuple[str, int]]:
        """Name keys and records of that name that share a document, an e-mail address or a telephone number."""
        own = self._own.c
        contents = {code: {text for t in found for c, text in t.keys if c == code} for code in EVIDENCE}
        for code, column in (("email_name", email.c.folded), ("phone_name", phone.c.e164)):
            wanted = {text.partition(" ")[0] for text in contents[code]}
            chosen = select(own.name_key, own.id, column).join(column.table, column.table.c.record_id == own.id)
            rows = self._among(chosen, column, wanted)
            yield from ((key, row_id) for key, row_id, text in rows if f"{text} {key}" in contents[code])
        if documents := contents["document"]:
            chosen = select(own.name_key, own.id, document.c.number).join(document, document.c.record_id == own.id)
            rows = self._among(chosen, own.name_key, {t.name_key for t in found})
            yield from ((key, row_id) for key, row_id, text in rows if text and _alphanumeric(text) in documents)

    def sharing(self, found: Sequence[Traits], documents: Iterable[str]) -> set[int]:
        """Records that share a document, as it is written, or an e-mail address."""
        addresses = (content.split(" ")[0] for t in found for code, content in t.keys if code == "email_birth")
        others = {row_id for _, row_id in self._rows(email.c.folded, email.c.record_id, addresses)}
        others.update(row_id for _, row_id in self._rows(document.c.number, document.c.record_id, documents))
        return others

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
            name_key(name),
            None if birth is None else str(birth),
            (str(r["number"]) for r in rows.get("document", ()) if r["number"]),
            (str(r["folded"]) for r in rows.get("email", ())),
            (str(r["e164"]) for r in rows.get("phone", ()) if r["e164"]),
        )

    def _rows(self, column: Column[str], owner: Column[Any], wanted: Iterable[str]) -> Iterator[Any]:
        """What is wanted of `column` and what stands beside it in `owner`, the record as a rule, the latest first."""
        return self._among(select(column, owner).order_by(owner.desc()), column, wanted)

    def _among(self, chosen: Select[*tuple[Any, ...]], column: Column[str], wanted: Iterable[str]) -> Iterator[Any]:
        """The chosen rows of which `column` is one of these texts."""
        texts = sorted({text for text in wanted if text})
        if texts:
            found = chosen.where(column.in_(each_of(bindparam("texts"))))
            yield from self.connection.execute(found, {"texts": json.dumps(texts)})


@cache
def _born_alike(own: Table) -> Select[Any]:
    pairs = func.json_each(bindparam("pairs")).table_valued("value")
    name, born = (func.json_extract(pairs.c.value, place) for place in ("$[0]", "$[1]"))
    alike = own.c.name_key == name
    if "birth_date" in own.c:
        alike &= own.c.birth_date.is_not_distinct_from(born)
    return select(own.c.name_key, own.c.id).select_from(pairs).join(own, alike)


def _alphanumeric(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).upper()
