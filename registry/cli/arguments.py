"""Arguments put in order before they are read: global options may stand anywhere, queries may begin with a dash."""

from __future__ import annotations

import re
from collections.abc import Sequence

FLAGS = frozenset({"--json"})
VALUED = frozenset({"--registry", "--user", "--password-file", "--lang"})
#: Commands with a `--lang` of their own, when it stands behind them.
OWN_LANGUAGE = frozenset({"letters", "form", "templates", "report"})

#: `-state:deceased`, `-born<1990`, `-(a OR b)`, `-"a phrase"`: parts of a query, not options.
_NEGATED = re.compile(r'-+(\(|"|[^\W\d_-][\w.-]*(:|<|>))')
_OUTPUT_DRIVE = re.compile(r"-o[A-Za-z]:[\\/]")


def ordered(arguments: Sequence[str]) -> list[str]:
    """The same arguments with the global options first, and a space before a query that begins with a dash."""
    first: list[str] = []
    rest: list[str] = []
    command = ""
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest.extend((argument, *waiting))
            break
        name = argument.partition("=")[0]
        own = name == "--lang" and command in OWN_LANGUAGE
        if argument in FLAGS or (name in VALUED and "=" in argument and not own):
            first.append(argument)
        elif argument in VALUED and not own:
            first.append(argument)
            first.extend(waiting[:1])
            del waiting[:1]
        else:
            if not command and not argument.startswith("-"):
                command = argument
            rest.append(" " + argument if is_negated_query(argument) else argument)
    return [*first, *rest]


def is_negated_query(argument: str) -> bool:
    """Whether an argument that begins with a dash is a query."""
    return bool(_NEGATED.match(argument)) and not _OUTPUT_DRIVE.match(argument)


def option(arguments: Sequence[str], name: str) -> str:
    """The value of a global option among `ordered` arguments; "" if it is not there."""
    found = ""
    waiting = list(arguments)
    # The first that is none of them is the command; behind it an option of this name is the command's own.
    while waiting and waiting[0].partition("=")[0] in FLAGS | VALUED:
        argument = waiting.pop(0)
        value = argument.partition("=")[2]
        if argument in VALUED and waiting:
            value = waiting.pop(0)
        if argument.partition("=")[0] == name:
            found = value
    return found
