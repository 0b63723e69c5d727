"""How a letter greets a person, a couple, a household or an association, by language, sex and title."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache

import resources

#: A household of more is greeted as a family or in general, not name by name.
_MOST_NAMED = 3
_SEXES = ("female", "male")


def salutation(values: Mapping[str, str], language: str) -> str:
    """The greeting of one person in `language` (English if it has none), without the comma that the template sets.

    A name is never split and a sex never guessed: where either is not known, the greeting does without.

    Args:
        values: the person's fields by canonical name.
    """
    forms = _forms_of(language)
    sex = values.get("sex", "")
    if values.get("title") and (form := _filled(forms[f"titled_{sex}" if sex in _SEXES else "titled"], values)):
        return form
    if sex in _SEXES and (form := _filled(forms[sex], values)):
        return form
    return _filled(forms["named"], values) or forms["unnamed"]


def household_salutation(people: Sequence[Mapping[str, str]], language: str) -> str:
    """The greeting of those of a household that get one letter together.

    Two of one family name and of both sexes are greeted as a couple is; two others one after the other; more by the
    family name that they share, else in general.

    Args:
        people: the fields of each, in the order of the address.
    """
    forms = _forms_of(language)
    if len(people) < 2:
        return salutation(people[0] if people else {}, language)
    families = {person.get("family_name", "") for person in people}
    one_name = next(iter(families)) if len(families) == 1 else ""
    titled = any(person.get("title") for person in people)
    if len(people) == 2:
        if one_name and not titled and {person.get("sex") for person in people} == set(_SEXES):
            return _put(forms["couple_one_name"], {"family_name": one_name})
        first, second = (_greeted(person, language) for person in people)
        return _put(forms["couple"], {"first": first, "second": second})
    if one_name:
        return _put(forms["family"], {"family_name": one_name})
    names = [person.get("full_name", "") for person in people]
    if len(names) > _MOST_NAMED or not all(names):
        return forms["unnamed"] if "{names}" in forms["several"] else forms["several"]
    last = f" {forms['and']} ".join((", ".join(names[:-1]), names[-1]))
    return _put(forms["several"], {"names": last})


def association_salutation(name: str, contact: Mapping[str, str] | None, language: str) -> str:
    """The greeting of an association, and of the person there who opens its letters if one is known.

    Args:
        name: of the association.
        contact: the fields of that person, None = nobody is known.
    """
    forms = _forms_of(language)
    if not name:
        return salutation(contact or {}, language)
    if contact is None or not contact.get("full_name"):
        return _put(forms["association"], {"association": name})
    return _put(forms["contact"], {"salutation": salutation(contact, language), "association": name})


def _greeted(person: Mapping[str, str], language: str) -> str:
    """One of two: in English "Dear" stands once, before both."""
    form, forms = salutation(person, language), _forms_of(language)
    opening = forms["couple"].partition("{first}")[0]
    return form.removeprefix(opening) if opening else form


def _filled(form: str, values: Mapping[str, str]) -> str:
    """The form with the person's values, or "" where it names one that is not known."""
    wanted = [name for name in ("title", "family_name", "full_name") if "{" + name + "}" in form]
    if not all(values.get(name) for name in wanted):
        return ""
    return _put(form, {name: values[name] for name in wanted})


def _put(form: str, values: Mapping[str, str]) -> str:
    """The form with each value put in once: what a value says in braces stays as it is."""
    parts: list[str] = []
    while form:
        before, brace, rest = form.partition("{")
        parts.append(before)
        if not brace:
            break
        name, _brace, form = rest.partition("}")
        parts.append(values[name])
    return "".join(parts)


def _forms_of(language: str) -> dict[str, str]:
    return _forms().get(language) or _forms()["en"]


@cache
def _forms() -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = json.loads(resources.path("letters", "salutations.json").read_text("utf-8"))
    return forms
