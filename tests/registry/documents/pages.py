"""PDF files made for a test and read back by two independent readers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pypdf
import pypdfium2  # type: ignore[import-untyped]

from registry.documents.letters import Sender
from registry.documents.paper import Paper
from registry.documents.text import Align, Direction, Span, Style, draw, lay_out

SENDER = Sender(
    "Republic of Avaria",
    "Consulate General in Hamburg",
    "DEU",
    "Hamburg",
    ("Lindenstraße 12", "20095 Hamburg"),
    "+49 40 555 01 20",
    "forum@consulate.example",
)


def printed(
    text: str,
    *,
    width: float = 480.0,
    align: Align = "start",
    direction: Direction = "auto",
    style: Style | None = None,
) -> bytes:
    """One paragraph on one page."""
    file = io.BytesIO()
    paper = Paper(file, title="Letters", language="en")
    draw(paper, lay_out([Span(text, style or Style())], width, align=align, direction=direction), 57, 800)
    paper.end_page()
    paper.close()
    return file.getvalue()


def pypdf_text(pdf: bytes) -> str:
    """The text as pypdf reads it, one space between words."""
    return _spaced("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf), strict=True).pages))


def pdfium_text(pdf: bytes) -> str:
    """The text as PDFium reads it, one space between words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return _spaced("\n".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def character_boxes(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Left, bottom, right and top of every visible character, page by page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            pages.append([box for box in boxes if box[2] > box[0]])
        return pages
    finally:
        document.close()


def links_and_images(pdf: bytes) -> tuple[int, int]:
    """How many annotations and images the file has."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    annotations = sum(len(page.get("/Annots") or []) for page in reader.pages)
    objects: list[Any] = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    images = sum(isinstance(each, Mapping) and each.get("/Subtype") == "/Image" for each in objects)
    return annotations, images


def _spaced(text: str) -> str:
    return " ".join(text.split())
