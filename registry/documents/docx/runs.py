"""The runs of one paragraph of a Word document: text with its look, markers and mail-merge fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from registry.documents.docx.package import W
from registry.documents.flat import Begin, End, joined_inlines, parts_of
from registry.documents.tree import Enclosure, Field, Image, Reuse, Run

Part = Run | Field | Begin | End | Reuse | Enclosure | Image

#: Word's own field of a mail merge: MERGEFIELD Name \* MERGEFORMAT.
_MERGE_FIELD = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
#: Where a page ends, inside the text of a paragraph; no document holds it.
_PAGE = "\f"


class Runs:
    """Reads the content of one `w:p`."""

    def __init__(self, paragraph: Element) -> None:
        self._paragraph = paragraph
        self._instruction: str | None = None
        self._showing = False

    def pages(self) -> list[list[Part]]:
        """The parts of the paragraph, cut where a page ends."""
        pages: list[list[Part]] = [[]]
        for run in joined_inlines(self._runs(self._paragraph)):
            if isinstance(run, Field):
                pages[-1].append(run)
            elif isinstance(run, Run):
                for number, text in enumerate(run.text.split(_PAGE)):
                    if number:
                        pages.append([])
                    look = Run("", run.bold, run.italic, run.underline, run.size)
                    pages[-1] += parts_of(text, look)
        return pages

    def _runs(self, parent: Element) -> Iterator[Run | Field]:
        for element in parent:
            name = element.tag.rpartition("}")[2]
            if name == "r":
                yield from self._run(element)
            elif name == "fldSimple":
                field = _merge_field(element.get(f"{{{W}}}instr") or "", Run(""))
                yield from [field] if field is not None else self._runs(element)
            elif name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "customXml"):
                yield from self._runs(element)

    def _run(self, run: Element) -> Iterator[Run | Field]:
        look = _look(run.find(f"{{{W}}}rPr"))
        for element in run:
            name = element.tag.rpartition("}")[2]
            if name == "fldChar":
                yield from self._field(element.get(f"{{{W}}}fldCharType") or "", look)
            elif name == "instrText" and self._instruction is not None:
                self._instruction += element.text or ""
            elif self._instruction is not None and not self._showing:
                continue
            elif text := _text(element, name):
                yield Run(text, look.bold, look.italic, look.underline, look.size)

    def _field(self, kind: str, look: Run) -> Iterator[Field]:
        """A field of several runs: its instruction, then what it showed last, which a merge field does without."""
        if kind == "begin":
            self._instruction, self._showing = "", False
        elif kind == "separate" and self._instruction is not None:
            self._showing = _merge_field(self._instruction, look) is None
        elif kind == "end" and self._instruction is not None:
            field = _merge_field(self._instruction, look)
            if field is not None:
                yield field
            self._instruction = None


def _merge_field(instruction: str, look: Run) -> Field | None:
    found = _MERGE_FIELD.match(instruction)
    if found is None:
        return None
    return Field((found[1] or found[2])[:200], look.bold, look.italic, look.underline, look.size)


def _text(element: Element, name: str) -> str:
    if name == "t":
        return (element.text or "").replace(_PAGE, " ")
    if name == "br":
        return _PAGE if element.get(f"{{{W}}}type") == "page" else "\n"
    return {"cr": "\n", "tab": " ", "noBreakHyphen": "\u2011"}.get(name, "")


def _look(properties: Element | None) -> Run:
    if properties is None:
        return Run("")
    size = properties.find(f"{{{W}}}sz")
    half = (size.get(f"{{{W}}}val") or "") if size is not None else ""
    points = int(half) / 2 if half.isdigit() and 8 <= int(half) <= 144 else None
    return Run("", _on(properties, "b"), _on(properties, "i"), _on(properties, "u"), points)


def _on(properties: Element, name: str) -> bool:
    found = properties.find(f"{{{W}}}{name}")
    return found is not None and found.get(f"{{{W}}}val") not in ("0", "false", "off", "none")
