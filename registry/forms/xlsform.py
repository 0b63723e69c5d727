"""A form as an XLSForm: the workbook from which KoboToolbox and ODK make a questionnaire for telephones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from registry import kinds
from registry.fields import Field
from registry.formats import language_name
from registry.forms.content import TIMES, Form, Item, Section, choice_name, choice_words, choices, say
from registry.i18n import N_, translate
from registry.transfer.export.workbook import Column, Workbook
from registry.transfer.headings.headers import question_name

DATE_WRONG = N_("Write the date as 1985-03-12, 1985-03 or 1985.")

#: A whole date, a month or a year: what is only partly known stays so.
_DATE = r"regex(., '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')"
_KINDS = {kinds.INTEGER: "integer"}
_APPEARANCE = {
    kinds.LONG_TEXT: "multiline",
    kinds.COUNTRY: "minimal autocomplete",
    kinds.LANGUAGE: "minimal autocomplete",
}
#: Longer lists open in a page of their own.
_SHORT = 12


def write_xlsform(form: Form, file: IO[bytes], language: str) -> int:
    """Write the form in all its languages, first of all `language`; returns the number of its questions."""
    languages = sorted(form.languages, key=lambda code: code != language)
    spoken = [f"{language_name(code)} ({code})" for code in languages]
    book = Workbook(file)
    translated = [f"{column}::{name}" for column in ("label", "hint", "constraint_message") for name in spoken]
    head = ("type", "name", *translated, "required", "relevant", "constraint", "appearance")
    book.sheet("survey", [Column(text) for text in head])
    questions = 0
    for section in form.sections:
        book.rows(_section(form, section, languages))
        questions += sum(1 for _item in _asked(section))
    book.sheet("choices", [Column(text) for text in ("list_name", "name", *(f"label::{name}" for name in spoken))])
    lists = {list_name(item.field): item.field for section in form.sections for item in section.items}
    for name, field in lists.items():
        for code in choices(field, language):
            book.row([name, choice_name(field, code), *choice_words(field, code, languages).values()])
    book.sheet("settings", [Column(text) for text in ("form_title", "form_id", "default_language")])
    book.row([say(form.titles, language), f"diaspora_{form.code}", spoken[0]])
    book.close()
    return questions


def list_name(field: Field) -> str:
    """What the list of a field's answers is called."""
    return question_name(field.vocabulary)


def _section(form: Form, section: Section, languages: Sequence[str]) -> Iterator[list[str]]:
    """The lines of a section: a repeat of its own where its rows are several."""
    what = "repeat" if section.times > 1 else "group"
    titles = [say(section.titles, language) for language in languages]
    empty = [""] * (2 * len(languages))
    yield [f"begin_{what}", f"{what}_{section.code}", *titles, *empty, "", "", "", ""]
    for item in _asked(section):
        yield _question(form, item, languages)
    yield [f"end_{what}", "", *[""] * (3 * len(languages)), "", "", "", ""]


def _asked(section: Section) -> Iterator[Item]:
    """The questions of a section; of a list that nobody looks through, such as languages, several answers one by one.

    Exports have a column for each answer that can be ticked: some hundreds of them make no list any more.
    """
    for item in section.items:
        one_by_one = item.several and not item.ticked
        yield from (item.numbered(n) for n in range(TIMES if one_by_one else 1))


def _question(form: Form, item: Item, languages: Sequence[str]) -> list[str]:
    field = item.field
    offered = choices(field, languages[0])
    kind, appearance = _KINDS.get(field.kind, "text"), _APPEARANCE.get(field.kind, "")
    if offered:
        kind = f"select_{'multiple' if item.several and item.ticked else 'one'} {list_name(field)}"
        appearance = appearance if not item.ticked else "minimal" if len(offered) > _SHORT else ""
    dated = field.kind is kinds.PARTIAL_DATE
    words = [say(item.labels, language) for language in languages]
    words += [say(item.hints, language) for language in languages]
    words += [translate(DATE_WRONG, language) if dated else "" for language in languages]
    required = "yes" if item.required else ""
    return [kind, question_name(item.name), *words, required, _relevant(field), _DATE if dated else "", appearance]


def _relevant(field: Field) -> str:
    """When a question is shown: `selected` fits one answer and several."""
    condition = field.asked.condition if field.asked is not None else None
    if condition is None:
        return ""
    name, values = condition
    return " or ".join(f"selected(${{{question_name(name)}}}, '{value}')" for value in values)
