"""How much each likeness says, learned from the records themselves, without anybody's labels (Fellegi and Sunter).

Two records are one and the same, or two of several kinds: strangers, of one household, twins, or namesakes at one
address, as father and son. Without these kinds whoever shares a telephone and a surname would be taken for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from registry.i18n import _
from registry.matching import bodies
from registry.matching.compare import (
    CLOSE,
    DIFFERENT,
    FAR,
    FEW,
    LEVELS,
    MISSING,
    REMOTE,
    SAME,
    Comparing,
    Floats,
    Levels,
)
from registry.progress import SILENT, Progress

#: What is expected of one and the same person before anything is known: different, far, remote, close, same.
_EXPECTED: dict[str, tuple[float, float, float, float, float]] = {
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
    "country": (0.25, 0.0, 0.0, 0.0, 0.75),
    "household": (0.30, 0.0, 0.0, 0.0, 0.70),
    "birth_place": (0.10, 0.01, 0.02, 0.07, 0.80),
    "occupation": (0.30, 0.02, 0.03, 0.05, 0.60),
    "acronym": (0.10, 0.01, 0.02, 0.07, 0.80),
    "website": (0.15, 0.01, 0.02, 0.07, 0.75),
}
#: One person's two records mostly say the same birth date.
_LEAST_SAME = {"born": 0.5}
_MOST_FAR = {"given": 0.2, "family": 0.2, "born": 0.2}
_MOST_DIFFERENT = {"given": 0.15, "family": 0.15, "born": 0.08, "sex": 0.03, "birth_place": 0.15}
#: How many pairs what is expected counts as.
_WEIGHT = 40.0
#: What relatives who live together share, and what a twin and a namesake share besides.
_HOME = (
    *("family", "others", "phone", "email", "street", "city", "postal_code", "region", "country", "birth_place"),
    "household",
)
_TWIN = (*_HOME, "born")
_NAMESAKE = (*_HOME, "given", "sex")
#: What people anywhere share who bear one name: given names go with the family names of one community.
_BEARERS = ("given", "family", "others", "email", "sex")
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("strangers", ()),
    ("household", _HOME),
    ("twins", _TWIN),
    ("namesakes", _NAMESAKE),
    ("bearers", _BEARERS),
)
#: A name that two children of one family have.
_SIBLINGS_NAMESAKES = 0.003
#: Pairs that are taken blindly, and how far apart the two stand in an order that has nothing to do with them.
_BLIND, _STEPS = 200_000, (1, 7, 31, 127, 511, 2_047, 8_191, 32_771)
#: More steps where records are few; pairs that are compared at once.
_MORE_STEPS, _AT_ONCE = range(11, 200, 5), 25_000
#: What is expected of two strangers, as pairs: few records say little of what is rare.
_STRANGERS = np.array([50.0, 1.0, 0.25, 0.05, 0.05])
#: The same where something else is usual.
_OF_STRANGERS: dict[str, Sequence[float]] = {
    "sex": (0.5, 0.0001, 0.0001, 0.0001, 0.5),
    "given": (0.98, 0.007, 0.005, 0.002, 0.006),
    "family": (0.985, 0.006, 0.004, 0.001, 0.004),
    "born": (0.975, 0.018, 0.005, 0.001, 0.0005),
    "city": (0.93, 0.01, 0.004, 0.002, 0.05),
    "country": (0.8, 0.0001, 0.0001, 0.0001, 0.2),
    "region": (0.8, 0.01, 0.004, 0.002, 0.18),
    "postal_code": (0.95, 0.03, 0.01, 0.004, 0.003),
    "birth_place": (0.93, 0.01, 0.004, 0.002, 0.05),
    "occupation": (0.93, 0.01, 0.004, 0.002, 0.05),
}
#: Two people at one address with one name were hardly born on one day.
_BORN_ALIKE = 1e-4
#: What it says (nats) that family name and given name stand in each other's place.
_TURNED = -1.5
#: What it says that the register knows two records for relatives: nobody is one's own.
_RELATED = -8.0
#: Places of fields of which it is not learned what they say.
ORDER, RELATED, RENEWED = 3, 6, 7
_ROUNDS = 10
#: Of how many each record is one, and one of `KINDS`, before anything is known.
_CHANCES = (0.1, 0, 0.3, 0.003, 0.01, 0.1)
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
        judged: by field how much more it says than that (0.2 = a fifth), and at the end nats for every pair, where
            officers' answers count (`answered.py`).
    """

    fields: tuple[str, ...]
    same: Floats
    other: Floats
    chances: Floats
    judged: Floats | None = None

    def weights(self, levels: Levels, shares: Floats) -> Floats:
        """Log-odds that two records are one person's, against all kinds of others."""
        logs = self.logs(levels, self.strangers(levels, shares))
        found: Floats = logs[:, 0] - np.logaddexp.reduce(logs[:, 1:], axis=1)
        if self.judged is not None:
            found = found + self._says(levels, shares) @ self.judged[:-1] + self.judged[-1]
        return found

    def as_json(self) -> dict[str, object]:
        """To be kept."""
        kept = {n: getattr(self, n).round(8).tolist() for n in ("same", "other", "chances")}
        return {"fields": self.fields} | kept | ({} if self.judged is None else {"judged": self.judged.tolist()})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Model:
        """What `as_json` gave."""
        return cls(tuple(kept["fields"]), *(np.asarray(kept[n], float) for n in ("same", "other", "chances")))

    def evidence(self, levels: Levels, shares: Floats) -> Floats:
        """By pair and field how much it says for one person (nats), against strangers."""
        found = self._says(levels, shares)
        return found if self.judged is None else found * (1 + self.judged[:-1])

    def _says(self, levels: Levels, shares: Floats) -> Floats:
        """The same without what officers' answers teach."""
        found: Floats = self._alike(levels) - self.strangers(levels, shares)
        return found

    def strangers(self, levels: Levels, shares: Floats) -> Floats:
        """By pair and field the log of the chance that two strangers are so alike: what is common says little."""
        places = np.arange(len(self.fields))
        found = self._logs_of_others[places, levels]
        rare = (levels == SAME) & (shares > 0)
        found[rare] = np.log(np.maximum(shares[rare], _RAREST))
        found[:, (ORDER, RELATED, RENEWED)] = 0
        return found

    def _alike(self, levels: Levels) -> Floats:
        found: Floats = self._logs_of_same[np.arange(len(self.fields)), levels]
        return found

    def logs(self, levels: Levels, strangers: Floats) -> Floats:
        """Log-likelihood and chance of one person, and of each kind of others; shape (pairs, 1 + kinds)."""
        alike = self._alike(levels)
        more = alike - strangers
        base = strangers.sum(1)
        columns = [alike.sum(1)]
        given, born = self.fields.index("given"), self.fields.index("born")
        # The names of relatives make their addresses alike; an address of one's own is hardly theirs.
        email = self.fields.index("email")
        own = np.where(levels[:, email] == SAME, more[:, email], 0)
        for kind, shared in bodies.KINDS if bodies.are(self.fields) else KINDS:
            found = base - (own if "email" in shared else 0) + more[:, np.isin(self.fields, shared)].sum(1)
            if kind in ("household", "twins"):
                rarely = np.minimum(0, np.log(_SIBLINGS_NAMESAKES) - strangers[:, given])
                found = np.where(levels[:, given] == SAME, found + rarely, found)
            if kind == "namesakes":
                found = np.where(levels[:, born] >= CLOSE, found + np.log(_BORN_ALIKE) - strangers[:, born], found)
            columns.append(found)
        logs: Floats = np.stack(columns, axis=1) + np.log(self.chances)
        return logs

    @cached_property
    def _logs_of_same(self) -> Floats:
        """With a column at the end for what is missing, which says nothing; a turned name is its own small doubt."""
        # Whoever is more alike is never less likely one: rare levels are counted from few pairs.
        says = np.log(self.same) - np.log(self.other)
        says[:, :SAME] = np.maximum.accumulate(says[:, :SAME], axis=1)
        logs: Floats = np.c_[says + np.log(self.other), np.zeros(len(self.fields))]
        logs[ORDER] = 0
        logs[ORDER, DIFFERENT] = _TURNED
        logs[RELATED, :LEVELS] = _RELATED
        logs[RENEWED] = 0
        return logs

    @cached_property
    def _logs_of_others(self) -> Floats:
        logs: Floats = np.c_[np.log(self.other), np.zeros(len(self.fields))]
        return logs


def expected(fields: tuple[str, ...], count: int) -> Model:
    """What is expected of `count` records before any were compared; very few are taken for a part of many."""
    count = max(count, bodies.FEW if bodies.are(fields) else 5 * FEW)
    own = (bodies.EXPECTED, bodies.OF_STRANGERS, bodies.CHANCES) if bodies.are(fields) else ({}, {}, _CHANCES)
    same = np.array([(_EXPECTED | own[0]).get(name, (0.1, 0.0, 0.0, 0.0, 0.9)) for name in fields]) + _LEAST
    other = np.array([(_OF_STRANGERS | own[1]).get(name, _STRANGERS) for name in fields])
    total = count * (count - 1) / 2
    chances = np.array(own[2]) * count / total
    chances[1] = max(1 - chances.sum(), 0.5)
    return Model(
        fields, same / same.sum(1, keepdims=True), other / other.sum(1, keepdims=True), chances / chances.sum()
    )


def learn(comparing: Comparing, levels: Levels, shares: Floats, scale: float, progress: Progress = SILENT) -> Model:
    """The model of these candidates.

    Args:
        levels, shares: of candidates, of which each stands for `scale`.
    """
    count = max(len(comparing.facts), 2)
    model = expected(comparing.fields, count)
    if bodies.are(comparing.fields):
        return model  # they are too few, and too many of them are called nearly alike, to learn from
    fields, prior_same, other = comparing.fields, model.same, _of_strangers(comparing, progress)
    total = count * (count - 1) / 2
    model = Model(fields, prior_same, other, model.chances)
    for step in range(_ROUNDS):
        progress.step(step, _ROUNDS, _("Learning what likenesses say"))
        posterior = _posterior(model, levels, shares)
        sums = posterior.sum(0) * scale
        prior = np.array([0.02 * count, 0, 0.02 * count, 0.0006 * count, 0.002 * count, 0.005 * count])
        mass = sums + prior
        mass[1] = max(total - mass[0] - mass[2:].sum(), total / 2)
        same = np.stack([_counted(levels[:, n], posterior[:, 0] * scale) for n in range(len(fields))])
        same = same + prior_same * _WEIGHT
        same = _bounded(fields, same / same.sum(1, keepdims=True))
        chances = mass / mass.sum()
        # Among those that were taken blindly some were one as well.
        others = np.maximum(other - chances[0] * same, other / 4)
        others /= others.sum(1, keepdims=True)
        model = Model(fields, same, others, chances)
    return model


def _posterior(model: Model, levels: Levels, shares: Floats) -> Floats:
    """By pair how likely it is one person, and each of the kinds of others."""
    found = np.empty((len(levels), len(model.chances)))
    for start in range(0, len(levels), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        logs = model.logs(levels[some], model.strangers(levels[some], shares[some]))
        found[some] = np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None])
    return found


def _bounded(fields: Sequence[str], same: Floats) -> Floats:
    """One person's two records differ only so often: else whoever lives together would be taken for one.

    Where nobody is entered twice, the likest of others would otherwise teach what one person's records look like.
    """
    for place, name in enumerate(fields):
        row = same[place]
        alike, vaguely = slice(CLOSE, LEVELS), slice(FAR, CLOSE)
        most = row[alike].sum() / 2
        if row[vaguely].sum() > most > 0:
            row[vaguely] *= most / row[vaguely].sum()
        row /= row.sum()
        _shift(row, slice(DIFFERENT, FAR), _MOST_DIFFERENT.get(name, 1.0))
        _shift(row, slice(DIFFERENT, REMOTE), _MOST_FAR.get(name, 1.0))
        _shift(row, slice(DIFFERENT, SAME), 1 - _LEAST_SAME.get(name, 0.0))
    return same


def _shift(row: Floats, levels: slice, most: float) -> None:
    """Give what these levels have beyond their most to the others."""
    held = row[levels].sum()
    if held > most:
        row *= (1 - most) / (1 - held)
        row[levels] *= most / held * (1 - held) / (1 - most)


def _counted(levels: Levels, weights: Floats) -> Floats:
    known = levels != MISSING
    found: Floats = np.bincount(levels[known], weights[known], LEVELS).astype(float)
    return found


def _of_strangers(comparing: Comparing, progress: Progress) -> Floats:
    """How often two records that were taken blindly are alike, by field and level."""
    order = np.lexsort((comparing.facts.ids, comparing.facts.hashes))
    count = len(order)
    steps = [step for step in (*_STEPS, *_MORE_STEPS) if step < count][: max(len(_STEPS), _BLIND // max(1, count))]
    each = max(1, min(count - 1, _BLIND // max(1, len(steps))))
    found: Floats = np.tile(_STRANGERS, (len(comparing.fields), 1))
    places = np.tile(np.arange(each) * max(1, count // each), len(steps))
    others = places + np.repeat(np.array(steps, np.int64), each)
    # A record that is compared with ever more others says little more of what is rare.
    said = np.full(len(places), min(1.0, len(_STEPS) / max(1, len(steps))))
    for start in range(0, len(places), _AT_ONCE):
        progress.step(start, len(places), _("Learning what likenesses say"))
        some = slice(start, start + _AT_ONCE)
        levels, _shares = comparing.compare(order[places[some] % count], order[others[some] % count])
        found += np.stack([_counted(levels[:, n], said[some]) for n in range(len(comparing.fields))])
    chances: Floats = found / found.sum(1, keepdims=True)
    return chances
