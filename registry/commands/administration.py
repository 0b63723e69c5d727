"""Staff, settings and what a registry adds to fields and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.profiles.definition import Template
    from registry.vocabularies.terms import TermsImported  # noqa: F401


@dataclass(frozen=True)
class AddUser(Command[int]):
    """Give a member of staff an account; the result is its id."""

    name: str
    role: str
    password: str = field(repr=False)
    protected: bool = False


@dataclass(frozen=True)
class ChangeUser(Command[bool]):
    """Change role or grant of an account; None leaves it as it is."""

    name: str
    role: str | None = None
    protected: bool | None = None


@dataclass(frozen=True)
class DisableUser(Command[bool]):
    """Close an account for good: its key slot goes, and the registry is keyed anew for all others."""

    name: str


@dataclass(frozen=True)
class SetPassword(Command[bool]):
    """Set one's own password or, as administrator, another's."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class RenewRecoveryKeys(Command[tuple[str, ...]]):
    """Make new recovery keys; the printed ones open nothing any more."""


@dataclass(frozen=True)
class ChangeSetting(Command[bool]):
    """Set one setting of the registry."""

    name: str
    value: str | None


@dataclass(frozen=True)
class ImportTerms(Command["TermsImported"]):
    """Lay a ministry's own list, a CSV file or workbook, over a vocabulary.

    Attributes:
        vocabulary: name of the list: "isco", "skill" …
        language: of a plain column of labels; "" = told by the file's name, else English.
    """

    vocabulary: str
    path: Path
    language: str = ""


@dataclass(frozen=True)
class AddTerm(Command[str]):
    """Add one term to a vocabulary; the result is its code.

    Attributes:
        label: in the language in use.
        parent: code or label of the entry above; "" = none.
    """

    vocabulary: str
    label: str
    parent: str = ""


@dataclass(frozen=True)
class RemoveTerms(Command[int]):
    """Take terms of the registry's own out of a vocabulary."""

    vocabulary: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SetHostFact(Command[bool]):
    """Write down what holds in a host country.

    Attributes:
        country, topic, value: codes or labels; "" as the value removes what was known.
        source: where it is known from.
        as_of: partial date on which it held.
    """

    country: str
    topic: str
    value: str
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class SaveProfile(Command[int]):
    """Keep a profile template as a new version; the result is its number. A template in use stays in use."""

    template: Template


@dataclass(frozen=True)
class ActivateProfile(Command[bool]):
    """Ask the questions of a profile template's newest version from now on."""

    name: str


@dataclass(frozen=True)
class RetireProfile(Command[bool]):
    """Ask the questions of a profile template no longer; its answers stay."""

    name: str


@dataclass(frozen=True)
class LoadDemonstration(Command[int]):
    """Put invented records into a demonstration registry, in bulk; the result is their number.

    Attributes:
        rows: records, each canonical field name -> text.
    """

    kind: str
    rows: tuple[Mapping[str, str], ...]
