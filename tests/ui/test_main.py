"""Where the program starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

#: The program where nothing can be drawn, whatever this test runs on.
_NO_DISPLAY = "import sys, ui.main; ui.main.has_display = lambda: False; sys.exit(ui.main.main())"


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_without_a_display_the_window_is_a_sentence(arguments: list[str]) -> None:
    bare = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM" and not k.startswith("DIASPORA_REGISTRY")}
    call = [sys.executable, "-c", _NO_DISPLAY, *arguments]
    ended = subprocess.run(call, capture_output=True, text=True, check=False, env=bare, timeout=30)
    assert ended.returncode == 4
    assert len(ended.stderr.splitlines()) == 1
    assert "--help" in ended.stderr
    assert [json.loads(line)["error"] for line in ended.stdout.splitlines()] == [ended.stderr.strip()] * len(arguments)
