"""A figure as an SVG file (W3C, SVG 1.1), with its title and what it shows in words for whoever can't see it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from registry.documents.words import runs_right_to_left
from registry.figures.fitting import shown
from registry.figures.shapes import Area, Dot, Figure, Line, Points, Words

_FONTS = "'Noto Sans', 'Noto Sans Arabic', sans-serif"


def to_svg(figure: Figure, language: str = "en") -> bytes:
    """The figure as a file, in UTF-8; text stays text."""
    width, height = f"{figure.width:g}", f"{figure.height:g}"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
        f' xml:lang="{escape(language)}" role="img" font-family="{_FONTS}">'
    )
    said = [f"<title>{escape(figure.title)}</title>", f"<desc>{escape(figure.alternative)}</desc>"]
    drawn = [line for shape in figure.shapes for line in _drawn(shape)]
    return "\n".join([head, *said, *drawn, "</svg>\n"]).encode()


def _drawn(shape: Area | Dot | Line | Words) -> Iterator[str]:
    match shape:
        case Area():
            path = "".join(f"{_path(ring)}Z" for ring in shape.rings if len(ring))
            inside = f'd="{path}" fill-rule="evenodd" {_painted(shape.fill, shape.stroke, shape.width)}'
            yield f"<path {inside}>{_tip(shape.tip)}</path>"
        case Dot():
            place = f'cx="{shape.x:.2f}" cy="{shape.y:.2f}" r="{shape.radius:.2f}"'
            yield f"<circle {place} {_painted(shape.fill, shape.stroke, shape.width)}>{_tip(shape.tip)}</circle>"
        case Line():
            yield f'<path d="{_path(shape.points)}" {_painted("", shape.stroke, shape.width)}/>'
        case Words():
            text = shown(shape)
            bold = ' font-weight="bold"' if shape.bold else ""
            turned = ' direction="rtl"' if runs_right_to_left(text) else ""
            place = f'x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}"'
            yield f'<text {place} fill="{shape.colour}"{bold}{turned}>{escape(text)}</text>'


def _path(points: Points) -> str:
    return "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points.tolist()) if len(points) else ""


def _painted(fill: str, stroke: str, width: float) -> str:
    line = f' stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"' if stroke else ""
    return f'fill="{fill or "none"}"{line}'


def _tip(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""
