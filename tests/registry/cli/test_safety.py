"""`backup` and `restore`: JSON, sentences and statuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from registry import formats, setup
from registry.app import Registry
from registry.commands import AddUser, KeepBackup
from tests.registry.cli.conftest import STRONG, Run


def test_a_registry_goes_out_and_comes_back(run: Run, folder: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "all.drbackup", tmp_path / "again"
    made = run("backup", file, "--json")
    assert made.status == 0
    assert {n: made.json[n] for n in ("file", "people")} == {"file": str(file), "people": 80}
    assert len(made.json["sha256"]) == 64
    back = run("restore", file, again, "--json")
    assert back.status == 0
    assert back.json == {
        "file": str(file),
        "people": 80,
        "sha256": made.json["sha256"],
        "registry": str(again),
        "verified": True,
    }
    checked = run("check", "--registry", again, "--json")
    assert checked.status == 0
    assert {c["check"]: c["ok"] for c in checked.json["checks"]}["backup"]
    newest = run("history", "--registry", again, "--limit", "1", "--json").json["entries"][0]
    assert newest["operation"] == "restore_backup"
    assert run("history", "--registry", again, "--anchor", file, "--json").json["verified"] is True


def test_people_read_a_sentence(run: Run, folder: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "all.drbackup", tmp_path / "again"
    told = run("backup", file).out
    assert told == f"80 people are in {file} ({formats.size(file.stat().st_size)}).\n"
    said = run("restore", file, again)
    assert said.out.startswith("The registry of ")
    assert said.out.endswith(f" is back in {again}, with 80 people.\n")


def test_the_registry_itself_need_not_exist_to_restore(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", tmp_path / "all.drbackup")
    monkeypatch.delenv("DIASPORA_REGISTRY")
    assert run("restore", tmp_path / "all.drbackup", tmp_path / "again").status == 0


def test_what_is_wrong_has_its_status(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, again = tmp_path / "all.drbackup", tmp_path / "again"
    run("backup", file)
    cut = tmp_path / "cut.drbackup"
    cut.write_bytes(file.read_bytes()[:-7])
    (tmp_path / "wrong").write_text("not this\n", encoding="utf-8")
    wrong = ("--password-file", tmp_path / "wrong")
    for arguments, status, words in (
        (("restore", cut, again), 2, "damaged or incomplete"),
        (("restore", tmp_path / "none", again), 2, "no readable backup"),
        (("restore", folder / "keys.json", again), 2, "no readable backup"),
        (("restore", file, folder), 2, "already something"),
        (("restore", file, again, *wrong), 3, "of the day on which it was made"),
        (("backup", file, *wrong), 3, "name or the password"),
        (("backup", tmp_path / "wrong"), 2, "is something else"),
        (("backup", folder / "all.drbackup"), 2, "own folder"),
        (("backup", tmp_path / "none" / "all.drbackup"), 4, "could not be written"),
        (("backup",), 2, "FILE"),
        (("restore", file), 2, "DIR"),
        (("history", "--anchor", cut), 2, "damaged or incomplete"),
    ):
        ended = run(*arguments)
        assert ended.status == status, arguments
        assert words in ended.err, arguments
        assert ended.err.count("\n") == 1
        assert ended.out == ""
    monkeypatch.delenv("DIASPORA_REGISTRY_USER")
    assert run("restore", file, again).status == 2
    assert not again.exists()


def test_only_an_administrator_backs_up_by_hand(run: Run, folder: Path, tmp_path: Path) -> None:
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(AddUser("clara", "clerk", STRONG))
    (tmp_path / "hers").write_text(STRONG, encoding="utf-8")
    ended = run("--user", "clara", "--password-file", tmp_path / "hers", "backup", tmp_path / "all.drbackup")
    assert ended.status == 3
    assert not (tmp_path / "all.drbackup").exists()


def test_a_recovery_key_restores(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (key, _) = setup.create(
        tmp_path / "own", post="TST", country="FRA", home=None, admin="ines", password="demo", demonstration=True
    )
    (tmp_path / "password").write_text("demo", encoding="utf-8")
    (tmp_path / "key").write_text(key, encoding="utf-8")
    options = ("--registry", tmp_path / "own", "--user", "ines", "--password-file", tmp_path / "password")
    assert run(*options, "backup", tmp_path / "all.drbackup").status == 0
    ended = run("restore", tmp_path / "all.drbackup", tmp_path / "again", "--recovery-key-file", tmp_path / "key")
    assert ended.status == 0, ended.err
    assert run("--registry", tmp_path / "again", *options[2:], "check").status == 0


def test_nothing_is_taken_out_into_the_registrys_own_folder_but_its_own_backups(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(KeepBackup())
    kept = sorted(file.name for file in folder.rglob("*") if file.is_file())
    assert any(name.endswith(".drbackup") for name in kept)
    for command in (
        ("export", "", "-o", folder / "all.csv"),
        ("export", "", "-o", folder / "backups" / "all.xlsx"),
        ("letters", "", "--template", "annual-forum", "-o", folder / "letters.pdf", "--reason", "test"),
        ("skills", "", "-o", folder / "skills.xlsx"),
        ("anchor", "-o", folder / "anchor.json"),
    ):
        ended = run(*command)
        assert (ended.status, ended.out) == (2, ""), command
        assert "would stand in the folder of a registry" in ended.err
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    assert "would stand in the folder of a registry" in run("backup", other / "one.drbackup").err
    assert "is lost with it" in run("backup", folder / "backups" / "one.drbackup").err
    assert sorted(file.name for file in folder.rglob("*") if file.is_file()) == kept
