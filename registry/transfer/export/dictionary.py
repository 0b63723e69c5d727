"""What an exported workbook says of its columns: what each holds, and the codes with their source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from registry import vocabularies
from registry.fields import Field
from registry.i18n import N_, _
from registry.kinds import EMAIL, INTEGER, PARTIAL_DATE, PHONE
from registry.transfer.export.columns import ExportColumn
from registry.transfer.export.workbook import Cell, Column
from registry.transfer.headings.own_names import CODES_TITLE, DICTIONARY_TITLE

SEE_CODES = N_("See the sheet “Codes”")
#: So many codes are told beside the column; more have their own sheet.
_FEW = 15
_WORDS, _CODE = N_("what the code beside it means"), N_("a code of a list")
_HELD = {
    PARTIAL_DATE: N_("a day; a month or a year is text, ~ means estimated"),
    INTEGER: N_("a number"),
    PHONE: N_("a telephone number, as text"),
    EMAIL: N_("an e-mail address"),
}


class Book(Protocol):
    """What sheets are written into."""

    def sheet(
        self, title: str, columns: Sequence[Column], names: Sequence[str] = (), *, footer: str | None = None
    ) -> None:
        """Begin a sheet."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one line."""


def write_fields(book: Book, columns: Sequence[ExportColumn]) -> None:
    """The sheets of the data dictionary and of the codes."""
    head = [(N_("Column"), 28), (N_("Field"), 28), (N_("Section"), 24), (N_("What it holds"), 40)]
    head += [(N_("Source"), 40), (N_("Version"), 14), (N_("Codes"), 50)]
    book.sheet(_(DICTIONARY_TITLE), [Column(_(label), width, wrapped=True) for label, width in head], footer="")
    used: dict[str, Field] = {}
    for column in columns:
        held = (
            _WORDS if column.shown else _CODE if column.field.vocabulary else _HELD.get(column.field.kind, N_("text"))
        )
        codes = ("", "", "") if column.shown else source_of(column.field, used)
        book.row([column.title, column.name, column.field.heading, _(held), *codes])
    if used:
        write_codes(book, used, "")


def write_codes(book: Book, used: dict[str, Field], footer: str) -> None:
    """The sheet of the codes of long lists; `used`: vocabulary -> a field that has it."""
    columns = [Column(_("List"), 24), Column(_("Code"), 16), Column(_("Label"), 60), Column(_("Above it"), 16)]
    book.sheet(_(CODES_TITLE), columns, footer=footer)
    for name, field in used.items():
        listed = vocabularies.get(name)
        for code in listed.codes:
            book.row([field.title, code, listed.label(code), listed.parent(code)])


def source_of(field: Field, used: dict[str, Field]) -> tuple[str, str, str]:
    """Where the codes of a field are from, of which version, and which they are; long lists are noted in `used`."""
    if not field.vocabulary:
        return "", "", ""
    known = vocabularies.get(field.vocabulary)
    if field.asked is not None and field.key is not None:
        source, version = _("Profile template “{name}”", name=field.key[0]), str(field.asked.version)
    else:
        shipped = vocabularies.source(field.vocabulary)
        source, version = shipped.source, shipped.version
    if len(known.codes) > _FEW:
        used.setdefault(field.vocabulary, field)
        return source, version, _(SEE_CODES)
    return source, version, "; ".join(f"{code} = {known.label(code)}" for code in known.codes)
