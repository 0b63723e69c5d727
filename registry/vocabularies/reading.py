"""A ministry's own list, or ESCO's published tables, as entries for a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from registry.errors import BadFile
from registry.i18n import N_
from registry.progress import SILENT, Progress
from registry.search.folding import fold
from registry.transfer.readers.table_files import Cell, open_table_file
from registry.vocabularies.vocabulary import Entry, Vocabulary

NO_CODE_COLUMN = N_("This list has no column of codes. Name that column “code” and choose the file again.")
NO_LABEL_COLUMN = N_(
    "This list has no column of labels. Name it “label”, or “label_fr” and so on where there are several languages."
)
NO_ENTRIES = N_("This list has headings but no rows. Choose a list that holds codes and labels.")
NO_CODE = N_("Row {row} has no code. Fill it in, or remove the row.")
LONG_CODE = N_("The code in row {row} is longer than {limit} characters. Shorten it.")
NO_LABEL = N_("The code {code} in row {row} has no label. Fill it in.")
TWICE = N_("The code {code} stands in row {first} and again in row {row}. Remove one of them.")
UNKNOWN_PARENT = N_("Row {row} names the code {parent} above {code}, but no entry has that code. Correct it.")
CIRCLE = N_("The code {code} in row {row} stands above itself. Correct the column of the codes above.")

#: Letters that a code may have: the longest of ESCO's are 36.
_CODE_LENGTH = 40
#: What the columns are called, folded; the ones of ESCO's published tables among them.
_CODES = ("code", "isco 08 code", "codigo", "kode", "notation", "concepturi", "uri")
_PARENTS = ("parent", "parent code", "code above", "broader", "iscogroup", "isco08", "code parent", "codigo padre")
_LABELS = ("label", "title", "name", "preferredlabel", "libelle", "intitule", "etiqueta", "titulo", "designacao")
_ALIASES = ("aliases", "alias", "altlabels", "hiddenlabels", "synonyms", "alternatives", "alternative labels")
_IN_LANGUAGE = re.compile(r"(?:(?P<before>[a-z]{2}) )?(?P<word>.*?)(?: (?P<after>[a-z]{2}))?")
#: ESCO separates alternative labels by lines, others by one of these.
_SEPARATORS = re.compile(r"\n|\s\|\s|[;|]")
_FILE_LANGUAGE = re.compile(r"[_.-]([a-z]{2})$")


@dataclass
class _Columns:
    """Which column holds what.

    Attributes:
        code, parent: their place, None where there is none.
        labels: place by language.
        aliases: places.
    """

    code: int | None = None
    parent: int | None = None
    labels: dict[str, int] = field(default_factory=dict)
    aliases: list[int] = field(default_factory=list)


def read_entries(
    path: Path, vocabulary: Vocabulary, language: str = "", progress: Progress = SILENT
) -> tuple[Entry, ...]:
    """The entries of a list with headings: a CSV file or a workbook, to be `merged` into `vocabulary`.

    `language` is that of a plain column of labels; "" takes it from the file's name (`occupations_fr.csv`), else
    English. Columns: code; label, or label_fr and so on; aliases; parent, the code above. ESCO's published tables are
    read as they are. Raises `BadFile` that names the row.
    """
    (_, headings), *rows = _rows(path, progress)
    named = _FILE_LANGUAGE.search(path.stem.lower())
    columns = _columns(headings, language or (named[1] if named else "en"))
    placed: dict[str, int] = {}
    entries = []
    for number, cells in rows:
        entry = _entry(number, cells, columns)
        if (first := placed.setdefault(entry.code, number)) != number:
            raise BadFile(TWICE, code=entry.code, first=first, row=number)
        entries.append(entry)
    if not entries:
        raise BadFile(NO_ENTRIES)
    _require_tree(vocabulary, entries, placed)
    return tuple(entries)


def _rows(path: Path, progress: Progress) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row that holds anything; the headings are the first."""
    with open_table_file(path, progress) as file:
        sheet = next(sheet for sheet in file.sheets if sheet.rows)
        for batch in file.rows(sheet, progress):
            for number, row in enumerate(batch.rows, batch.first_row):
                texts = [_text(cell) for cell in row]
                if any(texts):
                    yield number, texts


def _text(cell: Cell) -> str:
    if isinstance(cell, tuple) or cell is None:
        return ""
    return str(cell).strip()


def _columns(headings: list[str], language: str) -> _Columns:
    found = _Columns()
    codes: dict[str, int] = {}
    for place, heading in enumerate(headings):
        word = fold(heading.replace("_", " ").replace(".", " "))
        if word in _CODES:
            codes.setdefault(word, place)
        elif word in _PARENTS:
            found.parent = place if found.parent is None else found.parent
        else:
            _take_words(found, word, place, language)
    found.code = next((codes[word] for word in _CODES if word in codes), None)
    if found.code is None:
        raise BadFile(NO_CODE_COLUMN)
    if not found.labels:
        raise BadFile(NO_LABEL_COLUMN)
    return found


def _take_words(found: _Columns, word: str, place: int, language: str) -> None:
    """A column of labels or of aliases, in a language that its heading may name: label_fr, fr, en_alternatives."""
    if re.fullmatch("[a-z]{2}", word):
        found.labels.setdefault(word, place)
    elif parts := _IN_LANGUAGE.fullmatch(word):
        if parts["word"] in _LABELS:
            found.labels.setdefault(parts["after"] or parts["before"] or language, place)
        elif parts["word"] in _ALIASES:
            found.aliases.append(place)


def _entry(number: int, cells: list[str], columns: _Columns) -> Entry:
    def at(place: int | None) -> str:
        return cells[place] if place is not None and place < len(cells) else ""

    # An address names its concept by its last part.
    code = at(columns.code).rstrip("/").rpartition("/")[2]
    if not code:
        raise BadFile(NO_CODE, row=number)
    if len(code) > _CODE_LENGTH:
        raise BadFile(LONG_CODE, row=number, limit=_CODE_LENGTH)
    labels = {language: at(place) for language, place in columns.labels.items() if at(place)}
    if not labels:
        raise BadFile(NO_LABEL, row=number, code=code)
    words = (word.strip() for place in columns.aliases for word in _SEPARATORS.split(at(place)))
    parent = at(columns.parent).rstrip("/").rpartition("/")[2]
    return Entry(code, labels, tuple(dict.fromkeys(word for word in words if word)), parent)


def _require_tree(vocabulary: Vocabulary, entries: Iterable[Entry], rows: dict[str, int]) -> None:
    """Every code above exists, and none stands above itself."""
    listed = list(entries)
    parents = vocabulary.parents | {entry.code: entry.parent for entry in listed if entry.parent}
    known = {*vocabulary.codes, *rows}
    for entry in listed:
        if entry.parent and entry.parent not in known:
            raise BadFile(UNKNOWN_PARENT, row=rows[entry.code], code=entry.code, parent=entry.parent)
        passed = {code := entry.code}
        while code := parents.get(code, ""):
            if code in passed:
                raise BadFile(CIRCLE, row=rows[entry.code], code=entry.code)
            passed.add(code)
