"""Letters of one mailing, written to one PDF file as they come."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from registry.documents.templates import Template
from registry.i18n import ngettext
from registry.progress import SILENT, Progress
from registry.whole_file import whole_file

if TYPE_CHECKING:
    from registry.documents.press import Press

_REPORT_EVERY = 25


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes.

    Attributes:
        home_name: the sending state.
        post_name: the consulate.
        home_names, post_names: the same by language, where letters in it call them otherwise.
        country: alpha-3 of the country the letters are posted in; decides paper size and envelope window.
        city: where the letters are dated.
        address_lines: the post's own address.
        logo: a PNG or JPEG file's bytes.
    """

    home_name: str
    post_name: str
    country: str
    city: str = ""
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    logo: bytes | None = None
    home_names: Mapping[str, str] = field(default_factory=dict)
    post_names: Mapping[str, str] = field(default_factory=dict)

    def home(self, language: str) -> str:
        """The sending state as a letter in `language` names it."""
        return self.home_names.get(language) or self.home_name

    def post(self, language: str) -> str:
        """The consulate as a letter in `language` names it."""
        return self.post_names.get(language) or self.post_name


@dataclass(frozen=True, slots=True)
class Letter:
    """One recipient.

    Attributes:
        language: the recipient's, ISO 639-1; the template's first where it has none of that language.
        address_lines: the whole address block, names included, as `addresses.address_lines` gives it.
        values: what the template's fields say, by field name (`templates.RECIPIENT_FIELDS`).
    """

    language: str
    address_lines: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a mailing: letters, pages, and the characters no font had."""

    letters: int
    pages: int
    missing: str


def write_letters(
    path: Path,
    letters: Iterable[Letter],
    *,
    template: Template,
    sender: Sender,
    day: datetime.date,
    variables: Mapping[str, str] | None = None,
    images: Mapping[str, bytes] | None = None,
    total: int = 0,
    progress: Progress = SILENT,
) -> Written:
    """Write every letter to one PDF at `path`, each beginning a page; the file is there whole or not at all.

    Args:
        path: the file, replaced if it exists; readable by this user only.
        variables: what the template's variables say instead of their defaults.
        images: pictures that the template names.
        total: how many letters there are, for `progress`; 0 if unknown.

    Raises:
        StorageTrouble: the file cannot be written.
        Cancelled: the user stopped; no file is left.
    """
    with whole_file(path) as file:
        written = _print(file, letters, template, sender, day, variables, images, total, progress)
        progress.committing()
    return written


def letter_pdf(
    letter: Letter,
    *,
    template: Template,
    sender: Sender,
    day: datetime.date,
    variables: Mapping[str, str] | None = None,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """One letter as the bytes of a PDF: what the window shows before printing is what is printed."""
    file = io.BytesIO()
    _print(file, [letter], template, sender, day, variables, images, 1, SILENT)
    return file.getvalue()


def _print(
    file: IO[bytes],
    letters: Iterable[Letter],
    template: Template,
    sender: Sender,
    day: datetime.date,
    variables: Mapping[str, str] | None,
    images: Mapping[str, bytes] | None,
    total: int,
    progress: Progress,
) -> Written:
    from registry.documents.press import Press

    press: Press | None = None
    count = 0
    for letter in letters:
        if press is None:
            first = template.language_for(letter.language)
            press = Press(file, template, sender, day, variables or {}, images or {}, first)
        press.print(letter)
        count += 1
        if count % _REPORT_EVERY == 0:
            progress.step(count, total, ngettext("{count} letter made", "{count} letters made", count))
    if press is None:
        press = Press(file, template, sender, day, variables or {}, images or {}, template.languages[0])
    pages, missing = press.close()
    return Written(count, pages, missing)
