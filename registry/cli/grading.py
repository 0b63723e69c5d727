"""What `check` says of the quality of the data: the score, what it is made of, and what would raise it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from registry.cli.output import Output
from registry.i18n import _, ngettext

if TYPE_CHECKING:
    from registry.packed.headings import CrossCounts
    from registry.quality.overview import Overview
    from registry.quality.record import RecordScore


def as_json(found: Overview) -> Mapping[str, object]:
    """The score for programs."""
    return {
        "score": round(found.score, 1),
        "total": found.total,
        "query": found.query,
        "parts": [{"part": p.code, "label": p.title, "points": round(p.points, 1), "of": p.of} for p in found.parts],
        "lines": [
            {
                "measure": line.measure.code,
                "part": line.measure.part,
                "label": line.title,
                "points": line.measure.points,
                "count": line.count,
                "gain": round(line.gain, 2),
                "query": line.query,
            }
            for line in found.lines
        ],
        "scores": [{"from": least, "count": count} for least, count in found.bands],
    } | ({"groups": _groups(found.table)} if found.table is not None else {})


def _groups(table: CrossCounts) -> list[Mapping[str, object]]:
    return [
        {
            "code": group.code,
            "label": group.label,
            "total": group.count,
            "lines": {row.code: table.counts[place][column] for place, row in enumerate(table.rows)},
        }
        for column, group in enumerate(table.columns)
    ]


def tell(output: Output, found: Overview) -> None:
    """The score for people."""
    from registry import formats

    if output.json:
        return
    said = ngettext(
        "Data quality: {score} of 100 points, {count} record.",
        "Data quality: {score} of 100 points, {count} records.",
        found.total,
        score=formats.tenths(round(found.score * 10)),
    )
    output.say(said)
    parts = ((p.title, formats.tenths(round(p.points * 10)), p.of) for p in found.parts)
    output.table((_("Part"), _("Points"), _("Of")), parts)
    lines = (
        (x.title, formats.number(x.count), x.measure.points, formats.tenths(round(x.gain * 10)))
        for x in found.lines
        if x.count
    )
    output.table((_("To be put right"), _("Records"), _("Points lost"), _("Would raise the score by")), lines)
    if found.table is not None:
        columns = found.table.columns
        rows = [[row.label, *counts] for row, counts in zip(found.table.rows, found.table.counts, strict=True)]
        output.table(("", *(column.label for column in columns)), rows)


def tell_one(output: Output, asked: str, found: RecordScore) -> None:
    """The score of one record, and what it lost points by."""
    lost = [{"measure": x.measure.code, "label": x.title, "points": x.measure.points} for x in found.losses]
    output.result({"record": asked, "score": found.score, "losses": lost})
    if not output.json:
        output.say(_("{score} of 100 points", score=found.score))
        output.table((_("To be put right"), _("Points lost")), ((x.title, x.measure.points) for x in found.losses))
