"""The order in which readers look for values."""

from __future__ import annotations

import itertools

import pytest

from registry import fields
from registry.app import Registry
from registry.fields import PEOPLE
from registry.queries import GetRecords, ListIds
from registry.search.collation import collated, sort_key

#: Each in the order of its alphabet.
ALPHABETS = (
    ("Eda", "Édith", "Ege", "Étienne", "Eva", "Łukasz", "Lux", "Œuvre", "Of", "O'Neil", "Zoé"),
    ("Абрамов", "Євген", "Жук", "Иванов", "Їжак", "Йовков", "Кузнецов", "Љубов", "Мир", "Ћук", "Уткин"),
    ("أحمد", "بكر", "پرویز", "تامر", "زيد", "ژاله", "كمال", "گل", "محمد", "ياسر"),
    ("בן", "כהן", "לוי", "פרץ", "תמר"),
    ("Άννα", "Βάσω", "Έλλη", "Ζωή"),
    ("House 2", "House 9", "House 10", "House 10a"),
)


@pytest.mark.parametrize("listed", ALPHABETS)
def test_each_alphabet_is_in_its_order(listed: tuple[str, ...]) -> None:
    for before, after in itertools.pairwise(listed):
        assert collated(before) < collated(after), (before, after)


def test_accents_and_case_count_only_between_equals() -> None:
    names = fields.by_name(PEOPLE)["hometown"]
    listed = ["cote", "côte", "Coté", "coter"]
    assert collated("cote") == collated("Côté")
    assert sorted(listed[::-1], key=lambda text: sort_key(names, text))[-1] == "coter"


def test_levels_stand_by_rank() -> None:
    level = fields.by_name(PEOPLE)["language.level"]
    assert sorted(("native", "C1", "A2"), key=lambda code: sort_key(level, code)) == ["A2", "C1", "native"]


@pytest.mark.parametrize("field", [f.name for f in fields.of(PEOPLE)])
def test_every_column_sorts_the_whole_list_with_empty_values_last(registry: Registry, field: str) -> None:
    everybody = list(registry.read(ListIds(PEOPLE)))
    records = registry.read(GetRecords(PEOPLE, tuple(everybody)))
    for descending in (False, True):
        listed = list(registry.read(ListIds(PEOPLE, "", field, descending)))
        assert sorted(listed) == sorted(everybody)
        filled = [field in records[i].values for i in listed]
        assert filled == sorted(filled, reverse=True)
