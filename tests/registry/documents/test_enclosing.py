"""Pages of another PDF behind each letter: they say what they said, and the file holds them once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from registry.documents.letters import Letter, Printing, Sender, letter_pdf, write_letters
from registry.documents.templates import Template
from registry.documents.tree import Enclosure, Paragraph, Run, Section, Tree
from tests.registry.documents.pages import links_and_images, pdfium_text

SENDER = Sender("Republic", "Consulate", "FRA", city="Lyon")
DAY = date(2027, 1, 2)


def programme(size: int = 20_000) -> bytes:
    """Two pages with text, a link, and something that takes room."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 300), pageCompression=0)
    for page in ("First page of the programme", "Second page"):
        canvas.drawString(50, 200, page)
        canvas.linkURL("https://example.org", (0, 0, 100, 100))
        canvas.drawString(50, 100, "." * size)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def template(*blocks: Enclosure | Paragraph | Section) -> Template:
    return Template("t", "outreach_news", {"en": "T"}, (), {"en": Tree(blocks)})


LETTER = Letter("en", ("Ana Example", "1 Street", "69000 LYON"), {"city": "Lyon"})


def test_pages_follow_their_letter_and_say_what_they_said() -> None:
    made = template(Paragraph((Run("See the programme."),)), Enclosure("p"))
    pdf = letter_pdf(LETTER, template=made, sender=SENDER, day=DAY, images={"p": programme(10)})
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert [tuple(map(round, page.mediabox[2:])) for page in pages] == [(595, 842), (400, 300), (400, 300)]
    text = pdfium_text(pdf)
    assert text.index("See the programme.") < text.index("First page of the programme") < text.index("Second page")
    assert links_and_images(pdf)[0] == 0, "what could do something is left out"


def test_many_letters_hold_the_pages_once(tmp_path: Path) -> None:
    made, content = template(Paragraph((Run("Text."),)), Enclosure("p")), programme()
    sizes = []
    for count in (1, 50):
        path = tmp_path / f"{count}.pdf"
        written = write_letters(path, [LETTER] * count, template=made, sender=SENDER, day=DAY, images={"p": content})
        assert written.pages == 3 * count
        assert len(PdfReader(path).pages) == 3 * count
        sizes.append(path.stat().st_size)
    assert sizes[1] < sizes[0] + 60_000


def test_an_enclosure_under_a_condition_follows_only_then_and_duplex_begins_in_front(tmp_path: Path) -> None:
    made = template(Paragraph((Run("Text."),)), Section("city", "equals", (Enclosure("p"),), ("Lyon",)))
    elsewhere = Letter("en", LETTER.address_lines, {"city": "Paris"})
    path = tmp_path / "letters.pdf"
    letters, printing = [LETTER, elsewhere, LETTER], Printing(duplex=True)
    write_letters(path, letters, template=made, sender=SENDER, day=DAY, images={"p": programme(5)}, printing=printing)
    widths = [round(page.mediabox[2]) for page in PdfReader(path).pages]
    assert widths == [595, 400, 400, 595, 595, 595, 595, 400, 400]
