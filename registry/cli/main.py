"""Reads the arguments, carries the command out, and turns whatever goes wrong into one sentence and a status."""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import UsageError

from registry import fields, i18n
from registry.cli import (
    arguments,
    campaigning,
    counting,
    covering,
    doubling,
    engaging,
    linking,
    making,
    mapping,
    merging,
    on_paper,
    records,
    registration,
    reporting,
    safety,
    searching,
    segments,
    several,
    staff,
    taking_in,
    taking_out,
    templating,
    trail,
    usage,
    views,
)
from registry.cli.output import Output
from registry.cli.state import OpenWindow, State, from_environment
from registry.errors import Cancelled, Invalid, RegistryError
from registry.i18n import N_, _

#: The environment failed, or the program did (CLI.md).
ENVIRONMENT = 4
WRONG_USAGE = 2
#: What a shell gives a program that Ctrl-C stopped.
INTERRUPTED = 130

STOPPED = N_("Stopped. Nothing was changed.")
UNEXPECTED = N_("Something went wrong in the program; nothing was changed. Send “{file}” to whoever looks after it.")
UNEXPECTED_UNKEPT = N_("Something went wrong in the program; nothing was changed. Try again, then ask for help.")


def main(argv: Sequence[str] | None = None, open_window: OpenWindow | None = None) -> int:
    """Carry out what the arguments ask; returns the exit status.

    Args:
        argv: without the program's name; None = those of this process.
        open_window: called when there is no command, and at the end of `demo` with a display.
    """
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows would take the names of half the world for errors.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = arguments.ordered(sys.argv[1:] if argv is None else argv)
    output = Output(as_json="--json" in given)
    word = arguments.option(given, "--lang")
    i18n.use_language(word or _system_language())
    if word and word not in i18n.LANGUAGES:
        return _failed(output, _(usage.NO_LANGUAGE, word=word[:20], known=", ".join(i18n.LANGUAGES)), WRONG_USAGE)
    try:
        return _carry_out(given, output, open_window)
    except UsageError as error:
        return _failed(output, usage.sentence(error), WRONG_USAGE)
    except RegistryError as error:
        return _failed(output, _at_field(error), error.exit_status)
    except (KeyboardInterrupt, typer.Abort, Cancelled):
        return _failed(output, _(STOPPED), INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the answer has read enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _failed(output, _unexpected(error), ENVIRONMENT)


def build() -> typer.Typer:
    """All commands, with their help in the language in use."""
    app = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True
    )
    purpose = _("A consulate's register of its nationals abroad. Without a command the window opens.")
    app.callback(help=purpose)(_options)
    for group in (
        making,
        safety,
        taking_in,
        records,
        registration,
        several,
        linking,
        doubling,
        merging,
        searching,
        segments,
        templating,
        views,
        taking_out,
        on_paper,
        counting,
        mapping,
        covering,
        engaging,
        reporting,
        campaigning,
        trail,
        staff,
    ):
        group.register(app)
    return app


def _carry_out(given: Sequence[str], output: Output, open_window: OpenWindow | None) -> int:
    command = typer.main.get_command(build())
    # Typer hands the state on as `context.obj`; the options that fill it come first.
    status = command.main(args=list(given), prog_name=usage.PROGRAM, standalone_mode=False, obj=(output, open_window))
    if status == INTERRUPTED:
        # Typer turns Ctrl-C into a status of its own.
        raise KeyboardInterrupt
    return status if isinstance(status, int) else 0


def _options(
    context: typer.Context,
    registry: Annotated[
        Path | None, typer.Option(metavar="DIR", help=_("The registry's folder. Default: DIASPORA_REGISTRY."))
    ] = None,
    user: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Your sign-in name. Default: DIASPORA_REGISTRY_USER."))
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=_("A file with the password in its first line. Default: DIASPORA_REGISTRY_PASSWORD_FILE, else asked."),
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="CODE", help=_("Language of the messages: en or fr. Default: the system's."))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("Print one JSON object for other programs."))] = False,
) -> int:
    output: Output = context.obj[0]
    open_window: OpenWindow | None = context.obj[1]
    context.obj = state = State(
        registry or from_environment("DIASPORA_REGISTRY"),
        user or os.environ.get("DIASPORA_REGISTRY_USER", ""),
        password_file or from_environment("DIASPORA_REGISTRY_PASSWORD_FILE"),
        output,
        open_window,
    )
    if context.invoked_subcommand is not None:
        return 0
    if open_window is None:
        output.say(context.get_help())
        return WRONG_USAGE
    return open_window(state.registry, state.user, state.password() if state.password_file else "")


def _system_language() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value[:2].lower()
    name = locale.getlocale()[0] or ""
    return name[:2].lower()


def _at_field(error: RegistryError) -> str:
    """The sentence, behind the name of the field that it is about: a command may set many."""
    field = error.field if isinstance(error, Invalid) else None
    named = field and any(fields.find(kind, field) for kind in fields.KINDS)
    return f"{field}: {error}" if named else str(error)


def _failed(output: Output, sentence: str, status: int) -> int:
    output.complain(sentence)
    output.result({"error": sentence})
    return status


def _unexpected(error: Exception) -> str:
    from registry import fault_report

    file = fault_report.keep(error)
    return _(UNEXPECTED, file=file) if file else _(UNEXPECTED_UNKEPT)
