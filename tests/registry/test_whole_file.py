"""A file that appears whole or not at all, also when the program is killed while it writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.platform import sweep_temporary_folder
from registry.errors import Invalid, StorageTrouble
from registry.whole_file import whole_file

_KILLED = """
import os, sys
from pathlib import Path
from db.platform import kill_process
from registry.whole_file import whole_file
with whole_file(Path(sys.argv[1])) as file:
    file.write(b"half of everybody")
    file.flush()
    kill_process(os.getpid())
"""


def test_what_was_there_stays_until_the_new_file_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_bytes(b"old")

    def fail_in_the_middle() -> None:
        with whole_file(target) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    assert target.read_bytes() == b"old"
    with whole_file(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_what_a_killed_program_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    subprocess.run([sys.executable, "-c", _KILLED, str(target)], cwd=Path(__file__).parents[2], check=False)
    (left,) = tmp_path.glob(".*.new")
    assert left.read_bytes() == b"half of everybody"
    sweep_temporary_folder()
    assert not left.exists()
    assert not target.exists()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="could not be written"), whole_file(tmp_path / "none" / "list.csv"):
        raise AssertionError


@pytest.mark.parametrize("part", ["", "backups", "made/later"])
def test_nothing_that_is_taken_out_is_written_into_a_registry(tmp_path: Path, part: str) -> None:
    folder = tmp_path / "registry"
    (folder / part).mkdir(parents=True)
    for name in ("registry.db", "keys.json"):
        (folder / name).touch()
    target = folder / part / "letters.pdf"
    with pytest.raises(Invalid, match="folder of a registry"), whole_file(target):
        raise AssertionError
    assert not target.exists()
    (tmp_path / "way").symlink_to(folder)
    with pytest.raises(Invalid, match="folder of a registry"), whole_file(tmp_path / "way" / "letters.pdf"):
        raise AssertionError
    with whole_file(tmp_path / "letters.pdf") as file:
        file.write(b"beside it")
