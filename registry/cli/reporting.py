"""`report`: the mapping report as PDF, and the data behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.state import REASON, State
from registry.commands import WriteReport
from registry.i18n import _


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_("Write the mapping report: who the diaspora is and where, as it may be published."))(report)


def report(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=_("Where to: .pdf."))],
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Also the numbers behind each figure: .xlsx."))
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", metavar="CODE", help=_("Language of the report: en, fr, es, pt or ar."))
    ] = "",
    office: Annotated[bool, typer.Option("--office", help=_("For the office only: small counts are shown."))] = False,
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Also who does not count by the ministry's definition."))
    ] = False,
    reason: Annotated[str, typer.Option(help=_("Why the data leaves, for the history."))] = REASON,
) -> int:
    from registry.report.making import said

    state: State = context.obj
    command = WriteReport(output, reason, data, lang, public=not office, everybody=everybody)
    with state.open() as signed_in:
        made = signed_in.take_out(command).value
    written = {"file": str(output), "data": str(data) if data else None, "rows": made.people}
    state.output.result(written | {"pages": made.pages, "figures": made.figures, "tables": made.tables})
    if not state.output.json:
        state.output.say(said(made))
    return 0
