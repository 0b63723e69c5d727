"""Near-equal spellings are found by words, sound and letters, each with the commonest one."""

from __future__ import annotations

import random
from time import process_time

import pytest

from registry.transfer.planning.clusters import NEAR, SAME_SOUND, SAME_WORDS, Alike, clusters


@pytest.mark.parametrize(
    ("common", "other", "likeness"),
    [
        ("Paper Mill of Nowhere", "nowhere, PAPER mil of", SAME_WORDS),
        ("Krasnoyarsk", "Krasnojarsk", SAME_SOUND),
        ("Antananarivo", "Antananarive", SAME_SOUND),
        ("Constantine", "Costantine", NEAR),
        ("Hospital of Invention", "Hopsital of Invention", NEAR),
        ("Тбилиси", "Tbilisi", SAME_WORDS),
    ],
)
def test_another_spelling_leads_to_the_commoner_one(common: str, other: str, likeness: str) -> None:
    assert list(clusters({common: 3, other: 1})) == [Alike(other, common, likeness)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("School 12", "School 13"),
        ("North Town", "South Town"),
        ("Lyon", "Lion"),
        ("Invented Hospital", "Invented Hotel"),
        ("University of A", "University of B"),
    ],
)
def test_what_only_looks_alike_is_left(one: str, other: str) -> None:
    assert list(clusters({one: 3, other: 1})) == []


def test_every_spelling_of_a_cluster_is_told_alone() -> None:
    found = list(clusters({"Krasnoyarsk": 9, "Krasnojarsk": 2, "KRASNOYARSK": 1, "Krasnoyarks": 1}))
    assert {(one.text, one.commoner) for one in found} == {
        ("KRASNOYARSK", "Krasnoyarsk"),
        ("Krasnojarsk", "Krasnoyarsk"),
        ("Krasnoyarks", "Krasnoyarsk"),
    }


def test_the_same_texts_in_another_order_give_the_same() -> None:
    rng = random.Random(5)
    words = [f"{a}{b}{c}" for a in ("Mar", "Mor", "Nar") for b in ("sel", "cel", "zal") for c in ("le", "ia", "burg")]
    texts = {word: rng.randrange(1, 4) for word in words}
    turned = list(texts.items())
    rng.shuffle(turned)
    assert list(clusters(texts)) == list(clusters(dict(turned)))


def test_many_texts_take_little_time() -> None:
    rng = random.Random(7)
    texts = {"".join(rng.choices("abcdefgimnoprstu", k=12)): 1 for _ in range(5_000)}
    started = process_time()
    assert len(list(clusters(texts))) < 50
    assert process_time() - started < 10
