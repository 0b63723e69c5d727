"""Every sentence is in the catalogue, in French too, with the same places to fill."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "resources" / "translations" / "fr" / "LC_MESSAGES"
_MARKS = {"_": 1, "N_": 1, "translate": 1, "ngettext": 2}
_PLACE = re.compile(r"\{(\w+)")


def sentences() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where each marked sentence stands, and its forms."""
    for room in ("registry", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
                    forms = node.args[: _MARKS[node.func.id]]
                    if forms and all(isinstance(f, ast.Constant) and isinstance(f.value, str) for f in forms):
                        texts = tuple(str(ast.literal_eval(f)) for f in forms)
                        if any(texts):
                            yield f"{path.relative_to(ROOT)}:{node.lineno}", texts


@pytest.fixture(scope="module")
def french() -> dict[str, Message]:
    """The French catalogue by English singular."""
    with (WORDS / "registry.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    return {m.id if isinstance(m.id, str) else m.id[0]: m for m in catalogue if m.id}


def forms_of(message: Message) -> tuple[str, ...]:
    """The French forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_every_sentence_is_translated(french: dict[str, Message]) -> None:
    missing = [
        f"{place} {forms[0]!r}"
        for place, forms in sentences()
        if forms[0] not in french or not all(forms_of(french[forms[0]]))
    ]
    assert missing == []


def test_the_places_to_fill_are_the_same(french: dict[str, Message]) -> None:
    different = []
    for message in french.values():
        english = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms_of(message)[-1:]:
            if set(_PLACE.findall(english)) != set(_PLACE.findall(form)):
                different.append(english)
    assert different == []


def test_what_is_shipped_is_what_was_translated() -> None:
    with (WORDS / "registry.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    # Not compared in the assertion: to tell where two catalogues differ takes longer than a test may.
    same = compiled.getvalue() == (WORDS / "registry.mo").read_bytes()
    assert same, "run `make translations`"


def test_no_sentence_stands_inside_an_f_string() -> None:
    """The extractor does not see it there on every Python."""
    found = []
    for room in ("registry", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    found += [
                        f"{path.relative_to(ROOT)}:{call.lineno}"
                        for call in ast.walk(node)
                        if isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Name)
                        and call.func.id in _MARKS
                        and call.args
                        and isinstance(call.args[0], ast.Constant)
                    ]
    assert found == []
