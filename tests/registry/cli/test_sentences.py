"""What goes wrong on the command line is named for what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry import setup
from tests.registry.cli.conftest import STRONG, Run
from tests.registry.transfer.importing import write_csv

HEAD = ["Nom", "Prénom", "Ville"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small list of people."""
    return write_csv(tmp_path / "list.csv", [HEAD, *([f"Exemple{n}", "Ana", "Lyon"] for n in range(10))])


def test_a_text_file_has_no_sheets(run: Run, folder: Path, table: Path) -> None:
    ended = run("import", table, "--sheet", "Liste")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "This is a text file, which has no sheets. Leave the name of the sheet out.\n"


@pytest.mark.parametrize("more", [{}, {"header_row": 1}])
def test_a_mapping_that_leaves_every_name_out_is_told_so(
    run: Run, folder: Path, table: Path, more: dict[str, int]
) -> None:
    mapping = table.with_suffix(".json")
    mapping.write_text(json.dumps({"columns": {"Nom": None, "Prénom": None}, **more}), encoding="utf-8")
    ended = run("import", table, "--mapping", mapping)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "The columns that hold names are all left out. Let at least one of them be taken in.\n"
    mapping.write_text(json.dumps({"columns": {"Nomen": None}}), encoding="utf-8")
    assert "“Nomen”, which this list does not have" in run("import", table, "--mapping", mapping).err


def test_the_anchor_of_another_registry_is_told_from_what_is_none(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "anchor.json"
    assert run("anchor", "-o", file).status == 0
    setup.create(
        tmp_path / "other", post="TST", country="FRA", home=None, admin="demo", password="demo", demonstration=True
    )
    ended = run("--registry", tmp_path / "other", "history", "--verify", "--anchor", file)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("This anchor is of another registry.")
    file.write_text("{}", encoding="utf-8")
    assert run("history", "--verify", "--anchor", file).err.startswith("This is not an anchor")


def test_a_place_where_no_folder_can_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(STRONG, encoding="utf-8")
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    options = ("--post", "ABC", "--country", "FRA", "--admin", "ines")
    ended = run("--password-file", tmp_path / "password", "init", tmp_path / "file" / "registry", *options)
    assert (ended.status, ended.out) == (4, "")
    assert ended.err.startswith("The folder “registry” cannot be made at this place.")


@pytest.mark.parametrize("part", [0.003, 0.3, 0.98])
def test_an_old_workbook_that_was_cut_short(
    run: Run, folder: Path, test_data: Path, tmp_path: Path, part: float
) -> None:
    whole = (test_data / "real" / "lists" / "en_loksabha2_india.xls").read_bytes()
    cut = tmp_path / "cut.xls"
    cut.write_bytes(whole[: round(len(whole) * part)])
    ended = run("import", cut, "--dry-run")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("This file is damaged or was cut short.")
