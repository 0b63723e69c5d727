"""Who has a word of a name, in memory, is who has it in the register, whatever was changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import engine as store
from db import names
from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, DeleteRecords, EditRecord, LoadDemonstration, Undo
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import ListIds, ReadNames, Search
from registry.search import owners
from tests.registry.search.conftest import ASSOCIATION_ROWS, PEOPLE_ROWS


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    folder = tmp_path / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as opened:
        opened.execute(LoadDemonstration(PEOPLE, PEOPLE_ROWS))
        opened.execute(LoadDemonstration(ASSOCIATIONS, ASSOCIATION_ROWS))
        yield opened


def in_memory_and_register(registry: Registry) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    with store.reading(registry._engine) as connection:
        words = {word.id for word in names.words_after(connection, 0, 1_000)}
        both = owners.owners_of(connection, words), names.records_of(connection, words)
    memory, register = ({word: found.tolist() for word, found in by_word.items()} for by_word in both)
    return memory, register


def is_known(registry: Registry) -> bool:
    with store.reading(registry._engine) as connection:
        return owners._renewed(connection) is not None


def test_what_is_in_memory_follows_what_is_changed_here(registry: Registry) -> None:
    assert not is_known(registry)
    registry.read(ReadNames())
    first = registry.read(ListIds(PEOPLE))[0]
    added = registry.execute(AddRecord(PEOPLE, {"full_name": "Anna Maria Lyonnet"}))
    changes = [
        added.batch,
        registry.execute(EditRecord(PEOPLE, first, {"full_name": "Zzyzx Lyonnet"})).batch,
        registry.execute(DeleteRecords(PEOPLE, (added.value.id, registry.read(ListIds(PEOPLE))[-1]))).batch,
    ]
    for batch in [0, *reversed(changes)]:
        if batch:
            registry.execute(Undo(batch))
        assert is_known(registry)
        memory, register = in_memory_and_register(registry)
        assert memory == register


def test_after_changes_of_many_or_of_another_program_the_register_is_asked(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.read(ReadNames())
    with Registry.open(registry.folder, "demo", "demo") as another:
        another.execute(AddRecord(PEOPLE, {"full_name": "Anna Lyonnet"}))
    assert not is_known(registry)
    assert registry.read(Search("Ana Lyonet", plain=True)).results[0].name == "Anna Lyonnet"
    registry.read(ReadNames())
    assert is_known(registry)
    monkeypatch.setattr(owners, "_MOST_TOUCHED", 1)
    registry.execute(LoadDemonstration(PEOPLE, ({"full_name": "Aaron First"}, {"full_name": "Zzz"})))
    assert not is_known(registry)
    assert registry.read(Search("Aron First", plain=True)).results[0].name == "Aaron First"
