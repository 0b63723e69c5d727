"""The command line called in this process, on a small registry of invented people."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from registry import setup
from registry.app import Registry
from registry.cli.main import main
from registry.commands import LoadDemonstration
from registry.demo.associations import associations
from registry.demo.people import people
from registry.fields import ASSOCIATIONS, PEOPLE

STRONG = "Korrekt-Pferd-77-batterie"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls the command line with these arguments."""

    def call(*arguments: str | Path) -> Ended:
        capsys.readouterr()
        status = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with 80 invented people; copied for each test."""
    folder = tmp_path_factory.mktemp("made") / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(LoadDemonstration(ASSOCIATIONS, tuple(associations(1))[:5]))
        registry.execute(LoadDemonstration(PEOPLE, tuple(people(80, 1))))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of this test's own, named by the environment."""
    place = tmp_path / "registry"
    shutil.copytree(made, place)
    (tmp_path / "password").write_text("demo\nsecond line\n", encoding="utf-8")
    monkeypatch.setenv("DIASPORA_REGISTRY", str(place))
    monkeypatch.setenv("DIASPORA_REGISTRY_USER", "demo")
    monkeypatch.setenv("DIASPORA_REGISTRY_PASSWORD_FILE", str(tmp_path / "password"))
    return place
