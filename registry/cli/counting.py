"""`stats`: how many people or associations there are, by one field or two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import REASON, State
from registry.commands import WriteStatistics
from registry.i18n import _, ngettext
from registry.queries import CountBy


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_("Count records by one field, or by two."))(stats)


def stats(
    context: typer.Context,
    by: Annotated[str, typer.Option(metavar="FIELD[,FIELD]", help=_("By what, such as country,sex."))],
    query: Annotated[str, typer.Argument(help=_("Which records are counted. Default: all."))] = "",
    public: Annotated[
        bool, typer.Option("--public", help=_("As it may be published: small counts are withheld."))
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Also into a file: .xlsx or .csv."))
    ] = None,
    kind: Annotated[Kind, typer.Option(help=_("What is counted."))] = Kind.PEOPLE,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    from registry.figures.charts import WITHHELD
    from registry.statistics.suppression import LEAST
    from registry.statistics.writing import WITHHELD_MEANS

    state: State = context.obj
    fields, query = tuple(name.strip() for name in by.split(",")), query.strip()
    with state.open() as signed_in:
        if output is None:
            table = signed_in.registry.read(CountBy(fields, query, kind, public))
        else:
            command = WriteStatistics(fields, query, output, reason, kind, public)
            table = signed_in.take_out(command).value
    cells = [
        {"by": dict(cell.by), "label": cell.label, "count": cell.count, "suppressed": cell.suppressed}
        for cell in table.cells
    ]
    state.output.result({"total": table.total, "cells": cells} | ({"file": str(output)} if output else {}))
    hidden = _(WITHHELD)
    rows = [(cell.label, hidden if cell.count is None else cell.count) for cell in table.cells]
    state.output.table((" · ".join(table.fields), _("Count")), rows)
    if not state.output.json:
        if table.total is not None:
            state.output.say(ngettext("{count} record.", "{count} records.", table.total))
        if any(cell.suppressed for cell in table.cells):
            state.output.say(f"{hidden}  {_(WITHHELD_MEANS, least=LEAST)}")
    return 0
