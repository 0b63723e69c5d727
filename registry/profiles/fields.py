"""Templates as fields and vocabularies: of the same shape as those that ship, so that every room takes them alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from registry import kinds
from registry.additions import Additions
from registry.fields import ANSWER, KINDS, Asked, Field
from registry.i18n import N_
from registry.kinds import Kind
from registry.profiles.definition import Question, Section, Template, field_name
from registry.vocabularies import Entry, Vocabulary

EARLIER = N_("Earlier answers")
_KINDS: dict[str, Kind] = {
    "text": kinds.TEXT,
    "long_text": kinds.LONG_TEXT,
    "whole_number": kinds.INTEGER,
    "date": kinds.PARTIAL_DATE,
    "yes_no": kinds.CODE,
    "choice": kinds.CODE,
    "country": kinds.COUNTRY,
    "language": kinds.LANGUAGE,
}


@dataclass(frozen=True)
class Version:
    """One version of a template that the registry has.

    Attributes:
        active: whether it is the one that is asked now.
    """

    template: Template
    active: bool


def additions(versions: Sequence[Version]) -> Additions:
    """What the templates add: the questions that are asked now, then those of which only answers are left."""
    fields: dict[str, list[Field]] = {kind: [] for kind in KINDS}
    former: dict[str, list[Field]] = {kind: [] for kind in KINDS}
    vocabularies: dict[str, Vocabulary] = {}
    by_name = sorted(versions, key=lambda v: (v.template.name, -v.template.version))
    for name, group in groupby(by_name, key=lambda v: v.template.name):
        # The newest first: of a question that stands in several versions the newest words count.
        some = list(group)
        asked = next((v.template for v in some if v.active), None)
        now = _fields(asked, former=False) if asked is not None else []
        known = {field.name for field in now}
        gone = [f for v in some for f in _fields(v.template, former=True) if f.name not in known]
        kind = some[0].template.kind
        fields[kind] += now
        former[kind] += {f.name: f for f in reversed(gone)}.values()
        ordered = [asked] if asked is not None else []
        vocabularies |= _lists(name, [*ordered, *(v.template for v in some if v.template is not asked)])
    return Additions({kind: (*fields[kind], *former[kind]) for kind in KINDS}, vocabularies)


def _fields(template: Template, *, former: bool) -> list[Field]:
    return [_field(template, section, q, former=former) for section in template.sections for q in section.questions]


def _field(template: Template, section: Section, question: Question, *, former: bool) -> Field:
    kind, vocabulary = _holds(template, question)
    condition = question.shown_when
    return Field(
        field_name(template.name, question.code),
        ANSWER,
        "answer",
        kind,
        question.labels[0][1],
        EARLIER if former else f"{template.name}.{section.code}",
        vocabulary=vocabulary,
        sensitivity=question.sensitivity,
        editable=not former,
        key=(template.name, question.code),
        written="written" if kind is kinds.OPEN_CODE else "",
        asked=Asked(
            template.version,
            question.labels,
            () if former else section.titles,
            question.help,
            question.several,
            question.required,
            (field_name(template.name, condition.question), condition.values) if condition else None,
            former,
        ),
    )


def _holds(template: Template, question: Question) -> tuple[Kind, str]:
    """Kind and vocabulary of a question's field."""
    match question.kind:
        case "vocabulary":
            kind = kinds.OPEN_CODE if question.vocabulary in _open_lists() else kinds.CODE
            return kind, question.vocabulary
        case "choice":
            return kinds.CODE, field_name(template.name, question.code)
        case "yes_no":
            return kinds.CODE, "yes_no"
        case "country" | "language":
            return _KINDS[question.kind], question.kind
        case _:
            return _KINDS[question.kind], ""


@cache
def _open_lists() -> frozenset[str]:
    """Standard lists beside which other words are kept as they are written, as in the fields that ship."""
    from registry.field_list import association_fields, person_fields

    shipped = (*person_fields(), *association_fields())
    return frozenset(f.vocabulary for f in shipped if f.kind is kinds.OPEN_CODE)


def _lists(name: str, templates: Iterable[Template]) -> dict[str, Vocabulary]:
    """The questions' own lists; an answer of an older version is recognised, and offered no more."""
    entries: dict[str, dict[str, Entry]] = {}
    offered: set[str] = set()
    for template in templates:
        for question in template.questions:
            if question.kind == "choice":
                vocabulary = field_name(name, question.code)
                known = entries.setdefault(vocabulary, {})
                for choice in question.choices:
                    entry = Entry(choice.code, dict(choice.labels), offered=vocabulary not in offered)
                    known.setdefault(choice.code, entry)
        offered |= entries.keys()
    return {vocabulary: Vocabulary.of(vocabulary, known.values()) for vocabulary, known in entries.items()}
