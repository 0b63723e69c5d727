"""Files kept inside the register: photo, signature, documents; never opened by the program, never loose files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Select, func, select

from db.models import attachment
from registry import pictures, records, vocabularies
from registry.commands import AddAttachment, RemoveAttachment, SaveAttachment
from registry.context import Context, View
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.kinds import NOT_IN_LIST, TEXT, Situation
from registry.media import ENDINGS, PICTURES, media_type
from registry.queries import GetPhoto, ListAttachments
from registry.transfer.readers.preflight import UNREADABLE
from registry.whole_file import whole_file

#: Most bytes of one file, and of all files of one record, in millions.
MOST_OF_A_FILE, MOST_OF_A_RECORD = 10, 100
_MILLION = 1_000_000

NO_FILE = N_("This file is not here any more. It may have been removed.")
EMPTY = N_("This file is empty. Choose another one.")
TOO_LARGE = N_("This file is larger than {limit} MB. Make it smaller, for instance as a PDF, and choose it again.")
TOO_MUCH = N_("This record would hold more than {limit} MB of files. Remove some of them first.")
OTHER_TYPE = N_("Files of this kind are not kept. Choose a PDF, a picture, a text or a sheet, or save it as a PDF.")
NO_TITLE = N_("Write what this file is.")


@dataclass(frozen=True)
class _Fit:
    """How a picture is kept: its largest size in pixels and its format."""

    width: int
    height: int
    written_as: str
    media_type: str


#: Kinds of which a record has one at most, which must be pictures and are personal like a name.
_FITS = {
    "photo": _Fit(600, 800, "JPEG", "image/jpeg"),
    "signature": _Fit(600, 200, "PNG", "image/png"),
}
_PERSONAL, _RESTRICTED = 1, 2


@dataclass(frozen=True)
class Attachment:
    """One kept file, without its content.

    Attributes:
        kind: code of the vocabulary "attachment".
        title: "" for a photo or signature without one.
        size: bytes.
        added_on: ISO date.
        officer: who added it.
    """

    id: int
    kind: str
    title: str
    media_type: str
    size: int
    added_on: str
    officer: str

    @property
    def ending(self) -> str:
        """What the name of a copy ends in."""
        return ENDINGS[self.media_type]


def add_attachment(context: Context, command: AddAttachment) -> int:
    """Keep a file; a photo or signature is made small first and takes the place of the one before."""
    if command.id not in records.kinds_of(context.connection, [command.id]):
        raise Invalid(records.NO_RECORD)
    kind = vocabularies.get("attachment").find(command.kind)
    if kind is None or not context.session.clears(sensitivity(kind)):
        raise Invalid(NOT_IN_LIST, field="kind", text=command.kind[:40])
    title = TEXT.read(command.title, Situation(), "")
    if not title and kind not in _FITS:
        raise Invalid(NO_TITLE, field="title")
    content, found = _content(command.path, kind)
    if kind in _FITS:
        before = select(attachment.c.id).where(attachment.c.record_id == command.id, attachment.c.kind == kind)
        context.transaction.delete(attachment, context.connection.execute(before).scalars().all())
    held = select(func.sum(func.length(attachment.c.content))).where(attachment.c.record_id == command.id)
    if (context.connection.execute(held).scalar() or 0) + len(content) > MOST_OF_A_RECORD * _MILLION:
        raise Invalid(TOO_MUCH, limit=MOST_OF_A_RECORD)
    row: dict[str, object] = {
        "record_id": command.id,
        "kind": kind,
        "title": title,
        "media_type": found,
        "content": content,
        "added_on": date.today().isoformat(),
        "officer": context.session.name,
    }
    context.note["kind"] = kind
    return next(iter(context.transaction.insert(attachment, [row])))


def remove_attachment(context: Context, command: RemoveAttachment) -> bool:
    """Remove one file; undo brings it back."""
    context.note["kind"] = _found(context, command.attachment_id).kind
    context.transaction.delete(attachment, [command.attachment_id])
    return True


def save_attachment(context: Context, command: SaveAttachment) -> int:
    """Write a copy of one file; that it was taken out, and of which record, stays in the history."""
    kept = _found(context, command.attachment_id)
    chosen = select(attachment.c.content, attachment.c.record_id).where(attachment.c.id == kept.id)
    content, record_id = context.connection.execute(chosen).one()
    with whole_file(command.path) as file:
        file.write(content)
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(kind=kept.kind, record=record_id)
    return len(content)


def list_attachments(view: View, query: ListAttachments) -> tuple[Attachment, ...]:
    """The files of one record that this user may see, newest first."""
    rows = view.connection.execute(_listed().where(attachment.c.record_id == query.id))
    found = (Attachment(**row) for row in rows.mappings())
    return tuple(kept for kept in found if view.session.clears(sensitivity(kept.kind)))


def get_photo(view: View, query: GetPhoto) -> bytes | None:
    """The photo of one record, as it was made small."""
    if not view.session.clears(sensitivity("photo")):
        return None
    chosen = select(attachment.c.content).where(attachment.c.record_id == query.id, attachment.c.kind == "photo")
    return view.connection.execute(chosen.order_by(attachment.c.id.desc())).scalars().first()


def sensitivity(kind: str) -> int:
    """How sensitive a kind of file is: a face like a name, a document like its number."""
    return _PERSONAL if kind in _FITS else _RESTRICTED


def _listed() -> Select[tuple[object, ...]]:
    columns = [attachment.c[name] for name in ("id", "kind", "title", "media_type", "added_on", "officer")]
    chosen = select(*columns, func.length(attachment.c.content).label("size"))
    return chosen.order_by(attachment.c.added_on.desc(), attachment.c.id.desc())


def _found(view: View, attachment_id: int) -> Attachment:
    """One file that this user may see; raises `Invalid`."""
    row = view.connection.execute(_listed().where(attachment.c.id == attachment_id)).mappings().first()
    if row is None or not view.session.clears(sensitivity(str(row["kind"]))):
        raise Invalid(NO_FILE)
    return Attachment(**row)


def _content(path: Path, kind: str) -> tuple[bytes, str]:
    """What is kept of the file at `path`, and its media type; raises `BadFile`."""
    most = MOST_OF_A_FILE * _MILLION
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError:
        raise BadFile(UNREADABLE) from None
    if not content:
        raise BadFile(EMPTY)
    if len(content) > most:
        raise BadFile(TOO_LARGE, limit=MOST_OF_A_FILE)
    found = media_type(content)
    if kind in _FITS:
        if found not in PICTURES:
            raise BadFile(pictures.NO_PICTURE)
        return _small(content, _FITS[kind]), _FITS[kind].media_type
    if not found:
        raise BadFile(OTHER_TYPE)
    return content, found


def _small(content: bytes, fit: _Fit) -> bytes:
    """The picture as it is kept; whatever a decoder does with a stranger's file, it does in the guarded child."""
    from registry.transfer.readers.child import run_guarded

    try:
        (batch,) = run_guarded("picture", [content, fit.width, fit.height, fit.written_as])
    except BadFile as refused:
        if refused.message == pictures.TOO_MANY_PIXELS:
            raise
        raise BadFile(pictures.NO_PICTURE) from None
    return bytes(batch[0])
