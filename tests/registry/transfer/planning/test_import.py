"""Plan and import: matching, modes, conflicts, undo, cancelling."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from sqlalchemy import Connection

from db import names
from registry import i18n
from registry.app import Registry
from registry.commands import AddRecord, EditRecord, ImportRecords, Undo
from registry.errors import Cancelled, Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.matching import joining
from registry.progress import Recorded
from registry.queries import PlanImport, VerifyHistory
from registry.transfer.options import ImportOptions
from tests.registry.transfer.importing import contents, counts, plan, records, take_in, take_in_rows, write_csv

HEAD = ["Ref", "Name", "Born", "City", "Phone", "Email"]
ANA = ["X1", "Ana Exemple", "1980-01-02", "Lyon", "+33 1 99 00 12 34", "ana@example.org"]
BO = ["X2", "Bo Modèle", "1990", "Paris", "", ""]


def test_the_same_file_again_changes_nothing_and_undo_empties(registry: Registry, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [HEAD, ANA, BO])
    outcome = take_in(registry, path)
    assert counts(outcome.value) == (2, 0, 0, 0, 0)
    assert [r.source for r in records(registry)] == ["list.csv, row 2", "list.csv, row 3"]
    before = registry.read(VerifyHistory()).head
    again = take_in(registry, path)
    assert counts(again.value) == (0, 0, 2, 0, 0)
    assert (again.batch, registry.read(VerifyHistory()).head) == (0, before)
    assert not registry.read(VerifyHistory()).problems
    assert registry.execute(Undo()).value.undoes == outcome.batch
    assert records(registry) == []


def test_rows_without_reference_are_known_by_all_their_content(registry: Registry) -> None:
    rows = [row[1:] for row in (HEAD, ANA, BO)]
    assert counts(take_in_rows(registry, rows)) == (2, 0, 0, 0, 0)
    assert counts(take_in_rows(registry, rows)) == (0, 0, 2, 0, 0)
    more = [[*row, extra] for row, extra in zip(rows, ["Job", "Nurse", "Cook"], strict=True)]
    assert counts(take_in_rows(registry, more, duplicates="create")) == (2, 0, 0, 0, 0)


def test_the_kind_of_a_telephone_that_is_missing_is_kept_as_text(registry: Registry) -> None:
    head, kind = ["full_name", "phone", "phone.kind"], "mobile"
    rows = [["Ana Exemple", "+33 1 99 00 12 34", kind], ["Bo Modèle", "", kind], ["Cy Patron", "ring the bell", kind]]
    result = take_in_rows(registry, [head, *rows])
    assert counts(result) == (3, 0, 0, 0, 0)
    assert [(p.row, p.column) for p in result.problems] == [(3, "phone.kind"), (4, "phone")]
    ana, bo, cy = records(registry)
    assert (ana.values["phone.kind"], cy.values["phone.kind"], cy.raw) == (kind, kind, {"phone": "ring the bell"})
    assert (bo.values.get("phone.kind"), bo.raw) == (None, {"phone.kind": kind})


def test_known_rows_stay_unchanged_after_an_officer_added_something(registry: Registry) -> None:
    rows = [row[1:] for row in (HEAD, ANA)]
    take_in_rows(registry, rows)
    registry.execute(EditRecord(PEOPLE, records(registry)[0].id, {"occupation": "Nurse", "phone.2": "+33199001299"}))
    assert counts(take_in_rows(registry, rows)) == (0, 0, 1, 0, 0)


def test_two_lists_that_count_from_one_are_told_apart_by_their_names(registry: Registry) -> None:
    head = ["external_id", "Name", "City"]
    take_in_rows(
        registry, [head, ["1", "Ana Exemple", "Lyon"], ["2", "Bo Modèle", "Paris"], ["3", "Cy Patron", "Nice"]]
    )
    path = registry.folder.parent / "other.csv"
    rows = [head, ["1", "Zoe Sample", "Rome"], ["2", "Bo Pattern", "Pisa"], ["3", "Cy Patron", "Nice"]]
    planned = plan(registry, write_csv(path, rows))
    assert planned.counts == {"created": 0, "updated": 2, "unchanged": 1, "skipped": 0, "rejected": 0}
    reasons = [row.reason for row in planned.rows()]
    assert "is called Ana Exemple" in reasons[0]
    assert "called" not in reasons[1] + reasons[2]
    assert [w for w in planned.warnings if w.startswith("1 row has the reference of a record with quite another name")]


@pytest.mark.parametrize(
    ("existing", "expected", "city", "job"),
    [
        ("update", (0, 1, 0, 0, 0), "Nice", "2221"),
        ("fill", (0, 1, 0, 0, 0), "Lyon", "2221"),
        ("keep", (0, 0, 0, 1, 0), "Lyon", None),
    ],
)
def test_a_known_reference_with_other_content(
    registry: Registry, existing: str, expected: tuple[int, ...], city: str, job: str | None
) -> None:
    take_in_rows(registry, [HEAD, ANA])
    changed = [[*HEAD, "Job"], ["X1", "Ana Exemple", "", "Nice", "", "", "Nurse"]]
    path = write_csv(registry.folder.parent / "list.csv", changed)
    found = plan(registry, path, existing=existing)
    result = registry.execute(ImportRecords(found)).value
    assert counts(result) == expected
    values = records(registry)[0].values
    assert (values["address.city"], values.get("occupation")) == (city, job)
    assert values["birth_date"] == "1980-01-02"
    assert values["phone"] == "+33199001234"
    if existing == "update":
        changes = {(c.field, c.old, c.new) for c in found.row(found.entries[0]).changes}
        assert changes == {("address.city", "Lyon", "Nice"), ("occupation", "", "2221")}


CONSENT = "consent.outreach_news.email"


@pytest.mark.parametrize("after", [["K1", "Ana Exemple", "no", "Nice"], ["K1", "Ana Exemple", "no", ""]])
@pytest.mark.parametrize("together", [False, True])
def test_a_refusal_counts_also_where_only_empty_fields_are_filled(
    registry: Registry, after: list[str], together: bool
) -> None:
    head, before = ["Reference", "Name", CONSENT, "City"], ["K1", "Ana Exemple", "yes", "Lyon"]
    if together:
        take_in_rows(registry, [head, before, after], existing="fill")
    else:
        take_in_rows(registry, [head, before])
        take_in_rows(registry, [head, after], existing="fill")
    values = records(registry)[0].values
    assert (values[CONSENT], values["address.city"]) == ("refused", "Lyon")


def test_a_row_with_nothing_to_fill_is_not_said_to_say_the_same(registry: Registry) -> None:
    take_in_rows(registry, [HEAD, ANA])
    for row, said in ((["X1", "Ana Exemple", "", "Nice", "", ""], "has no empty field"), (ANA, "says the same")):
        path = write_csv(registry.folder.parent / "list.csv", [HEAD, row])
        assert said in next(iter(plan(registry, path, existing="fill").rows())).reason


def test_a_repeated_value_is_known_wherever_the_record_keeps_it(registry: Registry) -> None:
    take_in_rows(registry, [[*HEAD, "Phone 2"], [*ANA, "+33199001299"]])
    swapped = ["X1", "Ana Exemple", "1980-01-02", "Lyon", "+33199001299", "ana@example.org", "+33 1 99 00 12 34"]
    assert counts(take_in_rows(registry, [[*HEAD, "Phone 2"], swapped])) == (0, 0, 1, 0, 0)


def test_two_rows_with_one_reference_make_one_record(registry: Registry) -> None:
    second = ["X1", "Ana Exemple", "", "", "", "ana2@example.org"]
    assert counts(
        take_in_rows(registry, [HEAD, ANA, BO, *([f"Y{i}", f"P{i} Q"] + [""] * 4 for i in range(40)), second, ANA])
    ) == (42, 1, 1, 0, 0)
    ana = records(registry)[0]
    assert (ana.values["email"], ana.values["email.2"]) == ("ana@example.org", "ana2@example.org")
    assert len([r for r in records(registry) if r.values.get("external_id") == "X1"]) == 1


LIKE = [["Name", "Born", "City", "Job"], ["EXEMPLE Ana", "1980-01-02", "Nice", "Nurse"]]


@pytest.mark.parametrize(
    ("duplicates", "expected", "review"),
    [
        ("review", (1, 0, 0, 0, 0), 1),
        ("skip", (0, 0, 0, 1, 0), 0),
        ("update", (0, 1, 0, 0, 0), 0),
        ("create", (1, 0, 0, 0, 0), 0),
    ],
)
def test_a_likely_duplicate_of_a_record(
    registry: Registry, duplicates: str, expected: tuple[int, ...], review: int
) -> None:
    take_in_rows(registry, [HEAD, ANA])
    result = take_in_rows(registry, LIKE, duplicates=duplicates)
    assert counts(result) == expected
    assert result.review == review
    if duplicates == "update":
        values = records(registry)[0].values
        assert (values["address.city"], values["occupation"], values["full_name"]) == ("Lyon", "2221", "Ana Exemple")


def test_how_common_a_word_is_counts_the_rows_whose_pairs_are_put_into_groups(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    having: list[list[int]] = []

    def counted(connection: Connection, kind: str, ids: Collection[int]) -> None:
        word = names.ids_of(connection, [("exemple", "L")])
        having.extend(found.tolist() for found in names.records_of(connection, word.values()).values())
        regroup(connection, kind, ids)

    regroup = joining.regroup
    monkeypatch.setattr(joining, "regroup", counted)
    take_in_rows(registry, [HEAD, ANA])
    take_in_rows(registry, LIKE, duplicates="review")
    assert having[-1] == [record.id for record in records(registry)]


@pytest.mark.parametrize(
    ("duplicates", "expected"),
    [("review", (2, 0, 0, 0, 0)), ("skip", (1, 0, 0, 1, 0)), ("update", (1, 1, 0, 0, 0)), ("create", (2, 0, 0, 0, 0))],
)
def test_a_likely_duplicate_within_the_file(registry: Registry, duplicates: str, expected: tuple[int, ...]) -> None:
    rows = [LIKE[0], ["EXEMPLE Ana", "1980-01-02", "", "Nurse"], ["Ana Exemple", "1980-01-02", "Nice", "Singer"]]
    path = write_csv(registry.folder.parent / "list.csv", rows)
    found = plan(registry, path, duplicates=duplicates)
    assert counts(registry.execute(ImportRecords(found)).value) == expected
    if duplicates != "create":
        assert "the same name and date of birth" in found.row(found.entries[1]).reason


@pytest.mark.parametrize(
    ("first", "second", "likely"),
    [
        ({"Phone": "+33199001234"}, {"Phone": "01 99 00 12 34"}, True),
        ({"Email": "a@example.org"}, {"Email": "A@example.org"}, True),
        ({"Passport": "P 123"}, {"Passport": "p123"}, True),
        ({"City": "Lyon"}, {"City": "Nice"}, False),
        ({"Born": "1980"}, {"Born": "1980"}, True),
    ],
)
def test_what_makes_a_likely_duplicate(
    registry: Registry, first: dict[str, str], second: dict[str, str], likely: bool
) -> None:
    head = ["Name", "Job", *first]
    rows = [
        head,
        ["Ana Exemple", "Nurse", *first.values()],
        ["Ana Exemple", "Cook", *second.values()],
        ["Cy P", "", ""],
    ]
    assert bool(take_in_rows(registry, rows).review) is likely


def test_bare_names_that_occur_twice_are_kept_and_flagged(registry: Registry) -> None:
    rows = [["Association"], ["Choir of the Lake"], ["Youth Club"], ["CHOIR OF THE LAKE"], ["Youth Club"]]
    result = take_in_rows(registry, rows)
    assert (result.kind, counts(result), result.review) == (ASSOCIATIONS, (4, 0, 0, 0, 0), 2)
    assert counts(take_in_rows(registry, rows)) == (0, 0, 4, 0, 0)


def test_a_row_is_known_again_among_namesakes_of_another_birth_by_what_else_it_says(registry: Registry) -> None:
    head = ["full_name", "birth_date", "died_on", "email", "phone", "document.number"]
    ana = ["Ana Exemple", "1980-01-02", "", "ana@example.org", "+33 1 99 00 12 34", "AB 12 34"]
    older, unread = ["Ana Exemple", "1950-01-02", "1999", "", "", ""], ["Bo Modèle", "1990-01-02", "1985", "", "", ""]
    assert counts(take_in_rows(registry, [head, ana, older, unread])) == (3, 0, 0, 0, 0)
    bo = next(r for r in records(registry) if r.values["full_name"] == "Bo Modèle")
    assert bo.raw == {"died_on": "1985"}
    again = [
        ana,
        older,
        unread,
        *(["Ana Exemple", "", "", *parts] for parts in ([*ana[3:4], "", ""], ["", ana[4], ""])),
    ]
    assert counts(take_in_rows(registry, [head, *again], duplicates="create")) == (0, 0, 5, 0, 0)
    other = [["Ana Exemple", "1971-03-04", "", "", "", "AB1234"], ["Ana Exemple", "", "", "", "", ""]]
    assert counts(take_in_rows(registry, [head, other[0]], duplicates="skip")) == (0, 0, 0, 1, 0)
    assert counts(take_in_rows(registry, [head, *other], duplicates="create")) == (2, 0, 0, 0, 0)


def test_a_date_of_birth_that_was_kept_as_text_is_known_again(registry: Registry) -> None:
    rows = [["full_name", "birth_date", "email"], ["Ana Exemple", "31 February 1980", "ana@example.org"]]
    assert counts(take_in_rows(registry, rows)) == (1, 0, 0, 0, 0)
    assert counts(take_in_rows(registry, rows, duplicates="create")) == (0, 0, 1, 0, 0)
    future = [["full_name", "birth_date"], ["Bo Modèle", "2190-01-01"]]
    assert counts(take_in_rows(registry, future)) == (1, 0, 0, 0, 0)
    assert counts(take_in_rows(registry, future, duplicates="create")) == (0, 0, 1, 0, 0)


def test_equal_rows_in_a_file_make_one_record(registry: Registry) -> None:
    assert counts(take_in_rows(registry, [HEAD[1:], ANA[1:], BO[1:], ANA[1:]])) == (2, 0, 1, 0, 0)


def test_a_record_changed_since_the_plan_is_left_and_told(registry: Registry, tmp_path: Path) -> None:
    take_in_rows(registry, [HEAD, ANA, BO])
    path = write_csv(
        tmp_path / "new.csv", [HEAD, ["X1", "Ana Exemple", "", "Nice", "", ""], ["X2", "Bo Modèle", "", "Nice", "", ""]]
    )
    found = plan(registry, path)
    registry.execute(EditRecord(PEOPLE, records(registry)[0].id, {"occupation": "Nurse"}))
    result = registry.execute(ImportRecords(found)).value
    assert counts(result) == (0, 1, 0, 1, 0)
    assert [r.values["address.city"] for r in records(registry)] == ["Lyon", "Nice"]
    assert [p.row for p in result.conflicts] == [2]


def test_a_record_added_since_the_plan_is_not_added_again(registry: Registry, tmp_path: Path) -> None:
    found = plan(registry, write_csv(tmp_path / "new.csv", [HEAD, ANA, BO]))
    registry.execute(AddRecord(PEOPLE, {"full_name": "Ana Exemple", "external_id": "X1"}))
    assert counts(registry.execute(ImportRecords(found)).value) == (1, 0, 0, 1, 0)
    assert len(records(registry)) == 2


@pytest.mark.parametrize(("duplicates", "created"), [("create", 2), ("skip", 1), ("review", 1), ("update", 1)])
def test_who_was_added_under_another_reference_since_the_plan_is_decided_about_first(
    registry: Registry, tmp_path: Path, duplicates: str, created: int
) -> None:
    path = write_csv(
        tmp_path / "new.csv", [["full_name", "birth_date"], ["Ana Exemple", "1980-02-01"], ["Bo Modèle", ""]]
    )
    found = registry.read(PlanImport(path, ImportOptions(duplicates=duplicates)))
    registry.execute(AddRecord(PEOPLE, {"full_name": "Ana Exemple", "birth_date": "1980-02-01"}))
    result = registry.execute(ImportRecords(found)).value
    assert counts(result) == (created, 0, 0, 2 - created, 0)
    told = [(p.row, p.reason) for p in result.conflicts]
    assert [row for row, _reason in told] == [2] * (2 - created)
    assert all("with the same name and date of birth, was added after the plan" in reason for _row, reason in told)


class _CancelAt(Recorded):
    def __init__(self, message: str) -> None:
        super().__init__()
        self._wanted = message

    def step(self, done: int, total: int, message: str) -> None:
        if message == self._wanted:
            self.cancel()
        super().step(done, total, message)


@pytest.mark.parametrize("moment", ["Looking at the file", "Reading rows", "Comparing with the register"])
def test_planning_can_be_cancelled(registry: Registry, tmp_path: Path, moment: str) -> None:
    path = write_csv(tmp_path / "list.csv", [HEAD, ANA, BO])
    with pytest.raises(Cancelled):
        registry.read(PlanImport(path, ImportOptions()), _CancelAt(moment))


def test_cancelling_an_import_leaves_nothing(registry: Registry, tmp_path: Path) -> None:
    found = plan(registry, write_csv(tmp_path / "list.csv", [HEAD, ANA, BO]))
    before = registry.read(VerifyHistory()).entries
    with pytest.raises(Cancelled):
        registry.execute(ImportRecords(found), _CancelAt("Writing records"))
    assert records(registry) == []
    assert registry.read(VerifyHistory()).entries == before
    assert counts(registry.execute(ImportRecords(found)).value) == (2, 0, 0, 0, 0)


def test_unknown_ways_to_import_are_refused(registry: Registry, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [HEAD, ANA])
    for name, text in (("existing", "maybe"), ("duplicates", "x"), ("kind", "ships")):
        with pytest.raises(Invalid):
            plan(registry, path, None, **{name: text})


def test_associations_with_numbers_verify(registry: Registry) -> None:
    rows = [
        ["Association", "Members", "Chair"],
        ["Choir of the Lake", "12", "Ana Exemple"],
        ["Youth Club", "many", "Vacant (was Bo)"],
    ]
    take_in_rows(registry, rows)
    assert contents(registry, ASSOCIATIONS) == [
        (
            {
                "contact_person": "Ana Exemple",
                "members": "12",
                "name": "Choir of the Lake",
                "officer": "Ana Exemple",
                "officer.role": "president",
            },
            {},
        ),
        ({"name": "Youth Club"}, {"members": "many"}),
    ]
    assert not registry.read(VerifyHistory()).problems


def test_why_a_row_may_be_somebody_is_told_in_words(registry: Registry, tmp_path: Path) -> None:
    take_in_rows(registry, [["full_name", "birth_date", "city"], ["Mohamed Benali", "1985-03-12", "Lyon"]])
    rows = [
        ["full_name", "birth_date", "city"],
        ["محمد بن علي", "1985-03-12", "Lyon"],
        ["Mohamad Benali", "1985-03-12", "Lyon"],
    ]
    found = plan(registry, write_csv(tmp_path / "again.csv", rows))
    told = [i18n._(entry.reason, **dict(entry.words or {})) for entry in found.entries]
    number = records(registry)[0].number
    assert all(entry.review for entry in found.entries)
    assert told[0].startswith(f"Like record {number}, possible, ")
    assert "محمد بن علي / Mohamed Benali are one name" in told[0]
    assert all("same birth date" in words for words in told)
