"""How much each likeness says, learned from the records themselves, without anybody's labels (Fellegi and Sunter).

Two records are one and the same, or two of several kinds: strangers, of one household, twins, or namesakes at one
address, as father and son. Without these kinds whoever shares a telephone and a surname would be taken for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from registry.matching.compare import CLOSE, DIFFERENT, LEVELS, MISSING, REMOTE, SAME, Comparing, Floats, Levels
from registry.matching.facts import Hashes

#: What is expected of one and the same person before anything is known: different, far, remote, close, same.
_EXPECTED: Mapping[str, tuple[float, float, float, float, float]] = {
    "given": (0.04, 0.02, 0.04, 0.12, 0.78),
    "family": (0.04, 0.02, 0.04, 0.10, 0.80),
    "others": (0.20, 0.0, 0.0, 0.0, 0.80),
    "born": (0.02, 0.02, 0.03, 0.05, 0.88),
    "sex": (0.02, 0.0, 0.0, 0.0, 0.98),
    "phone": (0.35, 0.0, 0.0, 0.05, 0.60),
    "email": (0.25, 0.02, 0.03, 0.10, 0.60),
    "document": (0.40, 0.01, 0.01, 0.04, 0.54),
    "street": (0.30, 0.02, 0.03, 0.10, 0.55),
    "city": (0.25, 0.01, 0.02, 0.07, 0.65),
    "postal_code": (0.25, 0.02, 0.03, 0.10, 0.60),
    "region": (0.20, 0.01, 0.02, 0.07, 0.70),
    "birth_place": (0.10, 0.01, 0.02, 0.07, 0.80),
    "occupation": (0.30, 0.02, 0.03, 0.05, 0.60),
    "acronym": (0.10, 0.01, 0.02, 0.07, 0.80),
    "website": (0.15, 0.01, 0.02, 0.07, 0.75),
}
_MOST_DIFFERENT = {"given": 0.10, "family": 0.15, "born": 0.08, "sex": 0.03, "birth_place": 0.15}
#: How many pairs what is expected counts as.
_WEIGHT = 40.0
#: What relatives who live together share, and what a twin and a namesake share besides.
_HOME = ("family", "phone", "street", "city", "postal_code", "region")
_TWIN = (*_HOME, "born", "birth_place")
_NAMESAKE = (*_HOME, "given", "others", "sex")
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("strangers", ()),
    ("household", _HOME),
    ("twins", _TWIN),
    ("namesakes", _NAMESAKE),
)
#: A name that two children of one family have.
_SIBLINGS_NAMESAKES = 0.003
_ROUNDS = 10
_LEAST = 1e-5
#: A shared value is never rarer than this: lists hold slips.
_RAREST = 2e-7


@dataclass
class Model:
    """What likenesses say.

    Attributes:
        fields: in the order of the levels.
        same: chance of each level of each field for one person's two records.
        other: the same for two strangers.
        chances: of one person, and of each of `KINDS`, for two records taken blindly.
    """

    fields: Sequence[str]
    same: Floats
    other: Floats
    chances: Floats

    def weights(self, levels: Levels, shares: Floats) -> Floats:
        """Log-odds that two records are one person's, against all kinds of others."""
        logs = self._logs(levels, shares)
        others = np.logaddexp.reduce(logs[:, 1:], axis=1)
        found: Floats = logs[:, 0] - others
        return found

    def evidence(self, levels: Levels, shares: Floats) -> Floats:
        """By pair and field how much it says for one person (nats), against strangers."""
        same, other = self._likelihoods(levels, shares)
        found: Floats = same - other
        return found

    def _likelihoods(self, levels: Levels, shares: Floats) -> tuple[Floats, Floats]:
        places = np.arange(len(self.fields))
        known = levels != MISSING
        if "order" in self.fields:
            known[:, list(self.fields).index("order")] = False
        at = np.where(known, levels, 0)
        same = np.where(known, np.log(self.same[places, at]), 0)
        other = np.log(self.other[places, at])
        rare = (levels == SAME) & (shares > 0)
        other = np.where(rare, np.log(np.maximum(shares, _RAREST)), other)
        return same, np.where(known, other, 0)

    def _logs(self, levels: Levels, shares: Floats) -> Floats:
        """Log-likelihood and chance of one person, and of each kind of others; shape (pairs, 1 + kinds)."""
        same, other = self._likelihoods(levels, shares)
        turned = levels[:, list(self.fields).index("order")] == DIFFERENT
        columns = [same.sum(1) - 1.5 * turned]
        for kind, shared in KINDS:
            alike = np.isin(self.fields, shared)
            found = np.where(alike, same, other)
            if "given" in self.fields and kind in ("household", "twins"):
                given = list(self.fields).index("given")
                agreeing = levels[:, given] == SAME
                found[:, given] = np.where(agreeing, np.minimum(found[:, given], np.log(_SIBLINGS_NAMESAKES)), found[:, given])
            if "born" in self.fields and kind == "namesakes":
                born = list(self.fields).index("born")
                agreeing = levels[:, born] >= CLOSE
                found[:, born] = np.where(agreeing, np.log(1e-4), found[:, born])
            columns.append(found.sum(1))
        logs: Floats = np.stack(columns, axis=1) + np.log(self.chances)
        return logs


def learn(comparing: Comparing, levels: Levels, shares: Floats, scale: float) -> Model:
    """The model of these candidates.

    Args:
        levels, shares: of candidates, of which each stands for `scale`.
    """
    fields = comparing.fields
    other = _of_strangers(comparing)
    expected = np.array([_EXPECTED.get(name, (0.1, 0.0, 0.0, 0.0, 0.9)) for name in fields]) + _LEAST
    expected /= expected.sum(1, keepdims=True)
    count = len(comparing.facts)
    total = max(1.0, count * (count - 1) / 2)
    chances = np.array([0.1 * count, total, 0.3 * count, 0.003 * count, 0.01 * count]) / total
    model = Model(fields, expected, other, chances / chances.sum())
    for _round in range(_ROUNDS):
        logs = model._logs(levels, shares)
        posterior = np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None])
        sums = posterior.sum(0) * scale
        prior = np.array([0.02 * count, 0, 0.02 * count, 0.0005 * count, 0.002 * count])
        mass = sums + prior
        mass[1] = max(total - mass[0] - mass[2:].sum(), total / 2)
        same = np.stack([_counted(levels[:, n], posterior[:, 0] * scale) for n in range(len(fields))])
        same = same + expected * _WEIGHT
        model = Model(fields, _bounded(fields, same / same.sum(1, keepdims=True)), other, mass / mass.sum())
    return model


def _bounded(fields: Sequence[str], same: Floats) -> Floats:
    """One person's two records differ only so often: else whoever lives together would be taken for one."""
    for place, name in enumerate(fields):
        most = _MOST_DIFFERENT.get(name, 1.0)
        if same[place, DIFFERENT] > most:
            same[place, 1:] *= (1 - most) / same[place, 1:].sum()
            same[place, DIFFERENT] = most
    return same


def _counted(levels: Levels, weights: Floats) -> Floats:
    known = levels != MISSING
    found: Floats = np.bincount(levels[known], weights[known], LEVELS)
    return found


def _of_strangers(comparing: Comparing) -> Floats:
    """How often two records that were taken blindly are alike, by field and level."""
    order = np.lexsort((comparing.facts.ids, comparing.facts.hashes))
    count = len(order)
    steps = [s for s in (1, 7, 31, 127, 511, 2_047, 8_191, 32_771) if s < count][:8] or [1]
    each = max(1, 200_000 // len(steps))
    found = np.full((len(comparing.fields), LEVELS), 0.0)
    for step in steps:
        places = np.arange(min(count - 1, each)) * max(1, count // max(1, min(count - 1, each))) % count if count > 1 else np.zeros(0, int)
        levels, _shares = comparing.compare(order[places], order[(places + step) % count])
        found += np.stack([_counted(levels[:, n], np.ones(len(levels))) for n in range(len(comparing.fields))])
    found += np.array([1.0, 0.04, 0.02, 0.01, 0.01])
    chances: Floats = found / found.sum(1, keepdims=True)
    return chances


def mixed(first: Hashes, second: Hashes) -> Hashes:
    """A number by pair that does not depend on which record stands first, nor on their ids."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    mixed_: Hashes = (low * np.uint64(0x9E3779B97F4A7C15) ^ high) * np.uint64(0xC2B2AE3D27D4EB4F)
    return mixed_ ^ (mixed_ >> np.uint64(31))
