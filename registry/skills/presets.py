"""Selections that ship: queries with a name, and how a query is narrowed to those who take part in the inventory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import resources
from registry.access import Session
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, current_language
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import Node, Not, Term, all_of

NO_PRESET = N_("There is no preset “{code}”. Choose one of: {known}.")
PURPOSE = "skills_inventory"
#: Whoever refused the purpose and agreed to it by no channel is in no inventory (DOMAIN.md, section 6).
REFUSED = Term("consent", ":", f"{PURPOSE}/refused")


@dataclass(frozen=True)
class Preset:
    """A selection with a name.

    Attributes:
        labels: language -> what it is called.
        query: query language, in names of fields and codes: the same in every language.
    """

    code: str
    labels: dict[str, str]
    query: str

    @property
    def label(self) -> str:
        """What it is called in the language in use."""
        return self.labels.get(current_language()) or self.labels["en"]


@cache
def presets() -> tuple[Preset, ...]:
    """All of them, in the order in which they are offered."""
    document = json.loads(resources.path("skills", "presets.json").read_text(encoding="utf-8"))
    return tuple(Preset(p["code"], p["labels"], p["query"]) for p in document["presets"])


def asked(session: Session, query: str, preset: str = "") -> Node:
    """Whom a query, within a preset if one is named, asks for. Raises `Invalid` if there is no such preset."""
    names = Names(PEOPLE, session)
    return all_of((parse(_query_of(preset), names), parse(query, names)))


def taking_part(tree: Node) -> Node:
    """Those of them who did not refuse the inventory."""
    return all_of((tree, Not(REFUSED)))


def refusing(tree: Node) -> Node:
    """Those of them who refused it."""
    return all_of((tree, REFUSED))


def _query_of(code: str) -> str:
    if not code:
        return ""
    for preset in presets():
        if preset.code == code:
            return preset.query
    raise Invalid(NO_PRESET, code=code[:40], known=", ".join(p.code for p in presets()))
