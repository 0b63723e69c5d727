"""Letters of one mailing, written to one PDF file as they come."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from registry.documents.days import long_date
from registry.documents.templates import Template
from registry.i18n import ngettext
from registry.postal import alpha2
from registry.progress import SILENT, Progress
from registry.whole_file import whole_file

if TYPE_CHECKING:
    from registry.documents.press import Press

#: The ending of a file that holds each letter as a file of its own.
APART = ".zip"

#: The ending of a Word document with all letters.
WORD = ".docx"

_REPORT_EVERY = 25
#: The earliest that an archive can say.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


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
        code: by which the letter is known when it comes back, printed as a QR code beside the address; "" = none.
    """

    language: str
    address_lines: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """How letters come onto paper.

    Attributes:
        window: code of the envelope's window (`stationery.WINDOWS`); "" = what is usual in the posting country.
        duplex: every letter begins on a front side when both sides are printed.
    """

    window: str = ""
    duplex: bool = False


USUAL = Printing()


def said_alike(
    template: Template, sender: Sender, day: datetime.date, variables: Mapping[str, str], language: str
) -> dict[str, str]:
    """What every letter of a language says alike, by field name: the sender, the day, the details of the mailing.

    Args:
        variables: what the officer filled in.
    """
    country = alpha2(sender.country)
    values = {
        "home.name": sender.home(language),
        "post.name": sender.post(language),
        "post.city": sender.city,
        "post.phone": sender.phone,
        "post.email": sender.email,
        "date": long_date(day, language, country),
    }
    return values | {each.name: each.text(variables, language, country) for each in template.variables}


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
    printing: Printing = USUAL,
    total: int = 0,
    progress: Progress = SILENT,
) -> Written:
    """Write the letters to a file that is there whole or not at all.

    Args:
        path: replaced if it exists; readable by this user only. One PDF in which each letter begins a page; with the
            ending .zip one PDF a letter, whose names are numbers; with .docx one Word document, a section a letter.
        variables: what the template's variables say instead of their defaults.
        images: pictures that the template names.
        total: how many letters there are, for `progress`; 0 if unknown.

    Raises:
        StorageTrouble: the file cannot be written.
        Cancelled: the user stopped; no file is left.
    """
    job = _Job(template, sender, day, variables or {}, images or {}, printing)
    with whole_file(path) as file:
        write = {APART: job.write_apart, WORD: job.write_word}.get(path.suffix.casefold(), job.write)
        written = write(file, _counted(letters, total, progress))
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
    printing: Printing = USUAL,
) -> bytes:
    """One letter as the bytes of a PDF: what the window shows before printing is what is printed."""
    file = io.BytesIO()
    _Job(template, sender, day, variables or {}, images or {}, printing).write(file, [letter])
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Job:
    """What all letters of a mailing have in common."""

    template: Template
    sender: Sender
    day: datetime.date
    variables: Mapping[str, str]
    images: Mapping[str, bytes]
    printing: Printing

    def write(self, file: IO[bytes], letters: Iterable[Letter]) -> Written:
        """All letters in one PDF."""
        press: Press | None = None
        count = 0
        for letter in letters:
            press = press or self._press(file, self.template.language_for(letter.language))
            press.print(letter)
            count += 1
        press = press or self._press(file, self.template.languages[0])
        pages, missing = press.close()
        return Written(count, pages, missing)

    def write_apart(self, file: IO[bytes], letters: Iterable[Letter]) -> Written:
        """An archive of one PDF a letter, in their order; what its files are called says nothing of anybody."""
        count = pages = 0
        missing: set[str] = set()
        with ZipFile(file, "w") as archive:
            for letter in letters:
                alone = io.BytesIO()
                written = self.write(alone, [letter])
                count, pages = count + 1, pages + written.pages
                missing.update(written.missing)
                archive.writestr(ZipInfo(f"{count:05d}.pdf", _NO_TIME), alone.getvalue())
        return Written(count, pages, "".join(sorted(missing)))

    def write_word(self, file: IO[bytes], letters: Iterable[Letter]) -> Written:
        """All letters in one Word document, to be changed before printing; enclosures are files of their own."""
        from registry.documents.docx.writing import write_docx

        count = write_docx(
            file,
            letters,
            template=self.template,
            sender=self.sender,
            day=self.day,
            variables=self.variables,
            images=self.images,
            window_code=self.printing.window,
        )
        return Written(count, count, "")

    def _press(self, file: IO[bytes], language: str) -> Press:
        from registry.documents.press import Press

        return Press(file, self.template, self.sender, self.day, self.variables, self.images, language, self.printing)


def _counted(letters: Iterable[Letter], total: int, progress: Progress) -> Iterator[Letter]:
    """The letters; each is made when the next one is asked for."""
    for count, letter in enumerate(letters):
        if count and count % _REPORT_EVERY == 0:
            progress.step(count, total, ngettext("{count} letter made", "{count} letters made", count))
        yield letter
