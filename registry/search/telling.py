"""Tree to words: what a query asks for, as a reader of a table or a report understands it."""

from __future__ import annotations

from collections.abc import Iterable

from registry import vocabularies
from registry.i18n import _
from registry.search.names import Names
from registry.search.tree import And, Node, Not, Or, Phrase, Term, Word

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


def tell(tree: Node, names: Names) -> str:
    """All of it in the current language; "" for everybody."""
    match tree:
        case Word(text) | Phrase(text):
            return f"“{text}”"
        case Term():
            return condition(tree, names)
        case Not(item):
            return _("not {condition}", condition=_bracketed(item, names))
        case And(items):
            return _joined(_("and"), items, names)
        case Or(items):
            return _joined(_("or"), items, names)


def condition(term: Term, names: Names) -> str:
    """One condition: "Sex: Female", "Date of birth ≥ 1990"."""
    known = names.find(term.field)
    name, value = term.field, term.value
    if len(known) == 1:
        field = known[0]
        name = field.title
        if field.vocabulary:
            code = vocabularies.get(field.vocabulary).find(value.lstrip("="))
            value = field.show(code) if code else value
    if term.operator in _SIGNS:
        return f"{name} {_SIGNS[term.operator]} {value}"
    return _("{field}: {value}", field=name, value=value)


def _joined(word: str, items: Iterable[Node], names: Names) -> str:
    return f" {word} ".join(_bracketed(item, names) for item in items)


def _bracketed(tree: Node, names: Names) -> str:
    words = tell(tree, names)
    return f"({words})" if isinstance(tree, And | Or) else words
