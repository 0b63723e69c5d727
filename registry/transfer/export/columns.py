"""The columns of an exported list: each field, and beside a coded one what its code means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry import fields
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import N_, _
from registry.kinds import CODE, COUNTRY, LANGUAGE, OPEN_CODE
from registry.transfer.headings.own_names import CODED, LABEL
from registry.transfer.readers.preflight import COLUMNS

TOO_MANY_COLUMNS = N_(
    "This list would have {count} columns, and at most {columns} can be read again. Choose fewer columns."
)
_CODED = (CODE, COUNTRY, LANGUAGE, OPEN_CODE)


@dataclass(frozen=True)
class ExportColumn:
    """One column.

    Attributes:
        name: canonical, numbered; what a code means stands under the name with `own_names.LABEL` behind.
        title: what stands above it for people to read: `Telephone 2`.
        field: what it holds.
        shown: whether it holds what the code in the column before means.
    """

    name: str
    title: str
    field: Field
    shown: bool = False


def export_columns(kind: str, names: Sequence[str], *, labelled: bool) -> list[ExportColumn]:
    """The columns for some canonical names.

    Args:
        labelled: with a column of words beside each of codes, unless these are too many for the file to be read again.
    """
    columns = _columns(kind, names, labelled=labelled)
    return columns if len(columns) <= COLUMNS else _columns(kind, names, labelled=False)


def check_columns(names: Sequence[str]) -> None:
    """Raise `Invalid` before any work for more columns than can be read again."""
    if len(names) > COLUMNS:
        raise Invalid(TOO_MANY_COLUMNS, count=len(names), columns=COLUMNS)


def _columns(kind: str, names: Sequence[str], *, labelled: bool) -> list[ExportColumn]:
    found: list[ExportColumn] = []
    for name in names:
        known = fields.find(kind, name)
        if known is None:
            continue
        field, place = known
        title = field.title if place == 0 else f"{field.title} {place + 1}"
        if labelled and field.vocabulary and field.kind in _CODED:
            found.append(ExportColumn(name, _(CODED, field=title), field))
            found.append(ExportColumn(name + LABEL, title, field, shown=True))
        else:
            found.append(ExportColumn(name, title, field))
    return found
