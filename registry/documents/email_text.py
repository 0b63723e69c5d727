"""A document tree as the HTML and as the plain text of an e-mail, and HTML read back into a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import cast

from registry.documents.flat import (
    Begin,
    End,
    FlatBlock,
    FlatInline,
    flat_blocks,
    flat_inlines,
    joined_inlines,
    marker,
    nested_blocks,
    nested_inlines,
    parts_of,
    written,
)
from registry.documents.layout import direction_of
from registry.documents.text import clean
from registry.documents.tree import (
    Align,
    Block,
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
    Section,
    Table,
    Tree,
    resolve,
)

#: The element of each paragraph style, and its look for mail programs that know no classes.
_ELEMENTS: dict[ParagraphStyle, tuple[str, str]] = {
    "body": ("p", ""),
    "subject": ("h1", "font-size:1.15em;"),
    "heading": ("h2", "font-size:1.1em;"),
    "signature": ("address", "font-style:normal;margin-top:2.5em;"),
    "small": ("small", "display:block;font-size:0.85em;"),
}
_STYLES: dict[str, ParagraphStyle] = {element: style for style, (element, _look) in _ELEMENTS.items()}
_CELL = "border-bottom:1px solid #999;padding:4px 8px;text-align:start;vertical-align:top;"


def html_of(
    tree: Tree, values: Mapping[str, str] | None, *, language: str, sources: Mapping[str, str] | None = None
) -> str:
    """The document as a whole HTML page; no value is read as markup.

    Args:
        values: what the fields say; None = the template itself, with its fields and conditions as `{{markers}}`.
        language: of the text, ISO 639-1.
        sources: pictures by name -> what `src` says, such as `cid:logo`; one that is not there is left out.
    """
    blocks = flat_blocks(tree.blocks if values is None else resolve(tree, values))
    body = "\n".join(_block_html(block, sources, template=values is None) for block in blocks)
    direction = direction_of(language)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8"></head>\n'
        f'<body dir="{direction}" style="font-family:sans-serif;line-height:1.45;">\n{body}\n</body></html>\n'
    )


def plain_text(tree: Tree, values: Mapping[str, str]) -> str:
    """The document as lines of text, one empty line between blocks."""
    return "\n\n".join(text for block in resolve(tree, values) if (text := _plain_block(block))) + "\n"


def template_text(tree: Tree) -> str:
    """A template as lines of text, its fields and conditions as `{{markers}}`."""
    return "\n\n".join(text for block in flat_blocks(tree.blocks) if (text := _marked(block)))


def _marked(block: FlatBlock) -> str:
    if isinstance(block, Begin | End | Reuse | Enclosure | Image):
        return marker(block)
    if isinstance(block, Section | PageBreak):
        return ""
    return _plain_block(_with_markers(block))


def _with_markers(block: Paragraph | Bullets | Table) -> Block:
    """The block with everything that is no text written as its marker."""
    if isinstance(block, Paragraph):
        return Paragraph(_marked_inlines(block.inlines))
    if isinstance(block, Bullets):
        return Bullets(tuple(_marked_inlines(item) for item in block.items), block.ordered)
    rows = tuple(tuple(_marked_inlines(cell) for cell in row) for row in block.rows)
    return Table(rows, block.widths)


def _marked_inlines(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    return tuple(p if isinstance(p, Run) else Run(marker(p)) for p in flat_inlines(inlines))


def tree_of_html(html: str) -> Tree:
    """What can be kept of a page: paragraphs, headings, lists, tables, bold, italic, underline, size, markers."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tree()


def _plain_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _words(block.inlines)
    if isinstance(block, Bullets):
        marks = (f"{number}. " if block.ordered else "- " for number in range(1, len(block.items) + 1))
        return "\n".join(mark + _words(item) for mark, item in zip(marks, block.items, strict=True))
    if isinstance(block, Table):
        return "\n".join("  ".join(_words(cell).replace("\n", " ") for cell in row) for row in block.rows)
    return ""


def _words(inlines: Iterable[Inline]) -> str:
    return clean("".join(inline.text for inline in inlines if isinstance(inline, Run))).strip()


def _block_html(block: FlatBlock, sources: Mapping[str, str] | None, *, template: bool) -> str:
    if isinstance(block, Paragraph):
        element, look = _ELEMENTS[block.style]
        align = f"text-align:{block.align};" if block.align != "start" else ""
        return f'<{element} style="white-space:pre-wrap;{look}{align}">{_inlines_html(block.inlines)}</{element}>'
    if isinstance(block, Bullets):
        element = "ol" if block.ordered else "ul"
        items = "".join(f'<li style="white-space:pre-wrap;">{_inlines_html(item)}</li>' for item in block.items)
        return f"<{element}>{items}</{element}>"
    if isinstance(block, Table):
        return _table_html(block)
    if isinstance(block, Image):
        source = (sources or {}).get(block.name)
        if source is None and not template:
            return ""
        src = f'src="{escape(source)}" ' if source is not None else ""
        shown = f'<img {src}alt="{escape(block.name)}" width="{block.width:g}">'
        return f'<figure style="margin:0;text-align:{block.align};">{shown}</figure>'
    if isinstance(block, PageBreak):
        return "<hr>"
    if isinstance(block, Begin | End | Reuse | Enclosure) and template:
        return f"<p>{escape(marker(block))}</p>"
    return ""


def _table_html(table: Table) -> str:
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * width / total:.3f}%">' for width in table.widths)
    rows = []
    for number, row in enumerate(table.rows):
        element = "th" if table.header and number == 0 else "td"
        cells = (f'<{element} style="white-space:pre-wrap;{_CELL}">{_inlines_html(c)}</{element}>' for c in row)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    open_tag = '<table style="border-collapse:collapse;width:100%;">'
    return f"{open_tag}<colgroup>{columns}</colgroup>{''.join(rows)}</table>"


def _inlines_html(inlines: Iterable[Inline]) -> str:
    return "".join(_inline_html(part) for part in flat_inlines(inlines))


def _inline_html(part: FlatInline) -> str:
    if isinstance(part, Begin | End):
        return escape(marker(part))
    text = marker(part) if isinstance(part, Field) else written(clean(part.text))
    html = escape(text).replace("\n", "<br>")
    for element, on in (("u", part.underline), ("i", part.italic), ("b", part.bold)):
        if on:
            html = f"<{element}>{html}</{element}>"
    return f'<span style="font-size:{part.size:g}pt">{html}</span>' if part.size is not None else html


_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
_UNSEEN = frozenset({"head", "style", "script", "title"})
_PARAGRAPHS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "address", "small", "blockquote", "figure"})
_VOID = frozenset({"br", "hr", "img", "col", "meta", "link", "input", "wbr"})
_SIZE = re.compile(r"font-size:\s*(\d{1,2}(?:\.\d+)?)pt")
_ALIGN = re.compile(r"text-align:\s*(left|center|right|justify)")
_WIDTH = re.compile(r"width:\s*(\d{1,3}(?:\.\d+)?)%")


class _Reader(HTMLParser):
    """Reads a page into flat blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[FlatBlock] = []
        self._open: list[tuple[str, str]] = []
        self._held: list[Run] = []
        self._items: list[tuple[Inline, ...]] | None = None
        self._ordered = False
        self._rows: list[list[tuple[Inline, ...]]] | None = None
        self._header = False
        self._widths: list[float] = []

    def tree(self) -> Tree:
        """What was read."""
        self._end_paragraph()
        return Tree(nested_blocks(self._blocks))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        if tag in ("ul", "ol"):
            self._end_paragraph()
            self._items, self._ordered = [], tag == "ol"
        elif tag == "table":
            self._end_paragraph()
            self._rows, self._widths, self._header = [], [], False
        elif tag == "col" and self._rows is not None:
            width = _WIDTH.search(style)
            self._widths.append(float(width[1]) if width else 1.0)
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in _PARAGRAPHS and not self._inside_item():
            self._end_paragraph()
        elif tag == "br":
            self._say("\n")
        elif tag == "hr":
            self._end_paragraph()
            self._blocks.append(PageBreak())
        elif tag == "img":
            self._image(dict(attrs))
        if tag == "th":
            self._header = True
        if tag not in _VOID:
            self._open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _style in self._open):
            return
        if tag == "li" and self._items is not None:
            self._items.append(self._inlines())
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(self._inlines())
        elif tag in ("ul", "ol") and self._items is not None:
            self._blocks += [Bullets(tuple(self._items), self._ordered)] if self._items else []
            self._items = None
        elif tag == "table" and self._rows is not None:
            self._end_table()
        elif tag in _PARAGRAPHS and not self._inside_item():
            self._end_paragraph(closed=True)
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in _UNSEEN for tag, _style in self._open):
            return
        kept = any("pre-wrap" in style for _tag, style in self._open)
        text = data if kept else re.sub(r"\s+", " ", data)
        if kept or text.strip() or self._held:
            self._say(text)

    def _inside_item(self) -> bool:
        return self._items is not None or self._rows is not None

    def _say(self, text: str) -> None:
        tags = {tag for tag, _style in self._open}
        sizes = [found[1] for _tag, style in self._open if (found := _SIZE.search(style))]
        size = float(sizes[-1]) if sizes and 4 <= float(sizes[-1]) <= 72 else None
        self._held.append(Run(text, bool(tags & _BOLD), bool(tags & _ITALIC), "u" in tags, size))

    def _parts(self) -> list[FlatInline | Reuse | Enclosure | Image]:
        held, self._held = self._held, []
        return [part for run in joined_inlines(held) if isinstance(run, Run) for part in parts_of(run.text, run)]

    def _inlines(self) -> tuple[Inline, ...]:
        parts = self._parts()
        return nested_inlines(p for p in parts if isinstance(p, Run | Field | Begin | End))

    def _end_paragraph(self, *, closed: bool = False) -> None:
        element, style = next(((t, s) for t, s in reversed(self._open) if t in _PARAGRAPHS), ("p", ""))
        parts = self._parts()
        if element == "figure" or (not parts and not closed):
            return
        if len(parts) == 1 and not isinstance(parts[0], Run | Field):
            self._blocks.append(parts[0])
            return
        align = _ALIGN.search(style)
        inlines = nested_inlines(p for p in parts if isinstance(p, Run | Field | Begin | End))
        look: ParagraphStyle = _STYLES.get(element, "heading" if element[0] == "h" else "body")
        self._blocks.append(Paragraph(inlines, _align(align[1] if align else ""), look))

    def _end_table(self) -> None:
        rows, self._rows = [row for row in self._rows or [] if row], None
        if not rows:
            return
        columns = max(len(row) for row in rows)
        widths = tuple(self._widths) if len(self._widths) == columns else (1.0,) * columns
        filled = tuple(tuple(row + [()] * (columns - len(row))) for row in rows)
        self._blocks.append(Table(filled, widths, self._header))

    def _image(self, attributes: Mapping[str, str | None]) -> None:
        name, width = attributes.get("alt") or "", attributes.get("width") or ""
        around = next((style for tag, style in reversed(self._open) if tag == "figure"), "")
        align = _ALIGN.search(around)
        if name and re.fullmatch(r"\d{1,3}(\.\d+)?", width) and 1 <= float(width) <= 600:
            self._blocks.append(Image(name, float(width), _align(align[1] if align else "")))


def _align(text: str) -> Align:
    return cast(Align, text or "start")
