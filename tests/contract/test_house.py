"""The house's own rules, read from the source; each is also tried on a snippet that breaks it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("registry", "db", "ui", "resources")

#: A rule reads one file (its path from the root, its text, its tree) and yields what breaks it.
Rule = Callable[[str, str, ast.Module], Iterator[str]]

POSIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog"}
POSIX_NAMES = {
    "os": {
        *("fork", "forkpty", "kill", "killpg", "setsid", "getuid", "geteuid", "getgid", "getpgid", "mkfifo"),
        *("nice", "statvfs", "sysconf", "wait", "waitpid", "WNOHANG", "O_NOFOLLOW", "O_DIRECTORY", "uname"),
    },
    "signal": {"SIGKILL", "SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGCHLD", "alarm", "setitimer"},
}
TEMPORARY_FOLDER = re.compile(r"/(var/tmp|tmp|dev/shm)(/|$)")
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s.+\sSET|DELETE\s+FROM|REPLACE\s+INTO"
    r"|(CREATE|DROP|ALTER)\s+(VIRTUAL\s+|TEMP\s+|UNIQUE\s+)?(TABLE|INDEX|VIEW|TRIGGER)|PRAGMA|ATTACH|VACUUM)\b",
    re.DOTALL,
)
SQL_DOORS = {"text", "literal_column", "exec_driver_sql"}
WALLS = {
    "registry": {"PySide6", "shiboken6", "ui", "sqlcipher3", "sqlite3"},
    "db": {"PySide6", "shiboken6", "ui", "registry"},
    "ui": {"sqlalchemy", "alembic", "sqlcipher3", "sqlite3", "db"},
    "resources": {"PySide6", "sqlalchemy", "registry", "db", "ui"},
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
SKIPS = {f"pytest.{name}" for name in ("skip", "xfail", "importorskip", "mark.skip", "mark.skipif", "mark.xfail")}
EVERYTHING = {"Exception", "BaseException"}
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b")


def room(path: str) -> str:
    """The first folder of `path`."""
    return path.split("/")[0]


@lru_cache(maxsize=1)
def nodes(tree: ast.Module) -> list[ast.AST]:
    """Every node of the file at hand, for one rule after the other."""
    return list(ast.walk(tree))


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written; "" for what is no name."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of whatever the file imports, inside functions too."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or ''}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and dotted(node.func).endswith("import_module") and node.args:
            yield node.lineno, ast.unparse(node.args[0]).strip("'\"")


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and value of every string constant, docstrings too."""
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def files_stay_short(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """A file stays under 400 lines; a migration is as long as the schema it makes."""
    if text.count("\n") >= 400 and not path.startswith("db/migrations/"):
        yield f"{path} has {text.count(chr(10))} lines"


def functions_stay_short(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """A function of the program stays under 50 lines; a step of a migration is as long as its table."""
    for node in nodes(tree):
        if path.startswith("db/migrations/") or room(path) == "tests":
            return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length >= 50:
                yield f"{path}:{node.lineno} {node.name} has {length} lines"


def posix_names_stay_in_one_room(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """What only POSIX has stands in db/platform.py, beside its Windows counterpart."""
    if path == "db/platform.py" or room(path) == "tests":
        return
    for line, name in imports(tree):
        module, _, member = name.partition(".")
        if module in POSIX_MODULES or member in POSIX_NAMES.get(module, ()):
            yield f"{path}:{line} imports {name}"
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in POSIX_NAMES.get(dotted(node.value), ()):
            yield f"{path}:{node.lineno} uses {ast.unparse(node)}"
    for line, value in strings(tree):
        if TEMPORARY_FOLDER.match(value):
            yield f"{path}:{line} names the folder {value}"


def errors_are_not_swallowed(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """No `except` whose whole answer is to do nothing, and no suppression of everything."""
    for node in nodes(tree):
        if isinstance(node, ast.ExceptHandler) and all(_does_nothing(step) for step in node.body):
            yield f"{path}:{node.lineno} swallows an error"
        if (
            isinstance(node, ast.Call)
            and dotted(node.func).endswith("suppress")
            and EVERYTHING & {*map(dotted, node.args)}
        ):
            yield f"{path}:{node.lineno} suppresses every error"


def _does_nothing(step: ast.stmt) -> bool:
    return isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))


def rooms_keep_their_walls(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """ui -> registry -> db, never back; Qt in ui only, the database's libraries never there."""
    for line, name in imports(tree):
        if name.split(".")[0] in WALLS.get(room(path), ()):
            yield f"{path}:{line} imports {name}"
        if name.startswith("ui.main"):
            yield f"{path}:{line} imports ui.main, which nobody may"
        if path.startswith("db/migrations/") and name.startswith("db.models"):
            yield f"{path}:{line}: a migration imports the models of today"


def registry_holds_no_sql(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """registry/ writes SQLAlchemy expressions, never SQL text; ui/ neither."""
    if room(path) not in {"registry", "ui"}:
        return
    for line, value in strings(tree):
        if SQL.match(value):
            yield f"{path}:{line} holds SQL: {value.strip()[:40]}"
    for line, name in imports(tree):
        if name.startswith("sqlalchemy") and name.rpartition(".")[2] in SQL_DOORS:
            yield f"{path}:{line} imports {name}"
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr == "exec_driver_sql":
            yield f"{path}:{node.lineno} runs SQL text"


def names_say_what_is_inside(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """No utils, helpers, manager, common."""
    if VAGUE_NAMES & set(path.removesuffix(".py").split("/")):
        yield f"{path} does not say what is inside"


def nothing_is_left_unfinished(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    """No note of work to come, no stub, no skipped test."""
    # Most files hold no such word at all.
    for token in tokenize.generate_tokens(io.StringIO(text if UNFINISHED.search(text) else "").readline):
        if token.type == tokenize.COMMENT and UNFINISHED.search(token.string):
            yield f"{path}:{token.start[0]} {token.string}"
    for node in nodes(tree):
        if isinstance(node, ast.Raise) and node.exc and "NotImplementedError" in ast.unparse(node.exc):
            yield f"{path}:{node.lineno} is a stub"
        if isinstance(node, ast.Attribute) and dotted(node) in SKIPS:
            yield f"{path}:{node.lineno} skips a test"


LONG_FILE = "x = 1\n" * 400
LONG_FUNCTION = "def long() -> None:\n" + "    x = 1\n" * 50
SWALLOWED = "try:\n    x = 1\nexcept ValueError:\n    ..."

#: Each rule with snippets (path and text) that break it.
BROKEN: list[tuple[Rule, str, str]] = [
    (files_stay_short, "registry/people.py", LONG_FILE),
    (functions_stay_short, "registry/people.py", LONG_FUNCTION),
    (posix_names_stay_in_one_room, "registry/people.py", "def f() -> None:\n    import fcntl"),
    (posix_names_stay_in_one_room, "db/backup.py", "from os import fork"),
    (posix_names_stay_in_one_room, "db/backup.py", "import os\nos.kill(1, 9)"),
    (posix_names_stay_in_one_room, "ui/tasks.py", "import signal\nsignal.SIGKILL"),
    (posix_names_stay_in_one_room, "ui/tasks.py", "folder = '/tmp/letters'"),
    (errors_are_not_swallowed, "db/engine.py", SWALLOWED),
    (errors_are_not_swallowed, "tests/db/test_engine.py", SWALLOWED.replace("...", "pass")),
    (errors_are_not_swallowed, "db/engine.py", "with contextlib.suppress(Exception):\n    f()"),
    (rooms_keep_their_walls, "registry/people.py", "from PySide6.QtCore import QTimer"),
    (rooms_keep_their_walls, "db/engine.py", "def f() -> None:\n    from registry import errors"),
    (rooms_keep_their_walls, "db/engine.py", "importlib.import_module('registry.errors')"),
    (rooms_keep_their_walls, "ui/form.py", "import sqlalchemy as sa"),
    (rooms_keep_their_walls, "ui/form.py", "from db import models"),
    (rooms_keep_their_walls, "ui/window.py", "from ui.main import main"),
    (rooms_keep_their_walls, "db/migrations/step_0001.py", "from db.models import people"),
    (registry_holds_no_sql, "registry/people.py", "query = 'SELECT id FROM person'"),
    (registry_holds_no_sql, "registry/people.py", "query = f'DELETE FROM {table}'"),
    (registry_holds_no_sql, "registry/people.py", "from sqlalchemy import text"),
    (registry_holds_no_sql, "registry/people.py", "connection.exec_driver_sql(query)"),
    (names_say_what_is_inside, "registry/utils.py", "x = 1"),
    (names_say_what_is_inside, "registry/common/dates.py", "x = 1"),
    (nothing_is_left_unfinished, "ui/form.py", "x = 1  # TO" + "DO: more"),
    (nothing_is_left_unfinished, "ui/form.py", "raise NotImplementedError"),
    (nothing_is_left_unfinished, "tests/test_form.py", "@pytest.mark.skip\ndef test() -> None: f()"),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in BROKEN))


@pytest.fixture(scope="module")
def breaches() -> dict[Rule, list[str]]:
    """By rule, what breaks it in any Python file of the project; each file is parsed once and let go."""
    found: dict[Rule, list[str]] = {rule: [] for rule in RULES}
    for folder in (*ROOMS, "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            path, tree = file.relative_to(ROOT).as_posix(), ast.parse(text)
            for rule, broken in found.items():
                broken += rule(path, text, tree)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule, breaches: dict[Rule, list[str]]) -> None:
    assert breaches[rule] == []


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    BROKEN,
    ids=[f"{rule.__name__}-{number}" for number, (rule, _, _) in enumerate(BROKEN)],
)
def test_the_rule_can_fail(rule: Rule, path: str, text: str) -> None:
    assert list(rule(path, text, ast.parse(text)))


def test_sentences_are_not_taken_for_sql() -> None:
    text = '"Select a file from the list."\n"Update set"\n"PRAGMATIC"'
    assert list(registry_holds_no_sql("registry/people.py", text, ast.parse(text))) == []


def test_lock_holds_every_dependency_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[<>=~]", requirement)[0].lower() for requirement in wanted]
    assert [name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)] == []
    assert re.search(r"://|--index|--find-links", lock) is None
