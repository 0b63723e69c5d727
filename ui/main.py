"""Where the program starts: with a command it is the command line, without one it opens the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from registry.transfer import child


def main() -> int:
    """Run the program; returns its exit status."""
    child.run_if_child(sys.argv)
    if len(sys.argv) > 1:
        from registry.cli.main import main as run_command

        return run_command(sys.argv[1:], _open_window)
    folder = os.environ.get("DIASPORA_REGISTRY", "")
    return _open_window(Path(folder) if folder else None, os.environ.get("DIASPORA_REGISTRY_USER", ""), "")


def _open_window(folder: Path | None, user: str, password: str) -> int:
    """Show the window until it is closed: signed in if there is a password, else asking for one."""
    from registry.cli import arguments
    from ui.application import run

    return run(str(folder or ""), user, password, arguments.option(sys.argv[1:], "--lang") or "")


if __name__ == "__main__":
    sys.exit(main())
