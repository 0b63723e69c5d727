"""Reports as programs print them: heads and totals of pages, and several parts below each other."""

from __future__ import annotations

from registry.app import Registry
from tests.registry.transfer.importing import counts, records, take_in_rows

HEADINGS = ["Surname", "Given names", "Passport no", "Date of birth"]


def page(number: int, people: list[list[str]]) -> list[list[str]]:
    """A page of a report."""
    head = [["REPUBLIC OF EXEMPLIA"], ["ISSUANCE REPORT", "", "", f"Page {number} of 2"], HEADINGS]
    return [*head, *people, [f"Page total: {len(people)}"]]


def test_heads_and_totals_of_pages_are_no_people(registry: Registry) -> None:
    first = [["EXEMPLE", "ANA", "X0000001", "13/02/1984"], ["MODELE", "BO", "X0000002", "14/03/1985"]]
    second = [["PATRON", "CY", "X0000003", "15/04/1986"]]
    result = take_in_rows(
        registry, [*page(1, first), *page(2, second), ["Grand total:", "3"], ["*** END OF REPORT ***"]]
    )
    assert counts(result) == (3, 0, 0, 7, 0)
    assert [record.values["family_name"] for record in records(registry)] == ["EXEMPLE", "MODELE", "PATRON"]
    assert not result.problems


def test_another_part_with_the_same_headings_in_other_columns_is_told(registry: Registry) -> None:
    listed = [
        ["Attendee details"],
        ["Attended", "First name", "Last name", "Email", "Join time", "Leave time", "Country"],
        ["Yes", "Ana", "Exemple", "ana@example.org", "06:01 PM", "07:30 PM", "France"],
        ["Others"],
        ["User", "Join time", "Leave time", "Country"],
        ["33199001234", "06:01 PM", "07:30 PM", "France"],
    ]
    result = take_in_rows(registry, listed)
    assert counts(result) == (1, 0, 0, 0, 0)
    assert any(
        "Another table begins in row 5 (User, Join time, Leave time, Country)" in said for said in result.warnings
    )


def test_somebody_called_as_the_list_is_kept(registry: Registry) -> None:
    take_in_rows(registry, [["Lyon"], ["Name", "City"], ["Ana Exemple", "Lyon"], ["Lyon Exemple", "Lyon"]])
    assert len(records(registry)) == 2


def test_people_of_whom_only_the_name_is_known_are_no_title_of_the_table_below(registry: Registry) -> None:
    listed = [
        ["Name", "City", "Born", "Skill"],
        ["Ana Exemple", "Lyon", "1980-01-02", "Welding"],
        ["Bo Modèle"],
        ["Cy Patron"],
        [],
        ["Offices"],
        ["Ref", "Country", "Phone", "Notes"],
        ["7", "France", "+33199001234", "open"],
    ]
    take_in_rows(registry, listed)
    assert [record.name for record in records(registry)] == ["Ana Exemple", "Bo Modèle", "Cy Patron"]


def test_somebody_whose_name_sounds_like_a_total_is_kept(registry: Registry) -> None:
    take_in_rows(registry, [["姓名", "手机号"], ["何吉", "13800138000"], ["王小明", "13800138001"], ["合计", "2"]])
    assert len(records(registry)) == 2
