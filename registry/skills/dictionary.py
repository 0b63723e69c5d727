"""What the workbook says of itself: its columns and where their codes are from, the codes, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registry import fields
from registry.access import Session
from registry.fields import PEOPLE, Field
from registry.i18n import N_, _
from registry.outreach.reasons import REASONS
from registry.skills import tables
from registry.skills.people_sheets import PEOPLE_COLUMNS, PEOPLE_TITLE, REPEATED, SKILL_COLUMNS, SKILLS_TITLE, seen
from registry.transfer.export.dictionary import source_of, write_codes
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.headings.own_names import DICTIONARY_TITLE

ABOUT_TITLE = N_("About")
_EVERY_COLUMN = N_("Every other column")
_COUNTED = N_("How many people, each once; somebody with several values stands in several lines or columns")
_COUNTED_WITHIN = N_("{counted}; only who counts: {definition}")
_LIST_CODE = N_("Code of the list; empty for what is not coded yet or not known")
REFUSED_LABEL = N_("Refused the skills inventory")
OUTSIDE_LABEL = N_("Does not count by the ministry's definition")
LEFT_OUT = {"outside": OUTSIDE_LABEL, "refused": REFUSED_LABEL, "individually": REASONS["individually"]}


@dataclass(frozen=True)
class Facts:
    """How a workbook was made.

    Attributes:
        post: code and name of the post.
        selection: label of the preset; "" = none.
        query: query language.
        belonging: who counts, in words; "" = everybody.
        people, skills: how many lines the first two sheets have.
        left_out: reason -> people.
    """

    post: str
    made_on: date
    selection: str
    query: str
    belonging: str
    people: int
    skills: int
    left_out: Mapping[str, int]


#: The counted sheets: title, and of each column its label, meaning and field.
_COUNTED_SHEETS = (
    (
        tables.OCCUPATIONS_TITLE,
        (
            (tables.CODE, _LIST_CODE, "occupation"),
            (tables.LEVEL, N_("1 major group, 2 sub-major group, 3 minor group, 4 unit group"), "occupation"),
            (N_("Occupation"), N_("Held today or before; a group counts everybody below it"), "occupation"),
            (_EVERY_COLUMN, N_("Country of an address that has not ended"), "address.country"),
        ),
    ),
    (
        tables.SKILL_LEVELS_TITLE,
        (
            (tables.CODE, _LIST_CODE, "skill"),
            (N_("Skill"), N_("Name of the skill"), "skill"),
            (N_("Skill group"), N_("The group that the skill belongs to"), "skill"),
            (_EVERY_COLUMN, N_("Level of the skill"), "skill.level"),
        ),
    ),
    (
        tables.LANGUAGES_TITLE,
        (
            (tables.CODE, _LIST_CODE, "language"),
            (N_("Spoken language"), N_("Name of the language"), "language"),
            (_EVERY_COLUMN, N_("Level in that language"), "language.level"),
        ),
    ),
    (
        tables.AVAILABILITY_TITLE,
        (
            (N_("Availability"), N_("On the day of the workbook"), "available_from"),
            (_EVERY_COLUMN, N_("Whether the person wants to contribute"), "willing"),
        ),
    ),
    (
        tables.GENERATIONS_TITLE,
        (
            (N_("Sex"), N_("Sex"), "sex"),
            (_EVERY_COLUMN, N_("Generation of migration"), "generation"),
        ),
    ),
)


def write_dictionary(book: Workbook, session: Session, footer: str, belonging: str) -> None:
    """The sheets of the data dictionary and of the codes, for the columns that this user sees; who counts, in words."""
    head = [(N_("Sheet"), 20), (N_("Column"), 24), (N_("Meaning"), 50), (N_("Source"), 50), (N_("Version"), 16)]
    columns = [Column(_(label), width, wrapped=True) for label, width in (*head, (N_("Codes"), 50))]
    book.sheet(_(DICTIONARY_TITLE), columns, footer=footer)
    known = fields.by_name(PEOPLE)
    used: dict[str, Field] = {}
    for title, label, meaning, field in _listed(session):
        told = _(meaning)
        if meaning == _COUNTED and belonging:
            told = _(_COUNTED_WITHIN, counted=told, definition=belonging)
        book.row([_(title), _(label), told, *source_of(known[field], used)])
    write_codes(book, used, footer)


def write_about(book: Workbook, facts: Facts, footer: str) -> None:
    """The sheet that says when, where and of whom; never why: a reason stays in the history."""
    book.sheet(_(ABOUT_TITLE), [Column(_("About"), 36), Column(_("Value"), 90, wrapped=True)], footer=footer)
    lines: list[tuple[str, Cell]] = [
        (_("Made on"), facts.made_on),
        (_("Post"), facts.post),
        (_("Selection"), facts.selection or _("Everybody")),
        (_("Query"), facts.query),
        (_("Who counts"), facts.belonging or _("Everybody")),
        (_("People in this workbook"), facts.people),
        (_("Skills in this workbook"), facts.skills),
        *((_("Left out: {reason}", reason=_(LEFT_OUT[code])), count) for code, count in facts.left_out.items()),
        (_("How people are counted"), _(_COUNTED)),
        (_("Past occupations"), _("They count as well: what somebody did before is still known.")),
        (_("Who may have this file"), _("It is not encrypted. Give it only to whom it is for, and delete it in time.")),
    ]
    book.rows(lines)


def _listed(session: Session) -> Iterator[tuple[str, str, str, str]]:
    """Sheet, column, meaning and field of every column."""
    people = seen(PEOPLE_COLUMNS, session)
    repeated = [column for column in people if column.label in REPEATED]
    for title, shown in ((PEOPLE_TITLE, people), (SKILLS_TITLE, (*repeated, *seen(SKILL_COLUMNS, session)))):
        yield from ((title, column.label, column.meaning, column.field) for column in shown)
    for title, columns in _COUNTED_SHEETS:
        for label, meaning, field in columns:
            if label == _EVERY_COLUMN:
                yield title, tables.TOTAL, _COUNTED, "number"
            yield title, label, meaning, field
