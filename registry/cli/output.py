"""What a command says: one JSON object for programs, sentences and tables for people, progress on a terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from registry.progress import SILENT, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

#: What a terminal obeys instead of showing it, what turns the order of its letters, and halves of characters.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _harmless(text: str) -> str:
    """`text`, in which a stranger's words may stand (a column, a file's name), as it can be shown."""
    return _OBEYED.sub("\ufffd", text)


class Output:
    """Where results and messages go.

    Attributes:
        json: whether standard output carries JSON and nothing else.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.json = as_json

    def result(self, values: Mapping[str, object]) -> None:
        """Print the result for programs; nothing for people, who are told with `say` and `table`."""
        if self.json:
            self.line(values)

    def line(self, values: Mapping[str, object]) -> None:
        """Print one JSON object on a line of its own."""
        text = json.dumps(values, ensure_ascii=False, default=str)
        # Half a character, as in a file's name that is no text, is written as JSON writes it: \udce9.
        sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
        sys.stdout.flush()

    def say(self, sentence: str) -> None:
        """Tell people something; with JSON on standard error."""
        print(_harmless(sentence), file=sys.stderr if self.json else sys.stdout)

    def complain(self, sentence: str) -> None:
        """Tell what went wrong, on standard error."""
        print(_harmless(sentence), file=sys.stderr)  # noqa: T201

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print a table for people; nothing with JSON."""
        if self.json:
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console(highlight=False)
        if not console.is_terminal:
            # In a file or a pipe nothing is cut to the width of a screen that is not there.
            console = Console(highlight=False, width=200)
        table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(_harmless(str(cell))) for cell in row))
        console.print(table)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """What long work reports to: a bar on a terminal, else nothing."""
        if not sys.stderr.isatty():
            yield SILENT
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            yield _Drawn(bar, bar.add_task(""))


class _Drawn:
    """Progress on the terminal. Ctrl-C stops the work where it is; its transaction is then undone."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def step(self, done: int, total: int, message: str) -> None:
        self._bar.update(self._task, completed=done, total=total or None, description=message)

    def committing(self) -> None:
        self._bar.refresh()
