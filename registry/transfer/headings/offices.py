"""Officers in columns of a list of associations: the office is the header, the person may be in the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from db.models import person
from db.records import slices
from registry import fields, links, vocabularies
from registry.i18n import ngettext
from registry.search.folding import name_key
from registry.transfer.headings.headers import label_of
from registry.values import Value

OFFICER, ROLE = "officer", "officer.role"
#: What may stand around the office in a header: brackets, a number, "name of".
_AROUND = re.compile(
    r"[(\[].*?[)\]]|\s*\d+$|\b(?:full name|name|nom|nombre|nome)\b(?:\s+(?:of|du|de|del|da|do)\b)?(?:\s+(?:the|la)\b)?"
    r"|\bde l'association\b|\bof the association\b|\bالجمعية|\bاسم\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\bال(?=\w{2})")


def office_of(header: str) -> str:
    """The code of the office that a header names; "" = none."""
    known = vocabularies.get("officer_role")
    whole = label_of(header).replace("_", " ")
    bare = " ".join(_AROUND.sub(" ", whole).split()).strip(" :-–")
    # "Chief Executive / Secretary" is who leads the work there, whatever they are called.
    readings = (whole, bare, _ARTICLE.sub("", bare), *(part.strip() for part in bare.split("/")))
    return next((code for text in readings if text and (code := known.find(text)) is not None), "")


class Holders:
    """Finds the people whom a list names as officers, if just one of the register is called so.

    Attributes:
        linked: how many names led to somebody.
        several: how many stay text, as several people are called so.
    """

    def __init__(self, connection: Connection, names: Sequence[str]) -> None:
        """`names`: canonical names of a row's values."""
        self._connection = connection
        self._places = [i for i, name in enumerate(names) if fields.split(name)[0] == OFFICER]
        self.linked = self.several = 0

    def find(self, rows: Sequence[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
        """The rows with `Name (number)` in place of a name that one person has."""
        if not self._places:
            return list(rows)
        texts = {row[i] for row in rows for i in self._places}
        called = self._called({name_key(text) for text in texts if type(text) is str} - {""})
        return [tuple(self._found(value, i, called) for i, value in enumerate(row)) for row in rows]

    def summary(self) -> Iterator[str]:
        """What became of the names."""
        if self.linked:
            yield ngettext(
                "{count} officer was found in the register and will be linked.",
                "{count} officers were found in the register and will be linked.",
                self.linked,
            )
        if self.several:
            yield ngettext(
                "{count} officer stays a name: several people in the register are called so.",
                "{count} officers stay names: several people in the register are called so.",
                self.several,
            )

    def _found(self, value: Value, place: int, called: dict[str, list[str]]) -> Value:
        if place not in self._places or type(value) is not str:
            return value
        people = called.get(name_key(value), [])
        self.linked += len(people) == 1
        self.several += len(people) > 1
        return people[0] if len(people) == 1 else value

    def _called(self, keys: set[str]) -> dict[str, list[str]]:
        """Folded name -> those who are called so."""
        ids: dict[int, str] = {}
        for some in slices(sorted(keys)):
            called = select(person.c.id, person.c.name_key).where(person.c.name_key.in_(some))
            ids.update((row.id, row.name_key) for row in self._connection.execute(called))
        found: dict[str, list[str]] = {}
        for record_id, words in links.names(self._connection, ids).items():
            found.setdefault(ids[record_id], []).append(words)
        return found
