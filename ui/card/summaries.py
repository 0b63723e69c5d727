"""One value of a repeated group in a line or two: what it is, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from registry import postal
from registry.fields import Field
from registry.i18n import _
from ui.card.blocks import Block

ADDRESS = "address"
#: Kinds whose words tell by themselves what they are about, but for those that answer a question.
_CODED = frozenset({"code", "open_code", "country", "language"})
_ANSWERS = frozenset({"yes_no", "recognition"})

#: Fields with their numbered canonical names.
Pairs = Sequence[tuple[Field, str]]
Show = Callable[[str], str]


def head_of(block: Block, filled: Pairs, values: Mapping[str, str]) -> list[str]:
    """The names that tell what a value is: an address by its parts in the order of its country, others by the first."""
    if block.table != ADDRESS:
        return [filled[0][1]]
    by_part = {field.name: name for field, name in filled}
    country = values.get(by_part.get(postal.COUNTRY, ""), "")
    return [by_part[part] for part in postal.rules(country).order if part in by_part] or [filled[0][1]]


def caption_of(block: Block, filled: Pairs) -> str:
    """What stands before a value; an address is none of its parts."""
    return block.fields[0].heading if block.table == ADDRESS else filled[0][0].title


def details_of(pairs: Pairs, show: Show) -> dict[str, str]:
    """Numbered name -> words of what belongs to the value; a date or number says what it is about."""
    return {name: _detail(field, show(name)) for field, name in pairs}


def _detail(field: Field, words: str) -> str:
    if field.kind.name in _CODED and field.vocabulary not in _ANSWERS:
        return words
    return _("{field}: {value}", field=field.title, value=words)


def in_a_line(block: Block, place: int, values: Mapping[str, str]) -> str:
    """A whole value, such as "Passport · Document number: C01X00T46"."""
    filled = [(field, name) for field, name in block.names(place) if name in values]
    head = head_of(block, filled, values)
    shown = {name: field.show(values[name]) for field, name in filled}
    rest = [(field, name) for field, name in filled if name not in head]
    return " · ".join((", ".join(shown[name] for name in head), *details_of(rest, shown.__getitem__).values()))
