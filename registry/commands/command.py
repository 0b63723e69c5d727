"""What every command is."""

from __future__ import annotations

from typing import Generic, TypeVar

Result = TypeVar("Result", covariant=True)


class Command(Generic[Result]):
    """Something to do; `Registry.execute` gives back a `Result`."""
