"""`map`: the figures for programs and for people, each kind of file, and what is wrong said in a sentence."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.registry.cli.conftest import Run


def test_the_rows_are_those_of_the_search_and_the_file_is_there(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    told = run("map", "-o", file, "--json").json
    assert told["file"] == str(file)
    assert told["rows"]
    for row in told["rows"]:
        assert row["count"] == row["value"] == run("search", f"country:{row['country']}", "--json").json["total"]
    assert told["unknown"] == run("search", "country:none", "--json").json["total"]
    assert told["rows"][0]["label"] in "".join(ElementTree.parse(file).getroot().itertext())


@pytest.mark.parametrize("by", ["share", "growth", "coverage", "willing:yes"])
def test_each_shading_is_drawn(run: Run, folder: Path, tmp_path: Path, by: str) -> None:
    file = tmp_path / "map.pdf"
    told = run("map", "-state:deceased", "--by", by, "-o", file)
    assert told.status == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert "people are counted" in told.out


def test_associations_a_country_alone_and_the_home_side_are_drawn(run: Run, folder: Path, tmp_path: Path) -> None:
    associations = run("map", "--kind", "associations", "-o", tmp_path / "a.png", "--json").json
    assert associations["total"] == run("search", "", "--kind", "associations", "--json").json["total"]
    alone = run("map", "--country", "France", "-o", tmp_path / "france.svg", "--json")
    assert alone.status == 0
    assert "France" in (tmp_path / "france.svg").read_text(encoding="utf-8")
    home = run("map", "--home", "-o", tmp_path / "home.svg", "--json").json
    assert home["home"] == "XDR"
    for row in home["rows"]:
        query = f'origin_region:"{row["region"]}"'
        assert row["count"] == run("search", query, "--json").json["total"]


def test_what_is_published_is_told_as_null(run: Run, folder: Path, tmp_path: Path) -> None:
    rows = run("map", "--public", "-o", tmp_path / "map.svg", "--json").json["rows"]
    assert any(row["count"] is None for row in rows)
    assert all(row["count"] is None or row["count"] >= 5 for row in rows)


def test_what_is_wrong_is_said_in_a_sentence(run: Run, folder: Path, tmp_path: Path) -> None:
    for arguments, said in (
        (("-o", tmp_path / "map.gif"), ".pdf, .svg or .png"),
        (("-o", tmp_path / "map.svg", "--country", "Atlantis"), "not a country"),
        (("-o", tmp_path / "map.svg", "--by", "height:tall"), "height"),
        (("-o", tmp_path / "map.svg", "--by", "growth", "--years", "0"), "1 to 50"),
        (("-o", tmp_path / "map.svg", "--country", "FRA", "--public"), "not published"),
    ):
        ended = run("map", *arguments)
        assert ended.status == 2, ended
        assert said in ended.err
    assert not list(tmp_path.glob("map.*"))
