"""A figure becomes a PDF, SVG or PNG file that shows its shapes and says its words in any script."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from registry.documents.paper import Paper
from registry.documents.preview import page_image
from registry.figures import pdf
from registry.figures.fitting import shown
from registry.figures.pdf import to_pdf
from registry.figures.png import to_png
from registry.figures.shapes import Area, Dot, Figure, Line, Points, Shape, Words
from registry.figures.svg import to_svg

RED, BLUE, BLACK = "#d00000", "#0000d0", "#000000"


def box(left: float, top: float, right: float, bottom: float) -> Points:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def figure(*shapes: Shape) -> Figure:
    return Figure(200, 100, shapes, "A <small> figure", "Two & two")


SHAPES = figure(
    Area((box(10, 10, 90, 90), box(30, 30, 70, 70)), fill=RED),
    Dot(150, 25, 15, BLUE),
    Line(np.array([(100, 90), (200, 90)], np.float32), BLUE, 4),
)


def pixels(drawn: bytes, width: int = 400) -> Image.Image:
    size = page_image(drawn, 0, width)
    return Image.frombytes("RGBA", size[:2], size[2]).convert("RGB")


def words_in(drawn: bytes) -> str:
    document = pypdfium2.PdfDocument(drawn)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_shapes_stand_where_they_are_said_to(form: str) -> None:
    image = pixels(to_pdf(SHAPES)) if form == "pdf" else Image.open(io.BytesIO(to_png(SHAPES))).resize((400, 200))
    colours = {
        at: image.getpixel((at[0] * 2, at[1] * 2)) for at in ((20, 50), (50, 50), (150, 25), (150, 90), (150, 60))
    }
    white, red, blue = (255, 255, 255), (208, 0, 0), (0, 0, 208)
    assert colours == {(20, 50): red, (50, 50): white, (150, 25): blue, (150, 90): blue, (150, 60): white}


def test_words_of_any_script_can_be_copied_from_the_pdf() -> None:
    said = ["Côte d’Ivoire", "ليون", "東京", "Київ"]
    drawn = to_pdf(figure(*(Words(10, 20 * (n + 1), text, 10, BLACK) for n, text in enumerate(said))))
    found = words_in(drawn)
    assert all(text in found for text in ("Côte d’Ivoire", "東京", "Київ"))
    assert "ليون" in found or "نويل" in found


@pytest.mark.parametrize(
    ("anchor", "text", "side"),
    [("start", "People", 1), ("end", "People", -1), ("start", "ليون", -1), ("end", "ليون", 1)],
)
def test_words_begin_or_end_at_their_place_in_their_own_direction(anchor: str, text: str, side: int) -> None:
    image = pixels(to_pdf(figure(Words(100, 50, text, 20, BLACK, anchor))))  # type: ignore[arg-type]
    dark = np.argwhere(np.asarray(image.convert("L")) < 128)[:, 1] / 2
    assert (dark.min() > 98) if side > 0 else (dark.max() < 102)


def test_words_wider_than_their_room_are_cut() -> None:
    words = Words(0, 20, "A name that is far too long for its place", 10, BLACK, room=80)
    assert shown(words).endswith("…")
    image = pixels(to_pdf(figure(words)))
    assert (np.argwhere(np.asarray(image.convert("L")) < 128)[:, 1] / 2).max() <= 81
    assert shown(Words(0, 20, "Short", 10, BLACK, room=80)) == "Short"
    assert shown(Words(0, 20, "Wide", 10, BLACK, room=1)) == ""


def test_an_svg_is_well_formed_and_says_what_it_shows() -> None:
    text = Words(10, 20, "Ana <b> & Bo", 10, BLACK)
    root = ElementTree.fromstring(to_svg(figure(*SHAPES.shapes, text, Words(10, 40, "ليون", 10, BLACK))))
    names = [element.tag.rpartition("}")[2] for element in root]
    assert names == ["title", "desc", "path", "circle", "path", "text", "text"]
    assert (root[0].text, root[1].text, root[5].text) == ("A <small> figure", "Two & two", "Ana <b> & Bo")
    assert root[6].get("direction") == "rtl"


def test_a_figure_stands_on_a_page_of_others_at_any_size() -> None:
    file = io.BytesIO()
    paper = Paper(file, title="Report", language="en", size=(400, 400))
    pdf.draw(paper, SHAPES, 200, 400, 0.5)
    paper.end_page()
    paper.close()
    image = pixels(file.getvalue())
    assert image.getpixel((210, 25)) == (208, 0, 0)
    assert image.getpixel((225, 25)) == (255, 255, 255)
    assert image.getpixel((275, 12)) == (0, 0, 208)
