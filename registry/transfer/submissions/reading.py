"""The answers in an export of KoboToolbox or ODK: one submission a row, its repeats joined from their own sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from registry.i18n import N_, _
from registry.transfer.readers.cells import is_blank, text_of
from registry.transfer.readers.table_files import Cell
from registry.transfer.submissions.columns import OPTION, SYSTEM, VALUE, Part, is_system, parts_of
from registry.transfer.submissions.form import Form, Question, segmented

BEYOND = N_(
    "“{sheet}”: cells beyond the last heading were left out. The exporter writes them where an answer was chosen that "
    "was deleted from the form since: of a question with several answers one may be missing."
)
#: Repeats that stand in each other at most.
_DEEPEST = 50
NO_PARENT = N_("“{sheet}”: rows that belong to no submission of this file were left out: {rows}.")
WITHOUT_ZONE = N_("“{column}”: the export has dates and times as numbers, which lost their time zone.")
FORMULA = N_("“{column}”: an answer began with “=” and was exported as a formula; what it said was taken from there.")
FORMULA_LOST = N_("“{column}”: an answer began with “=” and was exported as a formula; only what it came to is known.")
ADDRESS_CUT = N_("“{column}”: an e-mail address stands for a web page; the exporter cuts “mailto:” from answers.")
WITHOUT_COLUMN = N_("“{column}”: chosen, but without a column of its own in the export: {options}.")
AS_NUMBERS = N_("Names of answers may have lost their zeros (01 became 1): the export has numbers in {columns}.")
SAME_NUMBER = N_("“{column}”: the export has answers as numbers, so that {names} cannot be told apart.")

Answer = str | tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A sheet of the export.

    Attributes:
        name: of the sheet; "" in a text file.
        headings: as written.
        first: number of the row of the first answers.
        rows: their cells.
        formulas: (row, column), both counted from the first answer -> the formula that stands there, "" if unknown.
    """

    name: str
    headings: Sequence[str]
    first: int
    rows: Sequence[Sequence[Cell]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Submission:
    """One filled questionnaire, or one row of a repeat.

    Attributes:
        row: number of its row in the sheet.
        key: what stays the same when it is exported again; "" for a row of a repeat.
        answers: question -> answer; several chosen ones in a tuple. What was not answered is missing.
        system: what the program that collected it says of it.
        repeats: name of the repeat -> its rows.
    """

    row: int
    key: str
    answers: dict[str, Answer]
    system: dict[str, str]
    repeats: dict[str, list[Submission]] = field(default_factory=dict)


@dataclass
class Answers:
    """All that an export holds.

    Attributes:
        asked: of each sheet the parts of its columns.
        submissions: in the order of the file.
        warnings: sentences on what the export does not say.
    """

    asked: dict[str, list[Part]]
    submissions: list[Submission]
    warnings: list[str]


def is_export(headings: Iterable[str]) -> bool:
    """Whether a sheet with these headings is the main one of an export."""
    known = set(headings)
    return not known & {"_parent_index", "PARENT_KEY"} and (
        bool(known & {"_uuid", "meta/rootUuid", "_submission_time"} and known & {"_index", "_id", "_uuid"})
        or bool("KEY" in known and known & {"SubmissionDate", "meta-instanceID", "instanceID"})
    )


def read(tables: Sequence[Table], form: Form) -> Answers:
    """Join the sheets of an export; the main one is the first that `is_export` knows."""
    main = next(table for table in tables if is_export(table.headings))
    warnings: list[str] = []
    asked: dict[str, list[Part]] = {}
    read_rows: dict[str, list[Submission]] = {}
    for table in (main, *(table for table in tables if table is not main)):
        reader = _Reader(table, form)
        asked[table.name], read_rows[table.name] = reader.parts, reader.submissions()
        warnings += reader.warnings()
    for table in tables:
        if table is not main:
            _join(table.name, main.name, read_rows)
    taken = _taken(read_rows[main.name])
    for name, rows in read_rows.items():
        if left := len(rows) - taken[name] if name != main.name else 0:
            warnings.append(_(NO_PARENT, sheet=name, rows=left))
    return Answers(asked, read_rows[main.name], warnings)


def _join(name: str, main: str, rows: Mapping[str, list[Submission]]) -> None:
    """Give the rows of a repeat to those that they belong to."""
    owners: dict[tuple[str, str], Submission | None] = {}
    for sheet, submissions in rows.items():
        for one in submissions:
            for system in ("_index", "KEY"):
                if key := one.system.get(system):
                    # Of two rows with one key, as when exports were put together, nobody knows which is meant.
                    other = owners.setdefault((sheet, key), one)
                    owners[sheet, key] = one if other is one or (other and one.key and other.key == one.key) else None
            if "KEY" in one.system:
                owners["KEY", one.system["KEY"]] = one
    for one in rows[name]:
        above = one.system.get("_parent_table_name") or main
        owner = owners.get((above, one.system.get("_parent_index", ""))) or owners.get(
            ("KEY", one.system.get("PARENT_KEY", ""))
        )
        if owner is not None:
            owner.repeats.setdefault(name, []).append(one)


def _taken(submissions: Iterable[Submission]) -> Counter[str]:
    """How many rows of each repeat belong to one of the submissions; a repeat within itself belongs to none."""
    taken: Counter[str] = Counter()
    remaining: list[tuple[Submission, tuple[str, ...]]] = [(one, ()) for one in submissions]
    while remaining:
        one, above = remaining.pop()
        one.repeats = {name: rows for name, rows in one.repeats.items() if name not in above and len(above) < _DEEPEST}
        for name, rows in one.repeats.items():
            taken[name] += len(rows)
            remaining += [(row, (*above, name)) for row in rows]
    return taken


class _Reader:
    """Reads one sheet."""

    def __init__(self, table: Table, form: Form) -> None:
        self._table = table
        self._width = len(table.headings)
        self._texts = [self._row(place, row) for place, row in enumerate(table.rows)]
        hashes = [text for row in self._texts[:1] for text in row if text]
        #: A second row of headings, tags of the Humanitarian Exchange Language, stands above the answers.
        self._skipped = 1 if hashes and all(text.startswith("#") for text in hashes) else 0
        cells = [[row[column] for row in self._texts[self._skipped :]] for column in range(self._width)]
        self.parts = parts_of(table.headings, cells, form)
        self._named = all(" " not in heading for heading in table.headings)
        self._without_column: dict[str, Counter[str]] = {}
        self._several = {
            part.question: column
            for column, part in enumerate(self.parts)
            if part.what == VALUE and self._is_list(part, cells[column])
        }

    def _row(self, place: int, row: Sequence[Cell]) -> list[str]:
        texts = [text_of(cell).replace("\r\n", "\n") for cell in row[: self._width]]
        for (number, column), formula in self._table.formulas.items():
            if number == place and column < self._width:
                texts[column] = formula or texts[column]
        return texts + [""] * (self._width - len(texts))

    def _is_list(self, part: Part, cells: Sequence[str]) -> bool:
        """Whether several answers stand in one cell: as the form says, or, of names of answers, as the cells show."""
        if part.asked is not None:
            return part.asked.several
        if is_system(part.question) or not self._named:
            return False
        distinct = {cell for cell in cells if cell}
        words = [cell.split(" ") for cell in distinct]
        alone = {cell[0] for cell in words if len(cell) == 1}
        known = Counter(word for cell in words for word in cell)
        several = [cell for cell in words if len(cell) > 1]
        return bool(several) and all(
            len(set(cell)) == len(cell) and all(_is_name(word) and (word in alone or known[word] > 1) for word in cell)
            for cell in several
        )

    def submissions(self) -> list[Submission]:
        """The rows, their answers by question."""
        found = []
        for place, texts in enumerate(self._texts):
            if place < self._skipped or is_blank(texts):
                continue
            answers: dict[str, Answer] = {}
            system: dict[str, str] = {}
            ticked: dict[str, list[str]] = {}
            for part, text in zip(self.parts, texts, strict=True):
                if part.what == SYSTEM:
                    system[part.question] = text
                elif part.what == OPTION:
                    if text:
                        ticked.setdefault(part.question, [])
                    if text in ("1", "true"):
                        ticked[part.question].append(part.option)
                elif part.what == VALUE and text:
                    answers[part.question] = text
            self._choose(answers, ticked)
            key = next(
                (k for n in ("meta/rootUuid", "_uuid", "KEY", "meta/instanceID", "_id") if (k := system.get(n))), ""
            )
            found.append(Submission(self._table.first + place, key.removeprefix("uuid:"), answers, system))
        return found

    def _choose(self, answers: dict[str, Answer], ticked: Mapping[str, list[str]]) -> None:
        """What was chosen: the options that have a 1; where they are missing, what the cell names."""
        for question, options in ticked.items():
            told = answers.pop(question, "")
            if isinstance(told, str) and told:
                known = {option: option for part in self.parts if part.question == question and (option := part.option)}
                rest = segmented(told, known)[1]
                if rest:
                    self._without_column.setdefault(question, Counter())[rest] += 1
                    options = [*options, rest]
            if options:
                answers[question] = tuple(options)
        for question, column in self._several.items():
            text = answers.get(question)
            if not isinstance(text, str):
                continue
            asked = self.parts[column].asked
            chosen, rest = asked.chosen(text) if asked is not None else (text.split(" "), "")
            if rest:
                self._without_column.setdefault(question, Counter())[rest] += 1
            answers[question] = tuple([*chosen, rest] if rest else chosen)

    def warnings(self) -> list[str]:
        """What this sheet cannot say."""
        told = []
        if any(not is_blank([text_of(cell) for cell in row[self._width :]]) for row in self._table.rows):
            told.append(_(BEYOND, sheet=self._table.name or _("the list")))
        for column, part in enumerate(self.parts):
            cells = [row[column] for row in self._table.rows[self._skipped :] if column < len(row)]
            if part.what == VALUE:
                told += self._of_column(column, part, cells)
        numbers = [
            part.question
            for column, part in enumerate(self.parts)
            if part.what == VALUE and part.asked is None and self._named and self._is_numbered(column)
        ]
        if numbers:
            told.append(_(AS_NUMBERS, columns=", ".join(f"“{name}”" for name in numbers)))
        for question, options in self._without_column.items():
            told.append(_(WITHOUT_COLUMN, column=question, options=", ".join(sorted(options))))
        return told

    def _is_numbered(self, column: int) -> bool:
        rows = self._table.rows[self._skipped :]
        return any(type(row[column]) in (int, float) for row in rows if column < len(row))

    def _of_column(self, column: int, part: Part, cells: Sequence[Cell]) -> list[str]:
        told = []
        texts = [cell for cell in cells if isinstance(cell, str)]
        if any(type(cell) is tuple and len(cell[1]) > 10 for cell in cells):
            told.append(_(WITHOUT_ZONE, column=part.question))
        formulas = [formula for (_row, place), formula in self._table.formulas.items() if place == column]
        if formulas:
            told.append(_(FORMULA if all(formulas) else FORMULA_LOST, column=part.question))
        pages = [text for text in texts if "." in text and "@" not in text and " " not in text.strip()]
        if pages and len(pages) > len(texts) / 3 and any(_is_address(text) for text in texts):
            told.append(_(ADDRESS_CUT, column=part.question))
        if part.asked is not None and part.asked.choices and any(isinstance(cell, (int, float)) for cell in cells):
            told += self._same_numbers(part, part.asked)
        return told

    def _same_numbers(self, part: Part, asked: Question) -> list[str]:
        """Names of answers that are one number, once the exporter made numbers of them."""
        numbers: dict[float, list[str]] = {}
        for choice in asked.choices:
            if choice.name.isdecimal():
                numbers.setdefault(float(choice.name), []).append(choice.name)
        return [
            _(SAME_NUMBER, column=part.question, names=", ".join(names)) for names in numbers.values() if len(names) > 1
        ]


def _is_name(word: str) -> bool:
    """Whether a word can be the name of an answer (XLSForm allows letters, digits, and a few signs)."""
    return bool(word) and word.replace("_", "").replace("-", "").replace(".", "").isalnum() and len(word) <= 40


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and "." in host and " " not in text)
