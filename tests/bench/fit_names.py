"""Finds the weights of the search for names: `python -m tests.bench.fit_names INDEX.csv QUERIES.csv`.

Two regressions on names of which it is known whom they mean (columns as in `tests.bench.naming`): which words are one
name in another spelling or script (logistic), and which name is meant (softmax over the names found). The weights are
written to `resources/search/weights.json`. A part of the questions is used; the others are for looking at the result.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

import resources
from db.engine import reading
from db.models import person
from registry.app import Registry
from registry.search import closeness, ranking
from registry.search.closest import compared
from registry.search.ranking import Name
from registry.search.readings import words_of
from registry.search.tokens import Tokens
from tests.bench.naming import Question, named_registry, questions
from tests.bench.registers import PASSWORD

Numbers: TypeAlias = npt.NDArray[Any]
#: Names found with what their ranking weighs, whom the question means, the question.
Found: TypeAlias = tuple[tuple[list[Name], Numbers], set[int], Question]

WEIGHTS = Path(resources.path("search", "weights.json"))
#: To begin with: likeness of spelling, sound and consonants, and little more.
_FIRST_WORDS = [[3.0, 3, 1, 2, 1, 0.5, 0.3, -0.4, 1, 2, 0.5, 0.1, 0.3, 0, -7]] * 3
_FIRST_NAMES = [1.0, 0.5, -5, 0, 2, 3, 2, 4, 6, *[0.0] * 8, 0, 0]
_QUESTIONS, _NEGATIVES, _ROUNDS, _STEPS = 1_800, 12, 2, 4_000


def main(index: Path, asked: Path) -> None:
    """Fit both, twice: the second time from the mistakes of the first."""
    every = questions(asked)
    random.Random(5).shuffle(every)
    half = [question for question in every[: len(every) // 2] if question.category != "nickname"][:_QUESTIONS]
    _write(_FIRST_WORDS, _FIRST_NAMES)
    with (
        tempfile.TemporaryDirectory() as folder,
        Registry.open(named_registry(Path(folder), index), "demo", PASSWORD) as registry,
        reading(registry._engine) as connection,
    ):
        ids = {row.external_id: row.id for row in connection.execute(select(person.c.external_id, person.c.id))}
        for _round in range(_ROUNDS):
            found = [(compared(connection, q.text), {ids[p] for p in q.people}, q) for q in half]
            words = [_logistic(*pairs) for pairs in _word_pairs(found)]
            _write(words, closeness.weights("names").tolist())
            again = [(compared(connection, q.text), {ids[p] for p in q.people}) for q in half]
            listed = (_first(names, rows, people) for (names, rows), people in again)
            _write(words, _softmax([rows for rows in listed if len(rows)]))


def _word_pairs(found: Sequence[Found]) -> list[tuple[Numbers, Numbers]]:
    """By model, likeness of words and whether they are one name: for each word asked for the likest of each name."""
    rng = random.Random(1)
    rows: list[tuple[list[Numbers], list[int]]] = [([], []) for _model in range(3)]
    for (names, _features), people, question in found:
        right = {t for name in names if name.record_id in people for t in name.tokens if len(t.text) > 1}
        wrong = [name for name in names if name.record_id not in people][:60]
        chosen = rng.sample(wrong, min(_NEGATIVES, len(wrong)))
        for asked in {t for word in words_of(question.text) for t in word if len(t.text) > 1}:
            groups = [(sorted(right, key=str), 1)] if right else []
            groups += [(sorted({t for t in name.tokens if len(t.text) > 1} - right, key=str), 0) for name in chosen]
            for tokens, is_same in groups:
                if not tokens:
                    continue
                listed = Tokens.of(tokens)
                values = closeness.features(asked, listed)
                best = int(np.argmax(closeness.log_odds(asked, listed)))
                if is_same and max(values[best, 0], values[best, 2], values[best, 4], values[best, 9]) < 0.5:
                    continue  # another word of the name
                xs, ys = rows[closeness.models(asked, listed)[best]]
                xs.append(values[best])
                ys.append(is_same)
    return [(np.asarray(xs, float), np.asarray(ys, float)) for xs, ys in rows]


def _logistic(values: Numbers, truth: Numbers) -> list[float]:
    """Newton's method with a little ridge; the log-odds are as if one pair in ten were the same name."""
    spread, mean = values.std(0) + 1e-6, values.mean(0)
    design = np.c_[(values - mean) / spread, np.ones(len(values))]
    weights = np.zeros(design.shape[1])
    for _step in range(40):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - truth) + 3 * weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + 3 * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    rate = truth.mean()
    own = weights[:-1] / spread
    bias = weights[-1] - (weights[:-1] * mean / spread).sum() - np.log(rate / (1 - rate)) + np.log(0.1 / 0.9)
    return [round(float(w), 3) for w in (*own, bias)]


def _first(names: Sequence[Name], rows: Numbers, people: set[int]) -> Numbers:
    """The rows of features with the right name first; none if it was not found."""
    best = [n for n, name in enumerate(names) if name.record_id in people]
    if not best:
        return rows[:0]
    first = best[int(np.argmax(ranking.scores(rows[best])))]
    others = [n for n, name in enumerate(names) if name.record_id not in people]
    return rows[[first, *others[:60]]].astype(float)


def _softmax(lists: Sequence[Numbers]) -> list[float]:
    """Adam on the chance of the right name among those found."""
    spread = np.concatenate(lists).std(0) + 1e-6
    weights, mean, square = np.zeros((3, len(spread)))
    rng = np.random.default_rng(1)
    for step in range(1, _STEPS + 1):
        slope = 1e-3 * weights
        for n in rng.integers(0, len(lists), 64):
            values = lists[n] / spread
            fit = values @ weights
            chance = np.exp(fit - fit.max())
            slope += (chance / chance.sum() @ values - values[0]) / 64
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= 0.02 * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return [round(float(w), 3) for w in weights / spread]


def _write(words: Sequence[Sequence[float]], names: Sequence[float]) -> None:
    WEIGHTS.write_text(json.dumps({"words": words, "names": names}) + "\n", encoding="utf-8")
    closeness.weights.cache_clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
