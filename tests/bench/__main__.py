"""`python -m tests.bench [NAME ...] [--small] [--people N]`: run the benchmarks and print one table."""

from __future__ import annotations

import sys
from compileall import compile_dir
from importlib import import_module
from pathlib import Path

from tests.bench.rows import Row

NAMES = (
    "importing",
    "exporting",
    "shares",
    "searching",
    "naming",
    "letters",
    "skills",
    "report",
    "facets",
    "statistics",
    "window",
    "card",
    "scale",
    "duplicates",
    "real_lists",
    "families",
    "bodies",
    "kobo",
)


def run(names: tuple[str, ...], *, small: bool) -> list[Row]:
    """The rows of all benchmarks named."""
    return [line for name in names for line in import_module(f"tests.bench.{name}").main(small)]


def main(arguments: list[str]) -> int:
    """Print the table."""
    small = "--small" in arguments
    # As where the program is installed: what Python writes of its modules need not be written by each process.
    for room in ("db", "registry", "ui"):
        compile_dir(Path(__file__).resolve().parents[2] / room, quiet=1)
    names = tuple(a for a in arguments if a in NAMES) or NAMES
    print(f"{'what':58} {'ours':>10} {'peer':>10} {'ratio':>8}  bar")
    for line in run(names, small=small):
        print(f"{line['name']:58} {line['ours']:>10} {line['peer']:>10} {line['ratio']:>8}  {line['bar']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
