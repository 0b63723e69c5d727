"""Changing a template part by part: every change gives a new template and leaves the old one as it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from registry.profiles.checking import is_code
from registry.profiles.definition import Question, Section, Template
from registry.search.folding import fold

#: Where a part stands: () the template, (2,) its third section, (2, 0) the first question of that section.
Path = tuple[int, ...]
Part = TypeVar("Part")
_LONGEST_CODE = 40


def code_of(words: str, taken: Collection[str], otherwise: str) -> str:
    """A code made of words, or `otherwise`, that nothing else has yet."""
    code = "_".join(fold(words).split())[: _LONGEST_CODE - 3].strip("_")
    code = code if is_code(code) else otherwise
    numbered = (f"{code}_{number}" for number in range(2, len(taken) + 3))
    return code if code not in taken else next(each for each in numbered if each not in taken)


def path_of(place: str) -> Path:
    """The path of a place as errors tell it: "2.3" is the third question of the second section."""
    return tuple(int(number) - 1 for number in place.split(".") if number)


def part_at(template: Template, path: Path) -> Template | Section | Question:
    """The part that stands there."""
    if not path:
        return template
    section = template.sections[path[0]]
    return section if len(path) == 1 else section.questions[path[1]]


def with_section(template: Template, section: Section, place: int) -> Template:
    """The template with one more section, at a place."""
    return replace(template, sections=_with(template.sections, place, section))


def with_question(template: Template, question: Question, path: Path) -> Template:
    """The template with one more question, at a path."""
    section = template.sections[path[0]]
    return _replaced(template, path[0], replace(section, questions=_with(section.questions, path[1], question)))


def changed(template: Template, path: Path, part: Section | Question) -> Template:
    """The template with another part in place of the one at a path."""
    if isinstance(part, Section):
        return _replaced(template, path[0], part)
    return with_question(without(template, path), part, path)


def without(template: Template, path: Path) -> Template:
    """The template without the part at a path."""
    if len(path) == 1:
        return replace(template, sections=_without(template.sections, path[0]))
    section = template.sections[path[0]]
    return _replaced(template, path[0], replace(section, questions=_without(section.questions, path[1])))


def renamed(template: Template, before: str, code: str) -> Template:
    """The template in which whatever depends on a question knows it by its other code."""

    def told(question: Question) -> Question:
        condition = question.shown_when
        if condition is None or condition.question != before:
            return question
        return replace(question, shown_when=replace(condition, question=code))

    sections = (replace(s, questions=tuple(map(told, s.questions))) for s in template.sections)
    return replace(template, sections=tuple(sections))


def moved(template: Template, path: Path, by: int) -> tuple[Template, Path]:
    """The template with a part one place further up (-1) or down (1), and where it stands then.

    A question at the end of its section goes on into the next one; at the very end everything stays.
    """
    if not path:
        return template, path
    part = part_at(template, path)
    target = _target(template, path, by)
    if target == path:
        return template, path
    if isinstance(part, Section):
        return with_section(without(template, path), part, target[0]), target
    assert isinstance(part, Question)
    return with_question(without(template, path), part, target), target


def _target(template: Template, path: Path, by: int) -> Path:
    if len(path) == 1:
        return (path[0] + by,) if 0 <= path[0] + by < len(template.sections) else path
    section, place = path
    if 0 <= place + by < len(template.sections[section].questions):
        return section, place + by
    if not 0 <= section + by < len(template.sections):
        return path
    return section + by, len(template.sections[section + by].questions) if by < 0 else 0


def _replaced(template: Template, place: int, section: Section) -> Template:
    sections = (*template.sections[:place], section, *template.sections[place + 1 :])
    return replace(template, sections=sections)


def _with(parts: Sequence[Part], place: int, part: Part) -> tuple[Part, ...]:
    return (*parts[:place], part, *parts[place:])


def _without(parts: Sequence[Part], place: int) -> tuple[Part, ...]:
    return (*parts[:place], *parts[place + 1 :])
