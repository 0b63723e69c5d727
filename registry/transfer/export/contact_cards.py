"""Records as contact cards (vCard 4.0, RFC 6350): what address books read, and every field for the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from registry.transfer.export.columns import ExportColumn
from registry.transfer.export.workbook import Cell
from registry.transfer.readers.cards import OWN_FIELD

_SPECIAL = re.compile(r"([\\;,])")
#: Bytes of a line, its end not counted (RFC 6350, 3.2).
_LONGEST = 75
_PHONE_KINDS = {"mobile": "cell", "home": "home", "work": "work", "fax": "fax"}
_SEXES = {"male": "M", "female": "F", "other": "O"}
_BEGIN, _END = "BEGIN:VCARD\r\nVERSION:4.0\r\n", "END:VCARD\r\n"
_ADDRESS = ("", "", "street", "city", "region", "postal_code", "country")


class CardWriter:
    """A card a record."""

    labelled = False

    def __init__(self, file: IO[bytes], *, organisations: bool) -> None:
        self._file = file
        self._organisations = organisations
        self._names: list[str] = []

    def header(self, columns: Sequence[ExportColumn]) -> None:
        """Note which fields follow."""
        self._names = [column.name for column in columns]

    def records(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write cards."""
        texts = [[*map(str, cells)] for cells in columns]
        own = [_own_lines(name, cells) for name, cells in zip(self._names, texts, strict=True)]
        for cells, lines in zip(zip(*texts, strict=True), zip(*own, strict=True), strict=True):
            said = {name: text for name, text in zip(self._names, cells, strict=True) if text}
            known = "".join([f"{_folded(line)}\r\n" for line in self._known(said)])
            self._file.write("".join([_BEGIN, known, *lines, _END]).encode())

    def close(self) -> None:
        """There is nothing left to write."""

    def _known(self, said: Mapping[str, str]) -> Iterator[str]:
        name = said.get("name" if self._organisations else "full_name", "")
        yield f"FN:{_escaped(name or said.get('number', ''))}"
        if self._organisations:
            yield f"ORG:{_escaped(name)}"
            yield "KIND:org"
        elif "family_name" in said or "given_name" in said:
            yield f"N:{_escaped(said.get('family_name', ''))};{_escaped(said.get('given_name', ''))};;;"
        for number in _numbered(said, "phone"):
            kind = _PHONE_KINDS.get(said.get(_part("phone", "kind", number), ""), "voice")
            yield f"TEL;TYPE={kind}:{_escaped(said[_of('phone', number)])}"
        for number in _numbered(said, "email"):
            yield f"EMAIL:{_escaped(said[_of('email', number)])}"
        for number in range(1, 10):
            parts = [said.get(_part("address", part, number), "") if part else "" for part in _ADDRESS]
            if any(parts):
                yield "ADR:" + ";".join(map(_escaped, parts))
        born = said.get("birth_date", "")
        if len(born) == 10:
            yield f"BDAY:{born.replace('-', '')}"
        if sex := _SEXES.get(said.get("sex", "")):
            yield f"GENDER:{sex}"
        if page := said.get("website"):
            yield f"URL:{_escaped(page)}"


def _of(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"


def _part(name: str, part: str, number: int) -> str:
    return _of(f"{name}.{part}", number)


def _numbered(said: Mapping[str, str], name: str) -> list[int]:
    return [number for number in range(1, 10) if _of(name, number) in said]


def _own_lines(name: str, texts: Sequence[str]) -> list[str]:
    """A field's line in each card, made once for each distinct text; "" where there is nothing."""
    start = f"{OWN_FIELD};FIELD={name}:"
    made = {text: f"{_folded(start + _escaped(text))}\r\n" if text else "" for text in set(texts)}
    return [*map(made.__getitem__, texts)]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A line broken where it is too long; no letter is cut in two."""
    if len(line.encode()) <= _LONGEST:
        return line
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += width
    return "\r\n".join([*pieces, piece])
