"""Sheets without merged cells (.xlsx), which the reader would go through a second time to find that they have none.

It looks for the list of merged cells from the beginning of a sheet's part until it has found one, and the list's place
is behind all rows. So the part of a large sheet is given to it with an empty list at its beginning. What a part holds
is packed in pieces that follow each other (RFC 1951), so that nothing need be unpacked or packed again for it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

#: Its CRC-32 is 0, thanks to the name: behind it a part keeps the checksum that it had.
_EMPTY_LIST = b'<mergeCells xml:id="abovceee"></mergeCells>'
_MARK = b"mergeCell"
#: Parts of fewer bytes are read twice in no time.
_LARGE = 1 << 20
#: In a part's flags: its sizes stand behind it.
_SIZES_BEHIND = 1 << 3
#: Bytes before a part's name, and where among them stands how long the name and what follows it are.
_HEADER, _LENGTHS = 30, 26


class Search:
    """Looks through the blocks of a sheet's part for merged cells."""

    def __init__(self, part: zipfile.ZipInfo) -> None:
        """A part that is small, or not packed, is left as it is."""
        self.none = part.file_size > _LARGE and part.compress_type == zipfile.ZIP_DEFLATED

    def look(self, chunk: bytes) -> None:
        """Take the next block, with the end of the one before."""
        # A single letter, which rows do not have, is looked for much faster.
        self.none = self.none and not (b"g" in chunk and _MARK in chunk)


def begun_anew(content: bytes, parts: Iterable[str]) -> BytesIO:
    """A workbook of which the parts of these names begin with an empty list of merged cells."""
    file = BytesIO(content)
    with zipfile.ZipFile(file, "a") as package:
        for name in parts:
            part = package.getinfo(name)
            packed = _packed(_EMPTY_LIST) + _packed_part(file, part)
            part.header_offset, part.flag_bits = package.start_dir, part.flag_bits & ~_SIZES_BEHIND
            part.file_size, part.compress_size = part.file_size + len(_EMPTY_LIST), len(packed)
            file.seek(package.start_dir)
            file.write(part.FileHeader() + packed)
            package.start_dir = file.tell()
        package.comment = package.comment  # so that the table of contents is written anew
    file.seek(0)
    return file


def _packed(text: bytes) -> bytes:
    """A piece that another may follow."""
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(text) + packing.flush(zlib.Z_SYNC_FLUSH)


def _packed_part(file: BytesIO, part: zipfile.ZipInfo) -> bytes:
    file.seek(part.header_offset)
    name, extra = struct.unpack_from("<HH", file.read(_HEADER), _LENGTHS)
    file.seek(part.header_offset + _HEADER + name + extra)
    return file.read(part.compress_size)
