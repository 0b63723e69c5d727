"""What can be asked of letters and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.documents.keeping import TemplateView  # noqa: F401
    from registry.documents.pictures import TemplateFile  # noqa: F401
    from registry.documents.templates import Template
    from registry.outreach.letter_making import LettersPreview  # noqa: F401


@dataclass(frozen=True)
class ListTemplates(Query["tuple[TemplateView, ...]"]):
    """The letters ("letter") or blocks ("block") that can be used: those that ship and the registry's own."""

    kind: str = "letter"


@dataclass(frozen=True)
class GetTemplate(Query["Template"]):
    """One letter or block as it is edited; version 0 = the newest. Raises `Invalid` if it does not exist."""

    name: str
    kind: str = "letter"
    version: int = 0


@dataclass(frozen=True)
class TemplateVersions(Query["tuple[tuple[int, str, str], ...]"]):
    """(version, saved on, by whom) of a letter or block of the registry, newest first."""

    name: str
    kind: str = "letter"


@dataclass(frozen=True)
class ListTemplateFiles(Query["tuple[TemplateFile, ...]"]):
    """The pictures and enclosures that the registry keeps, by name."""


@dataclass(frozen=True)
class GetTemplateFile(Query[bytes]):
    """The content of a picture or enclosure. Raises `Invalid` if it does not exist."""

    name: str


@dataclass(frozen=True)
class TryTemplate(Query["LettersPreview"]):
    """A letter that is being written, as it would be printed for somebody, saved or not.

    Attributes:
        record_id: the recipient; 0 = nobody in particular, with every value empty.
        language: "auto" = the recipient's own, else a code.
    """

    template: Template
    record_id: int = 0
    language: str = "auto"
