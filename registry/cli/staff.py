"""`users` and `protected`: accounts of staff, and the compartment for protected values."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from registry.access import ROLE_LABELS, Role
from registry.cli.state import State, secret
from registry.commands import AddUser, ChangeSetting, ChangeUser, Command, DisableUser, SetPassword
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.queries import ListUsers

DIFFERENT = N_("The two passwords are not the same. Type them again.")
NOTHING_SAID = N_("Say what to change: a role, --protected or --no-protected.")


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    users = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    users.command("list", help=_("List the accounts."))(list_users)
    users.command("add", help=_("Give somebody an account."))(add)
    users.command("disable", help=_("Close an account."))(disable)
    users.command("role", help=_("Change the role of an account."))(role)
    users.command("password", help=_("Set the password of an account, your own or another's."))(password)
    app.add_typer(users, name="users", help=_("Accounts of staff."))
    app.command(help=_("Switch protected values on or off."))(protected)


def list_users(context: typer.Context) -> int:
    state: State = context.obj
    with state.open() as signed_in:
        accounts = signed_in.registry.read(ListUsers())
    listed = [
        {"name": a.name, "role": a.role.value, "protected": a.protected, "disabled": a.disabled} for a in accounts
    ]
    state.output.result({"done": True, "users": listed})
    answers = {True: _("yes"), False: _("no")}
    state.output.table(
        (_("Name"), _("Role"), _("Protected values"), _("Disabled")),
        ((a.name, _(ROLE_LABELS[a.role]), answers[a.protected], answers[a.disabled]) for a in accounts),
    )
    return 0


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Sign-in name of the new account."))],
    role: Annotated[Role, typer.Option(help=_("What the person may do."))],
    protected: Annotated[bool, typer.Option("--protected", help=_("May open protected values."))] = False,
    new_password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("A file with the new password in its first line."))
    ] = None,
) -> int:
    said = _("{name} has an account now.", name=name)
    return _do(context.obj, lambda: AddUser(name, role, _new_password(new_password_file), protected), said)


def disable(
    context: typer.Context, name: Annotated[str, typer.Argument(help=_("Sign-in name of the account."))]
) -> int:
    return _do(context.obj, lambda: DisableUser(name), _("The account of {name} is closed.", name=name))


def role(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Sign-in name of the account."))],
    new: Annotated[Role | None, typer.Argument(metavar="ROLE", help=_("What the person may do."))] = None,
    protected: Annotated[bool | None, typer.Option(help=_("May open protected values, or not."))] = None,
) -> int:
    if new is None and protected is None:
        raise Invalid(NOTHING_SAID)
    said = _("The account of {name} is changed.", name=name)
    return _do(context.obj, lambda: ChangeUser(name, new, protected), said)


def password(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Sign-in name of the account."))],
    new_password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("A file with the new password in its first line."))
    ] = None,
    recovery_key_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("A file with a printed recovery key, when no password is known.")),
    ] = None,
) -> int:
    said = _("The password of {name} is set.", name=name)
    if recovery_key_file is not None:
        with context.obj.recover(recovery_key_file) as registry:
            registry.execute(SetPassword(name, _new_password(new_password_file)))
        return _said(context.obj, said)
    return _do(context.obj, lambda: SetPassword(name, _new_password(new_password_file)), said)


def protected(
    context: typer.Context, switch: Annotated[Switch, typer.Argument(metavar="on|off", help=_("On or off."))]
) -> int:
    said = _("Protected values are on.") if switch is Switch.ON else _("Protected values are off.")
    return _do(context.obj, lambda: ChangeSetting("protected", switch), said)


def _do(state: State, command: Callable[[], Command[object]], said: str) -> int:
    """Sign in, then make the command, which may ask for another password, and carry it out."""
    with state.open() as signed_in:
        signed_in.execute(command())
    return _said(state, said)


def _said(state: State, said: str) -> int:
    state.output.result({"done": True})
    if not state.output.json:
        state.output.say(said)
    return 0


def _new_password(file: Path | None) -> str:
    new = secret(file, _("New password: "))
    if file is None and sys.stdin.isatty() and secret(None, _("The same again: ")) != new:
        raise Invalid(DIFFERENT)
    return new
