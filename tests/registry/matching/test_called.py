"""Names in words: what is compared of them."""

from __future__ import annotations

import pytest

from db.batches import by_column
from registry.fields import PEOPLE
from registry.matching.called import FAMILY, FREE, GIVEN, names_of


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"full_name": "王小明"}, [("wang C", FREE), ("xiaoming C", FREE)]),
        ({"full_name": "김민지", "native_name": "김 민지"}, [("kim H", FREE), ("minji H", FREE)]),
        (
            {"full_name": "王小明", "given_name": "小明", "family_name": "王"},
            [("xiaoming C", GIVEN), ("wang C", FAMILY)],
        ),
        (
            {"full_name": "Ana Exemple-Modèle", "given_name": "Ana", "family_name": "Exemple-Modèle"},
            [("ana L", GIVEN), ("exemple L", FAMILY), ("modele L", FAMILY), ("exemplemodele L", FAMILY)],
        ),
    ],
)
def test_an_undivided_name_is_compared_in_the_words_of_its_parts(
    said: dict[str, object], words: list[tuple[str, int]]
) -> None:
    (names,) = names_of(PEOPLE, by_column([(1, {"person": [said]})]))
    assert names[0] == words
