"""QR codes (ISO/IEC 18004): by them a letter that comes back is known, and a certificate."""

from __future__ import annotations

from functools import cache

from registry.documents.fonts import shape_word
from registry.documents.paper import Paper
from registry.documents.text import Span, Style, draw, lay_out

#: Readers want four modules of white around a code.
_QUIET = 4
#: What is typed where nothing scans.
_TYPED = Style(5.0)
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
#: The smallest code, version 1 with error correction M: modules a side, characters, bytes of data and of correction.
_SIDE, _LONGEST, _DATA, _CHECK = 21, 20, 16, 10
_PADDING = (0xEC, 0x11)


def draw_mark(paper: Paper, text: str, left: float, top: float, side: float) -> None:
    """Put the code of `text` into a square of `side` points, its white margin included, and the text under it.

    Args:
        left, top: the square's upper left corner, in points.
    """
    rows = _small(text) if _is_small(text) else _by_library(text)
    unit = side / (len(rows) + 2 * _QUIET)
    inner = unit * len(rows)
    x, y = left + _QUIET * unit, top - _QUIET * unit - inner
    width = -len(rows) % 8 + len(rows)
    bits = "".join([f"{int(row.ljust(width, '0'), 2):0{width // 4}X}" for row in rows])
    head = f"/W {len(rows)} /H {len(rows)} /BPC 1 /IM true /D [1 0] /F /AHx"
    paper.code(f"q {inner:.3f} 0 0 {inner:.3f} {x:.3f} {y:.3f} cm BI {head} ID {bits}> EI Q")
    if _is_small(text):
        paper.code(_typed(paper, text, left + side / 2, top - side + 2))
    else:
        draw(paper, lay_out([Span(text, _TYPED)], side, align="center", direction="ltr"), left, top - side + 2)


def _typed(paper: Paper, text: str, middle: float, top: float) -> str:
    """A short code as text: its characters, which all codes share, one beside the other."""
    size = _TYPED.size
    pieces = [shape_word(character, False, False, False, False)[0] for character in text.replace(" ", "\u00a0")]
    width = sum([piece.width for piece in pieces]) * size / 1000
    (font, _contents), face = paper.show(pieces[0]), pieces[0].face
    shown = "".join([content for piece in pieces for _rise, content in paper.show(piece)[1]])
    x, y = middle - width / 2, top - face.ascent * size / 1000
    return f"BT /{font} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm [{shown}]TJ ET"


def _is_small(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and all([character in _ALPHANUMERIC for character in text])


def _by_library(text: str) -> list[str]:
    """The rows of modules, 1 = dark, of any text; it takes as long as a whole letter."""
    from reportlab.graphics.barcode import qrencoder  # type: ignore[import-untyped]

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    # Every mask is readable; trying all eight for the evenest would take as long as five letters.
    code.makeImpl(False, 0)
    return ["".join(["1" if dark else "0" for dark in row]) for row in code.modules]


def _small(text: str) -> list[str]:
    """The same of a short code, as letters have it."""
    frame, order, mask = _frame()
    grid = list(frame)
    for place, bit in zip(order, f"{_codewords(text) ^ mask:0{len(order)}b}", strict=True):
        grid[place] = bit
    return ["".join(grid[start : start + _SIDE]) for start in range(0, _SIDE * _SIDE, _SIDE)]


def _codewords(text: str) -> int:
    """Data and error correction as one number, the first codeword highest."""
    bits = f"0010{len(text):09b}"
    values = [_ALPHANUMERIC.index(character) for character in text]
    for at in range(0, len(values) - 1, 2):
        bits += f"{values[at] * 45 + values[at + 1]:011b}"
    if len(values) % 2:
        bits += f"{values[-1]:06b}"
    bits = (bits + "0000")[: _DATA * 8]
    data = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
    data += bytes([_PADDING[at % 2] for at in range(_DATA - len(data))])
    check, steps = 0, _steps()
    for byte in data:
        check = ((check << 8) & ((1 << 8 * _CHECK) - 1)) ^ steps[(check >> 8 * (_CHECK - 1)) ^ byte]
    return (int.from_bytes(data, "big") << 8 * _CHECK) | check


@cache
def _steps() -> tuple[int, ...]:
    """For each byte its multiple of the generator of the error correction (Reed-Solomon over GF(256))."""
    generator = [1]
    root = 1
    for _ in range(_CHECK):
        product = [*generator, 0]
        for at, factor in enumerate(generator):
            product[at + 1] ^= _times(factor, root)
        generator, root = product, _times(root, 2)
    return tuple(int.from_bytes(bytes([_times(byte, each) for each in generator[1:]]), "big") for byte in range(256))


def _times(a: int, b: int) -> int:
    """The product in GF(256) by x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return product


@cache
def _frame() -> tuple[str, tuple[int, ...], int]:
    """What every small code has alike: its modules, the places of data in their order, and the mask of these."""
    order: list[int] = []
    up = True
    for right in (20, 18, 16, 14, 12, 10, 8, 5, 3, 1):  # the sixth column is timing
        rows = range(_SIDE - 1, -1, -1) if up else range(_SIDE)
        order += [row * _SIDE + column for row in rows for column in (right, right - 1) if not _is_fixed(row, column)]
        up = not up
    mask = "".join("1" if (place // _SIDE + place % _SIDE) % 2 == 0 else "0" for place in order)
    return "".join(_by_library("0")), tuple(order), int(mask, 2)


def _is_fixed(row: int, column: int) -> bool:
    """Whether a module belongs to finders, timing or format."""
    corner = (row < 9 and column < 9) or (row < 9 and column >= 13) or (row >= 13 and column < 9)
    return corner or row == 6 or column == 6
