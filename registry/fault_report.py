"""A report of an unexpected failure, for those who repair the program: places in the program, no values."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from importlib.metadata import version
from pathlib import Path


def text(error: BaseException) -> str:
    """The kinds of the error and its causes, and where they arose; never their messages, which may name people."""
    lines = [
        f"Diaspora Registry {version('diaspora-registry')}, Python {platform.python_version()}, {platform.system()}",
        datetime.now().astimezone().isoformat(timespec="seconds"),
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def keep(error: BaseException) -> Path | None:
    """Write the report into the user's data folder; None if that cannot be written to."""
    from registry import desktop

    path = desktop.data_folder() / "reports" / f"{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    try:
        desktop.write_private(path, text(error).encode())
    except OSError:
        return None
    return path
