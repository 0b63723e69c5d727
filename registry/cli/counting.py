"""`stats`: how many people or associations there are, by one field or two, or as saved under a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, SignedIn, State
from registry.commands import SaveStatistics, WriteStatistics
from registry.i18n import _, ngettext
from registry.queries import CountBy, SavedStatistics


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_("Count records by one field, or by two."))(stats)


def stats(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_("Which records are counted. Default: all."))] = "",
    by: Annotated[str, typer.Option(metavar="FIELD[,FIELD]", help=_("By what, such as country,sex."))] = "",
    saved: Annotated[str, typer.Option(metavar="NAME", help=_("What is saved under this name, or ships."))] = "",
    listed: Annotated[bool, typer.Option("--list", help=_("Show what ships and what colleagues saved."))] = False,
    save: Annotated[str, typer.Option(metavar="NAME", help=_("Save what is counted under a name."))] = "",
    public: Annotated[
        bool, typer.Option("--public", help=_("As it may be published: small counts are withheld."))
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Also into a file: .xlsx, .csv or .pdf."))
    ] = None,
    chart: Annotated[
        str, typer.Option(metavar="CHART", help=_("Chart of the PDF: bars, beside, columns or pyramid."))
    ] = "",
    kind: Annotated[Kind, typer.Option(help=_("What is counted."))] = Kind.PEOPLE,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    from registry.statistics.saved import named

    state: State = context.obj
    with state.open() as signed_in:
        if listed:
            return _list(signed_in)
        fields = tuple(name.strip() for name in by.split(",")) if by else ()
        asked = CountBy(fields, query.strip(), kind, public)
        if saved:
            found = named(signed_in.registry.read(SavedStatistics()), saved)
            asked, chart = found.asked, chart or found.chart
            asked = replace(asked, query=f"{asked.query} {query}".strip(), public=asked.public or public)
        return _count(signed_in, asked, output, reason, chart, save)


def _count(signed_in: SignedIn, asked: CountBy, output: Path | None, reason: str, chart: str, save: str) -> int:
    from registry.figures.charts import WITHHELD
    from registry.statistics.suppression import LEAST
    from registry.statistics.writing import WITHHELD_MEANS

    how = (asked.kind, asked.public, asked.everybody, chart)
    if output is None:
        table = signed_in.registry.read(asked)
    else:
        table = signed_in.take_out(WriteStatistics(asked.by, asked.query, output, reason, *how)).value
    if save:
        signed_in.execute(SaveStatistics(save, asked.by, asked.query, *how))
    cells = [
        {"by": dict(cell.by), "label": cell.label, "count": cell.count, "suppressed": cell.suppressed}
        for cell in table.cells
    ]
    out = signed_in.output
    out.result({"total": table.total, "cells": cells} | ({"file": str(output)} if output else {}))
    rows = [(cell.label, _(WITHHELD) if cell.count is None else cell.count) for cell in table.cells]
    out.table((" · ".join(table.fields), _("Count")), rows)
    if not out.json:
        if table.total is not None:
            out.say(ngettext("{count} record.", "{count} records.", table.total))
        if table.belonging and not asked.everybody:
            out.say(_("Who counts: {definition}.", definition=table.belonging))
        if any(cell.suppressed for cell in table.cells):
            out.say(f"{_(WITHHELD)}  {_(WITHHELD_MEANS, least=LEAST)}")
    return 0


def _list(signed_in: SignedIn) -> int:
    found, out = signed_in.registry.read(SavedStatistics()), signed_in.output
    out.result(
        {
            "statistics": [
                {"name": s.code, "title": s.name, "by": list(s.asked.by), "query": s.asked.query, "kind": s.asked.kind}
                | {"public": s.asked.public, "chart": s.chart, "owner": s.owner}
                for s in found
            ]
        }
    )
    rows = [(s.code, s.name, ",".join(s.asked.by), s.asked.query, s.owner) for s in found]
    out.table((_("Name"), _("Title"), _("Counted by"), _("Query"), _("Saved by")), rows)
    return 0
