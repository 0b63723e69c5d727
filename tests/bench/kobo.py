"""Exports of KoboToolbox against what was truly answered; DIASPORA_KOBO names the folder of both."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registry.transfer import readers
from registry.transfer.cells import texts_of
from registry.transfer.submissions.columns import VALUE
from registry.transfer.submissions.form import Form, read_form
from registry.transfer.submissions.reading import Answers, Submission, Table, read

KOBO = "DIASPORA_KOBO"


def tables(path: Path) -> list[Table]:
    found = []
    with readers.open_table_file(path) as file:
        for sheet in file.sheets:
            rows = [row for batch in file.rows(sheet) for row in batch.rows]
            head = texts_of(rows[0])
            while head and not head[-1]:
                head.pop()
            found.append(Table(sheet.name, head, 2, rows[1:], formulas(path, sheet.name)))
    return found


def formulas(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    if path.suffix != ".xlsx":
        return {}
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return {
        (cell.row - 2, cell.column - 1): str(cell.value)
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


class Score:
    def __init__(self) -> None:
        self.equal = self.cells = self.submissions = self.repeats = 0
        self.wrong: list[tuple[object, object, object]] = []

    def cell(self, where: object, mine: object, true: object) -> None:
        self.cells += 1
        if mine == true:
            self.equal += 1
        else:
            self.wrong.append((where, mine, true))


def paths(sheet: list[dict[str, Any]], parts: list[Any]) -> dict[str, str]:
    """Question as read -> path in the truth."""
    return {part.question: told["path"] for part, told in zip(parts, sheet, strict=True) if told["path"]}


def compare(
    score: Score, mine: Submission, true: dict[str, Any], known: dict[str, str], xml: bool, codes: dict[str, str]
) -> None:
    found = {known[q]: a for q, a in mine.answers.items() if q in known}
    for path in sorted(set(known.values())):
        told: Any = true["answers"].get(path) or None
        if path in true.get("not_in_file", {}):
            told = None
        shown = true.get("shown", {}).get(path)
        if told is not None and shown is not None and not xml:
            told = shown
        answer: Any = found.get(path) or None
        if isinstance(answer, tuple):
            answer = sorted(answer)
            told = sorted(told.split(" ") if isinstance(told, str) else told) if told else told
        score.cell(path, answer, told.replace("\r\n", "\n") if isinstance(told, str) else told)


def score_of(path: Path, form: Form) -> tuple[Score, Answers, dict[str, Any]]:
    truth = json.loads(path.with_suffix(".truth.json").read_text())
    answers = read(tables(path), form)
    score, xml = Score(), truth["options"]["lang"] == "_xml"
    names = list(truth["sheets"])
    known = {}
    for name, parts in answers.asked.items():
        sheet = truth["sheets"][name if name in truth["sheets"] else names[0]]
        known[name] = paths(sheet, parts)
    main = next(iter(answers.asked))
    by_id = {one.system["_id"]: one for one in answers.submissions}
    for true in truth["submissions"]:
        mine = by_id[str(true["_id"])]
        score.submissions += 1
        compare(score, mine, true, known[main], xml, {})
        if "jobs" not in answers.asked:
            continue
        jobs = mine.repeats.get("jobs", [])
        for job, told in zip(jobs, true["jobs"], strict=True):
            score.repeats += 1
            compare(score, job, told, known["jobs"], xml, {})
            for own, wanted in zip(job.repeats.get("qualifications", []), told["qualifications"], strict=True):
                score.repeats += 1
                compare(score, own, wanted, known["qualifications"], xml, {})
    return score, answers, truth


if __name__ == "__main__":
    folder = Path(os.environ[KOBO])
    form = read_form(folder / "xlsform_v1.xlsx").with_version(read_form(folder / "xlsform_v2.xlsx"))
    for with_form in (True, False):
        for path in sorted(
            p for p in folder.iterdir() if p.with_suffix(".truth.json").exists() and p.suffix in (".csv", ".xlsx")
        ):
            score, answers, truth = score_of(path, form if with_form else Form())
            print(
                f"{path.name:60} {score.submissions} {score.repeats} {score.equal}/{score.cells} {score.equal / score.cells:.4f}"
            )
            if os.environ.get("WRONG"):
                for wrong in score.wrong[: int(os.environ["WRONG"])]:
                    print("     ", wrong)
                print("     W", answers.warnings)
                print("     D", list(truth["exporter_differences"]))
