"""Days that cannot follow each other, and slips in registration numbers, are refused at their field."""

from __future__ import annotations

import pytest

from registry import possible
from registry.app import Registry
from registry.commands import EditRecord
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.numbers import MISTYPED
from registry.queries import GetRecord
from tests.registry.post import ANA, BO, CLUB, Post


@pytest.fixture
def clerk(post: Post) -> Registry:
    return post.open("clara")


@pytest.mark.parametrize(
    ("texts", "field", "message"),
    [
        ({"address.city": "Lyon", "address.from": "2020", "address.to": "2010-05"}, "address.to", "order"),
        ({"citizenship": "FRA", "citizenship.from": "2020", "citizenship.to": "2019"}, "citizenship.to", "order"),
        ({"occupation": "Cook", "occupation.from": "2020-05", "occupation.to": "2020-04"}, "occupation.to", "order"),
        ({"residence": "FRA", "residence.from": "2001", "residence.to": "2000"}, "residence.to", "order"),
        ({"relative": "Zoe", "relative.from": "2001", "relative.to": "1999"}, "relative.to", "order"),
        ({"association": "Choir", "association.from": "2001", "association.to": "1999"}, "association.to", "order"),
        ({"document.number": "X1", "document.issued": "2020", "document.expires": "2019"}, "document.expires", "issue"),
        ({"document.number": "X1", "document.issued": "2999"}, "document.issued", "come"),
        ({"departure_year": "2999"}, "departure_year", "come"),
        ({"arrival_year": "2999"}, "arrival_year", "come"),
        ({"relative": "Zoe (TST-26-000001-A)"}, "relative", "slip"),
        ({"weeks_a_year": "53"}, "weeks_a_year", "many"),
        ({"skill": "Welding", "skill.years": "101"}, "skill.years", "many"),
        ({"registered_on": "2024-05", "valid_until": "2020"}, "valid_until", "ended"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    clerk: Registry, texts: dict[str, str], field: str, message: str
) -> None:
    before = clerk.read(GetRecord(PEOPLE, BO)).values
    with pytest.raises(Invalid) as caught:
        clerk.execute(EditRecord(PEOPLE, BO, texts))
    said = {"order": possible.BEFORE_BEGINNING, "come": possible.STILL_TO_COME, "slip": MISTYPED} | {
        "many": possible.TOO_MANY,
        "issue": possible.BEFORE_ISSUE,
        "ended": possible.BEFORE_REGISTRATION,
    }
    assert (caught.value.field, caught.value.message) == (field, said[message])
    assert clerk.read(GetRecord(PEOPLE, BO)).values == before


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"officer": "Zoe", "officer.role": "president", "officer.from": "2020", "officer.to": "2019"}, "officer.to"),
        ({"founded": "2999"}, "founded"),
        ({"members.on": "2999"}, "members.on"),
        ({"members": "12", "members.women": "13"}, "members.women"),
    ],
)
def test_an_association_has_no_impossible_days_either(clerk: Registry, texts: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        clerk.execute(EditRecord(ASSOCIATIONS, CLUB, texts))
    assert caught.value.field == field


def test_a_beginning_behind_the_end_is_refused_and_an_estimated_one_is_not(clerk: Registry) -> None:
    texts = {"residence": "FRA", "residence.from": "2001", "residence.to": "2003"}
    clerk.execute(EditRecord(PEOPLE, ANA, texts))
    with pytest.raises(Invalid) as caught:
        clerk.execute(EditRecord(PEOPLE, ANA, {"residence.from": "2004"}))
    assert caught.value.field == "residence.to"
    assert clerk.execute(EditRecord(PEOPLE, ANA, {"residence.from": "about 2004"})).value
