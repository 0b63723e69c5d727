"""A few new records against the whole register: by the indexes that are there, without reading everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Column, Connection, func, select

from db import names
from db.models import association, document, email, person, phone
from db.records import slices
from registry.fields import PEOPLE
from registry.matching import evidence, finding, keys, model, running
from registry.matching.compare import Comparing, Floats, Levels, Places
from registry.matching.facts import Collector, Facts, Rows, mixed
from registry.matching.finding import LEAST
from registry.matching.model import Model
from registry.matching.nicknames import formal
from registry.matching.reading import add_all, facts_of
from registry.progress import SILENT, Progress
from registry.search.lexicon import Lexicon, lexicon_of
from registry.search.readings import Token, words_of

#: Records that share two words of a name, or a word and the day of birth, with a new one; more say too little.
_MOST = 20
#: So many new records are compared as all are, if the register holds no more than they are.
_MANY = 300


@dataclass(frozen=True)
class Pair:
    """Two that may be one, new ones by their negative ids; the smaller id stands first."""

    one: int
    other: int
    likelihood: int
    evidence: str
    basis: str


def pairs_with(
    connection: Connection, kind: str, new: Sequence[tuple[int, Rows]], progress: Progress = SILENT
) -> list[Pair]:
    """Pairs of the new records (negative id and rows) with the register's, and with each other."""
    own = person if kind == PEOPLE else association
    held = int(connection.execute(select(func.count()).select_from(own)).scalar_one())
    # The facts of a record stand by its id: those of the last rows first.
    new = sorted(new, key=lambda one: one[0])
    collector = _collected(kind, new)
    if len(new) >= _MANY and held <= len(new):
        add_all(connection, kind, collector, progress)
        found = finding.find_among(collector.facts(), {}, progress)
        return _concerned(_pairs(found.facts, found.model, found.first, found.second, found.weights, found.levels))
    candidates = _candidates(connection, kind, collector.facts())
    collector = _collected(kind, new)
    facts_of(connection, kind, sorted(candidates), collector)
    facts = collector.facts()
    return list(_found(facts, Comparing(facts), running.learned(connection, kind), held + len(new)))


def _collected(kind: str, new: Sequence[tuple[int, Rows]]) -> Collector:
    collector = Collector(kind)
    for record_id, rows in new:
        collector.add(record_id, rows)
    return collector


def _concerned(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair.one < 0]


def _found(facts: Facts, comparing: Comparing, learned: Model | None, total: int) -> Iterable[Pair]:
    count = max(1, len(facts))
    pairs = np.concatenate(list(keys.pairs_of(facts)))
    first, second = pairs // count, pairs % count
    concerned = (facts.ids[first] < 0) | (facts.ids[second] < 0)
    first, second = first[concerned], second[concerned]
    levels, shares = comparing.compare(first, second)
    # How common something is among those that were picked out says nothing of the register.
    used = learned or model.expected(comparing.fields, total)
    weights = used.weights(levels, np.zeros_like(shares))
    kept = np.flatnonzero(weights >= LEAST)
    return _pairs(facts, used, first[kept], second[kept], weights[kept], levels[kept])


def _pairs(facts: Facts, used: Model, first: Places, second: Places, weights: Floats, levels: Levels) -> Iterable[Pair]:
    says = used.evidence(levels, np.zeros(levels.shape))
    bases = mixed(facts.hashes[first], facts.hashes[second]).tolist()
    for n, (one, other) in enumerate(zip(facts.ids[first].tolist(), facts.ids[second].tolist(), strict=True)):
        codes = evidence.packed(used.fields, levels[n], says[n])
        yield Pair(min(one, other), max(one, other), running.per_myriad(weights[n]), codes, f"{bases[n]:016x}")


def _candidates(connection: Connection, kind: str, fresh: Facts) -> set[int]:
    """Records that share a number, an address of the net, the day of birth, or two words of a name with a new one."""
    owners: list[tuple[Column[str], Column[int], str]] = [
        (phone.c.e164, phone.c.record_id, "phone"),
        (email.c.folded, email.c.record_id, "email"),
    ]
    if kind == PEOPLE:
        owners.append((document.c.number, document.c.record_id, "document"))
    found: set[int] = set()
    for column, owner, name in owners:
        for some in slices(fresh.texts[name].texts):
            found.update(connection.execute(select(owner).where(column.in_(some))).scalars())
    found |= _named(connection, fresh)
    if kind == PEOPLE:
        found |= _born(connection, fresh)
    return found


def _born(connection: Connection, fresh: Facts) -> set[int]:
    """Records of the same day of birth, or of that day with day and month in each other's place."""
    days = {day for day in fresh.born.tolist() if day % 100}
    turned = {day // 10_000 * 10_000 + day % 100 * 100 + day // 100 % 100 for day in days if day % 100 <= 12}
    texts = sorted(f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}" for day in days | turned)
    found: set[int] = set()
    for some in slices(texts):
        found.update(connection.execute(select(person.c.id).where(person.c.birth_date.in_(some))).scalars())
    return found


def _named(connection: Connection, fresh: Facts) -> set[int]:
    """Records with two words of a name, each written in any way."""
    lexicon = lexicon_of(connection)
    alike = [_alike(lexicon, token) for token in fresh.tokens]
    having = names.records_of(connection, sorted({word for words in alike for word in words}))
    nobody = np.zeros(0, np.int64)
    holders = [np.unique(np.concatenate([having[w] for w in words if w in having] or [nobody])) for words in alike]
    found: set[int] = set()
    for words in fresh.words.tolist():
        listed = sorted({word for word in words if word >= 0}, key=lambda word: len(holders[word]))
        for n, one in enumerate(listed):
            for other in listed[n + 1 :]:
                both = np.intersect1d(holders[one], holders[other], assume_unique=True)
                if len(both) <= _MOST:
                    found.update(both.tolist())
        if len(listed) == 1 and len(holders[listed[0]]) <= _MOST:
            found.update(holders[listed[0]].tolist())
    return found


def _alike(lexicon: Lexicon, token: Token) -> set[int]:
    """Words of the register with the consonants of a word, or of a name for which it may stand."""
    others = [word[0] for name in sorted(formal(token.text)) for word in words_of(name, part=True)]
    return {word for one in (token, *others) for word in lexicon.with_consonants_of(one)}
