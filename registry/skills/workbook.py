"""The manager's workbook: people, skills, what was counted, and what the columns mean."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO

from db.records import slices
from registry import belonging, formats
from registry.commands import WriteSkillsWorkbook
from registry.context import Context
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.outreach.sorting import to_be_contacted_alone
from registry.packed import dimensions
from registry.packed.counting import People
from registry.packed.store import Columns
from registry.search.find import unsorted_ids
from registry.search.tree import Node, all_of, opposite
from registry.search.writer import write
from registry.skills.dictionary import ABOUT_TITLE, Facts, write_about, write_dictionary
from registry.skills.people_sheets import PEOPLE_TITLE, SKILLS_TITLE, write_people
from registry.skills.presets import asked, presets, refusing, taking_part
from registry.skills.tables import (
    AVAILABILITY_TITLE,
    GENERATIONS_TITLE,
    LANGUAGES_TITLE,
    OCCUPATIONS_TITLE,
    SKILL_LEVELS_TITLE,
    Tables,
)
from registry.transfer.export.workbook import Workbook
from registry.transfer.headings.own_names import CODES_TITLE, DICTIONARY_TITLE
from registry.whole_file import whole_file

OTHER_ENDING = N_("The skills inventory is a workbook. Give its file the ending .xlsx.")
FOOTER = N_("Skills inventory, {post}, {date}")
FOOTER_WITHIN = N_("Skills inventory, {post}, {date}; who counts: see the sheet “About”")
SHEETS = (
    *(PEOPLE_TITLE, SKILLS_TITLE, OCCUPATIONS_TITLE, SKILL_LEVELS_TITLE, LANGUAGES_TITLE, AVAILABILITY_TITLE),
    *(GENERATIONS_TITLE, DICTIONARY_TITLE, CODES_TITLE, ABOUT_TITLE),
)


@dataclass(frozen=True)
class SkillsWorkbook:
    """What was written.

    Attributes:
        people, skills: lines of the first two sheets.
        sheets: titles, as they stand on the tabs.
        left_out: reason -> people whom the query finds and who are not in it.
        belonging: within which definition, in words; "" = everybody.
    """

    people: int
    skills: int
    sheets: tuple[str, ...]
    left_out: Mapping[str, int]
    belonging: str = ""


def write_skills_workbook(context: Context, command: WriteSkillsWorkbook) -> SkillsWorkbook:
    """Write the workbook.

    Raises:
        Invalid: an unknown preset, a query that can't be read, another ending, or no reason given.
        ConfirmationNeeded: the data of many people leaves.
        StorageTrouble: the file can't be written; what was there before stays.
    """
    if command.path.suffix.casefold() != ".xlsx":
        raise Invalid(OTHER_ENDING)
    asked_for = asked(context.session, command.query, command.preset)
    counting = belonging.definition(context, everybody=command.everybody)
    tree = counting.within(asked_for)
    ids, left_out = _sorted_out(context, tree)
    if counting.narrows:
        others = unsorted_ids(context, PEOPLE, all_of((asked_for, opposite(counting.node))))
        left_out |= {"outside": len(others)} if others else {}
    who = counting.words if counting.narrows else ""
    context.require_confirmation(len(ids), command.reason)
    with whole_file(command.path) as file:
        skills = _write(context, command, file, ids, left_out, who)
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(query=write(tree), records=len(ids))
    return SkillsWorkbook(len(ids), skills, tuple(map(_, SHEETS)), left_out, who)


def _sorted_out(context: Context, tree: Node) -> tuple[array[int], dict[str, int]]:
    """Who is in it, and how many are not and why (SECURITY.md: nobody with a safe-contact rule is on a list).

    In the order of registration, in which the store has them side by side; by name it would read each page many times.
    """
    found = array("q", sorted(unsorted_ids(context, PEOPLE, taking_part(tree))))
    alone: set[int] = set()
    for some in slices(found):
        alone |= to_be_contacted_alone(context.connection, some)
    counts = {"refused": len(unsorted_ids(context, PEOPLE, refusing(tree))), "individually": len(alone)}
    ids = array("q", (i for i in found if i not in alone)) if alone else found
    return ids, {reason: count for reason, count in counts.items() if count}


def _write(
    context: Context,
    command: WriteSkillsWorkbook,
    file: IO[bytes],
    ids: array[int],
    left_out: Mapping[str, int],
    who: str,
) -> int:
    """All sheets; returns the number of skills."""
    book, day = Workbook(file), dimensions.today()
    post = " ".join(filter(None, (context.settings["post"], context.settings.get("post_name"))))
    footer = _(FOOTER_WITHIN if who else FOOTER, post=post, date=formats.day(date.today()))
    written = write_people(context, book, ids, day, footer)
    tables = Tables(book, People.of(Columns(context), ids), day, footer)
    tables.occupations()
    tables.skill_levels(written.skill)
    tables.languages(written.language)
    tables.small(AVAILABILITY_TITLE, "availability", "willing")
    tables.small(GENERATIONS_TITLE, "sex", "generation")
    write_dictionary(book, context.session, footer, who)
    selection = next((p.label for p in presets() if p.code == command.preset), "")
    query = command.query.strip()
    write_about(book, Facts(post, date.today(), selection, query, who, len(ids), written.skills, left_out), footer)
    book.close()
    return written.skills
