"""What the index of names holds of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from db.names import Entry, Word
from registry.fields import PEOPLE
from registry.search.readings import Token, joined, words_of


def names_entry(kind: str, record_id: int, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> Entry:
    """All names of a record, in words, from its rows by table."""
    own = rows["person" if kind == PEOPLE else "association"][0]
    listed = [*_own_names(kind, own), *(str(row["name"]) for row in rows.get("other_name", ()) if row.get("name"))]
    names = [[[*map(_word, parts), *([_word(joined(parts))] if len(parts) > 1 else [])] for parts in words_of(name)]
             for name in dict.fromkeys(listed)]  # fmt: skip
    return Entry(record_id, [name for name in names if name])


def _own_names(kind: str, own: Mapping[str, object]) -> Iterator[str]:
    """What it is called; at birth somebody had another family name only."""
    columns = ("full_name", "native_name") if kind == PEOPLE else ("name", "acronym", "native_name")
    yield from (str(own[column]) for column in columns if own.get(column))
    if own.get("birth_name"):
        yield " ".join(str(own[column]) for column in ("given_name", "birth_name") if own.get(column))


def _word(token: Token) -> Word:
    return Word(0, token.text, token.script, token.reading, " ".join(token.skeletons))
