"""What our own exports are known by: above their columns the fields' names, or the titles alone; their other sheets."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import cache

from registry import fields
from registry.additions import remembered
from registry.fields import Field, title_in
from registry.i18n import LANGUAGES, N_, translate
from registry.transfer.headings import headers
from registry.transfer.headings.headers import NAMES

#: Behind a field's own name: the column has words for the codes of the one before.
LABEL = " (label)"
#: The title of a column of codes that has one of words beside it.
CODED = N_("{field} (code)")
#: The sheets beside the list of an exported workbook.
DICTIONARY_TITLE, CODES_TITLE, ABOUT = N_("Data dictionary"), N_("Codes"), N_("About")
#: Columns that only the skills inventory has, which sums up what records hold.
INVENTORY_NUMBER, GROUP, OTHER_OCCUPATIONS, SKILL_CODE = (
    N_("Number"),
    N_("Major group"),
    N_("Other occupations"),
    N_("Skill code"),
)
#: The field that an export always has.
NUMBER = "number"

_PLACE = re.compile(r"(.+) (\d{1,3})")


def names_of(kind: str, headings: Sequence[str]) -> list[str]:
    """What each column of an export holds, as `ExportColumn.name` says it; "" = somebody added it; [] = no export.

    Titles tell it, in any language of the window, where the hidden row of names was deleted or not copied. Without the
    registration number only words beside codes show that a list is ours.
    """
    plain = [heading.strip() for heading in headings]
    if _is_marked(plain) and _are_canonical(kind, plain):
        return [heading if _is_canonical(kind, heading) else "" for heading in plain]
    titles = [headers.label_of(heading).casefold() for heading in headings]
    read = (_titled(kind, titles, language) for language in LANGUAGES if _may_be_titles(kind, titles, language))
    best = max(filter(_is_marked, read), key=lambda names: sum(map(bool, names)), default=[])
    known, filled = sum(map(bool, best)), sum(map(bool, titles))
    added = 2 * known > filled and not set(NAMES[kind]).isdisjoint(best)
    return best if known > 1 and (known == filled or added) else []


def _is_marked(names: Sequence[str]) -> bool:
    """Whether some columns are such as only our exports have."""
    return NUMBER in names or any(name.endswith(LABEL) for name in names)


def _may_be_titles(kind: str, titles: Sequence[str], language: str) -> bool:
    """Whether it is worth while to look further, as nearly no row of a list is."""
    number, code = _title(fields.by_name(kind)[NUMBER], language), _around_code(language)[1]
    return any(title == number or title.endswith(code) for title in titles)


def are_of_inventory(headings: Sequence[str]) -> bool:
    """Whether headings are those of a skills inventory, of its people or of their skills, in any language."""
    said = {heading.strip().casefold() for heading in headings}
    return any(titles <= said for titles in _inventories())


@cache
def _inventories() -> tuple[frozenset[str], ...]:
    """Titles that stand together on no other sheet."""
    return tuple(
        frozenset(translate(title, language).casefold() for title in (GROUP, INVENTORY_NUMBER, own))
        for own in (OTHER_OCCUPATIONS, SKILL_CODE)
        for language in LANGUAGES
    )


def are_ours(headings: Sequence[str]) -> bool:
    """Whether headings are those of an export, of people or of associations."""
    return any(names_of(kind, headings) for kind in fields.KINDS)


def are_names(headings: Sequence[str]) -> bool:
    """Whether headings are the fields' own names."""
    plain = [heading.strip() for heading in headings]
    return _is_marked(plain) and any(_are_canonical(kind, plain) for kind in fields.KINDS)


def are_of_our_form(kind: str, headings: Sequence[str]) -> bool:
    """Whether headings are those of a form of ours: nobody else writes “address.city” or “address__city”."""
    return _are_canonical(kind, [text.strip().replace("__", ".") for text in headings]) and any(
        sign in text and headers.named(kind, text) is not None for text in headings for sign in (".", "__")
    )


def sheets_beside() -> set[str]:
    """What the sheets beside the list are called, in any language of the window."""
    return {translate(title, language) for title in (DICTIONARY_TITLE, CODES_TITLE, ABOUT) for language in LANGUAGES}


def _is_canonical(kind: str, text: str) -> bool:
    """Whether a heading is a field's own name, or that of a question which another registry asks."""
    name = text.strip().removesuffix(LABEL)
    return fields.find(kind, name) is not None or headers.is_asked_elsewhere(kind, name)


def _are_canonical(kind: str, headings: Sequence[str]) -> bool:
    """Whether headings are canonical names, that of a name among them, but for fewer columns that somebody added."""
    filled = [heading for heading in headings if heading]
    added = sum(not _is_canonical(kind, heading) for heading in filled)
    return not added or (2 * added < len(filled) and any(name in filled for name in NAMES[kind]))


def _titled(kind: str, titles: Sequence[str], language: str) -> list[str]:
    """What columns with these titles hold; of columns with one title each is another, in the order of an export."""
    before, after = _around_code(language)
    said = [t[len(before) : -len(after)] if t.startswith(before) and t.endswith(after) else "" for t in titles]
    names: list[str] = []
    for inner in said:
        names.append(_first_of(_coded(kind, inner, language), names) if inner else "")
    codes = set(names)
    for place, (title, inner) in enumerate(zip(titles, said, strict=True)):
        if title and not inner:
            found = [name + LABEL if name in codes else name for name in _fields(kind, title, language)]
            beside = names[place - 1] + LABEL if place else ""
            names[place] = beside if beside in found else _first_of(found, names)
    return names


def _first_of(found: Iterable[str], taken: Container[str]) -> str:
    return next((name for name in found if name not in taken), "")


def _coded(kind: str, title: str, language: str) -> list[str]:
    return [name for name in _fields(kind, title, language) if (f := fields.find(kind, name)) and f[0].vocabulary]


def _fields(kind: str, title: str, language: str) -> list[str]:
    """The canonical names of the fields with a title, numbered as that is."""
    known = _titles(kind, language)
    numbered = _PLACE.fullmatch(title)
    if title in known or numbered is None:
        return known.get(title, [])
    names = [fields.numbered(name, int(numbered[2]) - 1) for name in known.get(numbered[1], ())]
    return [name for name in names if fields.find(kind, name)]


def _around_code(language: str) -> tuple[str, str]:
    """What stands before and behind the title of a field above its codes."""
    before, _field, after = translate(CODED, language).casefold().partition("{field}")
    return before, after


def _title(field: Field, language: str) -> str:
    """A title as it is compared."""
    return headers.label_of(title_in(field, language)).casefold()


@remembered
def _titles(kind: str, language: str) -> dict[str, list[str]]:
    """Title -> canonical names, in the order of an export: what a registry asks may be called like a field."""
    found: dict[str, list[str]] = {}
    for described in fields.by_group(kind).values():
        for field in described:
            found.setdefault(_title(field, language), []).append(field.name)
    return found
