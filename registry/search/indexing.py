"""What is computed of records from their rows by table: the words and names in the indexes, and keys to sort by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from db import index, names
from db.batches import Batch, Part
from registry import fields
from registry.additions import remembered
from registry.fields import PEOPLE, Field
from registry.kinds import TEXT
from registry.search.collation import collated
from registry.search.folding import digits, name_key, searchable
from registry.search.readings import Token, joined, words_of

#: By index column, for each record what was said there so far.
_Said: TypeAlias = Mapping[str, Sequence[list[str]]]


def text_entries(kind: str, batch: Batch) -> list[index.Entry]:
    """What the index of words holds of these records; a column that a row does not name is empty."""
    said: _Said = {column: [[] for _record in batch.ids] for column in index.COLUMNS}
    for table, described in _indexed(kind):
        parts = [*batch.of(table)]
        if table == "phone":
            _say_phones(said["contact"], parts)
            continue
        for column, field in described.items():
            known = _Known(field)
            for part in parts:
                _say(said[field.index], part, map(known.__getitem__, _column(part, column)))
    _say_numbers(said["other"], batch, "person" if kind == PEOPLE else "association")
    return [*zip(batch.ids, *(map(_together, said[column]) for column in index.COLUMNS), strict=True)]


def name_entries(kind: str, batch: Batch) -> list[names.Entry]:
    """All names of these records, in words."""
    called: list[dict[str, None]] = [{} for _record in batch.ids]
    for owners, column in _called(kind, batch):
        for owner, name in zip(owners, column, strict=True):
            if name:
                called[owner][str(name)] = None
    return [names.Entry(i, [*filter(None, map(_read, listed))]) for i, listed in zip(batch.ids, called, strict=True)]


def keys(kind: str, own: Mapping[str, Sequence[object]]) -> dict[str, list[str]]:
    """The computed columns of rows of person or association, from their columns; one that is missing is empty."""
    if kind != PEOPLE:
        return {"name_key": [name_key(str(name or "")) for name in own["name"]]}
    full = [str(name or "") for name in own["full_name"]]
    family, given = (own.get(column) or (None,) * len(full) for column in ("family_name", "given_name"))
    sorted_by = (
        f"{last} {first or ''}" if last else name for last, first, name in zip(family, given, full, strict=True)
    )
    return {
        "name_key": [*map(name_key, full)],
        "sort_key": [collated(words) or name for words, name in zip(sorted_by, full, strict=True)],
    }


class _Known(dict[object, str]):
    """The words of the values of a field; those that were met."""

    def __init__(self, field: Field) -> None:
        super().__init__({None: ""})
        self._field = field

    def __missing__(self, value: object) -> str:
        self[value] = searchable(self._field.show(str(value)) if self._field.vocabulary else str(value))
        return self[value]


def _say(said: Sequence[list[str]], part: Part, texts: Iterable[str]) -> None:
    for owner, text in zip(part.owners, texts, strict=True):
        if text:
            said[owner].append(text)


def _say_phones(said: Sequence[list[str]], parts: Iterable[Part]) -> None:
    for part in parts:
        for owner, number, raw in zip(part.owners, _column(part, "e164"), part.columns["raw"], strict=True):
            said[owner] += filter(None, (digits(str(number or "")), digits(str(raw))))


def _say_numbers(said: Sequence[list[str]], batch: Batch, own: str) -> None:
    """The numbers of records without hyphens, and those of the records that were merged with them."""
    for table, column in (("record", "number"), (own, "external_id")):
        for part in batch.of(table):
            _say(said, part, (_compact(number) for number in _column(part, column)))
    for part in batch.of("merged_record"):
        for owner, *numbers in zip(part.owners, part.columns["number"], part.columns["external_id"], strict=True):
            for number in filter(None, numbers):
                said[owner] += (searchable(str(number)), _compact(number))


def _compact(number: object) -> str:
    return str(number or "").replace("-", "").casefold()


def _together(texts: Sequence[str]) -> str:
    """The texts as one, without those that stand inside another one, as given names do in full names."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    listed = dict.fromkeys(texts)
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


def _column(part: Part, column: str) -> Sequence[object]:
    """The values of a column, which no row may name."""
    return part.columns.get(column) or (None,) * len(part.owners)


def _read(name: str) -> list[tuple[Token, ...]]:
    """The words of a name, each with its parts and then, if there are several, all of them as one."""
    return [(*parts, joined(parts)) if len(parts) > 1 else parts for parts in words_of(name)]
