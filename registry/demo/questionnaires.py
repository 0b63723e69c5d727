"""The shipped profile templates in a demonstration registry, and invented answers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from registry.app import Registry
from registry.commands import ActivateProfile, SaveProfile
from registry.profiles.definition import Question, Template, field_name
from registry.profiles.shipped import shipped

#: How many in a hundred have filled the questionnaire in, and how many of its questions they answer.
_FILLED, _ANSWERED = 30, 60
_LANGUAGES = ("fr", "en", "ar", "pt", "es")
_FIELDS = ("0912", "0913", "0231", "0311", "0421", "0533", "0541", "0613", "0714", "0732", "0811")
_LARGEST = 12
#: Nobody born later has a profession.
_GROWN_UP = "2003"
_YEARS = (1995, 2025)


def use(registry: Registry) -> None:
    """Put the shipped templates to use."""
    for template in shipped():
        registry.execute(SaveProfile(template))
        registry.execute(ActivateProfile(template.name))


def answered(rows: Iterable[Mapping[str, str]], kind: str, seed: int) -> Iterator[dict[str, str]]:
    """The same records, some of them with answers to the templates about their kind."""
    random = Random(f"{kind} {seed}")
    templates = [template for template in shipped() if template.kind == kind]
    for row in rows:
        answers: dict[str, str] = {}
        for template in templates:
            if random.randrange(100) < _FILLED and row.get("birth_date", "")[:4] <= _GROWN_UP:
                answers |= _answers(template, random)
        yield {**row, **answers}


def _answers(template: Template, random: Random) -> dict[str, str]:
    """Answers to some of the questions, to none that is not shown."""
    given: dict[str, list[str]] = {}
    for question in template.questions:
        condition = question.shown_when
        asked = condition is None or not set(given.get(condition.question, ())).isdisjoint(condition.values)
        if asked and random.randrange(100) < _ANSWERED:
            given[question.code] = _answer(question, random)
    return {
        field_name(template.name, code) + (f".{place}" if place > 1 else ""): text
        for code, texts in given.items()
        for place, text in enumerate(texts, 1)
    }


def _answer(question: Question, random: Random) -> list[str]:
    """One answer, or up to three where several can be given; none where words would have to be invented."""
    match question.kind:
        case "yes_no":
            offered: tuple[str, ...] = ("yes", "no")
        case "choice":
            offered = tuple(choice.code for choice in question.choices)
        case "language":
            offered = _LANGUAGES
        case "vocabulary" if question.vocabulary == "isced_field":
            offered = _FIELDS
        case "whole_number":
            return [str(random.randint(1, _LARGEST))]
        case "date":
            return [str(random.randint(*_YEARS))]
        case _:
            return []
    return random.sample(offered, random.randint(1, min(3, len(offered))) if question.several else 1)
