"""Whether a template can be used: the first thing that is wrong with it, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from registry import vocabularies
from registry.errors import Invalid
from registry.fields import KINDS, Words
from registry.i18n import N_, _
from registry.profiles.definition import ANSWERS, DECIDING, SEVERAL, VOCABULARIES, Question, Section, Template

WRONG = N_("{where}: {what}")
TEMPLATE, SECTION = N_("Template"), N_("Section {section}")
QUESTION = N_("Section {section}, question {question}")

NO_CODE = N_(
    "“{text}” cannot be a code. Use small letters without accents, digits and underscores, beginning with a letter."
)
NO_KIND = N_("“{text}” is not a kind of record. Known: {known}.")
NO_WORDS = N_("It has no words yet. Write them in one language at least.")
NO_LANGUAGE = N_("“{text}” is not the code of a language, such as en or fr.")
TOO_LONG = N_("These words are longer than {limit} characters. Shorten them.")
NOTHING_ASKED = N_("It asks nothing yet. Add a question.")
TOO_MANY = N_("There are more than {limit} of them. Take some out.")
TWICE = N_("The code “{text}” stands twice. Give one of them another code.")
NO_ANSWER = N_("“{text}” is not a kind of answer. Known: {known}.")
ONE_ONLY = N_("Several answers can be given only to a question that chooses from a list.")
NO_CHOICES = N_("A question with a list of its own needs answers to choose from.")
NEEDLESS_CHOICES = N_("Only a question that chooses from a list of its own has answers to choose from.")
SAME_CHOICE = N_("“{text}” stands twice in the list of answers.")
NO_VOCABULARY = N_("“{text}” is not a standard list. Known: {known}.")
NEEDLESS_VOCABULARY = N_("Only a question that chooses from a standard list names one.")
NO_SENSITIVITY = N_("The sensitivity is 0 (office), 1 (personal) or 2 (restricted).")
NOT_EARLIER = N_("It depends on the question “{text}”, which does not stand before it.")
NOT_DECIDING = N_(
    "It depends on the question “{text}”, which is neither yes or no nor a choice from a list of its own."
)
NO_VALUES = N_("Say with which answers to “{text}” it is shown.")
NOT_AN_ANSWER = N_("It is shown with the answer “{text}”, which the question “{question}” does not have.")

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
LONGEST_LABEL, LONGEST_HELP = 300, 1_000
MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES = 50, 300, 500
#: The highest sensitivity of a field that is kept open.
_RESTRICTED = 2


def is_code(text: str) -> bool:
    """Whether a text can be the code of a template, section, question or answer."""
    return bool(_CODE.fullmatch(text))


def check(template: Template) -> None:
    """Raise `Invalid` with the first thing that is wrong; its `field` is "", "2" or "2.3": section and question."""
    _code(template.name)
    if template.kind not in KINDS:
        raise wrong("", NO_KIND, text=template.kind[:40], known=", ".join(KINDS))
    _words(template.titles)
    _few(template.sections, MOST_SECTIONS)
    _few(list(template.questions), MOST_QUESTIONS)
    if not any(template.questions):
        raise wrong("", NOTHING_ASKED)
    known: dict[str, Question] = {}
    sections: set[str] = set()
    for number, section in enumerate(template.sections, 1):
        _section(section, str(number), sections)
        for place, question in enumerate(section.questions, 1):
            at = f"{number}.{place}"
            _question(question, at)
            if question.code in known:
                raise wrong(at, TWICE, text=question.code)
            _condition(question, at, known)
            known[question.code] = question


def wrong(at: str, what: str, /, **values: object) -> Invalid:
    """What is wrong at a place: "" the template, "2" a section, "2.3" a question."""
    return Invalid(WRONG, field=at, where=where(at), what=_(what, **values))


def where(at: str) -> str:
    """A place in words."""
    section, _dot, question = at.partition(".")
    if question:
        return _(QUESTION, section=section, question=question)
    return _(SECTION, section=section) if section else _(TEMPLATE)


def _section(section: Section, at: str, known: set[str]) -> None:
    _code(section.code, at)
    _words(section.titles, at)
    if section.code in known:
        raise wrong(at, TWICE, text=section.code)
    known.add(section.code)


def _question(question: Question, at: str) -> None:
    _code(question.code, at)
    _words(question.labels, at)
    if question.help:
        _words(question.help, at, LONGEST_HELP)
    if question.kind not in ANSWERS:
        raise wrong(at, NO_ANSWER, text=question.kind[:40], known=", ".join(ANSWERS))
    if question.several and question.kind not in SEVERAL:
        raise wrong(at, ONE_ONLY)
    if question.sensitivity not in range(_RESTRICTED + 1):
        raise wrong(at, NO_SENSITIVITY)
    _choices(question, at)
    if question.kind == "vocabulary" and question.vocabulary not in VOCABULARIES:
        raise wrong(at, NO_VOCABULARY, text=question.vocabulary[:40], known=", ".join(VOCABULARIES))
    if question.kind != "vocabulary" and question.vocabulary:
        raise wrong(at, NEEDLESS_VOCABULARY)


def _choices(question: Question, at: str) -> None:
    if question.kind != "choice":
        if question.choices:
            raise wrong(at, NEEDLESS_CHOICES)
        return
    if not question.choices:
        raise wrong(at, NO_CHOICES)
    _few(question.choices, MOST_CHOICES, at)
    codes: set[str] = set()
    words: set[tuple[str, str]] = set()
    for choice in question.choices:
        _code(choice.code, at)
        _words(choice.labels, at)
        said = {(language, text.casefold()) for language, text in choice.labels}
        if choice.code in codes:
            raise wrong(at, TWICE, text=choice.code)
        if said & words:
            raise wrong(at, SAME_CHOICE, text=choice.labels[0][1])
        codes.add(choice.code)
        words |= said


def _condition(question: Question, at: str, known: dict[str, Question]) -> None:
    condition = question.shown_when
    if condition is None:
        return
    other = known.get(condition.question)
    if other is None:
        raise wrong(at, NOT_EARLIER, text=condition.question[:40])
    if other.kind not in DECIDING:
        raise wrong(at, NOT_DECIDING, text=other.code)
    codes = [c.code for c in other.choices] or vocabularies.get("yes_no").codes
    if not condition.values:
        raise wrong(at, NO_VALUES, text=other.code)
    for value in condition.values:
        if value not in codes:
            raise wrong(at, NOT_AN_ANSWER, text=value[:40], question=other.code)


def _code(text: str, at: str = "") -> None:
    if not is_code(text):
        raise wrong(at, NO_CODE, text=text[:40])


def _words(words: Words, at: str = "", longest: int = LONGEST_LABEL) -> None:
    if not words or not all(text.strip() for _language, text in words):
        raise wrong(at, NO_WORDS)
    for language, text in words:
        if not _LANGUAGE.fullmatch(language):
            raise wrong(at, NO_LANGUAGE, text=language[:20])
        if len(text) > longest:
            raise wrong(at, TOO_LONG, limit=longest)


def _few(some: Sequence[object] | Iterable[object], most: int, at: str = "") -> None:
    if len(list(some)) > most:
        raise wrong(at, TOO_MANY, limit=most)
