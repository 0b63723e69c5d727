"""A small invented questionnaire, its form, and its answers as KoboToolbox and ODK export them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

#: type, name, English label, French label.
SURVEY = (
    ("start", "start", "", ""),
    ("begin_group", "person", "1. Yourself", "1. Vous"),
    ("text", "family_name", "Family name", "Nom de famille"),
    ("text", "given_name", "Given name", "Prénom"),
    ("date", "born", "Date of birth", "Date de naissance"),
    ("select_one yesno", "consent", "Do you agree that we keep these data?", "Acceptez-vous que nous les gardions ?"),
    ("select_multiple country", "nationalities", "Nationalities", "Nationalités"),
    (
        "select_multiple skill",
        "skills",
        "Which skills does ${given_name} have?",
        "Quelles compétences a ${given_name} ?",
    ),
    ("end_group", "", "", ""),
    ("begin_group", "work", "2. Work / jobs", "2. Travail"),
    ("begin_repeat", "jobs", "Jobs", "Emplois"),
    ("text", "job_title", "Job title", "Intitulé du poste"),
    ("text", "employer", "Employer", "Employeur"),
    ("begin_repeat", "degrees", "Degrees", "Diplômes"),
    ("text", "title", "Title of the degree", "Intitulé du diplôme"),
    ("select_one level", "level", "Level", "Niveau"),
    ("end_repeat", "", "", ""),
    ("end_repeat", "", "", ""),
    ("end_group", "", "", ""),
)
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "yesno": {"yes": ("Yes", "Oui"), "no": ("No", "Non")},
    "country": {
        "FR": ("France", "France"),
        "MA": ("Morocco", "Maroc"),
        "CI": ("Côte d’Ivoire", "Côte d’Ivoire"),
        "CD": ("Congo, Democratic Republic of the", "Congo (République démocratique du)"),
    },
    "skill": {
        "nursing": ("Nursing and care", "Soins infirmiers"),
        "teaching": ("Teaching / training", "Enseignement / formation"),
        "it": ("IT, data & software", "Informatique, données"),
    },
    "level": {"6": ("First degree of Nowhere", "Premier diplôme de Nulle Part"), "8": ("Doctorate", "Doctorat")},
}
#: Each with its jobs, each of them with its degrees.
PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "_uuid": "aaaa-1",
        "start": "2024-02-02T23:27:07.000+01:00",
        "person/family_name": "Exemple",
        "person/given_name": "Ana",
        "person/born": "1980-05-04",
        "person/consent": "yes",
        "person/nationalities": ("CD", "FR"),
        "person/skills": ("nursing", "teaching"),
        "jobs": (
            {
                "work/jobs/job_title": "Nurse",
                "work/jobs/employer": "Invented Hospital",
                "degrees": ({"work/jobs/degrees/title": "BSc Nursing", "work/jobs/degrees/level": "6"},),
            },
            {"work/jobs/job_title": "Teacher", "degrees": ()},
            {
                "work/jobs/employer": "Paper Mill of Nowhere",
                "degrees": ({"work/jobs/degrees/title": "PhD", "work/jobs/degrees/level": "8"},),
            },
        ),
    },
    {
        "_uuid": "aaaa-2",
        "start": "2024-02-03T10:00:00.000+01:00",
        "person/family_name": "Specimen",
        "person/given_name": "Bo",
        "person/born": "1991-12-31",
        "person/consent": "no",
        "person/nationalities": ("MA",),
        "jobs": ({"work/jobs/job_title": "Baker", "degrees": ()},),
    },
    {
        "_uuid": "aaaa-3",
        "start": "2024-02-04T10:00:00.000+01:00",
        "person/family_name": "Muster",
        "person/given_name": "= Cy",
        "person/consent": "yes",
        "person/skills": ("it",),
        "jobs": (),
    },
)


@dataclass(frozen=True)
class Style:
    """How KoboToolbox is asked to export: language (-1 = names), groups in the headings, how several answers stand."""

    language: int = -1
    groups: bool = False
    several: str = "both"
    typed: bool = False


STYLES = [
    Style(language, groups, several, typed)
    for language in (-1, 0, 1)
    for groups in (False, True)
    for several in ("both", "summary", "details")
    for typed in (False, True)
]


def write_form(path: Path) -> Path:
    """The form as an XLSForm."""
    book = xlsxwriter.Workbook(str(path))
    survey = book.add_worksheet("survey")
    survey.write_row(0, 0, ("type", "name", "label::English (en)", "label::French (fr)"))
    for number, line in enumerate(SURVEY, 1):
        survey.write_row(number, 0, line)
    choices = book.add_worksheet("choices")
    choices.write_row(0, 0, ("list_name", "name", "label::English (en)", "label::French (fr)"))
    listed = [(name, code, *labels) for name, codes in CHOICES.items() for code, labels in codes.items()]
    for number, choice in enumerate(listed, 1):
        choices.write_row(number, 0, choice)
    book.close()
    return path


def write_kobo(path: Path, style: Style, people: Sequence[dict[str, Any]] = PEOPLE) -> Path:
    """An export as formpack writes it: a sheet for the submissions and one for each repeat, joined by `_index`."""
    tables: dict[str, list[dict[str, Any]]] = {"Survey": [], "jobs": [], "degrees": []}
    for person in people:
        tables["Survey"].append({**person, "_index": len(tables["Survey"]) + 1})
        for job in person["jobs"]:
            above = {"_parent_table_name": "Survey", "_parent_index": len(tables["Survey"])}
            tables["jobs"].append({**job, "_index": len(tables["jobs"]) + 1, **above})
            for degree in job["degrees"]:
                above = {"_parent_table_name": "jobs", "_parent_index": len(tables["jobs"])}
                tables["degrees"].append({**degree, "_index": len(tables["degrees"]) + 1, **above})
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"}) if style.typed else None
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        columns = list(_columns("" if name == "Survey" else name, style))
        for place, (heading, _of) in enumerate(columns):
            sheet.write_string(0, place, heading)
        for number, row in enumerate(rows, 1):
            for place, (_heading, of) in enumerate(columns):
                _write(sheet, number, place, of(row), day)
    book.close()
    return path


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif day is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        sheet.write_datetime(row, column, date.fromisoformat(value), day)
    elif value:
        sheet.write(row, column, value)  # what begins with "=" becomes a formula, as with formpack


def _columns(repeat: str, style: Style) -> Iterator[tuple[str, Any]]:
    """Heading and what it holds of a row."""
    for path, kind, heading, choices in questions(repeat, style):
        if kind == "select_multiple":
            yield from _several(path, heading, choices, style)
        else:
            yield heading, lambda row, path=path, choices=choices: _shown(row.get(path, ""), choices, style)
    if not repeat:
        yield "_id", lambda row: row["_index"] + 4000
        yield "_uuid", lambda row: row["_uuid"]
        yield "_submission_time", lambda row: row["start"][:19]
        yield "_validation_status", lambda row: row.get("_validation_status", "")
    yield "_index", lambda row: row["_index"]
    if repeat:
        yield "_parent_table_name", lambda row: row["_parent_table_name"]
        yield "_parent_index", lambda row: row["_parent_index"]


def _several(path: str, heading: str, choices: dict[str, tuple[str, ...]], style: Style) -> Iterator[tuple[str, Any]]:
    if style.several != "details":
        yield heading, lambda row: " ".join(_shown(code, choices, style) for code in row.get(path, ()))
    if style.several != "summary":
        for code in choices:
            option = f"{heading}/{_shown(code, choices, style)}"
            yield option, lambda row, code=code: int(code in row[path]) if path in row else ""


def _shown(value: Any, choices: dict[str, tuple[str, ...]], style: Style) -> Any:
    return choices[value][style.language] if value in choices and style.language >= 0 else value


def questions(repeat: str, style: Style) -> Iterator[tuple[str, str, str, dict[str, tuple[str, ...]]]]:
    """Path, kind, heading and choices of each question of a repeat; "" = of none."""
    groups: list[tuple[str, str, str]] = []
    for kind, name, *labels in SURVEY:
        base, _space, listed = kind.partition(" ")
        shown = (labels[style.language] or name) if style.language >= 0 else name
        if base.startswith("begin"):
            groups.append((base, name, shown))
        elif base.startswith("end"):
            groups.pop()
        elif next((n for k, n, _ in reversed(groups) if k == "begin_repeat"), "") == repeat:
            path = "/".join([*(n for _, n, _ in groups), name])
            heading = "/".join([*(s for _, _, s in groups), shown]) if style.groups else shown
            yield path, base, heading, CHOICES.get(listed, {})


def write_odk(folder: Path) -> Path:
    """The same answers as ODK Central exports them: a file for the submissions, one for each repeat."""
    main = [["SubmissionDate", "person-family_name", "person-given_name", "person-consent", "SET-OF-jobs", "KEY"]]
    jobs = [["work-jobs-job_title", "work-jobs-employer", "PARENT_KEY", "KEY"]]
    for person in PEOPLE:
        key = f"uuid:{person['_uuid']}"
        names = [person[f"person/{name}"] for name in ("family_name", "given_name", "consent")]
        main.append([person["start"], *names, f"{key}/jobs", key])
        for number, job in enumerate(person["jobs"], 1):
            told = [job.get(f"work/jobs/{name}", "") for name in ("job_title", "employer")]
            jobs.append([*told, key, f"{key}/work/jobs[{number}]"])
    for name, rows in (("Survey.csv", main), ("Survey-jobs.csv", jobs)):
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder / "Survey.csv"
