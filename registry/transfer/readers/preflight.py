"""Looks at a stranger's file before anything parses it: what it is, and whether it asks for too much."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from pathlib import Path

from registry.errors import BadFile, RegistryError
from registry.i18n import N_

# The limits of SECURITY.md, "Facts measured".
FILE_BYTES = 50 * 1000 * 1000
UNPACKED_BYTES = 500 * 1000 * 1000
PARTS = 2_000
ROWS = 1_048_576
COLUMNS = 702
CELLS = 20_000_000
CELL_CHARACTERS = 32_767

EMPTY = N_("This file is empty. Choose a file that has at least one row.")
MISSING = N_("There is no such file. Check its name and folder.")
FOLDER = N_("This is a folder. Choose a file.")
UNREADABLE = N_("This file cannot be opened. Close it in other programs and check that you may read it.")
TOO_LARGE = N_("This file is larger than {megabytes} MB. Split the list into several files.")
NO_FIELDS = N_("This PDF has no fields that were filled in. Choose the file in which the form was filled in and saved.")
NOT_A_LIST = N_(
    "This is not a list. Choose an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file, or contact cards (.vcf)."
)
WEB_PAGE = N_(
    "This is a web page or an XML document under another name. "
    "Open it in a spreadsheet program, save it as .xlsx and choose that file."
)
OTHER_FORMAT = N_("Workbooks of this kind cannot be read. Save a copy as .xlsx and choose that file.")
PROTECTED = N_("This file is protected by a password. Save a copy without the password and choose that file.")
NEEDS_PASSWORD = N_("This file is protected by a password. Give it, or save a copy without it and choose that file.")
WRONG_PASSWORD = N_("This is not the password of this file. Mind capitals and the keyboard, and try again.")
DAMAGED = N_("This file is damaged or was cut short. Get it again, or open it and save a new copy as .xlsx.")
SUSPICIOUS = N_(
    "This workbook asks for more memory than a list needs, as harmful files do. "
    "Copy the list into a new workbook, save it and choose that file."
)
TOO_MANY_COLUMNS = N_("This list has more than {columns} columns. Remove the columns that are not needed.")
TOO_MANY_CELLS = N_("This list is too long: at most {rows} rows and {cells} cells. Split it into several files.")
ROWS_MISSING = N_(
    "This workbook claims {rows} rows, but hardly any of them hold anything. "
    "Copy the list into a new workbook, save it and choose that file."
)
NO_SHEET = N_("This workbook has no worksheet. Choose a workbook that holds a list.")
NO_SUCH_SHEET = N_("This file has no sheet named {sheet}. Check the name.")
LONG_CELL = N_("A cell holds more than {characters} characters. Shorten the text and save the file again.")

_OLE_HEADER, _OLE_SPECIAL, _OLE_FREE = 512, 0xFFFFFFFA, 0xFFFFFFFF
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
#: Parts of an .ods: what is in it and how it is encrypted; what stands for all its parts where they are as one.
MANIFEST, ENCRYPTED = "META-INF/manifest.xml", "encrypted-package"
_TEXT_NAMES = {".csv", ".tsv", ".tab", ".txt", ""}
#: Of UTF-16, little and big end first, and UTF-8.
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
#: Web pages, also as parts of one or of a message, and workbooks as Excel 2003 wrote them in XML.
_MARKUP = re.compile(
    rb"<(?:!|\?|\w+:|(?:html|head|body|meta|link|title|style|script|table|tr|div|center|font|span|p|b|br|h\d|workbook)\b)"
    rb"|mime-version:"
)
#: Old programs save tab-separated text under the name .xls, and Excel opens it.
_MAYBE_TEXT_NAMES = {".xls"}


def kind_of(path: Path) -> str:
    """What the file seems to be by its first bytes and its name: "zip", "ole", "cards", "pdf", "json" or "text".

    Cheap enough for any process: it reads 4 KB. Raises `BadFile` for what can't be a list.
    """
    head = _head(path)
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(b"%PDF-"):
        return "pdf"
    start = head.removeprefix(BYTE_ORDER_MARKS[2]).replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if _MARKUP.match(start):
        raise BadFile(WEB_PAGE)
    if start.startswith(b"begin:vcard"):
        return "cards"
    suffix = path.suffix.lower()
    if suffix == ".json" and start.startswith((b"{", b"[")):
        return "json"
    binary = start.startswith((b"%pdf", b"{\\rtf")) or (b"\0" in head and not head.startswith(BYTE_ORDER_MARKS))
    if binary or suffix not in _TEXT_NAMES | _MAYBE_TEXT_NAMES:
        raise BadFile(NOT_A_LIST)
    return "text"


def _head(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadFile(FOLDER)
        if not stat.S_ISREG(status.st_mode):
            raise BadFile(NOT_A_LIST)
        if status.st_size > FILE_BYTES:
            raise BadFile(TOO_LARGE, megabytes=FILE_BYTES // 1_000_000)
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as missing:
        raise BadFile(MISSING) from missing
    except (OSError, ValueError) as failure:  # ValueError: a NUL in the name
        raise BadFile(UNREADABLE) from failure
    if not head.strip(b"\0 \t\r\n"):
        raise BadFile(EMPTY)
    return head


def asks_password(error: RegistryError) -> bool:
    """Whether a file could be read with its password, or with another one than was given."""
    return error.message in (NEEDS_PASSWORD, WRONG_PASSWORD)


def is_encrypted(content: bytes) -> bool:
    """Whether an OLE container holds a workbook that its password encrypts (MS-OFFCRYPTO 2.3.4)."""
    return "EncryptedPackage".encode("utf-16-le") in content


def check_ole(content: bytes) -> None:
    """Refuse an OLE container that holds no workbook, or not all of it."""
    if _is_cut(content):
        raise BadFile(DAMAGED)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise BadFile(NOT_A_LIST)


def _is_cut(content: bytes) -> bool:
    """Whether sectors are missing that an OLE container says it uses (MS-CFB 2.2, 2.3)."""
    if len(content) < _OLE_HEADER or content[28:30] != b"\xfe\xff":
        return len(content) < _OLE_HEADER
    size = 1 << min(int.from_bytes(content[30:32], "little"), 12)
    tables = [place for (place,) in struct.iter_unpack("<I", content[76:_OLE_HEADER]) if place < _OLE_SPECIAL]
    used = -1
    for number, place in enumerate(tables):
        entries = content[(place + 1) * size : (place + 2) * size]
        if len(entries) < size:
            return True
        taken = [i for i, (next_one,) in enumerate(struct.iter_unpack("<I", entries)) if next_one != _OLE_FREE]
        used = number * size // 4 + taken[-1] if taken else used
    return (used + 1) * size >= len(content) if used >= 0 else False


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive by its table of contents: too many parts, too large ones, secret ones, twins."""
    if len(parts) > PARTS:
        raise BadFile(SUSPICIOUS)
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(PROTECTED)
    # Readers differ in which of two twins they take.
    if len({part.filename.lower().replace("\\", "/") for part in parts}) < len(parts):
        raise BadFile(DAMAGED)
    if sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise BadFile(SUSPICIOUS)
