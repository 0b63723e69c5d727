"""What is offered while a query is typed: words for fields, values with their counts, and where they go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registry.access import Role
from registry.app import Registry
from registry.commands import AddRecord, AddUser, EditRecord
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE
from registry.i18n import in_language
from registry.queries import CompleteQuery, ListIds
from registry.search.completing import Completion
from registry.search.folding import fold
from registry.search.names import SEGMENT_WORDS
from registry.search.unfinished import Unfinished, unfinished

PASSWORD = "Korrekt-Pferd-77-batterie"


def complete(registry: Registry, typed: str, kind: str = PEOPLE) -> Completion:
    """What is offered where `|` stands, or at the end."""
    text, bar, behind = typed.partition("|")
    return registry.read(CompleteQuery(kind, text + behind, len(text) if bar else len(typed)))


def texts(registry: Registry, typed: str, kind: str = PEOPLE) -> list[str]:
    return [offer.text for offer in complete(registry, typed, kind).offers]


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("", None),
        ("   ", None),
        ("cou|", Unfinished(0, 3, "cou")),
        ("maria cou|ntry x", Unfinished(6, 13, "cou")),
        ("-(cou|", Unfinished(2, 5, "cou")),
        ("country:|", Unfinished(0, 8, "country", ":")),
        ("country:F|R sex:x", Unfinished(0, 10, "country", ":", "F")),
        ('a city:"Saint Ét|', Unfinished(2, 16, "city", ":", "Saint Ét")),
        ('a city:"Saint Ét|ienne" b', Unfinished(2, 22, "city", ":", "Saint Ét")),
        ('skill:"civil x">=|', Unfinished(0, 17, "skill", ":", "civil x>=")),
        ("born>=19|", Unfinished(0, 8, "born", ">=", "19")),
        ('"a phr|', None),
        ("10:3|", None),
        ('city:"say ""so|', Unfinished(0, 14, "city", ":", 'say "so')),
        ('"done" cit|', Unfinished(7, 10, "cit")),
    ],
)
def test_the_item_that_is_being_typed(typed: str, item: Unfinished | None) -> None:
    text, _bar, behind = typed.partition("|")
    assert unfinished(text + behind, len(text)) == item


def test_words_for_fields_are_offered_in_the_language_of_the_window(registry: Registry) -> None:
    assert texts(registry, "coun")[0] == "country:"
    assert texts(registry, "born") == ["born:"]
    assert "date_of_birth:" in texts(registry, "date_of")
    assert texts(registry, "consent") == ["consent:", "consent.expires:"]
    assert "near:" in texts(registry, "ne")
    with in_language("fr"):
        first = complete(registry, "ville").offers[0]
        assert (first.text, first.label, first.count) == ("ville:", "Ville", None)
        assert texts(registry, "consente")[0] == "consentement:"
        assert "naissance:" in texts(registry, "naiss")
    assert texts(registry, "c") == texts(registry, "xqzw") == texts(registry, "unknown:") == []
    assert texts(registry, "memb", ASSOCIATIONS)[0] == "members:"


def test_every_word_on_offer_names_its_field(registry: Registry) -> None:
    for kind in KINDS:
        for beginning in ("co", "da", "na", "pa", "la", "re", "né", "en", "st", "أ", "город"):
            for word in texts(registry, beginning, kind):
                if fold(word.rstrip(":")) in SEGMENT_WORDS:
                    continue  # a name stands behind it
                assert ids(registry, f"{word}any", kind) is not None


def ids(registry: Registry, query: str, kind: str = PEOPLE) -> list[int]:
    return list(registry.read(ListIds(kind, query)))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("country:", ("country:France", "France", 2)),
        ("country:ger", ("country:Germany", "Germany", 1)),
        ("pays:alle", ("pays:Germany", "Germany", 1)),
        ("city:", ("city:Berlin", "Berlin", 1)),
        ("city:et", ("city:Saint-Étienne", "Saint-Étienne", 1)),
        ("sex:f", ("sex:Female", "Female", 2)),
        ("state:dec", ("state:Deceased", "Deceased", 1)),
        ("language:", ("language:French", "French", 2)),
        ("language:fr>=", ("language:fr>=A1", "A1 Breakthrough", 2)),
        ("language:fr>=C", ("language:fr>=C1", "C1 Effective operational proficiency", 1)),
        ("skill:nurs", ("skill:nursing_care", "Nursing care", 1)),
        ("occupation:tea", ("occupation:23", "Teaching professionals", 1)),
        ("born:", ("born:1985", "1985", 2)),
        ("born:197", ("born:1972", "1972", 1)),
        ("born>3", ("born>3m", "3 months ago", 4)),
        ("born>1", ("born>1m", "1 month ago", 4)),
        ("consent:", ("consent:outreach_news", "News and invitations", 2)),
        ("consent:news/l", ("consent:news/letter", "Letter", 1)),
        ("consent:news/ref", ("consent:news/refused", "Refused", 0)),
        ("near:ly", ("near:Lyon<50km", "Lyon, France", 2)),
        ("near:", ("near:Porto<50km", "Porto, Portugal", 1)),
        ("near:Lyon<1", ("near:Lyon<10km", "10 km from Lyon", 1)),
        ("phone:n", ("phone:none", "Nothing written down", 4)),
        ("phone:a", ("phone:any", "Anything written down", 2)),
        ("citizenship:", ("citizenship:France", "France", 1)),
        ("family_name:do", ("family_name:Đorđević", "Đorđević", 1)),
    ],
)
def test_values_come_with_what_they_find(registry: Registry, typed: str, first: tuple[str, str, int]) -> None:
    offers = {offer.text: offer for offer in complete(registry, typed).offers}
    offer = offers[first[0]]
    assert (offer.text, offer.label, offer.count) == first


@pytest.mark.parametrize(
    "typed",
    ["country:", "city:", "city:s", "sex:", "occupation:", "skill:", "skill:nursing>=", "language:", "language:fr>",
     "born:", "born<", "born>=", "consent:", "consent:news/", "near:", "near:l", "near:Lyon<", "citizenship:",
     "email:a", "confirmed>", "document.expires<+", "association:", "hometown:", "education:", "trust:", "willing:",
     "consent.outreach_news.letter:", "host.dual_citizenship:"],
)  # fmt: skip
def test_a_count_is_what_the_query_then_finds(registry: Registry, typed: str) -> None:
    for offer in complete(registry, typed).offers:
        assert offer.count == len(ids(registry, offer.text)), offer


def test_the_commonest_stand_first_and_what_is_typed_already_is_not_offered(registry: Registry) -> None:
    counts = [offer.count or 0 for offer in complete(registry, "country:").offers]
    assert counts == sorted(counts, reverse=True)
    assert "country:France" not in texts(registry, "country:France")


def test_an_offer_takes_the_place_of_the_item(registry: Registry) -> None:
    found = complete(registry, "maria -(country:fr|xx) x")
    assert (found.start, found.end) == (8, 20)
    assert found.offers[0].text == "country:France"
    assert complete(registry, 'city:"Saint É|').start == 0


def test_counts_follow_every_change_and_stay_with_their_kind(folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(folder, tmp_path / "copy"))
    with Registry.open(folder, "demo", "demo") as registry, Registry.open(folder, "demo", "demo") as other:
        before = {offer.text: offer.count for offer in complete(registry, "city:").offers}
        assert complete(registry, "city:").offers == complete(registry, "city:").offers
        (lyon,) = ids(other, "name:lyon")
        other.execute(EditRecord(PEOPLE, lyon, {"address.city": "Mons"}))
        after = {offer.text: offer.count for offer in complete(registry, "city:").offers}
        assert ("city:Namur" in before, "city:Namur" in after, after["city:Mons"]) == (True, False, 1)
        other.execute(EditRecord(PEOPLE, lyon, {"address.city": "Namur"}))
        other.execute(AddRecord(ASSOCIATIONS, {"name": "Seaside", "address.city": "Ostend"}))
        assert "city:Ostend" not in texts(registry, "city:o")
        assert texts(registry, "city:o", ASSOCIATIONS) == ["city:Ostend"]


def test_fields_that_are_not_seen_are_not_offered(registry: Registry, folder: Path) -> None:
    registry.execute(AddUser("otto", Role.OUTREACH, PASSWORD))
    with Registry.open(folder, "otto", PASSWORD) as his:
        assert not {"notes:", "document.type:", "passport:"} & {
            *texts(his, "not"),
            *texts(his, "docu"),
            *texts(his, "pass"),
        }
        assert texts(his, "document.type:") == texts(his, "trust:") == []


def test_numbers_and_names_of_single_people_are_never_listed(registry: Registry) -> None:
    for word in ("number", "external_id", "full_name", "document.number", "phone", "email", "notes"):
        assert texts(registry, f"{word}:m") == []


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            (
                '"',
                "(",
                ")",
                "-",
                " ",
                ":",
                "<",
                ">=",
                "/",
                ",",
                "born",
                "near:",
                "ly",
                "consent:",
                "skill:",
                "news",
                "language:fr",
                "country",
                "1",
                "é",
                "王",
                "\ud800",
            )
        ),
        max_size=8,
    ).map("".join),
    st.integers(0, 30),
)
@example("consent:/", 9)
@example("near:\ud800", 6)
@example("consent:nothing/r", 17)
def test_whatever_is_typed_something_or_nothing_is_offered(registry: Registry, text: str, cursor: int) -> None:
    for kind in KINDS:
        found = registry.read(CompleteQuery(kind, text, min(cursor, len(text))))
        assert 0 <= found.start <= found.end <= len(text)
        assert len(found.offers) <= 8
