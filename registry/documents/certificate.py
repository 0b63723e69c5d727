"""A certificate of one page: what is certified, in two columns, with a serial number that can be scanned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.documents.fitting import fitted
from registry.documents.letterhead import draw_letterhead
from registry.documents.letters import Sender
from registry.documents.marks import draw_mark
from registry.documents.paper import Paper
from registry.documents.stationery import MM, letter_paper
from registry.documents.text import Block, Span, Style, draw, lay_out
from registry.documents.tree import Align
from registry.whole_file import whole_file

_MARGIN = 25 * MM
_TITLE, _SMALL = Style(20, bold=True), Style(8.5)
_LABEL, _LARGEST, _SMALLEST = Style(9.5), 12.0, 6.0
_LABELS = 0.34
#: The most room that one fact takes, in points; so many facts fit on the page whatever they say.
_HIGHEST = 34.0
_MARK = 26.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says, in its own language.

    Attributes:
        opening, closing: the sentences before and after the facts.
        facts: label and value.
        dated: place and day.
        signed: what stands under the line for the signature.
        notes: small lines at the foot: serial number, validity, which print it is.
    """

    title: str
    opening: str
    facts: Sequence[tuple[str, str]]
    closing: str
    dated: str
    signed: str
    serial: str
    notes: Sequence[str]


def write_certificate(path: Path, certificate: Certificate, *, sender: Sender, language: str) -> str:
    """Write it, whole or not at all; the characters that no font had. Raises `StorageTrouble`."""
    with whole_file(path) as file:
        paper = Paper(file, title=certificate.title, language=language, size=letter_paper(sender.country))
        _draw(paper, certificate, sender, language)
        paper.end_page()
        paper.close()
    return "".join(sorted(paper.missing))


def _draw(paper: Paper, certificate: Certificate, sender: Sender, language: str) -> None:
    from registry.documents.layout import direction_of

    width = paper.size[0] - 2 * _MARGIN
    direction = direction_of(language)
    at_end: Align = "left" if direction == "rtl" else "right"

    def said(text: str, style: Style, align: Align = "start") -> Block:
        return lay_out([Span(text, style)], width, align=align, direction=direction)

    y = draw_letterhead(paper, sender, language, _MARGIN, width) - 44
    title = said(certificate.title, _TITLE, "center")
    draw(paper, title, _MARGIN, y)
    y -= title.height + 24
    opening = said(certificate.opening, Style(11), "justify")
    draw(paper, opening, _MARGIN, y)
    y -= opening.height + 16
    y = _draw_facts(paper, certificate.facts, y, width, language) - 14
    closing = said(certificate.closing, Style(11), "justify")
    draw(paper, closing, _MARGIN, y)
    y -= closing.height + 20
    draw(paper, said(certificate.dated, Style(11)), _MARGIN, y)
    signed = said(certificate.signed, Style(10), at_end)
    foot = 62 * MM
    draw(paper, signed.divided(30)[0], _MARGIN, foot)
    start = _MARGIN if at_end == "left" else _MARGIN + width * 0.6
    paper.code(f"q 0.5 w {start:.2f} {foot + 4:.2f} m {start + width * 0.4:.2f} {foot + 4:.2f} l S Q")
    draw_mark(paper, certificate.serial, _MARGIN - 4, 52 * MM, _MARK * MM)
    beside = lay_out([Span("\n".join(certificate.notes), _SMALL)], width - _MARK * MM - 8, direction=direction)
    draw(paper, beside.divided(_MARK * MM)[0], _MARGIN + _MARK * MM + 8, 48 * MM)


def _draw_facts(paper: Paper, facts: Sequence[tuple[str, str]], top: float, width: float, language: str) -> float:
    """Label and value beside one another, a hairline under each; where they end."""
    from registry.documents.layout import direction_of

    direction = direction_of(language)
    labels, values = width * _LABELS, width * (1 - _LABELS) - 8
    label_at, value_at = _MARGIN, _MARGIN + labels + 8
    beside: Align = "left"
    if direction == "rtl":
        beside = "right"
        label_at, value_at = _MARGIN + values + 8, _MARGIN
    for label, value in facts:
        name = lay_out([Span(label, _LABEL)], labels, direction=direction).divided(_HIGHEST)[0]
        said = fitted([value], values, _HIGHEST, largest=_LARGEST, smallest=_SMALLEST, align=beside)
        high = max(name.height, said.height)
        draw(paper, name, label_at, top - (high - name.height) / 2 - 5)
        said.draw(paper, value_at, top - (high - said.height) / 2 - 5)
        top -= high + 10
        paper.code(f"q 0.3 w {_MARGIN:.2f} {top:.2f} m {_MARGIN + width:.2f} {top:.2f} l S Q")
    return top
