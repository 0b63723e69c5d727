"""A figure as a picture of points: drawn from its PDF, so that it is the same."""

from __future__ import annotations

import io

from registry.documents.preview import page_image
from registry.figures.pdf import to_pdf
from registry.figures.shapes import Figure

#: Points an inch, for print.
_FINE = 200


def to_png(figure: Figure, language: str = "en") -> bytes:
    """The figure as a PNG file of 200 points an inch."""
    from PIL import Image

    size = page_image(to_pdf(figure, language), 0, round(figure.width * _FINE / 72))
    file = io.BytesIO()
    Image.frombytes("RGBA", size[:2], size[2]).convert("RGB").save(file, "PNG", dpi=(_FINE, _FINE), optimize=True)
    return file.getvalue()
