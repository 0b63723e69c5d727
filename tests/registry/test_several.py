"""One field of many records, set at once: one step, refused rows told, nothing half-done."""

from __future__ import annotations

import pytest

from registry.access import Role, Session
from registry.app import Registry
from registry.commands import AddRecord, EditRecord, LogActivity, SetField, Undo
from registry.errors import Cancelled, Invalid, NotAllowed
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import GetRecord, ListActivities, ListIds, VerifyHistory
from registry.several import NOT_FOR_SEVERAL, settable
from tests.registry.post import ANA, BO, CLUB, CY, Post

EVERYBODY = (ANA, BO, CY)


@pytest.fixture
def clara(post: Post) -> Registry:
    return post.open("clara")


def values(registry: Registry, name: str, ids: tuple[int, ...] = EVERYBODY) -> list[str]:
    return [registry.read(GetRecord("people", i)).values.get(name, "") for i in ids]


class Stopped:
    """Progress of somebody who changes their mind at the second look."""

    def __init__(self) -> None:
        self.looks = 0

    def step(self, _done: int, _total: int, _message: str) -> None:
        self.looks += 1
        if self.looks == 2:
            raise Cancelled

    def committing(self) -> None:
        return None


def test_all_get_the_value_in_one_step(clara: Registry) -> None:
    clara.execute(EditRecord("people", BO, {"civil_status": "married"}))
    treated = clara.execute(SetField("people", (*EVERYBODY, ANA, CLUB, 999), "civil_status", "Married")).value
    assert (treated.done, treated.left) == (2, ())
    assert values(clara, "civil_status") == ["married"] * 3
    assert set(clara.read(ListIds("people", "civil_status:married"))) == set(EVERYBODY)
    clara.execute(Undo())
    assert values(clara, "civil_status") == ["", "married", ""]
    assert clara.read(VerifyHistory()).ok


def test_an_empty_text_empties(clara: Registry) -> None:
    clara.execute(SetField("people", EVERYBODY, "hometown", "Examplia"))
    assert set(clara.read(ListIds("people", "examplia"))) == set(EVERYBODY)
    assert clara.execute(SetField("people", (ANA,), "hometown", "")).value.done == 1
    assert values(clara, "hometown") == ["", "Examplia", "Examplia"]


def test_who_cannot_have_the_value_is_left_and_named(clara: Registry) -> None:
    large = clara.execute(AddRecord("associations", {"name": "Large Club", "members": "50"})).value.id
    treated = clara.execute(SetField("associations", (CLUB, large), "members.women", "30")).value
    assert treated.done == 1
    (left,) = treated.left
    assert left.number == clara.read(GetRecord("associations", CLUB)).number
    assert "more than all members" in left.reason
    assert "members.women" not in clara.read(GetRecord("associations", CLUB)).values


def test_a_text_that_the_field_cannot_hold_is_refused_at_the_field(clara: Registry) -> None:
    with pytest.raises(Invalid) as caught:
        clara.execute(SetField("people", EVERYBODY, "civil_status", "purple"))
    assert caught.value.field == "civil_status"
    assert values(clara, "civil_status") == ["", "", ""]


@pytest.mark.parametrize("name", ["full_name", "number", "birth_date", "state", "phone", "notes", "valid_until"])
def test_what_is_each_records_own_is_not_set_for_several(clara: Registry, name: str) -> None:
    with pytest.raises((Invalid, NotAllowed)):
        clara.execute(SetField("people", EVERYBODY, name, "1985-03-12"))


def test_protected_and_unknown_fields_are_not_fields_here(post: Post, clara: Registry) -> None:
    for registry in (clara, post.open("petra")):
        for name in ("legal_status", "safe_contact", "no_such_field"):
            with pytest.raises(Invalid):
                registry.execute(SetField("people", EVERYBODY, name, "x"))
    with pytest.raises(NotAllowed):
        post.open("otto").execute(SetField("people", EVERYBODY, "hometown", "x"))


@pytest.mark.parametrize("kind", [PEOPLE, ASSOCIATIONS])
def test_every_field_on_offer_is_taken(post: Post, kind: str) -> None:
    amel = post.open("amel")
    offered = settable(kind, Session(1, "amel", Role.ADMINISTRATOR))
    assert len(offered) > 15
    ids = EVERYBODY if kind == PEOPLE else (CLUB,)
    for field in offered:
        assert amel.execute(SetField(kind, ids, field.name, "")).value.left == ()
    with pytest.raises(Invalid) as caught:
        amel.execute(SetField(kind, ids, "external_id", "A"))
    assert caught.value.message == NOT_FOR_SEVERAL


def test_who_stops_it_leaves_nothing(clara: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.several._SLICE", 1)
    with pytest.raises(Cancelled):
        clara.execute(SetField("people", EVERYBODY, "hometown", "Examplia"), Stopped())
    assert values(clara, "hometown") == ["", "", ""]
    monkeypatch.setattr("registry.activities._SLICE", 1)
    with pytest.raises(Cancelled):
        clara.execute(LogActivity("people", EVERYBODY, {"activity": "call"}), Stopped())
    assert not [a for a in clara.read(ListActivities("people", BO)) if a.kind == "call"]
