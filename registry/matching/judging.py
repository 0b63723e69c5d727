"""What officers' answers teach: found out and shown, and used only when somebody says so.

A merge says that two are one, "not the same" that they are not. From enough of both it is found how much each
likeness should say beyond what the records themselves teach. Few answers move little: what is learned is held
close to nothing (ridge), and within bounds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, bindparam, select, update

from db.models import duplicate_pair, matching_run, merged_record, record
from db.records import among
from registry.commands import UseAnswers
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.matching import answered, cluster, evidence, joining, running
from registry.matching.compare import Floats, fields_of
from registry.matching.facts import COLUMNS, mixed
from registry.matching.model import ORDER, RELATED, RENEWED
from registry.matching.review import waiting
from registry.merging.trace import Trace
from registry.progress import Progress
from registry.queries import WeighAnswers

NOBODY_LOOKED = N_("Look for duplicates among all records first.")
UNKNOWN_WEIGHTS = N_("These are not the weights that were shown. Look at their effect again.")
#: So many answers, and so many of either, before anything is learned from them.
ENOUGH, OF_EITHER = 20, 5
#: How far weights are expected from those that the records teach (a part of them; nats for every pair), and bounds.
_SPREAD, _SPREAD_OF_ALL = 0.15, 0.7
_MOST, _MOST_OF_ALL = 0.5, 2.0
#: Log-odds beyond which nothing is surer.
_SURE = 10.0
_ROUNDS = 50
#: Pairs that are compared at a time.
_AT_ONCE = 5_000
#: A likelihood that moves by less, in ten-thousandths, is as it was; a weight that does, a part of it.
_MOVES, _MATTERS = 100, 0.1
#: As likely one as not, in ten-thousandths.
_EVEN = 5_000


@dataclass(frozen=True)
class Taught:
    """What the answers teach, and what would become of the queue if it counted.

    Attributes:
        weights: what `UseAnswers` is given; as of `answered.kept`.
        changed: by what is said of a likeness, how many times as much it would count as now; the most changed first.
        right_before, right_after: answers that the program would have given itself, as it weighs now and then.
        appear, vanish: pairs that would come into the queue, or leave it.
        rise, fall: pairs of the queue that would be likelier, or less likely.
        pairs: pairs of the queue now.
    """

    weights: Mapping[str, float]
    changed: tuple[tuple[str, float], ...]
    right_before: int
    right_after: int
    appear: int
    vanish: int
    rise: int
    fall: int
    pairs: int


@dataclass(frozen=True)
class Effect:
    """What officers said so far.

    Attributes:
        same, apart: answers of either kind.
        used: whether answers count already, these or earlier ones.
        taught: None = they are too few.
    """

    same: int
    apart: int
    used: bool
    taught: Taught | None


@dataclass(frozen=True)
class _Answers:
    """Answered pairs: log-odds and what each field said (nats) without any answer, and whether they are one."""

    weights: Floats
    says: Floats
    same: npt.NDArray[np.bool_]


def weigh_answers(view: View, query: WeighAnswers) -> Effect:
    """The effect on the queue; raises `Invalid` before somebody has looked for duplicates."""
    connection, kind = view.connection, query.kind
    now = _judged(connection, kind)
    answers = _answers(connection, kind)
    same = int(answers.same.sum())
    apart = len(answers.same) - same
    enough = same + apart >= ENOUGH and min(same, apart) >= OF_EITHER
    taught = _taught(view, kind, answers, now) if enough else None
    return Effect(same, apart, bool(answered.kept(connection, kind)), taught)


def _taught(view: View, kind: str, answers: _Answers, now: Floats) -> Taught:
    then = np.round(_fitted(answers), 4)
    fields = fields_of(COLUMNS[kind])
    listed = zip((*fields, answered.ALL), then.tolist(), strict=True)
    weights = {name: value for name, value in listed if value}
    odds = (answers.weights + answers.says @ some[:-1] + some[-1] for some in (now, then))
    before, after = (int(((some >= 0) == answers.same).sum()) for some in odds)
    changed = _changed(view, kind, fields, now, then)
    return Taught(weights, changed, before, after, *_moved(view, kind, now, then))


def use_answers(context: Context, command: UseAnswers) -> int:
    """Let the shown weights count, none = only what the records teach; returns how many pairs are weighed anew."""
    _judged(context.connection, command.kind)
    weights = dict(command.weights)
    known = (*fields_of(COLUMNS[command.kind]), answered.ALL)
    bounds = {name: _MOST if name else _MOST_OF_ALL for name in known}
    if not all(name in bounds and abs(value) <= bounds[name] for name, value in weights.items()):
        raise Invalid(UNKNOWN_WEIGHTS)
    answered.keep(context.transaction, command.kind, weights)
    return settle(context, command.kind)


def settle(context: Context, kind: str) -> int:
    """Weigh the pairs anew if what counts is other than when they were weighed, as after an undo."""
    connection = context.connection
    run = connection.execute(select(matching_run.c.model).where(matching_run.c.kind == kind)).scalar()
    after = answered.in_order(fields_of(COLUMNS[kind]), answered.kept(connection, kind))
    if run is None or np.array_equal(_judged(connection, kind), after):
        return 0
    # First, for whatever is compared from now on is weighed by it.
    kept = json.dumps(json.loads(run) | {"judged": after.tolist()}, separators=(",", ":"))
    connection.execute(update(matching_run).where(matching_run.c.kind == kind).values(model=kept))
    pair = duplicate_pair.c
    rows = connection.execute(select(pair.record_id, pair.other_id, pair.likelihood).where(pair.kind == kind)).all()
    crossed: set[int] = set()
    weighed = 0
    for some, compared in _compared(connection, kind, rows, context.progress):
        crossed |= _write(connection, some, compared)
        weighed += len(some)
    joining.regroup(connection, kind, crossed)
    context.transaction.touched_tables.add(duplicate_pair.name)
    return weighed


def said_of(connection: Connection, kind: str, one: int, other: int) -> dict[str, float]:
    """What speaks for it that two are one who are merged, without any answer: kept with the merge, for `_answers`."""
    low, high = sorted((one, other))
    found = joining.compared(connection, kind, np.array([low]), np.array([high]))
    alone = replace(found.used, judged=None)
    says = alone.evidence(found.levels, found.shares)[0].tolist()
    weight = float(alone.weights(found.levels, found.shares)[0])
    listed = zip((*alone.fields, answered.ALL), (*says, weight), strict=True)
    return {name: round(value, 2) for name, value in listed if round(value, 2)}


# --- the answers ------------------------------------------------------------------------------------------------


def _judged(connection: Connection, kind: str) -> Floats:
    """The weights of answers by which the pairs of the queue were weighed."""
    run = connection.execute(select(matching_run.c.model).where(matching_run.c.kind == kind)).scalar()
    if run is None:
        raise Invalid(NOBODY_LOOKED)
    found: Floats = np.asarray(json.loads(run).get("judged") or answered.in_order(fields_of(COLUMNS[kind]), {}), float)
    return found


def _answers(connection: Connection, kind: str) -> _Answers:
    """Everything that officers said and that still stands."""
    fields = fields_of(COLUMNS[kind])
    weights, says = _apart(connection, kind, fields)
    merged = select(merged_record.c.trace).where(merged_record.c.kind == kind).order_by(merged_record.c.id)
    found = [said for text in connection.execute(merged).scalars() if (said := Trace.load(text).said)]
    one = np.array([answered.in_order(fields, said) for said in found]).reshape(len(found), len(fields) + 1)
    same = np.arange(len(weights) + len(found)) >= len(weights)
    return _Answers(np.r_[weights, one[:, -1]], np.r_[says, one[:, :-1]], same)


def _apart(connection: Connection, kind: str, fields: Sequence[str]) -> tuple[Floats, Floats]:
    """Pairs of which somebody said that they are not the same, as they are now, if there is nothing new."""
    said = running.standing(connection)
    ids = {i for pair in said for i in pair}
    here = select(record.c.id).where(among(record.c.id, ids), record.c.kind == kind)
    there = set(connection.execute(here).scalars())
    pairs = [pair for pair in sorted(said) if there.issuperset(pair)]
    if not pairs:
        return np.zeros(0), np.zeros((0, len(fields)))
    one, other = np.array(pairs, np.int64).T
    compared = joining.compared(connection, kind, one, other)
    facts, alone = compared.facts, replace(compared.used, judged=None)
    places = [np.searchsorted(facts.ids, some) for some in (one, other)]
    now = mixed(facts.hashes[places[0]], facts.hashes[places[1]]).tolist()
    stands = np.array([f"{basis:016x}" == said[pair] for basis, pair in zip(now, pairs, strict=True)], bool)
    levels, shares = compared.levels[stands], compared.shares[stands]
    weights: Floats = alone.weights(levels, shares)
    return weights, alone.evidence(levels, shares)


def _fitted(answers: _Answers) -> Floats:
    """By field, and at the end for all, what explains the answers best and moves little: Newton's steps."""
    free = np.ones(answers.says.shape[1], bool)
    free[[ORDER, RELATED, RENEWED]] = False
    given = np.c_[answers.says * free, np.ones(len(answers.same))]
    offset = np.clip(answers.weights, -_SURE, _SURE)
    held = np.r_[np.full(len(free), _SPREAD**-2), _SPREAD_OF_ALL**-2]
    found: Floats = np.zeros(len(held))
    for _round in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(offset + given @ found, -30, 30)))
        slope = given.T @ (answers.same - chances) - held * found
        bend = (given * (chances * (1 - chances))[:, None]).T @ given + np.diag(held)
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    found[:-1] = np.clip(found[:-1], -_MOST, _MOST)
    found[-1] = np.clip(found[-1], -_MOST_OF_ALL, _MOST_OF_ALL)
    return found


# --- the queue --------------------------------------------------------------------------------------------------


def _moved(view: View, kind: str, now: Floats, then: Floats) -> tuple[int, int, int, int, int]:
    """How many pairs of the queue would appear, vanish, rise and fall, and how many there are."""
    rows = view.connection.execute(waiting(kind, 0.0, most=True)).all()
    found = np.zeros(5, np.int64)
    for some, compared in _compared(view.connection, kind, rows, view.progress):
        alone = replace(compared.used, judged=None)
        levels, shares = compared.levels, compared.shares
        odds, says = alone.weights(levels, shares), alone.evidence(levels, shares)
        before, after = (_likelihoods(odds + says @ by[:-1] + by[-1]) for by in (now, then))
        grouped = np.array([row.cluster is not None for row in some], bool)
        shown, shows = (grouped | (likelihoods >= _EVEN) for likelihoods in (before, after))
        moved = np.where(shown & shows, after - before, 0)
        counted = (~shown & shows, shown & ~shows, moved >= _MOVES, moved <= -_MOVES, shown)
        found += [int(one.sum()) for one in counted]
    appear, vanish, rise, fall, pairs = found.tolist()
    return appear, vanish, rise, fall, pairs


def _compared(
    connection: Connection, kind: str, rows: Sequence[Any], progress: Progress
) -> Iterator[tuple[Sequence[Any], joining.Compared]]:
    """Pairs of which both are there, part by part, compared anew: what is kept of them is cut off where it is sure."""
    for start in range(0, len(rows), _AT_ONCE):
        progress.step(start, len(rows), _("Weighing the pairs"))
        some = rows[start : start + _AT_ONCE]
        here = select(record.c.id).where(among(record.c.id, {i for row in some for i in row[:2]}))
        there = set(connection.execute(here).scalars())
        some = [row for row in some if there.issuperset(row[:2])]
        if some:
            one, other = np.array([row[:2] for row in some], np.int64).T
            yield some, joining.compared(connection, kind, one, other)


def _likelihoods(odds: Floats) -> npt.NDArray[np.int64]:
    """In ten-thousandths."""
    found: npt.NDArray[np.int64] = np.round(10_000 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.int64)
    return found


def _write(connection: Connection, rows: Sequence[Any], compared: joining.Compared) -> set[int]:
    """Write down what pairs say now; returns the ids of those that may belong to another group than before."""
    joins = running.per_myriad(cluster.JOINS)
    weighed = _likelihoods(compared.weights).tolist()
    says = compared.used.evidence(compared.levels, compared.shares)
    values, crossed = [], set()
    for row, new, levels, said in zip(rows, weighed, compared.levels, says, strict=True):
        codes = evidence.packed(compared.used.fields, levels, said)
        values.append({"one": row.record_id, "two": row.other_id, "new": new, "codes": codes})
        if (row.likelihood >= joins) != (new >= joins):
            crossed |= {row.record_id, row.other_id}
    mine = (duplicate_pair.c.record_id == bindparam("one"), duplicate_pair.c.other_id == bindparam("two"))
    changed = update(duplicate_pair).where(*mine).values(likelihood=bindparam("new"), evidence=bindparam("codes"))
    connection.execute(changed, values)
    return crossed


def _changed(view: View, kind: str, fields: Sequence[str], now: Floats, then: Floats) -> tuple[tuple[str, float], ...]:
    times = ((1 + then[:-1]) / (1 + now[:-1])).tolist()
    said = ((evidence.likeness(view.session, kind, name), round(by, 2)) for name, by in zip(fields, times, strict=True))
    listed = [one for one in said if one[0] and abs(one[1] - 1) >= _MATTERS]
    return tuple(sorted(listed, key=lambda one: (-abs(one[1] - 1), one[0])))
