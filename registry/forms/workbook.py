"""A form as a workbook: a person a row, lists to choose from, and a page that says how it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from registry import kinds, vocabularies
from registry.fields import PEOPLE
from registry.forms.content import DATE_HINT, PHONE_HINT, Form, Item, offered, say, shown_choice
from registry.i18n import N_, translate
from registry.transfer.readers.cells import column_letter

if TYPE_CHECKING:
    from openpyxl import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

PEOPLE_SHEET, ASSOCIATIONS_SHEET, HELP_SHEET, LISTS_SHEET, QUESTIONS_SHEET = (
    N_("People"),
    N_("Associations"),
    N_("How to fill"),
    N_("Lists"),
    N_("Questions"),
)
HOW_TO_FILL = (
    N_("One row for each person or association. Leave empty what you do not know."),
    N_("Do not change the headings, and do not insert rows above the first one that you fill in."),
    N_("Where a cell shows an arrow, choose from the list. A text that is not in the list can be written as well."),
    N_("If the program doubts a date, a number or an address, look at it again; what is right can be kept."),
    N_("Write dates as 1985-03-12; if only the month or the year is known, 1985-03 or 1985."),
    N_("Write telephone numbers with the code of the country, as +33 1 99 00 12 34."),
    N_("Columns with a number are for a second or third value, such as a further telephone or job."),
    N_("A consent is given only if the person gave it. Leave it empty if nobody asked."),
    N_("Keep this file where only you can read it, and send it to the consulate as it was agreed."),
)
WHOLE_NUMBER = N_("Write a whole number.")
EMAIL_LIKE = N_("Write an e-mail address as name@example.org.")
#: Rows that offer lists; more can be filled in below.
_ROWS = 2_000
#: A longer list is written by hand: nobody scrolls through it.
_LONGEST_LIST = 1_000
#: Rows of labels and of canonical names.
_HEAD = 2
#: Characters that a hint beside a cell can have (ECMA-376 part 1, 18.3.1.32).
_LONGEST_PROMPT = 255
#: What a cell of text must be like, and what is said of another: a program only doubts it, and takes it if told to.
_RULES = {
    kinds.PARTIAL_DATE: ("AND(OR(LEN({cell})=4,LEN({cell})=7,LEN({cell})=10),VALUE(LEFT({cell},4))>0)", DATE_HINT),
    kinds.INTEGER: ("VALUE({cell})=INT(VALUE({cell}))", WHOLE_NUMBER),
    kinds.EMAIL: ('AND(FIND("@",{cell})>1,ISERROR(FIND(" ",{cell})))', EMAIL_LIKE),
    kinds.PHONE: ('OR(LEFT({cell},1)="+",LEFT({cell},2)="00")', PHONE_HINT),
}


def write_workbook(form: Form, file: IO[bytes], language: str) -> int:
    """Write the form, its lists in one language and its help in all; returns the number of its columns."""
    from openpyxl import Workbook as Book

    book = Book()
    sheet, lists = book.active, book.create_sheet(_title(LISTS_SHEET, language))
    assert sheet is not None
    sheet.title = _title(PEOPLE_SHEET if form.kind == PEOPLE else ASSOCIATIONS_SHEET, language)
    items = [item for _section, item in form.items()]
    references: dict[str, str] = {}
    for place, item in enumerate(items, 1):
        _column(sheet, place, item, language)
        name = item.field.vocabulary
        if name not in references:
            references[name] = _list(lists, len(references), item, language) if name else ""
        if references[name]:
            _choose(sheet, place, references[name])
    sheet.row_dimensions[_HEAD].hidden = True
    sheet.freeze_panes = f"C{_HEAD + 1}"
    lists.sheet_state = "hidden"
    languages = sorted(form.languages, key=lambda code: code != language)
    _help(book, form, languages)
    if len(languages) > 1:
        _questions(book, items, languages)
    book.save(file)
    return len(items)


def _title(message: str, language: str) -> str:
    return translate(message, language)[:31]


def _column(sheet: Worksheet, place: int, item: Item, language: str) -> None:
    """Label above, canonical name below in the hidden row, and cells of text: a telephone number stays as typed."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    label, letter = say(item.labels, language), column_letter(place - 1)
    head = _write(sheet.cell(1, place), label)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E1E6EB")
    head.alignment = Alignment(wrap_text=True, vertical="top")
    _check(sheet, f"{letter}{_HEAD + 1}", item, language)
    if item.hints:
        head.comment = Comment(say(item.hints, language), "")
    sheet.cell(_HEAD, place, item.name)
    sheet.column_dimensions[letter].width = min(max(len(label) + 3, 14), 32)
    sheet.column_dimensions[letter].number_format = "@"
    if item.field.kind is kinds.LONG_TEXT:
        sheet.column_dimensions[letter].alignment = Alignment(wrap_text=True, vertical="top")


def _check(sheet: Worksheet, first: str, item: Item, language: str) -> None:
    """Show the hint where a cell is chosen, and doubt what cannot be: of a list, `_choose` offers it."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule, hint = _RULES.get(item.field.kind), say(item.hints, language)
    if item.field.vocabulary or not (rule or hint):
        return
    doubt = translate(rule[1], language) if rule else ""
    validation = DataValidation(
        type="custom" if rule else None,
        formula1=rule[0].format(cell=first) if rule else None,
        allow_blank=True,
        errorStyle="warning",
        showErrorMessage=rule is not None,
        error=doubt or None,
        showInputMessage=bool(hint),
        prompt=hint[:_LONGEST_PROMPT] or None,
    )
    validation.add(f"{first}:{first.rstrip('0123456789')}{_HEAD + _ROWS}")
    sheet.add_data_validation(validation)


def _write(cell: Any, text: str) -> Any:
    """Put a text into a cell, also one that would be a formula."""
    cell.value = text
    cell.data_type = "s"
    return cell


def _list(lists: Worksheet, place: int, item: Item, language: str) -> str:
    """Write the choices of a list into a column of the hidden sheet; where they stand, "" if they are too many."""
    codes = offered(item.field, language)
    if len(codes) > _LONGEST_LIST:
        return ""
    for row, code in enumerate(codes, 1):
        _write(lists.cell(row, place + 1), shown_choice(item.field, code, language))
    letter = column_letter(place)
    title = lists.title.replace("'", "''")
    return f"'{title}'!${letter}$1:${letter}${len(codes)}"


def _choose(sheet: Worksheet, place: int, reference: str) -> None:
    """Let the cells of a column offer a list; another text is taken too, and decided when the file is imported."""
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = column_letter(place - 1)
    validation = DataValidation(type="list", formula1=reference, allow_blank=True, showErrorMessage=False)
    validation.add(f"{letter}{_HEAD + 1}:{letter}{_HEAD + _ROWS}")
    sheet.add_data_validation(validation)


def _help(book: Book, form: Form, languages: Sequence[str]) -> None:
    """How it is filled in, in each language of the form beside the other."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(_title(HELP_SHEET, languages[0]))
    for column, language in enumerate(languages, 1):
        sheet.column_dimensions[column_letter(column - 1)].width = 70
        _write(sheet.cell(1, column), say(form.titles, language)).font = Font(bold=True, size=14)
        for row, sentence in enumerate(HOW_TO_FILL, 3):
            cell = sheet.cell(row, column, translate(sentence, language))
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _questions(book: Book, items: Sequence[Item], languages: Sequence[str]) -> None:
    """The headings in every language of the form: who reads another one finds them here."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(_title(QUESTIONS_SHEET, languages[0]))
    for column, language in enumerate(languages, 1):
        sheet.column_dimensions[column_letter(column - 1)].width = 45
        _write(sheet.cell(1, column), vocabularies.get("language").label(language, language)).font = Font(bold=True)
        for row, item in enumerate(items, 2):
            _write(sheet.cell(row, column), say(item.labels, language)).alignment = Alignment(wrap_text=True)
    sheet.freeze_panes = "A2"
