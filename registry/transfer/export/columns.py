"""The columns of an exported list: each field, and beside a coded one what its code means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry import fields
from registry.fields import Field
from registry.i18n import _
from registry.kinds import CODE, COUNTRY, LANGUAGE, OPEN_CODE
from registry.transfer.headings.headers import LABEL

_CODED = (CODE, COUNTRY, LANGUAGE, OPEN_CODE)


@dataclass(frozen=True)
class ExportColumn:
    """One column.

    Attributes:
        name: canonical, numbered; what a code means stands under the name with `headers.LABEL` behind.
        title: what stands above it for people to read: `Telephone 2`.
        field: what it holds.
        shown: whether it holds what the code in the column before means.
    """

    name: str
    title: str
    field: Field
    shown: bool = False


def export_columns(kind: str, names: Sequence[str], *, labelled: bool) -> list[ExportColumn]:
    """The columns for some canonical names; `labelled`: with a column of words beside each of codes."""
    found: list[ExportColumn] = []
    for name in names:
        known = fields.find(kind, name)
        if known is None:
            continue
        field, place = known
        title = field.title if place == 0 else f"{field.title} {place + 1}"
        if labelled and field.vocabulary and field.kind in _CODED:
            found.append(ExportColumn(name, _("{field} (code)", field=title), field))
            found.append(ExportColumn(name + LABEL, title, field, shown=True))
        else:
            found.append(ExportColumn(name, title, field))
    return found
