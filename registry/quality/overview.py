"""The score of the register: each measure's records, what they cost, and the query that finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func

from db.models import duplicate_pair
from registry import belonging
from registry.belonging import Definition
from registry.context import View
from registry.fields import PEOPLE
from registry.i18n import _
from registry.matching.review import waiting
from registry.packed import dimensions
from registry.packed.columns import Mask, many, numbers_in
from registry.packed.dimensions import Dimension
from registry.packed.finding import Finding
from registry.packed.headings import CrossCounts, Heading
from registry.packed.spelling import spellings
from registry.packed.store import Columns
from registry.quality.measures import DOUBLE, GONE, MEASURES, PARTS, Measure, points_of
from registry.queries import DataQuality
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import EVERYBODY, Node, all_of
from registry.search.writer import write

#: Scores of records from which on they stand in a band, lowest first.
BANDS = (0, 50, 70, 85, 100)
#: As likely one as not: from there on two records wait for review.
THRESHOLD = 0.5


@dataclass(frozen=True)
class Line:
    """One measure.

    Attributes:
        title: what is the matter, in the reader's words.
        count: how many records it is the matter with.
        gain: points by which the register's score would rise if it were put right everywhere.
        query: finds these records; "" = no query does.
    """

    measure: Measure
    title: str
    count: int
    gain: float
    query: str


@dataclass(frozen=True)
class Part:
    """A part of the score: how many of its points the records keep on average."""

    code: str
    title: str
    of: int
    points: float


@dataclass(frozen=True)
class Overview:
    """How good the records are.

    Attributes:
        total: records looked at.
        score: the average of theirs, 0..100; 0 where there are none.
        parts: of which it is made.
        lines: the measures, what would raise the score most first.
        bands: least score -> records that have it, but not the next.
        table: the measures by the groups asked for, with the query behind each cell; None = not asked for.
        belonging: who counts, in words; "" = no definition was made.
        outside: records that do not count by it.
        query: finds the records looked at.
    """

    total: int
    score: float
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    bands: tuple[tuple[int, int], ...]
    table: CrossCounts | None
    belonging: str
    outside: int
    query: str


def data_quality(view: View, query: DataQuality) -> Overview:
    """Count. Raises `Invalid` for what nobody can be counted by."""
    names = Names(query.kind, view.session)
    by = _by(names, query.by) if query.by else None
    counting = _counting(view, query)
    kept = parse(GONE[query.kind], names)
    base = counting.within(kept)
    finding = Finding(Columns(view), query.kind)
    among = finding.of(base)
    nodes = {m.code: parse(m.query, names) for m in MEASURES[query.kind] if m.query}
    masks = {code: finding.of(node) & among for code, node in nodes.items()}
    masks[DOUBLE] = _double(finding.columns, query.kind) & among
    total = many(among)
    lines = tuple(_line(measure, query.kind, masks, nodes, base, total) for measure in MEASURES[query.kind])
    table = _by_groups(finding, by, among, masks, nodes, base, query.kind) if by is not None else None
    return Overview(
        total,
        100 - sum(line.gain for line in lines) if total else 0.0,
        tuple(_part(query.kind, code, lines) for code in PARTS),
        tuple(sorted(lines, key=lambda line: (-line.gain, -line.measure.points))),
        _bands(query.kind, masks, among),
        table,
        counting.words,
        many(finding.of(kept)) - total if counting.narrows else 0,
        write(base),
    )


def _by(names: Names, word: str) -> Dimension:
    """What a field is counted by, named as in a query: `country`."""
    named = names.find(word)
    return dimensions.facet(names.kind, names.session, named[0].name if len(named) == 1 else word)


def _counting(view: View, query: DataQuality) -> Definition:
    if query.kind != PEOPLE:
        return Definition(EVERYBODY, "")
    return belonging.definition(view, everybody=query.everybody)


def _double(columns: Columns, kind: str) -> Mask:
    """Records of pairs that wait for review."""
    pair = duplicate_pair.c
    joined = (func.aggregate_strings(side, ",") for side in (pair.record_id, pair.other_id))
    found = columns.view.connection.execute(waiting(kind, THRESHOLD, most=True).with_only_columns(*joined)).one()
    mask = np.zeros(columns.size, np.bool_)
    for text in found:
        ids = numbers_in(text)
        mask[ids[ids < columns.size]] = True
    return mask


def _line(measure: Measure, kind: str, masks: dict[str, Mask], nodes: dict[str, Node], base: Node, total: int) -> Line:
    count = many(masks[measure.code])
    node = nodes.get(measure.code)
    query = write(all_of((base, node))) if node is not None else ""
    return Line(measure, measure.title(kind), count, measure.points * count / total if total else 0.0, query)


def _part(kind: str, code: str, lines: Sequence[Line]) -> Part:
    of = points_of(kind, code)
    return Part(code, _(PARTS[code]), of, of - sum(line.gain for line in lines if line.measure.part == code))


def _bands(kind: str, masks: dict[str, Mask], among: Mask) -> tuple[tuple[int, int], ...]:
    """How many records have at least so many points, and fewer than the next band asks for."""
    scores = np.full(len(among), 100, np.int16)
    for measure in MEASURES[kind]:
        scores[masks[measure.code]] -= measure.points
    places = np.searchsorted(BANDS, scores[among], "right") - 1
    return tuple(zip(BANDS, np.bincount(places, minlength=len(BANDS)).tolist(), strict=True))


def _by_groups(
    finding: Finding, by: Dimension, among: Mask, masks: dict[str, Mask], nodes: dict[str, Node], base: Node, kind: str
) -> CrossCounts:
    """The measures down, the groups across, as many records as the query of each cell finds."""
    groups = _groups(finding, by, among)
    measured = [measure for measure in MEASURES[kind] if measure.code in nodes]
    rows = [Heading(m.code, m.title(kind), nodes[m.code], many(masks[m.code])) for m in measured]
    cells = tuple(tuple(many(masks[m.code] & mask) for _heading, mask in groups) for m in measured)
    columns = tuple(heading for heading, _mask in groups)
    return CrossCounts(tuple(rows), columns, cells, total=many(among), base=base, several=True)


def _groups(finding: Finding, by: Dimension, among: Mask) -> list[tuple[Heading, Mask]]:
    """The groups that somebody is in, with whom their own queries find."""
    column = finding.columns.grouped(by)
    sums = column.counts(among).tolist()
    counts = {group: count for group, count in zip(column.values, sums, strict=True) if count}
    day, spelled, found = finding.columns.day.isoformat(), spellings(finding.columns, by, counts), []
    for group in by.in_order(counts):
        node = by.node(spelled.get(group, group), day)
        mask = finding.of(node) & among
        found.append((Heading(group, by.label_of(spelled.get(group, group)), node, many(mask)), mask))
    return found
