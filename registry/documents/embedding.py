"""A font inside one PDF file: its codes, and at the end its subset and the text each code stands for."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import uharfbuzz  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfdoc  # type: ignore[import-untyped]

from registry.documents.fonts import Face, Glyph

_MOST_CODES = 40_000
_LONGEST_TEXT = 64
_LONGEST_STEP = 150
_DROPPED_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"STAT", b"name", b"post")


class EmbeddedFace:
    """One face as a composite font (ISO 32000-1, 9.7); a code is a pair of a glyph and the text it stands for.

    So the same glyph may copy as different text, and ligatures and reordered vowels read in logical order.

    Attributes:
        name: the font's name in content streams.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.name = name
        self._face = face
        self._codes: dict[tuple[int, str], int] = {}
        self._glyphs = [(0, "")]
        self._widths = [face.advance(0)]

    def mark(self, glyph: Glyph) -> str:
        """One glyph as the operand of `Tj`."""
        return f"<{self._code(glyph):04X}>"

    def contents(self, glyphs: tuple[Glyph, ...]) -> tuple[tuple[float, str], ...]:
        """The glyphs as contents of `TJ` arrays, each with its rise in thousandths of the font size."""
        contents: list[tuple[float, str]] = []
        rise, shown, codes = 0.0, "", ""
        for glyph in glyphs:
            if glyph.up != rise:
                shown += f"<{codes}>" if codes else ""
                if shown:
                    contents.append((rise, shown))
                rise, shown, codes = glyph.up, "", ""
            code = self._code(glyph)
            if glyph.right:
                shown += (f"<{codes}>" if codes else "") + _moved(-glyph.right)
                codes = ""
            codes += f"{code:04X}"
            # What a viewer advances by itself, less what HarfBuzz asked for and what the offset moved.
            correction = self._widths[code] - glyph.advance + glyph.right
            if abs(correction) >= 0.5:
                shown += f"<{codes}>{_moved(correction)}"
                codes = ""
        shown += f"<{codes}>" if codes else ""
        if shown:
            contents.append((rise, shown))
        return tuple(contents)

    def _code(self, glyph: Glyph) -> int:
        text = glyph.text[:_LONGEST_TEXT] if len(self._glyphs) < _MOST_CODES else ""
        code = self._codes.get((glyph.number, text))
        if code is None:
            code = self._codes[glyph.number, text] = len(self._glyphs)
            self._glyphs.append((glyph.number, text))
            self._widths.append(self._face.advance(glyph.number))
        return code

    def add_objects(self, document: Any) -> None:
        """Add the font dictionaries, the subset file and the map to Unicode to a reportlab document."""
        data, renumbered = self._subset()
        base = f"/AAAAAA+{self._face.name}"
        box = struct.unpack(">4h", bytes(self._face.outline.reference_table("head").data)[36:44])
        unit = 1000 / self._face.outline.upem
        descriptor = pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "FontName": base, "Flags": 4, "ItalicAngle": 0, "StemV": 80,
            "CapHeight": 714,
            "Ascent": round(self._face.ascent), "Descent": round(self._face.descent),
            "FontBBox": pdfdoc.PDFArray([round(edge * unit) for edge in box]),
            "FontFile2": document.Reference(_stream(data, Length1=len(data))),
        })  # fmt: skip
        order = b"".join(renumbered[glyph].to_bytes(2, "big") for glyph, _text in self._glyphs)
        descendant = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": base,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": document.Reference(descriptor),
            "CIDToGIDMap": document.Reference(_stream(order)),
            "W": "[0 [" + " ".join(f"{width:.0f}" for width in self._widths) + "]]",
        })  # fmt: skip
        font = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": base, "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(_stream(self._to_unicode())),
        })  # fmt: skip
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """The font file with the used glyphs only, and their numbers in it."""
        request = uharfbuzz.SubsetInput()
        request.glyph_set.update({glyph for glyph, _text in self._glyphs})
        request.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in _DROPPED_TABLES})
        request.flags = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        plan = uharfbuzz.SubsetPlan(self._face.outline, request)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def _to_unicode(self) -> bytes:
        """The map from codes to text (ISO 32000-1, 9.10.3)."""
        pairs = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex()}>"
            for code, (_glyph, text) in enumerate(self._glyphs)
            if code
        ]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for block in blocks:
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")


def _moved(amount: float) -> str:
    """A move within a word, in steps: readers of PDF take one long move to the right for a space."""
    steps = max(1, int(-amount // _LONGEST_STEP) + 1)
    return f"{amount / steps:.0f} " * steps


def _stream(data: bytes, **entries: int) -> Any:
    dictionary = pdfdoc.PDFDictionary({"Filter": "/FlateDecode", **entries})
    return pdfdoc.PDFStream(dictionary, zlib.compress(data))
