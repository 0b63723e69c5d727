"""Letters in nineteen languages: nothing is missing, and the text is read back in the order in which it is spoken."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest

from registry.documents.letters import Letter, letter_pdf
from registry.documents.templates import Template
from registry.documents.text import Span, lay_out
from registry.documents.tree import Paragraph, Run, Tree
from tests.registry.documents.languages import LETTERS, RIGHT_TO_LEFT
from tests.registry.documents.pages import SENDER, character_boxes, pdfium_text

DAY = datetime.date(2027, 3, 1)
#: Readers of PDF may write a line break of theirs for these, or a hyphen for a soft one.
_UNSEEN = str.maketrans({"\ufffe": "-", **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069", "")})
_RIGHT_TO_LEFT_WORD = "[\u05d0-\u05ea\u0620-\u064a]+"


def letter_in(language: str) -> bytes:
    """A letter with its paragraph justified, in plain and in bold."""
    subject, salutation, paragraph = LETTERS[language]
    tree = Tree(
        (
            Paragraph((Run(subject),), style="subject"),
            Paragraph((Run(salutation),)),
            Paragraph((Run(paragraph),), "justify"),
            Paragraph((Run(paragraph, bold=True),), "justify"),
        )
    )
    made = Template("sample", "outreach_news", {"en": "Sample"}, (), {language: tree})
    letter = Letter(language, ("Ms Ana Marković", "Lindenstraße 1", "20095 HAMBURG"))
    return letter_pdf(letter, template=made, sender=SENDER, day=DAY)


def flat(text: str) -> str:
    """Without spaces and signs that only say where they stand."""
    return "".join(text.translate(_UNSEEN).split())


@pytest.mark.parametrize("language", [language for language in LETTERS if language not in RIGHT_TO_LEFT])
def test_the_letter_reads_back_in_the_order_of_speech(language: str) -> None:
    text = flat(pdfium_text(letter_in(language)))
    subject, salutation, paragraph = LETTERS[language]
    assert flat(subject) in text
    assert flat(salutation) in text
    assert text.count(flat(paragraph)) == 2


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_words_from_right_to_left_read_back_in_the_order_of_speech(language: str) -> None:
    """PDFium turns numbers with hyphens round inside such lines; the words themselves it gives back in order."""
    text = pdfium_text(letter_in(language))
    read = re.findall(_RIGHT_TO_LEFT_WORD, text)
    spoken = re.findall(_RIGHT_TO_LEFT_WORD, LETTERS[language][2])
    first = read.index(spoken[0], len(re.findall(_RIGHT_TO_LEFT_WORD, LETTERS[language][0])))
    assert read[first : first + 2 * len(spoken)] == 2 * spoken


@pytest.mark.parametrize("language", LETTERS)
def test_poppler_reads_the_letter_in_the_order_of_speech(language: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter_in(language))
    reader = shutil.which("pdftotext")
    assert path.stat().st_size > 1000
    if reader is not None:  # it is not on every machine that runs the tests
        done = subprocess.run([reader, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
        text = flat(done.stdout.decode("utf-8"))
        assert all(flat(part) in text for part in LETTERS[language][:2])
        assert text.count(flat(LETTERS[language][2])) == 2


@pytest.mark.parametrize("language", LETTERS)
def test_the_file_says_its_language_and_holds_its_fonts(language: str) -> None:
    pdf = letter_in(language)
    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    assert len(reader.pages) == 1
    assert str(cast(Any, reader.trailer["/Root"])["/Lang"]) == language
    assert reader.metadata is not None
    assert reader.metadata.title
    assert pdf.count(b"/FontFile2") == pdf.count(b"/CIDFontType2") > 0
    for left, _bottom, right, _top in character_boxes(pdf)[0]:
        assert 20 < left <= right < 595 - 20


@pytest.mark.parametrize("language", LETTERS)
def test_every_character_has_a_font(language: str) -> None:
    block = lay_out([Span(" ".join(LETTERS[language]))], 400)
    items = [item for line in block.lines for item in line.items]
    assert not any(item.piece.missing for item in items)
    assert all(glyph.number for item in items for glyph in item.piece.glyphs)


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_the_page_is_mirrored_for_what_runs_from_right_to_left(language: str) -> None:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(letter_in(language))
    try:
        page = document[0].get_textpage()
        found = page.search("Republic of Avaria").get_next()
        assert found is not None
        assert page.get_charbox(found[0])[0] > 300, "the names stand on the right"
        found = page.search("2027").get_next()
        assert found is not None
        assert page.get_charbox(found[0])[0] < 200, "the day stands on the left"
    finally:
        document.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("โปรดตอบกลับภายในวันที่กำหนด", {"โปรด", "ตอบ", "กลับ", "ภายใน", "วัน", "ที่", "กำหนด"}),
        ("សូមអញ្ជើញចូលរួមវេទិកាប្រចាំឆ្នាំ", {"សូម", "អញ្ជើញ", "ចូល", "រួម", "វេទិកា", "ប្រចាំ", "ឆ្នាំ"}),
    ],
    ids=["Thai", "Khmer"],
)
def test_lines_end_between_words_where_no_spaces_stand(text: str, words: set[str]) -> None:
    ends = {0}
    for end in range(len(text)):
        if any(text[:end].endswith(word) for word in words):
            ends.add(end)
    ends.add(len(text))
    for width in (40, 55, 70, 95):
        at = 0
        for line in lay_out([Span(text)], width).lines:
            at += sum(len(item.piece.spoken or "".join(g.text for g in item.piece.glyphs)) for item in line.items)
            assert at in ends, (width, text[:at])


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_ideographs_fill_a_justified_line(language: str) -> None:
    lines = lay_out([Span(LETTERS[language][2].replace("forum@consulate.example", ""))], 300, align="justify").lines
    widths = [
        sum(item.width + (line.gap if item.space or item.opens else 0) for item in line.items) for line in lines[:-1]
    ]
    assert len(widths) > 2
    assert all(width <= 300.01 for width in widths)
    assert sum(abs(width - 300) < 0.01 for width in widths) >= len(widths) - 1
