"""`search`: the best matches of a query, or of every line of a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import MOST, SignedIn, State
from registry.errors import BadFile, Invalid, RegistryError
from registry.i18n import N_, _, ngettext
from registry.queries import MatchReasons, ReadNames, Search

if TYPE_CHECKING:
    from registry.search.find import SearchAnswer

#: Of more rows each is answered from what is in memory; for a few, reading it would take longer.
_FEW = 20
NO_QUERY = N_('Say what to look for, or name a file with --batch. “search ""” finds everybody.')
NO_COLUMN = N_("The file “{name}” has no column “{column}”. Name the column with --column.")
UNREADABLE = N_("The file “{name}” cannot be read. Check its name and that it is a .csv file.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_('Find people or associations, the best match first. "" finds everybody.'))(search)


def search(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help=_("Words and conditions, such as: nurse country:FR"))] = None,
    kind: Annotated[Kind, typer.Option(help=_("What to look for."))] = Kind.PEOPLE,
    limit: Annotated[
        int | None, typer.Option(min=0, max=MOST, help=_("At most so many results. Default: 20 or 10."))
    ] = None,
    offset: Annotated[int, typer.Option(min=0, max=MOST, help=_("Leave out the first results."))] = 0,
    batch: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help=_("Look for each cell of a column, one JSON line a row."))
    ] = None,
    column: Annotated[str, typer.Option(help=_("The column of the batch file."))] = "query",
) -> int:
    state: State = context.obj
    if query is None and batch is None:
        raise Invalid(NO_QUERY)
    rows = _rows(batch, column) if batch is not None else []
    with state.open() as signed_in:
        if batch is not None:
            _answer_rows(signed_in, rows, kind, column, 10 if limit is None else limit)
        else:
            asked = Search((query or "").strip(), kind, 20 if limit is None else limit, offset)
            answer = signed_in.registry.read(asked)
            ids = tuple(hit.id for hit in answer.results)
            _show(signed_in, answer, signed_in.registry.read(MatchReasons(kind, asked.query, ids)))
    return 0


def _show(signed_in: SignedIn, answer: SearchAnswer, reasons: Mapping[int, str]) -> None:
    output = signed_in.output
    output.result({"total": answer.total} | _as_json(answer, reasons))
    if output.json:
        return
    output.say(ngettext("{count} record found.", "{count} records found.", answer.total))
    if answer.results:
        headings = (_("Number"), _("Name"), _("Reference"), *([_("Found by")] if reasons else ()))
        lines = ((hit.number, hit.name, hit.external_id or "", reasons.get(hit.id, "")) for hit in answer.results)
        output.table(headings, (line[: len(headings)] for line in lines))


def _answer_rows(signed_in: SignedIn, rows: list[dict[str, str]], kind: Kind, column: str, limit: int) -> None:
    if len(rows) > _FEW:
        signed_in.registry.read(ReadNames())
    for row in rows:
        others = {name: text for name, text in row.items() if name != column}
        line: dict[str, object] = {**others, "query": row[column]}
        try:
            line |= _as_json(signed_in.registry.read(Search(row[column], kind, limit, plain=True)))
        except RegistryError as error:
            line["error"] = str(error)
        signed_in.output.line(line)


def _as_json(answer: SearchAnswer, reasons: Mapping[int, str] | None = None) -> dict[str, object]:
    """A page of results; `why` where it was asked for, "" = what is shown tells."""
    why = [{} if reasons is None else {"why": reasons.get(hit.id, "")} for hit in answer.results]
    results = [asdict(hit) | each for hit, each in zip(answer.results, why, strict=True)]
    return {"results": results, "milliseconds": answer.milliseconds}


def _rows(file: Path, column: str) -> list[dict[str, str]]:
    try:
        rows = list(_read(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadFile(UNREADABLE, name=file.name) from None
    if not rows or column not in rows[0]:
        raise BadFile(NO_COLUMN, name=file.name, column=column)
    return rows


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            # Cells beyond the last heading have none; missing ones are empty.
            yield {name: text or "" for name, text in row.items() if name is not None}
