"""Rows by column: gathered from batches, looked at in whole columns, and dropped where they are no records."""

from __future__ import annotations

from random import Random

import pytest

from registry.transfer.headings.heading_rows import filled_cells
from registry.transfer.lists import no_records
from registry.transfer.lists.rows import Gathering, Rows, values_of
from registry.transfer.readers.cells import BETWEEN, is_blank

#: What the cells of such a list may say.
_CELLS = (
    *("", "", " ", "\xa0", "Ana", "Bo Exemple", "Total", "grand total", "Итого", "TOT'AL", "Összesen", "sums", "7"),
    *("Name", "na me", "City", "E-mail", "Note: this list is not complete", "Thomson", "source of all of these names"),
)


def test_batches_are_joined_without_the_blank_rows() -> None:
    gathering = Gathering(2)
    gathering.add(3, [["Ana", " ", "Bo"], ["Lyon", "", "Lyon"]])
    gathering.add(6, [["", "Cy"], ["", "Nice"], ["", "extra"]])
    rows = gathering.rows
    assert rows.numbers == [3, 5, 7]
    assert rows.columns == [["Ana", "Bo", "Cy"], ["Lyon", "Lyon", "Nice"], ["", "", "extra"]]
    assert rows.blank == {4, 6}
    assert rows.columns[1][0] is rows.columns[1][1]


def test_values_in_one_cell_are_several() -> None:
    assert values_of(["a", f"b{BETWEEN}c"]) == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(40))
def test_no_row_that_is_no_record_is_missed(seed: int) -> None:
    """Only rows that may be none are looked at: the same are dropped as if all were."""
    random = Random(seed)
    names = ["Name", "City", "E-mail"][: random.randint(1, 3)]
    found = [[random.choice(_CELLS) for _name in names] for _row in range(random.randint(1, 40))]
    numbered = [(number, row) for number, row in enumerate(found, 2) if not is_blank(row)]
    rows = Rows.of([number for number, _row in numbered], [row for _number, row in numbered], len(names))
    rows.blank = {number for number, row in enumerate(found, 2) if is_blank(row)}
    identified = list(range(random.randint(0, len(names))))
    filled = [place for place, (_number, row) in enumerate(numbered) if filled_cells(row) > 1]
    last = len(numbered) if len(identified) < 2 else max(filled, default=-1)
    labels = [name.casefold() for name in names]
    wanted = {
        number: reason
        for place, (number, row) in enumerate(numbered)
        if (reason := no_records._no_record(row, labels, identified, after=place > last, gap=number - 1 in rows.blank))
    }
    no_records.drop_others(rows, names, identified)
    assert rows.dropped == wanted
    assert rows.numbers == [number for number, _row in numbered if number not in wanted]
