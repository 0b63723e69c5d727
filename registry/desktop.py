"""What the window asks of the system it runs on."""

from __future__ import annotations

from pathlib import Path

from db import platform


def settings_folder() -> Path:
    """The folder of this user's own settings; it need not exist."""
    return platform.user_settings_folder()


def data_folder() -> Path:
    """The folder in which this user's registries are proposed; it need not exist."""
    return platform.user_data_folder()


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    return platform.has_display()


def write_private(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole or not at all, readable by this user only; raises `OSError`."""
    platform.make_private_folder(path.parent)
    platform.write_atomically(path, content)
