"""`backup` and `restore`: the registry in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.state import NO_USER, State, secret
from registry.commands import MakeBackup
from registry.errors import Invalid
from registry.i18n import N_, _, ngettext

ALTERED = N_(
    "The history in this backup was altered, or records were changed behind the program's back. "
    "Compare it with an anchor or another backup."
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help=_("Write the whole registry to one encrypted file, and verify it."))(backup)
    app.command(help=_("Make a registry again from a backup."))(restore)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where to; an older backup there is replaced."))],
) -> int:
    from registry import formats

    state: State = context.obj
    with state.open() as signed_in:
        made = signed_in.execute(MakeBackup(file)).value
    state.output.result({"file": str(file), "people": made.people, "sha256": made.sha256, "size": made.size})
    if not state.output.json:
        said = ngettext(
            "{count} person is in {file} ({size}).",
            "{count} people are in {file} ({size}).",
            made.people,
            file=file,
            size=formats.size(made.size),
        )
        state.output.say(said)
    return 0


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup."))],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("An empty or a new folder."))],
    recovery_key_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("A file with a printed recovery key, when no password is known.")),
    ] = None,
) -> int:
    from registry import formats, restoring

    state: State = context.obj
    if not state.user and recovery_key_file is None:
        raise Invalid(NO_USER)
    restoring.describe(file)  # before a password is asked for
    word = state.password() if recovery_key_file is None else secret(recovery_key_file, "")
    with state.output.progress() as progress:
        if recovery_key_file is None:
            done = restoring.restore(file, folder, state.user, word, progress)
        else:
            done = restoring.recover(file, folder, word, progress)
    state.output.result(
        {"file": str(file), "people": done.backup.people, "sha256": done.sha256, "registry": str(folder)}
        | {"verified": done.sound}
    )
    if not state.output.json:
        said = ngettext(
            "The registry of {made} is back in {folder}, with {count} person.",
            "The registry of {made} is back in {folder}, with {count} people.",
            done.backup.people,
            made=formats.date_and_time(done.backup.created),
            folder=folder,
        )
        state.output.say(said)
    if not done.sound:
        state.output.complain(_(ALTERED))
    return 0 if done.sound else 1
