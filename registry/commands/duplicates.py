"""Records that may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.matching.following import Followed  # noqa: F401
    from registry.matching.running import Duplicates  # noqa: F401


@dataclass(frozen=True)
class FindDuplicates(Command["Duplicates"]):
    """Compare the records of a kind and queue the pairs that may be one.

    After a first look over everybody only what is new or changed is compared with the register.

    Attributes:
        everything: whether all are compared with all again.
        threshold: least likelihood, 0..1, of pairs that count although they belong to no group.
    """

    kind: str = "people"
    threshold: float = 0.5
    everything: bool = False


@dataclass(frozen=True)
class CompareChanged(Command["Followed"]):
    """Compare the next few records that are new or changed, quietly.

    Of many records nothing is compared before somebody has looked for duplicates among all.
    """

    kind: str = "people"


@dataclass(frozen=True)
class UseAnswers(Command[int]):
    """Let weights that officers' answers taught count, as `WeighAnswers` showed them; the result is how many pairs.

    Attributes:
        weights: none = what the records teach alone.
    """

    weights: Mapping[str, float]
    kind: str = "people"


@dataclass(frozen=True)
class ExportDuplicates(Command[int]):
    """Write the pairs that wait for review to a .csv file; the result is their number.

    Attributes:
        reason: why the data leaves the registry.
        threshold: least likelihood, 0..1, of pairs that belong to no group.
    """

    path: Path
    reason: str
    kind: str = "people"
    threshold: float = 0.5


@dataclass(frozen=True)
class KeepApart(Command[bool]):
    """Remember that no two of these records, by id, are the same; False if that was said already."""

    ids: tuple[int, ...]
