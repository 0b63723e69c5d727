"""What kind of file something is, told from its first bytes, never from its name; nothing is opened."""

from __future__ import annotations

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_ZIP = b"PK\x03\x04"
#: How files begin, and what they are then.
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
#: What workbooks and texts in a zip name among their parts.
_PACKED = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
)
#: Media type -> ending of a file's name.
ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/tiff": "tif",
    "text/plain": "txt",
    _PACKED[0][1]: "docx",
    _PACKED[1][1]: "xlsx",
    _PACKED[2][1]: "odt",
    _PACKED[3][1]: "ods",
}


def media_type(content: bytes) -> str:
    """One of `ENDINGS`; "" for anything else, programs among it."""
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(_ZIP):
        return next((found for part, found in _PACKED if part in content), "")
    return "text/plain" if _is_text(content) else ""


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
