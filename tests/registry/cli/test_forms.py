"""`form`: each kind of form, of the registration or of a template, in the language that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.commands import ActivateProfile, SaveProfile
from tests.registry.cli.conftest import Run
from tests.registry.profiles.templates import GUILD


@pytest.mark.parametrize(
    ("kind", "name"), [("xlsx", "a.xlsx"), ("xlsform", "b.xlsx"), ("pdf", "c.pdf"), ("paper", "d.pdf")]
)
def test_each_kind_is_written(run: Run, folder: Path, tmp_path: Path, kind: str, name: str) -> None:
    assert folder.is_dir()
    made = run("form", kind, "-o", tmp_path / name, "--json").json
    assert made["file"] == str(tmp_path / name)
    assert made["fields"] > 60
    assert (tmp_path / name).stat().st_size > 5_000


def test_a_template_in_its_language(run: Run, folder: Path, tmp_path: Path) -> None:
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(SaveProfile(GUILD))
        registry.execute(ActivateProfile("guild"))
    told = run("form", "paper", "-o", tmp_path / "guild.pdf", "--profile", "guild", "--lang", "fr")
    assert "guild.pdf" in told.out
    refused = run("form", "paper", "-o", tmp_path / "no.pdf", "--profile", "guild", "--lang", "ar")
    assert refused.status == 2
    assert "It has: en, fr." in refused.err
    refused = run("form", "paper", "-o", tmp_path / "no.pdf", "--profile", "masons")
    assert refused.status == 2
    assert "masons" in refused.err
