"""What queries find in a real register."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import fields
from registry.access import Role
from registry.app import Registry
from registry.commands import AddUser
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import LANGUAGES, translate
from registry.queries import Facets, ListIds, Search
from registry.search.names import Names

MARIA, ANA, IVAN, WANG, LYON, ZOE = range(1, 7)


def ids(registry: Registry, query: str, kind: str = PEOPLE) -> set[int]:
    return set(registry.read(ListIds(kind, query)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {MARIA, ANA, IVAN, WANG, LYON, ZOE}),
        ("dordevic", {MARIA, ANA}),
        ("maria đorđević", {MARIA, ANA}),
        ("DORD mar", {MARIA, ANA}),
        ('"maria dordevic"', {MARIA}),
        ("петров", {IVAN}),
        ("王小明", {WANG}),
        ("王", {WANG}),
        ("xiaoming", {WANG}),
        ("lyon", {MARIA, LYON}),
        ("lyon OR berlin", {MARIA, LYON, IVAN, ZOE}),
        ("lyon -maria", {LYON}),
        ("-lyon -berlin", {ANA, WANG}),
        ("maria@example.org", {MARIA}),
        ("+33 1 99 00 12 34", {MARIA}),
        ("01 99 00 12 34", {MARIA}),
        ("0199001234", {MARIA}),
        ("0033199001234", {MARIA}),
        ("+33 (0)1 99 00 12 34", {MARIA}),
        ("199-00-12-34", {MARIA}),
        ("022 555 99 88", {WANG}),
        ("berlin 022 555 99 88", set()),
        ("a17", {MARIA}),
        ("A-17", {MARIA}),
        ("&", set()),
        ("maria & ana", {ANA}),
        ("sex:female", {MARIA, ANA}),
        ("sexe:femme", {MARIA, ANA}),
        ("-sex:female", {IVAN, WANG, LYON, ZOE}),
        ("sex:none", {WANG, LYON, ZOE}),
        ("sex:any", {MARIA, ANA, IVAN}),
        ("country:FR", {MARIA, ANA}),
        ("country:France", {MARIA, ANA}),
        ("pays:Frankreich", {MARIA, ANA}),
        ("country:DEU", {IVAN}),
        ("country:PT", {ZOE}),
        ("city:Saint-Etienne", {ANA}),
        ("city:etienne", {ANA}),
        ("city:tienne", set()),
        ('ville:"saint étienne"', {ANA}),
        ("city:lyon", {MARIA}),
        ("city:&", set()),
        ("name:lyon", {LYON}),
        ("family_name:dord", {MARIA}),
        ("native_name:王", {WANG}),
        ("native_name:小明", {WANG}),
        ("native_name:明王", set()),
        ("state:active", {MARIA, ANA, WANG, LYON, ZOE}),
        ("-state:deceased", {MARIA, ANA, WANG, LYON, ZOE}),
        ("born:1985", {MARIA, ANA}),
        ("born:1985-03", {MARIA}),
        ("born:12/3/1985", set()),
        ("born:12.03.1985", {MARIA}),
        ("born:1985-03-12", {MARIA}),
        ("born<1985", {WANG}),
        ("born<=1985", {WANG, MARIA, ANA}),
        ("born>1985", {IVAN}),
        ("born>=1985", {MARIA, ANA, IVAN}),
        ("born>=1985-03 born<=1985-03", {MARIA}),
        ("born:none", {LYON, ZOE}),
        ("phone:none", {ANA, IVAN, LYON, ZOE}),
        ("-phone:none", {MARIA, WANG}),
        ("phone:0199001234", {MARIA}),
        ("phone:9900", {MARIA}),
        ("occupation:nurse", {MARIA}),
        ("occupation:any", {MARIA, IVAN}),
        ("skill:nursing>=3", {MARIA}),
        ("skill:nursing>3", set()),
        ("language:fr", {MARIA, ANA}),
        ("language:fr>=B2", {MARIA}),
        ("language:français<B1", {ANA}),
        ("language.level>=C2", {IVAN}),
        ("citizenship:FR", {MARIA}),
        ("consent:news/letter", {MARIA}),
        ("consent:news", {MARIA, ANA}),
        ("consent:nouvelles/courrier", {MARIA}),
        ("consent.outreach_news.letter:refused", {ANA}),
        ("consent.outreach_news.letter:none", {IVAN, WANG, LYON, ZOE}),
        ("notes:choir", {WANG}),
        ("document.number:P123", {MARIA}),
        ("(country:FR OR country:DE) -sex:female", {IVAN}),
        ("number:none", set()),
        ("external_id:A17", {MARIA}),
    ],
)
def test_queries(registry: Registry, query: str, found: set[int]) -> None:
    if query == "born:12/3/1985":
        with pytest.raises(Invalid, match="two ways"):
            ids(registry, query)
        return
    assert ids(registry, query) == found
    assert found <= {hit.id for hit in registry.read(Search(query, limit=100)).results}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("contry:FR", "“contry” at position 1 is not a field. Did you mean “country”?"),
        ("x country:Frnce", "“Frnce” at position 3 is not a value of “country”. Did you mean “France”?"),
        ("sex>male", "has no order"),
        ("city<b", "has no order"),
        ("phone>1", "has no order"),
        ("consent>1", "has no order"),
        ("born:soon", "is not a date"),
        ("consent:x/letter", "is not a value of “consent”"),
    ],
)
def test_mistakes_are_sentences(registry: Registry, query: str, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        ids(registry, query)
    assert says in str(caught.value)


def test_the_best_match_stands_first(registry: Registry) -> None:
    answer = registry.read(Search("maria đorđević"))
    assert [hit.id for hit in answer.results] == [MARIA, ANA]
    assert answer.results[0].score == 1.0
    assert 0 < answer.results[1].score < 1.0
    reordered = registry.read(Search("Djordjevic OR Đorđević Maria")).results
    assert {hit.id for hit in reordered} == {MARIA, ANA}
    assert registry.read(Search("Đorđević Maria")).results[0].id == MARIA
    assert [hit.id for hit in registry.read(Search("lyon")).results] == [LYON, MARIA]
    assert registry.read(Search("a17")).results[0].score == 1.0


def test_pages_follow_each_other(registry: Registry) -> None:
    whole = registry.read(Search("", limit=100))
    parts = [registry.read(Search("", limit=2, offset=offset)).results for offset in (0, 2, 4)]
    assert [hit for part in parts for hit in part] == list(whole.results)
    assert [hit.id for hit in whole.results] == list(registry.read(ListIds(PEOPLE)))
    assert registry.read(Search("lyon", limit=0)).total == 2


def test_the_first_of_a_list_are_asked_for_alone(registry: Registry) -> None:
    everybody = registry.read(ListIds(PEOPLE))
    assert registry.read(ListIds(PEOPLE, first=3)) == everybody[:3]
    assert registry.read(ListIds(PEOPLE, descending=True, first=3)) == everybody[::-1]
    assert len(registry.read(ListIds(PEOPLE, "lyon", first=1))) == 2


def test_plain_text_is_never_query_language(registry: Registry) -> None:
    assert registry.read(Search("country:FR", plain=True)).total == 0
    assert [hit.id for hit in registry.read(Search("Maria (Đorđević)", plain=True)).results] == [MARIA, ANA]
    with pytest.raises(Invalid, match="nothing to look for"):
        registry.read(Search(" -- ", plain=True))


def test_lists_are_sorted(registry: Registry) -> None:
    def listed(sort: str, *, descending: bool = False) -> list[int]:
        return list(registry.read(ListIds(PEOPLE, "", sort, descending)))

    by_name = [MARIA, ANA, IVAN, LYON, WANG, ZOE]
    assert listed("") == by_name
    assert listed("", descending=True) == by_name[::-1]
    assert listed("birth_date") == [WANG, ANA, MARIA, IVAN, LYON, ZOE]
    assert listed("birth_date", descending=True) == [IVAN, MARIA, ANA, WANG, LYON, ZOE]
    # By label (Belgium, France, Germany, Portugal, Switzerland), not by code; equals by name.
    assert listed("address.country") == [LYON, MARIA, ANA, IVAN, ZOE, WANG]
    with pytest.raises(Invalid, match="can be sorted by"):
        listed("nonsense")


def test_associations(registry: Registry) -> None:
    names = list(registry.read(ListIds(ASSOCIATIONS)))
    assert [hit.name for hit in registry.read(Search("", ASSOCIATIONS)).results]
    elan, chorus = sorted(names)
    assert names == [chorus, elan]
    assert ids(registry, "edj", ASSOCIATIONS) == {elan}
    assert ids(registry, "members>12", ASSOCIATIONS) == {elan}
    assert ids(registry, "members:12", ASSOCIATIONS) == {chorus}
    assert ids(registry, "founded<2000", ASSOCIATIONS) == {elan}
    assert ids(registry, "type:youth", ASSOCIATIONS) == {elan}
    assert list(registry.read(ListIds(ASSOCIATIONS, "", "members"))) == [chorus, elan]


def test_what_a_user_may_not_see_is_unknown(registry: Registry, folder: Path) -> None:
    registry.execute(AddUser("olga", Role.OUTREACH, "Korrekt-Pferd-77-batterie"))
    with Registry.open(folder, "olga", "Korrekt-Pferd-77-batterie") as hers:
        for query in ("notes:choir", "document.number:P123", "passport:P1", "passeport:none"):
            with pytest.raises(Invalid, match="is not a field"):
                hers.read(ListIds(PEOPLE, query))
        assert list(hers.read(ListIds(PEOPLE, "P1234567"))) == []
        with pytest.raises(Invalid):
            hers.read(ListIds(PEOPLE, "", "notes"))
        with pytest.raises(Invalid):
            hers.read(Facets(PEOPLE, "", ("document.type",)))
        with pytest.raises(Invalid) as caught:
            hers.read(ListIds(PEOPLE, "notse:x"))
        assert "“notes”" not in str(caught.value)


def test_every_field_answers_to_its_names(registry: Registry) -> None:
    for kind in fields.KINDS:
        names = Names(kind, registry.session)
        for field in fields.of(kind):
            assert names.find(field.name) == (field,)
            assert names.knows(field.name.upper())
            if field.key is None:
                for language in LANGUAGES:
                    assert names.find(translate(field.label, language))
            for alias in field.aliases:
                assert names.find(alias)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("country", "address.country"),
        ("city", "address.city"),
        ("born", "birth_date"),
        ("confirmed", "last_confirmed"),
        ("state", "state"),
        ("language", "language"),
        ("name", "full_name"),
        ("postcode", "address.postal_code"),
    ],
)
def test_short_words(registry: Registry, word: str, name: str) -> None:
    assert [field.name for field in Names(PEOPLE, registry.session).find(word)] == [name]


def test_consent_is_a_group(registry: Registry) -> None:
    group = Names(PEOPLE, registry.session).find("consent")
    assert len(group) > 10
    assert {field.table for field in group} == {"consent"}


def test_many_matches_keep_their_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the compared ones the rest follows by name, nobody twice and nobody lost."""
    from registry.search import find

    monkeypatch.setattr(find, "_COMPARED", 1)
    with Registry.open(folder, "demo", "demo") as registry:
        answer = registry.read(Search("maria", limit=10))
        assert answer.total == 2
        assert {hit.id for hit in answer.results} == {MARIA, ANA}
        assert [h.score for h in answer.results] == sorted((h.score for h in answer.results), reverse=True)
        second = registry.read(Search("maria", limit=1, offset=1)).results
        assert second == answer.results[1:]
