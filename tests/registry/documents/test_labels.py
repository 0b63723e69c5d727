"""Sheets of labels and envelopes: every address in its place, whatever it says."""

from __future__ import annotations

import time
from pathlib import Path

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from registry.documents.fitting import fitted
from registry.documents.labels import write_envelopes, write_labels
from registry.documents.sheets import EXAMPLE, SHEETS, first_place, sheet
from registry.documents.stationery import ENVELOPES, MM, US_LETTER, envelope
from registry.documents.text import clean
from registry.errors import Cancelled, Invalid
from registry.progress import Recorded
from tests.registry.documents.pages import character_boxes, links_and_images, pdfium_text
from tests.registry.documents.test_letters import HOSTILE, NAMES

ADDRESS = ("Ms Ada Marković", "5 bis rue de la Paix", "69002 LYON", "FRANKREICH")
ENDLESS = [
    "x" * 200_000,
    "<b>" * 70_000,
    "م" * 200_000,
    "中" * 200_000,
    "ก" * 200_000,
    "\n" * 200_000,
    "A\u202e" * 9_000,
]


def positions(path: Path, word: str) -> list[tuple[int, float, float]]:
    """Page, left and top (millimetres from the upper left corner) of every time a word stands there."""
    document = pypdfium2.PdfDocument(path)
    try:
        found = []
        for number, page in enumerate(document):
            text = page.get_textpage()
            search = text.search(word)
            while (hit := search.get_next()) is not None:
                left, _bottom, _right, top = text.get_charbox(hit[0])
                found.append((number, left / MM, (page.get_height() - top) / MM))
        return found
    finally:
        document.close()


@pytest.mark.parametrize("code", SHEETS)
def test_every_sheet_fits_its_paper_and_is_told_by_its_measures(code: str) -> None:
    known = SHEETS[code]
    assert known.fits
    assert sheet(known.measures) == known
    assert sheet(code.lower()) is known


@pytest.mark.parametrize(
    ("code", "columns", "rows", "size"),
    [("L7160", 3, 7, (63.5, 38.1)), ("L7163", 2, 7, (99.1, 38.1)), ("5160", 3, 10, (66.675, 25.4)),
     ("J8160", 3, 7, (63.5, 38.1)), ("3474", 3, 8, (70, 37))],
)  # fmt: skip
def test_sheets_of_the_trade_have_their_makers_measures(
    code: str, columns: int, rows: int, size: tuple[float, float]
) -> None:
    known = sheet(code)
    assert (known.columns, known.rows, (known.width, known.height)) == (columns, rows, size)
    assert (known.size == US_LETTER) == (code == "5160")


@pytest.mark.parametrize("text", ["", "L9999", "3x7", "3x7 63.5x38.1", "0x7 63x38 7+15", "3x7 -1x38 7+15", "x" * 5000])
def test_no_other_sheet_is_taken(text: str) -> None:
    with pytest.raises(Invalid):
        sheet(text)


def test_labels_that_do_not_fit_the_paper_are_refused() -> None:
    assert sheet(EXAMPLE).places == 21
    with pytest.raises(Invalid, match="do not fit"):
        sheet("4x7 63.5x38.1 7.2+15.1 2.5x0 A4")
    for start in (0, 22, -1):
        with pytest.raises(Invalid, match="1 to 21"):
            first_place(sheet("L7160"), start)


def test_labels_stand_in_their_places_from_the_first_that_is_left(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    labels = [(f"XYZZY {number}", "12 rue Inventée", "69002 LYON") for number in range(22)]
    known = sheet("L7160")
    written = write_labels(path, labels, sheet=known, first=4)
    assert (written.count, written.pages, written.cut, written.missing) == (22, 2, 0, "")
    found = positions(path, "XYZZY")
    assert len(found) == 22
    for number, (page, left, top) in enumerate(found):
        whole, place = divmod(number + 4, 21)
        expected_left, expected_top = known.place(place)
        assert page == whole
        assert expected_left + 2 <= left <= expected_left + 5
        assert expected_top <= top <= expected_top + known.height / 2


def test_long_addresses_are_set_smaller_and_what_does_not_fit_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    many = tuple(f"Line {number} of a long address" for number in range(7))
    hopeless = tuple(f"Line {number} of a hopeless address" for number in range(28))
    written = write_labels(path, [many, hopeless], sheet=sheet("5160"))
    assert written.cut == 1
    text = pdfium_text(path.read_bytes())
    assert all(line in text for line in many)
    assert hopeless[0] in text


def test_the_last_line_stays_when_the_first_is_cut() -> None:
    block = fitted(["name " * 150, "12 Lindenstraße", "20095 HAMBURG", "ALLEMAGNE"], 150, 60, largest=10, smallest=6)
    assert block.height <= 60
    assert not block.whole
    last = block.blocks[-1].lines[0]
    assert "".join(g.text for item in last.items for g in item.piece.glyphs) == "ALLEMAGNE"


@pytest.mark.parametrize("code", ["L7160", "5160"])
def test_two_hundred_hostile_labels_are_printed_as_text_in_their_bounds(code: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    known = sheet(code)
    # The longest of them have more text than a label holds; they are looked at below.
    values = [value for value in HOSTILE if len(value) < 200]
    start = time.process_time()
    write_labels(path, [(value, *ADDRESS[1:]) for value in values], sheet=known)
    assert time.process_time() - start < 2
    pdf = path.read_bytes()
    assert links_and_images(pdf) == (0, 0)
    text = "".join(pdfium_text(pdf).replace("\ufffe", "-").split())
    for value in values:
        assert "".join(clean(value).split()) in text, value
    in_bounds(path, known.size)


@pytest.mark.parametrize("value", ENDLESS)
def test_endless_values_are_quick_and_in_bounds(value: str, tmp_path: Path) -> None:
    start = time.process_time()
    for name, size in (("l", sheet("L7160").size), ("e", None)):
        path = tmp_path / f"{name}.pdf"
        if size is not None:
            written = write_labels(path, [(value, *ADDRESS[1:]), (value,) * 40, ADDRESS], sheet=sheet("L7160"))
        else:
            chosen = envelope("C6")
            size = (chosen.width * MM, chosen.height * MM)
            written = write_envelopes(path, [(value, *ADDRESS[1:])], envelope=chosen, sender=(value, value))
        assert written.count in (1, 3)
        in_bounds(path, size)
    assert time.process_time() - start < 2


def in_bounds(path: Path, size: tuple[float, float]) -> None:
    """Every character is on the paper, and on labels inside one of them."""
    for boxes in character_boxes(path.read_bytes()):
        assert all(x0 >= 0 and y0 >= 0 and x1 <= size[0] and y1 <= size[1] for x0, y0, x1, y1 in boxes)


@pytest.mark.parametrize("script", NAMES)
def test_names_in_every_script_stand_on_labels(script: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    assert write_labels(path, [(NAMES[script], *ADDRESS[1:])], sheet=sheet("L7160")).missing == ""
    assert NAMES[script] in pdfium_text(path.read_bytes())


@pytest.mark.parametrize("code", ENVELOPES)
def test_envelopes_have_their_size_sender_and_recipient(code: str, tmp_path: Path) -> None:
    path = tmp_path / "envelopes.pdf"
    chosen = envelope(code)
    written = write_envelopes(path, [ADDRESS, ADDRESS], envelope=chosen, sender=("Consulate", "Lyon"))
    assert (written.count, written.pages, written.cut) == (2, 2, 0)
    page = pypdf.PdfReader(path).pages[1]
    assert abs(float(page.mediabox.width) - chosen.width * MM) < 0.1
    assert abs(float(page.mediabox.height) - chosen.height * MM) < 0.1
    (_page, left, top) = positions(path, "Ada Marković")[0]
    assert left > chosen.width * 0.4
    assert chosen.height * 0.3 < top < chosen.height - 20
    assert positions(path, "Consulate")[0][2] < 20


def test_there_is_no_other_envelope() -> None:
    assert envelope("#10") is envelope("10")
    with pytest.raises(Invalid, match="no size of envelope"):
        envelope("C9")


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    progress = Recorded()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_labels(tmp_path / "l.pdf", [ADDRESS] * 300, sheet=sheet("L7160"), progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_files_are_called_neutrally_inside_and_are_private(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    write_labels(path, [ADDRESS], sheet=sheet("L7160"), language="fr")
    metadata = pypdf.PdfReader(path).metadata
    assert metadata is not None
    assert metadata.title == "Labels"
    assert not metadata.author
