"""`skills`: who counts is told, and `--everybody` leaves the definition aside."""

from __future__ import annotations

from pathlib import Path

from registry.app import Registry
from registry.commands import ChangeSetting
from tests.registry.cli.conftest import Run


def test_who_counts_is_told_and_everybody_is_counted_when_asked(run: Run, folder: Path, tmp_path: Path) -> None:
    whole = run("skills", "-o", tmp_path / "all.xlsx", "--json").json
    assert whole["belonging"] is None
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(ChangeSetting("belonging", "sex:female"))
    women = run("skills", "-o", tmp_path / "women.xlsx", "--json").json
    assert women["belonging"] == "Sex: Female"
    assert 0 < women["people"] < whole["people"]
    assert women["left_out"]["outside"] > 0
    everybody = run("skills", "--everybody", "-o", tmp_path / "everybody.xlsx", "--json").json
    assert (everybody["people"], everybody["belonging"]) == (whole["people"], None)
    told = run("skills", "-o", tmp_path / "again.xlsx").out
    assert "Who counts: Sex: Female." in told
    assert "Does not count by the ministry's definition" in told
