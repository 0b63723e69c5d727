"""Terms of a registry's own: a ministry's list laid over a vocabulary, words added one by one, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import commands as c
from registry import queries as q
from registry.errors import BadFile, Invalid, NotAllowed
from registry.vocabularies import get
from tests.registry.post import ANA, BO, Post

NATIONAL = """code,label,label_fr,aliases,parent
2221-7,Night nurses,Infirmiers de nuit,Moonlight nurse,2221
9629-3,Lantern keepers,Gardiens de lanternes,Lamplighter; Wick trimmer,9629
"""


@pytest.fixture
def national(tmp_path: Path) -> Path:
    path = tmp_path / "national.csv"
    path.write_text(NATIONAL, encoding="utf-8")
    return path


def occupation(post: Post, record: int) -> str:
    return post.open("clara").read(q.GetRecord("people", record)).values["occupation"]


def test_a_ministrys_list_is_coded_searched_and_rolled_up(post: Post, national: Path) -> None:
    admin, clerk = post.open("amel"), post.open("clara")
    clerk.execute(c.EditRecord("people", BO, {"occupation": "Lamplighter"}))
    done = admin.execute(c.ImportTerms("isco", national))
    assert (done.value.added, done.value.changed) == (2, 0)
    clerk.execute(c.EditRecord("people", ANA, {"occupation": "Moonlight nurse"}))
    assert occupation(post, ANA) == "2221-7"
    assert clerk.read(q.Search('occupation:"night nurses"')).total == 1
    assert clerk.read(q.Search("occupation:2221-7")).total == 1
    assert [v.text for v in clerk.read(q.UncodedValues("people"))] == ["Lamplighter"]
    clerk.execute(c.CodeValue("people", "occupation", "Lamplighter", "Lamplighter"))
    assert occupation(post, BO) == "9629-3"
    again = admin.execute(c.ImportTerms("isco", national)).value
    assert (again.added, again.changed) == (0, 0)
    assert "2221-7" not in get("isco").labels, "what one registry adds is nobody else's"


def test_an_import_of_terms_is_taken_back_and_what_was_coded_waits_again(post: Post, national: Path) -> None:
    admin = post.open("amel")
    batch = admin.execute(c.ImportTerms("isco", national)).batch
    post.open("clara").execute(c.EditRecord("people", ANA, {"occupation": "Lamplighter"}))
    admin.execute(c.Undo(batch))
    assert admin.read(q.ListTerms()) == ()
    assert [v.text for v in admin.read(q.UncodedValues("people"))] == ["9629-3"]
    assert admin.read(q.VerifyHistory()).ok


def test_an_officer_adds_a_word_that_the_list_lacks(post: Post) -> None:
    clerk = post.open("clara")
    code = clerk.execute(c.AddTerm("skill", " Lantern  making ", "")).value
    clerk.execute(c.EditRecord("people", ANA, {"skill": "lantern making"}))
    assert clerk.read(q.GetRecord("people", ANA)).values["skill"] == code
    assert clerk.read(q.GetRecord("people", ANA)).values["skill"] != "lantern making"
    assert [t.label for t in clerk.read(q.ListTerms())] == ["Lantern making"]
    assert post.open("amel").execute(c.RemoveTerms("skill", (code, "nowhere"))).value == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (c.AddTerm("sex", "Lantern"), "is fixed"),
        (c.AddTerm("skill", "  "), "needs a name"),
        (c.AddTerm("skill", "Masonry"), "in the list already"),
        (c.AddTerm("skill", "Lantern making", "no such entry"), "to put the term under"),
        (c.ImportTerms("country", Path("x.csv")), "is fixed"),
    ],
)
def test_what_cannot_be_is_said(post: Post, command: c.AddTerm | c.ImportTerms, words: str) -> None:
    admin = post.open("amel")
    with pytest.raises(Invalid, match=words):
        admin.execute(command)
    assert admin.read(q.ListTerms()) == ()


def test_a_list_that_is_none_changes_nothing(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("code,label,parent\n1x,One,nowhere\n", encoding="utf-8")
    admin = post.open("amel")
    with pytest.raises(BadFile, match="no entry has that code"):
        admin.execute(c.ImportTerms("isco", path))
    assert admin.read(q.ListTerms()) == ()


def test_who_keeps_the_settings_imports_lists(post: Post, national: Path) -> None:
    with pytest.raises(NotAllowed):
        post.open("clara").execute(c.ImportTerms("isco", national))
