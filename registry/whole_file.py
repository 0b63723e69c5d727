"""A file that appears at its place only when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from db.keys import FILE_NAME
from db.opening import DATABASE
from db.platform import begin_unfinished, end_unfinished, open_private
from registry.errors import Invalid, StorageTrouble
from registry.i18n import N_

NOT_WRITTEN = N_(
    "The file could not be written there. Choose another folder, close it in other programs, or make room."
)

NO_PDF = N_("This is written as PDF. Give the file the ending .pdf.")
IN_REGISTRY = N_(
    "“{name}” would stand in the folder of a registry, which holds nothing but the registry. Choose another folder."
)


def require_pdf(path: Path) -> None:
    """Raise `Invalid` for a file whose ending says that it is something else."""
    if path.suffix.casefold() != ".pdf":
        raise Invalid(NO_PDF)


def require_outside(path: Path) -> None:
    """Raise `Invalid` for a file inside the folder of any registry: what is taken out is not kept there."""
    try:
        folders = path.absolute().resolve().parents
        inside = any((folder / DATABASE).exists() and (folder / FILE_NAME).exists() for folder in folders)
    except OSError as trouble:
        raise StorageTrouble(NOT_WRITTEN) from trouble
    if inside:
        raise Invalid(IN_REGISTRY, name=path.name)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write `path` whole, readable by this user only; whatever fails leaves what was there before.

    Raises:
        Invalid: it would stand in the folder of a registry.
        StorageTrouble: it can't be written.
    """
    require_outside(path)
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
