"""A Word document read as a template; runs in the guarded child, for the file is a stranger's."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from registry.documents.docx.package import PIC, STYLES, WP, A, R, W
from registry.documents.docx.runs import Runs
from registry.documents.flat import Begin, End, FlatBlock, joined, nested_blocks, nested_inlines
from registry.documents.tree import (
    Align,
    Bullets,
    Enclosure,
    Field,
    Image,
    Inline,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Reuse,
    Run,
    Table,
    Tree,
)
from registry.documents.tree_json import from_json, to_json
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.media import PICTURES, media_type
from registry.transfer.readers.preflight import check_parts

NO_DOCUMENT = N_("This is no Word document, or it is damaged. Save it as .docx and choose that file.")
TOO_LONG = N_("This document is too long for a letter. Leave the letter in it and nothing else.")

#: What cannot be kept: code -> sentence.
LOSSES = {
    "header": N_("Headers and footers: the letterhead comes from the program, small print belongs in a block."),
    "notes": N_("Footnotes and endnotes"),
    "comments": N_("Comments"),
    "changes": N_("Tracked changes: what was inserted is kept, what was deleted is not"),
    "text_box": N_("Text boxes and shapes"),
    "merged_cells": N_("Cells that span several columns or rows"),
    "nested_table": N_("Tables inside tables"),
    "colour": N_("Colours, fonts, highlighting and crossed-out text"),
    "columns": N_("Columns of text"),
    "links": N_("Links: their words are kept"),
    "pictures": N_("Pictures that are neither PNG nor JPEG"),
    "levels": N_("Lists inside lists: all items are on one level"),
    "equations": N_("Formulas"),
}
_LARGEST_PART = 30_000_000
_MOST_PARAGRAPHS = 2_000
_POINT = 12_700
_ALIGNS: dict[str, Align] = {"left": "left", "right": "right", "center": "center", "both": "justify"}
_LOST_ELEMENTS = {
    "footnoteReference": "notes",
    "endnoteReference": "notes",
    "commentReference": "comments",
    "ins": "changes",
    "del": "changes",
    "txbxContent": "text_box",
    "pict": "text_box",
    "gridSpan": "merged_cells",
    "vMerge": "merged_cells",
    "color": "colour",
    "highlight": "colour",
    "strike": "colour",
    "hyperlink": "links",
    "headerReference": "header",
    "footerReference": "header",
    "oMath": "equations",
    "cols": "columns",
}


def read(content: bytes) -> Iterator[list[Any]]:
    """One batch: the tree's JSON, the codes of `LOSSES`, the title, then name and content of each picture."""
    try:
        with ZipFile(BytesIO(content)) as package:
            check_parts(package.infolist())
            document = _Document(package)
            tree = document.tree()
    except (BadZipFile, KeyError, ParseError, DefusedXmlException, ValueError):
        raise BadFile(NO_DOCUMENT) from None
    written = to_json(joined(tree))
    try:
        from_json(written)
    except Invalid:
        raise BadFile(TOO_LONG) from None
    pictures = [part for name, data in document.pictures.items() for part in (name, data)]
    yield [json.dumps(written), sorted(document.lost), document.title, *pictures]


class _Document:
    """One package; knows what was lost of it."""

    def __init__(self, package: ZipFile) -> None:
        self._package = package
        names = set(package.namelist())
        self.lost: set[str] = set()
        self.pictures: dict[str, bytes] = {}
        self._root = self._part("word/document.xml")
        self._related = _relations(self._part("word/_rels/document.xml.rels")) if _RELS in names else {}
        self._ordered = _ordered(self._part("word/numbering.xml")) if "word/numbering.xml" in names else {}
        self._styles = _styles(self._part("word/styles.xml")) if "word/styles.xml" in names else {}
        title = _find(self._part("docProps/core.xml"), f"{{{_DC}}}title") if "docProps/core.xml" in names else None
        self.title = " ".join((title.text or "").split())[:200] if title is not None else ""

    def _part(self, name: str) -> Element:
        if self._package.getinfo(name).file_size > _LARGEST_PART:
            raise BadFile(TOO_LONG)
        root: Element = fromstring(self._package.read(name))
        return root

    def tree(self) -> Tree:
        """The whole body."""
        body = self._root.find(f"{{{W}}}body")
        if body is None:
            raise ValueError
        for element in body.iter():
            code = _LOST_ELEMENTS.get(_local(element))
            if code is not None and not _is_usual(element):
                self.lost.add(code)
        blocks = list(self._blocks(body))
        if len(blocks) > _MOST_PARAGRAPHS:
            raise BadFile(TOO_LONG)
        return Tree(nested_blocks(blocks))

    def _blocks(self, body: Element) -> Iterator[FlatBlock]:
        items: list[tuple[Inline, ...]] = []
        listed = ""
        after_table = False
        for element in _content(body):
            number = _number(element)
            if items and number != listed:
                yield Bullets(tuple(items), self._ordered.get(listed, False))
                items = []
            listed = number
            if _local(element) == "tbl":
                yield from self._table(element)
                after_table = True
                continue
            if number:
                items.append(self._inlines(element))
            elif not (after_table and not "".join(element.itertext()).strip() and not _drawings(element)):
                yield from self._paragraph(element)
            after_table = False
        if items:
            yield Bullets(tuple(items), self._ordered.get(listed, False))

    def _paragraph(self, element: Element) -> Iterator[FlatBlock]:
        properties = element.find(f"{{{W}}}pPr")
        if _flag(properties, "pageBreakBefore"):
            yield PageBreak()
        align, style = self._look(properties)
        pictures = list(self._pictures(element, align))
        pages = Runs(element).pages()
        for number, parts in enumerate(pages):
            if number:
                yield PageBreak()
            if len(parts) == 1 and isinstance(parts[0], Begin | End | Reuse | Enclosure | Image):
                yield parts[0]
                continue
            inlines = nested_inlines(part for part in parts if isinstance(part, Run | Field | Begin | End))
            if inlines or not (_drawings(element) or len(pages) > 1 or _is_section_end(properties)):
                yield Paragraph(inlines, align, style)
        yield from pictures

    def _look(self, properties: Element | None) -> tuple[Align, ParagraphStyle]:
        said = _value(properties, "jc")
        align: Align = _ALIGNS.get(said, "start")
        if _flag(properties, "bidi") and align in ("left", "right"):
            align = "right" if align == "left" else "left"
        return align, self._styles.get(_value(properties, "pStyle"), "body")

    def _inlines(self, element: Element) -> tuple[Inline, ...]:
        if _value(element.find(f"{{{W}}}pPr/{{{W}}}numPr"), "ilvl") not in ("", "0"):
            self.lost.add("levels")
        parts = [part for page in Runs(element).pages() for part in page]
        return nested_inlines(part for part in parts if isinstance(part, Run | Field | Begin | End))

    def _table(self, element: Element) -> Iterator[Table]:
        widths = [float(width.get(f"{{{W}}}w") or 0) for width in element.iterfind(f"{{{W}}}tblGrid/{{{W}}}gridCol")]
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        header = False
        for number, row in enumerate(element.iterfind(f"{{{W}}}tr")):
            header = header or (number == 0 and _flag(row.find(f"{{{W}}}trPr"), "tblHeader"))
            rows.append(tuple(self._cell(cell) for cell in row.iterfind(f"{{{W}}}tc")))
        columns = max((len(row) for row in rows), default=0)
        if columns:
            given = widths if len(widths) == columns and all(width > 0 for width in widths) else [1.0] * columns
            total = sum(given)
            shares = tuple(max(0.01, round(100 * width / total, 2)) for width in given)
            yield Table(tuple(row + ((),) * (columns - len(row)) for row in rows), shares, header)

    def _cell(self, cell: Element) -> tuple[Inline, ...]:
        if cell.find(f"{{{W}}}tbl") is not None:
            self.lost.add("nested_table")
        said: list[Inline] = []
        for paragraph in cell.iterfind(f"{{{W}}}p"):
            inlines = self._inlines(paragraph)
            said += [Run("\n"), *inlines] if said and inlines else inlines
        return tuple(said)

    def _pictures(self, paragraph: Element, align: Align) -> Iterator[Image]:
        for drawing in _drawings(paragraph):
            blip = drawing.find(f".//{{{A}}}blip")
            target = self._related.get(blip.get(f"{{{R}}}embed", "") if blip is not None else "", "")
            extent = drawing.find(f".//{{{WP}}}extent")
            if not target or extent is None or drawing.find(f".//{{{PIC}}}pic") is None:
                self.lost.add("text_box")
                continue
            data = self._package.read(target)
            if len(data) > _LARGEST_PART or media_type(data) not in PICTURES:
                self.lost.add("pictures")
                continue
            described = drawing.find(f".//{{{WP}}}docPr")
            name = (described.get("name") if described is not None else "") or "picture"
            while self.pictures.get(name, data) != data:
                name += " 2"
            self.pictures[name] = data
            yield Image(name, min(600.0, max(1.0, round(int(extent.get("cx", "0")) / _POINT, 1))), align)


_RELS = "word/_rels/document.xml.rels"
_DC = "http://purl.org/dc/elements/1.1/"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_usual(element: Element) -> bool:
    """Whether what is said is what a letter has anyway: black text, one column."""
    said = element.get(f"{{{W}}}val") or element.get(f"{{{W}}}num") or ""
    return (_local(element), said) in (("color", "auto"), ("color", "000000"), ("cols", ""), ("cols", "1"))


def _content(body: Element) -> Iterator[Element]:
    """Paragraphs and tables, those inside content controls and insertions too."""
    for element in body:
        if _local(element) in ("p", "tbl"):
            yield element
        elif _local(element) in ("sdt", "sdtContent", "ins", "smartTag", "customXml"):
            yield from _content(element)


def _drawings(paragraph: Element) -> list[Element]:
    return list(paragraph.iter(f"{{{W}}}drawing"))


def _find(root: Element, tag: str) -> Element | None:
    return root.find(tag)


def _value(parent: Element | None, name: str) -> str:
    found = parent.find(f"{{{W}}}{name}") if parent is not None else None
    return (found.get(f"{{{W}}}val") or "") if found is not None else ""


def _flag(parent: Element | None, name: str) -> bool:
    found = parent.find(f"{{{W}}}{name}") if parent is not None else None
    return found is not None and found.get(f"{{{W}}}val") not in ("0", "false", "off")


def _number(element: Element) -> str:
    """The number of the list that a paragraph is an item of; "" = of none."""
    number = _value(element.find(f"{{{W}}}pPr/{{{W}}}numPr"), "numId")
    return "" if number == "0" else number


def _is_section_end(properties: Element | None) -> bool:
    return properties is not None and properties.find(f"{{{W}}}sectPr") is not None


def _relations(root: Element) -> dict[str, str]:
    """Id of a related part -> its name in the package; what lies outside is left out."""
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("word", each.get("Target", "")))
        for each in root
        if each.get("TargetMode") != "External"
    }


def _ordered(root: Element) -> Mapping[str, bool]:
    """Number of a list -> whether its items are numbered."""
    kinds = {
        kind.get(f"{{{W}}}abstractNumId"): _value(kind.find(f"{{{W}}}lvl"), "numFmt") != "bullet"
        for kind in root.iterfind(f"{{{W}}}abstractNum")
    }
    return {
        number.get(f"{{{W}}}numId", ""): kinds.get(_value(number, "abstractNumId"), False)
        for number in root.iterfind(f"{{{W}}}num")
    }


_HEADING = re.compile(r"heading \d|title|subtitle", re.IGNORECASE)


def _styles(root: Element) -> Mapping[str, ParagraphStyle]:
    """Id of a paragraph style -> ours, by its name."""
    ours: dict[str, ParagraphStyle] = {name.casefold(): code for code, (_id, name) in STYLES.items()}  # type: ignore[misc]
    found: dict[str, ParagraphStyle] = {}
    for style in root.iterfind(f"{{{W}}}style"):
        name = _value(style, "name").casefold()
        if name in ours:
            found[style.get(f"{{{W}}}styleId", "")] = ours[name]
        elif name == "title":
            found[style.get(f"{{{W}}}styleId", "")] = "subject"
        elif name == "signature":
            found[style.get(f"{{{W}}}styleId", "")] = "signature"
        elif _HEADING.fullmatch(name):
            found[style.get(f"{{{W}}}styleId", "")] = "heading"
    return found
