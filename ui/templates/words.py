"""What the editor calls the parts of a letter: fields, tests, conditions, pieces that are put in."""

from __future__ import annotations

from collections.abc import Iterable

from registry import fields, vocabularies
from registry.documents import templates
from registry.documents.flat import Begin, End
from registry.documents.templates import Variable
from registry.documents.tree import Enclosure, Field, Image, PageBreak, Test
from registry.i18n import N_, _, current_language
from ui.templates.chips import Part

#: Test of a condition -> how it reads after the field's name.
TESTS: dict[Test, str] = {
    "filled": N_("is filled in"),
    "empty": N_("is empty"),
    "equals": N_("is"),
    "in": N_("is one of"),
    "other": N_("is none of"),
    "past": N_("is over (a day)"),
    "ahead": N_("is not over (a day)"),
}
_LABELS = {
    "salutation": N_("Salutation"),
    "city": N_("City"),
    "address_block": N_("Address"),
    "number": N_("Registration number"),
    "home.name": N_("Name of the state"),
    "post.name": N_("Name of the post"),
    "post.city": N_("Town of the post"),
    "post.phone": N_("Telephone of the post"),
    "post.email": N_("E-mail of the post"),
    "date": N_("Date of the letter"),
}


def field_words(name: str, variables: Iterable[Variable] = ()) -> str:
    """What a field of a letter is called."""
    if name in _LABELS:
        return _(_LABELS[name])
    for variable in variables:
        if variable.name == name:
            return variable.titles.get(current_language()) or next(iter(variable.titles.values()), "") or name
    described = fields.by_name(fields.PEOPLE).get(name)
    return described.title if described is not None else name


def value_words(field: str, value: str) -> str:
    """What a value of a condition is called."""
    vocabulary = vocabulary_of(field)
    return vocabularies.get(vocabulary).label(value) if vocabulary else value


def vocabulary_of(field: str) -> str:
    """The list that the values of a field come from; "" = any text."""
    described = fields.by_name(fields.PEOPLE).get(field)
    return described.vocabulary if described is not None else ""


def part_words(part: Part, variables: Iterable[Variable] = ()) -> str:
    """What stands on the chip of a part."""
    if isinstance(part, Field):
        return field_words(part.name, variables)
    if isinstance(part, Begin):
        values = ", ".join(value_words(part.field, value) for value in part.values)
        said = _("If {field} {test}", field=field_words(part.field, variables), test=_(TESTS[part.test]))
        return f"{said} {values} ▸" if values else f"{said} ▸"
    if isinstance(part, End):
        return "◂"
    if isinstance(part, Image):
        return _("Picture: {name}", name=part.name)
    if isinstance(part, Enclosure):
        return _("Enclosure: {name}", name=part.name)
    if isinstance(part, PageBreak):
        return _("New page")
    return _("Block: {name}", name=block_words(part.name))


def block_words(name: str) -> str:
    """What a reusable block is called."""
    if name not in templates.ids_of("block"):
        return name
    titles = templates.as_written("block", name).titles
    return titles.get(current_language()) or titles.get("en") or name


def offered_fields(variables: Iterable[Variable]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, (name, words) of each field) of what a letter may say, in the order of the menu."""
    variables = tuple(variables)
    by_name = fields.by_name(fields.PEOPLE)
    usual = [name for name in templates.RECIPIENT_FIELDS if name in _LABELS or name in by_name]
    found = [(_("Recipient"), [(name, field_words(name)) for name in usual])]
    if variables:
        found.append((_("Details of this letter"), [(v.name, field_words(v.name, variables)) for v in variables]))
    found.append((_("Sender"), [(name, field_words(name)) for name in templates.SENDER_FIELDS]))
    sections: dict[str, list[tuple[str, str]]] = {}
    for name in templates.person_fields():
        if name not in usual:
            sections.setdefault(by_name[name].heading, []).append((name, by_name[name].title))
    return found + list(sections.items())
