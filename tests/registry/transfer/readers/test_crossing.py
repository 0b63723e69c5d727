"""Cells as they cross from the reading process by column: texts in one piece, others as their texts."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from registry.errors import BadFile
from registry.transfer.readers import crossing, preflight
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.table_files import TableFile, open_table_file


def _rows(file: TableFile) -> list[list[str]]:
    """The texts row by row, those of a row as wide as the sheet."""
    columns = [texts.columns for texts in file.texts(file.sheets[0])]
    return [list(row) for some in columns for row in zip(*some, strict=True)]


@pytest.mark.parametrize("texts", [["a", "", "b"], [""], ["", ""], ["a\0b", "c"], ["\0"], ["é", "\ufdd0"]])
def test_texts_come_out_as_they_went_in(texts: list[str]) -> None:
    assert crossing.unpacked(crossing.packed(texts)) == texts


def test_texts_by_column_are_those_of_the_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        [None, None, None, None],
        [None, "Name", "Born", "Number"],
        [None, "Ana", datetime.date(1985, 3, 12), 7],
        [None, "Bo", "1985", 7.5],
        [None, None, None, True],
        [None, "Cy ", datetime.datetime(1985, 3, 12, 10, 30), "x"],
    ):
        book.active.append(row)
    book.active["C7"] = -5
    book.active["C7"].number_format = "yyyy-mm-dd"
    for merged in (False, True):
        if merged:
            book.active.merge_cells("B3:B4")
        book.save(tmp_path / "a.xlsx")
        with open_table_file(tmp_path / "a.xlsx") as file:
            rows = [texts_of(row) for batch in file.rows(file.sheets[0]) for row in batch.rows]
            assert _rows(file) == rows
            (texts,) = file.texts(file.sheets[0])
        assert texts.first_row == 1
        assert texts.unreadable == [(7, 2)]


def test_rows_of_a_text_file_are_filled_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,City\n\nAna,Rome,more\nBo\n", encoding="utf-8")
    with open_table_file(path) as file:
        rows = [texts_of(row) for batch in file.rows(file.sheets[0]) for row in batch.rows]
        assert _rows(file) == [row + [""] * (3 - len(row)) for row in rows]


def test_long_texts_cross_in_pieces_and_too_long_ones_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossing, "_CHARACTERS", 50)
    block: list[crossing.Column] = [crossing.packed([f"text {n}" for n in range(40)]), [None, 1.5] * 20]
    pieces = list(crossing.texts_by_column(iter([block])))
    assert sum(count for count, _texts in pieces) == 40
    assert len(pieces) > 8
    found = [crossing.unpacked(columns[0]) for _count, (columns, *_places) in pieces]
    assert [text for texts in found for text in texts] == [f"text {n}" for n in range(40)]
    path = tmp_path / "a.csv"
    path.write_text(f"Name\n{'x' * (preflight.CELL_CHARACTERS + 1)}\n", encoding="utf-8")
    with pytest.raises(BadFile), open_table_file(path) as file:
        list(file.texts(file.sheets[0]))
