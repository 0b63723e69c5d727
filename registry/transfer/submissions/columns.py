"""What each column of an export is: a question, one of its options, a part of a place, or the system's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registry import vocabularies
from registry.fields import title_in
from registry.forms.content import choice_name, takes_several
from registry.i18n import LANGUAGES
from registry.transfer.headings.headers import (
    GROUP_ENDS,
    is_labelled_as_ours,
    is_our_question,
    labelled_fields,
    own_part,
    question_name,
)
from registry.transfer.submissions.form import Choice, Form, Question

#: Columns that KoboToolbox adds (formpack, "copy fields"), and those of the repeats' sheets.
_KOBO = re.compile(
    r"_+(?:id|uuid|submission_time|validation_status|notes|status|submitted_by|tags|index|version_+|parent_index|"
    r"parent_table_name|submission_.*)|(?:meta/)?rootUuid|formhub/uuid|meta/\w+"
)
#: Columns that ODK Central and Briefcase add.
_ODK = re.compile(
    r"KEY|PARENT_KEY|SET-OF-.+|SubmissionDate|SubmitterID|SubmitterName|AttachmentsPresent|AttachmentsExpected|Status|"
    r"ReviewState|DeviceID|Edits|FormVersion|isValidated|meta-\w+|instanceID|instanceName"
)
#: Beside a place, its parts by either program.
_PLACE_PARTS = ("latitude", "longitude", "altitude", "precision", "accuracy")
#: What stands between group and question, question and option.
_BETWEEN = "/-."
_TICKS = frozenset({"0", "1", "true", "false", ""})

VALUE, OPTION, PLACE, ADDRESS, SYSTEM = "value", "option", "place", "address", "system"


@dataclass(frozen=True)
class Part:
    """One column.

    Attributes:
        question: heading of the question that it belongs to, unique in its sheet; of a system column its name.
        what: "value", "option", "place" (a part of one), "address" (of a file in the net) or "system".
        option: of an option its label or name; of a part of a place its name.
        asked: the question in the form, if that is known.
    """

    question: str
    what: str
    option: str = ""
    asked: Question | None = None


def is_system(heading: str) -> bool:
    """Whether the program that collects the answers adds a column of this name."""
    return bool(_KOBO.fullmatch(heading) or _ODK.fullmatch(heading))


def parts_of(headings: Sequence[str], cells: Sequence[Sequence[str]], form: Form) -> list[Part]:
    """What each column is.

    Args:
        headings: of the sheet, as written.
        cells: of each column its texts.
        form: its questions, if it is known; else what stands above and below decides.
    """
    asked, ours = _asked(headings, form), _ours(headings)
    parts: list[Part] = []
    used: dict[str, int] = {}
    for place, heading in enumerate(headings):
        part = None if heading in ours else _belonging(heading, parts, headings, cells, place, form)
        if part is None:
            name = _unique(heading, used)
            question = asked.get(place) or (_own_list(heading) if heading in ours else None)
            part = Part(name, SYSTEM if is_system(heading) else VALUE, asked=question)
        parts.append(part)
    return parts


def _ours(headings: Sequence[str]) -> set[str]:
    """The questions, if the sheet is one of our own forms': all its headings are names of fields, or all labels."""
    asked = [heading for heading in headings if not is_system(heading)]
    above = {heading: heading[: -len(own_part(heading)) - 1] for heading in asked}
    if all(is_our_question(heading) or is_our_question(above[heading]) for heading in asked):
        return {heading for heading in asked if not is_our_question(above[heading])}
    below = {heading for heading in asked if any(is_labelled_as_ours(above) for above in _above(heading))}
    if all(heading in below or is_labelled_as_ours(heading) for heading in asked):
        return set(asked) - below
    return set()


def _above(heading: str) -> Iterator[str]:
    """What stands before a part of a heading: its groups, or the question of which it is an option."""
    return (heading[: sign.start()] for sign in GROUP_ENDS.finditer(heading))


def _own_list(heading: str) -> Question | None:
    """A question of our own forms to which several answers of a list can be given; None if a heading is no such one."""
    for field in labelled_fields(heading) or labelled_fields(own_part(heading)):
        if field.vocabulary and takes_several(field):
            labels = vocabularies.get(field.vocabulary).labels
            named = ((choice_name(field, code), shown) for code, shown in labels.items())
            choices = tuple(Choice(name, shown) for name, shown in named if name)
            titles = {language: title_in(field, language) for language in LANGUAGES}
            return Question(question_name(field.name), "select_multiple", frozenset((heading,)), titles, choices)
    return None


def _unique(heading: str, used: dict[str, int]) -> str:
    used[heading] = used.get(heading, 0) + 1
    return heading if used[heading] == 1 else f"{heading} ({used[heading]})"


def _asked(headings: Sequence[str], form: Form) -> dict[int, Question]:
    """Column -> its question in the form; questions of one label stand in the form's order."""
    found: dict[int, Question] = {}
    taken: set[str] = set()
    for place, heading in enumerate(headings):
        free = [question for question in form.above(heading) if question.path not in taken]
        if free:
            found[place] = free[0]
            taken.add(free[0].path)
    return found


def _belonging(
    heading: str, parts: Sequence[Part], headings: Sequence[str], cells: Sequence[Sequence[str]], place: int, form: Form
) -> Part | None:
    """A column that belongs to a question whose own column, or another option, stands before it."""
    for before in range(place - 1, max(-1, place - 6), -1):
        owner = parts[before]
        if owner.what == VALUE and (end := _place_part(heading, headings[before])):
            return Part(owner.question, PLACE, end, owner.asked)
    if parts and parts[-1].what in (VALUE, OPTION):
        owner, beside = parts[-1], headings[place - 1]
        stem = beside if owner.what == VALUE else beside[: -len(owner.option) - 1]
        if heading == f"{stem}_URL":
            return Part(owner.question, ADDRESS, asked=owner.asked)
        if (
            len(heading) > len(stem) + 1
            and heading.startswith(stem)
            and heading[len(stem)] in _BETWEEN
            and _ticked(cells[place])
        ):
            return Part(owner.question, OPTION, heading[len(stem) + 1 :], owner.asked)
    return _first_option(heading, headings, cells, place, form)


def _place_part(heading: str, owner: str) -> str:
    """Which part of the place that stands under the heading `owner` another heading names."""
    last = re.split(r"/(?=[^/]*$)", owner)[-1]
    for name in _PLACE_PARTS:
        if heading.endswith((f"_{owner}_{name}", f"_{last}_{name}")):
            return name
        if heading.casefold() == f"{owner}-{name}".casefold():
            return name
    return ""


def _ticked(cells: Sequence[str]) -> bool:
    return all(cell in _TICKS for cell in cells)


def _are_of_one(columns: Sequence[Sequence[str]]) -> bool:
    """Whether two columns can be options of one question: who answers it has a 0 or a 1 in both."""
    return (
        len(columns) == 2
        and all(map(_ticked, columns))
        and all(bool(a) == bool(b) for a, b in zip(*columns, strict=True))
    )


def _first_option(
    heading: str, headings: Sequence[str], cells: Sequence[Sequence[str]], place: int, form: Form
) -> Part | None:
    """The first of options that stand alone, without a column of the question itself."""
    if not _ticked(cells[place]):
        return None
    stems = [heading[:at] for at, sign in enumerate(heading) if sign in _BETWEEN and at]
    for stem in stems:
        known = [question for question in form.above(stem) if question.several]
        if known:
            return Part(stem, OPTION, heading[len(stem) + 1 :], known[0])
    if form.questions or form.above(heading):
        return None
    following = headings[place + 1] if _are_of_one(cells[place : place + 2]) else ""
    shared = [stem for stem in stems if following.startswith(heading[: len(stem) + 1])]
    return Part(shared[-1], OPTION, heading[len(shared[-1]) + 1 :]) if shared else None
