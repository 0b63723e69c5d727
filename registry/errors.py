"""What can go wrong without being a bug. Each error is one sentence: what is wrong and what to do."""

from __future__ import annotations

from registry.i18n import _


class RegistryError(Exception):
    """An expected failure: a message of the catalogue and the values it names, never a person's data.

    Attributes:
        message: the English catalogue message.
        values: what its `{named}` places are filled with.
    """

    #: The command line's exit status for this family (CLI.md).
    exit_status = 2

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return _(self.message, **self.values)


class NotAllowed(RegistryError):
    """The signed-in user's role does not permit this, or the password is wrong."""

    exit_status = 3


class Invalid(RegistryError):
    """What was asked or typed cannot be used.

    Attributes:
        field: canonical name of the field at fault, or None.
    """

    def __init__(self, message: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class Conflict(RegistryError):
    """Somebody else changed the record since it was read."""

    exit_status = 4


class BadFile(RegistryError):
    """A file that cannot be taken in."""


class StorageTrouble(RegistryError):
    """The environment failed: registry missing, locked, full disk, damaged file."""

    exit_status = 4


class Cancelled(Exception):  # not an error: the user asked to stop
    """The user stopped the work; nothing of it was kept."""
