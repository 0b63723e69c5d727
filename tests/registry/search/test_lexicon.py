"""The words of a registry in columns: none is lost, changed or taken for another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from db import names
from db.engine import close_engine, reading, writing
from registry.search import closeness, lexicon
from registry.search.lexicon import lexicon_of
from registry.search.readings import Token, token
from registry.search.tokens import WIDTH, Tokens, codes_of
from tests.db.register import make

WORDS = [token(text, script) for text, script in (("mohammed", "L"), ("mhmd", "A"), ("wei", "C"), ("a", "L"))]
LONG = token("wolfeschlegelsteinhausenbergerdorff", "L")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make(tmp_path / "registry.db")
    yield made
    close_engine(made)


def write(engine: Engine, first: int, *texts: str) -> None:
    """One record for each word, from that id on."""
    listed = [names.Entry(first + n, [[text]]) for n, text in enumerate(texts)]
    with writing(engine) as connection:
        names.replace(connection, listed, lambda text: [(token(text, "L"),)], fresh=True)


def close_to(engine: Engine, text: str) -> dict[str, float]:
    """Words close to this one, with their log-odds."""
    with reading(engine) as connection:
        words = lexicon_of(connection)
        found = words.close_to(token(text, "L"), 50)
        tokens = words.tokens(np.sort(found.ids))
        return {tokens[i].text: odds for i, odds in zip(found.ids.tolist(), found.odds.tolist(), strict=True)}


def test_words_in_columns_are_the_same_words() -> None:
    columns = Tokens.of(WORDS[:2]).and_then(Tokens.of([])).and_then(Tokens.of(WORDS[2:]))
    assert columns.each() == WORDS
    assert columns.take(np.array([3, 0, 0])).each() == [WORDS[3], WORDS[0], WORDS[0]]
    assert columns.take(np.zeros(0, np.int64)).each() == []


def test_a_word_longer_than_a_column_is_found_by_its_beginning() -> None:
    assert Tokens.of([LONG]).each()[0].text == LONG.text[:WIDTH]
    assert closeness.features(LONG, Tokens.of([LONG]))[0, :10].tolist() == [1, 1, 1, 1, 1, 1, 5, 0, 1, 0]


def test_skeletons_are_told_apart_by_each_consonant() -> None:
    listed = ["A", "P", "PT", "TP", "PTK", "NMLSKTP", "PTKSLMNPTKSLMNPT"]
    assert len(set(codes_of(listed).tolist())) == len(listed)


@pytest.mark.parametrize(
    ("asked", "word", "column"),
    [("maria", "maria", 8), ("mari", "maria", 9), ("mariam", "maria", 10)],
    ids=["the same", "its beginning", "longer"],
)
def test_a_word_and_its_beginning_are_seen(asked: str, word: str, column: int) -> None:
    weighed = closeness.features(token(asked, "L"), Tokens.of([token(word, "L"), token("petra", "L")]))
    assert weighed[0, 8:11].tolist() == [float(n == column) for n in (8, 9, 10)]
    assert not weighed[1, 8:11].any()


def test_scripts_without_vowels_have_their_own_model() -> None:
    models = closeness.models(WORDS[0], Tokens.of(WORDS))
    assert models.tolist() == [
        closeness.SAME_SCRIPT, closeness.WITHOUT_VOWELS, closeness.OTHER_SCRIPT, closeness.SAME_SCRIPT,
    ]  # fmt: skip


def test_close_words_are_found_whenever_they_were_written(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_WAITING", 3)
    monkeypatch.setattr(lexicon, "_AT_ONCE", 2)
    assert close_to(engine, "maria") == {}
    written: list[str] = []
    for first, texts in ((1, ["maria", "petrossian"]), (9, ["mariya"]), (20, ["marie", "miriam", "kwabena"])):
        write(engine, first, *texts)
        written += texts
        found = close_to(engine, "maria")
        assert {"maria"} <= found.keys() <= set(written)
        assert max(found, key=lambda text: found[text]) == "maria"
        assert "petrossian" not in found or found["petrossian"] < 0
    assert {"mariya", "marie", "miriam"} <= found.keys()


def test_words_that_came_later_are_unknown_until_they_are_read(engine: Engine) -> None:
    write(engine, 1, "maria")
    with reading(engine) as connection:
        known = lexicon_of(connection)
        write(engine, 2, "kwabena")
        ids = [word.id for word in names.words_after(connection, 0, 10)]
        assert [each.text for each in known.tokens(np.array([*ids, ids[-1] + 1])).values()] == ["maria"]
    assert isinstance(known.tokens(np.array(ids))[ids[0]], Token)
