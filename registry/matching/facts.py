"""What is compared of records, in columns of numbers: memory stays small, and whole arrays are compared at once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

import resources
from registry.fields import PEOPLE
from registry.matching import bodies
from registry.matching.texts import Codes, Column, Kept, Numbering, Texts
from registry.progress import SILENT, Progress
from registry.search.folding import fold
from registry.search.readings import Token, joined, token, words_of

Hashes: TypeAlias = npt.NDArray[np.uint64]
Row: TypeAlias = Mapping[str, Any]
#: Rows of one record by table.
Rows: TypeAlias = Mapping[str, Sequence[Row]]

#: What a word is in its name.
FREE, GIVEN, FAMILY = 1, 2, 3
#: Words looked at in a name, and values of a field that may have several.
WORDS, VALUES = 6, 3
#: Words that are numbered anew at once.
_AT_ONCE = 1_000_000
_DAY = re.compile(r"\D*(\d{4})(?:\D?(\d{2})(?:\D?(\d{2}))?)?\D*")


class Words(Sequence[Token]):
    """Words of names, kept as texts with their scripts and read anew when they are asked for."""

    def __init__(self, texts: Kept) -> None:
        """`texts`: as of `_kept`."""
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[Token]:
        return map(_read, self._texts)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        texts = self._texts[place]
        return _read(texts) if isinstance(texts, str) else [*map(_read, texts)]


def _kept(word: Token) -> str:
    return f"{word.text} {word.script}"  # a blank comes before every letter and digit: in the order of the texts


def _read(kept: str) -> Token:
    return token(kept[:-2], kept[-1])


@dataclass
class Facts:
    """What is compared of some records.

    Attributes:
        ids: of the records.
        hashes: of everything that is compared, so that nothing depends on the order of the records.
        tokens: every word of a name once, in order.
        names: record by row of `words`, ascending; a record called several things has several.
        words: places in `tokens`, -1 = none; shape (names, WORDS).
        roles: beside `words`.
        born: year * 10000 + month * 100 + day, 0 for what is not known.
        sex: a code of its own, 0 = not known.
        texts: the other columns by name.
        papers: kind of the document (a place in `PAPERS`, 0 = not known) and day of its issue as `born`, beside the
            document's codes; shape (records, VALUES, 2).
        related: pairs of records of which the register knows how they are related, the smaller place times the number
            of records and the larger, ascending; `relations` beside it, places in `RELATIONS`.
    """

    ids: npt.NDArray[np.int64]
    hashes: Hashes
    tokens: Words
    names: Codes
    words: Codes
    roles: npt.NDArray[np.int8]
    born: Codes
    sex: npt.NDArray[np.int8]
    texts: dict[str, Texts]
    papers: Codes
    related: npt.NDArray[np.int64]
    relations: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.ids)


def mixed(first: Hashes, second: Hashes) -> Hashes:
    """A number by pair that does not depend on which record stands first, nor on their ids."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    mixed_: Hashes = (low * np.uint64(0x9E3779B97F4A7C15) ^ high) * np.uint64(0xC2B2AE3D27D4EB4F)
    return mixed_ ^ (mixed_ >> np.uint64(31))


class Collector:
    """Takes in one record after the other."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        # Arrays, for lists of a million records would take ten times as much.
        self._ids, self._hashes = array("q"), array("Q")
        self._tokens = Numbering()
        self._names, self._words, self._born = array("i"), array("i"), array("i")
        self._roles, self._sex = array("b"), array("b")
        self._papers = array("i")
        self._related: list[tuple[int, int, int]] = []
        self._columns = {name: Column(VALUES) for name in COLUMNS[kind]}

    def add(self, record_id: int, rows: Rows) -> None:
        """One record by its rows."""
        own = rows["person" if self._kind == PEOPLE else "association"][0]
        raw = {str(row["field"]): str(row["text"]) for row in rows.get("raw_value", ())}
        content = [self._name(name) for name in _names(self._kind, own, rows)]
        self._ids.append(record_id)
        born = day(str(own.get("birth_date") or raw.get("birth_date") or ""))
        sex = _SEX.get(str(own.get("sex") or ""), 0)
        self._born.append(born)
        self._sex.append(sex)
        values = _values(self._kind, own, rows, raw)
        for name, column in self._columns.items():
            column.add(values.get(name, ()))
        papers = _papers(rows)
        self._papers.extend([part for paper in papers for part in paper] + [0, 0] * (VALUES - len(papers)))
        for row in rows.get("relation", ()):
            if row.get("relative_id") is not None:
                kind = RELATIONS.get(str(row.get("kind")), 0)
                self._related.append((record_id, int(row["relative_id"]), kind))
        told = repr((sorted(content), born, sex, sorted(papers), sorted((k, sorted(v)) for k, v in values.items())))
        self._hashes.append(int.from_bytes(blake2b(told.encode(), digest_size=8).digest()))

    def facts(self, progress: Progress = SILENT) -> Facts:
        """Everything that was added, which is then forgotten here."""
        tokens, places = self._tokens.settled(progress)
        words = np.asarray(self._words, np.int32)
        for start in range(0, len(words), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            words[some] = places[words[some]]
        texts = {name: self._columns.pop(name).texts(progress) for name in COLUMNS[self._kind]}
        return Facts(
            np.asarray(self._ids, np.int64),
            np.asarray(self._hashes, np.uint64),
            Words(tokens),
            np.asarray(self._names, np.int32),
            words.reshape(-1, WORDS),
            np.asarray(self._roles, np.int8).reshape(-1, WORDS),
            np.asarray(self._born, np.int32),
            np.asarray(self._sex, np.int8),
            texts,
            np.asarray(self._papers, np.int32).reshape(-1, VALUES, 2),
            *self._relations(),
        )

    def _relations(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8]]:
        wanted = {record_id for pair in self._related for record_id in pair[:2]}
        places = {record_id: place for place, record_id in enumerate(self._ids) if record_id in wanted}
        found: dict[int, int] = {}
        for one, other, kind in self._related:
            if one in places and other in places:
                low, high = sorted((places[one], places[other]))
                pair = low * len(self._ids) + high
                found[pair] = max(kind, found.get(pair, 0))
        pairs = sorted(found)
        return np.array(pairs, np.int64), np.array([found[pair] for pair in pairs], np.int8)

    def _name(self, name: Sequence[tuple[Token, int]]) -> str:
        self._names.append(len(self._ids))
        codes = [self._tokens.of(_kept(token)) for token, _role in name]
        self._words.extend(codes + [-1] * (WORDS - len(codes)))
        self._roles.extend([role for _token, role in name] + [0] * (WORDS - len(codes)))
        return " ".join(f"{token.text}{token.script}{role}" for token, role in name)


#: How the register may know two to be related; 0 = in any other way.
RELATIONS = {"sibling": 1, "parent": 2, "child": 2, "spouse": 3, "partner": 4}
#: Kinds of documents that are told apart; those that are issued anew again and again.
PAPERS = {"identity_card": 1, "consular_card": 2, "travel_document": 3, "passport": 4}
_SEX = {"male": 1, "female": 2, "other": 3}
#: Columns of texts, by kind.
COLUMNS = {
    PEOPLE: (
        *("phone", "email", "document", "street", "city", "postal_code", "region", "country", "birth_place"),
        *("occupation", "household"),
    ),
    "associations": (
        *("phone", "email", "street", "city", "postal_code", "region", "country", "acronym", "website", "document"),
    ),
}


def day(text: str) -> int:
    """A date, or what somebody wrote for one, as `Facts.born`."""
    found = _DAY.fullmatch(text.rstrip("~"))
    if found is None:
        return 0
    year, month, of_month = (int(part or 0) for part in found.groups())
    return year * 10_000 + month * 100 + of_month


def site(text: str) -> str:
    """A web address as it is compared: without its protocol, `www` and the last stroke."""
    return text.casefold().rpartition("://")[2].removeprefix("www.").rstrip("/")


def _names(kind: str, own: Row, rows: Rows) -> list[list[tuple[Token, int]]]:
    """What a record is called, each in words with what they are in it."""
    found = []
    roles: dict[Token, int] = {}
    if kind == PEOPLE:
        given = _tokens(own.get("given_name"), part=True)
        family = [t for column in ("family_name", "birth_name") for t in _tokens(own.get(column), part=True)]
        roles = dict.fromkeys(family, FAMILY) | dict.fromkeys(given, GIVEN)
        listed = [*given, *family, *_tokens(own.get("full_name"))]
        found.append([(t, roles.get(t, FREE)) for t in dict.fromkeys(listed)])
        others = [own.get("native_name")]
    else:
        called = [own.get("name"), own.get("native_name"), *(row.get("name") for row in rows.get("other_name", ()))]
        cities = [str(row["city"]) for row in rows.get("address", ()) if row.get("city")]
        return [[(t, FREE) for t in bodies.words(str(name), cities)[:WORDS]] for name in called if name]
    others += [row.get("name") for row in rows.get("other_name", ())]
    found += [_told_apart(_tokens(other), roles) for other in others if other]
    left_out = _not_names()
    known = [[word for word in name if word[0].text not in left_out][:WORDS] for name in found]
    return [_settled(name) for name in known if name]


def _told_apart(words: Iterable[Token], roles: Mapping[Token, int]) -> list[tuple[Token, int]]:
    """Words of another name of somebody whose parts are known: what has their consonants is the same part."""
    spoken = {token.skeletons[0]: role for token, role in roles.items()}
    found = [(word, spoken.get(word.skeletons[0], FREE)) for word in dict.fromkeys(words)]
    whole = {role for _word, role in found} >= {GIVEN, FAMILY}
    return found if whole else [(word, FREE) for word, _role in found]


@cache
def _not_names() -> frozenset[str]:
    """Words beside names that are nobody's name: titles, and what people write where they know none."""
    return frozenset(resources.path("matching", "not_names.txt").read_text(encoding="utf-8").split())


def _settled(name: list[tuple[Token, int]]) -> list[tuple[Token, int]]:
    """Where only the family's or only the given name is known, what else is in the full name is the other."""
    roles = {role for _token, role in name}
    if FREE in roles and len(roles) == 2:
        rest = FAMILY if GIVEN in roles else GIVEN
        return [(token, rest if role == FREE else role) for token, role in name]
    return name


@lru_cache(maxsize=20_000)
def _tokens(name: str | None, *, part: bool = False) -> tuple[Token, ...]:
    """The words of a name, parts apart and as one."""
    return tuple(
        token
        for parts in words_of(name or "", part=part)
        for token in ([*parts, joined(parts)] if len(parts) > 1 else parts)
    )


def _values(kind: str, own: Row, rows: Rows, raw: Mapping[str, str]) -> dict[str, list[str]]:
    addresses = rows.get("address", ())
    values = {
        "phone": [str(r.get("e164") or r.get("raw") or "") for r in rows.get("phone", ())],
        "email": [str(r.get("folded") or "") for r in rows.get("email", ())] + _raw(raw, "email"),
        "document": [bare(r.get("number")) for r in rows.get("document", ()) if r.get("number")],
        "street": [_street(r) for r in addresses],
        "city": [fold(str(r.get("city") or "")) for r in addresses],
        "postal_code": [bare(r.get("postal_code")) for r in addresses if r.get("postal_code")],
        "region": [fold(str(r.get("region") or "")) for r in addresses],
        "country": [str(r.get("country") or "") for r in addresses],
    }
    if kind == PEOPLE:
        values["birth_place"] = [fold(str(own.get("birth_place") or ""))]
        values["household"] = [fold(str(own.get("household") or ""))]
        jobs = [r.get("occupation_text") or r.get("occupation") for r in rows.get("job", ())]
        values["occupation"] = [fold(str(job)) for job in jobs if job] + _raw(raw, "occupation")
    else:
        values["acronym"] = bodies.acronyms(own)
        values["website"] = [site(str(own.get("website") or ""))]
        values["document"] = [bare(own.get("registration_number"))] if own.get("registration_number") else []
    return values


def _papers(rows: Rows) -> list[tuple[int, int]]:
    """Kind and day of issue of the documents, as `Facts.papers`, in the order of their numbers."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows.get("document", ()):
        if row.get("number"):
            paper = PAPERS.get(str(row.get("type")), 0), day(str(row.get("issued") or ""))
            found.setdefault(bare(row["number"]), paper)
    found.pop("", None)
    return list(found.values())[:VALUES]


def _street(row: Row) -> str:
    parts = [row.get("house_number"), row.get("street"), row.get("district")]
    return fold(" ".join(str(part) for part in parts if part) or str(row.get("raw") or ""))


def _raw(raw: Mapping[str, str], field: str) -> list[str]:
    return [text.casefold() for name, text in raw.items() if name.split(".")[0] == field]


def bare(text: object) -> str:
    """A number as it is compared: its letters, in capitals, and digits."""
    return "".join(c for c in str(text) if c.isalnum()).upper()
