"""OpenDocument sheets that a password encrypts (ODF 1.2 to 1.4, part 2), opened in memory. In the child only."""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.etree.ElementTree import Element

from registry.errors import BadFile
from registry.i18n import N_
from registry.transfer.readers import preflight

UNKNOWN_PROTECTION = N_(
    "The way in which this file is protected is not known. "
    "Open it, save a copy without the password and choose that file."
)
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_CONTENT = "content.xml"
_PLAIN = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
#: What a hostile file may ask for at most: rounds of hashing, passes, kibibytes and lanes of Argon2.
_ROUNDS, _PASSES, _KIBIBYTES, _LANES = 1_000_000, 20, 1 << 18, 16
#: A checksum is of the beginning of what was encrypted.
_CHECKED = 1024
#: AES-GCM: its initialisation vector stands before, and is of so many bytes.
_VECTOR = 12


def decrypted(content: bytes, password: str) -> bytes:
    """The sheet inside; raises `BadFile` if the password is missing or another one, or nobody knows how to open it."""
    if not password:
        raise BadFile(preflight.NEEDS_PASSWORD)
    with zipfile.ZipFile(BytesIO(content)) as package:
        wanted = preflight.ENCRYPTED if preflight.ENCRYPTED in package.namelist() else _CONTENT
        entry = _entry(package.read(preflight.MANIFEST), wanted)
        try:
            inside = _opened(package.read(wanted), entry, password)
        except (ValueError, KeyError, zlib.error, zipfile.BadZipFile) as failure:
            raise BadFile(preflight.DAMAGED) from failure
        return inside if wanted == preflight.ENCRYPTED else _package(package.read("mimetype"), inside)


def _entry(manifest: bytes, wanted: str) -> Element:
    """How a part is encrypted."""
    from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

    try:
        root: Element = fromstring(manifest)
    except ParseError as failure:
        raise BadFile(preflight.DAMAGED) from failure
    for entry in root.iter(_MANIFEST + "file-entry"):
        if entry.get(_MANIFEST + "full-path") == wanted:
            found = entry.find(_MANIFEST + "encryption-data")
            if found is not None:
                return found
    raise BadFile(UNKNOWN_PROTECTION)


def _opened(secret: bytes, entry: Element, password: str) -> bytes:
    """A part as it was; `ValueError` or `zlib.error` if it is damaged."""
    algorithm, started, derivation = (
        {name.rpartition("}")[2]: text for name, text in found.attrib.items()} if found is not None else {}
        for found in (entry.find(_MANIFEST + name) for name in ("algorithm", "start-key-generation", "key-derivation"))
    )
    hashing = _hashing(started.get("start-key-generation-name", "sha1"))
    key = _key(hashing(password.encode()).digest(), derivation)
    vector = base64.b64decode(algorithm.get("initialisation-vector", ""))
    cipher = algorithm.get("algorithm-name", "").rpartition("#")[2]
    if cipher.endswith("-gcm"):
        plain = _from_gcm(secret, key)
    elif cipher.startswith("aes") and cipher.endswith("-cbc"):
        plain = _from_cbc(secret, key, vector)
    else:
        raise BadFile(UNKNOWN_PROTECTION)
    checked = entry.get(_MANIFEST + "checksum")
    if checked is not None:
        told = _hashing(entry.get(_MANIFEST + "checksum-type", ""))(plain[:_CHECKED]).digest()
        if told != base64.b64decode(checked):
            raise BadFile(preflight.WRONG_PASSWORD)
    return plain if plain.startswith(preflight.ZIP) else _inflated(plain)


def _hashing(name: str) -> Callable[[bytes], hashlib._Hash]:
    return hashlib.sha256 if "sha256" in name.lower() else hashlib.sha1


def _key(start: bytes, told: dict[str, str]) -> bytes:
    """The key of a part, from that of the password."""
    name, salt, size = told.get("key-derivation-name", ""), base64.b64decode(told.get("salt", "")), told.get("key-size")
    length = int(size) if size else 16
    if length not in (16, 24, 32) or not salt:
        raise ValueError(length)
    if name.lower().endswith("pbkdf2"):
        rounds = int(told.get("iteration-count", "0"))
        if not 0 < rounds <= _ROUNDS:
            raise BadFile(preflight.SUSPICIOUS)
        return hashlib.pbkdf2_hmac("sha1", start, salt, rounds, length)
    if name.endswith("argon2id"):
        from argon2.low_level import Type, hash_secret_raw

        passes, memory, lanes = (int(told.get(f"argon2-{part}", "0")) for part in ("iterations", "memory", "lanes"))
        if not (0 < passes <= _PASSES and 0 < lanes <= _LANES and 8 * lanes <= memory <= _KIBIBYTES):
            raise BadFile(preflight.SUSPICIOUS)
        return hash_secret_raw(start, salt, passes, memory, lanes, length, Type.ID)
    raise BadFile(UNKNOWN_PROTECTION)


def _from_cbc(secret: bytes, key: bytes, vector: bytes) -> bytes:
    """AES-CBC, whose padding ends with its own length (XML Encryption 1.1, 5.2)."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    plain = cipher.update(secret) + cipher.finalize()
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= 16:
        raise BadFile(preflight.WRONG_PASSWORD)
    return plain[:-padding]


def _from_gcm(secret: bytes, key: bytes) -> bytes:
    """AES-GCM: the vector, what is encrypted, its tag (XML Encryption 1.1, 5.2.4)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(secret[:_VECTOR], secret[_VECTOR:], None)
    except InvalidTag as other:
        raise BadFile(preflight.WRONG_PASSWORD) from other


def _inflated(packed: bytes) -> bytes:
    """What was deflated before it was encrypted, as all parts are, without the header of a zip file."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    plain = inflating.decompress(packed, preflight.UNPACKED_BYTES)
    if inflating.unconsumed_tail:
        raise BadFile(preflight.SUSPICIOUS)
    if not inflating.eof:
        raise ValueError(len(packed))
    return plain


def _package(mimetype: bytes, content: bytes) -> bytes:
    """A sheet of this content alone: readers want nothing else."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", mimetype)
        package.writestr(preflight.MANIFEST, _PLAIN)
        package.writestr(_CONTENT, content)
    return out.getvalue()
