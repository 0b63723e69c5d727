"""The PDF file being written: pages go to disk as they are finished, fonts hold only the glyphs used."""

from __future__ import annotations

import io
import zlib
from array import array
from collections.abc import Callable, Hashable
from typing import IO, TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfdoc  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from registry.documents.embedding import EmbeddedFace
from registry.documents.fonts import Face, Glyph, Piece
from registry.errors import Invalid
from registry.i18n import N_

if TYPE_CHECKING:
    from registry.documents.enclosing import Enclosed

#: A4 in points: width, height.
A4 = (595.28, 841.89)

_PROGRAM = "Diaspora Registry"
_MOST_FORMS = 256
_MOST_SEEN = 256
_MOST_SHOWN = 4096


class Paper:
    """A PDF file of pages of one size; memory does not grow with the number of pages.

    Text comes from `registry.documents.text` only; `canvas` takes lines, fills and images.

    Attributes:
        canvas: the page in hand; its origin is the lower left corner, its unit the point.
        size: width and height of a page in points.
        pages: how many pages are finished.
        missing: the characters that no font had, printed as a replacement mark.
        shown: what `show` answered lately.
    """

    def __init__(self, file: IO[bytes], *, title: str, language: str, size: tuple[float, float] = A4) -> None:
        self.size = size
        self.pages = 0
        self.missing: set[str] = set()
        self.canvas = Canvas(file, pagesize=size, pageCompression=1)
        self._document = self.canvas._doc = _StreamedDocument(file, title, language)
        self.canvas._preamble = ""  # reportlab's would name Helvetica on every page
        self._faces: dict[Face, EmbeddedFace] = {}
        self._seen: set[Hashable] = set()
        self._forms: dict[Hashable, str] = {}
        self._pictures: dict[bytes, str] = {}
        self._enclosed: dict[bytes, Enclosed] = {}
        self.shown: dict[Piece, tuple[str, tuple[tuple[float, str], ...]]] = {}

    def end_page(self) -> None:
        """Write the page in hand to the file and begin the next."""
        self.canvas.showPage()
        self.pages += 1

    def close(self) -> None:
        """Write what the pages share and the trailer; the file itself stays open."""
        self._document.finish()

    def show(self, piece: Piece) -> tuple[str, tuple[tuple[float, str], ...]]:
        """The name of a piece's font in this file, and the piece as (rise, content of a `TJ` array)."""
        shown = self.shown.get(piece)
        if shown is None:
            if len(self.shown) >= _MOST_SHOWN:
                self.shown.clear()
            embedded = self._embedded(piece)
            shown = self.shown[piece] = (embedded.name, embedded.contents(piece.glyphs))
            self.missing.update(piece.missing)
        return shown

    def show_mark(self, piece: Piece, mark: Glyph) -> str:
        """A mark of the piece as the operand of `Tj`."""
        return self._embedded(piece).mark(mark)

    def _embedded(self, piece: Piece) -> EmbeddedFace:
        embedded = self._faces.get(piece.face)
        if embedded is None:
            embedded = self._faces[piece.face] = EmbeddedFace(piece.face, f"N{len(self._faces) + 1}")
            self._document.delayedFonts.append(embedded)
        return embedded

    def picture(self, data: bytes, left: float, bottom: float, width: float, height: float) -> None:
        """Put an image (PNG or JPEG) on the page in hand, in points; the file holds it once."""
        form = self._pictures.get(data)
        if form is None:
            form = self._pictures[data] = f"picture{len(self._pictures) + 1}"
            self.canvas.beginForm(form, 0, 0, 1, 1)
            self.canvas.drawImage(_image(data), 0, 0, 1, 1, mask="auto")
            self.canvas.endForm()
        self.code(f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm")
        self.canvas.doForm(form)
        self.code("Q")

    def enclose(self, content: bytes) -> None:
        """Let the pages of another PDF follow; the file holds what is on them once, however often they follow."""
        from registry.documents.enclosing import Enclosed

        enclosed = self._enclosed.get(content)
        if enclosed is None:
            enclosed = self._enclosed[content] = Enclosed(self._document, content)
        self.pages += enclosed.add_pages()

    def code(self, *operators: str) -> None:
        """Append content-stream operators to the page in hand."""
        self.canvas._code.extend(operators)

    def stamp(
        self,
        key: Hashable,
        x: float,
        y: float,
        box: tuple[float, float, float, float],
        draw: Callable[[], str],
    ) -> None:
        """Put a drawing whose own origin goes to (x, y); what comes a second time is kept as a form.

        Args:
            key: equal for equal drawings.
            box: left, bottom, right and top of the drawing about its origin, in points.
            draw: makes the operators.
        """
        form = self._forms.get(key)
        if form is None:
            code = draw()
            if key in self._seen and len(self._forms) < _MOST_FORMS:
                form = self._forms[key] = self._form(code, box)
            elif len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen.add(key)
        if form is None:
            self.code(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {code} Q")
        else:
            self.code(f"q 1 0 0 1 {x:.2f} {y:.2f} cm")
            self.canvas.doForm(form)
            self.code("Q")

    def _form(self, code: str, box: tuple[float, float, float, float]) -> str:
        name = f"block{len(self._forms) + 1}"
        self.canvas.beginForm(name, *box)
        self.code(code)
        self.canvas.endForm()
        return name


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of an image in its own points; `Invalid` if it is none."""
    width, height = _image(data).getSize()
    return int(width), int(height)


def _image(data: bytes) -> Any:
    try:
        return ImageReader(io.BytesIO(data))
    except Exception as error:  # reportlab raises whatever the image library raised
        raise Invalid(N_("This picture cannot be read. Use a PNG or JPEG file.")) from error


class _StreamedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]
    """reportlab's document, except that a finished page is written at once and forgotten."""

    def __init__(self, file: IO[bytes], title: str, language: str) -> None:
        super().__init__(compression=1, lang=language)
        self._file = file
        self._position = 0
        self._offsets: dict[int, int] = {}
        self._pages = array("L")
        self._parent = self._number_of(self.Reference(self.Pages))
        self._fonts = self._number_of(pdfdoc.PDFObjectReference(pdfdoc.BasicFonts))
        self.info.title, self.info.author, self.info.subject = title, "", ""
        self.info.creator = self.info.producer = _PROGRAM
        self.Catalog.Outlines = None
        preferences = pdfdoc.ViewerPreferencesPDFDictionary()
        preferences["DisplayDocTitle"] = "true"
        self.Catalog.ViewerPreferences = preferences
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def addPage(self, page: Any) -> None:  # noqa: N802 - reportlab's name
        """Take a finished page of text, lines, forms and pictures: write it now, keep only where it is."""
        content = zlib.compress(page.stream.encode("ascii"))
        forms = "".join(
            f"/{name} {self._number_of(form)} 0 R " for name, form in page.XObjects.dict.items()
        ) if page.XObjects else ""  # fmt: skip
        number = self.objectcounter + 1
        self.objectcounter += 2
        self.pageCounter += 1
        self.inObject = None
        self._pages.append(number)
        self._write_numbered(
            number,
            f"<< /Type /Page /Parent {self._parent} 0 R /MediaBox [0 0 {page.pagewidth:g} {page.pageheight:g}] "
            f"/Contents {number + 1} 0 R /Resources << /Font {self._fonts} 0 R /XObject << {forms}>> >> >>".encode(),
        )
        self._write_numbered(
            number + 1,
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        )

    def finish(self) -> None:
        """Write every other object, the cross-reference table and the trailer (ISO 32000-1, 7.5)."""
        for face in self.delayedFonts:
            face.add_objects(self)
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        pages = f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>"
        self._write_numbered(self._parent, pages.encode("ascii"))
        number = 1
        while number <= self.objectcounter:  # writing an object may add others
            if number not in self._offsets:
                name = self.numberToId[number]
                self._write_numbered(number, pdfdoc.format(self.idToObject[name], self, toplevel=1))
            number += 1
        start = self._position
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % number)
        for each in range(1, number):
            self._write(b"%010d 00000 n \n" % self._offsets[each])
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=number, Root=catalog, Info=info, ID=self.ID())
        self._write(trailer.format(self))

    def reserve(self) -> int:
        """The number of an object that is written by `put`."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def put(self, number: int, data: bytes) -> None:
        """Write an object under its number, now."""
        self._write_numbered(number, data)

    def put_page(self, entries: bytes) -> None:
        """Write a page of these entries, which comes after all others so far."""
        number = self.reserve()
        self.pageCounter += 1
        self._pages.append(number)
        self._write_numbered(number, b"<< /Type /Page /Parent %d 0 R %b >>" % (self._parent, entries))

    def _number_of(self, reference: Any) -> int:
        return int(self.idToObjectNumberAndVersion[reference.name][0])

    def _write_numbered(self, number: int, data: bytes) -> None:
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._position += len(data)
