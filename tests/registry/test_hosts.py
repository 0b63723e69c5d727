"""Host countries: what holds is written down with its source, and people are found by it."""

from __future__ import annotations

import pytest

from registry import commands as c
from registry import queries as q
from registry.errors import Invalid, NotAllowed
from tests.registry.post import Post


def found(post: Post, query: str) -> set[str]:
    return {hit.name for hit in post.open("clara").read(q.Search(query)).results}


def test_people_are_found_by_what_their_host_country_lets_them_do(post: Post) -> None:
    admin = post.open("amel")
    assert found(post, "host.dual_citizenship:any") == set()
    admin.execute(c.SetHostFact("France", "dual_citizenship", "yes", "Civil code", "2024"))
    assert found(post, "host.dual_citizenship:yes") == {"Ana Exemple", "Bo Sample"}
    assert found(post, "host.dual_citizenship:no") == set()
    assert found(post, "-host.dual_citizenship:yes") == {"Cy Pattern"}
    assert found(post, "host.double_tax_agreement:none") == {"Ana Exemple", "Bo Sample"}
    (fact,) = admin.read(q.HostFacts())
    assert (fact.country, fact.topic, fact.value, fact.source, fact.as_of) == (
        *("FRA", "dual_citizenship", "yes", "Civil code", "2024"),
    )


def test_what_was_written_down_can_be_changed_removed_and_brought_back(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.SetHostFact("FRA", "freedom_to_associate", "yes", "a law"))
    admin.execute(c.SetHostFact("FRA", "freedom_to_associate", "partly", "another law"))
    assert [fact.value for fact in admin.read(q.HostFacts())] == ["partly"]
    batch = admin.execute(c.SetHostFact("FRA", "freedom_to_associate", "")).batch
    assert admin.read(q.HostFacts()) == ()
    admin.execute(c.Undo(batch))
    assert [fact.value for fact in admin.read(q.HostFacts())] == ["partly"]
    assert admin.read(q.VerifyHistory()).ok


@pytest.mark.parametrize(
    ("command", "field", "words"),
    [
        (c.SetHostFact("Nowhere", "dual_citizenship", "yes", "x"), "country", "is not a country"),
        (c.SetHostFact("FRA", "taxes", "yes", "x"), "topic", "is not a topic"),
        (c.SetHostFact("FRA", "dual_citizenship", "always", "x"), None, "is not in the list"),
        (c.SetHostFact("FRA", "dual_citizenship", "yes", " "), "source", "where this is known from"),
        (c.SetHostFact("FRA", "dual_citizenship", "yes", "x", "2999"), "as_of", "in the future"),
        (c.SetHostFact("FRA", "dual_citizenship", "yes", "x", "2023-02-31"), None, "is not a date"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    post: Post, command: c.SetHostFact, field: str | None, words: str
) -> None:
    admin = post.open("amel")
    with pytest.raises(Invalid, match=words) as caught:
        admin.execute(command)
    assert caught.value.field == field
    assert admin.read(q.HostFacts()) == ()


def test_only_who_keeps_the_settings_writes_them(post: Post) -> None:
    with pytest.raises(NotAllowed):
        post.open("clara").execute(c.SetHostFact("FRA", "dual_citizenship", "yes", "x"))


def test_who_counts_is_a_query_and_a_broken_one_is_refused(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.ChangeSetting("belonging", "connection:citizen OR connection:descendant"))
    assert admin.read(q.GetSettings())["belonging"].startswith("connection")
    with pytest.raises(Invalid, match="bracket"):
        admin.execute(c.ChangeSetting("belonging", "(connection:citizen"))
    assert admin.execute(c.ChangeSetting("belonging", None)).changes.touch("settings")
