"""How letters come onto paper: windows, the code of a letter, both sides, one file a letter."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from registry.documents import marks
from registry.documents.certificate import Certificate, write_certificate
from registry.documents.letters import Letter, Printing, letter_pdf, write_letters
from registry.documents.paper import Paper
from registry.documents.stationery import MARK, MM, WINDOWS, usual_window, window
from registry.documents.templates import template
from registry.errors import Invalid
from tests.registry.documents.pages import SENDER, character_boxes, pdfium_text

DAY = datetime.date(2026, 11, 23)
FORUM = template("annual-forum")
ADDRESS = (
    "Ms Ada Marković",
    "Friends of the Lighthouse and Harbour",
    "5 bis rue de la Paix",
    "69002 LYON",
    "FRANCE",
)
CODE = "C26-0001-00017-K"
#: What each window shows wherever the sheet slides in the envelope: left, top, right, bottom, in millimetres.
SHOWN = {
    "din-5008-a": (20, 27, 105, 73),
    "din-5008-b": (20, 45, 105, 91),
    "french": (105, 45, 195, 86),
    "us-10": (22, 50, 120, 80),
    "c5": (20, 57, 91, 89),
    "c4": (20, 45, 91, 73),
}


def codes_on(pdf: bytes, page: int = 0) -> list[tuple[str, float, float]]:
    """Every code on a page: what it says, and where its middle stands, in millimetres from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=3).to_pil()
    finally:
        document.close()
    found = []
    for read in zxingcpp.read_barcodes(image):
        corners = (read.position.top_left, read.position.bottom_right)
        x, y = (sum(getattr(corner, axis) for corner in corners) / 2 / 3 / MM for axis in "xy")
        found.append((read.text, x, y))
    return found


def _letter(code: str = CODE, salutation: str = "Dear Ms Marković") -> Letter:
    return Letter("en", ADDRESS, {"salutation": salutation, "number": "LYS-26-000123-K"}, code)


@pytest.mark.parametrize("code", WINDOWS)
def test_address_and_code_show_in_the_window(code: str) -> None:
    pdf = letter_pdf(_letter(), template=FORUM, sender=SENDER, day=DAY, printing=Printing(code))
    left, top, right, bottom = SHOWN[code]
    ((said, x, y),) = codes_on(pdf)
    assert said == CODE
    assert left <= x - MARK / 2
    assert x + MARK / 2 <= right + 1
    assert top <= y - MARK / 2
    assert y + MARK / 2 <= bottom
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        text, height = page.get_textpage(), page.get_height()
        for line in ADDRESS:
            at = text.search(line[-8:]).get_next()
            assert at is not None
            box = text.get_charbox(at[0] + 7)
            assert left <= box[0] / MM <= box[2] / MM <= x - MARK / 2 + 1, line
            assert top <= (height - box[3]) / MM <= (height - box[1]) / MM <= bottom, line
    finally:
        document.close()
    assert CODE in pdfium_text(pdf), "what cannot be scanned can be typed"


def test_short_codes_are_those_of_the_library() -> None:
    chance = random.Random(7)
    for length in range(1, 21):
        for _ in range(5):
            # Digits alone the library writes in a mode of their own.
            text = "K" + "".join(chance.choices(marks._ALPHANUMERIC, k=length - 1))
            assert marks._small(text) == marks._by_library(text), text


@pytest.mark.parametrize("text", ["0C3D-7", "LYS-R26-00012-K", "a longer code in small letters, ё 中", "1234567890"])
def test_every_text_can_be_scanned(text: str) -> None:
    file = io.BytesIO()
    paper = Paper(file, title="Code", language="en")
    marks.draw_mark(paper, text, 100, 700, 20 * MM)
    paper.end_page()
    paper.close()
    assert [said for said, _x, _y in codes_on(file.getvalue())] == [text]


def test_a_letter_without_a_code_has_none() -> None:
    assert codes_on(letter_pdf(_letter(""), template=FORUM, sender=SENDER, day=DAY)) == []


def test_the_usual_window_is_that_of_the_posting_country() -> None:
    assert [usual_window(country) for country in ("DEU", "FRA", "USA", "JPN")] == [
        "din-5008-b", "french", "us-10", "din-5008-b",
    ]  # fmt: skip
    assert window("c4", "USA") is WINDOWS["c4"]
    with pytest.raises(Invalid, match="no envelope window"):
        window("c9", "DEU")


def _letters() -> Iterator[Letter]:
    """Of one page, two, one and two."""
    for number in range(4):
        long = " ".join(f"word{at}" for at in range(240)) if number % 2 else ""
        yield _letter(f"N{number}", f"Dear reader number {number} {long}")


def test_for_both_sides_every_letter_begins_on_a_front_side(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    written = write_letters(path, _letters(), template=FORUM, sender=SENDER, day=DAY, printing=Printing(duplex=True))
    assert (written.letters, written.pages) == (4, 8)
    pdf = path.read_bytes()
    begins = [page for page in range(written.pages) if codes_on(pdf, page)]
    assert begins == [0, 2, 4, 6]
    assert [code for page in begins for code, _x, _y in codes_on(pdf, page)] == ["N0", "N1", "N2", "N3"]
    plain = write_letters(path, _letters(), template=FORUM, sender=SENDER, day=DAY)
    assert plain.pages == 6


def test_one_file_a_letter_with_names_that_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    written = write_letters(path, _letters(), template=FORUM, sender=SENDER, day=DAY)
    assert (written.letters, written.pages) == (4, 6)
    with ZipFile(path) as archive:
        assert archive.namelist() == ["00001.pdf", "00002.pdf", "00003.pdf", "00004.pdf"]
        for number, name in enumerate(archive.namelist()):
            pdf = archive.read(name)
            assert f"Dear reader number {number}" in pdfium_text(pdf)
            assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1 + number % 2


@pytest.mark.parametrize(
    "value", ["Ada", "<b>x</b> (Tj", "x" * 200_000, "م" * 200_000, "\n" * 5_000, "a\u202eb\x00c\r\nX: y"]
)
def test_a_certificate_is_one_page_whatever_it_says(value: str, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    said = Certificate(
        "Certificate", "Opening.", [("Name", value)] * 9, "Closing.", "Lyon", value[:2000], "S-1", [value[:2000]] * 3
    )
    write_certificate(path, said, sender=SENDER, language="en")
    pdf = path.read_bytes()
    (boxes,) = character_boxes(pdf)
    assert all(min(x0, y0) >= 0 and x1 <= 595.3 and y1 <= 841.9 for x0, y0, x1, y1 in boxes)
    assert codes_on(pdf)[0][0] == "S-1"


@pytest.mark.parametrize(("language", "side"), [("en", "left"), ("ar", "right")])
def test_facts_begin_beside_their_labels_in_whatever_script(language: str, side: str, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    facts = [("A", "Jamil Invented"), ("B", "جميل")]
    said = Certificate("Certificate", "Opening.", facts, "Closing.", "Lyon", "Signature", "S-1", [])
    write_certificate(path, said, sender=SENDER, language=language)
    page = pypdfium2.PdfDocument(path.read_bytes())[0].get_textpage()
    marks = [(page.get_text_range(at, 1), *page.get_charbox(at)) for at in range(page.count_chars())]
    latin = [box for box in marks if box[0] == ("J" if side == "left" else "d") and box[1] > 150]
    arabic = [box for box in marks if "\u0600" < box[0] < "\u0700" or box[0] > "\ufb50"]
    if side == "left":
        assert abs(min(box[1] for box in arabic) - latin[-1][1]) < 4
    else:
        assert abs(max(box[3] for box in arabic) - latin[-1][3]) < 4
