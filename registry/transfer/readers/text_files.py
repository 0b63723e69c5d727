"""CSV and its relatives: which separator, and rows even where quotes are wrong."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

from registry.errors import BadFile
from registry.transfer.readers import preflight
from registry.transfer.readers.encodings import find_encoding

#: Characters from the beginning that the separator is judged by.
_SAMPLE = 64 * 1024
_SEPARATORS = ",;\t|"
#: Where quotes are wrong, a quoted cell is not believed to be longer.
_LINES_IN_A_CELL = 50
#: Instead of the place of a closing quote: the quote that opens the cell is text.
_PLAIN = -1
_DECLARED_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class TextFile:
    """A text file with what has been found out about it.

    Attributes:
        encoding: a Python codec name.
        separator: one character.
        spaced: blanks follow the separators, before the quotes.
        declared: the first line only declares the separator (`sep=;`), as Excel reads it.
        strict: every quote stands where RFC 4180 wants it.
    """

    path: Path
    encoding: str
    separator: str
    spaced: bool = False
    declared: bool = False
    strict: bool = True

    def rows(self) -> Iterator[list[str]]:
        """All rows, blank lines as empty lists; `csv.Error` if the quotes are not as `strict` says."""
        # What was decided by a sample may meet other bytes later: they must not end the reading.
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as lines:
            if self.declared:
                next(lines)
            # Files that were put together have a mark of their encoding at each beginning.
            plain = (line.removeprefix("\ufeff") for line in lines)
            yield from self._strict_rows(plain) if self.strict else _tolerant_rows(plain, self.separator)

    def _strict_rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        csv.field_size_limit(preflight.CELL_CHARACTERS)
        return csv.reader(lines, delimiter=self.separator, strict=True, skipinitialspace=self.spaced)


def examine(path: Path) -> TextFile:
    """Find encoding and separator of a text file; raises `BadFile` if it is not text."""
    encoding = find_encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
    if "\0" in sample:
        raise BadFile(preflight.NOT_A_LIST)
    if declared := _DECLARED_SEPARATOR.match(sample):
        return TextFile(path, encoding, declared[1], declared=True)
    separator = find_separator(sample)
    mark = re.escape(separator)
    spaced = bool(re.match(f'"[^"\r\n]*"(?:{mark} +"[^"\r\n]*")+[\r\n]', sample))
    return TextFile(path, encoding, separator, spaced)


def archived(path: Path) -> dict[str, Path]:
    """Text files of an archive that is no workbook, by their names, the main one first; {} if it has none."""
    try:
        package = zipfile.ZipFile(path)
    except zipfile.BadZipFile as failure:
        raise BadFile(preflight.DAMAGED) from failure
    parts = package.infolist()
    listed = [part for part in parts if _is_text(PurePosixPath(part.filename))]
    if not listed or {"[Content_Types].xml", "mimetype"} & {part.filename for part in parts}:
        return {}
    preflight.check_parts(parts)
    if any(part.file_size > preflight.FILE_BYTES for part in listed):
        raise BadFile(preflight.TOO_LARGE, megabytes=preflight.FILE_BYTES // 1_000_000)
    stems = {PurePosixPath(part.filename).stem: part.filename for part in sorted(listed, key=lambda p: len(p.filename))}
    main = next(iter(stems))
    # ODK names repeats after the form: "Form-jobs.csv" belongs to "Form.csv".
    return {stem.removeprefix(f"{main}-"): cast("Path", zipfile.Path(package, at)) for stem, at in stems.items()}


def _is_text(name: PurePosixPath) -> bool:
    return name.suffix.lower() in (".csv", ".tsv") and not is_hidden(name)


def is_hidden(name: PurePosixPath) -> bool:
    """Whether nobody put this part into an archive: macOS adds “__MACOSX/._list.csv” and “.DS_Store”."""
    return any(part.startswith((".", "__")) for part in name.parts)


# --- separator and quotes -----------------------------------------------------------------------------------


def find_separator(sample: str) -> str:
    """The separator by which the sample falls into the most regular table; a comma if there is none."""
    lines = sample.splitlines(keepends=True)
    if len(sample) >= _SAMPLE:
        lines = lines[:-1] or lines
    return max(_SEPARATORS, key=lambda separator: _regularity(lines, separator))


def _regularity(lines: list[str], separator: str) -> tuple[float, int]:
    """How many of the rows have the commonest width, and that width; nothing for one column."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
    except csv.Error:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if width < 2:
        return 0.0, 0
    return round(count / widths.total(), 1), width


def _tolerant_rows(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Rows of a file whose quotes are not doubled: a quote closes a cell only before a separator or line end.

    `"Ernesto "Pipi""` is the cell `Ernesto "Pipi"`. A quoted cell may go over line ends as long as its quotes
    are right; a quote that opens and never closes is text.
    """
    source = iter(lines)
    waiting: deque[str] = deque()
    pending: list[str] = []
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is not None:
            pending.append(line)
        if not pending:
            return
        enough = line is None or len(pending) == _LINES_IN_A_CELL
        record = _record("".join(pending), separator) or (
            _record(pending[0], separator, alone=True) if enough else None
        )
        if record is not None:
            cells, end = record
            length = 0
            while pending and length <= end:
                length += len(pending.pop(0))
            waiting.extendleft(reversed(pending))
            pending = []
            yield cells


def _record(text: str, separator: str, *, alone: bool = False) -> tuple[list[str], int] | None:
    """The cells of the record that `text` begins with, and where it ends.

    None if it ends inside a quoted cell; if it stands `alone`, the quote that opens that cell is text.
    """
    plain = re.compile(f"[^{re.escape(separator)}\r\n]*")
    cells: list[str] = []
    start = 0
    while True:
        closing = _closing_quote(text, start + 1, separator) if text.startswith('"', start) else _PLAIN
        if closing is None and not alone:
            return None
        if closing is None or closing == _PLAIN:
            end = plain.match(text, start).end()  # type: ignore[union-attr]
            cells.append(text[start:end])
        else:
            end = closing + 1
            cells.append(text[start + 1 : closing].replace('""', '"'))
        if not text.startswith(separator, end):
            break
        start = end + 1
    return (cells if cells != [""] else []), end


def _closing_quote(text: str, start: int, separator: str) -> int | None:
    """Where the quote that closes a cell stands; None if the text ends before, `_PLAIN` if none can be believed."""
    stray = False
    position = text.find('"', start)
    while position >= 0:
        run_end = position
        while text.startswith('"', run_end):
            run_end += 1
        odd = (run_end - position) % 2 == 1
        # A doubled quote stands for one; but after a stray one the last of them closes the cell.
        if (odd or stray) and text[run_end : run_end + 1] in ("", separator, "\r", "\n"):
            return run_end - 1
        stray = stray or odd
        # Quotes that are wrong and a cell over several lines: more likely the first quote is text.
        if stray and "\n" in text[start:run_end]:
            return _PLAIN
        position = text.find('"', run_end)
    return _PLAIN if stray else None
