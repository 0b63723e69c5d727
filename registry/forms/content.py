"""What a form asks: the registration form or a profile template, as sections of items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry import fields, kinds, vocabularies
from registry.field_list.abilities import EDUCATION, ENGAGEMENT, SKILLS, WORK
from registry.field_list.association import ACTION, ORGANISATION, PEOPLE_OF
from registry.field_list.person import CONSENT, IDENTITY, NAME, ORIGIN
from registry.field_list.shared import ADDRESS, CONTACT
from registry.fields import ANSWER, PEOPLE, Field
from registry.i18n import LANGUAGES, N_, translate
from registry.profiles.definition import Template
from registry.search.folding import fold

REGISTRATION_TITLE = N_("Registration form")
ASSOCIATION_TITLE = N_("Form for associations")
#: What a form says above all questions.
WHAT_FOR = N_("Fill in what you know and give this form to the consulate. What you leave empty can be told later.")
WHO = N_("Who this is about")

Words = Mapping[str, str]

#: Purposes and channels that people are asked about; an office is told of the others.
_PURPOSES = ("registration_service", "crisis_contact", "elections", "outreach_news", "skills_inventory")
_CHANNELS = ("letter", "email", "sms", "phone")
#: Section, heading, fields, and how often its rows are asked on paper (1 = they do not repeat). The minimal card first.
_REGISTRATION: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("name", NAME, ("number", "full_name", "family_name", "given_name"), 1),
    ("identity", IDENTITY, ("sex", "birth_date", "birth_place", "birth_country"), 1),
    ("origin", ORIGIN, ("citizenship", "citizenship.2", "origin_region", "hometown"), 1),
    ("contact", CONTACT, ("phone", "phone.2", "email", "preferred_language"), 1),
    (
        "address",
        ADDRESS,
        ("address.street", "address.postal_code", "address.city", "address.region", "address.country"),
        1,
    ),
    ("consent", CONSENT, tuple(f"consent.{purpose}.{channel}" for purpose in _PURPOSES for channel in _CHANNELS), 1),
    (
        "education",
        EDUCATION,
        (
            "education.level",
            "education.field",
            "education.title",
            "education.institution",
            "education.country",
            "education.year",
        ),
        2,
    ),
    ("job", WORK, ("occupation", "occupation.status", "employer", "sector", "occupation.from", "occupation.to"), 2),
    ("skill", SKILLS, ("skill", "skill.level", "skill.years"), 3),
    ("spoken_language", SKILLS, ("language", "language.level"), 3),
    ("engagement", ENGAGEMENT, ("willing", "engagement_form", "available_from", "weeks_a_year"), 1),
)
#: The same of an association, by whoever acts for it.
_ASSOCIATION: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    (
        "organisation",
        ORGANISATION,
        (
            *("number", "name", "acronym", "native_name", "type", "level", "legal_form", "founded"),
            *("registration_number", "members", "parent"),
        ),
        1,
    ),
    ("officer", PEOPLE_OF, ("officer", "officer.role", "officer.from"), 3),
    ("contact", CONTACT, ("contact_person", "contact_role", "phone", "phone.2", "email", "website"), 1),
    (
        "address",
        ADDRESS,
        ("address.street", "address.postal_code", "address.city", "address.region", "address.country"),
        1,
    ),
    ("action", ACTION, ("sector", "past_cooperation", "capacity_needs"), 1),
)
#: By what the answers to a ministry's questionnaire are known again.
_WHO = {
    PEOPLE: ("number", "full_name", "birth_date", "phone", "email"),
    fields.ASSOCIATIONS: ("number", "name", "phone", "email"),
}
#: Lists in which nobody finds themselves: people know their trade better than its group, and the import codes words.
_OWN_WORDS = frozenset({"isco", "skill"})
#: What an answer of a questionnaire can be called, and what can't stand in it.
_NAME, _NO_WORD = re.compile(r"[A-Za-z0-9_.-]+"), re.compile(r"[^A-Za-z0-9]+")
#: Choices that can be looked through; of a longer list the deepest level with so few is offered.
_FEW = 60
#: So many values are asked where several can be given and a form has no lists to tick.
TIMES = 3


@dataclass(frozen=True)
class Item:
    """One question.

    Attributes:
        name: canonical name, numbered.
        field: what it is.
        labels, hints: by language.
        required: without it the answers are of no use.
    """

    name: str
    field: Field
    labels: Words
    hints: Words
    required: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one answer can be ticked."""
        return takes_several(self.field)

    @property
    def ticked(self) -> bool:
        """Whether its list is one that can be looked through."""
        return bool(self.field.vocabulary) and self.field.kind not in (kinds.COUNTRY, kinds.LANGUAGE)

    def numbered(self, place: int) -> Item:
        """The same question about a further value, with its number behind the label."""
        if place == 0:
            return self
        labels = {language: f"{label} {place + 1}" for language, label in self.labels.items()}
        return Item(fields.numbered(self.name, place), self.field, labels, self.hints)


@dataclass(frozen=True)
class Section:
    """Questions under one heading; where `times` is more than 1, about several jobs, degrees …"""

    code: str
    titles: Words
    items: tuple[Item, ...]
    times: int = 1

    def flat(self) -> Iterator[Item]:
        """Every question as often as paper has room for, value by value."""
        for place in range(self.times):
            for item in self.items:
                yield from (item.numbered(n) for n in (range(TIMES) if item.several else (place,)))


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes:
        code: short, of small letters and underscores.
        kind: what is asked about, "people" or "associations".
    """

    code: str
    kind: str
    titles: Words
    sections: tuple[Section, ...]
    languages: tuple[str, ...]

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Every question in order, as `Section.flat`."""
        return ((section, item) for section in self.sections for item in section.flat())


def registration_form() -> Form:
    """What is asked of somebody who registers."""
    return _shipped("registration", PEOPLE, REGISTRATION_TITLE, _REGISTRATION)


def association_form() -> Form:
    """What is asked of an association."""
    return _shipped("associations", fields.ASSOCIATIONS, ASSOCIATION_TITLE, _ASSOCIATION)


def _shipped(code: str, kind: str, title: str, asked: tuple[tuple[str, str, tuple[str, ...], int], ...]) -> Form:
    sections = tuple(
        Section(name, _in_all(heading), tuple(_item(kind, each, LANGUAGES) for each in names), times)
        for name, heading, names, times in asked
    )
    return Form(code, kind, _in_all(title), sections, LANGUAGES)


def profile_form(template: Template) -> Form:
    """A template in use, below what tells whose answers they are."""
    languages = template.languages
    who = tuple(_item(template.kind, name, languages) for name in _WHO[template.kind])
    sections = [Section("who", _in_all(WHO, languages), who)]
    by_heading: dict[str, list[Field]] = {}
    for field in fields.of(template.kind):
        if field.table == ANSWER and field.key is not None and field.key[0] == template.name and not field.former:
            by_heading.setdefault(field.section, []).append(field)
    for heading, some in by_heading.items():
        titles = dict(some[0].asked.headings) if some[0].asked is not None else {}
        items = tuple(_item(template.kind, field.name, languages) for field in some)
        sections.append(Section(heading.rpartition(".")[2], titles, items))
    return Form(template.name, template.kind, dict(template.titles), tuple(sections), languages)


def takes_several(field: Field) -> bool:
    """Whether more than one answer can be ticked: of lists of codes alone, or as the template says."""
    return field.asked.several if field.asked is not None else field.name == "engagement_form"


def say(words: Words, language: str) -> str:
    """The words in a language, else in English, else in the first that there is."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def offered(field: Field, language: str) -> list[str]:
    """The codes that may be chosen, by their labels in this language or in the order of the list."""
    known = vocabularies.get(field.vocabulary)
    codes = [code for code in known.codes if code not in known.unoffered]
    return sorted(codes, key=lambda code: fold(known.label(code, language))) if known.by_label else codes


def choices(field: Field, language: str) -> list[str]:
    """The codes of a list as a form offers them; none where people use their own words."""
    if not field.vocabulary or field.vocabulary in _OWN_WORDS:
        return []
    known = vocabularies.get(field.vocabulary)
    codes = [code for code in offered(field, language) if choice_name(field, code)]
    if len(codes) <= _FEW or field.kind in (kinds.COUNTRY, kinds.LANGUAGE):
        return codes
    levels: dict[int, list[str]] = {}
    for code in codes:
        levels.setdefault(known.level(code), []).append(code)
    return next((levels[level] for level in sorted(levels, reverse=True) if len(levels[level]) <= _FEW), [])


def choice_name(field: Field, code: str) -> str:
    """A code as questionnaires can name an answer, "" if it can't be one.

    Exporters make 1 of 01, which no list knows, so that such a code has its label behind it.
    """
    label = vocabularies.get(field.vocabulary).label(code, "en")
    zeros = code.isdecimal() and code.startswith("0") and code != "0"
    name = f"{code}-{_NO_WORD.sub('_', label).strip('_')}" if zeros else code
    good = _NAME.fullmatch(name) and vocabularies.code_or_text(field.vocabulary, name) == code
    return name if good else ""


def choice_words(field: Field, code: str, languages: Sequence[str]) -> Words:
    """The label of a code by language."""
    known = vocabularies.get(field.vocabulary)
    return {language: known.label(code, language) for language in languages}


def shown_choice(field: Field, code: str, language: str) -> str:
    """A label that leads back to its code: with the code behind it where it names several."""
    known = vocabularies.get(field.vocabulary)
    label = known.label(code, language)
    return label if known.find(label) == code else f"{label} ({code})"


def _item(kind: str, name: str, languages: Sequence[str]) -> Item:
    found = fields.find(kind, name)
    assert found is not None, name
    field, place = found
    labels = {language: fields.title_in(field, language) for language in languages}
    item = Item(field.name, field, labels, _hints(field, languages), field.name in ("full_name", "name"))
    return item.numbered(place)


DATE_HINT = N_("As 1985-03-12; if only the month or the year is known, 1985-03 or 1985.")
PHONE_HINT = N_("With the code of the country, as +33 1 99 00 12 34.")
NUMBER_HINT = N_("Leave empty if you have none yet.")
_HINTS = {kinds.PARTIAL_DATE: DATE_HINT, kinds.PHONE: PHONE_HINT}


def _hints(field: Field, languages: Sequence[str]) -> Words:
    if field.asked is not None and field.asked.help:
        return {language: say(dict(field.asked.help), language) for language in languages}
    hint = NUMBER_HINT if field.name == "number" else _HINTS.get(field.kind, "")
    return _in_all(hint, languages) if hint else {}


def _in_all(message: str, languages: Sequence[str] = LANGUAGES) -> Words:
    return {language: translate(message, language) for language in languages}
