"""Lists as other programs write them: which program it is, and which of its columns is which field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import resources
from registry import fields
from registry.transfer.headings import headers as header_words

#: Stands in a heading and in the name of its field for the number of a value, 1 = first.
_NUMBER = "{n}"


@dataclass(frozen=True)
class Program:
    """A program, or one of its ways to write.

    Attributes:
        name: as the officer knows it.
        known_by: headings that all stand in its lists and hardly in others, in small letters.
        columns: pattern of a heading in small letters -> canonical name of its field; None = left out.
        texts: canonical name -> text in the file -> text to read instead.
    """

    name: str
    known_by: frozenset[str]
    columns: Sequence[tuple[re.Pattern[str], str | None]]
    texts: Mapping[str, Mapping[str, str]]

    def columns_of(self, headings: Sequence[str]) -> dict[str, str | None]:
        """Heading -> canonical name or None, of the headings that the program writes."""
        found: dict[str, str | None] = {}
        for heading in headings:
            for pattern, field in self.columns:
                if match := pattern.fullmatch(_plain(heading)):
                    found[heading] = _field(field, match)
                    break
        return found


def writing(headings: Sequence[str]) -> Program | None:
    """The program that writes such headings; None if none is known to."""
    said = {*map(_plain, headings)}
    return next((program for program in _all() if program.known_by <= said), None)


def _field(name: str | None, heading: re.Match[str]) -> str | None:
    if name is None or _NUMBER not in name:
        return name
    return fields.numbered(name.removesuffix(f".{_NUMBER}"), int(heading[1]) - 1)


@cache
def _all() -> tuple[Program, ...]:
    document = json.loads(resources.path("headings", "programs.json").read_text(encoding="utf-8"))
    return tuple(
        Program(
            each["name"],
            frozenset(map(_plain, each["known_by"].split("|"))),
            [(_pattern(text), field or None) for field, texts in each["columns"].items() for text in texts.split("|")],
            each.get("texts", {}),
        )
        for each in document
    )


def _pattern(heading: str) -> re.Pattern[str]:
    return re.compile(re.escape(_plain(heading)).replace(re.escape(_NUMBER), r"([1-9]\d?)"))


def _plain(heading: str) -> str:
    return header_words.label_of(heading).casefold()
