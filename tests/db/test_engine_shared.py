"""The encrypted database among several processes: waiting in turn, re-keying alone, killed, out of space."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import close_engine, data_version, integrity, open_engine, open_with_any, rekey, writing
from db.errors import Busy, WrongKey
from tests.db.encrypted import KEY, MARKER, OTHER, add, make, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = make(path)
    yield made
    made.dispose()


HOLD = """
import sys
from pathlib import Path
from sqlalchemy import text
from db.engine import close_engine, open_engine, reading, writing
engine = open_engine(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()))
with {hold}(engine) as connection:
    connection.execute(text("SELECT count(*) FROM person"))
    print("held", flush=True)
    sys.stdin.readline()
    {then}
close_engine(engine)
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def held(path: Path) -> Iterator[Callable[[str, str], Callable[[], None]]]:
    """Another process that holds the database open; what is returned makes it go on and close."""
    children: list[subprocess.Popen[str]] = []

    def hold(how: str, then: str) -> Callable[[], None]:
        child = subprocess.Popen(
            [sys.executable, "-c", HOLD.format(hold=how, then=then), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        assert child.stdin is not None
        assert child.stdout is not None
        stdin, stdout = child.stdin, child.stdout

        def go_on(line: str = "\n", answer: str = "done\n") -> None:
            stdin.write(line)
            stdin.flush()
            assert stdout.readline() == answer

        go_on(KEY.hex() + "\n", "held\n")
        return go_on

    yield hold
    for child in children:
        with child:
            child.kill()


def test_a_writer_waits_for_another_process_then_gives_up(
    engine: Engine, held: Callable[[str, str], Callable[[], None]]
) -> None:
    go_on = held("writing", "connection.execute(text(\"INSERT INTO person (name) VALUES ('theirs')\"))")
    with pytest.raises(Busy), writing(engine):
        pytest.fail("two writers at once")
    # Opening another engine and failing to must not loosen the other process's lock, nor ours.
    assert names(engine) == [MARKER]
    go_on()
    with writing(engine) as connection:
        add(connection, "ours")
    assert names(engine) == [MARKER, "theirs", "ours"]


def test_another_process_s_change_is_noticed(engine: Engine, held: Callable[[str, str], Callable[[], None]]) -> None:
    with engine.connect() as watching:
        before = data_version(watching)
        assert data_version(watching) == before
        held("writing", "connection.execute(text('DELETE FROM person'))")()
        assert data_version(watching) != before


def test_rekeying_needs_the_registry_alone(
    engine: Engine, path: Path, held: Callable[[str, str], Callable[[], None]]
) -> None:
    with pytest.raises(Busy):
        rekey(path, KEY, OTHER)
    close_engine(engine)
    go_on = held("reading", "pass")
    with pytest.raises(Busy):
        rekey(path, KEY, OTHER, wait=100)
    go_on()
    rekey(path, KEY, OTHER, wait=100)
    with pytest.raises(WrongKey):
        open_engine(path, KEY)
    for keys in ([KEY, OTHER], [OTHER, KEY]):
        again, key = open_with_any(path, keys)
        assert (key, names(again), integrity(again)) == (OTHER, [MARKER], [])
        close_engine(again)
    with pytest.raises(WrongKey):
        open_with_any(path, [KEY, bytes(32)])


REKEY = """
import sys
from pathlib import Path
from db.engine import rekey
old, new = (bytes.fromhex(key) for key in sys.stdin.readline().split())
print("ready", flush=True)
rekey(Path(sys.argv[1]), old, new)
"""


def test_a_killed_rekeying_leaves_the_old_or_the_new_key(engine: Engine, path: Path) -> None:
    with writing(engine) as connection:
        for number in range(3000):
            add(connection, f"{number} {'x' * 500}")
    count = len(names(engine))
    close_engine(engine)
    keys = [KEY, OTHER]
    killed = 0
    for moment in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", REKEY, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(f"{keys[0].hex()} {keys[1].hex()}\n")
            child.stdin.flush()
            child.stdout.readline()
            threading.Event().wait(0.004 + 0.008 * moment)
            child.kill()
        killed += child.returncode != 0
        again, key = open_with_any(path, keys)
        assert (len(names(again)), integrity(again)) == (count, [])
        close_engine(again)
        keys.sort(key=lambda one: one != key)
    assert killed


FULL = """
import resource, signal, sys
from pathlib import Path
from sqlalchemy import text
from db.engine import close_engine, open_engine, writing
from db.errors import DiskTrouble
engine = open_engine(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with writing(engine) as connection:
        for number in range(5000):
            connection.execute(text("INSERT INTO person (name) VALUES (hex(randomblob(200)))"))
except DiskTrouble:
    print("refused")
"""


def test_a_full_disk_is_named_and_leaves_nothing(engine: Engine, path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        input=KEY.hex() + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "refused\n"
    assert (names(engine), integrity(engine)) == ([MARKER], [])
