"""What every command is given: which registry, who, with which password, and where the answer goes."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from registry.cli.output import Output
from registry.errors import BadFile, Invalid
from registry.i18n import N_, _

if TYPE_CHECKING:
    from registry.app import Registry
    from registry.changes import Outcome
    from registry.commands import Command

Result = TypeVar("Result")

#: Opens the window on a registry (None: the one last used), signed in where name and password are given.
OpenWindow = Callable[["Path | None", str, str], int]

NO_REGISTRY = N_("Say which registry: --registry DIR, or the variable DIASPORA_REGISTRY.")
NO_USER = N_("Say who you are: --user NAME, or the variable DIASPORA_REGISTRY_USER.")
NO_PASSWORD = N_("No password was given. Name a file that holds it with --password-file.")
PASSWORD_FILE = N_("The password file “{name}” cannot be read. Check its name and who may read it.")
#: No list is longer: a larger number is a slip, and the store counts in 64 bits.
MOST = 10**9
#: What the history says when nobody gave a reason.
REASON = "command line"


@dataclass(frozen=True)
class State:
    """The global options.

    Attributes:
        registry: the registry's folder.
        user: sign-in name.
        password_file: whose first line is the password; None = ask on the terminal.
        output: where results go.
        open_window: how to open the window; None without one.
    """

    registry: Path | None
    user: str
    password_file: Path | None
    output: Output
    open_window: OpenWindow | None = None

    def password(self) -> str:
        """The password that signs in, from the file or from an invisible prompt."""
        return secret(self.password_file, _("Password: "))

    @contextmanager
    def open(self) -> Iterator[SignedIn]:
        """The registry, signed in; what is told of its records knows the fields of its profile templates."""
        from registry import additions
        from registry.app import Registry

        if self.registry is None:
            raise Invalid(NO_REGISTRY)
        if not self.user:
            raise Invalid(NO_USER)
        password = self.password()
        with (
            Registry.open(self.registry, self.user, password) as registry,
            additions.in_use(registry.additions()),
        ):
            yield SignedIn(registry, password, self.output)

    def recover(self, recovery_key_file: Path) -> Registry:
        """The registry, opened with a recovery key to manage accounts."""
        from registry.app import Registry

        if self.registry is None:
            raise Invalid(NO_REGISTRY)
        return Registry.recover(self.registry, secret(recovery_key_file, ""))


@dataclass(frozen=True)
class SignedIn:
    """An open registry, and the password that also confirms what takes data out."""

    registry: Registry
    password: str
    output: Output

    def execute(self, command: Command[Result]) -> Outcome[Result]:
        """Carry out a command, with its progress on the terminal."""
        with self.output.progress() as progress:
            return self.registry.execute(command, progress)

    def take_out(self, command: Command[Result]) -> Outcome[Result]:
        """Carry out a command that takes data out: the password given at the start is the second one too."""
        self.registry.confirm(self.password)
        return self.execute(command)


def secret(file: Path | None, prompt: str) -> str:
    """The first line of `file`, else what is typed unseen (or the next line of a piped standard input)."""
    if file is not None:
        return _first_line(file)
    try:
        typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    except EOFError:
        typed = ""
    if not typed:
        raise Invalid(NO_PASSWORD)
    return typed


def from_environment(name: str) -> Path | None:
    """A path given by an environment variable."""
    value = os.environ.get(name)
    return Path(value) if value else None


def _first_line(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig") as stream:
            return stream.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise BadFile(PASSWORD_FILE, name=file.name) from None
