"""Records into a file from which they can be imported again without loss."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, func, select

from db import records as rows_of
from db.models import METADATA, record_column
from registry import fields, links, listing, records
from registry.commands import ExportRecords
from registry.context import Context
from registry.errors import Invalid
from registry.fields import KEYED, SINGLE, Field
from registry.i18n import N_, _
from registry.kinds import COORDINATES, INTEGER, PARTIAL_DATE, Kind
from registry.listing import Listing
from registry.registration import states
from registry.search.find import ids_of
from registry.transfer.export.columns import ExportColumn, check_columns, export_columns
from registry.transfer.export.workbook import Cell
from registry.transfer.export.writers import SHEETS, check_ending, writer_for
from registry.transfer.headings.own_names import LABEL, NUMBER
from registry.whole_file import whole_file

NO_SUCH_COLUMN = N_("“{name}” is not a field that you can export.")
CHOSEN = N_("chosen in the list")
#: A text that is a whole day.
_DAY = 10
#: Records that are in memory at a time, some 60 MB of them. They are read as they lie in the register and written by
#: name: the more at once, the fewer pages are read and deciphered again.
_BLOCK = 20_000
#: Records between two reports.
_TOGETHER = 500


def export_records(context: Context, command: ExportRecords) -> int:
    """Write the records that the command names; returns their number.

    Raises:
        Invalid: an unknown column or ending, or no reason given.
        ConfirmationNeeded: the data of many people leaves.
        StorageTrouble: the file can't be written; what was there before stays.
    """
    check_ending(command.path)
    ids = array("q", command.ids) if command.ids is not None else ids_of(context, command.kind, command.query)
    context.require_confirmation(len(ids), command.reason)
    names = _columns(context, command, ids)
    total, message = len(ids), _("Writing the file")
    # The number tells our own files apart and finds the records again; then every column is one field.
    names = [NUMBER, *(n for n in names if n != NUMBER)]
    check_columns(names)
    with whole_file(command.path) as file:
        writer = writer_for(command.path, file, command.kind, _facts(context, command, total))
        columns = export_columns(command.kind, names, labelled=writer.labelled)
        writer.header(columns)
        written = 0
        for first in range(0, total, _BLOCK):
            report = partial(context.progress.step, written, total, message)
            for cells in _blocks(context, command.kind, ids[first : first + _BLOCK], names, columns, report):
                writer.records(cells)
                written += len(cells[0])
        writer.close()
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(query=command.query, records=written, fields=names)
    return written


def _facts(context: Context, command: ExportRecords, total: int) -> list[tuple[str, Cell]]:
    """When, where and of whom, for whoever reads the file; never why: a reason stays in the history."""
    post = " ".join(filter(None, (context.settings.get("post"), context.settings.get("post_name"))))
    return [
        (_("Made on"), date.today()),
        (_("Post"), post),
        (_("Records"), _(SHEETS[command.kind])),
        (_("Query"), _(CHOSEN) if command.ids is not None else command.query or _("Everybody")),
        (_("Count"), total),
        (_("Who may have this file"), _("It is not encrypted. Give it only to whom it is for, and delete it in time.")),
    ]


def _blocks(
    context: Context,
    kind: str,
    ids: Sequence[int],
    names: Sequence[str],
    columns: Sequence[ExportColumn],
    report: Callable[[], None],
) -> Iterator[list[list[Cell]]]:
    """The cells of records, some hundreds of records at a time, each a list a column."""
    wanted = records.visible(context.session, kind, names)
    found = listing.read(context.connection, kind, ids, wanted, report)
    places = found.places(ids)
    by_column = [_cells(found, column, places) for column in columns]
    for first in range(0, len(places), _TOGETHER):
        report()
        yield [cells[first : first + _TOGETHER] for cells in by_column]


def _cells(found: Listing, column: ExportColumn, places: Sequence[int]) -> list[Cell]:
    """The cells of a column for some places of the listing; of each distinct value only one is made."""
    kind, name = column.field.kind, column.name.removesuffix(LABEL) if column.shown else column.name
    values = found.values.get(name) or [None] * len(found.ids)
    cell_of = column.field.show if column.shown or kind is COORDINATES else _TYPED.get(kind)
    cells: list[Cell]
    if cell_of is None:
        cells = ["" if value is None else value for value in map(values.__getitem__, places)]
    else:
        known: dict[str | None, Cell] = {value: cell_of(value) for value in set(values) if value is not None}
        cells = [*map((known | {None: ""}).__getitem__, map(values.__getitem__, places))]
    if (raw := found.raw.get(name)) and not column.shown:
        unsaid = ("", states.UNSAID if name == "state" else "")
        cells = [raw.get(place, cell) if cell in unsaid else cell for place, cell in zip(places, cells, strict=True)]
    return cells


def _day(value: str) -> Cell:
    return date.fromisoformat(value) if len(value) == _DAY else value


#: Kinds of values that programs know as more than text.
_TYPED: Mapping[Kind, Callable[[str], Cell]] = {INTEGER: int, PARTIAL_DATE: _day}


def _columns(context: Context, command: ExportRecords, ids: Sequence[int]) -> list[str]:
    """The canonical names to write: those asked for, else all that have a value somewhere."""
    seen = {f.name for f in records.visible(context.session, command.kind)}
    if command.columns:
        for name in command.columns:
            found = fields.find(command.kind, name)
            if found is None or found[0].name not in seen:
                raise Invalid(NO_SUCH_COLUMN, name=name[:60])
        return list(dict.fromkeys(command.columns))
    present = _present(context, command.kind, ids)
    ordered: list[str] = []
    for group in fields.by_group(command.kind):
        ordered.extend(n for n in _in_order(command.kind, group, present) if fields.split(n)[0] in seen or n in seen)
    return ordered


def _in_order(kind: str, group: str, present: set[str]) -> list[str]:
    """Fields of a group in the order of the card, repeated ones number by number: street, city, street 2, city 2."""
    described = fields.by_group(kind)[group]
    if not described[0].repeats:
        return [f.name for f in described if f.name in present]
    most = max((fields.split(n)[1] for n in present), default=0)
    numbered = (fields.numbered(f.name, place) for place in range(most + 1) for f in described)
    return [name for name in numbered if name in present]


def _present(context: Context, kind: str, ids: Sequence[int]) -> set[str]:
    """Names, numbered, under which at least one of the records holds something; counted by the store."""
    found: set[str] = {NUMBER}
    some = {"runs": rows_of.as_runs(sorted(ids))}
    by_table: dict[str, list[Field]] = {}
    for described in fields.of(kind):
        by_table.setdefault(described.table, []).append(described)
    for name, columns in by_table.items():
        table = METADATA.tables[name]
        if context.connection.execute(select(table.c.id).limit(1)).first() is None:
            continue
        count = _answered if name in KEYED else _filled
        found.update(count(context.connection, table, columns, some))
    raw = METADATA.tables["raw_value"]
    texts = select(raw.c.field).select_from(_chosen(raw)).distinct()
    found.update(context.connection.execute(texts, some).scalars())
    return found


def _chosen(table: Table) -> FromClause:
    """The rows of the records whose ids are given."""
    return rows_of.RUNS.join(table, rows_of.in_run(_owner(table)))


def _owner(table: Table) -> ColumnElement[int]:
    owner: ColumnElement[int] = table.c[record_column(table) or "id"]
    return owner


def _answered(
    connection: Connection, table: Table, _described: Sequence[Field], some: Mapping[str, str]
) -> Iterator[str]:
    """The names, numbered, of what the rows of a keyed table stand for."""
    keys = [table.c[column] for column in KEYED[table.name][1]]
    counted = select(*keys, func.count().label("most")).select_from(_chosen(table))
    each = counted.group_by(*keys, table.c.record_id).subquery()
    columns = [each.c[key.name] for key in keys]
    chosen = select(*columns, func.max(each.c.most).label("most")).group_by(*columns)
    for row in connection.execute(chosen, some).mappings():
        for place in range(int(row["most"])):
            yield fields.numbered(fields.group_of(table.name, dict(row)), place)


def _filled(connection: Connection, table: Table, described: Sequence[Field], some: Mapping[str, str]) -> Iterator[str]:
    """The names, numbered as often as a record has rows, of the columns in which something stands."""
    texts = [table.c["raw"] if f.name == "phone" else links.said(f) for f in described]
    counts = [func.count(text).label(f"of{place}") for place, text in enumerate(texts)]
    held = connection.execute(select(*counts).select_from(_chosen(table)), some).one()
    most = 1 if table.name in SINGLE else int(connection.scalar(_most_rows(table), some) or 0)
    for place in range(most):
        yield from (fields.numbered(f.name, place) for f, count in zip(described, held, strict=True) if count)


def _most_rows(table: Table) -> Select[tuple[int]]:
    """How many rows a record has at most; run by run, as the index has them together for each of its records."""
    owner = _owner(table)
    each = select(func.count().label("rows")).where(rows_of.in_run(owner)).group_by(owner).correlate(rows_of.RUNS)
    return select(func.max(select(func.max(each.subquery().c.rows)).scalar_subquery())).select_from(rows_of.RUNS)
