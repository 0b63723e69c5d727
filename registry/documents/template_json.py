"""A template as one JSON document, as the registry keeps it: read strictly, written so that reading gives it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from registry import vocabularies
from registry.documents import templates
from registry.documents.templates import BASES, Basis, Kind, Template, Variable
from registry.documents.tree_json import from_json, to_json
from registry.errors import Invalid
from registry.i18n import N_

NOT_READ = N_("This template cannot be read: “{key}” is missing or not understood.")
NO_ID = N_("“{name}” is no name of a template. Use small letters, digits and hyphens, such as “summer-forum”.")
NO_TITLE = N_("Give the template a title.")
NO_TEXT = N_("Write the letter in one language at least.")
NO_PURPOSE = N_("Choose what people have to have agreed to.")
NO_LANGUAGE = N_("“{code}” is not the code of a language.")
NO_VARIABLE = N_("“{name}” is no name of a detail. Use two words with a point, such as “forum.place”.")
TWICE = N_("Two details are called “{name}”. Give one of them another name.")

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,30}\.[a-z][a-z0-9_]{0,30}")
_KEYS = ("id", "kind", "purpose", "basis", "title", "variables", "trees", "languages")
_LONGEST = 2_000
_MOST = 60


def to_definition(template: Template) -> dict[str, Any]:
    """The document of a template; the version is said by where it is kept."""
    return {
        "id": template.id,
        "kind": template.kind,
        "purpose": template.purpose,
        "basis": template.basis,
        "title": dict(template.titles),
        "variables": [
            {"name": v.name, "title": dict(v.titles), "default": dict(v.defaults), "dated": v.dated}
            for v in template.variables
        ],
        # Objects keep no order when somebody else writes them, and the first language is the fallback.
        "languages": list(template.languages),
        "trees": {code: to_json(tree) for code, tree in template.trees.items()},
    }


def from_definition(data: object, version: int) -> Template:
    """The template of a document; `Invalid` says what is wrong with it."""
    if not isinstance(data, dict) or not set(data) <= set(_KEYS):
        raise Invalid(NOT_READ, key="template")
    variables = tuple(_variable(each) for each in _list(data, "variables"))
    names = [variable.name for variable in variables]
    for name in names:
        if names.count(name) > 1:
            raise Invalid(TWICE, name=name)
    kind = _one_of(data, "kind", ("letter", "block"), "letter")
    basis = _one_of(data, "basis", tuple(BASES), "consent")
    # A block may say what any letter knows: variables belong to the letter that uses it.
    allowed = templates.allowed_fields(variables) if kind == "letter" else None
    given = data.get("trees")
    if not isinstance(given, dict):
        raise Invalid(NOT_READ, key="trees")
    languages = data.get("languages", list(given))
    if not isinstance(languages, list) or set(languages) != set(given):
        raise Invalid(NOT_READ, key="languages")
    trees = {code: from_json(given[code], allowed) for code in languages}
    name, purpose = str(data.get("id", "")), str(data.get("purpose", ""))
    titles = _words(data, "title")
    return Template(name, purpose, titles, variables, trees, cast(Basis, basis), cast(Kind, kind), version)


def check(template: Template) -> None:
    """Refuse what cannot be kept as a template: no name, no title, no text, a purpose that is none."""
    if not _ID.fullmatch(template.id):
        raise Invalid(NO_ID, name=template.id[:40], field="id")
    if not any(title.strip() for title in template.titles.values()):
        raise Invalid(NO_TITLE, field="title")
    if not template.trees:
        raise Invalid(NO_TEXT)
    for code in template.languages:
        if code not in vocabularies.get("language").codes:
            raise Invalid(NO_LANGUAGE, code=code[:20])
    if template.kind == "letter" and template.purpose not in vocabularies.get("consent_purpose").codes:
        raise Invalid(NO_PURPOSE, field="purpose")
    from_definition(to_definition(template), template.version)


def _variable(data: object) -> Variable:
    if not isinstance(data, dict):
        raise Invalid(NOT_READ, key="variables")
    name = data.get("name")
    if not isinstance(name, str) or not _VARIABLE.fullmatch(name):
        raise Invalid(NO_VARIABLE, name=str(name)[:40])
    return Variable(name, _words(data, "title"), _words(data, "default"), data.get("dated") is True)


def _words(data: Mapping[str, object], key: str) -> dict[str, str]:
    """Words by language."""
    found = data.get(key, {})
    if not isinstance(found, dict) or len(found) > _MOST:
        raise Invalid(NOT_READ, key=key)
    for code, words in found.items():
        if not isinstance(code, str) or not isinstance(words, str) or len(words) > _LONGEST:
            raise Invalid(NOT_READ, key=key)
    return found


def _list(data: Mapping[str, object], key: str) -> list[object]:
    found = data.get(key, [])
    if not isinstance(found, list) or len(found) > _MOST:
        raise Invalid(NOT_READ, key=key)
    return found


def _one_of(data: Mapping[str, object], key: str, known: tuple[str, ...], usual: str) -> str:
    found = data.get(key, usual)
    if not isinstance(found, str) or found not in known:
        raise Invalid(NOT_READ, key=key)
    return found
