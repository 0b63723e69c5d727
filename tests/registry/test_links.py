"""Links between records: set from texts, waiting for names, right in both directions after whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from db.engine import reading
from db.models import METADATA
from registry import commands as c
from registry import fields, links
from registry.app import Registry
from registry.commands import AddRecord, DeleteRecords, EditRecord, Undo
from registry.errors import Conflict, Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import Check, GetHistory, GetRecord, PlanImport, Search, VerifyHistory
from registry.transfer.options import ImportOptions
from tests.db.register import decrypted_pages
from tests.registry.post import ANA, BO, CLUB, CY, Post

MARKER = "Zwyntharobel"


@pytest.fixture
def admin(post: Post) -> Registry:
    return post.open("amel")


def add(registry: Registry, kind: str, texts: dict[str, str]) -> int:
    return registry.execute(AddRecord(kind, texts)).value.id


def association(registry: Registry, name: str, **texts: str) -> int:
    return add(registry, ASSOCIATIONS, {"name": name, **texts})


def number(registry: Registry, record_id: int, kind: str = PEOPLE) -> str:
    return registry.read(GetRecord(kind, record_id)).number


def values(registry: Registry, record_id: int, kind: str = PEOPLE) -> dict[str, str]:
    return dict(registry.read(GetRecord(kind, record_id)).values)


def led(registry: Registry, table: str, owner: int) -> list[int | None]:
    """Where the rows of a record lead."""
    link = next(one for one in links.LINKS if one.table == table)
    columns = METADATA.tables[table].c
    own = columns.id if table == "association" else columns.record_id
    with reading(registry._engine) as connection:
        return list(connection.execute(select(columns[link.id]).where(own == owner).order_by(columns.id)).scalars())


def refused(registry: Registry, command: c.Command[object], field: str, sentence: str) -> None:
    before = registry.read(VerifyHistory()).head
    with pytest.raises(Invalid, match=sentence) as caught:
        registry.execute(command)
    assert caught.value.field == field
    assert registry.read(VerifyHistory()).head == before


def sound(registry: Registry) -> bool:
    return registry.read(VerifyHistory()).ok and registry.read(Check()).ok


def test_every_link_has_its_field() -> None:
    found = {(f.name, links.target(f)) for kind in fields.KINDS for f in fields.of(kind) if links.target(f)}
    assert found == {
        ("association", ASSOCIATIONS),
        ("partner", ASSOCIATIONS),
        ("parent", ASSOCIATIONS),
        ("relative", PEOPLE),
        ("officer", PEOPLE),
    }


# --- people --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["Bo ({})", "{}", "({})", "somebody ({})"])
def test_a_person_is_linked_by_number_and_shown_by_name(admin: Registry, form: str) -> None:
    bo = number(admin, BO)
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": form.format(bo), "relative.kind": "spouse"}))
    assert values(admin, ANA)["relative"] == f"Bo Sample ({bo})"
    assert led(admin, "relation", ANA) == [BO]
    admin.execute(EditRecord(PEOPLE, BO, {"full_name": "Bo Renamed", "family_name": "Renamed"}))
    assert values(admin, ANA)["relative"] == f"Bo Renamed ({bo})"
    shown = values(admin, ANA)["relative"]
    assert not admin.execute(EditRecord(PEOPLE, ANA, {"relative": shown})).value
    assert sound(admin)


def test_a_name_alone_stays_a_name(admin: Registry) -> None:
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": "Bo Sample"}))
    assert values(admin, ANA)["relative"] == "Bo Sample"
    assert led(admin, "relation", ANA) == [None]


def test_nobody_is_related_to_oneself(admin: Registry) -> None:
    own = number(admin, ANA)
    refused(admin, EditRecord(PEOPLE, ANA, {"relative": own}), "relative", "cannot stand in relation to itself")
    two = {"relative": number(admin, BO), "relative.2": f"me ({own})"}
    refused(admin, EditRecord(PEOPLE, ANA, two), "relative.2", "cannot stand in relation to itself")


def test_a_number_that_nobody_has_is_said_at_its_field(admin: Registry) -> None:
    own = number(admin, CLUB, ASSOCIATIONS)  # a valid number, of no person
    officers = {"officer": "Ana", "officer.2": own}
    refused(admin, EditRecord(PEOPLE, ANA, {"relative": own}), "relative", "no person with the number")
    refused(admin, AddRecord(ASSOCIATIONS, {"name": "New", **officers}), "officer.2", "no person with the number")
    refused(admin, EditRecord(ASSOCIATIONS, CLUB, officers), "officer.2", "no person with the number")


def test_an_officer_without_a_person_is_none(admin: Registry) -> None:
    alone = {"officer": "Ana", "officer.role": "president", "officer.role.2": "treasurer"}
    refused(
        admin, AddRecord(ASSOCIATIONS, {"name": "New", "officer.role": "president"}), "officer", "“Officer” is empty"
    )
    refused(admin, EditRecord(ASSOCIATIONS, CLUB, alone), "officer.2", "“Officer” is empty")


def test_a_removed_person_leaves_the_number_and_comes_back_linked(admin: Registry) -> None:
    bo = number(admin, BO)
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": bo, "relative.kind": "spouse", "relative.phone": "12"}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"officer": bo, "officer.role": "treasurer"}))
    admin.execute(DeleteRecords(PEOPLE, (BO,)))
    assert (values(admin, ANA)["relative"], values(admin, ANA)["relative.phone"]) == (bo, "12")
    assert values(admin, CLUB, ASSOCIATIONS)["officer"] == bo
    admin.execute(Undo())
    assert led(admin, "relation", ANA) == led(admin, "officer", CLUB) == [BO]
    assert sound(admin)


def test_of_an_erased_person_no_byte_is_left_with_those_who_were_linked(admin: Registry, post: Post) -> None:
    eve = add(admin, PEOPLE, {"full_name": f"Eve {MARKER}", "relative": number(admin, ANA), "relative.kind": "child"})
    linked = f"Eve {MARKER} ({number(admin, eve)})"
    admin.execute(EditRecord(PEOPLE, BO, {"relative": linked, "relative.kind": "spouse"}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"officer": linked, "officer.role": "president", "officer.2": "Ana"}))
    admin.execute(EditRecord(PEOPLE, CY, {"relative": linked}))
    admin.execute(EditRecord(PEOPLE, CY, {"relative": ""}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"officer.role": "treasurer"}))
    admin.execute(DeleteRecords(PEOPLE, (eve,)))
    admin.execute(Undo())
    assert MARKER in values(admin, CLUB, ASSOCIATIONS)["officer"]
    admin.execute(c.EraseRecord(eve, "asked for it"))
    pages = decrypted_pages(post.folder / "registry.db", admin._unlocked.data_key).lower()
    assert MARKER.lower().encode() not in pages
    assert "relative" not in values(admin, BO)
    assert values(admin, CLUB, ASSOCIATIONS)["officer"] == "Ana"
    assert MARKER not in repr([admin.read(GetHistory(i)) for i in (None, ANA, BO, CY, CLUB)])
    assert sound(admin)


def test_the_past_names_who_was_linked_as_they_are_called_today(admin: Registry) -> None:
    bo = number(admin, BO)
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": bo, "relative.kind": "spouse"}))
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": number(admin, CY)}))
    admin.execute(EditRecord(PEOPLE, BO, {"full_name": "Bo Renamed"}))
    newest, first = admin.read(GetHistory(ANA)).operations[:2]
    assert [(x.field.name, x.old, x.new) for x in newest.changes] == [
        ("relative", f"Bo Renamed ({bo})", f"Cy Pattern ({number(admin, CY)})")
    ]
    assert ("relative", "", f"Cy Pattern ({number(admin, CY)})") in [
        (x.field.name, x.old, x.new) for x in first.changes
    ]


# --- associations --------------------------------------------------------------------------------------------


def test_texts_wait_for_an_association_and_are_linked_when_it_comes(admin: Registry) -> None:
    for person in (ANA, BO):
        admin.execute(EditRecord(PEOPLE, person, {"association": "Friends of the Délta"}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"partner": "delta friends OF the", "parent": "Friends of the Delta"}))
    friends = association(admin, "Friends of the Delta")
    assert led(admin, "membership", ANA) == led(admin, "membership", BO) == [friends]
    assert led(admin, "partner", CLUB) == led(admin, "association", CLUB) == [friends]
    assert values(admin, ANA)["association"] == "Friends of the Délta"
    assert sound(admin)
    admin.execute(Undo())
    assert led(admin, "membership", ANA) == led(admin, "association", CLUB) == [None]
    assert sound(admin)


def test_a_new_name_takes_in_who_waited_for_it_and_keeps_who_was_linked(admin: Registry) -> None:
    admin.execute(EditRecord(PEOPLE, ANA, {"association": "Society of Samples"}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"name": "Society of Samples"}))
    assert led(admin, "membership", ANA) == led(admin, "membership", CY) == [CLUB]
    admin.execute(EditRecord(PEOPLE, BO, {"association": "Club of Examples"}))
    assert led(admin, "membership", BO) == [None]
    admin.execute(Undo(admin.read(GetHistory(CLUB)).operations[0].batch))
    assert (led(admin, "membership", ANA), led(admin, "membership", BO)) == ([None], [CLUB])
    assert sound(admin)


def test_an_association_removed_is_waited_for(admin: Registry) -> None:
    admin.execute(DeleteRecords(ASSOCIATIONS, (CLUB,)))
    assert led(admin, "membership", CY) == [None]
    again = association(admin, "Examples, Club of")
    assert led(admin, "membership", CY) == [again]


def test_of_two_associations_with_one_name_the_first_counts(admin: Registry) -> None:
    association(admin, "Club of Examples")
    admin.execute(EditRecord(PEOPLE, BO, {"association": "club of examples"}))
    assert led(admin, "membership", BO) == [CLUB]


def test_an_umbrella_does_not_belong_to_itself(admin: Registry) -> None:
    refused(admin, EditRecord(ASSOCIATIONS, CLUB, {"parent": "Club of examples"}), "parent", "relation to itself")
    refused(
        admin, EditRecord(ASSOCIATIONS, CLUB, {"partner": "a", "partner.2": "club of examples"}), "partner.2", "itself"
    )


def test_an_umbrella_stands_in_no_circle(admin: Registry) -> None:
    second = association(admin, "Second", parent="Club of Examples")
    third = association(admin, "Third", parent="Second")
    refused(admin, EditRecord(ASSOCIATIONS, CLUB, {"parent": "Second"}), "parent", "“Second” belongs.* circle")
    refused(admin, EditRecord(ASSOCIATIONS, CLUB, {"parent": "Third"}), "parent", "“Second” belongs.* circle")
    admin.execute(EditRecord(ASSOCIATIONS, second, {"parent": ""}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"parent": "Third"}))
    assert [led(admin, "association", i) for i in (CLUB, third, second)] == [[third], [second], [None]]


def test_a_text_that_waited_closes_no_circle(admin: Registry) -> None:
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"parent": "Second"}))
    added = AddRecord(ASSOCIATIONS, {"name": "Second", "parent": "Club of Examples"})
    refused(admin, added, "parent", "“Club of Examples” belongs.* circle")
    third = association(admin, "Third", parent="Club of Examples")
    refused(admin, EditRecord(ASSOCIATIONS, third, {"name": "Second"}), "parent", "circle")


def test_an_undo_closes_no_circle(admin: Registry) -> None:
    second = association(admin, "Second")
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"parent": "Second"}))
    freed = admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"parent": ""})).batch
    admin.execute(EditRecord(ASSOCIATIONS, second, {"parent": "Club of Examples"}))
    with pytest.raises(Conflict, match="changed again since"):
        admin.execute(Undo(freed))
    assert (led(admin, "association", CLUB), led(admin, "association", second)) == ([None], [CLUB])
    assert sound(admin)


# --- lists ---------------------------------------------------------------------------------------------------


def taken_in(registry: Registry, file: Path, lines: list[str], kind: str) -> list[tuple[int, str, str]]:
    """The problems of the plan, after it was carried out."""
    file.write_text("\n".join(lines), encoding="utf-8")
    plan = registry.read(PlanImport(file, ImportOptions(kind)))
    registry.execute(c.ImportRecords(plan))
    assert sound(registry)
    return [(p.row, p.column, p.reason) for p in plan.problems]


def found(registry: Registry, name: str, kind: str = ASSOCIATIONS) -> int:
    return registry.read(Search(f'"{name}"', kind)).results[0].id


def test_a_list_of_associations_is_linked_among_itself_and_with_who_waited(admin: Registry, tmp_path: Path) -> None:
    admin.execute(EditRecord(PEOPLE, ANA, {"association": "Northern Federation"}))
    lines = ["Name,Umbrella,Partner", "Northern Club,Northern Federation,Club of Examples", "Northern Federation,,"]
    assert taken_in(admin, tmp_path / "list.csv", lines, ASSOCIATIONS) == []
    club, federation = found(admin, "Northern Club"), found(admin, "Northern Federation")
    assert led(admin, "association", club) == led(admin, "membership", ANA) == [federation]
    assert led(admin, "partner", club) == [CLUB]
    admin.execute(Undo())
    assert led(admin, "membership", ANA) == [None]
    assert sound(admin)


def test_a_list_with_a_circle_says_so_and_keeps_the_words(admin: Registry, tmp_path: Path) -> None:
    lines = ["Name,Umbrella", "First,Second", "Second,Third", "Third,First", "Selfish,Selfish", "Fourth,Third"]
    problems = taken_in(admin, tmp_path / "list.csv", lines, ASSOCIATIONS)
    assert [(row, column) for row, column, _ in problems] == [(4, "Umbrella"), (5, "Umbrella")]
    assert "circle" in problems[0][2]
    assert "relation to itself" in problems[1][2]
    ids = {name: found(admin, name) for name in ("First", "Second", "Third", "Selfish", "Fourth")}
    assert {name: led(admin, "association", i) for name, i in ids.items()} == {
        "First": [ids["Second"]],
        "Second": [ids["Third"]],
        "Third": [None],
        "Selfish": [None],
        "Fourth": [ids["Third"]],
    }
    assert values(admin, ids["Third"], ASSOCIATIONS)["parent"] == "First"


def test_a_list_that_closes_a_circle_with_the_register_says_so(admin: Registry, tmp_path: Path) -> None:
    association(admin, "Second", parent="Club of Examples", external_id="S2")
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"external_id": "C1"}))
    lines = ["Id,Name,Umbrella", "C1,Club of Examples,New one", "N3,New one,Second"]
    problems = taken_in(admin, tmp_path / "list.csv", lines, ASSOCIATIONS)
    assert [(row, column) for row, column, _ in problems] == [(2, "Umbrella")]
    assert led(admin, "association", CLUB) == [None]


def test_relatives_of_a_list_are_linked_by_number_and_unknown_numbers_are_kept_as_words(
    admin: Registry, tmp_path: Path
) -> None:
    bo, nobody = number(admin, BO), number(admin, CLUB, ASSOCIATIONS)
    lines = [
        "Full name,Relative,Relationship",
        f"Dan New,Bo Sample ({bo}),child",
        f"Flo New,Somebody ({nobody}),spouse",
        "Gil New,Just a Name,parent",
    ]
    problems = taken_in(admin, tmp_path / "list.csv", lines, PEOPLE)
    assert [(row, column) for row, column, _ in problems] == [(3, "Relative")]
    assert nobody in problems[0][2]
    dan, flo = found(admin, "Dan New", PEOPLE), found(admin, "Flo New", PEOPLE)
    assert led(admin, "relation", dan) == [BO]
    assert values(admin, flo)["relative"] == f"Somebody ({nobody})"
    assert values(admin, flo)["relative.kind"] == "spouse"
    admin.execute(Undo())
    assert sound(admin)


def test_a_list_relates_nobody_to_oneself(admin: Registry, tmp_path: Path) -> None:
    own = number(admin, ANA)
    lines = ["Number,Full name,Relative", f"{own},Ana Exemple,Ana Exemple ({own})"]
    problems = taken_in(admin, tmp_path / "list.csv", lines, PEOPLE)
    assert [(row, column) for row, column, _ in problems] == [(2, "Relative")]
    assert led(admin, "relation", ANA) == [None]


def test_what_is_exported_links_the_same_again(admin: Registry, tmp_path: Path) -> None:
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": number(admin, BO), "relative.kind": "spouse"}))
    admin.execute(EditRecord(ASSOCIATIONS, CLUB, {"officer": number(admin, BO), "officer.role": "president"}))
    for kind in (PEOPLE, ASSOCIATIONS):
        file = tmp_path / f"{kind}.csv"
        admin.execute(c.ExportRecords(kind, "", file, "a copy"))
        plan = admin.read(PlanImport(file, ImportOptions(kind)))
        assert plan.problems == []
        assert plan.counts["unchanged"] == len(plan.entries)
    admin.execute(EditRecord(PEOPLE, ANA, {"relative": ""}))
    admin.execute(c.ImportRecords(admin.read(PlanImport(tmp_path / "people.csv", ImportOptions(PEOPLE)))))
    assert led(admin, "relation", ANA) == [BO]
    assert values(admin, ANA)["relative"] == f"Bo Sample ({number(admin, BO)})"
