"""An extract on paper: sections of three columns, as many pages as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from registry.documents.layout import flow, place
from registry.documents.letterhead import draw_letterhead
from registry.documents.letters import Sender
from registry.documents.paper import Paper
from registry.documents.stationery import MM, letter_paper
from registry.documents.text import Span, Style, draw, lay_out
from registry.documents.tree import Block, Inline, Paragraph, Run, Table
from registry.progress import SILENT, Progress
from registry.whole_file import whole_file

_MARGIN, _FOOT = 20 * MM, 20 * MM
_WIDTHS = (3.0, 4.5, 3.5)
_NUMBER = Style(8)
#: Rows set at a time, so that a long history can be stopped.
_SLICE = 100

Row = tuple[str, str, str]


def write_extract(
    path: Path,
    sections: Sequence[tuple[str, Sequence[Row]]],
    *,
    heading: str,
    about: Sequence[str],
    titles: Row,
    sender: Sender,
    language: str,
    progress: Progress = SILENT,
) -> str:
    """Write the sections under one another, whole or not at all; the characters that no font had.

    Args:
        about: paragraphs under the heading.
        titles: of the three columns.

    Raises:
        StorageTrouble: the file cannot be written.
        Cancelled: the user stopped; no file is left.
    """
    total = sum(len(rows) for _title, rows in sections)
    with whole_file(path) as file:
        paper = Paper(file, title=heading, language=language, size=letter_paper(sender.country))
        width = paper.size[0] - 2 * _MARGIN

        def next_page() -> float:
            number = lay_out([Span(str(paper.pages + 1), _NUMBER)], width, align="center")
            draw(paper, number, _MARGIN, 12 * MM)
            paper.end_page()
            return paper.size[1] - _MARGIN

        y = draw_letterhead(paper, sender, language, _MARGIN, width) - 20
        head: list[Block] = [Paragraph((Run(heading, size=16, bold=True),))]
        head += [Paragraph((Run(line),)) for line in about if line]
        y = place(paper, flow(head, width, language=language, images={}), _MARGIN, y, _FOOT, next_page)
        done = 0
        for title, rows in sections:
            for start in range(0, len(rows), _SLICE):
                some = rows[start : start + _SLICE]
                blocks = _blocks(title if not start else "", titles, some)
                y = place(paper, flow(blocks, width, language=language, images={}), _MARGIN, y, _FOOT, next_page)
                done += len(some)
                progress.step(done, total, title)
        next_page()
        paper.close()
        progress.committing()
    return "".join(sorted(paper.missing))


def _blocks(title: str, titles: Row, rows: Sequence[Row]) -> list[Block]:
    cells: list[tuple[tuple[Inline, ...], ...]] = [tuple((Run(text),) if text else () for text in row) for row in rows]
    if not title:
        return [Table(tuple(cells), _WIDTHS)]
    head: tuple[tuple[Inline, ...], ...] = tuple((Run(text),) for text in titles)
    return [Paragraph((Run(title),), style="heading"), Table((head, *cells), _WIDTHS, header=True)]
