"""`init` and `demo`: new registries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.state import State, secret
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from registry.demo.run import Demonstration

DIFFERENT = N_("The two passwords are not the same. Type them again.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Make an empty encrypted registry."))(init)
    app.command(help=_("Make a registry of invented people."))(demo)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("An empty or a new folder."))],
    post: Annotated[str, typer.Option(metavar="CODE", help=_("The consulate's code, such as LYS."))],
    country: Annotated[str, typer.Option(metavar="ISO3", help=_("The country in which the post stands."))],
    admin: Annotated[str, typer.Option(metavar="NAME", help=_("Sign-in name of the administrator."))],
    home: Annotated[str | None, typer.Option(metavar="ISO3", help=_("The state that the post serves."))] = None,
) -> int:
    from registry import setup

    state: State = context.obj
    password = state.password()
    if state.password_file is None and sys.stdin.isatty() and secret(None, _("The same again: ")) != password:
        raise Invalid(DIFFERENT)
    recovery = setup.create(folder, post=post, country=country, home=home, admin=admin, password=password)
    state.output.result({"registry": str(folder), "recovery_keys": list(recovery)})
    if not state.output.json:
        state.output.say(_("The registry is ready in {folder}.", folder=folder))
        state.output.say(_("Print these recovery keys and keep them in two places. They are not shown again:"))
        for key in recovery:
            state.output.say("    " + key)
    return 0


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("A new folder, or an older demonstration."))],
    people: Annotated[int, typer.Option(min=1, metavar="N", help=_("How many invented people."))] = 2000,
    seed: Annotated[int, typer.Option(metavar="S", help=_("Another seed makes other people."))] = 1,
) -> int:
    from registry import desktop
    from registry.demo import run

    state: State = context.obj
    with state.output.progress() as progress:
        made = run.run(folder, people=people, seed=seed, progress=progress)
    state.output.result(
        {"registry": str(folder), "people": made.people, "outputs": {n: str(f) for n, f in made.outputs.items()}}
        | {"associations": made.associations, "imported": made.imported, "found": made.found}
        | {"letters": made.letters, "seconds": made.seconds, "user": run.USER, "password": run.PASSWORD}
    )
    if state.output.json:
        return 0
    _tell(state, folder, made)
    if state.open_window is not None and desktop.has_display():
        state.output.say(
            _(
                "The window opens, signed in as {user}. The password is {password}.",
                user=run.USER,
                password=run.PASSWORD,
            )
        )
        return state.open_window(folder, run.USER, run.PASSWORD)
    state.output.say(_("Sign in as {user} with the password {password}.", user=run.USER, password=run.PASSWORD))
    return 0


def _tell(state: State, folder: Path, made: Demonstration) -> None:
    from registry import formats
    from registry.demo import run

    say = state.output.say
    said = ngettext(
        "{count} invented person in {folder}.", "{count} invented people in {folder}.", made.people, folder=folder
    )
    say(said)
    rows = [(_(run.LABELS[name]), formats.number(made.counts[name]), file) for name, file in made.outputs.items()]
    state.output.table((_("Done"), _("Records"), _("File")), rows)
