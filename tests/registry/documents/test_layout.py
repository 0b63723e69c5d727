"""Lists, tables, pictures and page breaks of a document tree on pages."""

from __future__ import annotations

import io

import pytest

from registry.documents.layout import flow, place
from registry.documents.paper import Paper
from registry.documents.tree import Align, Block, Bullets, Image, PageBreak, Paragraph, Run, Table
from registry.errors import Invalid
from tests.registry.documents.pages import links_and_images, pdfium_text

LEFT, TOP, BOTTOM, WIDTH = 60.0, 780.0, 60.0, 460.0


def _picture() -> bytes:
    from PIL import Image as Pixels

    file = io.BytesIO()
    Pixels.new("RGB", (40, 20), (200, 30, 30)).save(file, "PNG")
    return file.getvalue()


def _pages(*blocks: Block, language: str = "en", images: dict[str, bytes] | None = None) -> list[str]:
    """The text of every page that the blocks fill."""
    pdf = _pdf(*blocks, language=language, images=images)
    import pypdf

    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _pdf(*blocks: Block, language: str = "en", images: dict[str, bytes] | None = None) -> bytes:
    file = io.BytesIO()
    paper = Paper(file, title="Letters", language=language)

    def new_page() -> float:
        paper.end_page()
        return TOP

    place(paper, flow(blocks, WIDTH, language=language, images=images or {}), LEFT, TOP, BOTTOM, new_page)
    paper.end_page()
    paper.close()
    return file.getvalue()


def _text(text: str, align: Align = "start") -> Paragraph:
    return Paragraph((Run(text),), align)


def test_lists_have_bullets_or_numbers() -> None:
    text = pdfium_text(
        _pdf(Bullets(((Run("apples"),), (Run("pears"),))), Bullets(((Run("first"),), (Run("second"),)), True))
    )
    assert text == "• apples • pears 1. first 2. second"


def test_tables_keep_rows_together_and_lose_nothing_on_long_cells() -> None:
    long = " ".join(f"cell{number}" for number in range(900))
    table = Table((((Run("Name"),), (Run("Place"),)), ((Run(long),), (Run("Lyon"),)), ((Run("Bo"),), ())), (1, 3), True)
    pages = _pages(table)
    assert len(pages) > 1
    assert pages[0].startswith("Name")
    words = " ".join(pages).split()
    assert [word for word in words if word.startswith("cell")] == long.split()


def test_page_breaks_begin_a_page() -> None:
    assert _pages(_text("one"), PageBreak(), _text("two")) == ["one", "two"]


def test_a_heading_stays_with_what_follows() -> None:
    filler = [_text(f"line {number}") for number in range(33)]
    for count in range(20, 34):
        pages = _pages(*filler[:count], Paragraph((Run("HEADING"),), style="heading"), _text("first of it"))
        with_heading = [page for page in pages if "HEADING" in page]
        assert len(with_heading) == 1
        assert "first of it" in with_heading[0]


def test_pictures_come_once_into_the_file_and_fit_the_column() -> None:
    pdf = _pdf(Image("crest", 120), Image("crest", 9999, "center"), images={"crest": _picture()})
    assert links_and_images(pdf) == (0, 1)
    (part,) = flow([Image("crest", 9999, "center")], WIDTH, language="en", images={"crest": _picture()})
    assert part.height == WIDTH / 2


def test_a_picture_nobody_handed_over_is_left_out() -> None:
    assert flow([Image("crest", 50)], WIDTH, language="en", images={}) == []


def test_what_is_no_picture_is_refused_with_a_sentence() -> None:
    with pytest.raises(Invalid, match="PNG or JPEG"):
        flow([Image("crest", 50)], WIDTH, language="en", images={"crest": b"GIF? no"})


def test_right_to_left_documents_begin_at_the_right() -> None:
    (part,) = flow([_text("مرحبا")], WIDTH, language="ar", images={})
    assert part.block.lines[0].left > WIDTH / 2  # type: ignore[attr-defined]
    text = pdfium_text(_pdf(Bullets(((Run("واحد"),), (Run("اثنان"),)), True), language="ar"))
    assert "واحد" in text
    assert "2." in text or ".2" in text


def test_looks_of_runs_reach_the_page() -> None:
    run = Run("x", bold=True, italic=True, underline=True, size=20.0)
    (part,) = flow([Paragraph((run, Run("y")))], WIDTH, language="en", images={})
    first, second = part.block.lines[0].items  # type: ignore[attr-defined]
    assert (first.piece.face.name, first.style.size, first.style.underline) == ("NotoSans-BoldItalic", 20.0, True)
    assert (second.piece.face.name, second.style.size) == ("NotoSans-Regular", 10.5)
