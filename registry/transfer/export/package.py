"""The archive of parts that a workbook is."""

from __future__ import annotations

import zipfile
from typing import IO


class Package(zipfile.ZipFile):
    """Parts written one after the other, packed as fast as can be."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def __del__(self) -> None:
        """A workbook that was given up is thrown away with its file: there is nothing to complete."""
