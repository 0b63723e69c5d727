"""What is computed of records from their rows by table: the words and names in the indexes, and keys to sort by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from db import index, names
from db.batches import Batch, Part
from registry import fields
from registry.additions import remembered
from registry.fields import PEOPLE, Field
from registry.kinds import TEXT
from registry.search.collation import collated_each
from registry.search.folding import compact_each, digits_each, name_keys, searchable_each
from registry.search.readings import texts_of


def text_entries(kind: str, batch: Batch) -> list[index.Entry]:
    """What the index of words holds of these records; a column that a row does not name is empty."""
    said = {column: _Said(len(batch.ids)) for column in index.COLUMNS}
    for table, described in _indexed(kind):
        parts = [*chain.from_iterable(part.by_place() for part in batch.of(table))]
        if table == "phone":
            for part in parts:
                for column in ("e164", "raw"):
                    said["contact"].add(part.owners, digits_each(_texts(part, column)))
            continue
        for column, field in described.items():
            for part in parts:
                if column in part.columns:
                    said[field.index].add(part.owners, _words(field, part.columns[column]))
    _say_numbers(said["other"], batch, "person" if kind == PEOPLE else "association")
    return [*zip(batch.ids, *(said[column].together() for column in index.COLUMNS), strict=True)]


def name_entries(kind: str, batch: Batch) -> list[names.Entry]:
    """All names of these records, for `readings.spelled` to read."""
    called: list[dict[str, None]] = [{} for _record in batch.ids]
    for owners, column in _called(kind, batch):
        for owner, name in zip(owners, column, strict=True):
            if name:
                called[owner][str(name)] = None
    return [names.Entry(i, [*map(texts_of, listed)]) for i, listed in zip(batch.ids, called, strict=True)]


def keys(kind: str, own: Mapping[str, Sequence[object]]) -> dict[str, list[str]]:
    """The computed columns of rows of person or association, from their columns; one that is missing is empty."""
    if kind != PEOPLE:
        return {"name_key": name_keys([str(name or "") for name in own["name"]])}
    full = [str(name or "") for name in own["full_name"]]
    family, given = (own.get(column) or (None,) * len(full) for column in ("family_name", "given_name"))
    parted = zip(family, given, full, strict=True)
    sorted_by = collated_each([f"{last} {first or ''}" if last else name for last, first, name in parted])
    return {
        "name_key": name_keys(full),
        "sort_key": [words or name for words, name in zip(sorted_by, full, strict=True)],
    }


class _Said:
    """What was said of each record so far: texts in words, framed."""

    def __init__(self, count: int) -> None:
        self._texts = [" "] * count

    def add(self, owners: Sequence[int], texts: Iterable[str]) -> None:
        """Add a text for each owner, but none that stands inside what was said, as given names in full names.

        Args:
            owners: each once.
            texts: in words, framed.
        """
        for owner, text in zip(owners, texts, strict=True):
            said = self._texts[owner]
            if text not in said:
                self._texts[owner] = text if said in text else said + text

    def together(self) -> list[str]:
        """What was said of each as one text, without those of its texts that stand inside a later one."""
        # There are two spaces between two texts, so that one that stands alone is there once.
        return [_together(said) if "  " in said else said[1:-1] for said in self._texts]


def _together(said: str) -> str:
    # Of two texts it is known.
    if said.count("  ") > 1 and len({*(words := said.split())}) < len(words):
        return " ".join([text for text in said[1:-1].split("  ") if said.count(f" {text} ") == 1])
    return said[1:-1].replace("  ", " ")


def _words(field: Field, values: Sequence[object]) -> Iterable[str]:
    """The words of each value of a field, framed; where many are equal, those are read once."""
    distinct = {*values}
    distinct.discard(None)
    if 2 * len(distinct) > len(values) and not field.vocabulary:
        return searchable_each([str(value or "") for value in values])
    texts = [field.show(str(value)) for value in distinct] if field.vocabulary else [*map(str, distinct)]
    known: dict[object, str] = dict(zip(distinct, searchable_each(texts), strict=True))
    known[None] = " "
    return map(known.__getitem__, values)


def _say_numbers(said: _Said, batch: Batch, own: str) -> None:
    """The numbers of records without hyphens, and those of the records that were merged with them."""
    for table, column in (("record", "number"), (own, "external_id")):
        for part in batch.of(table):
            said.add(part.owners, compact_each(_texts(part, column)))
    for part in chain.from_iterable(part.by_place() for part in batch.of("merged_record")):
        for column in ("number", "external_id"):
            numbers = _texts(part, column)
            said.add(part.owners, searchable_each(numbers))
            said.add(part.owners, compact_each(numbers))


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


def _called(kind: str, batch: Batch) -> Iterator[tuple[Sequence[int], Iterable[object]]]:
    """What records are called, by column; at birth somebody had another family name only."""
    own = "person" if kind == PEOPLE else "association"
    columns = ("full_name", "native_name") if kind == PEOPLE else ("name", "acronym", "native_name")
    for part in batch.of(own):
        yield from ((part.owners, _column(part, column)) for column in columns)
        if "birth_name" in part.columns:
            yield part.owners, map(_at_birth, _column(part, "given_name"), part.columns["birth_name"])
    yield from ((part.owners, _column(part, "name")) for part in batch.of("other_name"))


def _at_birth(given: object, family: object) -> object:
    return f"{given} {family}" if given and family else family


def _texts(part: Part, column: str) -> list[str]:
    return [str(value or "") for value in _column(part, column)]


def _column(part: Part, column: str) -> Sequence[object]:
    """The values of a column, which no row may name."""
    return part.columns.get(column) or (None,) * len(part.owners)
