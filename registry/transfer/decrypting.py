"""Workbooks that a password encrypts (MS-OFFCRYPTO), opened in memory. Runs in the guarded child only."""

from __future__ import annotations

from io import BytesIO

from registry.errors import BadFile
from registry.transfer import preflight

#: With this password Excel encrypts workbooks of which only the structure is protected, and opens them unasked.
_NOBODYS = "VelvetSweatshop"


def decrypted(content: bytes, password: str) -> bytes:
    """The workbook inside; raises `BadFile` if the password is missing or another one."""
    from msoffcrypto import OfficeFile  # type: ignore[import-untyped]
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # type: ignore[import-untyped]

    for attempt in (password, _NOBODYS) if password else (_NOBODYS,):
        opened = BytesIO()
        try:
            file = OfficeFile(BytesIO(content))
            # Old workbooks can't but verify it.
            file.load_key(password=attempt, **({"verify_password": True} if file.format == "ooxml" else {}))
            file.decrypt(opened)
        except (InvalidKeyError, DecryptionError):
            continue
        except MemoryError:
            raise
        except Exception as failure:  # the library raises whatever its parsers meet
            raise BadFile(preflight.DAMAGED) from failure
        return opened.getvalue()
    raise BadFile(preflight.WRONG_PASSWORD if password else preflight.NEEDS_PASSWORD)
