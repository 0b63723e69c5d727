"""Family name and given name in one cell, where the heading states their order or a comma parts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.i18n import ngettext
from registry.kinds import clean
from registry.transfer.headings import headers

#: Headings that mean family name, given name, patronymic, in this order.
_IN_THIS_ORDER = frozenset(("fio", "pib", "pip"))
_FIELDS = ("family_name", "given_name", "patronymic")
_COMMA = re.compile(r"([^,]{2,}?)\s*,\s*([^,]{2,})")
#: What stands behind a comma and is no given name.
_BEHIND = re.compile(r"(?:jr|sr|ph\.?\s?d|m\.?d|mba|esq|qc|kc|obe|cbe|mbe|msc|bsc|csc|i{2,3}|iv)\b\.?.*", re.IGNORECASE)
_SHARE = 0.8


@dataclass
class NameParts:
    """Fills the parts of a name, as a step of `Columns`.

    Attributes:
        full: place of the full name among the texts.
        parts: places of family name, given name and patronymic.
        by_comma: whether a comma parts them; then the full name is written in the usual order.
        header: of the column.
        count: how many names were taken apart.
    """

    full: int
    parts: Sequence[int]
    by_comma: bool
    header: str
    count: int = 0

    def __call__(self, _row: Sequence[str], texts: list[str]) -> None:
        found = _by_comma(texts[self.full]) if self.by_comma else clean(texts[self.full]).split(maxsplit=2)
        if len(found) < 2:
            return
        for place, text in zip(self.parts, found, strict=False):
            texts[place] = text
        if self.by_comma:
            texts[self.full] = f"{found[1]} {found[0]}"
        self.count += 1

    def summary(self) -> str:
        """What was done; "" = nothing."""
        if not self.count:
            return ""
        if self.by_comma:
            return ngettext(
                "“{column}”: family and given name of {count} person were told apart by the comma.",
                "“{column}”: family and given names of {count} people were told apart by the comma.",
                self.count,
                column=self.header,
            )
        return ngettext(
            "“{column}”: {count} name was taken as family name, given name and patronymic, as the heading says.",
            "“{column}”: {count} names were taken as family name, given name and patronymic, as the heading says.",
            self.count,
            column=self.header,
        )


def needed(header: str, cells: Sequence[str], targets: Iterable[str]) -> tuple[bool, tuple[str, ...]] | None:
    """(Whether a comma parts them, the fields) of a column of full names; None where they stay whole."""
    if set(_FIELDS) & set(targets):
        return None
    if _IN_THIS_ORDER & set(headers.key(header).split()):
        return False, _FIELDS
    filled = sum(1 for cell in cells if cell and not cell.isspace())
    parted = sum(bool(_by_comma(cell)) for cell in cells if "," in cell)
    return (True, _FIELDS[:2]) if filled and parted >= _SHARE * filled else None


def _by_comma(text: str) -> list[str]:
    """Family and given name of "Exemple, Ana"; [] if it is not written so."""
    found = _COMMA.fullmatch(clean(text))
    if found is None or _BEHIND.fullmatch(found[2]) or any(c.isdigit() for c in found[0]):
        return []
    return [found[1].strip(), found[2].strip()]
