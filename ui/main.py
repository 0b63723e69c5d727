"""Where the program starts: with a command it is the command line, without one it opens the window."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path

from registry.desktop import has_display
from registry.errors import StorageTrouble
from registry.i18n import N_
from registry.transfer.readers import child

NO_DISPLAY = N_("There is no display for the window. Name a command; “diaspora-registry --help” lists them.")


def main() -> int:
    """Run the program; returns its exit status."""
    child.run_if_child(sys.argv)
    # Said before numpy is loaded: our matrices are small, and further threads would only wait for them at full speed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if len(sys.argv) > 1 or not _has_display():
        from registry.cli.main import main as run_command

        # The memory of a command goes with its process: nobody need look through it for what can be given back.
        atexit.register(gc.freeze)
        return run_command(sys.argv[1:], _open_window)
    folder = os.environ.get("DIASPORA_REGISTRY", "")
    return _open_window(Path(folder) if folder else None, os.environ.get("DIASPORA_REGISTRY_USER", ""), "")


def _has_display() -> bool:
    """Whether Qt finds something to draw on; it would end the process without a word."""
    return has_display() or "QT_QPA_PLATFORM" in os.environ


def _open_window(folder: Path | None, user: str, password: str) -> int:
    """Show the window until it is closed: signed in if there is a password, else asking for one."""
    from registry.cli import arguments

    atexit.unregister(gc.freeze)
    if not _has_display():
        raise StorageTrouble(NO_DISPLAY)
    from ui.application import run

    return run(str(folder or ""), user, password, arguments.option(sys.argv[1:], "--lang") or "")


if __name__ == "__main__":
    sys.exit(main())
