"""The mapping report, seen beforehand and written: the pages, and the numbers behind each figure as a workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO

from registry import belonging
from registry.commands import WriteReport
from registry.context import Context, View
from registry.documents.layout import direction_of
from registry.documents.stationery import letter_paper
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, PAPER_LANGUAGES, _, current_language, in_language, ngettext
from registry.outreach.letter_making import sender_of
from registry.packed.columns import many
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import PreviewReport
from registry.report.chapters import chapters
from registry.report.material import Material
from registry.report.pages import write_pages
from registry.report.parts import Picture, Report
from registry.search.tree import EVERYBODY
from registry.statistics.suppression import LEAST, is_small
from registry.transfer.export.workbook import Column, Workbook
from registry.whole_file import require_pdf, whole_file

NO_LANGUAGE = N_("Reports are not written in “{language}”. Known: {known}.")
NOT_A_WORKBOOK = N_("The data behind a report is written as .xlsx. Give the file this ending.")
SAME_FILE = N_("The report and its data cannot be one file. Give them two names.")
TITLE = N_("Mapping of the diaspora")
WORKING = N_("Making the report")


@dataclass(frozen=True)
class ReportMade:
    """What was written.

    Attributes:
        people: how many are counted; None = withheld.
        pages, figures, tables: how many.
    """

    people: int | None
    pages: int
    figures: int
    tables: int


@dataclass(frozen=True)
class ReportSeen:
    """A report as its file will be."""

    pdf: bytes
    made: ReportMade


def preview_report(view: View, query: PreviewReport) -> ReportSeen:
    """The pages of a report that is not written. Raises `Invalid` as `write_report`."""
    language = _language(query.language)
    with in_language(language):
        report = _report(view, language, public=query.public, everybody=query.everybody)
        file = io.BytesIO()
        made = _write(file, view, report)
    return ReportSeen(file.getvalue(), made)


def write_report(context: Context, command: WriteReport) -> ReportMade:
    """Write it, and its data if that is asked for.

    Raises:
        Invalid: another ending, a language that there is not, or no reason given.
        ConfirmationNeeded: small counts leave with those of many people.
        StorageTrouble: a file can't be written; what was there before stays.
    """
    require_pdf(command.path)
    if command.data is not None and command.data.suffix.casefold() != ".xlsx":
        raise Invalid(NOT_A_WORKBOOK)
    if command.data == command.path:
        raise Invalid(SAME_FILE)
    language = _language(command.language)
    with in_language(language):
        report = _report(context, language, public=command.public, everybody=command.everybody)
        context.require_confirmation(0 if command.public else report.total or 0, command.reason)
        with whole_file(command.path) as file:
            made = _write(file, context, report)
            context.progress.committing()
        context.on_failure.append(partial(command.path.unlink, missing_ok=True))
        if command.data is not None:
            with whole_file(command.data) as file:
                _write_data(file, report)
            context.on_failure.append(partial(command.data.unlink, missing_ok=True))
    context.note.update(language=language, public=command.public, everybody=command.everybody)
    return made


def _language(asked: str) -> str:
    if asked and asked not in PAPER_LANGUAGES:
        raise Invalid(NO_LANGUAGE, language=asked[:20], known=", ".join(PAPER_LANGUAGES))
    return asked or current_language()


def _report(view: View, language: str, *, public: bool, everybody: bool) -> Report:
    counting = belonging.definition(view, everybody=everybody)
    total = many(Finding(Columns(view), PEOPLE).of(counting.within(EVERYBODY)))
    sender = sender_of(view, PAPER_LANGUAGES)
    made_of = Material(view, public, everybody, direction_of(language) == "rtl")
    if counting.words and not everybody:
        who = _("Who counts: {definition}.", definition=counting.words)
    else:
        who = _("Everybody in the register is counted.")
    note = (
        _(
            "As it may be published: counts of fewer than {least} people are withheld, and others that would tell "
            "them.",
            least=LEAST,
        )
        if public
        else _("For the office only: small counts are shown. Do not publish it.")
    )
    return Report(
        _(TITLE),
        sender.home_names[language],
        sender.post_names[language],
        date.today(),
        None if public and is_small(total) else total,
        (who, note),
        tuple(chapters(made_of)),
        language,
    )


def _write(file: IO[bytes], view: View, report: Report) -> ReportMade:
    country = view.settings["country"]
    pages = write_pages(file, report, letter_paper(country), country)
    figures = sum(isinstance(part, Picture) for part in report.shown)
    return ReportMade(report.total, pages, figures, len(report.shown) - figures)


def _write_data(file: IO[bytes], report: Report) -> None:
    """A sheet for each figure and table, and one that says what they are."""
    book = Workbook(file)
    listed: list[tuple[str, str]] = []
    counts = {"figure": 0, "table": 0}
    for part in report.shown:
        kind = "figure" if isinstance(part, Picture) else "table"
        counts[kind] += 1
        named = (
            _("Figure {number}", number=counts[kind]) if kind == "figure" else _("Table {number}", number=counts[kind])
        )
        listed.append((named, part.caption))
        head = [Column(label, 40 if place == 0 else 16) for place, label in enumerate(part.data.head)]
        book.sheet(named, head, footer="")
        withheld = _("…")
        book.rows([[withheld if value is None else value for value in row] for row in part.data.rows])
    book.sheet(_("About"), [Column(_("Sheet"), 16), Column(_("What it holds"), 90, wrapped=True)], footer="")
    about = [(report.title, f"{report.state} · {report.post}"), (_("Made on"), report.day.isoformat())]
    about += [("", note) for note in report.notes]
    book.rows([*about, *listed])
    book.close()


def said(made: ReportMade) -> str:
    """What was made, in a sentence."""
    return ngettext("The report has {count} page.", "The report has {count} pages.", made.pages)
