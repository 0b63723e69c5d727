"""What a question is."""

from __future__ import annotations

from typing import Generic, TypeVar

Result = TypeVar("Result", covariant=True)


class Query(Generic[Result]):
    """Something to know; `Registry.read` gives back a `Result`."""
