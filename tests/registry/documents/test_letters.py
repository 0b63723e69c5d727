"""Letters of a mailing: one file, one page each, whatever the values are."""

from __future__ import annotations

import datetime
import io
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest

import registry
from db.platform import resident_memory
from registry.documents.letters import Letter, Written, letter_pdf, said_alike, write_letters
from registry.documents.preview import page_image
from registry.documents.templates import SENDER_FIELDS, template
from registry.documents.text import clean
from registry.errors import Cancelled, StorageTrouble
from registry.progress import Recorded
from tests.registry.documents.pages import (
    SENDER,
    character_boxes,
    links_and_images,
    pdfium_text,
)

DAY = datetime.date(2026, 11, 23)
FORUM = template("annual-forum")
ADDRESS = ("Ms Ada Marković", "5 bis rue de la Paix", "69002 LYON", "FRANKREICH")
MM = 72 / 25.4

NAMES = {
    "ar": "محمد علي الحسن", "he": "דוד כהן", "ru": "Ольга Щербакова", "el": "Ελένη Παπαδοπούλου", "am": "አበበ ቢቂላ",
    "hi": "राजेश शर्मा", "th": "สมชาย ใจดี", "zh": "王小明", "ja": "山田たろう", "ko": "김민수", "ka": "ნინო ბერიძე",
    "hy": "Արամ Սարգսյան", "vi": "Nguyễn Thị Hồng", "bn": "রহিম উদ্দিন",
}  # fmt: skip

_HOSTILE = [
    "<b>bold</b>", '<img src="/etc/passwd"/>', '<a href="http://example.org">x</a>', "<para>", "</para>",
    "<font size=99>", "<br/>", "&lt;", "&#0;", "&amp;amp;", "<!-- -->", "<![CDATA[x]]>", "<?xml version='1.0'?>",
    "<onDraw name='x'/>", "{{full_name}}", "{full_name}", "{0}", "{0.__class__}", "%s%n%d", "${HOME}", "$(id)",
    "`id`", "{% for x in y %}", "=1+1", "@SUM(A1)", "+49", "-1", "'; DROP TABLE people; --", '"quoted"', "\\",
    "\\n", "(", ")", ") Tj ET Q", "(((((", "endstream endobj", "%PDF-1.7", "<FEFF0041>", "/JavaScript",
    "javascript:alert(1)", "../../etc/passwd", "C:\\con", "a\x00b", "a\x1b[31mb", "a\u202eb\u202cc",
    "a\u2066b\u2069c", "a\ufeffb", "\u200bzero\u200bwidth", "tab\there",
    "A" * 300,
]  # fmt: skip
HOSTILE = [
    shape.format(number, text)
    for number, shape in enumerate(["{1}", "Mr {1} Q", "Zoë{1}łódź", "{1}{1}"])
    for text in _HOSTILE
]


def pages_of(pdf: bytes | Path) -> int:
    """How many pages a PDF has."""
    return len(pypdf.PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf).pages)


def _letter(text: str, language: str = "en") -> Letter:
    values = dict.fromkeys(("salutation", "full_name", "number", "city", "association"), text)
    return Letter(language, (text, *ADDRESS[1:]), values)


def _pdf(letter: Letter, country: str = "DEU") -> bytes:
    return letter_pdf(letter, template=FORUM, sender=replace(SENDER, country=country), day=DAY)


def _letters(count: int) -> Iterator[Letter]:
    for number in range(count):
        values = {"salutation": f"Dear Ms Marković {number}", "number": f"LYS-{number:06d}", "city": "Lyon"}
        yield Letter(("en", "fr")[number % 2], ADDRESS, values)


def _write(path: Path, count: int, **options: object) -> Written:
    return write_letters(path, _letters(count), template=FORUM, sender=SENDER, day=DAY, **options)  # type: ignore[arg-type]


def test_each_letter_has_its_page_and_its_language(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    assert _write(path, 6) == Written(6, 6, "")
    pages = [page.extract_text() for page in pypdf.PdfReader(path, strict=True).pages]
    for number, text in enumerate(pages):
        assert f"LYS-{number:06d}" in text
        assert ("23 November 2026" in text, "le 23 novembre 2026" in text) == (number % 2 == 0, number % 2 == 1)
        assert "Republic of Avaria" in text


def test_the_file_is_private_and_says_nothing_of_anybody(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    _write(path, 2)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    reader = pypdf.PdfReader(path)
    assert reader.metadata is not None
    assert reader.metadata.title == "Letters"
    assert not reader.metadata.author
    assert str(cast(Any, reader.trailer["/Root"])["/Lang"]) == "en"
    assert list(tmp_path.iterdir()) == [path]
    content = path.read_bytes()
    assert content.count(b"/FontFile2") == content.count(b"/CIDFontType2") > 0


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("country", ["DEU", "FRA", "USA"])
@pytest.mark.parametrize("script", NAMES)
def test_names_in_every_script_fit_one_page_and_read_back(language: str, country: str, script: str) -> None:
    pdf = _pdf(_letter(NAMES[script], language), country=country)
    assert pages_of(pdf) == 1
    assert NAMES[script] in pdfium_text(pdf)


@pytest.mark.parametrize(("country", "left", "right", "top", "bottom"), [
    ("DEU", 20, 105, 45, 90), ("FRA", 105, 195, 45, 85), ("USA", 22, 120, 50, 80),
])  # fmt: skip
def test_the_address_stands_in_the_window(country: str, left: float, right: float, top: float, bottom: float) -> None:
    lines = ("XYZZY " * 8, *["XYZZY"] * 5)
    pdf = _pdf(Letter("en", lines, {"salutation": "Dear Madam"}), country=country)
    height = float(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox.height)
    document_text = pdfium_text(pdf)
    assert document_text.count("XYZZY") == 13
    found = _boxes_of(pdf, "XYZZY")
    assert len(found) == 13
    for box in found:
        assert left * MM <= box[0] <= box[2] <= right * MM
        assert height - bottom * MM <= box[1] <= box[3] <= height - top * MM


def _boxes_of(pdf: bytes, word: str) -> list[tuple[float, float, float, float]]:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        search = text.search(word)
        boxes = []
        while (found := search.get_next()) is not None:
            boxes += [text.get_charbox(at) for at in range(found[0], found[0] + found[1])]
        return [boxes[at] for at in range(0, len(boxes), len(word))]
    finally:
        document.close()


def test_many_address_lines_push_the_letter_down_and_are_not_cut() -> None:
    lines = tuple(f"Line {number:02d} of the address" for number in range(25))
    text = pdfium_text(_pdf(Letter("en", lines, {"salutation": "Dear Madam"})))
    assert all(line in text for line in lines)
    assert text.index(lines[-1]) < text.index("Hamburg, 23 November 2026")


def test_two_hundred_hostile_values_are_printed_as_text(tmp_path: Path) -> None:
    assert len(HOSTILE) == 200
    path = tmp_path / "letters.pdf"
    start = time.process_time()
    write_letters(path, map(_letter, HOSTILE), template=FORUM, sender=SENDER, day=DAY)
    assert time.process_time() - start < 10
    pdf = path.read_bytes()
    assert links_and_images(pdf) == (0, 0)
    text = "".join(pdfium_text(pdf).replace("\ufffe", "-").split())
    for value in HOSTILE:
        assert "".join(clean(value).split()) in text, value
    for boxes in character_boxes(pdf):
        assert boxes
        assert all(min(x0, y0) >= 0 and x1 <= 595.3 and y1 <= 841.9 for x0, y0, x1, y1 in boxes)


@pytest.mark.parametrize(
    "value", ["x" * 200_000, "<b>" * 70_000, "م" * 200_000, "中" * 200_000, "\n" * 200_000, " " * 200_000]
)
def test_endless_values_are_quick_and_in_bounds(value: str) -> None:
    start = time.process_time()
    pdf = _pdf(_letter(value))
    assert time.process_time() - start < 2
    assert pages_of(pdf) < 60
    for boxes in character_boxes(pdf):
        assert all(min(x0, y0) >= 0 and x1 <= 595.3 and y1 <= 841.9 for x0, y0, x1, y1 in boxes)


def test_a_long_letter_goes_on_on_the_next_page_without_a_loss() -> None:
    words = " ".join(f"word{number}" for number in range(240))
    pdf = _pdf(_letter(words))
    assert pages_of(pdf) > 1
    text = pdfium_text(pdf).replace("\ufffe", "")
    assert all(f"word{number} " in text for number in range(230))
    assert text.rstrip().endswith("The Head of Post")


def test_cancelling_leaves_no_file_and_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    path.write_bytes(b"old")
    progress = Recorded()
    progress.cancel()
    with pytest.raises(Cancelled):
        _write(path, 60, total=60, progress=progress)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_progress_is_told(tmp_path: Path) -> None:
    progress = Recorded()
    _write(tmp_path / "letters.pdf", 60, total=60, progress=progress)
    assert (progress.done, progress.total) == (50, 60)
    assert "50" in progress.message


def test_an_unwritable_place_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="another folder"):
        _write(tmp_path / "missing" / "letters.pdf", 1)


def test_no_letter_at_all_is_still_a_file(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    assert _write(path, 0).letters == 0
    assert pages_of(path) == 1


def test_memory_does_not_grow_with_the_letters(tmp_path: Path) -> None:
    held = []
    for count in (300, 2_000):
        _write(tmp_path / "letters.pdf", count)
        held.append(resident_memory(os.getpid()) or 0)
    assert 0 < held[1] < held[0] * 1.1


def test_the_preview_is_the_page(tmp_path: Path) -> None:
    pdf = _pdf(_letter("Ada"))
    width, height, pixels = page_image(pdf, 0, 600)
    assert (width, len(pixels)) == (600, width * height * 4)
    assert abs(height - 600 * 841.89 / 595.28) <= 1
    assert pixels[:4] == b"\xff\xff\xff\xff"
    assert min(pixels[0::4]) < 60
    with pytest.raises(IndexError):
        page_image(pdf, 1, 600)
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    assert page_image(path, 0, 600) == (width, height, pixels)


def test_nothing_heavy_is_loaded_before_a_letter_is_made() -> None:
    code = (
        "import sys, registry.documents.letters, registry.documents.addresses, registry.documents.templates, "
        "registry.documents.preview; "
        "print([name for name in ('reportlab', 'uharfbuzz', 'babel', 'pypdfium2', 'PIL') if name in sys.modules])"
    )
    root = Path(registry.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_no_text_goes_near_a_markup_parser() -> None:
    sources = list(Path(registry.__file__).parent.rglob("*.py"))
    assert sources
    assert not [source.name for source in sources if "reportlab.platypus" in source.read_text("utf-8")]


def test_paper_word_and_e_mail_say_the_sender_the_day_and_the_details_alike() -> None:
    sender = replace(SENDER, home_names={"fr": "République d’Avarie"})
    said = said_alike(FORUM, sender, DAY, {"forum.place": "Salle Inventée"}, "fr")
    assert said["home.name"] == "République d’Avarie"
    assert said["post.name"] == SENDER.post_name
    assert (said["post.city"], said["post.email"]) == ("Hamburg", "forum@consulate.example")
    assert (said["date"], said["forum.place"]) == ("23 novembre 2026", "Salle Inventée")
    assert said.keys() == {*SENDER_FIELDS, *(variable.name for variable in FORUM.variables)}
