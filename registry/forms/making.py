"""Forms written to files, in each of the ways in which they can be filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from registry.commands import WriteForm
from registry.context import Context, View
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS
from registry.forms.content import Form, association_form, profile_form, registration_form, say
from registry.i18n import N_, current_language
from registry.profiles.keeping import templates_in_use
from registry.queries import ListForms
from registry.whole_file import whole_file

NO_FORM = N_("There is no profile template “{name}” in use. Its form can be made once the administration uses it.")
NO_KIND = N_("“{kind}” is no kind of form. There are: {known}.")
OTHER_ENDING = N_("Give the file of this form the ending {ending}.")
NO_LANGUAGE = N_("This form has no words in the language “{language}”. It has: {known}.")


@dataclass(frozen=True)
class FormView:
    """A form that can be made.

    Attributes:
        template: name of its profile template; "" = the registration form, "associations" = that of associations.
        title: in the language in use.
        languages: codes of those that it has words in.
    """

    template: str
    title: str
    languages: tuple[str, ...]


def list_forms(view: View, _query: ListForms) -> tuple[FormView, ...]:
    """Every form that can be made."""
    templates = templates_in_use(view)
    forms = [("", registration_form()), (ASSOCIATIONS, association_form())]
    forms += [(t.name, profile_form(t)) for t in templates]
    return tuple(FormView(name, say(form.titles, current_language()), form.languages) for name, form in forms)


def write_form(context: Context, command: WriteForm) -> int:
    """Write a form; returns the number of its questions.

    Raises:
        Invalid: no such form, kind or language, or the file's ending is another.
        StorageTrouble: the file can't be written.
    """
    if command.form not in WRITERS:
        raise Invalid(NO_KIND, kind=command.form[:20], known=", ".join(WRITERS))
    ending, writer = WRITERS[command.form]
    if command.path.suffix.casefold() != ending:
        raise Invalid(OTHER_ENDING, ending=ending)
    form = _form(context, command.template)
    language = command.language or _usual(form)
    if language not in form.languages:
        raise Invalid(NO_LANGUAGE, language=language[:20], known=", ".join(form.languages))
    with whole_file(command.path) as file:
        return writer(form, file, language)


def _form(view: View, name: str) -> Form:
    if not name:
        return registration_form()
    found = next((template for template in templates_in_use(view) if template.name == name), None)
    if found is None and name == ASSOCIATIONS:
        return association_form()
    if found is None:
        raise Invalid(NO_FORM, name=name[:40])
    return profile_form(found)


def _usual(form: Form) -> str:
    """The language in use, else English, else the form's first."""
    return next((code for code in (current_language(), "en") if code in form.languages), form.languages[0])


def _xlsform(form: Form, file: IO[bytes], language: str) -> int:
    from registry.forms.xlsform import write_xlsform

    return write_xlsform(form, file, language)


def _workbook(form: Form, file: IO[bytes], language: str) -> int:
    from registry.forms.workbook import write_workbook

    return write_workbook(form, file, language)


def _pdf(form: Form, file: IO[bytes], language: str) -> int:
    from registry.forms.pages import write_pdf

    return write_pdf(form, file, language)


def _paper(form: Form, file: IO[bytes], language: str) -> int:
    from registry.forms.pages import write_paper

    return write_paper(form, file, language)


#: Kind of form -> ending of its file, and who writes it.
WRITERS: dict[str, tuple[str, Callable[[Form, IO[bytes], str], int]]] = {
    "xlsx": (".xlsx", _workbook),
    "xlsform": (".xlsx", _xlsform),
    "pdf": (".pdf", _pdf),
    "paper": (".pdf", _paper),
}
