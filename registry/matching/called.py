"""What records are called: their names in words, with what each is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

import resources
from db.batches import Batch
from registry.fields import PEOPLE
from registry.matching import bodies
from registry.matching.said import column_of, given, of_each
from registry.search.readings import Token, joined, spelled, texts_of, token, words_of

#: What a word is in its name.
FREE, GIVEN, FAMILY = 1, 2, 3
#: Words looked at in a name.
WORDS = 6
#: Words as of `kept`, with what they are.
Name: TypeAlias = list[tuple[str, int]]

_PARTS = ("given_name", "family_name", "birth_name", "full_name", "native_name")


def kept(word: Token) -> str:
    """A word as one text: `read` makes it a word again."""
    return f"{word.text} {word.script}"  # a blank comes before every letter and digit: in the order of the texts


def read(text: str) -> Token:
    """The word that is kept so."""
    return token(text[:-2], text[-1])


def names_of(kind: str, batch: Batch) -> list[list[Name]]:
    """By record, each of its names."""
    told = of_each(batch, "other_name", lambda part: given(part, "name")).by_record()
    others = [told.get(place, ()) for place in range(len(batch.ids))]
    if kind == PEOPLE:
        said = [column_of(part, name) for part in batch.of("person") for name in _PARTS]
        return [_of_person(*some) for some in zip(*said, others, strict=True)]
    said = [column_of(part, name) for part in batch.of("association") for name in ("name", "native_name")]
    cities = of_each(batch, "address", lambda part: given(part, "city")).by_record()
    called = [(name, native, *other) for name, native, other in zip(*said, others, strict=True)]
    return [
        [[(kept(word), FREE) for word in bodies.words(name, cities.get(place, ()))[:WORDS]] for name in some if name]
        for place, some in enumerate(called)
    ]


def _of_person(first: str, family: str, birth: str, full: str, native: str, others: Sequence[str]) -> list[Name]:
    given_words = _words_of_part(first)
    family_words = _words_of_part(family) + _words_of_part(birth)
    roles = dict.fromkeys(family_words, FAMILY) | dict.fromkeys(given_words, GIVEN)
    # Where the parts make the whole, its words are theirs.
    composed = bool(first and family) and full in (f"{first} {family}", f"{family} {first}")
    listed = dict.fromkeys((*given_words, *family_words, *(() if composed else _words(full))))
    found = [[(word, roles.get(word, FREE)) for word in listed]]
    found += [_told_apart(_words(other), roles) for other in (native, *others) if other]
    left_out = _not_names()
    known = [[word for word in name if word[0][:-2] not in left_out][:WORDS] for name in found]
    return [_settled(name) for name in known if name]


def _told_apart(words: Iterable[str], roles: Mapping[str, int]) -> Name:
    """Words of another name of somebody whose parts are known: what has their consonants is the same part."""
    spoken = {_consonants(word): role for word, role in roles.items()}
    found = [(word, spoken.get(_consonants(word), FREE)) for word in dict.fromkeys(words)]
    whole = {role for _word, role in found} >= {GIVEN, FAMILY}
    return found if whole else [(word, FREE) for word, _role in found]


@lru_cache(maxsize=50_000)
def _consonants(word: str) -> str:
    return read(word).skeletons[0]


@cache
def _not_names() -> frozenset[str]:
    """Words beside names that are nobody's name: titles, and what people write where they know none."""
    return frozenset(resources.path("matching", "not_names.txt").read_text(encoding="utf-8").split())


def _settled(name: Name) -> Name:
    """Where only the family's or only the given name is known, what else is in the full name is the other."""
    roles = {role for _word, role in name}
    if FREE in roles and len(roles) == 2:
        rest = FAMILY if GIVEN in roles else GIVEN
        return [(word, rest if role == FREE else role) for word, role in name]
    return name


def _words(name: str) -> list[str]:
    """The words of a name, parts apart and as one."""
    return [kept(word) for text in texts_of(name) for parts in spelled(text) for word in parts]


@lru_cache(maxsize=20_000)
def _words_of_part(name: str) -> tuple[str, ...]:
    """The same of a part of a name, which is not divided."""
    parted = words_of(name, part=True)
    return tuple(kept(word) for parts in parted for word in (*parts, *([joined(parts)] if len(parts) > 1 else ())))
