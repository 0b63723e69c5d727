"""What the documentation says is true of the program: links, commands, queries, tables."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from registry import setup
from registry.access import Right
from registry.app import Registry
from registry.cli import arguments
from registry.cli.main import build
from registry.commands import SaveSegment
from registry.fields import PEOPLE
from registry.outreach.reasons import REASONS
from registry.queries import Search
from registry.search.names import Names
from registry.search.parser import parse
from tests import docs

ROOT = docs.DOCS.parent
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(docs.DOCS.glob("*.md")))
#: A picture in the repository is small enough for a slow line.
LARGEST_PICTURE = 200_000  # bytes

_CODE = re.compile(r"^(?: {4}|\t).*$|`[^`\n]*`", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_COMMAND = re.compile(r"^(?:    |`)?(?:\$ )?(?:\S*[\\/])?(diaspora-registry(?: [^`\n]*)?)`?$", re.MULTILINE)
_INLINE_COMMAND = re.compile(r"`(diaspora-registry [^`]*)`")
#: `COMMAND`, `DIR`: a form to be filled, no example.
_PLACEHOLDER = re.compile(r"\b(COMMAND|DIR|FILE|NUMBER|QUERY)\b|[\[…]")
_TARGET = re.compile(r"`make ([a-z]+)`|^    make ([a-z]+)$", re.MULTILINE)
_QUERY_ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


def command_of(given: list[str]) -> str:
    """The command among `ordered` arguments; "" if there is none."""
    waiting = list(given)
    while waiting:
        argument = waiting.pop(0)
        if argument in arguments.VALUED:
            del waiting[:1]
        elif not argument.startswith("-"):
            return argument
    return ""


def text_of(page: Path) -> str:
    """The page with continued lines of a command joined."""
    return page.read_text(encoding="utf-8").replace("\\\n", " ")


def prose_of(page: Path) -> str:
    """The page without code, in which brackets are no links."""
    return _CODE.sub("", _FENCED.sub("", text_of(page)))


def anchors(page: Path) -> set[str]:
    """The anchors that the headings of a page give."""
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> Iterator[tuple[str, str]]:
    """Page and command line of every example."""
    for page in PAGES:
        text = text_of(page)
        for line in dict.fromkeys((*_COMMAND.findall(text), *_INLINE_COMMAND.findall(text))):
            if not _PLACEHOLDER.search(line):
                yield page.name, line


def queries() -> list[str]:
    """The examples of the page about searching."""
    found = _QUERY_ROW.findall(text_of(docs.DOCS / "searching.md"))
    return [query.replace(r"\|", "|") for query in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for picture, target in _LINK.findall(prose_of(page)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            lost.append(target)
        elif picture and file.stat().st_size > LARGEST_PICTURE:
            lost.append(f"{target} is too large")
    assert lost == []


def test_every_page_is_in_the_index() -> None:
    index = text_of(docs.DOCS / "README.md")
    assert [page.name for page in docs.DOCS.glob("*.md") if page.name != "README.md" and page.name not in index] == []


def test_pictures_are_those_that_the_pages_show() -> None:
    shown = {Path(target).name for page in PAGES for picture, target in _LINK.findall(text_of(page)) if picture}
    assert shown == set(docs.PICTURES) == {file.name for file in docs.IMAGES.iterdir()}


def test_there_are_command_lines_to_check() -> None:
    assert len(list(commands())) > 20


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_command_lines_are_understood(page: str, line: str) -> None:
    given = arguments.ordered(shlex.split(line, comments=True)[1:])
    program = typer.main.get_command(build())
    # Only parsed, which raises for a word or an option that is not known; nothing is carried out.
    context = program.make_context("diaspora-registry", list(given), obj=(None, None))
    name = command_of(given)
    rest = given[given.index(name) + 1 :] if name else []
    command = program
    while isinstance(command, TyperGroup) and name:
        found = command.get_command(context, name)
        assert found is not None, f"{page}: there is no command {name}"
        command = found
        if isinstance(command, TyperGroup):
            name, rest = rest[0], rest[1:]
    if name:
        command.make_context(name, list(rest), parent=context)


def test_make_targets_exist() -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {a or b for page in PAGES for a, b in _TARGET.findall(text_of(page))}
    assert named
    assert named <= known


@pytest.fixture(scope="module")
def empty_registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry without a single person, an administrator signed in."""
    folder = tmp_path_factory.mktemp("registry") / "empty"
    setup.create(folder, post="GVA", country="CHE", home="ETH", admin="almaz", password="demo", demonstration=True)
    with Registry.open(folder, "almaz", "demo") as registry:
        for name in ("Nurses in Lyon", "Choir"):
            registry.execute(SaveSegment(name, "occupation:nurse city:Lyon"))
        yield registry


@pytest.mark.parametrize("query", queries())
def test_queries_of_the_documentation_work(empty_registry: Registry, query: str) -> None:
    parse(query, Names(PEOPLE, empty_registry.session))
    assert empty_registry.read(Search(query)).total == 0


def test_searching_shows_enough_queries() -> None:
    assert len(queries()) > 20


def test_fields_page_is_current() -> None:
    assert docs.FIELDS_PAGE.read_text(encoding="utf-8") == docs.fields_page(), "run: python -m tests.docs"


def test_table_of_rights_is_current() -> None:
    page = docs.STAFF_PAGE.read_text(encoding="utf-8")
    assert page == docs.with_rights_table(page), "run: python -m tests.docs"
    assert set(docs.RIGHTS_IN_WORDS) == set(Right)


def test_letters_page_names_every_reason() -> None:
    page = text_of(docs.DOCS / "letters.md")
    assert [reason for reason in REASONS.values() if reason not in page] == []
