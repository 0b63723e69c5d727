"""What this user's window remembers between two runs: nothing of any registry's content."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from registry import desktop

_log = logging.getLogger(__name__)

#: How many registries the sign-in window offers.
_MOST_RECENT = 6


class Settings:
    """A small JSON document in the user's settings folder, written at each change.

    Attributes:
        path: where it is kept.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or desktop.settings_folder() / "window.json"
        self._values: dict[str, Any] = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def text(self, name: str, default: str = "") -> str:
        """A text that was kept, or `default`."""
        value = self._values.get(name)
        return value if isinstance(value, str) else default

    def texts(self, name: str) -> list[str]:
        """A list of texts that was kept, or an empty one."""
        value = self._values.get(name)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def sizes(self, name: str) -> dict[str, int]:
        """Whole numbers by name that were kept."""
        value = self._values.get(name)
        return {k: v for k, v in value.items() if isinstance(v, int)} if isinstance(value, dict) else {}

    def keep(self, name: str, value: str | list[str] | dict[str, int]) -> None:
        """Remember one value; a disk that cannot be written to only forgets it."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        try:
            desktop.write_private(self.path, json.dumps(self._values, ensure_ascii=False, indent=1).encode())
        except OSError as failure:
            _log.info("settings not kept: %s", type(failure).__name__)

    def keep_recent(self, folder: Path, user: str) -> None:
        """Put a registry first among those offered at sign-in."""
        others = [path for path in self.texts("recent") if path != str(folder)]
        self.keep("recent", [str(folder), *others][:_MOST_RECENT])
        self.keep("user", user)
