"""What one open registry adds to the fields, vocabularies and letters that ship: its templates and terms.

Fields are asked for by kind alone, in every room, so what a registry adds stands in a context variable. Whoever
works on a registry sets it: the two doors for the time of one call, as the view has it; the window's desk and the
command line for what they do outside the doors. No other thread and no other registry sees it. A set of additions
never changes; what is computed from it is remembered on it and goes when it goes: nothing has to be invalidated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from registry.fields import Field
    from registry.vocabularies import Vocabulary

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class Additions:
    """Fields and vocabularies beside those that ship.

    Attributes:
        fields: by kind of record, in the order of the card.
        vocabularies: by name.
        templates: (kind, id) of a letter or a block of the registry -> its version and its JSON document.
        remembered: what was computed of fields and vocabularies with these additions.
    """

    fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    templates: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    remembered: dict[object, Any] = field(default_factory=dict, init=False, repr=False)


#: Of a registry without templates, and of no registry.
NONE = Additions()
_current: ContextVar[Additions] = ContextVar("additions", default=NONE)


def current() -> Additions:
    """Those of the registry that is being worked on."""
    return _current.get()


def use(additions: Additions) -> None:
    """Work with these from now on, on this thread."""
    _current.set(additions)


@contextmanager
def in_use(additions: Additions) -> Iterator[None]:
    """Work with these inside the block."""
    before = _current.set(additions)
    try:
        yield
    finally:
        _current.reset(before)


def remembered(compute: Callable[[*Given], Answer]) -> Callable[[*Given], Answer]:
    """Compute once for each set of additions, as `functools.cache` does once for all."""

    @wraps(compute)
    def answer(*given: *Given) -> Answer:
        # Asked for every cell of a list: no step more than needed.
        known = _current.get().remembered
        key = (compute, given)
        if key not in known:
            known[key] = compute(*given)
        found: Answer = known[key]
        return found

    return answer
