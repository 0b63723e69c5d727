"""Questions about a list before it is taken in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.forms.making import FormView  # noqa: F401
    from registry.transfer.lists.source import Source  # noqa: F401
    from registry.transfer.options import ImportOptions
    from registry.transfer.planning.plan import Plan  # noqa: F401


@dataclass(frozen=True)
class ReadList(Query["Source"]):
    """A stranger's list with its layout, and which column is which field, as far as it can be found out.

    `password`: the file's own, of a protected workbook; it goes nowhere but into the reading child.
    """

    path: Path
    options: ImportOptions
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class PlanImport(Query["Plan"]):
    """What importing a file would do, row by row; nothing is written. `ImportRecords` carries it out.

    `password`: as of `ReadList`.
    """

    path: Path
    options: ImportOptions
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class ListForms(Query["tuple[FormView, ...]"]):
    """The forms that can be made: the registration form, then the profile templates in use."""
