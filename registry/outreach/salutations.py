"""How a letter greets a person, by language, sex and title."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

import resources


def salutation(values: Mapping[str, str], language: str) -> str:
    """The greeting in `language` (English if it has none), without the comma that the template sets.

    Args:
        values: the person's fields by canonical name.
    """
    forms = _forms().get(language) or _forms()["en"]
    family, sex = values.get("family_name"), values.get("sex")
    if family and values.get("title") and "titled" in forms:
        form = forms["titled"]
    elif sex in ("female", "male") and (family or "{family_name}" not in forms[sex]):
        form = forms[sex]
    else:
        form = forms["named"] if values.get("full_name") else forms["unnamed"]
    for name in ("title", "family_name", "full_name"):
        form = form.replace("{" + name + "}", values.get(name, ""))
    return form


@cache
def _forms() -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = json.loads(resources.path("letters", "salutations.json").read_text("utf-8"))
    return forms
