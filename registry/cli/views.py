"""`views …`: columns and order of a list under a name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from registry.cli.kinds import Kind
from registry.cli.state import SignedIn, State
from registry.commands import DeleteListView, SaveListView
from registry.i18n import _
from registry.queries import ListViews

_Name = Annotated[str, typer.Argument(help=_("What the view is called."))]
_Kind = Annotated[Kind, typer.Option(help=_("Of which list."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    group.command("list", help=_("Your views of a list."))(show_all)
    group.command(help=_("Keep columns and order under a name."))(save)
    group.command(help=_("Forget a view."))(delete)
    app.add_typer(group, name="views", help=_("Columns and order of a list, kept under a name."))


def show_all(context: typer.Context, kind: _Kind = Kind.PEOPLE) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        return _tell(signed_in, kind)


def save(
    context: typer.Context,
    name: _Name,
    columns: Annotated[list[str], typer.Argument(metavar="FIELD...", help=_("The columns, in order."))],
    sort: Annotated[str, typer.Option(metavar="FIELD", help=_("What the list is sorted by; default: the name."))] = "",
    descending: Annotated[bool, typer.Option("--descending", help=_("Largest first."))] = False,
    kind: _Kind = Kind.PEOPLE,
) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        signed_in.execute(SaveListView(kind, name, tuple(columns), sort, descending))
        return _tell(signed_in, kind)


def delete(context: typer.Context, name: _Name, kind: _Kind = Kind.PEOPLE) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        signed_in.execute(DeleteListView(kind, name))
        return _tell(signed_in, kind)


def _tell(signed_in: SignedIn, kind: str) -> int:
    views, output = signed_in.registry.read(ListViews(kind)), signed_in.output
    output.result({"views": [asdict(view) for view in views]})
    if views:
        rows = ((v.name, ", ".join(v.columns), f"{'-' if v.descending else ''}{v.sort}") for v in views)
        output.table((_("Name"), _("Columns"), _("Sorted by")), rows)
    elif not output.json:
        output.say(_("There are no views yet."))
    return 0
