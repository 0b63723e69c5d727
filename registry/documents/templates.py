"""Letter templates: those that ship, one folder each, and those that the registry keeps; found by their id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import resources
from registry import additions, fields
from registry.additions import remembered
from registry.documents.days import in_words
from registry.documents.tree import Tree, expanded, fields_used, files_used
from registry.errors import Invalid
from registry.i18n import N_

NO_TEMPLATE = N_("There is no letter template “{name}”. Known: {known}.")

#: What a letter knows of its recipient besides the fields of the card; the caller fills these.
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
#: The highest sensitivity of a field that a letter can say: it is read by whoever opens the envelope.
_MOST_SENSITIVE = 1
#: Fields that no letter says: what others wrote about the person, and what could betray a status.
_UNSAID_TABLES = frozenset({"activity", "consent", "relation", "messenger"})
_UNSAID = frozenset({"residence_type", "migration_reason", "died_on"})
#: What a letter knows of its sender and day; `write_letters` fills these.
SENDER_FIELDS = ("home.name", "post.name", "post.city", "post.phone", "post.email", "date")

#: A letter, or a block that letters share, such as a signature.
Kind = Literal["letter", "block"]
#: What a letter rests on: a consent for its purpose, or the consulate's own task (expiry, address, crisis).
Basis = Literal["consent", "task"]
BASES: dict[str, str] = {"consent": N_("Consent"), "task": N_("Task of the consulate")}
#: The block that takes the place of the head that the program draws.
LETTERHEAD = "letterhead"
_FOLDERS: dict[str, str] = {"letter": "letters", "block": "letter_blocks"}


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
    """A letter, or a block that letters share: what it is for and what it says.

    Attributes:
        purpose: the consent purpose it needs; of a block, "".
        titles: its name by interface language.
        trees: the document by language of the recipient, the fallback first.
        basis: what it rests on: with "task" nobody has to have agreed.
        version: counted from 1; 0 = it ships with the program.
    """

    id: str
    purpose: str
    titles: Mapping[str, str]
    variables: tuple[Variable, ...]
    trees: Mapping[str, Tree]
    basis: Basis = "consent"
    kind: Kind = "letter"
    version: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in, the fallback first."""
        return tuple(self.trees)

    @property
    def fields(self) -> frozenset[str]:
        """Every field that any of its languages uses."""
        return frozenset().union(*(fields_used(tree) for tree in self.trees.values()))

    @property
    def files(self) -> frozenset[str]:
        """Every picture and enclosure that any of its languages uses."""
        return frozenset().union(*(files_used(tree) for tree in self.trees.values()))

    def language_for(self, language: str) -> str:
        """The language a recipient gets it in: their own if there is one, else the first."""
        return language if language in self.trees else self.languages[0]


def template_ids() -> list[str]:
    """The names of all letters: those that ship and those that the registry keeps."""
    return ids_of("letter")


def ids_of(kind: Kind) -> list[str]:
    """The names of all letters, or of all blocks."""
    kept = (name for each, name in additions.current().templates if each == kind)
    return sorted({*shipped_ids(kind), *kept})


def one_kind(text: str) -> Kind:
    """The kind that a question names."""
    return "block" if text == "block" else "letter"


def shipped_ids(kind: Kind) -> list[str]:
    """The names of those that ship with the program."""
    return sorted(folder.parent.name for folder in resources.path(_FOLDERS[kind]).glob("*/template.json"))


def answer_fields() -> tuple[str, ...]:
    """The questions of profile templates whose answers a letter can say to its recipient."""
    return tuple(name for name in person_fields() if fields.by_name(fields.PEOPLE)[name].asked is not None)


@remembered
def person_fields() -> tuple[str, ...]:
    """The fields of the card that a letter can say to its recipient, answers to profile templates among them."""
    said = (f for f in fields.of(fields.PEOPLE) if f.table not in _UNSAID_TABLES and f.name not in _UNSAID)
    return tuple(f.name for f in said if f.sensitivity <= _MOST_SENSITIVE and not f.former)


def allowed_fields(variables: tuple[Variable, ...]) -> frozenset[str]:
    """Whatever a template with these variables may name."""
    own = (variable.name for variable in variables)
    return frozenset((*RECIPIENT_FIELDS, *person_fields(), *SENDER_FIELDS, *own))


@remembered
def template(template_id: str) -> Template:
    """The letter of that name as it is printed, its blocks put in; `Invalid` if there is none."""
    if template_id not in template_ids():
        raise Invalid(NO_TEMPLATE, name=template_id[:40], known=", ".join(template_ids()))
    written = as_written("letter", template_id)
    return replace(written, trees={code: with_blocks(tree, code) for code, tree in written.trees.items()})


def with_blocks(tree: Tree, language: str) -> Tree:
    """The tree with the blocks of that language put in."""
    return expanded(tree, _blocks_in(language))


def letterhead(language: str) -> Tree | None:
    """The head of the registry's own for letters in a language; None = the one that the program draws."""
    return _blocks_in(language).get(LETTERHEAD)


@remembered
def as_written(kind: Kind, name: str) -> Template:
    """The newest version of a letter or block, as it is edited; the registry's own before the one that ships."""
    from registry.documents.template_json import from_definition

    kept = additions.current().templates.get((kind, name))
    if kept is not None:
        version, definition = kept
        return from_definition(json.loads(definition), version)
    return from_definition(_shipped_definition(kind, name), 0)


@remembered
def _blocks_in(language: str) -> dict[str, Tree]:
    """Every block in a language, else in its first."""
    blocks = {name: as_written("block", name) for name in ids_of("block")}
    return {name: block.trees[block.language_for(language)] for name, block in blocks.items()}


def _shipped_definition(kind: Kind, name: str) -> dict[str, object]:
    folder = resources.path(_FOLDERS[kind], name)
    about: dict[str, object] = json.loads((folder / "template.json").read_text("utf-8"))
    languages = about.pop("languages")
    assert isinstance(languages, list)
    trees = {code: json.loads((folder / f"{code}.json").read_text("utf-8")) for code in languages}
    return {**about, "kind": kind, "trees": trees}
