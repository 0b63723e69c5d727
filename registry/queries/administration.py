"""Questions about the registry itself: checks, backups, staff, settings, lists and host countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from collections.abc import Mapping  # noqa: F401

    from registry.backups import BackupAge, BackupView  # noqa: F401
    from registry.checking import CheckResult  # noqa: F401
    from registry.coding import UncodedValue  # noqa: F401
    from registry.hosts import HostFact  # noqa: F401
    from registry.staff import UserView  # noqa: F401
    from registry.vocabularies.terms import TermView  # noqa: F401


@dataclass(frozen=True)
class Check(Query["CheckResult"]):
    """Storage, history, search index and data quality."""


@dataclass(frozen=True)
class ListBackups(Query["tuple[BackupView, ...]"]):
    """Backups in the registry's folder and those made by hand, newest first."""


@dataclass(frozen=True)
class GetBackupAge(Query["BackupAge"]):
    """When the newest backup was made, and what became of the last automatic one."""


@dataclass(frozen=True)
class ListUsers(Query["tuple[UserView, ...]"]):
    """Accounts of staff."""


@dataclass(frozen=True)
class GetSettings(Query["Mapping[str, str]"]):
    """The registry's settings by name: post, country, home, demonstration, post_name."""


@dataclass(frozen=True)
class ListTerms(Query["tuple[TermView, ...]"]):
    """Terms that this registry adds to the vocabularies, by list and name."""

    limit: int = 5000


@dataclass(frozen=True)
class UncodedValues(Query["tuple[UncodedValue, ...]"]):
    """Texts that wait for a code, the commonest first."""

    kind: str
    limit: int = 1000


@dataclass(frozen=True)
class HostFacts(Query["tuple[HostFact, ...]"]):
    """What is known of host countries, by country and topic."""
