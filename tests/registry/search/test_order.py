"""The order by name that is kept in memory is the one that the register has, whatever was changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from db import engine as store
from db.models import person
from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, DeleteRecords, EditRecord, LoadDemonstration, Undo
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import ListIds, ReadNames, Search
from registry.search import find, order
from tests.registry.search.conftest import ASSOCIATION_ROWS, PEOPLE_ROWS

QUERIES = ("maria", "dor", "lyon", "l", "ber", "王", '"maria dordevic"', "maria 1985", "", "country:FR")
ANNA = {"full_name": "Anna Lyonnet", "family_name": "Lyonnet", "given_name": "Anna"}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    folder = tmp_path / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as opened:
        opened.execute(LoadDemonstration(PEOPLE, PEOPLE_ROWS))
        opened.execute(LoadDemonstration(ASSOCIATIONS, ASSOCIATION_ROWS))
        yield opened


def in_the_register(registry: Registry) -> list[int]:
    with store.reading(registry._engine) as connection:
        return list(connection.execute(select(person.c.id).order_by(person.c.sort_key, person.c.id)).scalars())


def is_known(registry: Registry) -> bool:
    with store.reading(registry._engine) as connection:
        return order.known_order(connection) is not None


def test_the_order_follows_what_is_changed_here(registry: Registry) -> None:
    assert not is_known(registry)
    assert list(registry.read(ListIds(PEOPLE))) == in_the_register(registry)
    first, last = registry.read(ListIds(PEOPLE))[0], registry.read(ListIds(PEOPLE))[-1]
    added = registry.execute(AddRecord(PEOPLE, ANNA))
    registry.execute(LoadDemonstration(PEOPLE, ({"full_name": "Aaron First"}, {"full_name": "Zzz"})))
    changes = [
        added.batch,
        registry.execute(EditRecord(PEOPLE, first, {"full_name": "Zzyzx Last"})).batch,
        registry.execute(EditRecord(PEOPLE, last, {"full_name": "Aaron First"})).batch,
        registry.execute(DeleteRecords(PEOPLE, (added.value.id, last))).batch,
    ]  # fmt: skip
    assert is_known(registry)
    assert list(registry.read(ListIds(PEOPLE))) == in_the_register(registry)
    for batch in reversed(changes):
        registry.execute(Undo(batch))
        assert is_known(registry)
        assert list(registry.read(ListIds(PEOPLE))) == in_the_register(registry)


def test_each_alphabet_stands_by_itself_latin_first(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    listed = ["Ábel Aaro", "Bela Ødegaard", "Zoë Zima", "Αγγελος Ωμεγα", "Анна Борисова", "Ґанна Гайова", "Яна Юрова"]
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(LoadDemonstration(PEOPLE, tuple({"full_name": name} for name in reversed(listed))))
        registry.execute(LoadDemonstration(ASSOCIATIONS, tuple({"name": name} for name in reversed(listed))))
        for kind in (PEOPLE, ASSOCIATIONS):
            everybody = registry.read(Search("", kind=kind)).results
            assert [hit.name for hit in everybody] == listed
            assert [hit.id for hit in everybody] == list(registry.read(ListIds(kind)))
            assert [hit.id for hit in everybody[:3]] == list(registry.read(ListIds(kind, first=3)))
            page = registry.read(Search("", kind=kind, limit=2, offset=3)).results
            assert [hit.name for hit in page] == listed[3:5]


def test_the_order_is_read_again_after_changes_of_many_or_of_another_program(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.read(ListIds(PEOPLE))
    with Registry.open(registry.folder, "demo", "demo") as another:
        another.execute(AddRecord(PEOPLE, ANNA))
    assert not is_known(registry)
    assert list(registry.read(ListIds(PEOPLE))) == in_the_register(registry)
    monkeypatch.setattr(order, "_MOST_MOVED", 1)
    registry.execute(LoadDemonstration(PEOPLE, ({"full_name": "Aaron First"}, {"full_name": "Zzz"})))
    assert not is_known(registry)
    assert list(registry.read(ListIds(PEOPLE))) == in_the_register(registry)


@pytest.mark.parametrize("most", [find._COMPARED, 1])
@pytest.mark.parametrize(
    "query", ["maria", "dor", "lyon", "l", "ber", "王", '"maria dordevic"', "maria 1985", "", "country:FR"]
)
def test_lists_and_pages_are_the_same_with_and_without_it(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, query: str, most: int
) -> None:
    monkeypatch.setattr(find, "_COMPARED", most)
    asked = [ListIds(PEOPLE, query), ListIds(PEOPLE, query, descending=True), ListIds(ASSOCIATIONS, query)]
    pages = [Search(query, limit=2, offset=offset) for offset in (0, 1, 3)]
    before = [registry.read(each) for each in asked if each.query], [_found(registry, page) for page in pages]
    assert not is_known(registry)
    registry.read(ListIds(PEOPLE))
    assert is_known(registry)
    assert before == ([registry.read(each) for each in asked if each.query], [_found(registry, page) for page in pages])


def test_words_of_associations_are_no_people(registry: Registry) -> None:
    (lake,) = registry.read(ListIds(ASSOCIATIONS, "lake"))
    assert list(registry.read(ListIds(PEOPLE, "lake"))) == []
    assert [hit.id for hit in registry.read(Search("lake", ASSOCIATIONS)).results] == [lake]
    assert list(registry.read(ListIds(ASSOCIATIONS, "maria"))) == []


def test_who_is_called_just_so_needs_no_close_names(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.read(ReadNames())
    near = registry.execute(AddRecord(PEOPLE, {"full_name": "Iwan Petrow"})).value.id
    assert near in {hit.id for hit in registry.read(Search("Iván Petroff")).results}
    assert near in {hit.id for hit in registry.read(Search("Ivan Petrov", plain=True)).results}
    assert [hit.name for hit in registry.read(Search("petrov ivan")).results] == ["Ivan Petrov"]
    monkeypatch.setattr(find, "_ENOUGH", 1)
    assert [hit.name for hit in registry.read(Search("petro")).results] == ["Ivan Petrov", "Iwan Petrow"]


def _found(registry: Registry, page: Search) -> tuple[object, ...]:
    answer = registry.read(page)
    return answer.total, answer.results
