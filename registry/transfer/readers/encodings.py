"""Which encoding a text file is in: Unicode if it can be, else the old one that gives the likeliest letters."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from registry.errors import BadFile
from registry.transfer.readers import preflight

_BLOCK = 1 << 20
#: Bytes of lines beyond ASCII that an old encoding is judged by.
_EVIDENCE = 64 * 1024
#: Old encodings of Latin letters, likeliest first, and the letters beyond ASCII of languages written in them.
#: What general detectors confuse: one accented letter of a name is another one in the next encoding.
_WESTERN = (*("àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúüªº", "àáâãçéêíóôõúü", "àèéìíîòóùú", "åäöéæø", "áéëèïöüóç"),)
_LATIN = {
    "cp1252": _WESTERN,
    "cp1250": ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž", "ëç"),
    "cp1254": ("çğıöşüâîûi\u0307",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp852": ("áčďéěíňóřšťúůýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšž"),
}
_PUNCTUATION = re.compile("[\\x00-\\x7f’‘“”«»–—…€°·•\xa0]")
#: Latin words seldom have two letters beyond ASCII side by side, words of other scripts have little else.
_LATIN_RUN = 2.0
_LATIN_SCORE = 0.7
#: In a Hebrew list, bytes from alef to tav are all there is; others have capitals beside them.
_NOT_HEBREW = re.compile(rb"[\x80-\x90\x95-\xdf\xfb-\xff]|[A-Za-z][\xe0-\xfa]|[\xe0-\xfa][A-Za-z]")
_OTHER_SCRIPTS = [
    *("cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "cp866", "cp874"),
    *("cp932", "gb18030", "big5", "cp949"),
]


def find_encoding(path: Path) -> str:
    """The Python codec name of a text file's encoding; raises `BadFile` for bytes that are no text."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _is_utf8(path):
        return "utf-8"
    return _old_encoding(_evidence(path))


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                if b"\0" in block:
                    raise BadFile(preflight.NOT_A_LIST)
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _evidence(path: Path) -> bytes:
    """Lines with bytes beyond ASCII, the only ones that tell old encodings apart."""
    found = bytearray()
    with path.open("rb") as file:
        for line in file:
            if b"\0" in line:
                raise BadFile(preflight.NOT_A_LIST)
            if not line.isascii() and len(found) < _EVIDENCE:
                found += line[:_EVIDENCE]
    return bytes(found)


def _old_encoding(evidence: bytes) -> str:
    # A few broken bytes in a UTF-8 file: cut in the middle, or lines of two files joined.
    broken = evidence.decode("utf-8", "replace").count("\ufffd")
    if broken * 20 < sum(byte > 0x7F for byte in evidence):
        return "utf-8"
    if not _NOT_HEBREW.search(evidence):
        return "cp1255"
    runs = re.findall(rb"[\x80-\xff]+", evidence)
    latin = max(_LATIN, key=lambda encoding: _latin_score(evidence, encoding))
    if sum(map(len, runs)) < _LATIN_RUN * len(runs) and _latin_score(evidence, latin) > _LATIN_SCORE:
        return latin
    from charset_normalizer import from_bytes

    best = from_bytes(evidence, cp_isolation=_OTHER_SCRIPTS, threshold=0.4).best()
    return best.encoding if best is not None else "cp1252"


def _latin_score(evidence: bytes, encoding: str) -> float:
    """From 0 to 1: how many letters beyond ASCII are of the encoding's languages, and of one of them."""
    letters = _PUNCTUATION.sub("", evidence.decode(encoding, "replace").lower())
    alphabets = _LATIN[encoding]
    every = "".join(alphabets)
    known = sum(letter in every for letter in letters)
    of_one = max(sum(letter in alphabet for letter in letters) for alphabet in alphabets)
    return (known + of_one) / (2 * max(len(letters), 1))
