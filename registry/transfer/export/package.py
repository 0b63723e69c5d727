"""The archive of parts that a workbook is."""

from __future__ import annotations

import zipfile
from typing import IO, Any, cast


class Package(zipfile.ZipFile):
    """Parts written one after the other, packed as fast as can be."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(cast("IO[bytes]", _WhileOpen(file)), "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def __del__(self) -> None:
        """A workbook that was given up is thrown away with its file: there is nothing to complete."""


class _WhileOpen:
    """A file; once it is closed, what a part of a workbook that was given up still writes goes nowhere."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return _nowhere if self._file.closed else getattr(self._file, name)


def _nowhere(*_given: object) -> int:
    return 0
