"""What spreadsheet programs do to numbers that are none: postcodes without their zeros, 3.36E+10, 69001.0."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import ne

from registry import fields, postal, vocabularies
from registry.i18n import ngettext
from registry.kinds import clean
from registry.transfer.values.stepping import ColumnStep, each

#: Fields whose values are made of digits and are no numbers.
DIGITS = frozenset({"phone", "document.number", "external_id", "address.postal_code", "registration_number"})
_WHOLE = re.compile(r"\s*(\d+)[.,]0+\s*")
_SHORTENED = re.compile(r"\s*(\d)[.,](\d+)E\+?(\d{1,2})\s*", re.IGNORECASE)
#: So many digits at the end may have been zeros; if more are missing, they are lost.
_ZEROS = 2
#: Zeros that a postcode may have lost.
_LOST = 2
#: Share of postcodes of the list that have to be whole ones of its country.
_SHARE = 0.5


def restored(text: str) -> str:
    """A number of digits as it was typed: 69001 for 69001.0, 33612345678 for 3.3612345678E+10."""
    if "." not in text and "," not in text:  # nearly all
        return text
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    found = _SHORTENED.fullmatch(text)
    if found and 0 <= int(found[3]) - len(found[2].rstrip("0")) <= _ZEROS:
        return (found[1] + found[2].rstrip("0")).ljust(int(found[3]) + 1, "0")
    return text


@dataclass(frozen=True)
class _Restored(ColumnStep):
    """Writes numbers of digits as they were typed."""

    slot: int

    def fill(self, _cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        texts[self.slot] = each(restored, texts[self.slot])


def steps(name: str, slot: int, cells: Sequence[str]) -> list[ColumnStep]:
    """What has to be done to the texts of a column that holds digits; nothing for most."""
    touched = fields.split(name)[0] in DIGITS and any(restored(cell) != cell for cell in _parted(cells))
    return [_Restored(slot)] if touched else []


def told(name: str, column: str, cells: Sequence[str]) -> str:
    """What is said of numbers whose last digits are lost; "" = there is none."""
    lost = sum(bool(_SHORTENED.fullmatch(restored(cell))) for cell in _parted(cells))
    if not lost or fields.split(name)[0] not in DIGITS:
        return ""
    return ngettext(
        "“{column}”: {count} number was shortened by a spreadsheet program, as 3.36E+10, and its last digits are lost. "
        "Get the list again with this column as text.",
        "“{column}”: {count} numbers were shortened by a spreadsheet program, as 3.36E+10, and their last digits are "
        "lost. Get the list again with this column as text.",
        lost,
        column=column,
    )


def _parted(cells: Sequence[str]) -> list[str]:
    """The cells that can be numbers of a spreadsheet program: few have a point or a comma."""
    together = "".join(cells)
    if "." not in together and "," not in together:
        return []
    return [cell for cell in cells if "." in cell or "," in cell]


@dataclass
class Zeros(ColumnStep):
    """Gives postcodes the zeros back that they lost, as a step of `Columns`.

    Attributes:
        code: place of the postcode among the texts.
        country: place of the address's country; -1 = the list has none.
        home: alpha-3 code of the country where none is said; "" = then nothing is done.
        header: of the column.
        count: how many were completed.
    """

    code: int
    country: int
    home: str
    header: str
    count: int = 0

    def fill(self, _cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        codes = texts[self.code]
        pairs = list(zip(codes, texts[self.country] if self.country >= 0 else repeat(""), strict=False))
        longer = {pair: full for pair in set(pairs) if (full := self._full(*pair)) != pair[0]}
        if longer:
            texts[self.code] = list(map(longer.get, pairs, codes))
            self.count += sum(map(ne, texts[self.code], codes))

    def _full(self, code: str, said: str) -> str:
        text = code.strip()
        if not text.isascii() or not text.isdecimal():
            return code
        named = clean(said)
        country = vocabularies.get("country").find(named) if named else self.home
        full = completed(text, country) if country else text
        return full if full != text else code

    def summary(self) -> str:
        """What was done; "" = nothing."""
        if not self.count:
            return ""
        return ngettext(
            "“{column}”: {count} postcode got back the zero in front that a spreadsheet program had dropped.",
            "“{column}”: {count} postcodes got back the zeros in front that a spreadsheet program had dropped.",
            self.count,
            column=self.header,
        )


@lru_cache(maxsize=20_000)
def completed(text: str, country: str) -> str:
    """A postcode with the zeros that it needs to be one of the country; as it is if it is one, has one or can't be."""
    pattern = postal.postcode(country)
    if pattern is None or text.startswith("0") or pattern.fullmatch(text):
        return text
    longer = (text.zfill(len(text) + more) for more in range(1, _LOST + 1))
    return next((code for code in longer if pattern.fullmatch(code)), text)


def usual_country(cells: Iterable[str], home: str) -> str:
    """`home` if the list's postcodes are mostly its own; "" otherwise: nothing shows where a short one belongs."""
    pattern = postal.postcode(home) if home else None
    codes = Counter(cells)
    del codes[""]
    whole = sum(count for code, count in codes.items() if pattern.fullmatch(code.strip())) if pattern else 0
    return home if codes and whole >= _SHARE * codes.total() else ""


def short_codes(cells: Iterable[str], country: str) -> bool:
    """Whether some postcode of the country lacks its zeros."""
    codes = {restored(cell).strip() for cell in set(cells)} if country else set()
    return any(code.isascii() and code.isdecimal() and completed(code, country) != code for code in codes)
