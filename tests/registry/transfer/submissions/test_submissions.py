"""Exports of KoboToolbox and ODK: every way to export gives the same answers, and they come in as people."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from registry.app import Registry
from registry.commands import ImportRecords
from registry.errors import BadFile
from registry.progress import SILENT
from registry.queries import PlanImport
from registry.transfer.headings.consent import REFUSED
from registry.transfer.options import ImportOptions
from registry.transfer.planning.plan import SKIPPED, Plan
from registry.transfer.readers.table_files import open_table_file
from registry.transfer.submissions import finding
from registry.transfer.submissions.form import Form, read_form, segmented
from registry.transfer.submissions.listing import NOT_APPROVED
from registry.transfer.submissions.reading import Answers, Submission, read
from tests.registry.transfer.importing import counts, records, write_csv, write_workbook
from tests.registry.transfer.submissions.questionnaires import (
    PEOPLE,
    STYLES,
    Style,
    questions,
    write_form,
    write_kobo,
    write_odk,
)


def answers_of(path: Path, form: Form) -> Answers:
    with open_table_file(path) as file:
        main, *others = [finding.table_of(file, sheet, SILENT) for sheet in file.sheets]
        return read([main, *others], form)


def told(person: dict[str, Any], repeat: str, style: Style) -> dict[str, object]:
    """What was answered, as this export shows it."""
    expected: dict[str, object] = {}
    for path, kind, heading, choices in questions(repeat, style):
        value = person.get(path)
        if value is not None:
            codes = value if isinstance(value, tuple) else (value,)
            shown = [
                choices[code][style.language] if code in choices and style.language >= 0 else code for code in codes
            ]
            expected[heading] = set(shown) if kind == "select_multiple" else shown[0]
    return expected


def said(one: Submission) -> dict[str, object]:
    return {question: set(a) if isinstance(a, tuple) else a for question, a in one.answers.items()}


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_way_to_export_gives_the_same_answers(style: Style, tmp_path: Path) -> None:
    form = read_form(write_form(tmp_path / "form.xlsx"))
    answers = answers_of(write_kobo(tmp_path / "answers.xlsx", style), form)
    assert [one.key for one in answers.submissions] == ["aaaa-1", "aaaa-2", "aaaa-3"]
    for one, person in zip(answers.submissions, PEOPLE, strict=True):
        assert said(one) == told(person, "", style)
        for job, true in zip(one.repeats.get("jobs", []), person["jobs"], strict=True):
            assert said(job) == told(true, "jobs", style)
            degrees = job.repeats.get("degrees", [])
            assert [said(d) for d in degrees] == [told(d, "degrees", style) for d in true["degrees"]]


@pytest.mark.parametrize("style", [s for s in STYLES if s.several != "summary"], ids=str)
def test_without_the_form_options_in_columns_are_enough(style: Style, tmp_path: Path) -> None:
    answers = answers_of(write_kobo(tmp_path / "answers.xlsx", style), Form())
    assert [said(one) for one in answers.submissions] == [told(person, "", style) for person in PEOPLE]


def plan_of(registry: Registry, path: Path, form: Path | None = None, *, refused: bool = False) -> Plan:
    return registry.read(PlanImport(path, ImportOptions(form=form, refused=refused)))


@pytest.mark.parametrize("language", [-1, 0, 1], ids=["names", "english", "french"])
def test_people_come_in_with_their_jobs_and_degrees(registry: Registry, tmp_path: Path, language: int) -> None:
    form = write_form(tmp_path / "form.xlsx")
    path = write_kobo(tmp_path / "answers.xlsx", Style(language, several="summary"))
    result = registry.execute(ImportRecords(plan_of(registry, path, form))).value
    assert counts(result) == (2, 0, 0, 1, 0)
    ana, cy = records(registry)
    expected = {
        "full_name": "Ana Exemple",
        "birth_date": "1980-05-04",
        "external_id": "aaaa-1",
        "citizenship": "COD",
        "citizenship.2": "FRA",
        "employer": "Invented Hospital",
        "employer.3": "Paper Mill of Nowhere",
        "education.title": "BSc Nursing",
        "education.title.2": "PhD",
        "education.level": "6",
        "education.level.2": "8",
    }
    assert {name: ana.values.get(name) for name in expected} == expected
    assert "employer.2" not in ana.values
    assert {ana.values["occupation"], ana.values["occupation.2"]} == {"2221", "23"}
    assert cy.values["given_name"] == "= Cy"


def test_the_same_export_again_changes_nothing(registry: Registry, tmp_path: Path) -> None:
    path = write_kobo(tmp_path / "answers.xlsx", Style())
    registry.execute(ImportRecords(plan_of(registry, path)))
    again = write_kobo(tmp_path / "later.xlsx", Style(), list(reversed(PEOPLE)))
    assert counts(registry.execute(ImportRecords(plan_of(registry, again))).value) == (0, 0, 2, 1, 0)


def test_who_refused_comes_in_only_when_asked_for(registry: Registry, tmp_path: Path) -> None:
    path = write_kobo(tmp_path / "answers.xlsx", Style(language=1))
    plan = plan_of(registry, path)
    assert [entry.reason for entry in plan.entries if entry.outcome == SKIPPED] == [REFUSED]
    assert any("1 person answered" in warning for warning in plan.warnings)
    asked = registry.execute(ImportRecords(plan_of(registry, path, refused=True))).value
    assert counts(asked) == (3, 0, 0, 0, 0)


def test_who_refuses_afterwards_is_named(registry: Registry, tmp_path: Path) -> None:
    before = [{**PEOPLE[0], "_uuid": "aaaa-1"}]
    registry.execute(ImportRecords(plan_of(registry, write_kobo(tmp_path / "answers.xlsx", Style(), before))))
    (ana,) = records(registry)
    after = [{**PEOPLE[0], "person/consent": "no"}, PEOPLE[1], PEOPLE[2]]
    plan = plan_of(registry, write_kobo(tmp_path / "later.xlsx", Style(), after))
    (told,) = (warning for warning in plan.warnings if ana.values["number"] in warning)
    assert told.startswith("1 of those who do not want to be kept is in the register")


def test_what_was_not_approved_stays_out(registry: Registry, tmp_path: Path) -> None:
    people = [{**PEOPLE[0], "_validation_status": "Not Approved"}, {**PEOPLE[2], "_validation_status": "Approved"}]
    plan = plan_of(registry, write_kobo(tmp_path / "answers.xlsx", Style(), people))
    assert [entry.reason for entry in plan.entries if entry.outcome == SKIPPED] == [NOT_APPROVED]


def test_what_odk_rejected_stays_out(registry: Registry, tmp_path: Path) -> None:
    head = ["SubmissionDate", "family_name", "ReviewState", "KEY"]
    rows = [["2026-01-02T10:00:00", name, state, f"uuid:{name}"] for name, state in (("A", "rejected"), ("B", ""))]
    plan = plan_of(registry, write_csv(tmp_path / "answers.csv", [head, *rows]))
    assert [entry.reason for entry in plan.entries if entry.outcome == SKIPPED] == [NOT_APPROVED]


@pytest.mark.parametrize("between", ["/", "-", "."])
def test_groups_are_left_off_whatever_stands_behind_them(registry: Registry, tmp_path: Path, between: str) -> None:
    grouped = [("1. Yourself", "Family name"), ("1. Yourself", "Given name"), ("2. Address", "E-mail")]
    grouped += [("2. Address", "City"), ("2. Address", "Photo"), ("2. Address", "Place")]
    head = [between.join(parts) for parts in grouped]
    rows = [["Exemple", f"Ana {n}", f"ana{n}@example.org", "Lyon", f"{n}.jpg", f"45.76 4.8{n} 0 0"] for n in range(3)]
    system = ["deviceid", "_uuid", "_index"]
    known = [[*row, "ee.example.org:aBc", f"uuid-{n}", str(n)] for n, row in enumerate(rows, 1)]
    plan = plan_of(registry, write_csv(tmp_path / "answers.csv", [[*head, *system], *known]))
    fields = {"_uuid": "external_id", "Family name": "family_name", "Given name": "given_name", "E-mail": "email"}
    assert plan.mapping == fields | {"City": "address.city"}
    assert plan.unmapped == ["Photo", "Place", "deviceid"]


def test_small_numbers_in_a_group_are_no_options(tmp_path: Path) -> None:
    head = ["name", "home-children", "home-elders", "_uuid", "_index"]
    rows = [["Ana", "1", "", "uuid-1", "1"], ["Bo", "", "1", "uuid-2", "2"]]
    answers = answers_of(write_csv(tmp_path / "answers.csv", [head, *rows]), Form())
    assert [said(one) for one in answers.submissions] == [
        {"name": "Ana", "home-children": "1"},
        {"name": "Bo", "home-elders": "1"},
    ]


def test_an_archive_as_odk_makes_it_is_read_as_it_is(registry: Registry, tmp_path: Path) -> None:
    main = write_odk(tmp_path)
    archive = tmp_path / "answers.csv.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for file in main.parent.glob("*.csv"):
            package.write(file, file.name)
        package.writestr("media/photo.jpg", b"\xff\xd8")
    beside, inside = plan_of(registry, main), plan_of(registry, archive)
    assert [entry.values for entry in inside.entries] == [entry.values for entry in beside.entries]
    assert inside.names == beside.names
    assert inside.warnings == beside.warnings


def test_answers_of_odk_join_the_files_beside_them(registry: Registry, tmp_path: Path) -> None:
    plan = plan_of(registry, write_odk(tmp_path))
    assert counts(registry.execute(ImportRecords(plan)).value) == (2, 0, 0, 1, 0)
    ana, _cy = records(registry)
    assert ana.values["employer.3"] == "Paper Mill of Nowhere"
    assert ana.values["external_id"] == "aaaa-1"


def test_a_form_of_another_list_is_refused(registry: Registry, tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.xlsx")
    path = write_csv(tmp_path / "list.csv", [["name"], ["Ana Exemple"]])
    with pytest.raises(BadFile, match="Leave the form out"):
        plan_of(registry, path, form)
    with pytest.raises(BadFile, match="no form of a questionnaire"):
        plan_of(registry, write_kobo(tmp_path / "answers.xlsx", Style()), path)


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("Teaching / training Law", ["Teaching / training", "Law"], ""),
        ("Law Law and order", ["Law", "Law and order"], ""),
        ("Law sewing", ["Law"], "sewing"),
        ("", [], ""),
    ],
)
def test_labels_beside_each_other_are_told_apart(text: str, words: list[str], rest: str) -> None:
    known = {label: label for label in ("Law", "Law and order", "Teaching / training")}
    assert segmented(text, known) == (words, rest)


_ROW = ["Lyon", "2024-01-01T10:00:00"]
_SKILLS = ["skill", "_index", "_parent_table_name", "_parent_index"]


@pytest.mark.parametrize(
    ("indexes", "repeats", "joined", "left"),
    [
        # Two exports put together: whose skill it is, nobody knows.
        ([1, 1], [["Weaving", 1, "Survey", 1]], 0, 1),
        ([1, 2], [["Weaving", 1, "skills", 1]], 0, 1),
        ([1, 2], [["Weaving", 1, "Survey", 1], *(["Baking", n, "skills", n - 1] for n in range(2, 3_000))], 1, 2_998),
    ],
)
def test_rows_of_a_repeat_that_belong_to_nobody_for_certain_are_told(
    tmp_path: Path, registry: Registry, indexes: list[int], repeats: list[list[object]], joined: int, left: int
) -> None:
    head = ["full_name", "city", "_submission_time", "_uuid", "_index"]
    main = [[f"Ana {place}", *_ROW, f"uuid-{place}", index] for place, index in enumerate(indexes)]
    path = write_workbook(tmp_path / "a.xlsx", Survey=[head, *main], skills=[_SKILLS, *repeats])
    plan = plan_of(registry, path)
    assert f"“skills”: rows that belong to no submission of this file were left out: {left}." in plan.warnings
    registry.execute(ImportRecords(plan))
    assert sum("skill" in record.values for record in records(registry)) == joined
