"""The command line keeps its promises: every command and option is there, documented, and has words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from registry.actions import ACTIONS, ANSWERS
from registry.cli.main import build

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")

#: The commands promised so far, with their options.
PROMISED = {
    "init": {"--post", "--country", "--home", "--admin"},
    "demo": {"--people", "--seed"},
    "backup": set(),
    "restore": {"--recovery-key-file"},
    "import": {"--kind", "--sheet", "--mapping", "--dry-run", "--report", "--existing", "--duplicates"},
    "undo": {"--force"},
    "add": set(),
    "edit": set(),
    "set": {"--query", "--kind", "--empty", "--dry-run"},
    "log": {"--query", "--kind", "--dry-run"},
    "duplicates": {"--output", "--threshold"},
    "related": set(),
    "relate": set(),
    "household": {"--name", "--leave"},
    "registration show": set(),
    "registration confirm": {"--query", "--until"},
    "registration notice": {"--query"},
    "registration lapse": {"--query"},
    "registration move": {"--since", "--household"},
    "registration transfer": {"--post", "--since"},
    "registration return": {"--since", "--unreachable"},
    "registration death": {"--on", "--source"},
    "registration untraceable": {"--reason"},
    "today": set(),
    "search": {"--kind", "--limit", "--offset", "--batch", "--column"},
    "views list": {"--kind"},
    "views save": {"--kind", "--sort", "--descending"},
    "views delete": {"--kind"},
    "segments list": set(),
    "segments ready": {"--take"},
    "segments save": {"--kind", "--shared", "--private"},
    "segments freeze": set(),
    "segments show": set(),
    "segments rename": set(),
    "segments share": {"--private"},
    "segments delete": set(),
    "segments add": {"--query", "--kind"},
    "segments remove": {"--query", "--kind"},
    "labels": {"-o", "--sheet", "--start", "--purpose", "--campaign", "--by-post", "--reason"},
    "envelopes": {"-o", "--size", "--reason"},
    "registered-mail": {"-o", "--reason"},
    "attendance": {"-o", "--title", "--reason"},
    "certificate": {"-o", "--lang"},
    "extract": {"-o", "--reason"},
    "export": {"-o", "--layout", "--reason"},
    "skills": {"-o", "--preset", "--everybody", "--reason"},
    "map": {"-o", "--by", "--years", "--kind", "--country", "--home", "--everybody", "--public", "--reason"},
    "stats": {"--by", "--public", "-o", "--kind", "--reason"},
    "coverage": {
        *("--estimates", "--dry-run", "--origin", "--source-name", "--cities", "--year", "--source", "--sex", "-o"),
        *("--everybody", "--reason"),
    },
    "visits": {"--count", "--beyond", "--reach", "--centre", "-o", "--everybody", "--reason"},
    "letters": {"--template", "-o", "--purpose", "--lang", "--dry-run", "--window", "--duplex", "--reason"},
    "templates list": {"--blocks"},
    "templates show": {"--lang", "-o"},
    "templates import": {"--id", "--lang", "--title", "--purpose"},
    "form": {"-o", "--profile", "--lang"},
    "campaign list": set(),
    "campaign show": {"--people"},
    "campaign prepare": {
        *("--channel", "--template", "--purpose", "--basis", "--lang", "--per", "--kind", "--title", "--follows"),
        *("--set", "--question", "--answers"),
    },
    "campaign print": {"-o", "--most", "--window", "--duplex", "--reason"},
    "campaign write": {"-o", "--reason"},
    "campaign send": {"--most", "--reason"},
    "campaign posted": {"--on"},
    "campaign returned": {"--why", "--on"},
    "campaign answers": set(),
    "report": {"-o", "--data", "--lang", "--office", "--everybody", "--reason"},
    "associations": {"--everybody"},
    "profiles": {"--everybody"},
    "ways": {"--channel", "--everybody"},
    "concerns": {"--answered", "--theme", "--country", "--everybody"},
    "check": {"--by", "--kind", "--everybody", "--record"},
    "history": {"--record", "--verify", "--anchor"},
    "anchor": {"-o"},
    "erase": set(),
    "merge": set(),
    "unmerge": set(),
    "protected": set(),
    "users add": set(),
    "users disable": set(),
    "users role": set(),
    "users password": set(),
    "users list": set(),
}


def commands() -> Iterator[tuple[str, TyperCommand]]:
    """Every command by its name, "users add"."""
    group = typer.main.get_command(build())
    yield from _inside("", group)


def _inside(name: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            yield from _inside(f"{name} {word}".strip(), inner)
    elif isinstance(command, TyperCommand):
        yield name, command


BUILT = dict(commands())


def options(command: TyperCommand) -> set[str]:
    return {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")} - {"--help"}


def test_exactly_the_promised_commands_are_there() -> None:
    assert set(BUILT) == set(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_promised_options_are_there(name: str) -> None:
    assert options(BUILT[name]) >= PROMISED[name]


@pytest.mark.parametrize("name", PROMISED)
def test_every_command_and_option_is_documented(name: str) -> None:
    chapters = re.split(r"^### ", PAGE, flags=re.MULTILINE)
    chapter = next(c for c in chapters if re.match(rf"`{name}\b", c))
    documented = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", chapter))
    assert options(BUILT[name]) - documented == set()
    own = {o for line in re.findall(r"^\| (`-.*?) \|", chapter, re.MULTILINE) for o in re.findall(r"--[a-z-]+", line)}
    assert own - options(BUILT[name]) == set()


@pytest.mark.parametrize("name", PROMISED)
def test_every_command_and_parameter_has_help(name: str) -> None:
    command = BUILT[name]
    assert command.help
    assert [p.name for p in command.params if not getattr(p, "help", "")] == []


def test_every_operation_has_words_and_a_handler() -> None:
    for action in ACTIONS.values():
        assert action.label
        assert callable(action.run)
    for answer in ANSWERS.values():
        assert callable(answer.run)
