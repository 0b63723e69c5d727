"""What systems do differently: the one module with POSIX-only names, each beside its Windows counterpart."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from db.mounts import in_sync_folder, network_mount_linux, network_mount_macos, unc_path

if sys.platform == "win32":
    import msvcrt

    from db import windows
else:
    import fcntl
    import resource

_APPLICATION = "Diaspora Registry" if sys.platform in ("win32", "darwin") else "diaspora-registry"
_LOCK_NAME = "lock"
_UNFINISHED = ".new"


# --- files --------------------------------------------------------------------------------------------------


def make_private_folder(path: Path) -> Path:
    """Make the folder and its missing parents, readable by this user only (Windows: the profile's ACL)."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":
        path.chmod(0o700)
    return path


def make_private_file(path: Path) -> Path:
    """Make an empty file that only this user can read; `FileExistsError` if there is one already."""
    open_private(path, "xb").close()
    return path


def open_private(path: Path, mode: str) -> IO[Any]:
    """Open like `open`, mode 0600 on what is made or rewritten; text is UTF-8, line ends as given."""
    text: dict[str, Any] = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
    file = open(path, mode, opener=_private_opener, **text)  # noqa: SIM115 - the caller closes it
    if sys.platform != "win32" and file.writable():
        os.fchmod(file.fileno(), 0o600)
    return file


def _private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole or not at all, mode 0600, on the disk on return; raises `OSError`."""
    unfinished = begin_unfinished(path)
    try:
        with open_private(unfinished, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace_file(unfinished, path)
    finally:
        end_unfinished(unfinished)
    sync_folder(path.parent)


def replace_file(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows a scanner may hold the file for a moment, so try for half a second."""
    for _attempt in range(10 if sys.platform == "win32" else 0):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(0.05)
        else:
            return
    source.replace(target)


def sync_folder(path: Path) -> None:
    """Put a rename in this folder on the disk, where the system can (Windows journals it by itself)."""
    if sys.platform != "win32":
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget_cached(file: IO[bytes]) -> None:
    """Let the next reading of a synced file come from the disk, where the system can be told (Linux)."""
    if sys.platform == "linux":
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


# --- processes ----------------------------------------------------------------------------------------------


def limit_this_process(memory_bytes: int) -> None:
    """Let this process have no more memory than this, and leave no memory image behind when it crashes.

    Linux: address space; Windows: committed memory; macOS has no such limit: the parent watches
    `resident_memory`.
    """
    if sys.platform == "win32":
        windows.limit_this_process(memory_bytes)
    else:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def resident_memory(pid: int) -> int | None:
    """Bytes of memory that process `pid` holds now; None if it is gone."""
    if sys.platform == "win32":
        return windows.resident_memory(pid)
    if sys.platform == "linux":
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return None
        return pages * os.sysconf("SC_PAGESIZE") or None
    answer = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(answer.stdout) * 1024 if answer.stdout.strip() else None


def processor_time(pid: int) -> float | None:
    """Seconds for which process `pid` has kept a processor busy; None if it is gone."""
    if sys.platform == "win32":
        return windows.processor_time(pid)
    if sys.platform == "linux":
        try:
            # Behind the name, which may hold anything: states, ids and faults, then the two times in clock ticks.
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError):
            return None
    answer = subprocess.run(["/bin/ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return clock_time(answer.stdout.strip()) if answer.stdout.strip() else None


def clock_time(text: str) -> float:
    """Seconds of a time as `ps` writes it: days-hours:minutes:seconds, of which the first may be missing."""
    days, _dash, rest = text.rpartition("-")
    seconds = 0.0
    for part in rest.split(":"):
        seconds = seconds * 60 + float(part)
    return int(days or 0) * 86_400 + seconds


def largest_resident_memory() -> int:
    """The most memory this process has held so far, in bytes."""
    if sys.platform == "win32":
        return windows.largest_resident_memory()
    elif sys.platform == "darwin":  # noqa: RET505 - so that mypy sees which lines belong to which system
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    else:
        # Not ru_maxrss: on Linux it starts at the size of the process that started this one.
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def kill_process(pid: int) -> None:
    """End a process that this one started, at once; nothing happens if it is gone."""
    if sys.platform == "win32":
        # Every signal but the console's two ends a process by TerminateProcess. "Access denied" is the answer
        # for one that has ended while its handle is still open.
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
    else:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def windowless() -> int:
    """`creationflags` for `subprocess`: a child process opens no console window on Windows."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# --- where files lie ----------------------------------------------------------------------------------------


def is_network_share(path: Path) -> bool:
    """Whether the file would lie on another machine, where SQLite's locks and shared memory do not work."""
    if unc_path(str(path)):
        return True
    real = path.resolve()
    if sys.platform == "win32":
        return unc_path(str(real)) or windows.is_remote_drive(real.anchor)
    if sys.platform == "linux":
        return network_mount_linux(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"), real)
    mounts = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
    return network_mount_macos(mounts, real)


def is_sync_folder(path: Path) -> bool:
    """Whether a program such as OneDrive or Dropbox copies this place elsewhere, file by file."""
    return in_sync_folder(path.resolve(), os.environ)


def user_data_folder() -> Path:
    """Where registries lie unless the user says otherwise; not made by this call."""
    return _user_folder("LOCALAPPDATA", "Library/Application Support", "XDG_DATA_HOME", ".local/share")


def user_settings_folder() -> Path:
    """Where window sizes, language and the like are kept; not made by this call."""
    return _user_folder("APPDATA", "Library/Preferences", "XDG_CONFIG_HOME", ".config")


def _user_cache_folder() -> Path:
    folder = _user_folder("LOCALAPPDATA", "Library/Caches", "XDG_CACHE_HOME", ".cache")
    return folder / "Cache" if sys.platform == "win32" else folder


def _user_folder(windows_variable: str, macos: str, xdg_variable: str, linux: str) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get(windows_variable) or home / "AppData" / "Local") / _APPLICATION
    if sys.platform == "darwin":
        return home / macos / _APPLICATION
    named = os.environ.get(xdg_variable, "")
    # The XDG base directory specification: a relative value is invalid and ignored.
    return (Path(named) if named.startswith("/") else home / linux) / _APPLICATION


# --- temporary files ----------------------------------------------------------------------------------------

_temporary_folder: Path | None = None


def private_temporary_folder() -> Path:
    """This process's own folder for temporary files: removed when it ends; if killed, at the next start."""
    global _temporary_folder
    if _temporary_folder is None or not _temporary_folder.exists():
        with _sweeping() as root:
            folder = Path(tempfile.mkdtemp(dir=root))
            lock = open_private(folder / _LOCK_NAME, "wb")
            _lock(lock, wait=False)
        atexit.register(_remove_temporary_folder, folder, lock)
        _temporary_folder = folder
    return _temporary_folder


def begin_unfinished(path: Path) -> Path:
    """Where to make the file or folder that shall become `path`: beside it, swept at the next start after a kill."""
    unfinished = path.absolute().with_name(f".{secrets.token_hex(6)}{_UNFINISHED}")
    with open_private(private_temporary_folder() / unfinished.name, "xb") as note:
        note.write(os.fsencode(unfinished))
    return unfinished


def end_unfinished(unfinished: Path) -> None:
    """It has become what it should, or is given up and removed."""
    _remove(unfinished)
    (private_temporary_folder() / unfinished.name).unlink(missing_ok=True)


def sweep_temporary_folder() -> int:
    """Remove what killed processes left behind, unfinished files elsewhere too; the number of folders removed."""
    removed = 0
    with _sweeping() as root:
        for folder in [entry for entry in root.iterdir() if entry.is_dir()]:
            if not _in_use(folder / _LOCK_NAME):
                for note in folder.glob(f".*{_UNFINISHED}"):
                    unfinished = Path(os.fsdecode(note.read_bytes()))
                    with suppress(OSError):
                        if unfinished.name == note.name:
                            _remove(unfinished)
                shutil.rmtree(folder, ignore_errors=True)
                removed += not folder.exists()
    return removed


@contextmanager
def unfinished_folder(path: Path) -> Iterator[Path]:
    """A private folder beside `path`, to work in; what is not renamed to something else by the end is removed."""
    folder = begin_unfinished(path)
    try:
        yield make_private_folder(folder)
    finally:
        end_unfinished(folder)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _remove_temporary_folder(folder: Path, lock: IO[bytes]) -> None:
    lock.close()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _sweeping() -> Iterator[Path]:
    """Nobody else makes or sweeps temporary folders meanwhile: none is seen before its lock is held."""
    root = make_private_folder(_user_cache_folder() / "temporary")
    with open_private(root / _LOCK_NAME, "ab") as file:
        _lock(file, wait=True)
        yield root


def _in_use(lock: Path) -> bool:
    """Whether a living process holds this lock file: the system lets go of it however the process ends."""
    try:
        with lock.open("r+b") as file:
            return not _lock(file, wait=False)
    except FileNotFoundError:
        return False


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    """Lock the file until it is closed; False if another process holds it and we do not wait."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
