"""OpenDocument sheets that a password encrypts, as LibreOffice writes them: part by part, and since 24.2 as one."""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.registry.transfer.readers import packages

_SALT, _VECTOR, _SHORT_VECTOR = bytes(range(16)), bytes(range(16, 32)), bytes(range(12))
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def in_parts(path: Path, password: str, rows: str = packages.ODS_ROW, rounds: int = 1_000) -> Path:
    """ODF 1.2 and 1.3: each part for itself, AES-CBC under a key of PBKDF2."""
    with zipfile.ZipFile(packages.ods(path, rows)) as package:
        content = package.read("content.xml")
    packed = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    plain = packed.compress(content) + packed.flush()
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(password.encode()).digest(), _SALT, rounds, 32)
    padding = 16 - len(plain) % 16
    cipher = Cipher(algorithms.AES(key), modes.CBC(_VECTOR)).encryptor()
    secret = cipher.update(plain + bytes(padding - 1) + bytes([padding])) + cipher.finalize()
    checksum = _coded(hashlib.sha256(plain[:1024]).digest())
    told = (
        f'<manifest:encryption-data manifest:checksum-type="{_MANIFEST}#sha256-1k" manifest:checksum="{checksum}">'
        '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" '
        f'manifest:initialisation-vector="{_coded(_VECTOR)}"/>{_STARTED}'
        '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" '
        f'manifest:iteration-count="{rounds}" manifest:salt="{_coded(_SALT)}"/></manifest:encryption-data>'
    )
    return _write(path, "content.xml", secret, told)


def as_one(path: Path, password: str, memory: int = 64) -> Path:
    """ODF 1.4: the package as one part, AES-GCM under a key of Argon2id."""
    plain = packages.ods(path).read_bytes()
    start = hashlib.sha256(password.encode()).digest()
    key = hash_secret_raw(start, _SALT, 3, min(memory, 64), 4, 32, Type.ID)
    secret = _SHORT_VECTOR + AESGCM(key).encrypt(_SHORT_VECTOR, plain, None)
    told = (
        "<manifest:encryption-data>"
        '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2009/xmlenc11#aes256-gcm" '
        f'manifest:initialisation-vector="{_coded(_SHORT_VECTOR)}"/>{_STARTED}'
        '<manifest:key-derivation manifest:key-size="32" manifest:key-derivation-name='
        '"urn:org:documentfoundation:names:experimental:office:manifest:argon2id" '
        f'loext:argon2-iterations="3" loext:argon2-memory="{memory}" loext:argon2-lanes="4" '
        f'manifest:salt="{_coded(_SALT)}"/></manifest:encryption-data>'
    )
    return _write(path, "encrypted-package", secret, told)


_STARTED = (
    '<manifest:start-key-generation manifest:key-size="32" '
    'manifest:start-key-generation-name="http://www.w3.org/2001/04/xmlenc#sha256"/>'
)


def _write(path: Path, part: str, secret: bytes, told: str) -> Path:
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_MANIFEST}" '
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{_SHEET}">{told}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return packages.write_package(path, {"mimetype": _SHEET, "META-INF/manifest.xml": manifest, part: secret})


def _coded(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
