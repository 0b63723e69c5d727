"""Tree to query text; parsing it gives the same tree."""

from __future__ import annotations

import re

from registry.search.tree import And, Node, Not, Or, Phrase, Term, Word

_BARE = re.compile(r"[^\s()\"]+")


def write(tree: Node) -> str:
    """The query text of `tree`; "" for everybody."""
    match tree:
        case Word(text):
            return text
        case Phrase(text):
            return _quoted(text)
        case Term(field, operator, value):
            bare = _BARE.fullmatch(value) and not (operator in "<>" and value.startswith("="))
            return f"{field}{operator}{value if bare else _quoted(value)}"
        case Not(item):
            return "-" + (_bracketed(item) if isinstance(item, And | Or) else write(item))
        case And(items):
            return " ".join(_bracketed(item) if isinstance(item, Or) else write(item) for item in items)
        case Or(items):
            return " OR ".join(write(item) for item in items)


def _bracketed(tree: Node) -> str:
    return f"({write(tree)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
