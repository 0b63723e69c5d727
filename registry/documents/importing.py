"""A Word document taken in as a letter: its markers become fields, what cannot be kept is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from registry import fields
from registry.additions import remembered
from registry.commands import ImportTemplate, SaveTemplate
from registry.context import Context
from registry.documents import templates
from registry.documents.flat import joined
from registry.documents.keeping import SHIPPED, save_template
from registry.documents.pictures import keep_file
from registry.documents.templates import Template, Variable
from registry.documents.tree import (
    Block,
    Bullets,
    Condition,
    Enclosure,
    Field,
    Image,
    Inline,
    Paragraph,
    Reuse,
    Run,
    Section,
    Table,
    Tree,
)
from registry.documents.tree_json import from_json
from registry.errors import BadFile, Invalid
from registry.i18n import N_, current_language
from registry.transfer.readers.preflight import EMPTY, UNREADABLE

TOO_LARGE = N_("This document is larger than {limit} MB. Leave the letter in it and nothing else.")
_MOST_MEGABYTES = 20
_USUAL_PURPOSE = "outreach_news"
#: `{{forum.place}}` that is no field is a detail that the officer fills in before printing.
_DETAIL = re.compile(r"[a-z][a-z0-9_]{0,30}\.[a-z][a-z0-9_]{0,30}")
_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class TemplateImported:
    """What came of a Word document.

    Attributes:
        name, version: of the letter; version 0 = nothing was new.
        lost: codes of `docx.reading.LOSSES`.
        unknown: words in `{{ }}` that are no field; they stay as text.
        details: names of the details that it asks for.
        pictures: how many were kept.
    """

    name: str
    version: int
    lost: tuple[str, ...]
    unknown: tuple[str, ...]
    details: tuple[str, ...]
    pictures: int


def import_template(context: Context, command: ImportTemplate) -> TemplateImported:
    """Read the document in the guarded child, keep its pictures, save it as a version of the letter."""
    if command.name in templates.shipped_ids("letter"):
        raise Invalid(SHIPPED, name=command.name)
    read, lost, title, pictures = _read(command)
    # The same picture under another name is still the same document: names are ours.
    names = {
        name: keep_file(context, f"{command.name} {number}", data) for number, (name, data) in enumerate(pictures, 1)
    }
    unknown: list[str] = []
    details: list[str] = []

    def found(name: str) -> str | None:
        known = field_named(name)
        if known is None and _DETAIL.fullmatch(name):
            details.append(name)
            return name
        if known is None:
            unknown.append(name)
        return known

    tree = joined(Tree(_blocks(read.blocks, found, names)))
    titles = {current_language(): command.title or title or command.name}
    written = _before(command.name) or Template(
        command.name, command.purpose or _USUAL_PURPOSE, titles, (), {}, version=0
    )
    known = {variable.name for variable in written.variables}
    new = tuple(Variable(name, {}, {}) for name in dict.fromkeys(details) if name not in known)
    if command.purpose:
        written = replace(written, purpose=command.purpose)
    if command.title:
        written = replace(written, titles={**written.titles, **titles})
    trees = {**written.trees, command.language: tree}
    version = save_template(context, SaveTemplate(replace(written, trees=trees, variables=(*written.variables, *new))))
    return TemplateImported(
        command.name,
        version,
        tuple(lost),
        tuple(dict.fromkeys(unknown)),
        tuple(dict.fromkeys(details)),
        len(pictures),
    )


def field_named(name: str) -> str | None:
    """The field that a word in braces stands for: its name, its label or a heading that lists use; None = of none."""
    if name in templates.allowed_fields(()):
        return name
    return _by_words().get(_folded(name))


@remembered
def _by_words() -> dict[str, str]:
    found: dict[str, str] = {_folded(name): name for name in templates.allowed_fields(())}
    by_name = fields.by_name(fields.PEOPLE)
    for name in templates.person_fields():
        for words in (*by_name[name].titles, *by_name[name].aliases):
            found.setdefault(_folded(words), name)
    # Whoever writes of a town in a letter means that of the address it goes to.
    return {words: "city" if name == "address.city" else name for words, name in found.items()}


def _folded(words: str) -> str:
    return _WORDS.sub("", words.casefold())


def _before(name: str) -> Template | None:
    return templates.as_written("letter", name) if name in templates.ids_of("letter") else None


def _read(command: ImportTemplate) -> tuple[Tree, list[str], str, list[tuple[str, bytes]]]:
    from registry.transfer.readers.child import run_guarded

    try:
        with command.path.open("rb") as file:
            content = file.read(_MOST_MEGABYTES * 1_000_000 + 1)
    except OSError:
        raise BadFile(UNREADABLE) from None
    if not content:
        raise BadFile(EMPTY)
    if len(content) > _MOST_MEGABYTES * 1_000_000:
        raise BadFile(TOO_LARGE, limit=_MOST_MEGABYTES)
    (batch,) = run_guarded("docx", [content])
    tree, lost, title, *pictures = batch
    return from_json(json.loads(tree)), lost, title, list(zip(pictures[::2], pictures[1::2], strict=True))


Finding = Callable[[str], str | None]


def _blocks(blocks: tuple[Block, ...], found: Finding, pictures: Mapping[str, str]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            inside, name = _blocks(block.blocks, found, pictures), found(block.field)
            kept += [replace(block, field=name, blocks=inside)] if name is not None else inside
        elif isinstance(block, Paragraph):
            kept.append(replace(block, inlines=_inlines(block.inlines, found)))
        elif isinstance(block, Bullets):
            kept.append(replace(block, items=tuple(_inlines(item, found) for item in block.items)))
        elif isinstance(block, Table):
            rows = tuple(tuple(_inlines(cell, found) for cell in row) for row in block.rows)
            kept.append(replace(block, rows=rows))
        elif isinstance(block, Image | Enclosure):
            kept.append(replace(block, name=pictures.get(block.name, block.name)))
        elif not isinstance(block, Reuse) or block.name in templates.ids_of("block"):
            kept.append(block)
        else:
            kept.append(Paragraph((Run("{{block " + block.name + "}}"),)))
    return tuple(kept)


def _inlines(inlines: tuple[Inline, ...], found: Finding) -> tuple[Inline, ...]:
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Condition):
            inside, name = _inlines(inline.inlines, found), found(inline.field)
            kept += [replace(inline, field=name, inlines=inside)] if name is not None else inside
        elif isinstance(inline, Field):
            name = found(inline.name)
            text = Run("{{" + inline.name + "}}", inline.bold, inline.italic, inline.underline, inline.size)
            kept.append(replace(inline, name=name) if name is not None else text)
        else:
            kept.append(inline)
    return tuple(kept)
