"""Templates saved and taken out of use; every version stays, so that what was sent can be read for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import RowMapping, select

from db.models import template as template_table
from registry.commands import RetireTemplate, SaveTemplate
from registry.context import Context, View
from registry.documents import templates
from registry.documents.pictures import NO_FILE, missing_files
from registry.documents.template_json import check, from_definition, to_definition
from registry.documents.templates import Template
from registry.documents.tree import reused
from registry.errors import Invalid
from registry.i18n import N_, current_language
from registry.queries import GetTemplate, ListTemplates, TemplateVersions

NO_TEMPLATE = N_("There is no template “{name}”.")
SHIPPED = N_("“{name}” ships with the program and stays as it is. Copy it under another name and change the copy.")
NO_BLOCK = N_("There is no block “{name}”. Choose one of these: {known}.")
NO_VERSION = N_("The template “{name}” has no version {version}.")


@dataclass(frozen=True)
class TemplateView:
    """One letter or block as it is listed.

    Attributes:
        title: in the language in use.
        languages: those it is written in, the fallback first.
        version: the newest; 0 = it ships with the program.
        saved_on, officer: of the newest version; "" of one that ships.
    """

    id: str
    kind: str
    title: str
    purpose: str
    basis: str
    languages: tuple[str, ...]
    version: int
    saved_on: str = ""
    officer: str = ""

    @property
    def ships(self) -> bool:
        """Whether it came with the program and cannot be changed."""
        return self.version == 0


def save_template(context: Context, command: SaveTemplate) -> int:
    """Keep a letter or block as a new version, in use from now on. Returns the version; 0 = nothing was changed."""
    written = command.template
    check(written)
    if written.kind == "letter" and written.id in templates.shipped_ids("letter"):
        raise Invalid(SHIPPED, name=written.id, field="id")
    known = templates.ids_of("block")
    for tree in written.trees.values():
        for name in reused(tree) - set(known):
            raise Invalid(NO_BLOCK, name=name[:40], known=", ".join(known))
    for name in missing_files(context, written):
        raise Invalid(NO_FILE, name=name[:40])
    rows = _versions(context, written.kind, written.id)
    definition = json.dumps(to_definition(written), ensure_ascii=False)
    if rows and rows[-1]["active"] and rows[-1]["definition"] == definition:
        return 0
    # A number that was given once is never given again, not even after an undo.
    version = context.transaction.reserve(f"template.{written.kind}.{written.id}")
    _let_rest(context, rows)
    row: dict[str, object] = {"kind": written.kind, "name": written.id, "version": version, "active": True}
    row |= {"saved_on": date.today().isoformat(), "officer": context.session.name, "definition": definition}
    context.transaction.insert(template_table, [row])
    context.note.update(template=written.id, version=version)
    return version


def retire_template(context: Context, command: RetireTemplate) -> bool:
    """Offer a letter or block no longer; its versions stay readable, and undo offers it again."""
    rows = _versions(context, command.kind, command.name)
    if not any(row["active"] for row in rows):
        ships = command.name in templates.shipped_ids("block" if command.kind == "block" else "letter")
        raise Invalid(SHIPPED if ships else NO_TEMPLATE, name=command.name[:40])
    _let_rest(context, rows)
    context.note["template"] = command.name
    return True


def list_templates(view: View, query: ListTemplates) -> tuple[TemplateView, ...]:
    """Every letter or block that can be used, by title."""
    kind = templates.one_kind(query.kind)
    saved = {row["name"]: row for row in _active(view, kind)}
    listed = [_view(templates.as_written(kind, name), saved.get(name)) for name in templates.ids_of(kind)]
    return tuple(sorted(listed, key=lambda each: each.title.casefold()))


def get_template(view: View, query: GetTemplate) -> Template:
    """One version of a letter or block as it is edited, by default the newest; raises `Invalid`."""
    kind = templates.one_kind(query.kind)
    if query.version:
        for row in _versions(view, kind, query.name):
            if row["version"] == query.version:
                return from_definition(json.loads(row["definition"]), row["version"])
        raise Invalid(NO_VERSION, name=query.name[:40], version=query.version)
    if query.name not in templates.ids_of(kind):
        raise Invalid(NO_TEMPLATE, name=query.name[:40])
    return templates.as_written(kind, query.name)


def every_version(view: View) -> Iterator[Template]:
    """Each version of each letter and block that was ever saved."""
    for row in view.connection.execute(select(template_table)).mappings():
        yield from_definition(json.loads(row["definition"]), row["version"])


def template_versions(view: View, query: TemplateVersions) -> tuple[tuple[int, str, str], ...]:
    """(version, saved on, by whom) of a letter or block, newest first."""
    rows = _versions(view, query.kind, query.name)
    return tuple((row["version"], row["saved_on"], row["officer"]) for row in reversed(rows))


def copy_of(written: Template, name: str, title: str) -> Template:
    """The same letter under another name, to be changed and saved."""
    return replace(written, id=name, titles={**written.titles, current_language(): title}, version=0)


def _view(written: Template, row: RowMapping | None) -> TemplateView:
    title = written.titles.get(current_language()) or written.titles.get("en") or next(iter(written.titles.values()))
    view = TemplateView(
        written.id, written.kind, title, written.purpose, written.basis, written.languages, written.version
    )
    return view if row is None else replace(view, saved_on=row["saved_on"], officer=row["officer"])


def _let_rest(context: Context, rows: Sequence[RowMapping]) -> None:
    for row in rows:
        if row["active"]:
            context.transaction.update(template_table, row["id"], {"active": False})


def _active(view: View, kind: str) -> Sequence[RowMapping]:
    chosen = select(template_table).where(template_table.c.kind == kind, template_table.c.active)
    return view.connection.execute(chosen).mappings().all()


def _versions(view: View, kind: str, name: str) -> Sequence[RowMapping]:
    chosen = select(template_table).where(template_table.c.kind == kind, template_table.c.name == name)
    return view.connection.execute(chosen.order_by(template_table.c.version)).mappings().all()
