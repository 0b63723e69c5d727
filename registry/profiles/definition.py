"""What a profile template is: sections with questions, and everything a question can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.fields import Words
from registry.i18n import N_

#: What an answer can be; catalogue messages.
ANSWERS = {
    "text": N_("Short text"),
    "long_text": N_("Long text"),
    "whole_number": N_("Whole number"),
    "date": N_("Date"),
    "yes_no": N_("Yes or no"),
    "choice": N_("Choice from a list of its own"),
    "vocabulary": N_("Choice from a standard list"),
    "country": N_("Country"),
    "language": N_("Language"),
}
#: Those of which several can be given to one question.
SEVERAL = frozenset({"choice", "vocabulary", "country", "language"})
#: Those on which another question can depend.
DECIDING = frozenset({"yes_no", "choice"})
#: The standard lists that a question can choose from; catalogue messages.
VOCABULARIES = {
    "isco": N_("Occupations (ISCO-08)"),
    "isic": N_("Branches of the economy (ISIC)"),
    "icse": N_("Status in employment (ICSE-18)"),
    "isced_level": N_("Levels of education (ISCED 2011)"),
    "isced_field": N_("Fields of education (ISCED-F 2013)"),
    "skill": N_("Skills"),
    "skill_level": N_("Levels of a skill"),
    "cefr": N_("Levels of a language (CEFR)"),
    "dac_sector": N_("Sectors of development (OECD-DAC)"),
    "engagement_form": N_("Forms of engagement"),
    "obstacle": N_("Obstacles"),
    "mode_of_action": N_("Ways of acting"),
    "capacity_need": N_("Needs of capacity"),
    "funding_source": N_("Sources of funding"),
    "budget_band": N_("Bands of a budget"),
    "subdivision": N_("Regions and provinces (ISO 3166-2)"),
    "currency": N_("Currencies (ISO 4217)"),
}


@dataclass(frozen=True)
class Choice:
    """One answer of a list of its own."""

    code: str
    labels: Words


@dataclass(frozen=True)
class Condition:
    """An earlier question, and its answers with which this one is shown."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        code: of which the field's name is made; stays when the words change.
        kind: one of `ANSWERS`.
        labels, help: the question and what helps to answer it, by language.
        several: whether several answers can be given.
        vocabulary: the standard list, for kind "vocabulary".
        choices: the list of its own, for kind "choice".
        required: whether the ministry wants an answer.
        sensitivity: 0 office, 1 personal, 2 restricted.
        shown_when: without it, always.
    """

    code: str
    kind: str
    labels: Words
    help: Words = ()
    several: bool = False
    vocabulary: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    sensitivity: int = 1
    shown_when: Condition | None = None

    @property
    def holds(self) -> tuple[str, bool, str]:
        """What its answers are, which no later version can change."""
        return self.kind, self.several, self.vocabulary


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    code: str
    titles: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Template:
    """A questionnaire.

    Attributes:
        name: of which the names of its fields are made.
        kind: "people" or "associations".
        titles: what it is called, by language.
        version: given when it is saved; 0 before.
    """

    name: str
    kind: str
    titles: Words
    sections: tuple[Section, ...]
    version: int = 0

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in its order."""
        return (question for section in self.sections for question in section.questions)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that any of its words are in, in the order in which they appear."""
        words = [self.titles, *(s.titles for s in self.sections)]
        for question in self.questions:
            words += [question.labels, question.help, *(c.labels for c in question.choices)]
        return tuple(dict.fromkeys(language for some in words for language, _ in some))


def field_name(template: str, question: str) -> str:
    """The canonical name of a question's field."""
    return f"profile.{template}.{question}"
