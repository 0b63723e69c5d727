"""Records from texts and back: names, repeated values, empty fields, raw text, links, derived columns."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import AddRecord, DeleteRecords, EditRecord, Undo
from registry.drafts import DraftReader
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.kinds import Situation
from registry.queries import Check, FindByNumber, GetRecord, GetRecords, ListIds, Search, VerifyHistory
from registry.records import Record
from registry.writing import compose_full_name
from tests.registry.post import ANA, BO, CLUB, CY, Post


@pytest.fixture
def clerk(post: Post) -> Registry:
    return post.open("clara")


def add(registry: Registry, kind: str = PEOPLE, **texts: str) -> Record:
    named = {name.replace("__", "."): text for name, text in texts.items()}
    return registry.read(GetRecord(kind, registry.execute(AddRecord(kind, named)).value.id))


def edit(registry: Registry, record_id: int, kind: str = PEOPLE, **texts: str) -> Record:
    named = {name.replace("__", "."): text for name, text in texts.items()}
    registry.execute(EditRecord(kind, record_id, named))
    assert registry.read(VerifyHistory()).ok
    return registry.read(GetRecord(kind, record_id))


def test_what_is_added_is_read_back(clerk: Registry) -> None:
    texts = {
        "full_name": "Đorđe Ñandú",
        "native_name": "ђорђе",
        "sex": "Male",
        "birth_date": "12 March 1985",
        "citizenship": "France",
        "citizenship.2": "Valdoria",
        "phone": "01 99 00 12 34",
        "phone.2": "+44 20 7946 0018",
        "email": "dj@example.org",
        "address.street": "1 rue Inventée",
        "address.country": "fr",
        "address.street.2": "2 Example Road",
        "address.country.2": "GB",
        "language": "French",
        "language.level": "B2",
        "skill": "Masonry",
        "document.number": "AB123",
        "consent.elections.email": "refused",
        "notes": "two\nlines",
    }
    record = clerk.read(GetRecord(PEOPLE, clerk.execute(AddRecord(PEOPLE, texts)).value.id))
    expected = {
        **texts,
        "sex": "male",
        "birth_date": "1985-03-12",
        "citizenship": "FRA",
        "citizenship.2": "XDR",
        "phone": "+33199001234",
        "phone.2": "+442079460018",
        "address.country": "FRA",
        "address.country.2": "GBR",
        "language": "fr",
        "skill": "masonry",
    }
    assert {name: record.values.get(name) for name in expected} == expected
    assert record.values["state"] == "active"
    assert record.raw == {}
    assert record.show("sex") == "Male"
    assert record.show("phone") == "+33 1 99 00 12 34"


@pytest.mark.parametrize(
    ("texts", "full"),
    [
        ({"given_name": "Ana", "family_name": "Sel"}, "Ana Sel"),
        ({"given_name": "Ana", "family_name": "Sel", "name_order": "family_first"}, "Sel Ana"),
        ({"given_name": "A", "patronymic": "B", "family_name": "C"}, "A B C"),
        ({"family_name": "Sel"}, "Sel"),
        ({"native_name": "王芳"}, "王芳"),
        ({"full_name": "As Written", "family_name": "Sel"}, "As Written"),
        ({"given_name": "Nil", "family_name": "Na"}, "Nil Na"),
    ],
)
def test_a_full_name_is_composed_in_the_order_of_its_bearer(clerk: Registry, texts: dict[str, str], full: str) -> None:
    assert add(clerk, **texts).name == full
    assert texts.get("full_name") or compose_full_name(texts) == full


def test_a_composed_name_follows_its_parts_and_a_written_one_does_not(clerk: Registry) -> None:
    composed = add(clerk, given_name="Ana", family_name="Sel")
    assert edit(clerk, composed.id, family_name="Mar").name == "Ana Mar"
    written = add(clerk, full_name="Doña Ana", given_name="Ana", family_name="Sel")
    assert edit(clerk, written.id, family_name="Mar").name == "Doña Ana"
    assert edit(clerk, written.id, full_name="").name == "Ana Mar"


@pytest.mark.parametrize("texts", [{"title": "Dr"}, {"full_name": " "}, {"full_name": "-"}, {}])
def test_a_record_needs_a_name(clerk: Registry, texts: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="needs a name"):
        clerk.execute(AddRecord(PEOPLE, texts))
    for record_id, kind, names in ((CY, PEOPLE, ("full_name", "family_name")), (CLUB, ASSOCIATIONS, ("name",))):
        with pytest.raises(Invalid, match="needs a name"):
            clerk.execute(EditRecord(kind, record_id, dict.fromkeys(names, "")))


def test_what_cannot_be_empty_says_so(clerk: Registry) -> None:
    with pytest.raises(Invalid, match="cannot be empty") as caught:
        clerk.execute(EditRecord(PEOPLE, BO, {"state": ""}))
    assert caught.value.field == "state"


def test_repeated_values_are_changed_emptied_and_move_up(clerk: Registry) -> None:
    record = add(clerk, full_name="X", phone="01 99 00 12 34", phone__2="01 99 00 12 35", phone__3="01 99 00 12 36")
    changed = edit(clerk, record.id, phone__2="01 99 00 12 99", phone="")
    assert changed.values["phone"] == "+33199001299"
    assert changed.values["phone.2"] == "+33199001236"
    assert "phone.3" not in changed.values
    assert edit(clerk, record.id, phone__7="01 99 00 12 77").values["phone.3"] == "+33199001277"
    emptied = edit(clerk, record.id, phone="", phone__2="", phone__3="")
    assert not any(name.startswith("phone") for name in emptied.values)


def test_emptying_what_is_empty_changes_nothing(clerk: Registry) -> None:
    before = clerk.read(GetRecord(PEOPLE, BO))
    empty = ("phone", "skill", "consent.elections.email", "birth_date")
    outcome = clerk.execute(EditRecord(PEOPLE, BO, dict.fromkeys(empty, "")))
    assert outcome.value is False
    assert clerk.read(GetRecord(PEOPLE, BO)) == before


def test_a_level_alone_is_nobodys_skill(clerk: Registry) -> None:
    for name, text in (("skill.level", "3"), ("language.level", "B2")):
        for command in (AddRecord(PEOPLE, {"full_name": "X", name: text}), EditRecord(PEOPLE, BO, {name: text})):
            with pytest.raises(Invalid, match="others depend on it") as caught:
                clerk.execute(command)
            assert caught.value.field == name.partition(".")[0]
    record = add(clerk, full_name="X", skill="Masonry", skill__level="3")
    emptied = edit(clerk, record.id, skill="")
    assert not any(name.startswith("skill") for name in emptied.values)


def test_what_is_known_of_a_telephone_or_an_address_needs_it(clerk: Registry) -> None:
    kinds = {"phone.kind": "mobile", "email.state": "unreachable"}
    for name, text in kinds.items():
        for command in (AddRecord(PEOPLE, {"full_name": "X", name: text}), EditRecord(PEOPLE, CY, {name + ".3": text})):
            with pytest.raises(Invalid, match="others depend on it") as caught:
                clerk.execute(command)
            assert str(caught.value.field).partition(".")[0] == name.partition(".")[0]
    record = add(clerk, full_name="X", phone="01 99 00 12 34", email="x@example.org", **kinds)
    assert {name: record.values[name] for name in kinds} == kinds
    emptied = edit(clerk, record.id, phone="", email="")
    assert not any(name.startswith(("phone", "email")) for name in emptied.values)


def test_a_new_person_whose_state_is_left_empty_is_active(clerk: Registry) -> None:
    assert add(clerk, full_name="X", state="", registered_on="2020-01-01").values["state"] == "active"


def test_consents_are_kept_by_purpose_and_channel(clerk: Registry) -> None:
    record = add(clerk, full_name="X", consent__elections__email="given", consent__elections__letter="")
    assert record.values["consent.elections.email"] == "given"
    assert "consent.elections.letter" not in record.values
    assert edit(clerk, record.id, consent__elections__email="refused").values["consent.elections.email"] == "refused"
    assert "consent.elections.email" not in edit(clerk, record.id, consent__elections__email="").values


def test_a_value_that_cannot_be_read_is_refused_when_typed(clerk: Registry) -> None:
    for name, text in (("birth_date", "yesterday"), ("sex", "purple"), ("phone", "x"), ("address.country", "Atlantis")):
        with pytest.raises(Invalid) as caught:
            clerk.execute(EditRecord(PEOPLE, BO, {name: text}))
        assert caught.value.field == name
    with pytest.raises(Invalid, match="is not a field"):
        clerk.execute(EditRecord(PEOPLE, BO, {"no_such_field": "x"}))
    with pytest.raises(Invalid, match="is not a field"):
        clerk.execute(AddRecord(ASSOCIATIONS, {"name": "x", "birth_date": "1985"}))


def test_a_phone_follows_the_country_of_the_address(clerk: Registry) -> None:
    assert add(clerk, full_name="X", phone="020 7946 0018", address__country="GBR").values["phone"] == "+442079460018"
    assert add(clerk, full_name="X", phone="01 99 00 12 34").values["phone"] == "+33199001234"


# --- raw text, as imports keep it ---------------------------------------------------------------------------


def test_a_draft_keeps_what_its_field_cannot_hold() -> None:
    reader = DraftReader(PEOPLE, ("full_name", "birth_date", "phone", "skill.level", "notes"), Situation("FRA"))
    draft = reader.read(("X", "sometime in spring", "ring the bell", "3", " kept  as it is "))
    assert {p.field for p in draft.problems} == {"birth_date", "phone", "skill.level"}
    assert draft.rows["raw_value", "birth_date"] == {"field": "birth_date", "text": "sometime in spring"}
    assert draft.rows["phone", 0] == {"e164": None, "raw": "ring the bell"}
    assert draft.value("person", "birth_date") is None


@pytest.mark.parametrize("text", ["", "-", "n/a", "NULL", "  ", "?", "s/o"])
def test_what_stands_for_nothing_says_nothing_in_a_list(text: str) -> None:
    reader = DraftReader(PEOPLE, ("full_name", "occupation"), Situation("FRA"))
    assert reader.read(("X", text)).rows == {("person", 0): {"full_name": "X"}}


@pytest.mark.parametrize("text", ["None", "none", "Aucune"])
def test_none_is_an_answer_where_a_list_has_it(registry: Registry, text: str) -> None:
    added = registry.execute(AddRecord(ASSOCIATIONS, {"name": "Circle of Weavers", "legal_form": text})).value
    assert registry.read(GetRecord(ASSOCIATIONS, added.id)).values["legal_form"] == "none"


def test_raw_text_goes_when_its_field_is_put_right_or_emptied(post: Post) -> None:
    from registry.commands import LoadDemonstration

    clerk = post.open("clara")
    rows = ({"full_name": "Raw One", "birth_date": "in spring", "sex": "purple", "phone": "ring the bell"},)
    clerk.execute(LoadDemonstration(PEOPLE, rows))
    record_id = clerk.read(Search("Raw One")).results[0].id
    record = clerk.read(GetRecord(PEOPLE, record_id))
    assert record.raw == {"birth_date": "in spring", "sex": "purple", "phone": "ring the bell"}
    assert record.show("birth_date") == "in spring"
    assert next(line.count for line in clerk.read(Check()).lines if line.code == "raw") == 2
    put_right = edit(clerk, record_id, birth_date="1985-03")
    assert (put_right.raw.get("birth_date"), put_right.values["birth_date"]) == (None, "1985-03")
    assert edit(clerk, record_id, sex="").raw == {"phone": "ring the bell"}
    assert edit(clerk, record_id, phone="01 99 00 12 34").raw == {}


# --- associations and links ---------------------------------------------------------------------------------


def linked(registry: Registry) -> list[int | None]:
    from sqlalchemy import select

    from db.engine import reading
    from db.models import membership

    with reading(registry._engine) as connection:
        return list(connection.execute(select(membership.c.association_id).order_by(membership.c.id)).scalars())


def test_a_membership_is_linked_when_the_association_is_in_the_register(clerk: Registry) -> None:
    club = clerk.read(FindByNumber("4"))
    assert club == (ASSOCIATIONS, CLUB)
    person = add(clerk, full_name="Joiner", association="CLUB of examples")
    assert linked(clerk)[-1] == CLUB
    edit(clerk, person.id, association="Unknown Society")
    assert linked(clerk)[-1] is None
    other = add(clerk, ASSOCIATIONS, name="Second Society")
    edit(clerk, person.id, association="Second Society", association__role="chair")
    assert linked(clerk)[-1] == other.id
    nameless = edit(clerk, person.id, association="")
    assert (linked(clerk)[-1], nameless.values["association.role"]) == (None, "chair")
    assert "association.role" not in edit(clerk, person.id, association__role="").values
    assert len(linked(clerk)) == 1


def test_an_association_removed_leaves_its_name_and_comes_back_linked(clerk: Registry) -> None:
    person = add(clerk, full_name="Joiner", association="Club of Examples")
    assert linked(clerk)[-1] == CLUB
    batch = clerk.execute(DeleteRecords(ASSOCIATIONS, (CLUB,))).batch
    assert linked(clerk)[-1] is None
    assert clerk.read(GetRecord(PEOPLE, person.id)).values["association"] == "Club of Examples"
    clerk.execute(Undo(batch))
    assert linked(clerk)[-1] == CLUB
    assert clerk.read(VerifyHistory()).ok


def test_numbers_of_members_are_numbers(clerk: Registry) -> None:
    record = clerk.read(GetRecord(ASSOCIATIONS, CLUB))
    assert record.values["members"] == "12"
    outcome = clerk.execute(EditRecord(ASSOCIATIONS, CLUB, {"members": "12"}))
    assert outcome.value is False
    assert edit(clerk, CLUB, ASSOCIATIONS, members="1 300").values["members"] == "1300"
    assert clerk.read(ListIds(ASSOCIATIONS, "members>=1000")).tolist() == [CLUB]


# --- finding and reading ------------------------------------------------------------------------------------


def test_a_record_is_found_by_any_of_its_numbers(clerk: Registry) -> None:
    record = add(clerk, full_name="X", external_id="LIST-77")
    for text in (record.number, record.number.lower(), f" {record.number} ", str(record.id), "LIST-77"):
        assert clerk.read(FindByNumber(text)) == (PEOPLE, record.id)
    for text in ("", "nothing", "99999", "9" * 40, "-1"):
        with pytest.raises(Invalid, match="no such record"):
            clerk.read(FindByNumber(text))


def test_a_reference_like_the_id_of_another_record_names_neither(clerk: Registry) -> None:
    first = add(clerk, full_name="X", external_id="LIST-77")
    other = add(clerk, full_name="Y", external_id=str(first.id))
    with pytest.raises(Invalid, match="several records"):
        clerk.read(FindByNumber(str(first.id)))
    assert clerk.read(FindByNumber(other.number)) == (PEOPLE, other.id)
    edit(clerk, other.id, external_id=str(other.id))
    assert clerk.read(FindByNumber(str(other.id))) == (PEOPLE, other.id)
    add(clerk, ASSOCIATIONS, name="Z", external_id="LIST-77")
    with pytest.raises(Invalid, match="several records"):
        clerk.read(FindByNumber("LIST-77"))


def test_records_asked_for_by_id_come_in_order_without_those_that_are_gone(clerk: Registry) -> None:
    found = clerk.read(GetRecords(PEOPLE, (CY, 999, ANA, CLUB), ("full_name", "phone.2")))
    assert list(found) == [CY, ANA]
    assert found[ANA].values.keys() == {"full_name", "phone"}
    assert clerk.read(GetRecords(PEOPLE, ())) == {}


def test_the_index_follows_every_change(clerk: Registry) -> None:
    record = add(clerk, full_name="Findme Once")
    assert clerk.read(Search("findme")).total == 1
    edit(clerk, record.id, full_name="Other Name")
    assert clerk.read(Search("findme")).total == 0
    batch = clerk.execute(DeleteRecords(PEOPLE, (record.id,))).batch
    assert clerk.read(Search("other name")).total == 0
    clerk.execute(Undo(batch))
    assert clerk.read(Search("other name")).total == 1
    assert clerk.read(Check()).ok


def test_texts_that_look_like_something_else_are_kept_as_they_are(clerk: Registry) -> None:
    hostile = ["{full_name}", "%s", "'; drop table person; --", "<b>x</b>", "=1+1", "\\", 'a"b', "{0}", "نص", "👩‍👩‍👧"]
    for text in hostile:
        record = add(clerk, full_name=text, notes=text, occupation=text)
        assert (record.name, record.values["notes"], record.values["occupation"]) == (text, text, text)
        assert clerk.read(Search(text, plain=True)).total >= 0 if any(c.isalnum() for c in text) else True
    assert clerk.read(VerifyHistory()).ok
