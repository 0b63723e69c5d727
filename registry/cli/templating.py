"""`templates …`: the letters that can be written, and letters taken in from Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.state import State
from registry.commands import ImportTemplate
from registry.documents.templates import Template
from registry.errors import Invalid
from registry.i18n import N_, _, current_language
from registry.queries import GetTemplate, GetTemplateFile, ListTemplates

NO_SUCH_LANGUAGE = N_("This template has no text in “{language}”. Known: {known}.")

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("The template, such as annual-forum."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    group.command("list", help=_("The letters that ship, and the registry's own."))(show_all)
    group.command("show", help=_("What one letter is for, and what it asks and says."))(show)
    group.command("import", help=_("Take a Word document with {{field}}s in as a letter."))(take_in)
    app.add_typer(group, name="templates", help=_("Templates of letters."))


def show_all(
    context: typer.Context,
    blocks: Annotated[bool, typer.Option("--blocks", help=_("The blocks that letters share, instead."))] = False,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(ListTemplates("block" if blocks else "letter"))
    names = ("id", "title", "purpose", "basis", "version", "saved_on")
    listed = [{name: getattr(view, name) for name in names} | {"languages": list(view.languages)} for view in found]
    state.output.result({"templates": listed})
    if not state.output.json:
        rows = ((v.id, v.title, v.purpose, ", ".join(v.languages), v.version or _("ships")) for v in found)
        headings = (_("Template"), _("Title"), _("Consent"), _("Languages"), _("Version"))
        state.output.table(headings, rows)
    return 0


def show(
    context: typer.Context,
    template: _Id,
    lang: Annotated[str, typer.Option(metavar="CODE", help=_("The language shown. Default: the first."))] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.docx", help=_("Write it for Word, to be changed."))
    ] = None,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        found = signed_in.registry.read(GetTemplate(template))
        language = lang or found.languages[0]
        if language not in found.trees:
            raise Invalid(NO_SUCH_LANGUAGE, language=language[:20], known=", ".join(found.languages))
        if output is not None:
            from registry.documents.docx.writing import save_template

            save_template(output, found, language, lambda name: signed_in.registry.read(GetTemplateFile(name)))
    about = {"id": found.id, "version": found.version, "purpose": found.purpose, "basis": found.basis}
    about |= {"languages": list(found.languages), "fields": sorted(found.fields)}
    about |= {"variables": [variable.name for variable in found.variables], "file": str(output) if output else None}
    state.output.result({"template": about})
    if not state.output.json:
        _tell(state, found, language)
    return 0


def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help=_("The Word document."))],
    name: Annotated[str, typer.Option("--id", metavar="ID", help=_("What the template is called, such as my-forum."))],
    lang: Annotated[str, typer.Option(metavar="CODE", help=_("Language of the document."))] = "",
    title: Annotated[str, typer.Option(help=_("Its title. Default: the document's own."))] = "",
    purpose: Annotated[str, typer.Option(metavar="P", help=_("Consent needed. Default: news and invitations."))] = "",
) -> int:
    from registry.documents.docx.reading import LOSSES

    state: State = context.obj
    with state.open() as signed_in:
        made = signed_in.execute(ImportTemplate(file, name, lang or current_language(), title, purpose)).value
    result = {"template": made.name, "version": made.version, "lost": list(made.lost), "unknown": list(made.unknown)}
    state.output.result(result | {"details": list(made.details), "pictures": made.pictures})
    if not state.output.json:
        said = _("{file} is version {version} of “{name}”.", file=file, version=made.version, name=made.name)
        state.output.say(said if made.version else _("Nothing was changed."))
        for code in made.lost:
            state.output.say(_("Not kept: {what}", what=_(LOSSES[code])))
        if made.unknown:
            state.output.say(_("No fields, and kept as text: {names}", names=", ".join(made.unknown)))
    return 1 if made.lost or made.unknown else 0


def _tell(state: State, template: Template, language: str) -> None:
    from registry import vocabularies
    from registry.documents.email_text import template_text
    from registry.documents.templates import BASES

    purpose = vocabularies.get("consent_purpose").label(template.purpose)
    rows = [
        (_("Template"), template.id),
        (_("Title"), template.titles.get(current_language()) or next(iter(template.titles.values()), "")),
        (_("Purpose"), purpose),
        (_("It rests on"), _(BASES[template.basis])),
        (_("Languages"), ", ".join(template.languages)),
        (_("Version"), template.version or _("ships")),
        (_("Details"), ", ".join(variable.name for variable in template.variables)),
    ]
    state.output.table(("", ""), rows)
    state.output.say(template_text(template.trees[language]))
