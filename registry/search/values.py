"""What the words of a query mean as values: codes of a list with those below them, ranks, numbers, dates."""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast

from registry import kinds, vocabularies
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import LANGUAGES, N_
from registry.search.days import dated
from registry.search.folding import fold
from registry.search.tree import Term
from registry.vocabularies import Vocabulary

NO_ORDER = N_("“{word}” at position {position} has no order. Write “:” instead of “{operator}”.")
NOT_A_VALUE = N_("“{value}” at position {position} is not a value of “{word}”. Did you mean “{suggestion}”?")
NOT_READ = N_("“{word}” at position {position}: {reason}")

#: Before a value: this code of the list, with those below it, and no words; written twice: without those below it.
BY_CODE = "="
COMPARE: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
#: Vocabularies whose order is a rank.
RANKED = frozenset({"cefr", "skill_level", "isced_level", "trust", "amount_band", "budget_band"})


def require_no_order(field: Field, term: Term) -> None:
    """Refuse `<` and `>` where they mean nothing."""
    if term.operator != ":":
        raise Invalid(NO_ORDER, word=term.field, position=term.position, operator=term.operator)


def on_date(column: ColumnElement[Any], term: Term) -> ColumnElement[bool]:
    """The condition on a column of partial dates."""
    try:
        return dated(column, term.operator, term.value)
    except Invalid as mistake:
        raise _at(term, mistake) from None


def counted(field: Field, column: ColumnElement[Any], term: Term) -> ColumnElement[bool]:
    """The condition on a column of whole numbers, kept as numbers or as text."""
    try:
        value = int(field.kind.read(term.value, kinds.Situation(), ""))
    except Invalid as mistake:
        raise _at(term, mistake) from None
    number = column if field.counted else cast(column, Integer)
    compared: ColumnElement[bool] = number == value if term.operator == ":" else COMPARE[term.operator](number, value)
    return compared


def coded(field: Field, term: Term) -> list[str]:
    """The code that is named and those below it; of levels those above or below in rank."""
    chosen = code(field.vocabulary, term.value, term)
    known = vocabularies.get(field.vocabulary)
    if term.operator == ":":
        return [c for c in known.codes if known.descends(c, chosen)]
    if field.vocabulary not in RANKED:
        require_no_order(field, term)
    rank = known.codes.index(chosen)
    return [c for place, c in enumerate(known.codes) if COMPARE[term.operator](place, rank)]


def by_code(field: Field, term: Term) -> list[str]:
    """`=22`: the code and those below it; `==22`: the code alone."""
    plain = term.value.removeprefix(BY_CODE)
    alone = plain.startswith(BY_CODE)
    chosen = code(field.vocabulary, plain.removeprefix(BY_CODE), term)
    known = vocabularies.get(field.vocabulary)
    return [chosen] if alone else [c for c in known.codes if known.descends(c, chosen)]


def code(vocabulary: str, text: str, term: Term) -> str:
    """The code that `text` names; raises `Invalid` with the nearest label."""
    known = vocabularies.get(vocabulary)
    found = known.find(text)
    if found is None:
        raise Invalid(
            NOT_A_VALUE, value=text, position=term.position, word=term.field, suggestion=_nearest(known, text)
        )
    return found


def _nearest(known: Vocabulary, text: str) -> str:
    """The label most like `text` that stands for one code, in the language in use or else in another of the window."""
    from rapidfuzz import process

    best, score = "", -1.0
    own = [label for _code, label in known.choices()]
    others = [known.label(c, language) for c in known.codes for language in LANGUAGES]
    for labels in (own, others):
        sure = [label for label in labels if known.find(label) is not None]
        found = process.extractOne(text, sure, processor=fold)
        if found is not None and found[1] > score:
            best, score = found[0], found[1]
    return best or next(iter(known.codes), "")


def _at(term: Term, mistake: Invalid) -> Invalid:
    return Invalid(NOT_READ, word=term.field, position=term.position, reason=str(mistake))
