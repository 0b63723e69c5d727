"""Texts that wait for a code: listed with what they may mean, coded everywhere at once, and back."""

from __future__ import annotations

import pytest

from registry import commands as c
from registry import queries as q
from registry.errors import Invalid, NotAllowed
from tests.registry.post import ANA, BO, CY, Post


@pytest.fixture
def waiting(post: Post) -> Post:
    """Three people with occupations as they were written."""
    clerk = post.open("clara")
    for record, occupation in ((ANA, "Nursing lady"), (BO, "Nursing lady"), (CY, "infirmière")):
        clerk.execute(c.EditRecord("people", record, {"occupation": occupation}))
    return post


def occupations(post: Post) -> list[str]:
    records = post.open("clara").read(q.GetRecords("people", (ANA, BO, CY), ("occupation",)))
    return [record.values["occupation"] for record in records.values()]


def test_what_has_no_code_is_listed_once_with_its_count_and_what_it_may_mean(waiting: Post) -> None:
    assert occupations(waiting) == ["Nursing lady", "Nursing lady", "2221"]
    (value,) = [v for v in waiting.open("clara").read(q.UncodedValues("people")) if v.field == "occupation"]
    assert (value.text, value.count) == ("Nursing lady", 2)
    assert "2221" in [suggestion.code for suggestion in value.suggestions]


def test_one_decision_codes_every_record_and_is_taken_back_as_one(waiting: Post) -> None:
    clerk = waiting.open("clara")
    done = clerk.execute(c.CodeValue("people", "occupation", "Nursing lady", "2221"))
    assert done.value == 2
    assert occupations(waiting) == ["2221", "2221", "2221"]
    assert clerk.read(q.UncodedValues("people")) == ()
    for query in ("occupation:nurse", "occupation:2221", '"nursing lady"'):
        assert clerk.read(q.Search(query)).total >= 2, query
    clerk.execute(c.Undo(done.batch))
    assert occupations(waiting) == ["Nursing lady", "Nursing lady", "2221"]
    assert clerk.read(q.VerifyHistory()).ok


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (c.CodeValue("people", "occupation", "Nursing lady", "nonsense"), "not in the list"),
        (c.CodeValue("people", "occupation", "Wizard", "2221"), "Nobody has"),
        (c.CodeValue("people", "sex", "Nursing lady", "male"), "not a field whose texts"),
        (c.CodeValue("people", "nowhere", "Nursing lady", "male"), "not a field whose texts"),
    ],
)
def test_what_cannot_be_is_said(waiting: Post, command: c.CodeValue, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        waiting.open("clara").execute(command)
    assert occupations(waiting)[0] == "Nursing lady"


def test_who_may_not_edit_codes_nothing(waiting: Post) -> None:
    for name in ("mara", "otto"):
        with pytest.raises(NotAllowed):
            waiting.open(name).execute(c.CodeValue("people", "occupation", "Nursing lady", "2221"))
