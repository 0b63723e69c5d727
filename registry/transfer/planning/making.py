"""Making the plan of an import: every row against the rows before it and the register; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from db import history
from registry import fields
from registry.collecting import collector_paused
from registry.context import View
from registry.drafts import DraftReader
from registry.errors import Invalid
from registry.formats import first_of
from registry.i18n import N_, _, ngettext
from registry.kinds import Situation
from registry.queries import PlanImport
from registry.transfer.columns import remembered
from registry.transfer.headings import consent
from registry.transfer.headings.offices import Holders
from registry.transfer.headings.own_names import NUMBER
from registry.transfer.lists import homeland, joining, refusals
from registry.transfer.lists import source as sources
from registry.transfer.lists.columns import Columns
from registry.transfer.lists.joining import Joined
from registry.transfer.lists.source import Source
from registry.transfer.lists.texts import prepare
from registry.transfer.options import DUPLICATES, EXISTING, ImportOptions
from registry.transfer.planning import doubling, linking, numbering, postage
from registry.transfer.planning.completing import complete
from registry.transfer.planning.deciding import OTHER_NAME, Decider, Rows
from registry.transfer.planning.lookup import Register
from registry.transfer.planning.own_words import settle_words
from registry.transfer.planning.plan import SKIPPED, CellProblem, Entry, Plan, Remark
from registry.transfer.values import several

UNREADABLE = N_("This cell holds an error, a date or a value that can't be read. Write it as text in the file.")
OTHER_TABLE = N_(
    "Another table begins in row {row} ({headings}); it was not read. Say that the headings stand there to read it."
)
TABLE_BESIDE = N_(
    "Another table stands beside the list, from column {column} on ({headings}); it was not read. "
    "Copy it into a sheet of its own."
)
SHEET_TROUBLE = N_("The sheet “{sheet}” cannot be read and was left out: {reason}")
FORMULAS = N_(
    "{columns}: some cells are formulas. What they came to when the file was last saved is read; if that may be old, "
    "open the file in a spreadsheet program and save it."
)
SEVERAL_PEOPLE = N_("Seems to name several people, who make one record. Give each a row of their own.")
BAD_OPTION = N_("“{text}” is not a way to import. Choose one of: {choices}.")

_CHUNK = 2_000
#: Characters of a text that a sentence shows.
_SHOWN = 40
#: Fields that a name stands in.
_NAMED_IN = frozenset({("full_name",), ("family_name",), ("given_name",)})


def plan_import(view: View, query: PlanImport) -> Plan:
    """What importing the file would do. Raises `BadFile`, `Invalid` or `Cancelled`."""
    with collector_paused():
        return _plan(view, query)


def _plan(view: View, query: PlanImport) -> Plan:
    started = perf_counter()
    options = query.options
    _check(options)
    before, home = remembered.all_of(view.connection), view.settings.get("home", "")
    source = sources.read(query.path, options, before, view.progress, query.password, home)
    _keep_to_rights(view, source)
    doubts = settle_words(view, source)
    complete(view, source)
    post = view.settings.get("country", "")
    country, named, habits = _habits(source, post)
    joined = joining.join(source, options.rows)
    columns = prepare(source, joined, options.given, (post, country, home))
    countries = {name: named[header] for name, header in columns.origins.items() if header in named}
    reader = DraftReader(source.kind, columns.names, Situation(country), columns.orders, countries)
    plan = Plan(
        source.name,
        source.sha256,
        source.kind,
        source.sheet,
        source.header_row,
        source.matches,
        columns.names,
        options,
        reader,
        warnings=[*_remarks(source), *_still_here(view, source), *joined.summary(), *habits, *columns.warnings],
        head=history.head(view.connection)[0],
        newest=Register(view.connection, source.kind).newest,
        problems=doubts,
        texts=source.texts,
        dates={**source.dates, **options.given.dates},
        forms=source.rows.forms,
    )
    _decide(view, plan, source, columns, joined)
    plan.warnings.extend(columns.summary())
    doubling.look(view, plan)
    plan.problems.extend(linking.problems(view.connection, plan, columns.origins))
    numbering.tell(view, plan, columns.origins, own=source.own)
    couples, unsent = _several_people(source), postage.remarks(plan)
    plan.remarks = [*couples, *unsent]
    plan.warnings.extend((*_confused(plan), *_told_people(couples), *postage.summary(unsent)))
    _tell_dropped(plan, source)
    if called := {m.header: m.words for m in source.matches if m.words}:
        plan.problems = [replace(p, column=called.get(p.column, p.column)) for p in plan.problems]
    plan.problems.sort(key=lambda p: p.row)
    plan.seconds = perf_counter() - started
    return plan


def _habits(source: Source, post: str) -> tuple[str, Mapping[str, str], list[str]]:
    """The country whose habits a list follows, heading -> that of its telephones, and the sentences to say."""
    if source.own:
        return post, {}, []
    country, told = homeland.country_of(source.matches, source.rows.columns, post)
    named, more = homeland.of_headings(source.matches, source.rows.columns)
    return country, named, [*told, *more]


def _check(options: ImportOptions) -> None:
    for text, choices in (
        (options.existing, EXISTING),
        (options.duplicates, DUPLICATES),
        (options.kind, ("", *fields.KINDS)),
    ):
        if text not in choices:
            raise Invalid(BAD_OPTION, text=text, choices=", ".join(c for c in choices if c))


def _keep_to_rights(view: View, source: Source) -> None:
    """Leave out what this user may not change, also by a refusal; our own number only tells records apart."""
    for place, found in enumerate(source.matches):
        described = [f[0] for t in found.targets if (f := fields.find(source.kind, t)) is not None]
        if any(not view.session.edits(f) and f.name != NUMBER for f in described):
            source.matches[place] = found.without_targets()
    asked = {} if source.own else refusals.uses(source.kind, source.matches, source.rows)
    names = fields.by_name(source.kind)
    source.uses = {
        column: kept
        for column, refused in asked.items()
        if (kept := tuple(name for name in refused if view.session.edits(names[name])))
    }


def _decide(view: View, plan: Plan, source: Source, columns: Columns, joined: Joined) -> None:
    headers = columns.origins
    decider = Decider(plan, Register(view.connection, plan.kind), headers, joined)
    # What we wrote ourselves says already who is linked.
    holders = Holders(view.connection, () if source.own else plan.names)
    total = len(source.rows.numbers)
    message = _("Comparing with the register")
    for first in range(0, total, _CHUNK):
        view.progress.step(first, total, message)
        numbers = source.rows.numbers[first : first + _CHUNK]
        cells = [texts[first : first + _CHUNK] for texts in joined.columns]
        read = plan.reader.columns(columns.texts(cells, len(numbers)))
        plan.problems.extend(
            CellProblem(numbers[at], headers[p.field], p.reason)
            for at, p in plan.reader.problems(read)
            # What the list lacks is no trouble of it, and what further rows of a person say is told there.
            if p.field not in source.kept and (numbers[at] not in joined.same or p.field not in columns.beside)
        )
        decider.decide(Rows(numbers, read, holders.find(list(zip(*read, strict=True)))))
    plan.problems.extend(CellProblem(*said) for said in joined.contradictions)
    plan.warnings.extend(holders.summary())
    view.progress.step(total, total, message)


def _tell_dropped(plan: Plan, source: Source) -> None:
    headers = {m.column: m.header for m in source.matches}
    for number, reason in source.rows.dropped.items():
        plan.entries.append(Entry(number, SKIPPED, "", reason=reason))
    plan.entries.sort(key=lambda e: e.row)
    plan.problems.extend(
        CellProblem(row, headers.get(column, ""), _(UNREADABLE)) for row, column in source.rows.unreadable
    )


def _confused(plan: Plan) -> list[str]:
    """Whether the references seem to be those of another list: two lists that both count from 1 mix up their people."""
    count = sum(entry.reason == OTHER_NAME for entry in plan.entries)
    if not count:
        return []
    return [
        ngettext(
            "{count} row has the reference of a record with quite another name: both lists may be numbered from 1. "
            "If so, do not take in the column with the reference.",
            "{count} rows have the reference of a record with quite another name: both lists may be numbered from 1. "
            "If so, do not take in the column with the reference.",
            count,
        )
    ]


def _still_here(view: View, source: Source) -> list[str]:
    """Which of those who are left out because they do not want to be kept the register has from before."""
    register = Register(view.connection, source.kind)
    known = register.load(register.by_external_id(source.refusing).values())
    if not known:
        return []
    numbers = [str(rows["record"][0]["number"]) for rows in known.values()]
    return [
        ngettext(
            "{count} of those who do not want to be kept is in the register and stays there: {numbers}. Decide what "
            "is to become of the record.",
            "{count} of those who do not want to be kept are in the register and stay there: {numbers}. Decide what "
            "is to become of the records.",
            len(numbers),
            numbers=first_of(numbers),
        )
    ]


def _several_people(source: Source) -> list[Remark]:
    """Which rows seem to name more than one person, who make one record all the same."""
    if source.own:
        return []
    named = [source.rows.columns[m.column] for m in source.matches if m.targets[:1] in _NAMED_IN]
    cells = (zip(source.rows.numbers, texts, strict=True) for texts in named if not several.nobody_beside(texts))
    found = {number for column in cells for number, text in column if several.names_people(text)}
    return [Remark(row, "full_name", False, _(SEVERAL_PEOPLE)) for row in sorted(found)]


def _told_people(found: Sequence[Remark]) -> list[str]:
    if not found:
        return []
    return [
        ngettext(
            "{count} row seems to name several people ({rows}); it makes one record. Give each a row of their own.",
            "{count} rows seem to name several people ({rows}); each makes one record. Give each person a row.",
            len(found),
            rows=first_of([remark.row for remark in found]),
        )
    ]


def _garbled(source: Source) -> list[str]:
    """Whether a text was read in a wrong encoding where the file comes from: what it was nobody knows here."""
    count, (row, text) = source.rows.garbled, source.rows.first_garbled
    if not count:
        return []
    return [
        ngettext(
            "{count} cell looks like a text in a wrong encoding (row {row}: “{text}”); it is kept so. Have the list "
            "saved again, as .xlsx or UTF-8, where it comes from.",
            "{count} cells look like texts in a wrong encoding (the first in row {row}: “{text}”); they are kept so. "
            "Have the list saved again, as .xlsx or UTF-8, where it comes from.",
            count,
            row=row,
            text=text[:_SHOWN],
        )
    ]


def _remarks(source: Source) -> list[str]:
    remarks = [*source.remarks, *consent.told(source.rows.dropped.values())]
    for further in source.further:
        remarks.extend(further.sentences())
    if source.hidden_sheets:
        names = ", ".join(source.hidden_sheets)
        remarks.append(_("Hidden sheets were not read: {names}.", names=names))
    if source.other_sheets:
        names = ", ".join(source.other_sheets)
        more = any(each.joined and each.first for each in source.further)
        only = N_("Only the sheet “{sheet}” was read, not: {names}.")
        left = N_("These sheets were not read: {names}.")
        remarks.append(_(left if more else only, sheet=source.sheet.strip(), names=names))
    if source.hidden_rows:
        remarks.append(
            ngettext(
                "{count} row is hidden in the sheet (row {row}); it is taken in like the others.",
                "{count} rows are hidden in the sheet (the first is row {row}); they are taken in like the others.",
                len(source.hidden_rows),
                row=source.hidden_rows[0],
            )
        )
    remarks.extend(_(SHEET_TROUBLE, sheet=name, reason=why) for name, why in source.troubles.items())
    if source.formulas:
        remarks.append(_(FORMULAS, columns=", ".join(f"“{header}”" for header in source.formulas)))
    remarks.extend(_garbled(source))
    if source.beside is not None:
        column, headings = source.beside
        remarks.append(_(TABLE_BESIDE, column=column, headings=headings))
    remarks.extend(_(OTHER_TABLE, row=row, headings=headings) for row, headings in source.other_tables)
    empty = [m.heading for m in source.matches if not m.targets and m.column not in source.uses]
    if empty:
        remarks.append(
            ngettext(
                "{count} column is not taken in: {names}.",
                "{count} columns are not taken in: {names}.",
                len(empty),
                names=", ".join(empty),
            )
        )
    return remarks
