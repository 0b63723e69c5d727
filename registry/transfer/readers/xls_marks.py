"""What an .xls marks and the reader does not tell: hidden rows, cells that are formulas or errors (MS-XLS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from registry.transfer.readers import errors, hidden_rows
from registry.transfer.readers.errors import Place

_STREAM = "Workbook"
#: Numbers of records (MS-XLS 2.3.1).
_FORMULA, _BOUND_SHEET, _VALUE, _ROW, _BEGIN = 0x0006, 0x0085, 0x0205, 0x0208, 0x0809
_VERSION, _HIDDEN = 0x0600, 0x20
#: Cells of formulas that are told at most.
_MOST = 1_000_000


@dataclass
class Marks:
    """Name of a sheet -> numbers of its hidden rows, from 1; (row, from 1, and column, from 0) of formulas, errors."""

    hidden: dict[str, list[int]] = field(default_factory=dict)
    formulas: dict[str, list[Place]] = field(default_factory=dict)
    errors: dict[str, list[Place]] = field(default_factory=dict)


def read(content: bytes) -> Marks:
    """The marks of all sheets of an .xls that is not encrypted; none of an older one or of what is damaged."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(BytesIO(content)) as container:
            stream = container.openstream(_STREAM).read()
    except Exception:  # whatever its parser meets: what of the file can be read, the reader decides
        return Marks()
    return _marks(stream)


def _marks(stream: bytes) -> Marks:
    names, marks = _sheets(stream), Marks()
    sheet = ""
    for place, kind, size in _records(stream):
        if kind == _BEGIN:
            sheet = names.get(place, "")
        elif not sheet or size < 6:
            continue
        elif kind in (_FORMULA, _VALUE):
            row, column = struct.unpack_from("<HH", stream, place + 4)
            if kind == _FORMULA and len(found := marks.formulas.setdefault(sheet, [])) < _MOST:
                found.append((row + 1, column))
            held = stream[place + 10 : place + 4 + size]
            if _is_error(kind, held) and len(wrong := marks.errors.setdefault(sheet, [])) < errors.MOST:
                wrong.append((row + 1, column))
        elif kind == _ROW and size >= 16 and stream[place + 16] & _HIDDEN:
            hidden = marks.hidden.setdefault(sheet, [])
            if len(hidden) < hidden_rows.MOST:
                hidden.append(int.from_bytes(stream[place + 4 : place + 6], "little") + 1)
    return marks


def _is_error(kind: int, held: bytes) -> bool:
    """Whether what a cell holds is an error: as such, or as what a formula came to (MS-XLS 2.5.10, 2.5.133)."""
    return held[1:2] == b"\1" if kind == _VALUE else held[:1] == b"\2" and held[6:8] == b"\xff\xff"


def _sheets(stream: bytes) -> dict[int, str]:
    """Where the records of a sheet begin -> its name."""
    names: dict[int, str] = {}
    for place, kind, size in _records(stream):
        if kind == _BEGIN and (names or int.from_bytes(stream[place + 4 : place + 6], "little") != _VERSION):
            break
        if kind == _BOUND_SHEET and size > 8:
            begins, _state, length, wide = struct.unpack_from("<IHBB", stream, place + 4)
            text = stream[place + 12 : place + 4 + size]
            name = text[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else text[:length].decode("latin-1")
            names[begins] = name
    return names


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each record begins, its number and the size of what it holds."""
    place, last = 0, len(stream) - 4
    unpack = struct.Struct("<HH").unpack_from
    while place <= last:
        kind, size = unpack(stream, place)
        if place + 4 + size > len(stream):
            return
        yield place, kind, size
        place += 4 + size
