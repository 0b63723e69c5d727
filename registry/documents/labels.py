"""Addresses on sheets of labels, and envelopes: what is not printed on the letter itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.documents.fitting import fitted
from registry.documents.paper import Paper
from registry.documents.sheets import Sheet
from registry.documents.stationery import MM, Envelope
from registry.documents.text import Span, Style, draw, lay_out
from registry.i18n import ngettext
from registry.progress import SILENT, Progress
from registry.whole_file import whole_file

_REPORT_EVERY = 200
#: The white margin of a label, in millimetres.
_PADDING = 2.5
_LARGEST, _SMALLEST = 10.5, 5.0
_LARGEST_ON_ENVELOPE = 12.0
_RETURN = Style(7.5)
_LONGEST_RETURN = 400


@dataclass(frozen=True, slots=True)
class LabelsWritten:
    """What came of it.

    Attributes:
        count: labels or envelopes.
        pages: sheets.
        cut: how many of them have more text than there is room for.
        missing: the characters no font had.
    """

    count: int
    pages: int
    cut: int
    missing: str


def write_labels(
    path: Path,
    labels: Iterable[Sequence[str]],
    *,
    sheet: Sheet,
    first: int = 0,
    language: str = "en",
    total: int = 0,
    progress: Progress = SILENT,
) -> LabelsWritten:
    """Write the lines of each label to sheets, row by row; the file is there whole or not at all.

    Args:
        first: the place, from 0, of the first label: those before it were used already.
        language: of the document.
        total: how many labels there are, for `progress`; 0 if unknown.

    Raises:
        StorageTrouble: the file cannot be written.
        Cancelled: the user stopped; no file is left.
    """
    with whole_file(path) as file:
        paper = Paper(file, title="Labels", language=language, size=sheet.size)
        width, height = (sheet.width - 2 * _PADDING) * MM, (sheet.height - 2 * _PADDING) * MM
        count = cut = 0
        place = first
        for lines in labels:
            if place == sheet.places:
                paper.end_page()
                place = 0
            left, down = sheet.place(place)
            block = fitted(lines, width, height, largest=_LARGEST, smallest=_SMALLEST)
            top = sheet.size[1] - (down + _PADDING) * MM
            block.draw(paper, (left + _PADDING) * MM, top - (height - block.height) / 2)
            cut += not block.whole
            place, count = place + 1, count + 1
            _tell(progress, count, total)
        paper.end_page()
        paper.close()
        progress.committing()
    return LabelsWritten(count, paper.pages, cut, "".join(sorted(paper.missing)))


def write_envelopes(
    path: Path,
    addresses: Iterable[Sequence[str]],
    *,
    envelope: Envelope,
    sender: Sequence[str],
    language: str = "en",
    total: int = 0,
    progress: Progress = SILENT,
) -> LabelsWritten:
    """Write one envelope a page, long side across, the sender's lines in its upper left corner.

    Args and exceptions as of `write_labels`.
    """
    size = (envelope.width * MM, envelope.height * MM)
    margin = 10 * MM
    # The recipient's lines keep to the right half, over the machines' coding zone of 15 mm at the lower edge (UPU S42).
    left, top, room = size[0] * 0.46, size[1] * 0.58, size[1] * 0.58 - 20 * MM
    back = lay_out([Span("\n".join(sender)[:_LONGEST_RETURN], _RETURN)], size[0] * 0.4 - margin)
    back = back.divided(size[1] * 0.35)[0]
    with whole_file(path) as file:
        paper = Paper(file, title="Envelopes", language=language, size=size)
        count = cut = 0
        for lines in addresses:
            if count:
                paper.end_page()
            draw(paper, back, margin, size[1] - margin)
            block = fitted(lines, size[0] - left - margin, room, largest=_LARGEST_ON_ENVELOPE, smallest=_SMALLEST)
            block.draw(paper, left, top)
            cut += not block.whole
            count += 1
            _tell(progress, count, total)
        paper.end_page()
        paper.close()
        progress.committing()
    return LabelsWritten(count, paper.pages, cut, "".join(sorted(paper.missing)))


def _tell(progress: Progress, count: int, total: int) -> None:
    if count % _REPORT_EVERY == 0:
        progress.step(count, total, ngettext("{count} address set", "{count} addresses set", count))
