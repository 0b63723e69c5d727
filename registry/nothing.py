"""Texts that stand for no value in lists that people keep: "N/A", "-", "none"."""

from __future__ import annotations

from registry import vocabularies
from registry.fields import Field
from registry.kinds import CODE, NAME, PARTIAL_DATE

#: In a name only what can't be one: Na, Nil and Null are names.
_NO_NAME = frozenset(("", "-", "--", "---", "n/a", "#n/a", "/", "?", "…"))
EMPTY = _NO_NAME | frozenset(("na", "n.a.", "null", "none", "nil", "néant", "s/o", "s.o."))
#: As address books and databases write that there is no date.
_NO_DATE = frozenset(
    sign.join(parts)
    for sign in "/.-"
    for day in ("0", "00")
    for parts in ((day, day, "00"), (day, day, "0000"), ("0000", day, day))
)
#: Longer texts are not looked up among those that say nothing.
LONGEST_EMPTY = max(map(len, EMPTY | _NO_DATE))


def nothing_in(field: Field) -> frozenset[str]:
    """The texts, in small letters, that stand for no value of a field: not an answer of its list, as “None” can be."""
    if field.kind is NAME:
        return _NO_NAME
    if field.kind is PARTIAL_DATE:
        return EMPTY | _NO_DATE
    if field.kind is not CODE:
        return EMPTY
    known = vocabularies.get(field.vocabulary)
    answers = {word.casefold() for code in known.codes for word in (code, *known.labels[code].values())}
    return EMPTY - answers
