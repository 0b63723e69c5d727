"""Letter templates that ship with the program: one folder each, one document tree a language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import resources
from registry import fields
from registry.additions import remembered
from registry.documents.days import in_words
from registry.documents.tree import Tree, fields_used
from registry.documents.tree_json import from_json
from registry.errors import Invalid
from registry.i18n import N_

#: What a letter knows of its recipient: the caller fills these, an unknown one with an empty text.
RECIPIENT_FIELDS = (
    "salutation",
    "full_name",
    "family_name",
    "given_name",
    "title",
    "number",
    "city",
    "association",
    "address_block",
)
#: The highest sensitivity of an answer that a letter can say: it is read by whoever opens the envelope.
_MOST_SENSITIVE = 1
#: What a letter knows of its sender and day; `write_letters` fills these.
SENDER_FIELDS = ("home.name", "post.name", "post.city", "post.phone", "post.email", "date")


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that is the same in every letter of a mailing and that the officer may change before printing.

    Attributes:
        titles: what it is called, by language.
        defaults: what it says if nothing else is given, by language.
        dated: whether it is a day, which each letter says in its own language.
    """

    name: str
    titles: Mapping[str, str]
    defaults: Mapping[str, str]
    dated: bool = False

    def text(self, written: Mapping[str, str], language: str, country: str) -> str:
        """What a letter in `language` says: what was written for it, what was written for all, else the default.

        Args:
            written: texts by name, or by name and language as `name.fr`.
            country: ISO 3166-1 alpha-2 of the posting country, which decides how a date is read.
        """
        text = written.get(f"{self.name}.{language}") or written.get(self.name) or ""
        if text and self.dated:
            return in_words(text, language, country) or text
        return text or self.defaults.get(language, "")


@dataclass(frozen=True, slots=True)
class Template:
    """A letter: what it is for and what it says.

    Attributes:
        purpose: the consent purpose it needs.
        titles: its name by interface language.
        trees: the document by language of the recipient.
    """

    id: str
    purpose: str
    titles: Mapping[str, str]
    variables: tuple[Variable, ...]
    trees: Mapping[str, Tree]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in, the fallback first."""
        return tuple(self.trees)

    @property
    def fields(self) -> frozenset[str]:
        """Every field that any of its languages uses."""
        return frozenset().union(*(fields_used(tree) for tree in self.trees.values()))

    def language_for(self, language: str) -> str:
        """The language a recipient gets it in: their own if there is one, else the first."""
        return language if language in self.trees else self.languages[0]


def template_ids() -> list[str]:
    """The names of all templates that ship."""
    return sorted(folder.parent.name for folder in resources.path("letters").glob("*/template.json"))


def answer_fields() -> tuple[str, ...]:
    """The questions of profile templates whose answers a letter can say to its recipient."""
    asked = (f for f in fields.of(fields.PEOPLE) if f.asked is not None and not f.former)
    return tuple(f.name for f in asked if f.sensitivity <= _MOST_SENSITIVE)


@remembered
def template(template_id: str) -> Template:
    """The template of that name; `Invalid` if there is none or it cannot be read."""
    if template_id not in template_ids():
        raise Invalid(
            N_("There is no letter template “{name}”. Known: {known}."),
            name=template_id,
            known=", ".join(template_ids()),
        )
    about = json.loads(resources.path("letters", template_id, "template.json").read_text("utf-8"))
    variables = tuple(
        Variable(each["name"], each["title"], each["default"], each.get("dated", False)) for each in about["variables"]
    )
    allowed = {*RECIPIENT_FIELDS, *answer_fields(), *SENDER_FIELDS, *(variable.name for variable in variables)}
    trees = {}
    for language in about["languages"]:
        text = resources.path("letters", template_id, f"{language}.json").read_text("utf-8")
        trees[language] = from_json(json.loads(text), allowed)
    return Template(about["id"], about["purpose"], about["title"], variables, trees)
