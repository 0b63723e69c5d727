"""What cannot be in a list, and what post would not find: said as on the card, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from registry import commands as c
from registry import possible
from registry import queries as q
from registry.app import Registry
from registry.errors import Invalid
from registry.transfer.columns.mapping import Given
from registry.transfer.options import ImportOptions
from registry.transfer.planning.plan import Plan
from registry.transfer.planning.report import write_report
from tests.days import day
from tests.registry.post import ANA, Post

#: Texts under field names -> the field that cannot be, and why.
IMPOSSIBLE = [
    ({"birth_date": "1985-02-31"}, "birth_date", "is not a date"),
    ({"birth_date": "tomorrow"}, "birth_date", "is still to come"),
    ({"birth_date": "1985", "died_on": "1984-12-31"}, "died_on", "is before the date of birth, 1985"),
    ({"birth_date": "1985-05-01", "registered_on": "1985-04"}, "registered_on", "is before the date of birth"),
    (
        {"address.city": "Lyon", "address.from": "2020-03", "address.to": "2019"},
        "address.to",
        "is before the beginning, Mar 2020",
    ),
    (
        {"document.number": "X1", "document.issued": "2021-05-05", "document.expires": "2021-05-04"},
        "document.expires",
        "is before the document was issued, 5 May 2021",
    ),
    (
        {"occupation": "2221", "occupation.from": "2020", "occupation.to": "2018"},
        "occupation.to",
        "before the beginning",
    ),
    ({"citizenship": "FRA", "citizenship.from": "2020", "citizenship.to": "2018"}, "citizenship.to", "the beginning"),
]
POSSIBLE = [
    {"birth_date": "1985~", "died_on": "1984"},
    {"birth_date": "1985", "died_on": "1985"},
    {"address.city": "Lyon", "address.from": "2020-03-05", "address.to": "2020"},
    {"document.number": "X1", "document.issued": "2021-05-05", "document.expires": "2021-05-05"},
]


def plan_of(registry: Registry, folder: Path, rows: list[dict[str, str]], kind: str = "people") -> Plan:
    """The plan of a list whose headers are names of fields."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    path = folder / "list.csv"
    path.write_text("\n".join(";".join(line) for line in lines) + "\n", encoding="utf-8")
    return registry.read(q.PlanImport(path, ImportOptions(kind, given=Given({name: name for name in names}))))


@pytest.mark.parametrize(("texts", "field", "words"), IMPOSSIBLE)
def test_card_and_list_say_the_same_and_a_list_keeps_the_text(
    post: Post, tmp_path: Path, texts: dict[str, str], field: str, words: str
) -> None:
    clerk, texts = post.open("clara"), {name: day(1) if text == "tomorrow" else text for name, text in texts.items()}
    with pytest.raises(Invalid, match=words) as refused:
        clerk.execute(c.AddRecord("people", {"full_name": "Di Invented", **texts}))
    assert refused.value.field == field

    plan = plan_of(clerk, tmp_path, [{"full_name": "Di Invented", **texts}])
    assert [(p.row, p.column, p.reason) for p in plan.problems] == [(2, field, str(refused.value))]
    clerk.execute(c.ImportRecords(plan))
    (hit,) = clerk.read(q.Search("di invented")).results
    record = clerk.read(q.GetRecord("people", hit.id))
    assert record.raw[field] == texts[field]
    assert field not in record.values
    assert all(name in record.values for name in texts if name != field)


@pytest.mark.parametrize("texts", POSSIBLE)
def test_what_may_be_is_taken_by_both(post: Post, tmp_path: Path, texts: dict[str, str]) -> None:
    clerk = post.open("clara")
    clerk.execute(c.AddRecord("people", {"full_name": "Di Invented", **texts}))
    assert plan_of(clerk, tmp_path, [{"full_name": "Ed Invented", **texts}]).problems == []


def test_a_date_beside_what_the_record_holds_is_checked_too(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    known = {"birth_date": "1990-05-05", "external_id": "A7", "address.from": "2020"}
    clerk.execute(c.EditRecord("people", ANA, known))
    with pytest.raises(Invalid) as refused:
        clerk.execute(c.EditRecord("people", ANA, {"address.to": "2018"}))
    assert (refused.value.field, refused.value.message) == ("address.to", possible.BEFORE_BEGINNING)
    with pytest.raises(Invalid) as later:
        clerk.execute(c.EditRecord("people", ANA, {"birth_date": "2999"}))
    assert later.value.field == "birth_date"
    row = {"external_id": "A7", "full_name": "Ana Exemple", "died_on": "1989", "title": "Prof"}
    plan = plan_of(clerk, tmp_path, [row])
    assert plan.counts["updated"] == 1
    assert [(p.row, p.column) for p in plan.problems] == [(2, "died_on")]
    assert "is before the date of birth, 5 May 1990" in plan.problems[0].reason
    clerk.execute(c.ImportRecords(plan))
    record = clerk.read(q.GetRecord("people", ANA))
    assert (record.values["title"], record.raw["died_on"]) == ("Prof", "1989")
    assert "died_on" not in record.values
    assert post.open("amel").read(q.VerifyHistory()).ok


def test_two_rows_of_one_record_are_checked_together(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    rows = [
        {"external_id": "B1", "full_name": "Di Invented", "birth_date": "1990"},
        {"external_id": "B1", "full_name": "Di Invented", "died_on": "1980"},
    ]
    plan = plan_of(clerk, tmp_path, rows)
    assert [(p.row, p.column) for p in plan.problems] == [(3, "died_on")]
    clerk.execute(c.ImportRecords(plan))
    (hit,) = clerk.read(q.Search("di invented")).results
    record = clerk.read(q.GetRecord("people", hit.id))
    assert (record.values["birth_date"], record.raw["died_on"]) == ("1990", "1980")


def test_terms_of_officers_are_checked(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    texts = {"name": "Choir", "officer": "Di Invented", "officer.from": "2020", "officer.to": "2019"}
    with pytest.raises(Invalid, match="is before the beginning"):
        clerk.execute(c.AddRecord("associations", texts))
    plan = plan_of(clerk, tmp_path, [texts], "associations")
    assert [(p.column, p.reason) for p in plan.problems] == [
        ("officer.to", "2019 is before the beginning, 2020. Correct one of them.")
    ]


def test_addresses_that_post_would_not_find_are_told_and_taken(post: Post, tmp_path: Path) -> None:
    clerk = post.open("clara")
    home = {"address.street": "1 rue Inventée", "address.city": "Lyon", "address.country": "FRA"}
    rows = [
        {"full_name": "Di Invented", **home, "address.postal_code": "690021"},
        {"full_name": "Ed Invented", **home},
        {"full_name": "Flo Invented", **home},
        {"full_name": "Gus Invented", **home, "address.postal_code": "69002"},
        {"full_name": "Hal Invented"},
    ]
    plan = plan_of(clerk, tmp_path, rows)
    assert (plan.counts["created"], plan.problems) == (5, [])
    assert [(remark.row, remark.part, remark.missing) for remark in plan.remarks] == [
        (2, "address.postal_code", False),
        (3, "address.postal_code", True),
        (4, "address.postal_code", True),
    ]
    told = [warning for warning in plan.warnings if "address" in warning]
    assert told[0].startswith("1 address has a wrong part, Postcode (row 2): “690021” is no postcode of France.")
    assert told[1] == "2 addresses lack what post needs: Postcode (the first in row 3)."
    write_report(plan, tmp_path / "report.xlsx")
    sheet = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    cells = {row[0]: row[-1] for row in sheet.iter_rows(values_only=True)}
    assert "is no postcode of France" in str(cells[2])
    assert cells[3] == "Post to France needs this: Postcode."
    assert not cells[5]
    clerk.execute(c.ImportRecords(plan))
    (hit,) = clerk.read(q.Search("di invented")).results
    assert clerk.read(q.GetRecord("people", hit.id)).values["address.postal_code"] == "690021"
