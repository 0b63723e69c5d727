"""`duplicates`: pairs on the screen, as JSON and in a file."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.registry.cli.conftest import Run

ANA = ("given_name=Anaïs", "family_name=Nowhereman", "birth_date=1987-03-14", "sex=female", "birth_place=Examplia")


def test_pairs_are_told_and_written(run: Run, folder: Path, tmp_path: Path) -> None:
    before = run("duplicates", "--json").json
    assert before["records"] == 80
    ana = run("add", *ANA, "email=anais@example.org", "--json").json["number"]
    other = run("add", *ANA[1:], "given_name=Anais", "email=anais@example.org", "--json")
    number = other.json["number"]
    path = tmp_path / "pairs.csv"
    found = run("duplicates", "-o", path, "--json")
    assert found.status == 1
    assert found.json["pairs"] == before["pairs"] + 1
    assert found.json["clusters"] == before["clusters"] + 1
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == found.json["pairs"]
    (pair,) = (row for row in rows if row["b"] == number)
    assert pair["a"] == ana
    assert float(pair["probability"]) > 0.9
    assert "same birth date" in pair["evidence"]
    assert "same birth date" in run("duplicates").out


def test_a_list_of_pairs_is_a_csv_file(run: Run, folder: Path, tmp_path: Path) -> None:
    ended = run("duplicates", "-o", tmp_path / "pairs.xlsx")
    assert ended.status == 2
    assert ".csv" in ended.err
    assert not list(tmp_path.glob("*.xlsx"))
