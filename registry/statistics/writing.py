"""A table of counts as a file: two fields across each other in a workbook, or a line for each count."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import IO

from registry import formats
from registry.commands import WriteStatistics
from registry.context import Context
from registry.errors import Invalid
from registry.figures.charts import WITHHELD
from registry.formats import number
from registry.i18n import N_, _, current_language
from registry.queries import CountBy
from registry.statistics import counting
from registry.statistics.counting import Statistics, count_by
from registry.statistics.suppression import LEAST
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.readers.safe_text import guarded
from registry.whole_file import whole_file

OTHER_ENDING = N_("Counts are written as .xlsx, .csv or .pdf. Give the file one of these endings.")
SHEET, ABOUT, TOTAL, COUNT = N_("Statistics"), N_("About"), N_("Total"), N_("Count")
WITHHELD_MEANS = N_("Withheld: fewer than {least} people, or enough more that these cannot be found by subtracting.")
SEVERAL_MEANS = N_("Somebody with several values is counted at each of them, so that counts can add up to more.")


def write_statistics(context: Context, command: WriteStatistics) -> Statistics:
    """Count and write the file.

    Raises:
        Invalid: as `count_by`, another ending, or no reason given.
        ConfirmationNeeded: counts of many people leave, small ones among them.
        StorageTrouble: the file can't be written; what was there before stays.
    """
    write = _WRITERS.get(command.path.suffix.casefold())
    if write is None:
        raise Invalid(OTHER_ENDING)
    table = count_by(context, CountBy(command.by, command.query, command.kind, command.public, command.everybody))
    context.require_confirmation(0 if command.public else table.total or 0, command.reason)
    with whole_file(command.path) as file:
        write(context, file, command, table)
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(query=command.query, by=list(command.by), public=command.public)
    return table


def _write_lines(_context: Context, file: IO[bytes], command: WriteStatistics, table: Statistics) -> None:
    """One line a count: codes, words, and the number; nothing where it is withheld."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([*command.by, "label", "count"])
    for cell in table.cells:
        said = [*cell.by.values(), cell.label]
        lines.writerow([*map(guarded, said), "" if cell.count is None else cell.count])
    text.flush()
    text.detach()


def _write_book(_context: Context, file: IO[bytes], command: WriteStatistics, table: Statistics) -> None:
    book = Workbook(file)
    down = table.groups[0]
    across = table.groups[1] if len(table.groups) > 1 else {"": _(COUNT)}
    head = [Column(" / ".join(table.fields), 40), *(Column(label, 14) for label in across.values())]
    book.sheet(_(SHEET), head, footer="")
    counts = {tuple(cell.by.values()): cell for cell in table.cells}
    for row, label in down.items():
        keys = [(row, column) if len(table.groups) > 1 else (row,) for column in across]
        book.row([label, *(_shown(counts.get(key)) for key in keys)])
    book.sheet(_(ABOUT), [Column(_(ABOUT), 36), Column(_("Value"), 90, wrapped=True)], footer="")
    book.rows(_about(command, table))
    book.close()


def _write_page(context: Context, file: IO[bytes], command: WriteStatistics, table: Statistics) -> None:
    from registry.outreach.letter_making import sender_of
    from registry.statistics.paper import write_paper

    def plain(value: Cell) -> str:
        return formats.day(value) if isinstance(value, date) else str(value)

    write_paper(
        file,
        table,
        [(name, number(value) if isinstance(value, int) else plain(value)) for name, value in _about(command, table)],
        lambda count: _(WITHHELD) if count is None else number(count),
        chart=command.chart,
        sender=sender_of(context, (current_language(),)),
        language=current_language(),
        progress=context.progress,
    )


def _shown(cell: counting.Cell | None) -> Cell:
    """A count as a cell of the sheet; what is missing is nobody."""
    if cell is None:
        return 0
    return _(WITHHELD) if cell.count is None else cell.count


def _about(command: WriteStatistics, table: Statistics) -> Sequence[tuple[str, Cell]]:
    facts: list[tuple[str, Cell]] = [
        (_("Made on"), date.today()),
        (_("Counted by"), ", ".join(table.fields)),
        (_("Query"), command.query or _("Everybody")),
        (_(TOTAL), _(WITHHELD) if table.total is None else table.total),
    ]
    if table.belonging and not command.everybody:
        facts.append((_("Who counts"), table.belonging))
    if table.several:
        facts.append((_("Several values"), _(SEVERAL_MEANS)))
    if command.public:
        facts.append((_(WITHHELD), _(WITHHELD_MEANS, least=LEAST)))
    return facts


_WRITERS: dict[str, Callable[[Context, IO[bytes], WriteStatistics, Statistics], None]] = {
    ".xlsx": _write_book,
    ".csv": _write_lines,
    ".pdf": _write_page,
}
