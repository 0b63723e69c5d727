"""What an operation and a question are: right, words, and the function that carries them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from registry.access import Right


@dataclass(frozen=True)
class Action:
    """One command.

    Attributes:
        code: what the history keeps.
        right: what the user needs; a handler may ask for more by field.
        label: for Undo and the history, a catalogue message.
        handler: "module:function", imported when first used.
        undoable: whether `Undo` can take it back.
        writes: False for work that only leaves a trace (exports): it does not hold the write lock meanwhile.
        traced: False for what changes nothing that others see: no entry in the history.
    """

    code: str
    right: Right
    label: str
    handler: str
    undoable: bool = True
    writes: bool = True
    traced: bool = True

    @property
    def run(self) -> Callable[..., Any]:
        """The handler."""
        return function(self.handler)


@dataclass(frozen=True)
class Answer:
    """One query: the right it needs, and the function that answers it."""

    right: Right
    handler: str

    @property
    def run(self) -> Callable[..., Any]:
        """The handler."""
        return function(self.handler)


@cache
def function(path: str) -> Callable[..., Any]:
    """The function at "module:name"."""
    module, name = path.split(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
