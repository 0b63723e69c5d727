"""Blocks of a document tree as the XML of a Word document's body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from registry.documents.docx.package import BULLETED, NUMBERED, PIC, STYLES
from registry.documents.flat import Begin, End, FlatBlock, flat_inlines, marker, written
from registry.documents.paper import picture_size
from registry.documents.text import clean
from registry.documents.tree import (
    Bullets,
    Enclosure,
    Field,
    Image,
    Inline,
    PageBreak,
    Paragraph,
    Reuse,
    Run,
    Table,
)

#: Twentieths of a point across a page's text, over which the columns of a table are shared out.
TEXT_WIDTH = 9_360
_EMU = 12_700  # of a point
_SWAPPED = {"left": "right", "right": "left"}
_JUSTIFIED = {"justify": "both"}


class Body:
    """Collects the body of one Word document.

    Attributes:
        lists: of each list its kind.
        pictures: file name -> content.
    """

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._xml: list[str] = []
        self._ids: dict[str, int] = {}
        self._drawings = 0
        self.lists: list[int] = []
        self.pictures: dict[str, bytes] = {}

    @property
    def xml(self) -> str:
        """What was collected."""
        return "".join(self._xml)

    def raw(self, xml: str) -> None:
        """Add what is XML already."""
        self._xml.append(xml)

    def add(self, blocks: Iterable[FlatBlock], *, rtl: bool) -> None:
        """Add blocks; what has no counterpart in Word stands there as its marker."""
        for block in blocks:
            self._add(block, rtl=rtl)

    def paragraph(self, inlines: Iterable[Inline], *, properties: str = "", rtl: bool = False) -> None:
        """Add one paragraph with these properties (the content of `w:pPr`)."""
        self.raw(_paragraph(inlines, properties, rtl=rtl))

    def _add(self, block: FlatBlock, *, rtl: bool) -> None:
        if isinstance(block, Paragraph):
            style = f'<w:pStyle w:val="{STYLES[block.style][0]}"/>' if block.style in STYLES else ""
            self.paragraph(block.inlines, properties=style + _directed(rtl) + _justified(block.align, rtl), rtl=rtl)
        elif isinstance(block, Bullets):
            self.lists.append(NUMBERED if block.ordered else BULLETED)
            number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{len(self.lists)}"/></w:numPr>'
            for item in block.items:
                self.paragraph(item, properties=number + _directed(rtl), rtl=rtl)
        elif isinstance(block, Table):
            self._table(block, rtl=rtl)
        elif isinstance(block, Image) and block.name in self._images:
            self._picture(block, self._images[block.name], rtl=rtl)
        elif isinstance(block, PageBreak):
            self.raw('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        elif isinstance(block, Begin | End | Image | Reuse | Enclosure):
            self.raw(f"<w:p>{_text_run(marker(block), '')}</w:p>")

    def _table(self, table: Table, *, rtl: bool) -> None:
        total = sum(table.widths)
        widths = [max(1, round(TEXT_WIDTH * width / total)) for width in table.widths]
        edge = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        borders = "".join(edge.format(name) for name in ("top", "bottom", "insideH"))
        visual = "<w:bidiVisual/>" if rtl else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        self.raw(
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
        )
        for number, row in enumerate(table.rows):
            header = "<w:trPr><w:tblHeader/></w:trPr>" if table.header and number == 0 else ""
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f"{_paragraph(cell, _directed(rtl), rtl=rtl)}</w:tc>"
                for cell, width in zip(row, widths, strict=True)
            )
            self.raw(f"<w:tr>{header}{cells}</w:tr>")
        # Two tables in a row would become one, and a document must not end with one.
        self.raw('</w:tbl><w:p><w:pPr><w:spacing w:after="0" w:line="80" w:lineRule="exact"/></w:pPr></w:p>')

    def _picture(self, image: Image, data: bytes, *, rtl: bool) -> None:
        if image.name not in self._ids:
            self._ids[image.name] = 10 + len(self.pictures)
            ending = "png" if data.startswith(b"\x89PNG") else "jpg"
            self.pictures[f"picture{len(self.pictures) + 1}.{ending}"] = data
        self._drawings += 1
        across, up = picture_size(data)
        wide = round(image.width * _EMU)
        size = f'cx="{wide}" cy="{max(1, round(wide * up / across))}"'
        name = f'id="{self._drawings}" name="{escape(image.name)}"'
        self.raw(
            f"<w:p><w:pPr>{_directed(rtl)}{_justified(image.align, rtl)}</w:pPr><w:r><w:drawing>"
            f'<wp:inline><wp:extent {size}/><wp:docPr {name} descr="{escape(image.name)}"/>'
            f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{self._ids[image.name]}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )


def _directed(rtl: bool) -> str:
    return "<w:bidi/>" if rtl else ""


def _justified(align: str, rtl: bool) -> str:
    """Word says left for the side where lines begin, in paragraphs from right to left too."""
    if align == "start":
        return ""
    side = _SWAPPED.get(align, align) if rtl else align
    return f'<w:jc w:val="{_JUSTIFIED.get(side, side)}"/>'


def _paragraph(inlines: Iterable[Inline], properties: str, *, rtl: bool) -> str:
    runs: list[str] = []
    for part in flat_inlines(inlines):
        if isinstance(part, Run | Field):
            text = marker(part) if isinstance(part, Field) else written(clean(part.text))
            runs.append(_text_run(text, _looks(part, rtl=rtl)))
        else:
            runs.append(_text_run(marker(part), ""))
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def _looks(part: Run | Field, *, rtl: bool) -> str:
    looks = "<w:b/><w:bCs/>" if part.bold else ""
    looks += "<w:i/><w:iCs/>" if part.italic else ""
    if part.size is not None:
        looks += f'<w:sz w:val="{round(part.size * 2)}"/><w:szCs w:val="{round(part.size * 2)}"/>'
    looks += '<w:u w:val="single"/>' if part.underline else ""
    return looks + ("<w:rtl/>" if rtl else "")


def _text_run(text: str, looks: str) -> str:
    lines = text.split("\n")
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{looks}</w:rPr>{shown}</w:r>"
