"""Workbooks that a password encrypts (MS-OFFCRYPTO), opened in memory. Runs in the guarded child only."""

from __future__ import annotations

from io import BytesIO

from registry.errors import BadFile
from registry.transfer.readers import preflight

#: With this password Excel encrypts workbooks of which only the structure is protected, and opens them unasked.
_NOBODYS = "VelvetSweatshop"
#: Rounds of hashing a password; spreadsheet programs write 100,000, and ten times that takes a second.
_ROUNDS = 1_000_000


def decrypted(content: bytes, password: str) -> bytes:
    """The workbook inside; raises `BadFile` if the password is missing or another one."""
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # type: ignore[import-untyped]

    for attempt in (password, _NOBODYS) if password else (_NOBODYS,):
        try:
            return _opened(content, attempt)
        except (InvalidKeyError, DecryptionError):
            continue
        except (BadFile, MemoryError):
            raise
        except Exception as failure:  # the library raises whatever its parsers meet
            raise BadFile(preflight.DAMAGED) from failure
    raise BadFile(preflight.WRONG_PASSWORD if password else preflight.NEEDS_PASSWORD)


def _opened(content: bytes, password: str) -> bytes:
    from msoffcrypto import OfficeFile  # type: ignore[import-untyped]

    file, opened = OfficeFile(BytesIO(content)), BytesIO()
    if (getattr(file, "info", None) or {}).get("spinValue", 0) > _ROUNDS:
        raise BadFile(preflight.SUSPICIOUS)
    # Old workbooks can't but verify it.
    file.load_key(password=password, **({"verify_password": True} if file.format == "ooxml" else {}))
    file.decrypt(opened)
    return opened.getvalue()
