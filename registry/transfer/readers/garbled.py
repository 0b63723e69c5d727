"""Texts that a program read in a wrong encoding before they came here: "FranÃ§ois"; they are told and kept."""

from __future__ import annotations

import re

#: Encodings in which programs take UTF-8 for another.
_READ_AS = ("cp1252", "cp1251", "mac_roman", "cp850")
#: What the first bytes of a letter become in them: of Latin, Greek, Cyrillic, Hebrew, Arabic; of a quotation mark, of
#: Thai, Devanagari and Ethiopic, where two of them are told.
_BEGINNINGS, _FURTHER = "ÃÂÄÅÎÏÐÑ×ØÙРС√├┬âàá", "€¸¤ˆ‰Š‹Œ"
_LOST = "\ufffd"


def _letter(byte: int, encoding: str) -> str:
    """What a byte becomes; where the encoding leaves it open a control sign, as programs do."""
    letter = bytes([byte]).decode(encoding, "replace")
    return chr(byte) if letter == _LOST else letter


#: Of each encoding the byte that a letter was, also where programs took it for Latin-1.
_BYTES = {
    encoding: {ord(_letter(byte, encoding)): byte for byte in range(256)}
    | ({sign: sign for sign in range(0x80, 0xA0)} if encoding == "cp1252" else {})
    for encoding in _READ_AS
}
_BEHIND = "".join(chr(letter) for known in _BYTES.values() for letter, byte in known.items() if 0x80 <= byte < 0xC0)
#: Few texts have any of these, which is soon seen: both signs are of one class.
_PERHAPS = re.compile(f"[{_BEGINNINGS}][{re.escape(_BEHIND + _FURTHER)}]")


def among(texts: str) -> bool:
    """Whether any of several texts, joined, may be such a one: soon seen, and nearly none is."""
    return not texts.isascii() and (_LOST in texts or _PERHAPS.search(texts) is not None)


def is_garbled(text: str) -> bool:
    """Whether a text has signs for what could not be read, or is whole UTF-8 as soon as its letters are bytes again."""
    return among(text) and (_LOST in text or any(_is_utf8(text, known) for known in _BYTES.values()))


def _is_utf8(text: str, known: dict[int, int]) -> bool:
    try:
        content = bytes(map(known.__getitem__, map(ord, text)))
        return len(content.decode("utf-8")) < len(content)
    except (KeyError, UnicodeDecodeError):
        return False
