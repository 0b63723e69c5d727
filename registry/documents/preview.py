"""A page of a PDF as an image for the screen: what is seen is the file that prints."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

#: PDFium draws on one thread at a time.
_DRAWING = Lock()


def page_image(pdf: bytes | Path, page: int, width: int) -> tuple[int, int, bytes]:
    """One page drawn to pixels.

    Args:
        pdf: the file or its bytes.
        page: counted from 0.
        width: of the image, in pixels.

    Returns:
        Width and height in pixels, and the pixels as RGBA bytes, row by row from the top.

    Raises:
        IndexError: there is no such page.
    """
    import pypdfium2  # type: ignore[import-untyped]

    with _DRAWING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return _drawn(document, page, width)
        finally:
            document.close()


def page_count(pdf: bytes | Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with _DRAWING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def _drawn(document: Any, page: int, width: int) -> tuple[int, int, bytes]:
    if not 0 <= page < len(document):
        raise IndexError(page)
    scale = width / document[page].get_width()
    bitmap = document[page].render(scale=scale, rev_byteorder=True, force_bitmap_format=_RGBA)
    return bitmap.width, bitmap.height, bytes(bitmap.buffer)


_RGBA = 4  # FPDFBitmap_BGRA, which `rev_byteorder` turns into RGBA
