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
from db.records import among, listed
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
