"""All records of a kind compared with each other: which are one, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from sqlalchemy import Connection

from registry.i18n import _
from registry.matching import answered, cluster, keys, model
from registry.matching.compare import Comparing, Floats, Levels, Places
from registry.matching.facts import Facts, mixed
from registry.matching.model import Model
from registry.matching.reading import facts_of_all
from registry.progress import Progress

#: Pairs compared at a time, and pairs from which the weights are learned.
_BATCH, _SAMPLE = 25_000, 120_000
#: Pairs that are less likely one are forgotten (log-odds of 10 %).
LEAST = float(np.log(0.1 / 0.9))


@dataclass(frozen=True)
class Found:
    """Pairs that may be one, by place in the facts.

    Attributes:
        weights: log-odds, beside the pairs.
        levels, says: by pair and field how alike they are, and how much that says (nats).
        heads: by record the place of the first member of its group.
    """

    facts: Facts
    model: Model
    first: Places
    second: Places
    weights: Floats
    levels: Levels
    says: Floats
    heads: Places

    @property
    def grouped(self) -> Places:
        """By pair the place of the first member of the group that both are in; -1 if they are in none."""
        heads = self.heads[self.first]
        grouped: Places = np.where(heads == self.heads[self.second], heads, -1)
        return grouped


def find(connection: Connection, kind: str, said: Mapping[tuple[int, int], str], progress: Progress) -> Found:
    """Compare everybody with everybody who shares a key; `said` as of `running.standing`."""
    judge = partial(answered.judged, connection, kind)
    return find_among(facts_of_all(connection, kind, progress), said, progress, judge)


def find_among(
    facts: Facts,
    said: Mapping[tuple[int, int], str],
    progress: Progress,
    judge: Callable[[Model], Model] = lambda learned: learned,
) -> Found:
    """The same for facts that are read already; the result does not depend on the order of the records."""
    progress.step(0, 0, _("Looking for records to compare"))
    apart = _apart(facts, said)
    comparing = Comparing(facts, progress=progress)
    learned = None
    kept: list[tuple[keys.Pairs, Floats]] = []
    for pairs in keys.pairs_of(facts, progress):
        pairs = np.setdiff1d(pairs, apart, assume_unique=True)
        learned = learned or judge(_learned(comparing, pairs, progress))
        kept.append(_likely(comparing, learned, pairs, progress))
    assert learned is not None  # there is at least one part
    pairs, weights = (np.concatenate(some) for some in zip(*kept, strict=True))
    first, second = pairs // max(1, len(facts)), pairs % max(1, len(facts))
    progress.step(0, 0, _("Putting together what is one"))

    def weigh(one: Places, other: Places) -> Floats:
        return np.where(
            np.isin(one * len(facts) + other, apart), cluster.NEVER, _weights(comparing, learned, one, other)
        )

    heads = cluster.clusters(len(facts), first, second, weights, weigh, progress)
    first, second = with_groups(len(facts), first, second, heads)
    levels, shares = _compared(comparing, first, second, progress)
    weights = learned.weights(levels, shares)
    return Found(facts, learned, first, second, weights, levels, learned.evidence(levels, shares), heads)


def _apart(facts: Facts, said: Mapping[tuple[int, int], str]) -> keys.Pairs:
    """Pairs of which it was said that they are not the same, if there is nothing new."""
    found = []
    for (one, other), basis in said.items():
        places = np.searchsorted(facts.ids, (one, other))
        if max(places) < len(facts) and tuple(facts.ids[places].tolist()) == (one, other):
            now = mixed(facts.hashes[places[:1]], facts.hashes[places[1:]])
            if f"{int(now[0]):016x}" == basis:
                found.append(int(places[0]) * len(facts) + int(places[1]))
    return np.array(sorted(found), np.int64)


def _learned(comparing: Comparing, pairs: keys.Pairs, progress: Progress) -> Model:
    """The weights, from a part of the pairs that does not depend on the order of the records."""
    count = len(comparing.facts)
    hashes = comparing.facts.hashes
    every = max(1, len(pairs) // _SAMPLE)
    chosen = [
        some[mixed(hashes[some // count], hashes[some % count]) % np.uint64(every) == 0]
        for some in (pairs[start : start + 1_000_000] for start in range(0, len(pairs), 1_000_000))
    ]
    sample = np.concatenate(chosen) if chosen else pairs
    first, second = sample // max(count, 1), sample % max(count, 1)
    order = np.argsort(mixed(hashes[first], hashes[second]), kind="stable")
    levels, shares = _compared(comparing, first[order], second[order], progress)
    scale = keys.parts_of(comparing.facts) * len(pairs) / max(1, len(sample))
    return model.learn(comparing, levels, shares, scale, progress)


def _likely(comparing: Comparing, learned: Model, pairs: keys.Pairs, progress: Progress) -> tuple[keys.Pairs, Floats]:
    """The pairs that may be one."""
    count = max(1, len(comparing.facts))
    message = _("Comparing records")
    kept, weights = [np.zeros(0, np.int64)], [np.zeros(0)]
    for start in range(0, len(pairs), _BATCH):
        progress.step(start, len(pairs), message)
        some = pairs[start : start + _BATCH]
        found = _weights(comparing, learned, some // count, some % count)
        kept.append(some[found >= LEAST])
        weights.append(found[found >= LEAST])
    return np.concatenate(kept), np.concatenate(weights)


def _compared(comparing: Comparing, first: Places, second: Places, progress: Progress) -> tuple[Levels, Floats]:
    """As `Comparing.compare`, for any number of pairs."""
    levels = np.empty((len(first), len(comparing.fields)), np.int8)
    shares = np.empty(levels.shape)
    for start in range(0, len(first), _BATCH):
        progress.step(start, len(first), _("Comparing records"))
        some = slice(start, start + _BATCH)
        levels[some], shares[some] = comparing.compare(first[some], second[some])
    return levels, shares


def _weights(comparing: Comparing, learned: Model, first: Places, second: Places) -> Floats:
    return learned.weights(*comparing.compare(first, second))


def with_groups(count: int, first: Places, second: Places, heads: Places) -> tuple[Places, Places]:
    """With the pairs that close a group, however little likely they are by themselves."""
    found = [first * count + second]
    sizes = np.bincount(heads, minlength=count)
    order = np.argsort(heads, kind="stable")  # stable: the smaller place stands first
    ends = np.cumsum(sizes)
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = order[ends[sizes == size][:, None] - np.arange(size, 0, -1)]
        one, other = np.triu_indices(size, 1)
        found.append((members[:, one] * count + members[:, other]).ravel())
    pairs = np.unique(np.concatenate(found))
    return pairs // max(count, 1), pairs % max(count, 1)
