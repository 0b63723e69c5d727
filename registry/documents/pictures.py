"""Pictures that templates show and PDF files that follow letters: checked in the guarded child, kept once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlalchemy import func, select

from db.models import template_file
from registry import pictures
from registry.commands import AddTemplateFile, RemoveTemplateFile
from registry.context import Context, View
from registry.documents.templates import Template, letterhead
from registry.documents.tree import files_used
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.media import PICTURES, media_type
from registry.queries import GetTemplateFile, ListTemplateFiles
from registry.transfer.readers.preflight import EMPTY, UNREADABLE

#: Most bytes of one file, in millions, and most pages of an enclosure.
MOST_MEGABYTES, MOST_PAGES = 10, 20
#: Larger pictures are made smaller: at 300 dots an inch this is wider than the text of a letter.
LONGEST_SIDE = 2_000

NO_FILE = N_("There is no picture or enclosure “{name}”. Choose one that is kept here, or add it first.")
TOO_LARGE = N_("This file is larger than {limit} MB. Make it smaller and choose it again.")
OTHER_FILE = N_("Templates take pictures (PNG, JPEG) and PDF files. Choose one of these.")
NO_PAGES = N_("This PDF cannot be read. Open it, print it to a new PDF without a password, and choose that one.")
TOO_LONG = N_("This PDF has more than {limit} pages. A letter takes shorter ones.")
IN_USE = N_("The template “{name}” uses this file. Take it out of the template first.")
NO_NAME = N_("Give the file a name.")
TWICE = N_("There is a file of that name already. Choose another name, or remove the other one.")

PDF = "application/pdf"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONGEST_NAME = 60


@dataclass(frozen=True)
class TemplateFile:
    """One kept picture or enclosure, without its content; `size` is in bytes."""

    name: str
    media_type: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in the letter, not put behind it."""
        return self.media_type != PDF


def add_template_file(context: Context, command: AddTemplateFile) -> str:
    """Keep a picture or a PDF file under a name, by default the file's own; returns the name."""
    try:
        with command.path.open("rb") as file:
            content = file.read(MOST_MEGABYTES * 1_000_000 + 1)
    except OSError:
        raise BadFile(UNREADABLE) from None
    name = command.name or _ENDING.sub("", command.path.name)
    return keep_file(context, name, content)


def keep_file(context: Context, name: str, content: bytes) -> str:
    """Keep what is checked of `content`; the same content under the same name is kept once."""
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        raise Invalid(NO_NAME, field="name")
    kept, kind = checked(content)
    before = context.connection.execute(select(template_file).where(template_file.c.name == name)).mappings().first()
    if before is not None:
        if before["content"] != kept:
            raise Invalid(TWICE, field="name")
        return name
    context.transaction.insert(template_file, [{"name": name, "media_type": kind, "content": kept}])
    context.note["file"] = name
    return name


def checked(content: bytes) -> tuple[bytes, str]:
    """What is kept of a stranger's file, and its media type; raises `BadFile`."""
    if not content:
        raise BadFile(EMPTY)
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise BadFile(TOO_LARGE, limit=MOST_MEGABYTES)
    kind = media_type(content)
    if kind == PDF:
        pages = int(_guarded("pages", [content])[0])
        if pages > MOST_PAGES:
            raise BadFile(TOO_LONG, limit=MOST_PAGES)
        return content, PDF
    if kind not in PICTURES:
        raise BadFile(OTHER_FILE)
    written_as = "JPEG" if kind == "image/jpeg" else "PNG"
    made = bytes(_guarded("picture", [content, LONGEST_SIDE, LONGEST_SIDE, written_as])[0])
    return made, "image/jpeg" if written_as == "JPEG" else "image/png"


def page_count(content: bytes) -> Iterator[list[int]]:
    """How many pages a PDF has; for the guarded child. Raises `BadFile`."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted or not reader.pages:
            raise BadFile(NO_PAGES)
        for page in reader.pages[: MOST_PAGES + 1]:
            page.get_contents()
        yield [len(reader.pages)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadFile(NO_PAGES) from None


def remove_template_file(context: Context, command: RemoveTemplateFile) -> bool:
    """Remove a file that no version of any template uses; undo brings it back."""
    from registry.documents.keeping import every_version

    row = context.connection.execute(select(template_file.c.id).where(template_file.c.name == command.name)).scalar()
    if row is None:
        raise Invalid(NO_FILE, name=command.name[:40])
    for kept in every_version(context):
        if command.name in kept.files:
            raise Invalid(IN_USE, name=kept.id)
    context.transaction.delete(template_file, [row])
    context.note["file"] = command.name
    return True


def list_template_files(view: View, _query: ListTemplateFiles) -> tuple[TemplateFile, ...]:
    """The kept pictures and enclosures by name."""
    size = func.length(template_file.c.content)
    chosen = select(template_file.c.name, template_file.c.media_type, size).order_by(template_file.c.name)
    return tuple(TemplateFile(*row) for row in view.connection.execute(chosen))


def get_template_file(view: View, query: GetTemplateFile) -> bytes:
    """The content of one; raises `Invalid`."""
    chosen = select(template_file.c.content).where(template_file.c.name == query.name)
    content = view.connection.execute(chosen).scalar()
    if content is None:
        raise Invalid(NO_FILE, name=query.name[:40])
    return bytes(content)


def files_of(view: View, letter: Template) -> Mapping[str, bytes]:
    """The content of every picture and enclosure that a template and the head over it use, by name."""
    heads = (letterhead(language) for language in letter.languages)
    names = letter.files.union(*(files_used(head) for head in heads if head is not None))
    if not names:
        return {}
    chosen = select(template_file.c.name, template_file.c.content).where(template_file.c.name.in_(names))
    return {name: bytes(content) for name, content in view.connection.execute(chosen)}


def missing_files(view: View, letter: Template) -> frozenset[str]:
    """The pictures and enclosures that a template names and nobody keeps."""
    return letter.files - set(files_of(view, letter))


def _guarded(task: str, arguments: list[Any]) -> list[Any]:
    """The one batch that a task of the guarded child gives; raises `BadFile`."""
    from registry.transfer.readers.child import run_guarded

    try:
        (batch,) = run_guarded(task, arguments)
    except BadFile as refused:
        if refused.message in (pictures.TOO_MANY_PIXELS, NO_PAGES):
            raise
        raise BadFile(pictures.NO_PICTURE if task == "picture" else NO_PAGES) from None
    return batch
