"""The index of names: who has a word, which words a record has, and nothing of those who are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, select

from db import names
from db.engine import checkpoint, close_engine, reading, writing
from db.models import name_posting, name_word
from tests.db.register import KEY, decrypted_pages, make

CHUNK = 1 << 16


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make(tmp_path / "registry.db")
    yield made
    close_engine(made)


class Spelled(NamedTuple):
    text: str
    script: str
    reading: str
    skeletons: tuple[str, ...]


def word(text: str, script: str = "L") -> Spelled:
    return Spelled(text, script, text.upper(), (text[:2],))


def read(text: str) -> list[tuple[Spelled, ...]]:
    """Parts with hyphens, and then the whole; the script behind a stroke; a full stop is no word."""
    text, _stroke, script = text.partition("/")
    parts = text.split("-")
    whole = ["".join(parts)] if len(parts) > 1 else []
    return [tuple(word(part, script or "L") for part in (*parts, *whole))] if text != "." else []


def entry(record_id: int, *spelled: str) -> names.Entry:
    """Names of words with spaces in between."""
    return names.Entry(record_id, [name.split() for name in spelled])


def having(engine: Engine, text: str) -> list[int]:
    """Records that have the word."""
    with reading(engine) as connection:
        ids = {w.id for w in names.words_after(connection, 0, 100) if w.text == text}
        return [int(i) for records in names.records_of(connection, ids).values() for i in records]


def spelled(engine: Engine, record_id: int) -> list[list[list[str]]]:
    with reading(engine) as connection:
        texts = {w.id: w.text for w in names.words_after(connection, 0, 100)}
        kept = names.names_of(connection, [record_id]).get(record_id, [])
        return [[[texts[i] for i in parts] for parts in name] for name in kept]


def test_records_of_a_word_and_words_of_a_record(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(7, "ana maria al-banna", "ana petit"), entry(9, "maria")], read, fresh=True)
        names.replace(connection, [entry(CHUNK + 1, "maria"), entry(8, "maria ana")], read, fresh=True)
        assert names.count(connection) == 4
    assert having(engine, "maria") == [7, 8, 9, CHUNK + 1]
    assert having(engine, "albanna") == having(engine, "banna") == [7]
    assert spelled(engine, 7) == [[["ana"], ["maria"], ["al", "banna", "albanna"]], [["ana"], ["petit"]]]
    assert spelled(engine, 8) == [[["maria"], ["ana"]]]


def test_other_names_take_the_place_of_those_before(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(7, "ana petit"), entry(8, "ana")], read, fresh=True)
        names.replace(connection, [entry(7, "ana grand")], read)
    assert spelled(engine, 7) == [[["ana"], ["grand"]]]
    assert having(engine, "petit") == []
    assert having(engine, "ana") == [7, 8]


def test_of_a_record_that_is_gone_no_word_is_left(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(7, "ana petit"), entry(8, "ana")], read, fresh=True)
        names.remove(connection, [7])
        assert connection.execute(select(name_word.c.text)).scalars().all() == ["ana"]
        assert len(connection.execute(select(name_posting)).all()) == 1
        names.remove(connection, [8])
        assert connection.execute(select(name_posting)).all() == []


def test_of_a_removed_record_no_byte_is_left_in_the_file(engine: Engine) -> None:
    path = Path(engine.url.database or "")
    with writing(engine) as connection:
        names.replace(connection, [entry(n, f"person number{n}") for n in range(1, 40)], read, fresh=True)
        names.replace(connection, [entry(40, "zzmarkedzz person")], read, fresh=True)
    checkpoint(engine)
    assert b"zzmarkedzz" in decrypted_pages(path, KEY)
    with writing(engine) as connection:
        names.remove(connection, [40])
    assert checkpoint(engine)
    pages = decrypted_pages(path, KEY)
    assert b"zzmarkedzz" not in pages
    assert b"ZZMARKEDZZ" not in pages


def test_the_same_letters_of_two_scripts_are_two_words(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(1, "omar omar/A")], read, fresh=True)
        assert [w.script for w in names.words_after(connection, 0, 100)] == ["A", "L"]


def test_no_number_of_a_word_is_given_twice(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(1, "ana"), entry(2, "zoe")], read, fresh=True)
        last = names.words_after(connection, 0, 100)[-1].id
        names.remove(connection, [2])
        names.replace(connection, [entry(3, "ines")], read, fresh=True)
        assert [(w.text, w.id > last) for w in names.words_after(connection, 1, 100)] == [("ines", True)]


def test_records_without_a_word_are_counted(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(7)], read, fresh=True)
        names.replace(connection, [entry(7)], read)
        names.replace(connection, [], read)
        assert names.count(connection) == 1
    assert spelled(engine, 7) == []


def test_what_is_no_word_is_no_part_of_a_name_and_no_name(engine: Engine) -> None:
    with writing(engine) as connection:
        names.replace(connection, [entry(7, ". ana", ".", "maria . al-banna ."), entry(8, ". .")], read, fresh=True)
    assert spelled(engine, 7) == [[["ana"]], [["maria"], ["al", "banna", "albanna"]]]
    assert spelled(engine, 8) == []
    assert having(engine, "banna") == [7]


def test_names_that_come_in_parts_are_kept_as_if_they_came_at_once(engine: Engine) -> None:
    entries = [entry(n, f"ana number{n % 7}", "maria al-banna") for n in range(CHUNK - 9, CHUNK + 9)]
    kept = []
    for size in (len(entries), 4):
        with writing(engine) as connection:
            gathered = names.Gathered(connection)
            for first in range(0, len(entries), size):
                gathered.add(entries[first : first + size], read)
            assert connection.execute(select(name_posting)).all() == []
            gathered.write()
        texts = ("ana", "maria", "albanna", *(f"number{n}" for n in range(7)))
        kept.append([having(engine, text) for text in texts] + [spelled(engine, e.id) for e in entries])
        with writing(engine) as connection:
            names.remove(connection, [e.id for e in entries])
            assert connection.execute(select(name_word)).all() == []
    assert kept[0] == kept[1]
    assert kept[0][0] == [e.id for e in entries]
