"""Letters and blocks that the registry keeps, with their pictures and enclosures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.documents.importing import TemplateImported  # noqa: F401
    from registry.documents.templates import Template


@dataclass(frozen=True)
class SaveTemplate(Command[int]):
    """Keep a letter or a block as a new version, in use from now on; the result is its number, 0 = unchanged."""

    template: Template


@dataclass(frozen=True)
class RetireTemplate(Command[bool]):
    """Offer a letter ("letter") or a block ("block") of the registry no longer; its versions stay."""

    name: str
    kind: str = "letter"


@dataclass(frozen=True)
class ImportTemplate(Command["TemplateImported"]):
    """Take a Word document with `{{field}}`s in as a letter, or as one language more of a letter that is here.

    Attributes:
        name: the template's id; a new one if there is none of it.
        language: of the document.
        title: in the language in use; "" = the document's own, else the id.
        purpose: consent purpose of a new template; "" = news and invitations.
    """

    path: Path
    name: str
    language: str = "en"
    title: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class AddTemplateFile(Command[str]):
    """Keep a picture (PNG, JPEG) or a PDF file for templates; the result is its name.

    Attributes:
        name: what templates call it; "" = as the file is called.
    """

    path: Path
    name: str = ""


@dataclass(frozen=True)
class RemoveTemplateFile(Command[bool]):
    """Remove a picture or PDF file that no version of a template uses."""

    name: str
