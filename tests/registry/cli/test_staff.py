"""Accounts by the command line, and the way back when no password is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.errors import NotAllowed
from registry.queries import Search
from tests.registry.cli.conftest import STRONG, Run


def test_a_recovery_key_sets_a_password_and_opens_nothing_else(run: Run, tmp_path: Path) -> None:
    folder, secret, new = tmp_path / "registry", tmp_path / "secret", tmp_path / "new"
    secret.write_text(STRONG)
    new.write_text("seven quiet teapots orbit")
    made = run(
        *("init", folder, "--post", "LYS", "--country", "FR", "--admin", "boss", "--password-file", secret, "--json")
    )
    key = tmp_path / "key"
    key.write_text(made.json["recovery_keys"][1].lower())
    signed_in = ("--registry", folder, "--user", "boss")
    done = run(
        *("--registry", folder, "users", "password", "boss"),
        *("--recovery-key-file", key, "--new-password-file", new),
    )
    assert done.status == 0
    assert run(*signed_in, "--password-file", new, "search", "").status == 0
    assert run(*signed_in, "--password-file", secret, "search", "").status == 3
    with Registry.recover(folder, key.read_text()) as recovering, pytest.raises(NotAllowed):
        recovering.read(Search(""))
    key.write_text("AAAAA-BBBBB")
    wrong = run("--registry", folder, "users", "password", "boss", "--recovery-key-file", key)
    assert wrong.status == 3
    assert "not a recovery key" in wrong.err
