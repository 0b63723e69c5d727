"""Ids in bulk: in the order asked for, however many, none for nobody."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db import names
from db.engine import close_engine, reading, writing
from db.models import record_names
from db.records import RUNS, among, as_runs, in_run, listed
from tests.db.register import make


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make(tmp_path / "registry.db")
    yield made
    close_engine(made)


def test_ids_come_in_the_order_of_the_statement(engine: Engine) -> None:
    ids = select(record_names.c.record_id.label("id"))
    with writing(engine) as connection:
        assert listed(connection, ids) == array("q")
        names.replace(connection, [names.Entry(n, []) for n in range(1, 3_001)], lambda _text: [], fresh=True)
    with reading(engine) as connection:
        assert listed(connection, ids.order_by(record_names.c.record_id.desc())) == array("q", range(3_000, 0, -1))
        wanted = among(record_names.c.record_id, [7, 2_999, 5_000])
        assert listed(connection, ids.where(wanted).order_by(record_names.c.record_id)) == array("q", [7, 2_999])
        assert listed(connection, ids.where(among(record_names.c.record_id, []))) == array("q")


def test_whoever_asks_for_runs_gets_just_their_ids(engine: Engine) -> None:
    asked = [2, 3, 4, 9, 11, 12, 5_000]
    assert as_runs(asked) == "[[2, 4], [9, 9], [11, 12], [5000, 5000]]"
    assert as_runs([]) == "[]"
    with writing(engine) as connection:
        names.replace(connection, [names.Entry(n, []) for n in range(1, 12)], lambda _text: [], fresh=True)
    owner = record_names.c.record_id
    chosen = select(owner.label("id")).select_from(RUNS.join(record_names, in_run(owner))).order_by(owner)
    with reading(engine) as connection:
        for ids, there in ((asked, [2, 3, 4, 9, 11]), ([7], [7]), ([], [])):
            assert listed(connection, chosen, {"runs": as_runs(ids)}) == array("q", there)
