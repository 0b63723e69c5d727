"""What records say that is compared beside their names, by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import NamedTuple, TypeVar

from db.batches import Batch, Part
from registry.fields import PEOPLE
from registry.matching import bodies
from registry.search.folding import fold

_Read = TypeVar("_Read")

#: Values looked at of a field that may have several.
VALUES = 3
#: Kinds of documents that are told apart; those that are issued anew again and again.
PAPERS = {"identity_card": 1, "consular_card": 2, "travel_document": 3, "passport": 4}
_SEX = {"male": 1, "female": 2, "other": 3}
#: Fields of which texts that could not be read are compared too.
_RAW = frozenset({"email", "occupation"})
_REGISTERED = "registration_number"
_STREET = ("house_number", "street", "district", "raw")
_DAY = re.compile(r"\D*(\d{4})(?:\D?(\d{2})(?:\D?(\d{2}))?)?\D*")


class Texts(NamedTuple):
    """What some records say in a field.

    Attributes:
        owners: by text the place of its record; ascending.
        texts: some of them empty.
    """

    owners: Sequence[int]
    texts: Sequence[str]

    def by_record(self) -> dict[int, list[str]]:
        """By place of the records that say anything, their texts."""
        found: dict[int, list[str]] = {}
        for owner, text in zip(self.owners, self.texts, strict=True):
            found.setdefault(owner, []).append(text)
        return found

    def and_these(self, others: Sequence[tuple[int, str]]) -> Texts:
        """With further texts behind those of their records."""
        both = sorted((*zip(self.owners, self.texts, strict=True), *others), key=itemgetter(0))
        return Texts([owner for owner, _text in both], [text for _owner, text in both])

    def told(self, count: int) -> list[str]:
        """By record, of so many, its texts in order, as one."""
        if len(set(self.owners)) < len(self.owners):
            return _in_place(((owner, repr(sorted(texts))) for owner, texts in self.by_record().items()), count)
        told = _each(lambda text: repr([text]), self.texts)
        return told if len(told) == count else _in_place(zip(self.owners, told, strict=True), count)


@dataclass(frozen=True)
class Said:
    """What records say.

    Attributes:
        born, sex: by record, as `Facts` has them.
        values: by field.
        papers: of those who have any, kind and day of issue as `Facts.papers`, in the order of their numbers.
    """

    born: list[int]
    sex: list[int]
    values: dict[str, Texts]
    papers: dict[int, list[tuple[int, int]]]

    @classmethod
    def of(cls, kind: str, batch: Batch) -> Said:
        """What the records of a batch say."""
        raw = _raw_texts(batch)
        born = [""] * len(batch.ids)
        sex = list(born)
        if kind == PEOPLE:
            (own,) = batch.of("person")
            born, sex = column_of(own, "birth_date"), column_of(own, "sex")
        for owner, texts in raw.items():
            born[owner] = born[owner] or texts.get("birth_date", "")
        values = _values(kind, batch)
        for name in _RAW.intersection(values) if raw else ():
            said = [(o, texts[f].casefold()) for o, texts in raw.items() for f in texts if f.split(".")[0] == name]
            values[name] = values[name].and_these(said)
        return cls(_each(day, born), _each(lambda text: _SEX.get(text, 0), sex), values, _papers(batch))

    def told(self, names: Sequence[Sequence[str]]) -> Iterator[str]:
        """All that each record says, as one text, for one that is called so."""
        fields = sorted(self.values)
        shape = "(%s, %d, %d, %s, [" + ", ".join(f"('{name}', %s)" for name in fields) + "])"
        columns = [self.values[name].told(len(names)) for name in fields]
        called = [repr(sorted(some)) for some in names]
        papers = _in_place(((owner, repr(sorted(some))) for owner, some in self.papers.items()), len(names))
        return map(shape.__mod__, zip(called, self.born, self.sex, papers, *columns, strict=True))


def column_of(part: Part, name: str) -> list[str]:
    """The texts of a column, "" for what is not said."""
    return ["" if text is None else str(text) for text in part.columns.get(name) or [None] * len(part.owners)]


def of_each(batch: Batch, table: str, read: Callable[[Part], Iterable[str | None]]) -> Texts:
    """What is read of the rows of a table; None is left out."""
    found = Texts((), ())
    for part in batch.of(table):
        texts = [*read(part)]
        there = [text is not None for text in texts]
        some = Texts([*compress(part.owners, there)], [text for text in texts if text is not None])
        found = found.and_these([*zip(*some, strict=True)]) if found.owners else some
    return found


def given(part: Part, name: str) -> list[str | None]:
    """The texts of a column, None for what is not said."""
    return [text or None for text in column_of(part, name)]


@lru_cache(maxsize=50_000)
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


def bare(text: object) -> str:
    """A number as it is compared: its letters, in capitals, and digits."""
    number = str(text)
    return (number if number.isalnum() else "".join(filter(str.isalnum, number))).upper()


def _each(read: Callable[[str], _Read], texts: Sequence[str]) -> list[_Read]:
    """What each text is read as, equal ones once."""
    known = {text: read(text) for text in set(texts)}
    return [*map(known.__getitem__, texts)]


def _raw_texts(batch: Batch) -> dict[int, dict[str, str]]:
    """By record the texts that could not be read, each by its field."""
    found: dict[int, dict[str, str]] = {}
    for part in batch.of("raw_value"):
        for owner, field, text in zip(part.owners, column_of(part, "field"), column_of(part, "text"), strict=True):
            found.setdefault(owner, {})[field] = text
    return found


def _values(kind: str, batch: Batch) -> dict[str, Texts]:
    values = {
        "phone": of_each(batch, "phone", _phones),
        "email": of_each(batch, "email", lambda part: column_of(part, "folded")),
        "document": of_each(batch, "document", lambda part: _each(_bare, column_of(part, "number"))),
        "street": of_each(batch, "address", _streets),
        "city": of_each(batch, "address", lambda part: _each(fold, column_of(part, "city"))),
        "postal_code": of_each(batch, "address", lambda part: _each(_bare, column_of(part, "postal_code"))),
        "region": of_each(batch, "address", lambda part: _each(fold, column_of(part, "region"))),
        "country": of_each(batch, "address", lambda part: column_of(part, "country")),
    }
    if kind == PEOPLE:
        (own,) = batch.of("person")
        for name in ("birth_place", "household"):
            values[name] = Texts(range(len(batch.ids)), _each(fold, column_of(own, name)))
        values["occupation"] = of_each(batch, "job", _jobs)
    else:
        (own,) = batch.of("association")
        names = zip(column_of(own, "name"), column_of(own, "acronym"), strict=True)
        short = [bodies.acronyms({"name": name, "acronym": acronym}) for name, acronym in names]
        values["acronym"] = Texts((), ()).and_these([(at, text) for at, some in enumerate(short) for text in some])
        values["website"] = Texts(range(len(short)), _each(site, column_of(own, "website")))
        values["document"] = of_each(batch, own.table, lambda part: _each(_bare, column_of(part, _REGISTERED)))
    return values


def _bare(text: str) -> str | None:
    return bare(text) if text else None


def _phones(part: Part) -> list[str]:
    return [number or text for number, text in zip(column_of(part, "e164"), column_of(part, "raw"), strict=True)]


def _streets(part: Part) -> list[str]:
    *parts, whole = (column_of(part, name) for name in _STREET)
    streets = (" ".join(filter(None, some)) for some in zip(*parts, strict=True))
    return _each(fold, [street or text for street, text in zip(streets, whole, strict=True)])


def _jobs(part: Part) -> list[str | None]:
    written, coded = column_of(part, "occupation_text"), column_of(part, "occupation")
    return [fold(text or code) if text or code else None for text, code in zip(written, coded, strict=True)]


def _papers(batch: Batch) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for part in batch.of("document"):
        numbers, kinds, issued = (column_of(part, name) for name in ("number", "type", "issued"))
        for owner, number, kind, on in zip(part.owners, map(bare, numbers), kinds, _each(day, issued), strict=True):
            if number:
                found.setdefault(owner, {}).setdefault(number, (PAPERS.get(kind, 0), on))
    return {owner: list(papers.values())[:VALUES] for owner, papers in found.items()}


def _in_place(told: Iterable[tuple[int, str]], count: int) -> list[str]:
    """Texts at the places of their records, of so many; those of the others say nothing."""
    found = ["[]"] * count
    for owner, text in told:
        found[owner] = text
    return found
