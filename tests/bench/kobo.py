"""Exports of KoboToolbox against what was truly answered; DIASPORA_KOBO names the folder of both, form beside them."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from registry.progress import SILENT
from registry.transfer.readers.table_files import open_table_file
from registry.transfer.submissions import finding
from registry.transfer.submissions.form import Form, read_form
from registry.transfer.submissions.reading import Answers, Submission, read
from tests.bench.rows import Row, row
from tests.registry.transfer.submissions.questionnaires import PEOPLE, Style, questions, write_form, write_kobo

#: Names a folder of exports, each with its truth beside it (NAME.truth.json), and the versions of their form.
KOBO = "DIASPORA_KOBO"
Truth = Mapping[str, Any]


def main(small: bool = False) -> list[Row]:
    """Of each export the share of answers that are read as they were given; of one made here if there is no folder."""
    if small or KOBO not in os.environ:
        return [_of_our_own()]
    folder = Path(os.environ[KOBO])
    form = Form()
    for path in sorted(folder.glob("xlsform*.xlsx")):
        form = form.with_version(read_form(path))
    lines = []
    for truth in sorted(folder.glob("*.truth.json")):
        path = next(p for p in (truth.with_suffix("").with_suffix(e) for e in (".xlsx", ".csv")) if p.exists())
        lines.append(_of_export(path, json.loads(truth.read_text(encoding="utf-8")), form))
    return lines


def _of_export(path: Path, truth: Truth, form: Form) -> Row:
    answers = _answers(path, form)
    told = truth["options"]["lang"] != "_xml"
    by_id = {one.system["_id"]: one for one in answers.submissions}
    names = {name: sheet for name, sheet in zip(answers.asked, truth["sheets"].values(), strict=True)}
    paths = {
        name: {part.question: column["path"] for part, column in zip(parts, names[name], strict=True) if column["path"]}
        for name, parts in answers.asked.items()
    }
    count: Counter[bool] = Counter()
    for true in truth["submissions"]:
        for one, wanted, sheet in _with_repeats(by_id[str(true["_id"])], true, next(iter(paths))):
            if sheet in paths:
                count.update(_compared(one, wanted, paths[sheet], labels=told))
    name = f"{path.name[:40]}, {len(answers.submissions)} submissions, as answered"
    return row(name, count[True] / count.total(), 0, ">= .99 but for what the exporter changed")


def _with_repeats(one: Submission, true: Truth, sheet: str) -> Iterator[tuple[Submission, Truth, str]]:
    yield one, true, sheet
    for repeat, rows in one.repeats.items():
        for below, wanted in zip(rows, true[repeat], strict=True):
            yield from _with_repeats(below, wanted, repeat)


def _compared(one: Submission, true: Truth, paths: Mapping[str, str], *, labels: bool) -> Iterator[bool]:
    """Whether each answer is the one that was given, in the words of the export."""
    found = {paths[question]: answer for question, answer in one.answers.items() if question in paths}
    for path in set(paths.values()):
        wanted = None if path in true.get("not_in_file", {}) else true["answers"].get(path) or None
        shown = true.get("shown", {}).get(path)
        wanted = shown if labels and wanted is not None and shown is not None else wanted
        answer = found.get(path) or None
        if isinstance(answer, tuple) and wanted is not None:
            yield sorted(answer) == sorted(wanted.split(" ") if isinstance(wanted, str) else wanted)
        else:
            yield answer == (wanted.replace("\r\n", "\n") if isinstance(wanted, str) else wanted)


def _answers(path: Path, form: Form) -> Answers:
    with open_table_file(path) as file:
        return read([finding.table_of(file, sheet, SILENT) for sheet in file.sheets], form)


def _of_our_own() -> Row:
    style = Style(several="summary")
    with tempfile.TemporaryDirectory() as name:
        form = read_form(write_form(Path(name) / "form.xlsx"))
        answers = _answers(write_kobo(Path(name) / "answers.xlsx", style), form)
    headings = {path: heading for path, _kind, heading, _choices in questions("", style)}
    compared = [
        one.answers.get(headings[path]) == person.get(path)
        for one, person in zip(answers.submissions, PEOPLE, strict=True)
        for path in headings
    ]
    return row("answers of an invented questionnaire, as answered", sum(compared) / len(compared), 0, ">= .99")
