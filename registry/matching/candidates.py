"""With whom of the register new records are compared: those that share the most, and the rarest, of what is indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from sqlalchemy import Column, Connection, select

from db import index, names
from db.models import address, association, document, email, person, phone
from db.records import among, listed, slices
from registry.fields import PEOPLE
from registry.i18n import _
from registry.matching import bodies
from registry.matching.compare import FEW
from registry.matching.facts import Facts, Rows
from registry.matching.nicknames import formal
from registry.matching.said import bare, day, site
from registry.progress import Progress
from registry.search.folding import fold
from registry.search.lexicon import Lexicon, lexicon_of
from registry.search.readings import Token, words_of

Ids: TypeAlias = npt.NDArray[np.int64]
Says: TypeAlias = npt.NDArray[np.floating]
#: Who shares something with a new record, and how much that says (nats), the least first: the last counts.
Vote: TypeAlias = list[tuple[Ids, float]]

#: Records that are compared with a new one, and those of which the address is asked if more share as much.
_MOST, _NAMESAKES = 20, 200
#: Who shares less than this part of what would single somebody out is not looked at.
_LEAST = 0.8
#: What it says (nats) against two that no slip explains their days of birth, or their names (of 100 as much alike).
_ANOTHER_DAY, _ANOTHER_NAME, _LEAST_ALIKE = 3.0, 3.0, 45
#: What it says (nats) to live in one town, or at one postal code.
_TOWN, _POSTAL_CODE = 2.5, 4.0
#: For so few new records words are looked for that are spelt alike: so many, from these log-odds on.
_SINGLE, _CLOSE, _ALIKE = 5, 60, -2.5
#: New records that are looked up together.
_TOGETHER = 200


class Register:
    """The register of one kind, by what new records may share with it."""

    def __init__(self, connection: Connection, kind: str, held: int) -> None:
        """`held`: about how many records there are."""
        self._connection, self._kind, self._held = connection, kind, max(held, 2)
        self._least = _LEAST * np.log(self._held)
        self._years: dict[int, Ids] = {}
        self._born_on: dict[int, Ids] = {}
        self._people: dict[int, tuple[int, str]] = {}
        self._places: dict[int, set[tuple[float, str]]] = {}
        #: What part of the register has a word, a text and its script together.
        self.common: dict[tuple[str, str], float] = {}

    def like(self, new: Sequence[tuple[int, Rows]], fresh: Facts, progress: Progress) -> Iterator[Ids]:
        """For each new record, of which `fresh` has the facts, whom to compare it with, ascending."""
        first = np.searchsorted(fresh.names, np.arange(len(fresh) + 1))
        for start in range(0, len(new), _TOGETHER):
            progress.step(start, len(new), _("Comparing with the register"))
            some = new[start : start + _TOGETHER]
            end = start + len(some)
            words = self._words(fresh, fresh.words[first[start] : first[end]], closely=len(new) <= _SINGLE)
            values = self._values([rows for _new, rows in some])
            if self._kind == PEOPLE:
                self._read_days(fresh.born[start:end].tolist())
            sharing = []
            for place, (_new, rows) in enumerate(some, start):
                tokens = fresh.words[first[place] : first[place + 1]].ravel().tolist()
                votes = [words[token] for token in _apart(fresh.tokens, tokens)]
                votes += values(rows)
                votes.append(self._of_birth(int(fresh.born[place])))
                sharing.append(self._sharing(votes))
            self._read_people([ids for ids, _says in sharing])
            for place, (_new, rows), (ids, says) in zip(range(start, end), some, sharing, strict=True):
                yield self._chosen(ids, says, int(fresh.born[place]), rows)

    @cached_property
    def _own(self) -> npt.NDArray[np.bool_] | None:
        """By id whether it is an association's; of people nobody asks, for nearly all are."""
        if self._kind == PEOPLE:
            return None
        ids = np.asarray(listed(self._connection, select(association.c.id)))
        own = np.zeros(int(ids.max(initial=0)) + 1, bool)
        own[ids] = True
        return own

    def _of_kind(self, ids: Ids) -> Ids:
        if self._own is None:
            return ids
        ids = ids[ids < len(self._own)]
        return ids[self._own[ids]]

    def _worth(self, having: int) -> float:
        """What it says (nats) to share what so many have."""
        return float(np.log(self._held / max(1, min(having, self._held))))

    def _sharing(self, votes: Sequence[Vote]) -> tuple[Ids, Says]:
        """Who has the most of this, ascending, and how much that says (nats)."""
        last = max((int(ids.max()) for vote in votes for ids, _says in vote if len(ids)), default=-1)
        total, counted = np.zeros((2, last + 1), np.float32)
        for vote in votes:
            for ids, worth in vote:
                # Whoever stands there twice is added to once.
                total[ids] += worth - counted[ids]
                counted[ids] = worth
            for ids, _says in vote:
                counted[ids] = 0
        found = _highest(np.flatnonzero(total >= self._least), total, _NAMESAKES)
        return found, total[found]

    def _chosen(self, ids: Ids, says: Says, born: int, rows: Rows) -> Ids:
        """The best of them, by what else tells them apart: the day of birth, the whole name, then the address."""
        if self._kind == PEOPLE:
            people = [self._people.get(n, _UNKNOWN) for n in ids.tolist()]
            says = says - _ANOTHER_DAY * _born_apart(born, np.array([one[0] for one in people], np.int64))
            mine = _folded(str(rows["person"][0].get("full_name") or ""))
            says = says - _ANOTHER_NAME * (_likeness(mine, [one[1] for one in people]) < _LEAST_ALIKE)
        ids, says = ids[says >= self._least], says[says >= self._least]
        if len(ids) <= _MOST:
            return ids
        kept = np.argsort(-says - self._nearness(ids, rows), kind="stable")[:_MOST]
        return np.sort(ids[kept])

    def _words(self, fresh: Facts, words: npt.NDArray[np.int32], *, closely: bool) -> dict[int, Vote]:
        """By place in the tokens who has the word, or one with its consonants, or one that is spelt alike."""
        lexicon = lexicon_of(self._connection)
        tokens = {place: fresh.tokens[place] for place in np.unique(words[words >= 0]).tolist()}
        alike = dict(zip(tokens, _alike(lexicon, list(tokens.values()), closely=closely), strict=True))
        exact = names.ids_of(self._connection, [(token.text, token.script) for token in tokens.values()])
        having = names.records_of(self._connection, {*exact.values()}.union(*alike.values()))
        having = {word: self._of_kind(ids) for word, ids in having.items()}
        found: dict[int, Vote] = {}
        for place, token in tokens.items():
            key = (token.text, token.script)
            same = having.get(exact.get(key, 0), _NOBODY)
            self.common[key] = max(1, len(same)) / max(self._held, FEW)
            others = [having[word] for word in alike[place] if word in having]
            vote = [np.concatenate(others), same] if others else [same]
            found[place] = [(ids, self._worth(len(ids))) for ids in vote if len(ids)]
        return found

    def _of_birth(self, born: int) -> Vote:
        """Who was born in the year, on the day with day and month in each other's place, and on the day."""
        if not born or self._kind != PEOPLE:
            return []
        having = [self._born_in(born // 10_000), *(self._born_on.get(day, _NOBODY) for day in _days(born))]
        return [(ids, self._worth(len(ids))) for ids in having if len(ids)]

    def _born_in(self, year: int) -> Ids:
        if year not in self._years:
            within = person.c.birth_date.between(f"{year:04}", f"{year:04}~")
            self._years[year] = np.asarray(listed(self._connection, select(person.c.id).where(within)), np.int64)
        return self._years[year]

    def _read_days(self, born: Iterable[int]) -> None:
        """Note who was born on these days, or with day and month in each other's place."""
        wanted = {day for one in born for day in _days(one)} - self._born_on.keys()
        found: dict[int, list[int]] = {}
        for some in slices(sorted(wanted)):
            texts = {f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}": day for day in some}
            chosen = select(person.c.birth_date, person.c.id).where(person.c.birth_date.in_(texts))
            for text, owner in self._connection.execute(chosen):
                found.setdefault(texts[text], []).append(owner)
        self._born_on |= {day: np.array(sorted(ids), np.int64) for day, ids in found.items()}

    def _read_people(self, sharing: Sequence[Ids]) -> None:
        """Note when these people were born, and what they are called."""
        unread = {n for ids in sharing for n in ids.tolist()} - self._people.keys() if self._kind == PEOPLE else ()
        columns = (person.c.id, person.c.birth_date, person.c.full_name)
        for some in slices(sorted(unread)):
            for n, born, name in self._connection.execute(select(*columns).where(among(person.c.id, some))):
                self._people[n] = (day(born or ""), _folded(name))

    def _values(self, new: Sequence[Rows]) -> Callable[[Rows], list[Vote]]:
        """Who has a number or an address of the net of a new record, for any of `new`."""
        wanted: dict[str, set[str]] = {}
        for rows in new:
            for source, value in _said(rows):
                wanted.setdefault(source, set()).add(value)
        owners: dict[tuple[str, str], list[int]] = {}
        for source, values in wanted.items():
            for value, owner in self._owners(source, sorted(values)):
                owners.setdefault((source, value), []).append(owner)

        def votes(rows: Rows) -> list[Vote]:
            ids = (np.unique(np.array(owners.get(said, ()), np.int64)) for said in _said(rows))
            return [[(some, self._worth(len(some)))] for some in ids if len(some)]

        return votes

    def _owners(self, source: str, values: Sequence[str]) -> Iterator[tuple[str, int]]:
        if source in _COLUMNS:
            column, owner = _COLUMNS[source]
            for some in slices(values):
                for row in self._connection.execute(select(column, owner).where(column.in_(some))):
                    yield row[0], row[1]
            return
        for value in values:
            query = index.query_for(fold(value).split(), phrase=True, within=source)
            yield from ((value, found) for found in listed(self._connection, index.FOUND, {"fts": query}))

    def _nearness(self, ids: Ids, rows: Rows) -> npt.NDArray[np.float64]:
        """How much the addresses of some records say for the new one (nats)."""
        mine = set(_places(rows.get("address", ())))
        if not mine:
            return np.zeros(len(ids))
        unread = [n for n in ids.tolist() if n not in self._places]
        self._places |= {n: set() for n in unread}
        columns = (address.c.record_id, address.c.city, address.c.postal_code)
        for n, city, code in self._connection.execute(select(*columns).where(among(address.c.record_id, unread))):
            self._places[n].update(_places([{"city": city, "postal_code": code}]))
        return np.array([sum(worth for worth, _place in mine & self._places[n]) for n in ids.tolist()])


def common_words(connection: Connection, tokens: Sequence[Token], held: int) -> dict[tuple[str, str], float]:
    """What part of the register, of `held` records, has each word, by text and script."""
    ids = names.ids_of(connection, [(token.text, token.script) for token in tokens])
    having = names.records_of(connection, ids.values())
    return {key: max(1, len(having.get(word, ()))) / max(held, FEW) for key, word in ids.items()}


_UNKNOWN = (0, "")
_NOBODY: Ids = np.zeros(0, np.int64)
#: Indexed columns, and whose they are.
_COLUMNS: Mapping[str, tuple[Column[str], Column[int]]] = {
    "phone": (phone.c.e164, phone.c.record_id),
    "email": (email.c.folded, email.c.record_id),
    "document": (document.c.number, document.c.record_id),
}


def _said(rows: Rows) -> Iterator[tuple[str, str]]:
    """The numbers and addresses of the net of a record, and where to look for each: a column, or part of the index."""
    yield from (("phone", str(row["e164"])) for row in rows.get("phone", ()) if row.get("e164"))
    yield from (("email", str(row["folded"])) for row in rows.get("email", ()) if row.get("folded"))
    for row in rows.get("document", ()):
        if number := str(row.get("number") or ""):
            yield from (("document", text) for text in sorted({number, bare(number)}))
    for own in rows.get("association", ()):
        if text := site(str(own.get("website") or "")):
            yield "contact", text
        yield from (("name", short) for short in bodies.acronyms(own))
        if text := str(own.get("registration_number") or ""):
            yield "other", text


def _places(rows: Iterable[Mapping[str, object]]) -> Iterator[tuple[float, str]]:
    """What an address says, as it is compared, and how much that is (nats)."""
    for row in rows:
        if city := fold(str(row.get("city") or "")):
            yield _TOWN, city
        if code := bare(row.get("postal_code") or ""):
            yield _POSTAL_CODE, code


def _apart(tokens: Sequence[Token], places: Iterable[int]) -> list[int]:
    """The words of a record, one of those that have the same consonants: a name in two scripts is one name."""
    first: dict[str, int] = {}
    for place in places:
        if place >= 0:
            first.setdefault(tokens[place].skeletons[0], place)
    return list(first.values())


def _days(born: int) -> list[int]:
    """The day with day and month in each other's place, if there is one, and the day; none if it is not known."""
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    turned = [year * 10_000 + day * 100 + month] if 0 < day <= 12 and day != month else []
    return [*turned, born] if day else []


def _alike(lexicon: Lexicon, tokens: Sequence[Token], *, closely: bool) -> Iterator[set[int]]:
    """Words of the register with the consonants of each word, or of a name for which it may stand."""
    meant = [[token, *_meant(token)] for token in tokens]
    having = iter(lexicon.with_consonants_of([one for some in meant for one in some]))
    for token, some in zip(tokens, meant, strict=True):
        found = {word for _each in some for word in next(having)}
        if closely and len(token.text) > 1:
            close = lexicon.close_to(token, _CLOSE)
            found.update(close.ids[close.odds >= _ALIKE].tolist())
        yield found


def _meant(token: Token) -> list[Token]:
    return [word[0] for name in sorted(formal(token.text)) for word in words_of(name, part=True)]


def _highest(ids: Ids, says: Says, most: int) -> Ids:
    """Those of which most is said, ascending; `says` by id."""
    return ids if len(ids) <= most else np.sort(ids[np.argsort(-says[ids], kind="stable")[:most]])


def _likeness(name: str, others: Sequence[str]) -> Says:
    """How much whole names are alike, of 100; all, if there is none to compare."""
    if not name or not others:
        return np.full(len(others), 100.0)
    found: Says = process.cdist([name], others, scorer=fuzz.token_sort_ratio, dtype=np.float32)[0]
    return found


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    return fold(name)


def _born_apart(born: int, births: Ids) -> npt.NDArray[np.bool_]:
    """Whether no slip of the pen makes one day of birth of the other, both known to the day."""
    if not born % 100:
        return np.zeros(len(births), bool)
    digits = sum((births // 10**k % 10 != born // 10**k % 10).astype(int) for k in range(8))
    other = (births // 10_000 != born // 10_000) & (births % 10_000 != born % 10_000)
    found: npt.NDArray[np.bool_] = (births % 100 > 0) & other & (digits > 2)
    return found
