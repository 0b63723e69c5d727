"""What the argument parser complains of, as one sentence in the chosen language."""

from __future__ import annotations

from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError

from registry.i18n import N_, _

PROGRAM = "diaspora-registry"

NO_OPTION = N_("There is no option “{option}” here. “{command} --help” lists those there are.")
NO_COMMAND = N_("There is no command “{word}”. “{command} --help” lists those there are.")
NO_LANGUAGE = N_("There is no language “{word}”. Choose one of: {known}.")
MISSING = N_("“{name}” is missing. “{command} --help” says what is needed.")
NEEDS_VALUE = N_("“{option}” needs a value behind it. “{command} --help” says which.")
BAD_VALUE = N_("The value of “{name}” cannot be used. “{command} --help” says what it takes.")
BAD_CALL = N_("These arguments do not fit. “{command} --help” says what is needed.")


def sentence(error: UsageError) -> str:
    """The sentence for a mistake in the arguments; values are not repeated, they may be personal."""
    command = error.ctx.command_path if error.ctx is not None else PROGRAM
    match error:
        case NoSuchOption():
            return _(NO_OPTION, option=error.option_name, command=command)
        case BadOptionUsage():
            return _(NEEDS_VALUE, option=error.option_name, command=command)
        case MissingParameter():
            return _(MISSING, name=_name(error), command=command)
        case BadParameter():
            return _(BAD_VALUE, name=_name(error), command=command)
    if error.message.startswith("No such command"):
        word = error.message.split("'")[1]
        return _(NO_COMMAND, word=word[:40], command=command)
    return _(BAD_CALL, command=command)


def _name(error: BadParameter) -> str:
    if error.param is None:
        return ""
    options = [name for name in error.param.opts if name.startswith("--")]
    return options[0] if options else (error.param.metavar or error.param.name or "").upper()
