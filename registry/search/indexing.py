"""What the indexes of words and of names hold of records, from their rows by table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from db import index, names
from db.records import RecordRows
from registry import fields
from registry.additions import remembered
from registry.fields import PEOPLE, Field
from registry.kinds import TEXT
from registry.search.folding import digits, searchable
from registry.search.readings import Token, joined, words_of

#: Records and their rows.
Records: TypeAlias = Iterable[tuple[int, RecordRows]]


def text_entries(kind: str, records: Records) -> list[index.Entry]:
    """What the index of words holds of these records; a column that a row does not name is empty."""
    listed = list(records)
    # By table and column, as the same steps for many rows cost less than all steps for each row.
    said: list[tuple[list[str], ...]] = [tuple([] for _column in index.COLUMNS) for _record in listed]
    for table, described in _indexed(kind):
        found = [(words, row) for words, (_id, rows) in zip(said, listed, strict=True) for row in rows.get(table, ())]
        if table == "phone":
            for (_name, contact, _place, _other), row in found:
                contact += (digits(str(row.get("e164") or "")), digits(str(row["raw"])))
            continue
        for column, field in described.items() if found else ():
            place, known = index.COLUMNS.index(field.index), _Known(field)
            for words, row in found:
                if (value := row.get(column)) is not None:
                    words[place].append(known[value])
    for words, (_id, rows) in zip(said, listed, strict=True):
        words[-1].extend(_numbers(rows, "person" if kind == PEOPLE else "association"))
    return [index.Entry(i, *map(_together, words)) for words, (i, _rows) in zip(said, listed, strict=True)]


def name_entries(kind: str, records: Records) -> list[names.Entry]:
    """All names of these records, in words."""
    return [names.Entry(record_id, _names(kind, rows)) for record_id, rows in records]


class _Known(dict[object, str]):
    """The words of the values of a field; those that were met."""

    def __init__(self, field: Field) -> None:
        self._field = field

    def __missing__(self, value: object) -> str:
        self[value] = searchable(self._field.show(str(value)) if self._field.vocabulary else str(value))
        return self[value]


def _numbers(rows: RecordRows, own: str) -> Iterator[str]:
    """The numbers of a record, and of those that were merged with it."""
    for number in (rows["record"][0].get("number"), rows[own][0].get("external_id")):
        if number:
            yield str(number).replace("-", "").casefold()
    for merged in rows.get("merged_record", ()):
        for text in (str(merged["number"]), str(merged["external_id"] or "")):
            yield from (searchable(text), text.replace("-", "").casefold())


def _together(texts: Sequence[str]) -> str:
    """The texts as one, without those that stand inside another one, as given names do in full names."""
    listed = [*dict.fromkeys(filter(None, texts))]
    if len(listed) < 2:
        return listed[0] if listed else ""
    # With two spaces between two of them: one that stands alone is there once.
    together = f" {'  '.join(listed)} "
    return " ".join([text for text in listed if together.count(f" {text} ") == 1])


_Indexed: TypeAlias = tuple[tuple[str, Mapping[str, Field]], ...]


@remembered
def _indexed(kind: str) -> _Indexed:
    """Table -> column -> field that the index holds, in the order of the card."""
    tables: dict[str, dict[str, Field]] = {}
    for field in fields.of(kind):
        if field.index:
            tables.setdefault(field.table, {})[field.column] = field
        if field.index and field.written:
            tables[field.table][field.written] = replace(
                field, name=f"{field.name} as written", kind=TEXT, vocabulary=""
            )
    return tuple(tables.items())


def _names(kind: str, rows: RecordRows) -> list[list[tuple[Token, ...]]]:
    own = rows["person" if kind == PEOPLE else "association"][0]
    listed = [*_own_names(kind, own), *(str(row["name"]) for row in rows.get("other_name", ()) if row.get("name"))]
    read = ([(*parts, joined(parts)) if len(parts) > 1 else parts for parts in words_of(name)]
            for name in dict.fromkeys(listed))  # fmt: skip
    return [name for name in read if name]


def _own_names(kind: str, own: Mapping[str, object]) -> Iterator[str]:
    """What it is called; at birth somebody had another family name only."""
    columns = ("full_name", "native_name") if kind == PEOPLE else ("name", "acronym", "native_name")
    yield from (str(own[column]) for column in columns if own.get(column))
    if own.get("birth_name"):
        yield " ".join(str(own[column]) for column in ("given_name", "birth_name") if own.get(column))
