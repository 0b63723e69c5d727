"""`duplicates`: pairs on the screen, as JSON and in a file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from registry.app import Registry
from registry.commands import KeepApart
from registry.matching import judging
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


def test_answers_count_only_after_their_effect_was_shown(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = run("duplicates", "--answers", "show")
    assert refused.status == 2
    assert "Look for duplicates" in refused.err
    run("duplicates")
    few = run("duplicates", "--answers", "use", "--json")
    assert few.status == 1, "there is nothing to use"
    assert (few.json["same"], few.json["apart"], few.json["enough"], few.json["used"]) == (0, 0, False, False)
    assert "To learn from them takes 20" in run("duplicates", "--answers", "show").out
    monkeypatch.setattr(judging, "ENOUGH", 2)
    monkeypatch.setattr(judging, "OF_EITHER", 1)
    person = "birth_date=1985-03-04"
    ids = [run("add", f"full_name=Mira {name}", person, "--json").json["id"] for name in ("Contrived", "Kontrived") * 2]
    run("duplicates", "--all")
    run("merge", str(ids[0]), str(ids[2]))
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(KeepApart((ids[1], ids[3])))
    shown = run("duplicates", "--answers", "show", "--json").json
    assert (shown["same"], shown["apart"], shown["enough"], shown["used"]) == (1, 1, True, False)
    assert {"appear", "vanish", "rise", "fall", "pairs", "right_before", "right_after"} <= shown.keys()
    assert "would be less likely" in run("duplicates", "--answers", "show").out
    used = run("duplicates", "--answers", "use", "--json")
    assert (used.status, used.json["used"]) == (0, True)
    assert used.json["batch"] > 0
    assert run("duplicates", "--answers", "show", "--json").json["used"]
    forgotten = run("duplicates", "--answers", "forget", "--json").json
    assert not forgotten["used"]
    assert run("undo", str(forgotten["batch"])).status == 0
    assert run("duplicates", "--answers", "show", "--json").json["used"]
