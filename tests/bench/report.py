"""The mapping report of 100,000 people with its workbook, as the command writes it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.bench.registers import skilled_registry
from tests.bench.rows import Row, measure, row


def main(small: bool = False) -> list[Row]:
    """In English and in Arabic, each by a program of its own that begins with nothing in memory."""
    count = 200 if small else 100_000
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registry = skilled_registry(folder / "registry", count)
        options = ["--registry", str(registry), "--user", "demo", "--password-file", str(folder / "password")]
        for language in ("en", "ar"):
            files = ["-o", str(folder / "report.pdf"), "--data", str(folder / "report.xlsx"), "--lang", language]
            made = measure(["-m", "ui.main", *options, "--json", "report", *files])
            answer = json.loads(made.output[made.output.index("{") :])
            what = f"mapping report of {answer['rows']:,} people, {answer['pages']} pages, {language}, s"
            rows.append(row(what, made.seconds, 0, "<= 15 s"))
    return rows
