"""A file that appears at its place only when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from db.platform import begin_unfinished, end_unfinished, open_private
from registry.errors import StorageTrouble
from registry.i18n import N_

NOT_WRITTEN = N_(
    "The file could not be written there. Choose another folder, close it in other programs, or make room."
)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write `path` whole, readable by this user only; whatever fails leaves what was there before.

    Raises:
        StorageTrouble: it can't be written.
    """
    try:
        temporary = begin_unfinished(path)
    except OSError as trouble:
        raise StorageTrouble(NOT_WRITTEN) from trouble
    try:
        with open_private(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as trouble:
        raise StorageTrouble(NOT_WRITTEN) from trouble
    finally:
        end_unfinished(temporary)
