"""A table of counts on paper: the chart, the table, and what is to be known about both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import IO

from registry.documents.layout import Part, direction_of, flow, place
from registry.documents.letterhead import draw_letterhead
from registry.documents.letters import Sender
from registry.documents.paper import Paper
from registry.documents.stationery import MM, letter_paper
from registry.documents.text import Span, Style, draw, lay_out
from registry.documents.tree import Block, Paragraph, Run, Table
from registry.figures.placed import Placed
from registry.figures.sheet import Style as Look
from registry.i18n import N_, _
from registry.progress import Progress
from registry.statistics import drawing
from registry.statistics.counting import Statistics

COUNT, TOTAL = N_("Count"), N_("Total")
ABOUT = N_("About these numbers")
_MARGIN, _FOOT = 20 * MM, 20 * MM
_NUMBER = Style(8)
#: So many columns of counts stand beside each other, fewer with long words above them; more go into further tables.
_MOST_ACROSS, _LEAST_ACROSS = 6, 3
_FIRST_COLUMN = 2.4
#: Points that a letter of a heading takes, and the space about it.
_LETTER, _SPACE = 5.8, 8.0
#: Rows set at a time, so that a long table can be stopped.
_SLICE = 100

Told = Callable[[int | None], str]


def write_paper(
    file: IO[bytes],
    table: Statistics,
    about: Sequence[tuple[str, str]],
    told: Told,
    *,
    chart: str,
    sender: Sender,
    language: str,
    progress: Progress,
) -> str:
    """Write it; the characters that no font had.

    Args:
        about: what is to be known, as name and value.
        told: a count as it is written.
        chart: one of `CHARTS` of `drawing`.

    Raises:
        Cancelled: the user stopped.
    """
    title = drawing.title(table)
    paper = Paper(file, title=title, language=language, size=letter_paper(sender.country))
    width = paper.size[0] - 2 * _MARGIN

    def next_page() -> float:
        number = lay_out([Span(str(paper.pages + 1), _NUMBER)], width, align="center")
        draw(paper, number, _MARGIN, 12 * MM)
        paper.end_page()
        return paper.size[1] - _MARGIN

    y = draw_letterhead(paper, sender, language, _MARGIN, width) - 20
    look = Look(width=width, mirrored=direction_of(language) == "rtl")
    head: list[Part] = [
        *_parts([Paragraph((Run(title, size=16, bold=True),))], width, language),
        Placed(drawing.figure(table, look, chart), width),
    ]
    y = place(paper, head, _MARGIN, y, _FOOT, next_page)
    done, rows = 0, len(table.rows)
    for block in _tables(table, told, width):
        y = place(paper, _parts([block], width, language), _MARGIN, y, _FOOT, next_page)
        done = min(done + _SLICE, rows)
        progress.step(done, rows, title)
    notes = Table(tuple(((Run(name),), (Run(value),)) for name, value in about), (1.4, 4.0))
    end: list[Block] = [Paragraph((Run(_(ABOUT)),), style="heading"), notes]
    place(paper, _parts(end, width, language), _MARGIN, y, _FOOT, next_page)
    next_page()
    paper.close()
    return "".join(sorted(paper.missing))


def _parts(blocks: Sequence[Block], width: float, language: str) -> list[Part]:
    return list(flow(blocks, width, language=language, images={}))


def _tables(table: Statistics, told: Told, width: float) -> Iterator[Table]:
    """The counts with their totals, in tables no wider than the page and no longer than a slice."""
    places = list(range(len(table.columns)))
    across = _across([head.label for head in table.columns], width)
    for start in range(0, max(len(places), 1), across):
        columns = places[start : start + across]
        labels = [
            " / ".join(table.fields),
            _(TOTAL) if columns else _(COUNT),
            *(table.columns[c].label for c in columns),
        ]
        head = tuple(_cell(text) for text in labels)
        lines = [[_(TOTAL), told(table.total), *(told(table.columns[c].count) for c in columns)]]
        for row, line in zip(table.rows, table.counts, strict=True):
            lines.append([row.label, told(row.count), *(told(line[c]) for c in columns)])
        for begin in range(0, len(lines), _SLICE):
            cells = [tuple(_cell(text) for text in line) for line in lines[begin : begin + _SLICE]]
            yield Table((head, *cells), (_FIRST_COLUMN, *(1.0 for _column in labels[1:])), header=True)


def _across(labels: Sequence[str], width: float) -> int:
    """How many columns stand beside each other without a word being broken."""
    longest = max((len(word) for label in labels for word in label.replace("-", " ").split()), default=0)
    room = width / (longest * _LETTER + _SPACE) - _FIRST_COLUMN - 1
    return min(max(int(room), _LEAST_ACROSS), _MOST_ACROSS)


def _cell(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()
