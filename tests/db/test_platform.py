"""Files that are private and whole, places that suit a registry, limits that hold."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from db import platform
from db.mounts import in_sync_folder, network_mount_linux, network_mount_macos, unc_path

MOUNTINFO = r"""
22 27 0:21 / /proc rw - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:50 / /home/post/shared\040files rw shared:7 - cifs //server/x rw
41 27 0:51 / /mnt/nfs rw - nfs4 server:/x rw
42 41 254:1 / /mnt/nfs/local rw - xfs /dev/vdb rw
43 27 0:52 / /mnt/ssh rw - fuse.sshfs host: rw
44 27 0:53 / /mnt/twice rw - nfs server:/y rw
45 27 0:54 / /mnt/twice rw - tmpfs tmpfs rw
46 27 0:55 / /mnt/stick rw - fuseblk /dev/sdb1 rw
"""
MACOS_MOUNTS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//officer@server/files on /Volumes/files (smbfs, nodev, nosuid, mounted by officer)
server:/export on /Volumes/my export (nfs, nodev)
"""


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_written_file_is_whole_and_private(tmp_path: Path) -> None:
    target = tmp_path / "keys.json"
    platform.write_atomically(target, b"first")
    target.chmod(0o644)
    platform.write_atomically(target, b"second")
    assert target.read_bytes() == b"second"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    target = tmp_path / "keys.json"
    platform.write_atomically(target, b"first")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(step, fail)
    with pytest.raises(OSError, match="no space"):
        platform.write_atomically(target, b"second")
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_private_files_and_folders(tmp_path: Path) -> None:
    folder = platform.make_private_folder(tmp_path / "a" / "b")
    made = platform.make_private_file(folder / "made")
    assert (mode(folder), mode(made)) == (0o700, 0o600)
    with pytest.raises(FileExistsError):
        platform.make_private_file(made)
    open_to_all = folder / "text"
    open_to_all.write_text("old")
    open_to_all.chmod(0o644)
    with platform.open_private(open_to_all, "w") as file:
        file.write("é\r\n")
    assert open_to_all.read_bytes() == "é\r\n".encode()
    assert mode(open_to_all) == 0o600


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/post/registry", False),
        ("/home/post/shared files/registry", True),
        ("/mnt/nfs/a/b", True),
        ("/mnt/nfs/local/b", False),
        ("/mnt/nfsother", False),
        ("/mnt/ssh", True),
        ("/mnt/twice/x", False),
        ("/mnt/stick/x", False),
    ],
)
def test_network_mounts_of_linux(path: str, network: bool) -> None:
    assert network_mount_linux(MOUNTINFO, PurePosixPath(path)) is network


def test_network_mounts_of_macos() -> None:
    found = {
        path: network_mount_macos(MACOS_MOUNTS, PurePosixPath(path))
        for path in ("/Users/x", "/Volumes/files/a", "/Volumes/my export", "/Volumes/other")
    }
    assert list(found.values()) == [False, True, True, False]


def test_unc_paths() -> None:
    shares = (r"\\server\share\x", r"\\?\UNC\server\share", "//server/share")
    assert all(unc_path(path) for path in shares)
    assert not any(unc_path(path) for path in (r"C:\x", r"\\?\C:\x", r"\\.\C:", "/home/x"))


def test_sync_folders(tmp_path: Path) -> None:
    plain = tmp_path / "registries"
    assert not in_sync_folder(plain, {})
    for name in (
        "OneDrive",
        "OneDrive - Ministry",
        "Dropbox (Post)",
        "Google Drive",
        "iCloudDrive",
        "Nextcloud",
    ):
        assert in_sync_folder(tmp_path / name / "registry", {}), name
    assert in_sync_folder(plain, {"OneDriveCommercial": str(tmp_path)})
    (tmp_path / ".dropbox.cache").mkdir()
    assert in_sync_folder(plain, {})
    assert platform.is_sync_folder(plain)


LIMITED = """
from db.platform import largest_resident_memory, limit_this_process
limit_this_process(300_000_000)
held = bytearray(50_000_000)
peak = largest_resident_memory()
assert 50_000_000 < peak < 300_000_000, peak
try:
    bytearray(400_000_000)
except MemoryError:
    print("limited")
"""


def test_memory_limit_holds() -> None:
    answer = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=True)
    assert answer.stdout == "limited\n"


def test_processor_time_is_what_a_process_used_of_a_processor() -> None:
    works = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", works], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        used = platform.processor_time(child.pid)
        assert used is not None
        assert used >= 0.29  # whole ticks
        time.sleep(0.3)
        assert (platform.processor_time(child.pid) or 0) - used < 0.1
        child.communicate(b"\n")
        assert platform.processor_time(child.pid) is None


@pytest.mark.parametrize(("text", "seconds"), [("0:01.25", 1.25), ("12:30.00", 750), ("1-02:00:05", 93_605)])
def test_times_as_ps_writes_them(text: str, seconds: float) -> None:
    assert platform.clock_time(text) == seconds


def test_watching_and_ending_a_child() -> None:
    waits = [sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert (platform.resident_memory(child.pid) or 0) > 1_000_000
        platform.kill_process(child.pid)
        assert child.wait() != 0
        assert platform.resident_memory(child.pid) is None
        platform.kill_process(child.pid)


KILLED = """
import sys
from db.platform import private_temporary_folder
folder = private_temporary_folder()
(folder / "letters.pdf").write_bytes(b"%PDF")
print(folder, flush=True)
sys.stdin.read()
"""


KILLED_WRITING = """
import os, sys
from pathlib import Path
from db import platform
platform.replace_file = lambda *_: platform.kill_process(os.getpid())
platform.write_atomically(Path(sys.argv[1]), b"whole")
"""


def test_what_a_write_killed_before_its_end_left_is_swept(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_WRITING, str(tmp_path / "keys.json")], check=False)
    assert killed.returncode != 0
    assert [left.read_bytes() for left in tmp_path.iterdir()] == [b"whole"]
    platform.sweep_temporary_folder()
    assert list(tmp_path.iterdir()) == []


def test_temporary_files_of_a_killed_process_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        folder = Path(child.stdout.readline().strip())
        assert mode(folder) == 0o700
        assert platform.sweep_temporary_folder() == 0
        assert (folder / "letters.pdf").exists()
        platform.kill_process(child.pid)
        child.wait()
        assert (folder / "letters.pdf").exists()
        assert platform.sweep_temporary_folder() == 1
        assert not folder.exists()


def test_temporary_files_of_a_process_that_ended_are_gone(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", KILLED], input="", capture_output=True, text=True, check=True, env=environment
    )
    assert answer.stdout.startswith(str(tmp_path))
    assert not Path(answer.stdout.strip()).exists()
