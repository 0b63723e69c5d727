"""Statuses, sentences, languages and JSON, whatever the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from registry.app import Registry
from registry.cli import main as program
from tests.registry.cli.conftest import STRONG, Run


def test_global_options_stand_anywhere(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DIASPORA_REGISTRY", "DIASPORA_REGISTRY_USER", "DIASPORA_REGISTRY_PASSWORD_FILE"):
        monkeypatch.delenv(variable)
    password = folder.parent / "password"
    options = ["--registry", folder, "--user", "demo", "--password-file", password, "--json"]
    before, behind = run(*options, "search", ""), run("search", "", *options)
    assert before.status == behind.status == 0
    assert before.json["total"] == behind.json["total"] == 80


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["serch", "x"], 2, "“serch”"),
        (["search", "x", "--bad"], 2, "“--bad”"),
        (["search", "x", "--limit"], 2, "“--limit”"),
        (["search", "x", "--limit", "many"], 2, "“--limit”"),
        (["search", "x", "--kind", "cats"], 2, "“--kind”"),
        (["search", "x", "y", "z"], 2, "search --help"),
        (["search"], 2, "what to look for"),
        (["letters", "x"], 2, "“--template”"),
        (["export", "x"], 2, "“--output”"),
        (["users"], 2, "users --help"),
        (["search", "contry:FR"], 2, "country"),
        (["--lang", "xx", "check"], 2, "en, fr"),
        (["--registry", "nowhere", "check"], 4, "registry"),
        (["--user", "nobody", "check"], 3, "password"),
        (["--password-file", "missing.txt", "check"], 2, "“missing.txt”"),
        (["edit", "LYS-26-999999-C", "phone=1"], 2, "no such record"),
        (["edit", "LYS-26-000001-X", "phone=1"], 2, "mistyped"),
        (["undo", "soon"], 2, "“soon”"),
        (["undo", "9" * 5000], 2, "history"),
        (["search", "x", "--limit", "9" * 30], 2, "“--limit”"),
        (["search", "x", "--offset", "9" * 30], 2, "“--offset”"),
        (["history", "--limit", "9" * 30], 2, "“--limit”"),
        (["edit", "\udcff", "notes=x"], 2, "no such record"),
        (["add", "full_name=A", "phone.²=+33612345678"], 2, "“phone.²” is not a field"),
        (["add", "full_name=A", "phone.1000=+33612345678"], 2, "“phone.1000” is not a field"),
        (["campaign", "show", "C99"], 2, "“C99”"),
        (["history", "--anchor", "missing.json"], 2, "“missing.json”"),
        (["add", "family_name"], 2, "“family_name”"),
        (["add", "birth_date=soon", "full_name=A"], 2, "birth_date: “soon” is not a date"),
        (["add", "nonsense=1"], 2, "“nonsense” is not a field"),
    ],
)
def test_a_failure_is_one_sentence(run: Run, folder: Path, arguments: list[str], status: int, says: str) -> None:
    ended = run(*arguments)
    assert ended.status == status
    assert says in ended.err
    assert len(ended.err.splitlines()) == 1
    assert ended.out == ""
    as_json = run(*arguments, "--json")
    assert as_json.status == status
    assert as_json.json == {"error": ended.err.strip()}


def test_a_wrong_password_ends_with_3(run: Run, folder: Path) -> None:
    (folder.parent / "password").write_text("wrong\n", encoding="utf-8")
    ended = run("search", "x")
    assert (ended.status, ended.out) == (3, "")
    assert ended.err == "The name or the password is wrong.\n"


def test_a_role_without_the_right_ends_with_3(run: Run, folder: Path) -> None:
    new = folder.parent / "new"
    new.write_text(STRONG, encoding="utf-8")
    assert run("users", "add", "ana", "--role", "auditor", "--new-password-file", new).status == 0
    ended = run("search", "x", "--user", "ana", "--password-file", new)
    assert ended.status == 3
    assert "Your role does not allow this" in ended.err


def test_who_and_where_must_be_said(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIASPORA_REGISTRY_USER")
    assert "--user NAME" in run("check").err
    monkeypatch.delenv("DIASPORA_REGISTRY")
    assert "--registry DIR" in run("check").err


def test_help_is_in_the_chosen_language(run: Run) -> None:
    for arguments in (["--help"], ["search", "--help"], ["users", "--help"]):
        ended = run(*arguments)
        assert ended.status == 0
        assert "Usage" in ended.out


def test_without_command_and_window_the_help_is_shown(run: Run) -> None:
    ended = run()
    assert ended.status == 2
    assert "import" in ended.out


def test_without_command_the_window_opens(folder: Path) -> None:
    asked: list[tuple[object, ...]] = []

    def open_window(*arguments: object) -> int:
        asked.append(arguments)
        return 0

    assert program.main([], open_window) == 0
    assert asked == [(folder, "demo", "demo")]


@pytest.mark.expects_warnings
def test_an_unexpected_failure_leaves_a_report_without_values(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ValueError("Jean Dupont")

    monkeypatch.setattr(Registry, "read", broken)
    ended = run("search", "Dupont")
    assert ended.status == 4
    assert "Dupont" not in ended.err
    assert "Traceback" not in ended.err
    report = Path(ended.err.partition("“")[2].partition("”")[0])
    text = report.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "searching.py" in text
    assert "Dupont" not in text


def test_ctrl_c_is_a_sentence(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Registry, "execute", stopped)
    ended = run("add", "full_name=A")
    assert ended.status == program.INTERRUPTED
    assert ended.err == "Stopped. Nothing was changed.\n"


def test_the_password_can_come_through_a_pipe(made: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DIASPORA_REGISTRY")}
    call = "import sys; from registry.cli.main import main; sys.exit(main())"
    ended = subprocess.run(
        [sys.executable, "-c", call, "search", "", "--json", "--registry", str(made), "--user", "demo"],
        input="demo\n",
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["total"] == 80
