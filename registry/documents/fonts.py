"""Which font prints which character, and what HarfBuzz makes of a word in it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import uharfbuzz  # type: ignore[import-untyped]

import resources

#: What a character is printed as when no font has it.
REPLACEMENT = "\ufffd"

_LATIN = "NotoSans"
#: First code point of a block and the family that prints it; the block ends where the next begins.
_BLOCKS = (
    (0x0000, _LATIN),
    (0x0530, "NotoSansArmenian"),
    (0x0590, "NotoSansHebrew"),
    (0x0600, "NotoNaskhArabic"),
    (0x0780, _LATIN),
    (0x0900, "NotoSansDevanagari"),
    (0x0980, "NotoSansBengali"),
    (0x0A00, _LATIN),
    (0x0B80, "NotoSansTamil"),
    (0x0C00, _LATIN),
    (0x0D80, "NotoSansSinhala"),
    (0x0E00, "NotoSansThai"),
    (0x0E80, _LATIN),
    (0x10A0, "NotoSansGeorgian"),
    (0x1100, "NotoSansKR"),
    (0x1200, "NotoSansEthiopic"),
    (0x13A0, _LATIN),
    (0x1780, "NotoSansKhmer"),
    (0x1800, _LATIN),
    (0x1C90, "NotoSansGeorgian"),
    (0x1CC0, _LATIN),
    (0x2D00, "NotoSansGeorgian"),
    (0x2D30, _LATIN),
    (0x2D80, "NotoSansEthiopic"),
    (0x2DE0, _LATIN),
    (0x2E80, "NotoSansSC"),
    (0x3040, "NotoSansJP"),
    (0x3100, "NotoSansSC"),
    (0x3130, "NotoSansKR"),
    (0x3190, "NotoSansSC"),
    (0xA000, _LATIN),
    (0xA8E0, "NotoSansDevanagari"),
    (0xA900, _LATIN),
    (0xAB00, "NotoSansEthiopic"),
    (0xAB30, _LATIN),
    (0xAC00, "NotoSansKR"),
    (0xD800, _LATIN),
    (0xF900, "NotoSansSC"),
    (0xFB00, _LATIN),
    (0xFB13, "NotoSansArmenian"),
    (0xFB1D, "NotoSansHebrew"),
    (0xFB50, "NotoNaskhArabic"),
    (0xFE10, "NotoSansSC"),
    (0xFE70, "NotoNaskhArabic"),
    (0xFF00, "NotoSansSC"),
    (0x10000, _LATIN),
)
_STARTS = [start for start, _family in _BLOCKS]
_FAMILIES = tuple(dict.fromkeys(family for _start, family in _BLOCKS))
_WITHOUT_BOLD = frozenset({"NotoSansSC", "NotoSansJP", "NotoSansKR"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped word, left to right; lengths in thousandths of the font size."""

    number: int
    text: str
    advance: float
    right: float
    up: float


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of a word in one face.

    Attributes:
        marks: dots and vowel signs of right-to-left text, placed from the piece's left edge; their letters
            carry their text, and they are drawn apart, because readers of PDF break words at them.
        spoken: the text to state beside glyphs that alone would not copy in logical order, else nothing.
        width: in thousandths of the font size.
        embolden: the face has no bold weight, so the outline is drawn as well.
        missing: characters that no font has.
        plain: nothing but glyphs on the baseline, at least one.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    marks: tuple[Glyph, ...]
    spoken: str
    width: float
    embolden: bool
    missing: str
    plain: bool = False


class Face:
    """One font file.

    Attributes:
        name: the file's stem, which is also its PostScript name.
        characters: the code points it can print.
        ascent, descent: in thousandths of the font size; the descent is negative.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.data = resources.path("fonts", f"{name}.ttf").read_bytes()
        self.outline = uharfbuzz.Face(self.data)
        self._font = uharfbuzz.Font(self.outline)
        self._unit = 1000 / self.outline.upem
        self.characters = frozenset(self.outline.unicodes)
        extents = self._font.get_font_extents("ltr")
        self.ascent = extents.ascender * self._unit
        self.descent = extents.descender * self._unit

    def advance(self, glyph: int) -> float:
        """The unshaped width of a glyph in thousandths of the font size."""
        return float(self._font.get_glyph_h_advance(glyph) * self._unit)

    def shape(self, text: str, right_to_left: bool) -> tuple[Glyph, ...]:
        """The glyphs of `text`, which this face has all characters of, from left to right."""
        buffer = uharfbuzz.Buffer()
        levels = uharfbuzz.BufferClusterLevel
        buffer.cluster_level = levels.MONOTONE_GRAPHEMES if right_to_left else levels.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.language = "und"
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        uharfbuzz.shape(self._font, buffer)
        infos = buffer.glyph_infos
        starts = [*sorted({info.cluster for info in infos}), len(text)]
        texts = {start: text[start:end] for start, end in pairwise(starts)}
        # One glyph of a cluster carries its whole text: the first, or from right to left the last.
        order = range(len(infos) - 1, -1, -1) if right_to_left else range(len(infos))
        carried = {at: texts.pop(infos[at].cluster, "") for at in order}
        unit = self._unit
        return tuple(
            Glyph(info.codepoint, carried[at], p.x_advance * unit, p.x_offset * unit, p.y_offset * unit)
            for at, (info, p) in enumerate(zip(infos, buffer.glyph_positions, strict=True))
        )


@cache
def face(name: str) -> Face:
    """The face of that name, read once."""
    return Face(name)


@lru_cache(maxsize=2048)
def shape_word(word: str, bold: bool, italic: bool, right_to_left: bool, japanese: bool) -> tuple[Piece, ...]:
    """The pieces of a word of one direction, in logical order; `japanese` prefers that face for ideographs."""
    pieces = []
    for name, embolden, text, missing in _runs(word, bold, italic, japanese):
        glyphs = face(name).shape(text, right_to_left)
        width = sum(glyph.advance for glyph in glyphs)
        letters: tuple[Glyph, ...] = glyphs
        marks: tuple[Glyph, ...] = ()
        spoken = ""
        if right_to_left:
            letters, marks = _apart(glyphs)
        elif any(not glyph.text or glyph.right or glyph.up for glyph in glyphs):
            spoken = text
        plain = bool(letters) and not marks and not spoken and not any([glyph.up for glyph in letters])
        pieces.append(Piece(face(name), letters, marks, spoken, width, embolden, missing, plain))
    return tuple(pieces)


def _apart(glyphs: tuple[Glyph, ...]) -> tuple[tuple[Glyph, ...], tuple[Glyph, ...]]:
    """The letters, and the marks with their distance from the left edge."""
    letters, marks = [], []
    pen = 0.0
    for glyph in glyphs:
        if glyph.text or glyph.advance:
            letters.append(glyph)
        else:
            marks.append(Glyph(glyph.number, "", 0.0, pen + glyph.right, glyph.up))
        pen += glyph.advance
    return tuple(letters), tuple(marks)


@cache
def space_in(font: Face) -> Piece:
    """One space, in that face if it has one."""
    printed = font if 0x20 in font.characters else face(f"{_LATIN}-Regular")
    glyphs = printed.shape(" ", False)
    return Piece(printed, glyphs, (), "", glyphs[0].advance, False, "", True)


def _runs(word: str, bold: bool, italic: bool, japanese: bool) -> list[tuple[str, bool, str, str]]:
    """The word cut where the face changes: face name, embolden, text, characters no font has."""
    runs: list[tuple[str, bool, str, str]] = []
    for character in word:
        previous = runs[-1][0] if runs else ""
        family = _family(character, japanese)
        if previous and _joins(character) and ord(character) in face(previous).characters:
            name = previous
        else:
            name = _face_with(character, family, bold, italic)
        missing = "" if name else character
        name = name or previous or _face_name(_LATIN, bold, italic)
        text = REPLACEMENT if missing else character
        if missing:
            name = _face_name(_LATIN, bold, italic)
        if name == previous:
            _name, embolden, before, lost = runs[-1]
            runs[-1] = (name, embolden, before + text, lost + missing)
        else:
            embolden = bold and name.split("-")[0] in _WITHOUT_BOLD
            runs.append((name, embolden, text, missing))
    return runs


def _joins(character: str) -> bool:
    """Whether a character takes the face of what stands before it: marks, digits, punctuation, joiners."""
    return unicodedata.category(character)[0] in "MNPZC"


def _family(character: str, japanese: bool) -> str:
    family = _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][1]
    return "NotoSansJP" if japanese and family == "NotoSansSC" else family


def _face_name(family: str, bold: bool, italic: bool) -> str:
    if family in _WITHOUT_BOLD:
        return f"{family}-Regular"
    if family != _LATIN:
        return f"{family}-Bold" if bold else f"{family}-Regular"
    return f"{family}-{('Bold' if bold else '') + ('Italic' if italic else '') or 'Regular'}"


def _face_with(character: str, family: str, bold: bool, italic: bool) -> str:
    """The name of the first face that has the character, its block's family first; empty if none has it."""
    for candidate in (family, *_FAMILIES):
        name = _face_name(candidate, bold, italic)
        if ord(character) in face(name).characters:
            return name
    return ""
